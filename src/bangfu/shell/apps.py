"""The Django app."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from bangfu.foundation.ui.api import register_place, register_postings, register_scope
from bangfu.foundation.ui.navigation import Entry, register_entry

PLACES = {
    "home": "shell:home",
    "search": "shell:search",
    "language": "shell:language",
    "posting": "shell:posting",
    "sign_out": "shell:sign_out",
}


class ShellConfig(AppConfig):
    """Names the app and tells the frame its addresses."""

    name = "bangfu.shell"
    label = "shell"
    default_auto_field = "django.db.models.BigAutoField"

    @override
    def ready(self) -> None:
        """The frame's addresses, the home entry and the postings to switch between."""
        for name, url_name in PLACES.items():
            register_place(name, url_name)
        register_entry(Entry(0, _("今日"), "shell:home", "", "/"))
        register_entry(Entry(90, _("审计"), "shell:audit", "audit.read", "/audit/"))
        # Models may be imported only now that every app is loaded.
        register_postings(import_module("bangfu.shell.postings").posting_choices)
        register_scope(import_module("bangfu.shell.places").scope_name)
        import_module("bangfu.shell.jobs")
