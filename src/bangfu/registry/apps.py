"""The Django app."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from typing_extensions import override

from bangfu.foundation.ui.api import register_foot, register_search
from bangfu.foundation.ui.navigation import Entry, register_entry
from bangfu.foundation.ui.wording import register_sentences
from bangfu.registry.wording import SENTENCES


class RegistryConfig(AppConfig):
    """Names the app, gives words to its problems and makes its uploads and pages known."""

    name = "bangfu.registry"
    label = "registry"
    default_auto_field = "django.db.models.BigAutoField"

    @override
    def ready(self) -> None:
        """Register what others look up by name."""
        register_sentences(SENTENCES)
        register_entry(
            Entry(
                30,
                pgettext_lazy("多个", "农户"),
                "registry:households",
                "registry.read",
                "/households/",
            )
        )
        register_entry(Entry(80, _("数据"), "registry:imports", "registry.import", "/imports/"))
        # Models may be imported only now that every app is loaded.
        import_module("bangfu.registry.imports")
        import_module("bangfu.registry.jobs")
        find = import_module("bangfu.registry.web.households").find_households
        register_search("households", 10, pgettext_lazy("多个", "农户"), "registry.read", find)
        register_foot("registry", 10, import_module("bangfu.registry.web.foot").say_how_fresh)
