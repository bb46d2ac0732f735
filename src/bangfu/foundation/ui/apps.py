"""The Django app."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Names the app."""

    name = "bangfu.foundation.ui"
    label = "ui"
    default_auto_field = "django.db.models.BigAutoField"
