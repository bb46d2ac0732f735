"""The tables of measures for the reference: families, and what answers which risk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tables import Section, code

from bangfu.plans.api import catalogue_of
from bangfu.rules.api import load_pack
from bangfu.rules.layout import load_layout

if TYPE_CHECKING:
    from collections.abc import Callable

    from bangfu.plans.api import Family, RiskRow

PACK = "sichuan"


def _kind(family: Family) -> str:
    """What a family is counted as."""
    kinds = [
        (family.developmental, "developmental"),
        (family.safety_net, "safety net"),
        (family.derived, "answered from the others"),
    ]
    return ", ".join(words for holds, words in kinds if holds)


def families() -> list[Section]:
    """Every family of measures with its cap."""
    headers = ["Family", "In Chinese", "English", "Counts as", "Cap"]
    listed = catalogue_of(load_pack(PACK)).families.values()
    return [
        (
            "",
            headers,
            [
                [
                    code(each.code),
                    each.text.zh,
                    each.text.en,
                    _kind(each),
                    code(each.cap) if each.cap else "",
                ]
                for each in listed
            ],
        )
    ]


def _label(risk: str) -> str:
    """The risk in English, by the pack or by the register's list."""
    text = load_pack(PACK).risks.get(risk)
    if text is not None:
        return text.en
    listed = load_layout().lists["risk_type"].find(risk)
    return listed.en if listed else ""


def _row(row: RiskRow) -> list[str]:
    needs = ", ".join(code(each) for each in row.needs) or "any measure taken for it"
    contents = "; ".join(f"{code(each.family)} {each.text.en}" for each in row.contents)
    marks = [(row.guarantee, "guarantee"), (row.unverified, "unverified")]
    noted = ", ".join(words for holds, words in marks if holds)
    return [code(row.code), _label(row.code), needs, contents, row.source, noted]


def matching() -> list[Section]:
    """Every risk with the families that answer it."""
    headers = ["Risk", "English", "One of these must be carried out", "Usual", "Source", ""]
    rows = catalogue_of(load_pack(PACK)).risks.values()
    return [("", headers, [_row(each) for each in rows])]


PLAN_TABLES: dict[str, Callable[[], list[Section]]] = {
    "measure-families": families,
    "measures-by-risk": matching,
}
