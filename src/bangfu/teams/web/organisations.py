"""Adding organisations, and what becomes of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from bangfu.foundation.access.api import requires
from bangfu.teams.permissions import MANAGE, READ
from bangfu.teams.queries.organisations import get_organisation, list_successions
from bangfu.teams.services.organisations import load_organisations, succeed_organisation
from bangfu.teams.web.acts import attempt, show_form
from bangfu.teams.web.forms import OrganisationForm, SuccessionForm, first_day
from bangfu.teams.web.places import place_words
from bangfu.teams.web.tables import label

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from bangfu.foundation.access.api import ActingRequest


@requires(READ)
@require_safe
def show_organisation(request: ActingRequest, organisation_id: UUID) -> HttpResponse:
    """One organisation: what it is, and what it came from."""
    organisation = get_organisation(request.actor, organisation_id)
    context = {
        "organisation": organisation,
        "kind": label("organisation_type", organisation.kind),
        "place": place_words(organisation.division),
        "successions": [
            (each, label("succession", each.kind)) for each in list_successions(organisation)
        ],
        "may_manage": request.actor.may(MANAGE, organisation.division),
        "here": "organisations",
    }
    return render(request, "teams/organisation.html", context)


@requires(MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def add_organisation(request: ActingRequest) -> HttpResponse:
    """Add one organisation."""
    form = OrganisationForm(request.POST or None, initial={"valid_from": first_day()})
    back = reverse("teams:organisations")
    if form.is_valid():
        row = form.row()
        if attempt(
            form,
            lambda: load_organisations(actor=request.actor, division=row.division, rows=[row]),
        ):
            messages.success(request, _("%(name)s已登记。") % {"name": row.name})
            return redirect(back)
    lead = _("信用代码会核对校验码；没有的可以不填。")
    return show_form(request, form, _("新增一个单位"), lead, back)


@requires(MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def succeed(request: ActingRequest, organisation_id: UUID) -> HttpResponse:
    """Rename, merge, split or dissolve an organisation."""
    actor, old = request.actor, get_organisation(request.actor, organisation_id)
    actor.check(MANAGE, old.division)
    form = SuccessionForm(request.POST or None, initial={"day": first_day()})
    back = reverse("teams:organisation", args=[old.pk])
    if form.is_valid():
        rows = form.successors(old.kind, old.division)
        if attempt(
            form,
            lambda: succeed_organisation(
                actor=actor,
                organisation_id=old.pk,
                kind=form.cleaned_data["kind"],
                day=form.cleaned_data["day"],
                successors=rows,
            ),
        ):
            messages.success(request, _("已记录，原来的名称留在历史里。"))
            return redirect(back)
    title = _("%(name)s有变更") % {"name": old.name}
    lead = _("更名、合并填一个名称，分设填两个以上，撤销不填。以后的单位类别和地方与原来相同。")
    return show_form(request, form, title, lead, back)
