"""A case as a line of a list, in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from bangfu.cases.queries.rows import choice_label, reader_for, risk_label
from bangfu.kernel.division import Level
from bangfu.procedures.api import pinned_procedure
from bangfu.registry.api import code_label

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from uuid import UUID

    from django.db.models import QuerySet

    from bangfu.cases.models import Case
    from bangfu.cases.queries.rows import Reader
    from bangfu.rules.layout import Language


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One line.

    Attributes:
        version: of the procedure table that it runs under.
        kind: `recognition`, `monitoring` or `exit`; `kind_label` as the procedure calls it.
        category: the proposed or decided category; of a monitoring case the standing one.
        mode_label: how a monitoring case ended or is to end; empty when nobody said.
        days_left: working days until the due day, negative when overdue; None without one, or
            when the case is closed.
        handler: who looks after it; empty for nobody.
        seen: the version to hand back with a move, so that a stale page is told.
    """

    id: UUID
    matter_id: UUID
    household_id: UUID
    version: str
    number: str
    kind: str
    kind_label: str
    head_name: str
    household_number: str
    household_type: str
    size: int
    division: str
    township: str
    village: str
    group: str
    category: str
    category_label: str
    risks: tuple[str, ...]
    risk_labels: tuple[str, ...]
    mode_label: str
    state: str
    state_label: str
    closed: bool
    opened_on: date
    decided_on: date | None
    due_on: date | None
    due_provisional: bool
    days_left: int | None
    handler_id: UUID | None
    handler: str
    seen: int


def joined_cases(cases: QuerySet[Case]) -> QuerySet[Case]:
    """Cases with all that a line shows, in one query."""
    return cases.select_related("matter", "household", "handler")


def case_rows(cases: Iterable[Case]) -> list[CaseRow]:
    """Cases as lines; they come with matter, household and handler joined."""
    shown = list(cases)
    if not shown:
        return []
    reader = reader_for({case.division for case in shown})
    return [case_row(case, reader) for case in shown]


def case_row(case: Case, reader: Reader) -> CaseRow:
    """One case as a line."""
    matter, household, language = case.matter, case.household, reader.language
    closed = matter.closed_at is not None
    due = None if closed else matter.due_on
    return CaseRow(
        id=case.pk,
        matter_id=matter.pk,
        household_id=household.pk,
        version=matter.version_id,
        number=case.number,
        kind=case.kind,
        kind_label=kind_label(matter.version_id, language),
        head_name=household.head_name,
        household_number=household.household_number,
        household_type=code_label("household_type", household.household_type, language),
        size=household.size,
        division=case.division,
        township=reader.place(case.division[: int(Level.TOWNSHIP)]),
        village=reader.place(case.division),
        group=household.group_name,
        category=case.category,
        category_label=category_label(case.category, language),
        risks=tuple(case.risks),
        risk_labels=tuple(risk_label(each, reader) for each in case.risks),
        mode_label=_mode(case, language),
        state=matter.state,
        state_label=pinned_procedure(matter.version_id).states[matter.state].label.text(language),
        closed=closed,
        opened_on=case.opened_on,
        decided_on=case.decided_on,
        due_on=due,
        due_provisional=matter.due_provisional and not closed,
        days_left=None if due is None else reader.calendar.between(reader.day, due),
        handler_id=case.handler_id,
        handler=case.handler.name if case.handler else "",
        seen=matter.lock_version,
    )


def category_label(category: str, language: Language) -> str:
    """A category in words, whichever of the register's two items it belongs to; empty for none."""
    if not category:
        return ""
    words = code_label("monitoring_category", category, language)
    return words if words != category else code_label("household_type", category, language)


@lru_cache(maxsize=64)
def kind_label(version: str, language: Language) -> str:
    """What the procedure that a case runs under is called."""
    return pinned_procedure(version).label.text(language)


def _mode(case: Case, language: Language) -> str:
    lists = pinned_procedure(case.matter.version_id).lists
    return (
        choice_label(case.matter.version_id, "mode", case.mode, language) if "mode" in lists else ""
    )
