"""The Django app."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Names the app."""

    name = "bangfu.foundation.audit"
    label = "audit"
    default_auto_field = "django.db.models.BigAutoField"
