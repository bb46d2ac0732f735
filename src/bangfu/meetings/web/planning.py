"""Calling a meeting, and saying anew when and where it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from bangfu.foundation.access.api import AccessRefused, requires
from bangfu.foundation.clock.api import today
from bangfu.foundation.ui.api import day_field, reader_language
from bangfu.kernel.division import Level
from bangfu.kernel.problems import Refused
from bangfu.meetings.domain.kinds import load_kinds
from bangfu.meetings.models import NAME_LENGTH
from bangfu.meetings.permissions import HOLD
from bangfu.meetings.queries.details import get_meeting
from bangfu.meetings.queries.rosters import last_meeting
from bangfu.meetings.queries.sources import list_candidates
from bangfu.meetings.services.agenda import add_agenda
from bangfu.meetings.services.planning import Call, change_meeting, plan_meeting
from bangfu.registry.api import choose_places, division_name

if TYPE_CHECKING:
    from django.http import HttpResponse

    from bangfu.foundation.access.api import ActingRequest, Actor
    from bangfu.meetings.queries.details import MeetingDetail


def _name_field(label: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=NAME_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("请填写。"), "max_length": _("最多 64 个字。")},
    )


class CallForm(forms.Form):
    """When, where, by whom, and how many belong to it."""

    kind = forms.ChoiceField(label=_("会议"))
    held_on = day_field(_("日期"))
    held_at = forms.TimeField(
        label=_("时间"),
        required=False,
        input_formats=["%H:%M"],
        widget=forms.TextInput(attrs={"size": 5, "maxlength": 5, "autocomplete": "off"}),
        error_messages={"invalid": _("请写成 09:30 这样。")},
    )
    place = _name_field(_("地点"))
    chair = _name_field(_("主持人"))
    recorder = _name_field(_("记录人"))
    eligible = forms.IntegerField(
        label=_("应到人数"),
        required=False,
        min_value=1,
        max_value=99_999,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 6}),
        error_messages={
            "invalid": _("请写整数。"),
            "min_value": _("至少 1 人。"),
            "max_value": _("人数太多，请核对。"),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = reader_language()
        self.fields["kind"] = forms.ChoiceField(
            label=_("会议"),
            choices=[
                (code, kind.label.text(language)) for code, kind in load_kinds().kinds.items()
            ],
        )

    def call(self) -> Call:
        """What was typed, as a call."""
        return Call(**self.cleaned_data)


def _villages(actor: Actor) -> list[tuple[str, str]]:
    places = choose_places(actor, HOLD)
    return [(code, name) for code, name in places if len(code) == Level.VILLAGE]


def _started(actor: Actor, village: str) -> dict[str, Any]:
    """What a new call begins with: the last meeting's words, today, and who calls."""
    last = last_meeting(village, next(iter(load_kinds().kinds)))
    return {
        "held_on": today().isoformat(),
        "place": last.place if last else "",
        "chair": last.chair if last else actor.name,
        "recorder": last.recorder if last else "",
        "eligible": last.eligible if last else None,
    }


@requires(HOLD)
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: ActingRequest) -> HttpResponse:
    """Ask what a meeting is told of, and call it with what was picked for its agenda.

    What is refused comes back with all that was typed.
    """
    villages = _villages(request.actor)
    typed = request.POST if request.method == "POST" else request.GET
    wanted = typed.get("village", "")
    village = wanted if any(code == wanted for code, _name in villages) else ""
    if not village and len(villages) == 1:
        village = villages[0][0]
    if not village:
        return render(request, "meetings/choose.html", {"villages": villages})
    form = CallForm(request.POST or None, initial=_started(request.actor, village))
    problems: tuple[Any, ...] = ()
    if form.is_valid():
        try:
            return redirect("meetings:meeting", _plan(request, village, form))
        except AccessRefused:
            raise
        except Refused as refused:
            problems = refused.problems
    picked = set(typed.getlist("pick"))
    context = {
        "form": form,
        "village": village,
        "village_name": division_name(village),
        "several": len(villages) > 1,
        "problems": problems,
        "waiting": [
            (each, request.method != "POST" or str(each.matter_id) in picked)
            for each in list_candidates(request.actor, village)
        ],
    }
    return render(request, "meetings/plan.html", context, status=409 if problems else 200)


def _plan(request: ActingRequest, village: str, form: CallForm) -> UUID:
    meeting = plan_meeting(actor=request.actor, division=village, call=form.call())
    picked = [UUID(each) for each in request.POST.getlist("pick") if _is_id(each)]
    if picked:
        try:
            add_agenda(actor=request.actor, meeting_id=meeting.pk, matter_ids=picked)
        except Refused:
            messages.warning(request, _now("会议已经通知；有的件没有列进议程，请在下面重新选。"))
    return meeting.pk


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


@requires(HOLD)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: ActingRequest, meeting_id: UUID) -> HttpResponse:
    """Say anew when, where and by whom; what is refused comes back with all that was typed."""
    detail = get_meeting(request.actor, meeting_id)
    request.actor.check(HOLD, detail.row.division)
    form = CallForm(request.POST or None, initial=_standing(detail))
    form.fields["kind"].disabled = True
    problems: tuple[Any, ...] = ()
    if form.is_valid():
        try:
            change_meeting(actor=request.actor, meeting_id=meeting_id, call=form.call())
        except AccessRefused:
            raise
        except Refused as refused:
            problems = refused.problems
        else:
            messages.success(request, _now("已改好。"))
            return redirect("meetings:meeting", meeting_id)
    context = {"form": form, "row": detail.row, "problems": problems}
    return render(request, "meetings/change.html", context, status=409 if problems else 200)


def _standing(detail: MeetingDetail) -> dict[str, Any]:
    row = detail.row
    return {
        "kind": row.kind,
        "held_on": row.held_on.isoformat(),
        "held_at": row.held_at.strftime("%H:%M") if row.held_at else "",
        "place": row.place,
        "chair": row.chair,
        "recorder": row.recorder,
        "eligible": row.eligible,
    }
