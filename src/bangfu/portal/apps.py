"""The Django app."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Names the app."""

    name = "bangfu.portal"
    label = "portal"
    default_auto_field = "django.db.models.BigAutoField"
