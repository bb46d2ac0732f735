"""The Django app."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from bangfu.cases.wording import SENTENCES
from bangfu.cases.wording_cases import CASE_SENTENCES
from bangfu.cases.wording_monitoring import SENTENCES as MONITORING_SENTENCES
from bangfu.cases.wording_papers import PAPER_SENTENCES
from bangfu.foundation.ui.api import register_search, register_work
from bangfu.foundation.ui.navigation import Entry, register_entry
from bangfu.foundation.ui.panels import register_panel
from bangfu.foundation.ui.wording import register_sentences


class CasesConfig(AppConfig):
    """Names the app and brings its words and its pages' places."""

    name = "bangfu.cases"
    label = "cases"
    default_auto_field = "django.db.models.BigAutoField"

    @override
    def ready(self) -> None:
        """Register the words and places; jobs and subscriptions are found by the jobs app."""
        register_sentences(SENTENCES)
        register_sentences(MONITORING_SENTENCES)
        register_sentences(CASE_SENTENCES)
        register_sentences(PAPER_SENTENCES)
        # Recognition first: its change of the register comes before the monitoring case it opens.
        import_module("bangfu.cases.services.recognising").register()
        comparison = import_module("bangfu.cases.queries.recognition_table").check_comparison
        admit = import_module("bangfu.policy.api").register_admission
        admit("cases.comparison", comparison)
        import_module("bangfu.cases.services.monitoring_start").register_monitoring()
        admit("cases.quality", import_module("bangfu.cases.queries.quality_table").check_quality_of)
        import_module("bangfu.cases.web.appeal_places").register()
        # Pages read models, which may be imported only now that every app is loaded.
        elsewhere = import_module("bangfu.cases.web.elsewhere")
        count = elsewhere.open_clues_count
        register_entry(Entry(10, _("线索"), "cases:clues", "cases.read", "/clues/", count))
        register_work("cases", elsewhere.clue_work)
        register_panel("household.side", 10, elsewhere.household_panel)
        register_panel("village", 10, elsewhere.village_panel)
        _register_desk()
        monitoring = import_module("bangfu.cases.web.monitoring_work")
        register_work("monitoring", monitoring.monitoring_work)
        register_panel("household.main", 70, monitoring.timeline_panel)
        register_panel("case.overview", 60, monitoring.overview_panel)
        import_module("bangfu.cases.services.papers").register()
        papers = import_module("bangfu.cases.web.papers")
        register_panel("case", 40, papers.case_panel)
        register_panel("household.side", 20, papers.household_panel)
        register_panel("village", 40, papers.village_panel)
        register_count = import_module("bangfu.places.api").register_count
        for each in import_module("bangfu.cases.web.places").clue_counts():
            register_count(each)


def _register_desk() -> None:
    """The places of the desk of cases."""
    desk = import_module("bangfu.cases.web.case_elsewhere")
    entry = Entry(15, _("办理"), "case:desk", "cases.read", "/cases/", desk.waiting_count)
    register_entry(entry)
    register_work("case", desk.case_work)
    register_search("cases", 30, _("案件"), "cases.read", desk.find)
    register_panel("household.top", 5, desk.household_title)
    register_panel("household.side", 5, desk.household_panel)
    register_panel("village", 5, desk.village_panel)
    register_panel("clue", 5, desk.clue_panel)
