"""What the members of households say to the rules of doubtful data."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from bangfu.cases.domain.quality import some
from bangfu.foundation.bulk.api import fetch_by
from bangfu.registry.api import Member

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import date
    from uuid import UUID

    from bangfu.cases.queries.quality_rules import QualityTable

_FIELDS: Final = (
    "household_id", "birth_date", "labour", "work_place", "work_months", "health",
    "serious_insured", "school_status",
)  # fmt: skip
_AWAY_FROM: Final = "none"


@dataclass(frozen=True, slots=True)
class Ages:
    """The ages of compulsory schooling; None where the pack has none."""

    day: date
    first: int | None = None
    last: int | None = None

    def covers(self, born: date | None) -> bool | None:
        """Whether somebody is of that age; None when it cannot be told."""
        if born is None or self.first is None or self.last is None:
            return None
        months = (self.day.year - born.year) * 12 + self.day.month - born.month
        return self.first <= months // 12 <= self.last


@dataclass(slots=True)
class People:
    """The members of one household, as rows."""

    rows: list[dict[str, Any]] = field(default_factory=list)

    def facts(self, table: QualityTable, able: Collection[str], ages: Ages) -> dict[str, Any]:
        """The facts of the household's members; what is not known is left out."""
        found: dict[str, Any] = {
            "with_labour": _whether(_is_in(each["labour"], able) for each in self.rows),
            "work_record": _whether(_worked(each) for each in self.rows),
            "serious_uninsured": some(_not(each["serious_insured"]) for each in self.rows),
            "sick_uninsured": some(
                _both(_is_sick(each["health"], table.codes("sick")), _not(each["serious_insured"]))
                for each in self.rows
            ),
            "out_of_school": _whether(
                _both(
                    ages.covers(each["birth_date"]),
                    _is_in(each["school_status"], table.codes("not_in_school")),
                )
                for each in self.rows
            ),
        }
        return {name: value for name, value in found.items() if value is not None}


def people_of(household_ids: Collection[UUID]) -> Mapping[UUID, People]:
    """The active members of households."""
    found: dict[UUID, People] = defaultdict(People)
    rows = Member.objects.filter(active=True).values(*_FIELDS)
    for row in fetch_by(rows, "household_id", list(household_ids)):
        found[row["household_id"]].rows.append(row)
    return found


def _whether(values: Iterable[bool | None]) -> bool | None:
    count = some(values)
    return None if count is None else count > 0


def _not(value: bool | None) -> bool | None:
    return None if value is None else not value


def _both(one: bool | None, other: bool | None) -> bool | None:
    if one is False or other is False:
        return False
    return None if one is None or other is None else True


def _is_in(code: str | None, codes: Collection[str]) -> bool | None:
    return code in codes if code else None


def _is_sick(health: Collection[str] | None, sick: Collection[str]) -> bool | None:
    return bool(set(health) & set(sick)) if health else None


def _worked(row: Mapping[str, Any]) -> bool | None:
    if row["work_months"]:
        return True
    return row["work_place"] != _AWAY_FROM if row["work_place"] else None
