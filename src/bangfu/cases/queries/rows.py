"""A clue as a line of a list, in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from bangfu.foundation.clock.api import today
from bangfu.foundation.secrets.api import unseal
from bangfu.foundation.ui.api import reader_language
from bangfu.kernel.division import Level
from bangfu.policy.api import active_pack
from bangfu.procedures.api import pinned_procedure, working_calendar
from bangfu.registry.api import code_label, list_divisions

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date, datetime
    from uuid import UUID

    from bangfu.cases.models import Clue
    from bangfu.procedures.api import WorkingCalendar
    from bangfu.registry.api import Household
    from bangfu.rules.api import Pack
    from bangfu.rules.layout import Language


@dataclass(frozen=True, slots=True)
class ClueRow:
    """One line.

    Attributes:
        title: the rule in words; of a clue that no rule proposed, the risk.
        reason: the sentence in parts: `text`, and for values `name` and `deciding`.
        per_person: the deciding amount a person beside its limit, where the rule has one.
        days_left: working days until the due day, negative when overdue; None without one, or
            when the clue is closed.
        due_provisional: whether the due day may still move with the calendar.
        household_id: None while nobody knows whose clue it is; then `row_id` is what waits.
        seen: the version to hand back with a move, so that a stale page is told.
    """

    id: UUID
    household_id: UUID | None
    row_id: UUID | None
    number: str
    head_name: str
    size: int
    household_type: str
    monitoring_category: str
    division: str
    township: str
    village: str
    group: str
    risk: str
    risk_label: str
    rule: str
    rule_label: str
    title: str
    reported_by: str
    severity: str
    reason: list[dict[str, Any]]
    sentence: str
    per_person: dict[str, Any] | None
    channel: str
    channel_label: str
    state: str
    state_label: str
    closed: bool
    received_at: datetime
    due_on: date | None
    due_provisional: bool
    days_left: int | None
    assigned_to: UUID | None
    assignee: str
    dismissed_reason: str
    dismissed_label: str
    seen: int


@dataclass(frozen=True, slots=True)
class Reader:
    """What turning clues into lines needs, fetched once for a list."""

    language: Language
    day: date
    calendar: WorkingCalendar
    pack: Pack
    names: Mapping[str, str]

    def place(self, code: str) -> str:
        """A division's name; its code when nobody knows it."""
        return self.names.get(code, code)


def reader_for(divisions: Iterable[str]) -> Reader:
    """The reader's language, today, calendar, pack, and the names of places, in a few queries."""
    language = reader_language()
    day = today()
    places = {part for code in divisions for part in (code, code[: int(Level.TOWNSHIP)])}
    names = {each.code: each.name for each in list_divisions(places, day)}
    return Reader(language, day, working_calendar(day), active_pack(day), names)


def rows_of(clues: Iterable[Clue]) -> list[ClueRow]:
    """Clues as lines; they come with matter, household and assignee joined."""
    shown = list(clues)
    if not shown:
        return []  # a household page needs no pack in force to say that there are none
    reader = reader_for({clue.division for clue in shown})
    return [row_of(clue, reader) for clue in shown]


def row_of(clue: Clue, reader: Reader) -> ClueRow:
    """One clue as a line."""
    matter = clue.matter
    procedure = pinned_procedure(matter.version_id)
    parts = reason_of(clue, reader.language)
    closed = matter.closed_at is not None
    due = None if closed else matter.due_on
    return ClueRow(
        id=clue.pk,
        row_id=clue.row_id,
        **_whose(clue.household, reader.language),
        division=clue.division,
        township=reader.place(clue.division[: int(Level.TOWNSHIP)]),
        village=reader.place(clue.division),
        risk=clue.risk,
        risk_label=risk_label(clue.risk, reader),
        rule=clue.rule,
        rule_label=rule_label(clue.rule, reader),
        title=rule_label(clue.rule, reader) if clue.rule else risk_label(clue.risk, reader),
        reported_by=clue.reported_by,
        severity=clue.severity,
        reason=parts,
        sentence="".join(part["text"] for part in parts),
        per_person=clue.document.get("per_person"),
        channel=clue.channel,
        channel_label=choice_label(matter.version_id, "channel", clue.channel, reader.language),
        state=matter.state,
        state_label=procedure.states[matter.state].label.text(reader.language),
        closed=closed,
        received_at=clue.received_at,
        due_on=due,
        due_provisional=matter.due_provisional and not closed,
        days_left=None if due is None else reader.calendar.between(reader.day, due),
        assigned_to=clue.assigned_to_id,
        assignee=clue.assigned_to.name if clue.assigned_to else "",
        dismissed_reason=clue.dismissed_reason,
        dismissed_label=choice_label(
            matter.version_id, "dismissed_reason", clue.dismissed_reason, reader.language
        ),
        seen=matter.lock_version,
    )


def reason_of(clue: Clue, language: Language) -> list[dict[str, Any]]:
    """The reason in parts: what a rule or a department said, or what a person wrote down."""
    if clue.words_sealed is not None:
        words = unseal(clue._meta.db_table, "words_sealed", clue.pk, clue.words_sealed)
        return [{"text": words}]
    found: list[dict[str, Any]] = clue.document.get("reason", {}).get(language, [])
    return found


def _whose(household: Household | None, language: Language) -> dict[str, Any]:
    """What a line says of the household; nothing while nobody knows whose it is."""
    if household is None:
        texts = ("number", "head_name", "household_type", "monitoring_category", "group")
        return {**dict.fromkeys(texts, ""), "household_id": None, "size": 0}
    kind, category = household.household_type, household.monitoring_category
    return {
        "household_id": household.pk,
        "number": household.household_number,
        "head_name": household.head_name,
        "size": household.size,
        "household_type": code_label("household_type", kind, language),
        "monitoring_category": code_label("monitoring_category", category, language),
        "group": household.group_name,
    }


def risk_label(risk: str, reader: Reader) -> str:
    """A risk type in words; its code when the pack in force knows it no more."""
    text = reader.pack.risks.get(risk)
    return text.of(reader.language) if text else risk


def rule_label(rule: str, reader: Reader) -> str:
    """A rule in words; its name when the pack in force knows it no more."""
    found = reader.pack.rules.get(rule)
    return found.text.of(reader.language) if found else rule


@lru_cache(maxsize=512)
def choice_label(version: str, name: str, code: str, language: str) -> str:
    """A code of the procedure's lists in words; the code itself when the table lacks it."""
    choice = pinned_procedure(version).choice(name, code) if code else None
    return choice.label.text(language) if choice else code
