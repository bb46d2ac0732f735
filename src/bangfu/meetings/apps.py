"""The Django app."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from bangfu.foundation.ui.api import register_work
from bangfu.foundation.ui.navigation import Entry, register_entry
from bangfu.foundation.ui.panels import register_panel
from bangfu.foundation.ui.wording import register_sentences
from bangfu.meetings.wording import SENTENCES


class MeetingsConfig(AppConfig):
    """Names the app and brings its words and its pages' places."""

    name = "bangfu.meetings"
    label = "meetings"
    default_auto_field = "django.db.models.BigAutoField"

    @override
    def ready(self) -> None:
        """Register the words and places."""
        register_sentences(SENTENCES)
        # Models may be imported only now that every app is loaded.
        elsewhere = import_module("bangfu.meetings.web.elsewhere")
        register_entry(Entry(36, _("会议"), "meetings:desk", "meetings.read", "/meetings/"))
        register_work("meetings", elsewhere.meeting_work)
        register_panel("village", 30, elsewhere.village_panel)
