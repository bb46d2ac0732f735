"""The Django app."""

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    """Names the app."""

    name = "bangfu.meetings"
    label = "meetings"
    default_auto_field = "django.db.models.BigAutoField"
