"""Asking for a change of a household: choose what, fill it in, send it for review."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _later
from django.views.decorators.http import require_http_methods, require_safe

from bangfu.changes.permissions import REQUEST
from bangfu.changes.services import EVIDENCE, propose_change
from bangfu.changes.web.forms import FORMS, CorrectForm, rows_by_key
from bangfu.foundation.access.api import AccessRefused, requires
from bangfu.foundation.clock.api import today
from bangfu.foundation.files.api import store
from bangfu.kernel.problems import Refused
from bangfu.registry.api import (
    Adjustment,
    AdjustmentKind,
    describe_document,
    describe_document_members,
    get_household_as_of,
    items_of,
)

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from bangfu.changes.models import ChangeRequest
    from bangfu.changes.web.forms import AskForm
    from bangfu.foundation.access.api import ActingRequest
    from bangfu.kernel.problems import Problem
    from bangfu.registry.api import HouseholdState

_PAGES: Final = {
    "register": _later("登记"),
    "risk": _later("风险"),
    "living": _later("住房和生活条件"),
    "production": _later("生产条件"),
    "head": _later("联系方式"),
}
"""The parts of a household's own items, as its page has them."""

_HINTS: Final = {
    AdjustmentKind.JOIN: _later("新生儿、婚入、收养、户籍迁入、返乡、漏录补录"),
    AdjustmentKind.LEAVE: _later("死亡、婚出、户籍迁出、服刑、失踪、错录"),
    AdjustmentKind.CHANGE_HEAD: _later("换一个成员当户主，其他人的关系一起改"),
    AdjustmentKind.SPLIT: _later("一部分成员另立一户，两边都看得到共同的过去"),
    AdjustmentKind.MERGE: _later("全家并入另一户，这一户不再在册，历史留着"),
    AdjustmentKind.MOVE: _later("户籍换村组，或者只是居住地变了"),
    AdjustmentKind.CORRECT: _later("登记错了的指标，改前改后并排看"),
}


def _state(request: ActingRequest, household_id: UUID) -> HouseholdState:
    """The household as it is, where the reader may ask for changes.

    Raises:
        Http404: when there is none in their scope.
        AccessRefused: when they may not ask there.
    """
    state = get_household_as_of(request.actor, household_id, today())
    request.actor.check(REQUEST, state.household.village_code)
    return state


@requires(REQUEST)
@require_safe
def choose(request: ActingRequest, household_id: UUID) -> HttpResponse:
    """What is to be changed."""
    state = _state(request, household_id)
    kinds = [(kind.value, Adjustment.Kind(kind.value).label, hint) for kind, hint in _HINTS.items()]
    context = {"household": state.household, "kinds": kinds, "parts": _parts(state)}
    return render(request, "changes/choose.html", context)


def _parts(state: HouseholdState) -> list[tuple[str, str]]:
    """What a correction can be about: parts of the household, members, income statements."""
    parts = [(f"household:{page}", str(label)) for page, label in _PAGES.items()]
    parts += [(f"members:{row['person_number']}", row["name"]) for row in state.document["members"]]
    for row in state.document["incomes"]:
        key = f"{row['income_purpose']} {row['income_year']}"
        parts.append((f"incomes:{key}", _("%(year)s 年收入") % {"year": row["income_year"]}))
    return parts


@requires(REQUEST)
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: ActingRequest, household_id: UUID, kind: str) -> HttpResponse:
    """The form of a kind; what is refused comes back with its reasons and all that was typed."""
    if kind not in set(AdjustmentKind):
        raise Http404
    state = _state(request, household_id)
    form = _form(request, state, AdjustmentKind(kind))
    problems: tuple[Problem, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            made = _propose(request, state, form)
        except AccessRefused:
            raise
        except Refused as refused:
            problems = refused.problems
        else:
            messages.success(request, _("已提出，等待审核。"))
            return redirect("changes:request", made.pk)
    context = {
        "household": state.household,
        "form": form,
        "kind": kind,
        "kind_label": Adjustment.Kind(kind).label,
        "hint": _HINTS[AdjustmentKind(kind)],
        "problems": problems,
        "part": request.GET.get("part", ""),
        "parts": dict(_parts(state)),
        "shown": _last_known(state, form),
    }
    return render(request, "changes/ask.html", context, status=409 if problems else 200)


def _form(request: ActingRequest, state: HouseholdState, kind: AdjustmentKind) -> AskForm:
    given: dict[str, Any] = {"document": state.document, "initial": {"day": today().isoformat()}}
    if request.method == "POST":
        given |= {"data": request.POST, "files": request.FILES}
    if kind is AdjustmentKind.CORRECT:
        return CorrectForm(part=_part(request, state), **given)
    return FORMS[kind](**given)


def _part(request: ActingRequest, state: HouseholdState) -> tuple[str, str, str]:
    """Section, row and page of what is to be put right.

    Raises:
        Http404: for a part the household does not have.
    """
    asked = request.GET.get("part", "household:register")
    if asked not in dict(_parts(state)):
        raise Http404
    section, _colon, name = asked.partition(":")
    if section == "household":
        return section, "", name
    if name not in rows_by_key(state.document, section):
        raise Http404
    return section, name, ""


def _last_known(state: HouseholdState, form: AskForm) -> list[tuple[Any, str]]:
    """The fields of a form, each with the last known value beside it."""
    if not isinstance(form, CorrectForm):
        return [(field, "") for field in form.own_fields()]
    known: dict[str, str] = {}
    if form.section == "household":
        blocks = describe_document(state.document, state.household.pk, today())
        known = {item.name: item.text for block in blocks.values() for item in block}
    elif form.section == "members":
        rows = zip(
            state.document["members"], describe_document_members(state.document), strict=True
        )
        shown = next(items for row, items in rows if str(row["person_number"]) == form.key)
        known = {name: item.text for name, item in shown.items()}
    unknown = _("缺数据")
    if form.section == "incomes":
        return [(field, "") for field in form.own_fields()]
    return [
        (field, _("原来：%(value)s") % {"value": known.get(name) or unknown})
        for field in form.own_fields()
        if (name := field.name.removeprefix("item_")) in items_of(form.section)
    ]


def _propose(request: ActingRequest, state: HouseholdState, form: AskForm) -> ChangeRequest:
    upload = form.cleaned_data.get("evidence")
    evidence = []
    if upload is not None:
        stored = store(
            actor=request.actor,
            name=upload.name,
            stream=upload.file,
            purpose=EVIDENCE.name,
            division=state.household.village_code,
        )
        evidence.append(stored.pk)
    return propose_change(
        actor=request.actor,
        change=form.change(),
        day=form.cleaned_data["day"],
        note=form.cleaned_data["note"],
        evidence=evidence,
    )
