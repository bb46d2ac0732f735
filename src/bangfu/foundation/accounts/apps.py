"""The Django app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Names the app."""

    name = "bangfu.foundation.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"
