"""Pages on which people begin, end and hand over duties and pairings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from bangfu.foundation.access.api import AccessRefused, requires
from bangfu.foundation.ui.wording import sentence_of
from bangfu.kernel.problems import Problem, Refused
from bangfu.registry.api import division_name
from bangfu.teams.domain.rows import DutyRow, PairingRow
from bangfu.teams.permissions import MANAGE
from bangfu.teams.queries.duties import get_duty
from bangfu.teams.queries.pairings import find_household, get_pairing
from bangfu.teams.services import acts
from bangfu.teams.web.forms import BeginDutyForm, BeginPairingForm, EndForm, first_day
from bangfu.teams.web.places import place_words
from bangfu.teams.web.tables import label

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from django import forms
    from django.http import HttpResponse

    from bangfu.foundation.access.api import ActingRequest


def attempt(form: forms.Form, act: Callable[[], object]) -> bool:
    """Do it; when it cannot be, say why at the top of the form and keep what was typed.

    Raises:
        AccessRefused: which is answered like everywhere.
    """
    try:
        act()
    except AccessRefused:
        raise
    except Refused as refused:
        for each in refused.problems:
            form.add_error(field_of(form, each), _in_words(each))
        return False
    return True


def field_of(form: forms.Form, problem: Problem) -> str | None:
    """The field that a row's problem lies in, where the form has it."""
    named = {"valid_to": "day", "household_number": "name"}
    name = named.get(problem.place.header, problem.place.header)
    return name if name in form.fields else None


def _in_words(problem: Problem) -> str:
    title, remedy = sentence_of(problem)
    return _("%(title)s。%(remedy)s") % {"title": title, "remedy": remedy} if remedy else title


def show_form(
    request: ActingRequest, form: forms.Form, title: str, lead: str, back: str, **more: Any
) -> HttpResponse:
    """One form on a page of its own."""
    context = {
        "form": form,
        "title": title,
        "lead": lead,
        "back": back,
        "button": _("保存"),
        **more,
    }
    return render(request, "teams/form.html", context)


@requires(MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def begin_duty(request: ActingRequest) -> HttpResponse:
    """Give somebody a duty."""
    initial = {"valid_from": first_day(), **request.GET.dict()}
    form = BeginDutyForm(request.POST or None, initial=initial)
    if form.is_valid():
        given = form.cleaned_data
        row = DutyRow(form.person(), given["role"], given["division"].strip(), given["valid_from"])
        if attempt(form, lambda: acts.begin_duty(actor=request.actor, row=row)):
            values = {"name": row.person.name, "place": division_name(row.division)}
            messages.success(request, _("%(name)s已到%(place)s任职。") % values)
            return redirect("teams:duties")
    lead = _("写姓名，再写单位、电话或人员编号中的一项，免得认错人。")
    return show_form(request, form, _("新增一段任职"), lead, reverse("teams:duties"))


@requires(MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def end_duty(request: ActingRequest, duty_id: UUID) -> HttpResponse:
    """End a duty, or hand it over."""
    actor, duty = request.actor, get_duty(request.actor, duty_id)
    actor.check(MANAGE, duty.division)
    form = EndForm(request.POST or None, initial={"day": first_day()})
    if form.is_valid():
        day, reason = form.cleaned_data["day"], form.cleaned_data["reason"]

        def act() -> object:
            if form.hands_over:
                return acts.hand_over_duty(
                    actor=actor, duty_id=duty_id, day=day, reason=reason, person=form.person()
                )
            return acts.end_duty(actor=actor, duty_id=duty_id, day=day, reason=reason)

        if attempt(form, act):
            messages.success(request, _("已记录，原来的一段留在历史里。"))
            return redirect("teams:person", duty.cadre_id)
    values = {
        "name": duty.cadre.name,
        "place": place_words(duty.division),
        "role": label("duty_role", duty.role),
    }
    title = _("%(name)s不再担任%(place)s%(role)s") % values
    lead = _("填了接替人，就在同一天交接，中间不空缺；不填就是没有人接替。")
    return show_form(request, form, title, lead, reverse("teams:person", args=[duty.cadre_id]))


@requires(MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def begin_pairing(request: ActingRequest, household_id: UUID) -> HttpResponse:
    """Name somebody who helps a household."""
    household = find_household(request.actor, household_id)
    if household is None:
        raise Http404
    request.actor.check(MANAGE, household.village_code)
    form = BeginPairingForm(request.POST or None, initial={"valid_from": first_day(), "main": True})
    back = reverse("registry:household", args=[household.pk])
    if form.is_valid():
        row = PairingRow(
            household.household_number,
            form.person(),
            form.cleaned_data["main"],
            form.cleaned_data["valid_from"],
        )
        village = household.village_code
        if attempt(form, lambda: acts.begin_pairing(actor=request.actor, village=village, row=row)):
            values = {"name": row.person.name, "household": household.head_name}
            messages.success(request, _("%(name)s开始帮扶%(household)s 户。") % values)
            return redirect(back)
    title = _("谁来帮扶%(household)s 户") % {"household": household.head_name}
    lead = _("可以有几个人帮扶同一户，主要责任人同时只有一个。")
    return show_form(request, form, title, lead, back)


@requires(MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def end_pairing(request: ActingRequest, pairing_id: UUID) -> HttpResponse:
    """End a pairing, or hand it over."""
    actor, pairing = request.actor, get_pairing(request.actor, pairing_id)
    actor.check(MANAGE, pairing.household.village_code)
    form = EndForm(request.POST or None, initial={"day": first_day()})
    back = reverse("registry:household", args=[pairing.household_id])
    if form.is_valid():
        day, reason = form.cleaned_data["day"], form.cleaned_data["reason"]

        def act() -> object:
            if form.hands_over:
                return acts.hand_over_pairing(
                    actor=actor, pairing_id=pairing_id, day=day, reason=reason,
                    person=form.person(),
                )  # fmt: skip
            return acts.end_pairing(actor=actor, pairing_id=pairing_id, day=day, reason=reason)

        if attempt(form, act):
            messages.success(request, _("已记录，原来的一段留在历史里。"))
            return redirect(back)
    values = {"name": pairing.cadre.name, "household": pairing.household.head_name}
    title = _("%(name)s不再帮扶%(household)s 户") % values
    lead = _("填了接替人，就在同一天交接，中间不空缺；不填就是没有人接替。")
    return show_form(request, form, title, lead, back)
