"""Read departments' lists as a clerk would: whom does a row mean, what does it say of them?

Part of the oracle. A row means the household in which somebody has its document number and name;
without a number, the household whose number it gives, when somebody there has the name. Prices of
a place mean every household of the place that lives on the product. What means nobody says nothing,
and what stands twice in the same words is said once.
"""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from openpyxl import load_workbook

from oracle.sheets import NUMBER, day_of, header_of, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from oracle.sheets import HouseholdRows, Report

IDENTITY, NAME, PLACE, PRODUCT = "证件号码", "姓名", "行政区划代码", "产品"
MATTERS = {
    "accidents": "accident",
    "deaths": "death",
    "disaster_losses": "disaster",
    "dropouts": "dropout",
    "industry_losses": "industry_loss",
    "job_losses": "job_loss",
    "loan_balances": "loan",
    "medical_costs": "medical",
    "new_dibao": "dibao",
    "overdue_loans": "overdue",
    "price_falls": "price",
    "serious_illness": "serious_illness",
    "severe_disability": "disability",
    "temporary_aid": "temporary_aid",
    "unpaid_wages": "unpaid_wages",
    "unsafe_housing": "housing",
    "water_cuts": "water_cut",
}
"""What each kind of list is about, by the name its files carry after the month."""
Row = dict[str, str | None]


def table_in(path: Path) -> list[list[str | None]]:
    """Every row of a list, the headers first."""
    if path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as lines:
            return [[text_of(cell) for cell in row] for row in csv.reader(lines)]
    book = load_workbook(path, read_only=True, data_only=True)
    cells = book.worksheets[0].iter_rows(values_only=True)
    table = [[text_of(cell) for cell in row] for row in cells]
    book.close()
    return table


def rows_in(path: Path) -> Iterator[Row]:
    """The filled rows of a list, by header."""
    table = table_in(path)
    headers = [header_of(cell) for cell in table[0]]
    for row in table[1:]:
        if any(row):
            yield dict(zip(headers, row, strict=False))


def lists_of(folder: Path) -> dict[str, list[Row]]:
    """Every row of all lists, by the kind of list, each once."""
    found: dict[str, dict[tuple[str | None, ...], Row]] = {}
    for path in sorted(folder.iterdir()):
        rows = found.setdefault(path.stem.partition("-")[2], {})
        for row in rows_in(path):
            rows.setdefault(tuple(row.values()), row)
    return {kind: list(rows.values()) for kind, rows in found.items()}


class Clerk:
    """Knows the households of a county."""

    def __init__(self, households: dict[str, HouseholdRows]) -> None:
        self._households = households
        self._of_identity = {
            str(member[IDENTITY])[:18].upper(): (number, member)
            for number, rows in households.items()
            for member in rows.members
            if member[IDENTITY]
        }

    def reports(self, lists: dict[str, list[Row]]) -> list[Report]:
        """What all lists say of the households."""
        return [
            self._report(MATTERS[kind], row, number, member)
            for kind, rows in lists.items()
            for row in rows
            for number, member in self._meant(row)
        ]

    def _meant(self, row: Row) -> list[tuple[str, Row]]:
        if PLACE in row:
            return [
                (number, {})
                for number, each in self._households.items()
                if str(each.row["行政村代码"]).startswith(str(row[PLACE]))
                and row[PRODUCT] in (each.row["主要产品"] or "").split("、")
            ]
        if row[IDENTITY]:
            number, member = self._of_identity.get(row[IDENTITY][:18].upper(), ("", {}))
            return [(number, member)] if number and member[NAME] == row[NAME] else []
        rows = self._households.get(str(row.get(NUMBER)))
        named = [each for each in rows.members if each[NAME] == row[NAME]] if rows else []
        return [(rows.number, named[0])] if rows and named else []

    @staticmethod
    def _report(trigger: str, row: Row, number: str, member: Row) -> Report:
        day = next(day_of(text) for header, text in row.items() if header.endswith("日期"))
        assert day is not None
        amount = [text for header, text in row.items() if header.endswith("（元）")]
        fall = [text for header, text in row.items() if "跌幅" in header]
        return {
            "trigger": trigger,
            "household": number,
            "month": f"{day.year}-{day.month:02}",
            "amount": amount[0] if amount else None,
            "percent": fall[0] if fall else None,
            "labour": member.get("劳动技能"),
            "product": row.get(PRODUCT),
        }


def tell(households: dict[str, HouseholdRows], folder: Path) -> None:
    """Join to the households what the lists of a folder say of them."""
    for report in Clerk(households).reports(lists_of(folder)):
        households[str(report["household"])].reports.append(report)
