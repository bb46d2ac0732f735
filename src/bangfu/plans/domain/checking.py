"""What stands against a measure as it is written, whoever writes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bangfu.kernel.money import format_hundredths
from bangfu.kernel.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from uuid import UUID

    from bangfu.plans.domain.catalogue import Catalogue


@dataclass(frozen=True, slots=True)
class Written:
    """A measure as somebody writes it.

    Attributes:
        family, risk: codes; the risk may be empty.
        title: in a word or two. content: in detail; kept sealed.
        organisation, responsible: ids of the room below.
        amount: fen, or None.
    """

    family: str
    title: str
    starts_on: date
    due_on: date
    responsible: UUID
    organisation: UUID | None = None
    risk: str = ""
    content: str = ""
    amount: int | None = None


@dataclass(frozen=True, slots=True)
class Cap:
    """The most an amount may be: the parameter's name, its value in fen, and who says so."""

    parameter: str
    value: int
    source: str


def problems_of(written: Written, catalogue: Catalogue, cap: Cap | None) -> Iterator[Problem]:
    """Every problem of what is written, apart from who is responsible."""
    family = catalogue.families.get(written.family)
    if family is None or family.derived:
        yield Problem("plans.family_unknown", values={"family": written.family})
    if written.risk and written.risk not in catalogue.risks:
        yield Problem("plans.risk_unknown", values={"risk": written.risk})
    if not written.title.strip():
        yield Problem("plans.title_missing")
    if written.due_on < written.starts_on:
        days = {"start": written.starts_on.isoformat(), "due": written.due_on.isoformat()}
        yield Problem("plans.due_before_start", values=days)
    if written.amount is not None and written.amount < 0:
        yield Problem("plans.amount_negative")
    if over_cap(written.amount, cap) and cap is not None:
        values = {
            "amount": _yuan(written.amount or 0),
            "cap": _yuan(cap.value),
            "parameter": cap.parameter,
            "source": cap.source,
        }
        yield Problem("plans.amount_over_cap", values=values)


def over_cap(amount: int | None, cap: Cap | None) -> bool:
    """Whether an amount is more than may be given; the cap itself may be."""
    return amount is not None and cap is not None and amount > cap.value


def _yuan(fen: int) -> str:
    return format_hundredths(fen, decimals=fen % 100 != 0)
