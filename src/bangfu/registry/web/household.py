"""One household: as it is or was, its history, and its secrets for a stated reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from bangfu.foundation.access.api import requires
from bangfu.foundation.audit.api import PersonalValue
from bangfu.foundation.clock.api import today
from bangfu.foundation.pages.api import who_looked
from bangfu.foundation.ui.api import ReasonForm, reader_language
from bangfu.foundation.ui.panels import panels_for
from bangfu.registry.domain.items import items_of
from bangfu.registry.models import Household
from bangfu.registry.permissions import READ, READ_SECRET
from bangfu.registry.queries.adjustments import list_common_past
from bangfu.registry.queries.history import get_household_as_of, list_history
from bangfu.registry.queries.households import SUBJECT, get_household
from bangfu.registry.queries.subjects import count_versions, get_subject
from bangfu.registry.services.revealing import reveal_secret
from bangfu.registry.web import household_page
from bangfu.registry.web.forms import AsOfForm

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from django.http import HttpResponse

    from bangfu.foundation.access.api import ActingRequest
    from bangfu.registry.models import Member
    from bangfu.registry.queries.history import HouseholdState

AUDIT_READ: Final = "audit.read"
"""Who may read the audit may also ask what was known on a day."""


def _asked(request: ActingRequest) -> tuple[AsOfForm, date, date | None]:
    """The days asked for; one that cannot be read is refused beside its field, and today holds."""
    given = {"day": today().isoformat(), **request.GET.dict()}
    form = AsOfForm(given)
    if not request.actor.holds(AUDIT_READ):
        del form.fields["known"]
    form.is_valid()
    return form, form.cleaned_data.get("day") or today(), form.cleaned_data.get("known")


def _panels(request: ActingRequest, state: HouseholdState) -> dict[str, Any]:
    """What higher features say of the household as it is today; of another day they say nothing."""
    places = ("top", "main", "side")
    return {
        f"{place}_panels": panels_for(f"household.{place}", request, state.household)
        for place in places
    }


@requires(READ)
@require_safe
def show_household(request: ActingRequest, household_id: UUID) -> HttpResponse:
    """The household on a day, as known today or on another day."""
    form, day, known = _asked(request)
    try:
        state = get_household_as_of(request.actor, household_id, day, known)
    except Http404:
        return _not_registered(request, household_id, form, day)
    page = household_page.show_household(request.actor, state, day)
    is_today = day == today() and known is None
    panels = _panels(request, state) if is_today else {}
    context = {
        "household": state.household,
        "state": state,
        "page": page,
        "form": form,
        "day": day,
        "known": known,
        "is_today": is_today,
        "versions": count_versions(state.household),
        "openings": who_looked(SUBJECT, state.household.id),
        "top_panels": (),
        "main_panels": (),
        "side_panels": (),
        **panels,
    }
    return render(request, "registry/household.html", context)


def _not_registered(
    request: ActingRequest, household_id: UUID, form: AsOfForm, day: date
) -> HttpResponse:
    """The reader may see the household, but the register did not hold it on that day.

    Raises:
        Http404: when there is no such household in the reader's scope.
    """
    household = get_household(request.actor, household_id)
    context = {"household": household, "form": form, "day": day}
    return render(request, "registry/not_registered.html", context)


@requires(READ)
@require_safe
def show_history(request: ActingRequest, household_id: UUID) -> HttpResponse:
    """Every version, with what each changed."""
    household, entries = list_history(request.actor, household_id)
    context = {
        "household": household,
        "entries": entries,
        "pasts": list_common_past(request.actor, household_id),
        "crumbs": household_page.crumbs_of(request.actor, household.village_code, today()),
    }
    return render(request, "registry/history.html", context)


@requires(READ_SECRET)
@require_http_methods(["GET", "HEAD", "POST"])
def reveal(
    request: ActingRequest, household_id: UUID, item: str, member_id: UUID | None = None
) -> HttpResponse:
    """Ask for the reason, then show one secret whole. With a script, inside the page's dialog."""
    subject = get_subject(request.actor, household_id, member_id)
    found = items_of("household" if member_id is None else "members").get(item)
    if found is None or not found.secret:
        raise Http404
    form = ReasonForm(request.POST or None, label=_("做什么用"))
    whole = _whole(request, form, subject, item) if form.is_valid() else None
    context = {
        "form": form,
        "whole": whole,
        "item": found.label(reader_language()),
        "who": subject.head_name if isinstance(subject, Household) else subject.name,
        "household_id": household_id,
    }
    part = "HX-Request" in request.headers
    name = "registry/reveal_part.html" if part else "registry/reveal.html"
    return render(request, name, context)


def _whole(
    request: ActingRequest, form: ReasonForm, subject: Household | Member, item: str
) -> str | None:
    """The whole value; None when the reason is refused, which the form then says."""
    reason = form.cleaned_data["reason"]
    try:
        return reveal_secret(actor=request.actor, subject=subject, item=item, reason=reason)
    except PersonalValue:
        form.add_error("reason", _("理由里不要写证件号码或者电话号码。"))
    return None
