"""Two households and changes of them, for the tests of dynamic adjustment."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

from bangfu.registry.domain.adjusting import Join
from bangfu.registry.domain.document import Document
from bangfu.registry.models import Household
from bangfu.registry.queries.leaves import hash_secrets
from bangfu.registry.services.adjusting import apply_change
from registry.making import COUNTY, COUNTY_CAPABILITIES, VILLAGE, make_id, member, officer

if TYPE_CHECKING:
    from uuid import UUID

    from bangfu.foundation.access.api import Actor
    from bangfu.registry.domain.adjusting import Change
    from bangfu.registry.models import HouseholdVersion

CHANGED: Final = date(2026, 11, 10)
RELATIONS: Final = ("spouse", "son", "daughter", "father", "other")


def person(
    number: str, name: str = "某人", relation: str = "other", **items: Any
) -> dict[str, Any]:
    """A member's row of a document whose secrets tell nothing."""
    leaf = {"sealed": "", "fingerprint": number.encode().hex()}
    row = {"person_number": number, "name": name, "relation": relation, "id_number": leaf}
    return {**row, "birth_date": "1980-05-20", "id": number, **items}


def document(number: str, *members: dict[str, Any], **items: Any) -> Document:
    """A household's document, headed by the first of its members."""
    rows = [{**members[0], "relation": "head"}, *members[1:]]
    household = {
        "household_number": number,
        "village_code": VILLAGE,
        "group_name": "3 组",
        "head_name": rows[0]["name"],
        "size": len(rows),
        "household_type": "alleviated",
        **items,
    }
    return Document(household=household, members=rows, incomes=[])


def changer(division: str = COUNTY) -> Actor:
    """Somebody who may change households in a division."""
    return officer(division, *COUNTY_CAPABILITIES, "registry.change")


def family(number: str = "H1") -> list[dict[str, Any]]:
    """A head, his wife, a son of age and the son's wife, as an import brings them."""
    return [
        member(number, "1", name="张三"),
        member(number, "2", name="王梅", relation="spouse", sex="female",
               birth_date=date(1982, 2, 3), id_number=make_id(date(1982, 2, 3), 2)),
        member(number, "3", name="张小军", relation="son", birth_date=date(2003, 4, 5)),
        member(number, "4", name="李芳", relation="daughter_in_law", sex="female",
               birth_date=date(2004, 6, 7), id_number=make_id(date(2004, 6, 7), 4)),
    ]  # fmt: skip


def newborn(number: str = "H1", who: str = "5", order: int = 11) -> Join:
    """A child is born into a household."""
    born = date(2026, 11, 5)
    row = member(
        number, who, name="张新", relation="grandson", birth_date=born, sex="male",
        id_number=make_id(born, order), education=None, labour="none", work_place=None,
        work_months=None, health=["healthy"], disability_grade=None,
    )  # fmt: skip
    row.pop("household_number")
    row["birth_date"] = born.isoformat()
    staged: Any = {"household": {}, "members": [row]}
    hash_secrets([staged])
    return Join(number, row, "newborn")


def seen(*numbers: str) -> dict[UUID, UUID]:
    """The versions of households as somebody who looks now sees them."""
    rows = Household.objects.filter(household_number__in=numbers, version__isnull=False)
    return {each.pk: each.version_id for each in rows if each.version_id}


def make(
    change: Change,
    *,
    actor: Actor | None = None,
    day: date = CHANGED,
    expected: dict[UUID, UUID] | None = None,
) -> list[HouseholdVersion]:
    """Make a change."""
    return apply_change(
        actor=actor or changer(),
        change=change,
        day=day,
        reason="入户核实",
        expected=expected or {},
    )
