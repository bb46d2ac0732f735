"""The Django app."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from bangfu.foundation.ui.navigation import Entry, register_entry
from bangfu.foundation.ui.wording import register_sentences
from bangfu.procedures.wording import SENTENCES


class ProceduresConfig(AppConfig):
    """Names the app and brings its words."""

    name = "bangfu.procedures"
    label = "procedures"
    default_auto_field = "django.db.models.BigAutoField"

    @override
    def ready(self) -> None:
        """Register words, the entry of the navigation and the check of packs."""
        register_sentences(SENTENCES)
        register_entry(Entry(72, _("办理程序"), "procedures:list", "policy.read", "/procedures/"))
        admission = import_module("bangfu.procedures.queries.admission")
        policy = import_module("bangfu.policy.api")
        policy.register_admission("procedures", admission.check_pack)
