"""The Django app."""

from django.apps import AppConfig


class ShellConfig(AppConfig):
    """Names the app."""

    name = "bangfu.shell"
    label = "shell"
    default_auto_field = "django.db.models.BigAutoField"
