"""The Django app."""

from django.apps import AppConfig


class ScreeningConfig(AppConfig):
    """Names the app."""

    name = "bangfu.screening"
    label = "screening"
    default_auto_field = "django.db.models.BigAutoField"
