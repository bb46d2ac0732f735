"""The Django app."""

from importlib import import_module

from django.apps import AppConfig
from typing_extensions import override

from bangfu.foundation.ui.wording import register_sentences
from bangfu.procedures.wording import SENTENCES


class ProceduresConfig(AppConfig):
    """Names the app and brings its words."""

    name = "bangfu.procedures"
    label = "procedures"
    default_auto_field = "django.db.models.BigAutoField"

    @override
    def ready(self) -> None:
        """Register the words of refusals, and the check of packs before they come into force."""
        register_sentences(SENTENCES)
        admission = import_module("bangfu.procedures.queries.admission")
        policy = import_module("bangfu.policy.api")
        policy.register_admission("procedures", admission.check_pack)
