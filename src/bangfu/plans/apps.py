"""The Django app."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    """Names the app."""

    name = "bangfu.plans"
    label = "plans"
    default_auto_field = "django.db.models.BigAutoField"
