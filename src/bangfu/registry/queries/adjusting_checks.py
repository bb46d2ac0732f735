"""What is wrong with households as a change would leave them, and was not wrong before."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings

from bangfu.kernel.problems import Place, Problem
from bangfu.registry.domain.adjusting import (
    DECREASE,
    INCREASE,
    RELATION,
    Change,
    Join,
    Leave,
    Move,
)
from bangfu.registry.domain.checks import Checking, check_form
from bangfu.registry.domain.forms import HOUSEHOLD, MEMBER, Form, FormRow, SheetPlaces
from bangfu.registry.domain.items import HOUSEHOLD_NUMBER, items_of, secret_names
from bangfu.registry.models import Household, Member
from bangfu.registry.queries.conflicts import claim_of, find_taken
from bangfu.registry.queries.divisions import list_divisions, list_villages
from bangfu.rules.layout import ItemType, load_layout

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from uuid import UUID

    from django.db import models

    from bangfu.foundation.access.api import Scope
    from bangfu.registry.domain.document import Document

_SECTIONS: Final = {"household": HOUSEHOLD, "members": MEMBER}
_SHEETS: Final = {
    entity: SheetPlaces(headers={name: (1, item.zh) for name, item in items_of(section).items()})
    for section, entity in _SECTIONS.items()
}
_MODELS: Final[Mapping[str, type[models.Model]]] = {HOUSEHOLD: Household, MEMBER: Member}


def code_problems(change: Change, day: date) -> Iterator[Problem]:
    """Reasons and relations that the code lists do not have on the day."""
    wanted: list[tuple[str, str]] = []
    if isinstance(change, Join):
        wanted.append((INCREASE, change.reason))
    if isinstance(change, Leave):
        wanted.append((DECREASE, change.reason))
    relations: Mapping[str, str] = getattr(change, "relations", {})
    wanted += [(RELATION, code) for code in relations.values()]
    for name, code in wanted:
        found = load_layout().lists[name].find(code)
        if found is None or not found.holds_on(day):
            yield Problem("registry.code_unknown", values={"code": code})
    if isinstance(change, Move) and change.living and not list_divisions([change.living], day):
        yield Problem("registry.living_unknown", values={"place": change.living})


def new_problems(
    before: Mapping[str, Document], after: Mapping[str, Document], day: date
) -> list[Problem]:
    """The checks of an import on the households afterwards, less what was wrong before."""
    old = Counter(each for document in before.values() for each in _found(document, day))
    made = []
    for document in after.values():
        for key, problem in _found(document, day).items():
            if old[key] == 0:
                made.append(problem)
    return made


_Key = tuple[str, str, tuple[tuple[str, str], ...]]


def _found(document: Document, day: date) -> dict[_Key, Problem]:
    """The refusing problems of one household; where a row stands tells nothing."""
    form = _form_of(document)
    if not form.members:
        return {}
    villages = list_villages(document["household"]["village_code"], day)
    checking = Checking(
        data_date=day,
        villages=villages,
        in_scope=lambda _village: True,
        made_up=settings.BANGFU_DEMO,
        longest={entity: _longest(entity) for entity in _MODELS},
        sheets=_SHEETS,
    )
    return {
        (each.code, each.place.header, tuple(sorted(each.values.items()))): Problem(
            each.code, Place(header=each.place.header), each.values
        )
        for each in check_form(form, checking)
        if each.refuses
    }


def _longest(entity: str) -> dict[str, int]:
    fields = {field.name: field.max_length for field in _MODELS[entity]._meta.concrete_fields}
    texts = (each.name for each in load_layout().items[entity] if each.type is ItemType.TEXT)
    return {name: length for name in texts if (length := fields.get(name))}


def _form_of(document: Document) -> Form:
    """A document as the form that would say the same."""
    household = _row(HOUSEHOLD, "household", document["household"])
    number = household.text(HOUSEHOLD_NUMBER)
    rows = ({HOUSEHOLD_NUMBER: number, **each} for each in document["members"])
    return Form(number, [household], [_row(MEMBER, "members", each) for each in rows])


def _row(entity: str, section: str, values: Mapping[str, Any]) -> FormRow:
    """A row; what is in the register already need not be filled in again."""
    typed = dict(values)
    sealed = entity == HOUSEHOLD
    for name in secret_names(section):
        leaf = typed.pop(name, None)
        if leaf is not None and "plain" in leaf:
            typed[name] = leaf["plain"]
        elif leaf is not None:
            sealed = True
    for name, item in items_of(section).items():
        if item.type is ItemType.DATE and isinstance(typed.get(name), str):
            typed[name] = date.fromisoformat(typed[name])
    return FormRow(entity, 0, typed, refused=sealed)


def taken_problems(
    after: Iterable[tuple[UUID, Sequence[dict[str, Any]]]], scope: Scope
) -> list[Problem]:
    """People who are active members of a household that the change does not name.

    Of a household outside the scope nothing is told but that there is one.
    """
    claims = [claim_of(household_id, members) for household_id, members in after]
    problems = []
    for taken in find_taken(claims, scope):
        if taken.owner_number:
            values = {"owner": taken.owner_number}
            problems.append(Problem("registry.person_in_household", values=values))
        else:
            problems.append(Problem("registry.member_elsewhere"))
    return list({each.code: each for each in problems}.values())
