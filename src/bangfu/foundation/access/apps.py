"""The Django app."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """Names the app."""

    name = "bangfu.foundation.access"
    label = "access"
    default_auto_field = "django.db.models.BigAutoField"
