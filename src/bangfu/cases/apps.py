"""The Django app."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Names the app."""

    name = "bangfu.cases"
    label = "cases"
    default_auto_field = "django.db.models.BigAutoField"
