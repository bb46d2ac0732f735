"""The Django app."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig
from typing_extensions import override

from bangfu.foundation.ui.wording import register_sentences
from bangfu.plans.wording import SENTENCES


class PlansConfig(AppConfig):
    """Names the app and brings its words and its pages' places."""

    name = "bangfu.plans"
    label = "plans"
    default_auto_field = "django.db.models.BigAutoField"

    @override
    def ready(self) -> None:
        """Register the words, and the check of packs before they come into force."""
        register_sentences(SENTENCES)
        # Models may be imported only now that every app is loaded.
        catalogue = import_module("bangfu.plans.queries.catalogue")
        policy = import_module("bangfu.policy.api")
        policy.register_admission("plans", catalogue.check_pack)
        import_module("bangfu.plans.permissions")
