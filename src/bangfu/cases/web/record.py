"""Writing down a clue by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from bangfu.cases.permissions import RECORD
from bangfu.cases.queries.filters import PROCEDURE
from bangfu.cases.services import BY_HAND, Report, record_clue
from bangfu.foundation.access.api import AccessRefused, requires
from bangfu.foundation.audit.api import PersonalValue
from bangfu.foundation.clock.api import today
from bangfu.foundation.ui.api import reader_language
from bangfu.kernel.problems import Refused
from bangfu.policy.api import active_pack
from bangfu.procedures.api import load_procedure
from bangfu.registry.api import get_household

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from bangfu.foundation.access.api import ActingRequest
    from bangfu.registry.api import Household


class RecordForm(forms.Form):
    """Where the clue comes from, which risk, and what was heard."""

    channel = forms.ChoiceField(label=_("线索来源"))
    risk = forms.ChoiceField(label=_("可能是哪种风险"))
    words = forms.CharField(
        label=_("什么情况"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4, "class": "input full"}),
        error_messages={
            "required": _("写一两句话：什么事、什么时候。"),
            "max_length": _("最多 500 个字，请写短一些。"),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = reader_language()
        listed = load_procedure(PROCEDURE).lists["channel"]
        risks = active_pack(today()).risks
        self.fields["channel"] = forms.ChoiceField(
            label=_("线索来源"),
            choices=[(x.code, x.label.text(language)) for x in listed if x.code in BY_HAND],
        )
        self.fields["risk"] = forms.ChoiceField(
            label=_("可能是哪种风险"),
            choices=[(code, text.of(language)) for code, text in risks.items()],
        )


@requires(RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def record(request: ActingRequest, household_id: UUID) -> HttpResponse:
    """Ask what was heard, and write it down; what is refused comes back with all that was typed."""
    household = get_household(request.actor, household_id)
    request.actor.check(RECORD, household.village_code)
    form = RecordForm(request.POST or None)
    if not form.is_valid():
        return _page(request, household, form)
    try:
        clue = record_clue(
            actor=request.actor, household_id=household_id, report=Report(**form.cleaned_data)
        )
    except AccessRefused:
        raise
    except PersonalValue:
        form.add_error("words", _now("不要写证件号码或者电话号码。"))
        return _page(request, household, form)
    except Refused as refused:
        return _page(request, household, form, refused)
    messages.success(request, _now("线索已经记下，等人分派核实。"))
    return redirect("cases:clue", clue.pk)


def _page(
    request: ActingRequest, household: Household, form: RecordForm, refused: Refused | None = None
) -> HttpResponse:
    context = {
        "household": household,
        "form": form,
        "problems": refused.problems if refused else (),
    }
    return render(request, "cases/record.html", context, status=409 if refused else 200)
