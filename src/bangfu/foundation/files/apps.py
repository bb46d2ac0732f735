"""The Django app."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Names the app."""

    name = "bangfu.foundation.files"
    label = "files"
    default_auto_field = "django.db.models.BigAutoField"
