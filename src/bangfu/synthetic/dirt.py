"""Dirty rows: households spoilt the way people and Excel spoil them, one way each.

A kind spoils the rows of one or two clean households and says what must be reported where. The
codes are those of the import kit and the register. A kind whose marks do not refuse, or that has
none, is still taken in, after it was made plain.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from bangfu.kernel.identity import check_digit

if TYPE_CHECKING:
    from bangfu.synthetic.sheets import Row

_SERIAL_ZERO: Final = date(1899, 12, 30)
_FULL_WIDTH: Final = str.maketrans("0123456789", "０１２３４５６７８９")
_HEAD, _OTHER, _CHILD = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Mark:
    """What must be reported: at which row of which household, at which item, under which code.

    `problem` is empty where the odd spelling is accepted in silence.
    """

    entity: str
    row: int
    item: str
    problem: str
    refuses: bool = True
    household: int = 0


@dataclass(slots=True)
class Rows:
    """One household's rows in both sheets."""

    households: list[Row]
    members: list[Row]


Spoil = Callable[[list[Rows]], list[Mark]]


@dataclass(frozen=True, slots=True)
class Kind:
    """A way to be dirty.

    Attributes:
        households: how many it needs; each has a couple and a child.
        in_csv: whether CSV can be dirty this way; it knows no kinds of cells.
    """

    name: str
    spoil: Spoil
    households: int = field(default=1, kw_only=True)
    in_csv: bool = field(default=True, kw_only=True)


def _member(row: int, item: str, problem: str, *, refuses: bool = True) -> list[Mark]:
    return [Mark("member", row, item, problem, refuses)]


def _household(item: str, problem: str, *, refuses: bool = True) -> list[Mark]:
    return [Mark("household", 0, item, problem, refuses)]


def _set_household(
    name: str, cell: str | int | None, problem: str, *, refuses: bool = True
) -> Spoil:
    def spoil(forms: list[Rows]) -> list[Mark]:
        forms[0].households[0][name] = cell
        return _household(name, problem, refuses=refuses)

    return spoil


def _set_member(row: int, name: str, cell: str | int | None, problem: str) -> Spoil:
    def spoil(forms: list[Rows]) -> list[Mark]:
        forms[0].members[row][name] = cell
        return _member(row, name, problem)

    return spoil


def _wrong_check_digit(forms: list[Rows]) -> list[Mark]:
    member = forms[0].members[_OTHER]
    number = str(member["id_number"])
    member["id_number"] = number[:-1] + ("0" if number[-1] != "0" else "1")
    return _member(_OTHER, "id_number", "identity.check_digit")


def _impossible_birth(forms: list[Rows]) -> list[Mark]:
    member = forms[0].members[_HEAD]
    number = str(member["id_number"])
    digits = f"{number[:10]}0230{number[14:17]}"
    member["id_number"] = digits + check_digit(digits)
    return _member(_HEAD, "id_number", "identity.birth_date")


def _lost_digits(forms: list[Rows]) -> list[Mark]:
    member = forms[0].members[_HEAD]
    member["id_number"] = float(int(str(member["id_number"]).replace("X", "0")))
    return _member(_HEAD, "id_number", "importing.digits_lost")


def _same_identity(forms: list[Rows]) -> list[Mark]:
    first, last = forms[0].members[_HEAD], forms[-1].members[_OTHER]
    for name in ("id_number", "birth_date", "sex"):
        last[name] = first[name]
    code = "registry.identity_doubled"
    return [
        Mark("member", _HEAD, "id_number", code),
        Mark("member", _OTHER, "id_number", code, household=len(forms) - 1),
    ]


def _no_head(forms: list[Rows]) -> list[Mark]:
    forms[0].members[_HEAD]["relation"] = "其他"
    return _household("head_name", "registry.head_missing")


def _two_heads(forms: list[Rows]) -> list[Mark]:
    forms[0].members[_OTHER]["relation"] = "户主"
    return _member(_OTHER, "relation", "registry.head_doubled")


def _no_household(forms: list[Rows]) -> list[Mark]:
    forms[0].households.clear()
    code = "registry.household_missing"
    return [Mark("member", row, "household_number", code) for row in range(len(forms[0].members))]


def _no_members(forms: list[Rows]) -> list[Mark]:
    forms[0].members.clear()
    return _household("", "registry.members_missing")


def _household_twice(forms: list[Rows]) -> list[Mark]:
    forms[0].households.append(dict(forms[0].households[0]))
    return [Mark("household", 1, "household_number", "registry.household_doubled")]


def _more_than_its_parts(total: str) -> Spoil:
    def spoil(forms: list[Rows]) -> list[Mark]:
        row = forms[0].households[0]
        row[total] = round(float(str(row[total])) + 0.01, 2)
        return _household(total, "registry.parts_differ")

    return spoil


