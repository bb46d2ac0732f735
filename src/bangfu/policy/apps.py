"""The Django app."""

from django.apps import AppConfig


class PolicyConfig(AppConfig):
    """Names the app."""

    name = "bangfu.policy"
    label = "policy"
    default_auto_field = "django.db.models.BigAutoField"
