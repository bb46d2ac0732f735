"""The Django app."""

from django.apps import AppConfig


class ProceduresConfig(AppConfig):
    """Names the app."""

    name = "bangfu.procedures"
    label = "procedures"
    default_auto_field = "django.db.models.BigAutoField"