def _size_differs(forms: list[Rows]) -> list[Mark]:
    row = forms[0].households[0]
    row["size"] = int(str(row["size"])) + 1
    return _household("size", "registry.size_differs")


def _village_unknown(forms: list[Rows]) -> list[Mark]:
    row = forms[0].households[0]
    row["village_code"] = f"{str(row['village_code'])[:9]}999"
    return _household("village_code", "registry.village_unknown")


def _birth_a_day_off(forms: list[Rows]) -> list[Mark]:
    member = forms[0].members[_OTHER]
    member["birth_date"] = _birth(member) - timedelta(days=1)
    return _member(_OTHER, "birth_date", "registry.birth_date_differs")


def _full_width_identity(forms: list[Rows]) -> list[Mark]:
    member = forms[0].members[_HEAD]
    member["id_number"] = str(member["id_number"]).translate(_FULL_WIDTH)
    return _member(_HEAD, "id_number", "importing.normalised", refuses=False)


def _stray_spaces(forms: list[Rows]) -> list[Mark]:
    household, member = forms[0].households[0], forms[0].members[_OTHER]
    phone = str(household["phone"] or "19900000000")
    household["phone"] = f" {phone[:3]} {phone[3:7]} {phone[7:]} "
    member["relation"] = f"{member['relation']}\u3000"
    return [
        *_household("phone", "importing.normalised", refuses=False),
        *_member(_OTHER, "relation", "importing.normalised", refuses=False),
    ]


def _birth(member: Row) -> date:
    return date.fromisoformat(str(member["birth_date"]))


def _dates_as_text(forms: list[Rows]) -> list[Mark]:
    marks: list[Mark] = []
    spellings = ("{0.year}年{0.month}月{0.day}日", "{0.year}.{0.month}.{0.day}", "{0:%Y%m%d}")
    for row, spelling in enumerate(spellings):
        member = forms[0].members[row]
        member["birth_date"] = spelling.format(_birth(member))
        marks += _member(row, "birth_date", "", refuses=False)
    return marks


def _date_as_serial(forms: list[Rows]) -> list[Mark]:
    member = forms[0].members[_CHILD]
    member["birth_date"] = (_birth(member) - _SERIAL_ZERO).days
    return _member(_CHILD, "birth_date", "", refuses=False)


KINDS: Final[tuple[Kind, ...]] = (
    Kind("wrong_check_digit", _wrong_check_digit),
    Kind("impossible_birth_date", _impossible_birth),
    Kind("lost_digits", _lost_digits),
    Kind("identity_in_two_households", _same_identity, households=2),
    Kind("identity_twice_in_household", _same_identity),
    Kind("no_head", _no_head),
    Kind("two_heads", _two_heads),
    Kind("member_without_household", _no_household),
    Kind("household_without_members", _no_members),
    Kind("household_twice", _household_twice),
    Kind("property_parts_differ", _more_than_its_parts("property_income")),
    Kind("transfer_parts_differ", _more_than_its_parts("transfer_income")),
    Kind("expense_parts_differ", _more_than_its_parts("self_paid_expenses")),
    Kind("unknown_code", _set_household("housing_grade", "E级", "importing.unknown_code")),
    Kind("unknown_relation", _set_member(_CHILD, "relation", "表弟", "importing.unknown_code")),
    Kind(
        "category_no_longer_in_force",
        _set_household("monitoring_category", "突发严重困难户", "importing.code_not_in_force"),
    ),
    Kind("size_differs", _size_differs),
    Kind("amount_in_words", _set_household("wage_income", "1.2万", "importing.amount")),
    Kind("months_out_of_range", _set_member(_HEAD, "work_months", 13, "importing.out_of_range")),
    Kind("name_missing", _set_member(_OTHER, "name", None, "importing.required_empty")),
    Kind("village_unknown", _village_unknown),
    Kind("birth_date_differs", _birth_a_day_off),
    Kind("full_width_identity", _full_width_identity),
    Kind("stray_spaces", _stray_spaces),
    Kind("dates_as_text", _dates_as_text),
    Kind("date_as_serial", _date_as_serial, in_csv=False),
    Kind(
        "phone_too_short",
        _set_household("phone", "1990000", "registry.phone_length", refuses=False),
    ),
)
"""Every way to be dirty, those that are refused first."""


_EVERY_KIND_FROM: Final = 2000


def kinds_of(layout: str) -> tuple[Kind, ...]:
    """The ways to be dirty that a layout knows."""
    return tuple(kind for kind in KINDS if kind.in_csv or layout != "csv")


def count_spoilt(households: int, share: float) -> int:
    """How many dirty groups go with clean households: the share; from 2,000 on, every kind."""
    wanted = round(households * share)
    return max(wanted, len(KINDS)) if share and households >= _EVERY_KIND_FROM else wanted
