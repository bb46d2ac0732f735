"""Hands households of the oracle to the product's engines, as the register would have kept them.

This is the product's side of the comparison: cells are read by the layout of the forms, and what
the forms leave empty is filled in by the register's own reading.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import polars as pl

from bangfu.registry.domain.forms import Form, FormRow, stage_form
from bangfu.rules.api import judge_frames, judge_household
from bangfu.rules.engines.frames import KEY, frame_type
from bangfu.rules.layout import ItemType, load_layout
from bangfu.rules.pack import Over
from oracle.limits import NAMES
from oracle.sheets import day_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from bangfu.rules.api import Pack
    from bangfu.rules.layout import Item
    from oracle.limits import Limits
    from oracle.sheets import HouseholdRows

LAYOUT = load_layout()
COUNTY = "511921"
Judged = dict[tuple[str, str], str]


def code_of(item: Item, label: str) -> str:
    """The code that stands for a word of the form."""
    code = LAYOUT.lists[item.list].find_label(label)
    assert code is not None, (item.name, label)
    return code.code


READ: dict[ItemType, Callable[[Item, str], Any]] = {
    ItemType.FEN: lambda _, text: int(Decimal(text) * 100),
    ItemType.COUNT: lambda _, text: int(text),
    ItemType.FLAG: lambda _, text: {"是": True, "否": False}[text],
    ItemType.DATE: lambda _, text: day_of(text),
    ItemType.CODE: code_of,
    ItemType.CODES: lambda item, text: [code_of(item, each) for each in text.split("、")],
    ItemType.TEXT: lambda _, text: text,
}


def values_of(entity: str, row: dict[str, str | None]) -> dict[str, Any]:
    """A row's filled cells as typed values by item."""
    found = {}
    for item in LAYOUT.items[entity]:
        text = row.get(item.zh)
        if text is not None:
            found[item.name] = READ[item.type](item, text)
    return found


def net_of(row: dict[str, str | None] | None) -> int | None:
    """The net income of the year before, as the snapshot holds it."""
    values = values_of("household", row or {})
    names = ("wage_income", "business_income", "property_income", "transfer_income")
    parts = [values.get(name) for name in (*names, "business_expenses")]
    return None if None in parts else sum(parts[:-1]) - parts[-1]


def as_kept(rows: HouseholdRows) -> dict[str, Any]:
    """The household as a snapshot holds it: household, members, reports."""
    form = Form(rows.number)
    form.households.append(FormRow("household", 1, values_of("household", rows.row)))
    for position, row in enumerate(rows.members):
        named = {"person_number": f"{position:02}", "id_number": "X"}
        form.members.append(FormRow("member", 1, values_of("member", row) | named))
    staged = stage_form(form)
    household = {**staged["household"], **staged["income"], "size": len(rows.members)}
    last = net_of(rows.before)
    extra = {"feeds": sorted(rows.feeds)} | ({} if last is None else {"last_year_net_income": last})
    return {
        "household": household | extra,
        "members": [with_birth_month(each) for each in staged["members"]],
        "reports": [report_of(each) for each in rows.reports],
    }


def with_birth_month(member: dict[str, Any]) -> dict[str, Any]:
    """A member with the month of birth in place of the day."""
    born = day_of(member.pop("birth_date", None))
    return member if born is None else member | {"birth_month": born.year * 12 + born.month - 1}


def report_of(row: dict[str, str | None]) -> dict[str, Any]:
    """A report with typed values."""
    items = {item.name: item for item in LAYOUT.items["report"]}
    found: dict[str, Any] = {"trigger": row["trigger"], "product": row["product"]}
    year, month = str(row["month"]).split("-")
    found["month"] = int(year) * 12 + int(month) - 1
    for name in ("amount", "percent", "labour"):
        text = row[name]
        found[name] = None if text is None else READ[items[name].type](items[name], text)
    return {name: value for name, value in found.items() if value is not None}


def parameters_of(pack: Pack, day: date, limits: Limits) -> dict[str, int]:
    """The pack's parameters with the oracle's limits; those the oracle has none of left out."""
    given = {name: getattr(limits, name) for name in NAMES}
    set_ones = {name: str(value) for name, value in given.items() if value is not None}
    found = pack.parameters_on(day, COUNTY, set_ones)
    return {name: value for name, value in found.items() if given.get(name, 0) is not None}


def frame(pack: Pack, over: Over, rows: list[tuple[str, dict[str, Any]]]) -> pl.DataFrame:
    """Rows of many households as the frame a snapshot holds."""
    items = pack.items[over]
    schema = {KEY: pl.String, **{name: frame_type(each) for name, each in items.items()}}
    filled = [{KEY: key, **{name: row.get(name) for name in items}} for key, row in rows]
    return pl.DataFrame(filled, schema=schema)


def judged_by_frames(
    pack: Pack, cases: Sequence[HouseholdRows], day: date, limits: Limits
) -> Judged:
    """What the engine for whole counties says: (household, rule) -> outcome."""
    kept = [(each.number, as_kept(each)) for each in cases]
    judged = judge_frames(
        pack,
        frame(pack, Over.HOUSEHOLD, [(key, each["household"]) for key, each in kept]),
        frame(pack, Over.MEMBERS, [(key, row) for key, each in kept for row in each["members"]]),
        day,
        parameters_of(pack, day, limits),
        reports=frame(
            pack, Over.REPORTS, [(key, row) for key, each in kept for row in each["reports"]]
        ),
        with_clear=True,
    )
    return {(key, rule): outcome for key, rule, outcome in judged.iter_rows()}


def judged_one_by_one(
    pack: Pack, cases: Sequence[HouseholdRows], day: date, limits: Limits
) -> Judged:
    """What the engine that explains says: (household, rule) -> outcome."""
    found: Judged = {}
    parameters = parameters_of(pack, day, limits)
    for each in cases:
        kept = as_kept(each)
        verdicts = judge_household(
            pack, kept["household"], kept["members"], day, parameters, kept["reports"]
        )
        found |= {(each.number, verdict.rule): verdict.outcome.value for verdict in verdicts}
    return found
