"""The Django app."""

from django.apps import AppConfig


class ImportingConfig(AppConfig):
    """Names the app."""

    name = "bangfu.foundation.importing"
    label = "importing"
    default_auto_field = "django.db.models.BigAutoField"
