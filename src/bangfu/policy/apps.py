"""The Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from bangfu.foundation.ui.navigation import Entry, register_entry
from bangfu.foundation.ui.wording import register_sentences
from bangfu.policy.wording import SENTENCES


class PolicyConfig(AppConfig):
    """Names the app and gives words to its problems and to those of the rules."""

    name = "bangfu.policy"
    label = "policy"
    default_auto_field = "django.db.models.BigAutoField"

    @override
    def ready(self) -> None:
        """Register the sentences and the entry of the navigation."""
        register_sentences(SENTENCES)
        register_entry(Entry(70, _("政策规则"), "policy:versions", "policy.read", "/policy/"))
