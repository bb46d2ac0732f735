"""The Django app."""

from django.apps import AppConfig


class RegistryConfig(AppConfig):
    """Names the app."""

    name = "bangfu.registry"
    label = "registry"
    default_auto_field = "django.db.models.BigAutoField"
