"""The Django app."""

from django.apps import AppConfig


class AttendanceConfig(AppConfig):
    """Names the app."""

    name = "bangfu.attendance"
    label = "attendance"
    default_auto_field = "django.db.models.BigAutoField"
