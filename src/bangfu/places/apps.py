"""The Django app."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import pgettext_lazy
from typing_extensions import override

from bangfu.foundation.ui.api import register_link
from bangfu.foundation.ui.navigation import Entry, register_entry
from bangfu.foundation.ui.wording import register_sentences
from bangfu.places.wording import SENTENCES


class PlacesConfig(AppConfig):
    """Names the app, gives words to its problems and makes its pages known."""

    name = "bangfu.places"
    label = "places"
    default_auto_field = "django.db.models.BigAutoField"

    @override
    def ready(self) -> None:
        """Register what others look up by name."""
        register_sentences(SENTENCES)
        register_entry(
            Entry(35, pgettext_lazy("多个", "地方"), "places:tree", "places.read", "/places/")
        )
        # Models may be imported only now that every app is loaded.
        import_module("bangfu.places.imports")
        register_link("division", import_module("bangfu.places.web.tree").url_of_place)
