"""Income as the household page draws it: by year a head, how the figures come about, all parts.

Amounts are fen. What nobody recorded stays None and is drawn as unknown, never as zero.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext as _

from bangfu.foundation.ui.api import IncomeYear, reader_language
from bangfu.kernel.problems import Refused
from bangfu.policy.api import active_pack
from bangfu.registry.domain.display import code_label, shown
from bangfu.registry.domain.document import ANNUAL
from bangfu.registry.domain.income import net_income, reference_income
from bangfu.registry.domain.items import income_items, items_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bangfu.registry.domain.document import Document

LINE: Final = "monitoring_line"
"""The parameter of the policy pack that incomes are held against."""
_YEARS_IN_TABLE: Final = 3
Amounts = dict[str, int | None]


@dataclass(frozen=True, slots=True)
class Term:
    """One amount of a sum, with the sign before it."""

    sign: str
    label: str
    fen: int | None


@dataclass(frozen=True, slots=True)
class Reckoning:
    """How a year's figures come about: net income, then the amount held against the line."""

    year: int
    terms: list[Term]
    net: int | None
    later: list[Term]
    reference: int | None
    people: int
    per_person: int | None


@dataclass(frozen=True, slots=True)
class IncomeRow:
    """A row of the table: an amount or one of its parts, by year. `depth` counts from 0."""

    label: str
    depth: int
    total: bool
    values: list[tuple[int, int | None]]


@dataclass(frozen=True, slots=True)
class OtherStatement:
    """A statement of another purpose than the yearly survey; months as `2025-11`."""

    year: int
    purpose: str
    months: str
    net: int | None
    reference: int | None


@dataclass(frozen=True, slots=True)
class IncomePage:
    """Everything the page says about income.

    Attributes:
        years: for the chart. table_years, rows: for the table, the latest year first.
        unasked: how many parts nobody filled in for any of the years; they have no row.
        others: statements of other purposes.
    """

    years: list[IncomeYear]
    reckoning: Reckoning | None
    table_years: list[int]
    rows: list[IncomeRow]
    unasked: int
    people: int
    others: list[OtherStatement]


def per_person(fen: int | None, people: int) -> int | None:
    """An amount divided by people, rounded half up to the fen; unknown without people."""
    return None if fen is None or people < 1 else (2 * fen + people) // (2 * people)


def lines_by_year(years: Sequence[int], day: date, village: str) -> dict[int, int]:
    """The monitoring line of each year, in fen a person, where the pack of `day` has one."""
    try:
        pack = active_pack(day)
    except Refused:
        return {}
    found = {year: pack.parameters_on(date(year, 12, 31), village).get(LINE) for year in years}
    return {year: line for year, line in found.items() if line is not None}


def _amounts(statement: Mapping[str, Any]) -> Amounts:
    return {item.name: statement.get(item.name) for item in income_items()}


def _less(a: int | None, b: int | None) -> int | None:
    return None if a is None or b is None else a - b


def _year(year: int, amounts: Amounts, people: int, line: int | None) -> IncomeYear:
    parts = (
        amounts["wage_income"],
        _less(amounts["business_income"], amounts["business_expenses"]),
        amounts["property_income"],
        amounts["transfer_income"],
    )
    return IncomeYear(
        year,
        tuple(per_person(part, people) for part in parts),
        per_person(net_income(amounts), people),
        line,
        per_person(reference_income(amounts), people),
    )


def _reckoning(year: int, amounts: Amounts, people: int) -> Reckoning:
    reference = reference_income(amounts)
    return Reckoning(
        year,
        [
            Term("", _("工资"), amounts["wage_income"]),
            Term("+", _("经营"), amounts["business_income"]),
            Term("+", _("财产"), amounts["property_income"]),
            Term("+", _("转移"), amounts["transfer_income"]),
            Term("−", _("经营支出"), amounts["business_expenses"]),
        ],
        net_income(amounts),
        [
            Term("+", _("理赔"), amounts["claims_income"]),
            Term("−", _("合规自付"), amounts["self_paid_expenses"]),
        ],
        reference,
        people,
        per_person(reference, people),
    )


def _plain(label: str) -> str:
    """A label without its unit, which stands over the table."""
    return label.partition("（")[0].partition(" (")[0]


def _depths() -> dict[str, int]:
    """How deep each amount lies in the tree of parts; a whole comes before its parts."""
    depths: dict[str, int] = {}
    for item in income_items():
        depths.setdefault(item.name, 0)
        depths |= dict.fromkeys(item.sum_of, depths[item.name] + 1)
    return depths


def _parts(by_year: Mapping[int, Amounts]) -> list[IncomeRow]:
    """All amounts; a part that nobody filled in for any year is left out."""
    language = reader_language()
    depths = _depths()
    return [
        IncomeRow(_plain(item.label(language)), depths[item.name], total=False, values=values)
        for item in income_items()
        if (values := [(year, amounts[item.name]) for year, amounts in by_year.items()])
        and (not depths[item.name] or any(fen is not None for _year, fen in values))
    ]


def _rows(by_year: Mapping[int, Amounts], people: int) -> list[IncomeRow]:
    """The table, the latest year first."""
    rows = _parts(by_year)
    net = [(year, net_income(amounts)) for year, amounts in by_year.items()]
    reference = [(year, reference_income(amounts)) for year, amounts in by_year.items()]
    heads = [(year, per_person(fen, people)) for year, fen in reference]
    return [
        *rows,
        IncomeRow(_("家庭纯收入"), 0, total=True, values=net),
        IncomeRow(_("收入参考值"), 0, total=True, values=reference),
        IncomeRow(_("收入参考值，每人"), 0, total=True, values=heads),
    ]


def _other(statement: Mapping[str, Any]) -> OtherStatement:
    language = reader_language()
    item = items_of("incomes")
    shown_months = [
        shown(item[name], statement.get(name), language) for name in ("income_from", "income_to")
    ]
    amounts = _amounts(statement)
    return OtherStatement(
        statement["income_year"],
        code_label("income_purpose", statement["income_purpose"], language),
        _("%(first)s 至 %(last)s") % dict(zip(("first", "last"), shown_months, strict=True))
        if all(shown_months)
        else "",
        net_income(amounts),
        reference_income(amounts),
    )


def show_incomes(document: Document, people: int, day: date, village: str) -> IncomePage:
    """The incomes of a household as a version has them.

    Args:
        document: the household's version.
        people: its members on the rolls that day; every amount a head divides by them.
        day: the day looked at; its policy pack has the lines.
        village: where the household lives.
    """
    statements = document["incomes"]
    annual = [each for each in statements if each["income_purpose"] == ANNUAL]
    by_year = {each["income_year"]: _amounts(each) for each in annual}
    by_year = dict(sorted(by_year.items()))
    lines = lines_by_year(list(by_year), day, village)
    latest = dict(list(by_year.items())[::-1][:_YEARS_IN_TABLE])
    last = next(iter(latest), None)
    rows = _rows(latest, people)
    return IncomePage(
        [_year(year, each, people, lines.get(year)) for year, each in by_year.items()],
        None if last is None else _reckoning(last, by_year[last], people),
        list(latest),
        rows,
        len(income_items()) - sum(not row.total for row in rows),
        people,
        [_other(each) for each in statements if each["income_purpose"] != ANNUAL],
    )
