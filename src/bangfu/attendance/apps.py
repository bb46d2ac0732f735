"""The Django app."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from bangfu.attendance.wording import SENTENCES
from bangfu.foundation.ui.api import register_work
from bangfu.foundation.ui.navigation import Entry, register_entry
from bangfu.foundation.ui.panels import register_panel
from bangfu.foundation.ui.wording import register_sentences


class AttendanceConfig(AppConfig):
    """Names the app and brings its words and its pages' places."""

    name = "bangfu.attendance"
    label = "attendance"
    default_auto_field = "django.db.models.BigAutoField"

    @override
    def ready(self) -> None:
        """Register the words and places."""
        register_sentences(SENTENCES)
        # Models may be imported only now that every app is loaded.
        import_module("bangfu.attendance.jobs")
        elsewhere = import_module("bangfu.attendance.web.elsewhere")
        register_entry(Entry(45, _("驻村"), "attendance:desk", "attendance.read", "/attendance/"))
        register_work("attendance", elsewhere.attendance_work)
        register_panel("village", 25, elsewhere.village_panel)
