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
        elsewhere = import_module("bangfu.plans.web.elsewhere")
        count = elsewhere.waiting_count
        register_entry(Entry(20, _("帮扶"), "plans:desk", "plans.read", "/plans/", count))
        register_work("plans", elsewhere.plan_work)
        register_panel("household.side", 8, elsewhere.household_panel)
        register_panel("case.side", 20, elsewhere.case_panel)
        register_panel("village", 20, elsewhere.village_panel)
