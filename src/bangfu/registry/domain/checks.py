"""What may be wrong with one household as a file fills it in.

Each check looks at one form and yields problems with code and place. A refusing problem refuses
the whole household, which is the unit of import: half a household is worse than none. Sources:
the rules over exports that the national office runs (facts 1.6, DQ01-DQ04, DQ09) and the
definitions of the categories (facts 2.1).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from bangfu.kernel.identity import UNASSIGNED_AREA, birth_date_of, is_male
from bangfu.kernel.money import format_hundredths
from bangfu.kernel.problems import Problem
from bangfu.registry.domain.documents_of_identity import document_fault, identity_key
from bangfu.registry.domain.forms import HOUSEHOLD, MEMBER, Form, FormRow, SheetPlaces
from bangfu.registry.domain.items import (
    HOUSEHOLD_NUMBER,
    INCOME_YEAR,
    PERSON_NUMBER,
    required_names,
)
from bangfu.rules.layout import load_layout

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

_HEAD: Final = "head"
_PHONE_DIGITS: Final = 11


@dataclass(frozen=True, slots=True)
class Checking:
    """What the checks of one file know besides the form.

    Attributes:
        data_date: the day for which the file's facts hold.
        villages: the villages that hold on that day in the division the file is for.
        in_scope: whether the importer may import into a village.
        made_up: whether made-up people (area code 519900) may enter: in a demo only.
        longest: the most characters the register keeps of each text, by entity.
        sheets: where the columns stand, by entity.
    """

    data_date: date
    villages: Collection[str]
    in_scope: Callable[[str], bool]
    made_up: bool = False
    longest: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    sheets: Mapping[str, SheetPlaces] = field(default_factory=dict)

    def problem(
        self, code: str, row: FormRow, item: str = "", *, refuses: bool = True, **values: str
    ) -> Problem:
        """A problem at a row, or at one item of it."""
        places = self.sheets.get(row.entity, SheetPlaces())
        return Problem(code, places.place(row.row, item), values, refuses)


Check = Callable[[Form, Checking], Iterator[Problem]]


def rows_belong_together(form: Form, checking: Checking) -> Iterator[Problem]:
    """One household row, and at least one member."""
    if not form.households:
        for row in form.members:
            yield checking.problem(
                "registry.household_missing", row, HOUSEHOLD_NUMBER, number=form.number
            )
    for row in form.households[1:]:
        yield checking.problem(
            "registry.household_doubled", row, HOUSEHOLD_NUMBER, number=form.number
        )
    if form.households and not form.members:
        yield checking.problem("registry.members_missing", form.households[0], number=form.number)


def one_head(form: Form, checking: Checking) -> Iterator[Problem]:
    """One and only one head (DQ04), of the name the household row gives."""
    if not form.households or not form.members:
        return
    household = form.households[0]
    heads = [row for row in form.members if row.values.get("relation") == _HEAD]
    if not heads and all("relation" in row.values for row in form.members):
        yield checking.problem("registry.head_missing", household, "head_name")
    for row in heads[1:]:
        yield checking.problem("registry.head_doubled", row, "relation")
    if len(heads) == 1 and heads[0].text("name") != household.text("head_name"):
        yield checking.problem("registry.head_name_differs", household, "head_name")


def size_counts_members(form: Form, checking: Checking) -> Iterator[Problem]:
    """The members count must equal the number of member rows (facts 1.1)."""
    if not form.households or not form.members:
        return
    household = form.households[0]
    size = household.values.get("size")
    if size is not None and size != len(form.members):
        yield checking.problem(
            "registry.size_differs",
            household,
            "size",
            size=str(size),
            members=str(len(form.members)),
        )


def parts_add_up(form: Form, checking: Checking) -> Iterator[Problem]:
    """A total equals the sum of its parts (facts 1.3); with parts empty, it is at least that."""
    for row in form.households:
        for item in load_layout().items[HOUSEHOLD]:
            parts = [row.values[name] for name in item.sum_of if name in row.values]
            total = row.values.get(item.name)
            if not parts or total is None:
                continue
            complete = len(parts) == len(item.sum_of)
            if total < sum(parts) or (complete and total != sum(parts)):
                yield checking.problem(
                    "registry.parts_differ",
                    row,
                    item.name,
                    total=format_hundredths(total),
                    parts=format_hundredths(sum(parts)),
                )


def person_once(form: Form, checking: Checking) -> Iterator[Problem]:
    """No person number twice in a household."""
    seen: set[str] = set()
    for row in form.members:
        number = row.text(PERSON_NUMBER)
        if number and number in seen:
            yield checking.problem("registry.person_doubled", row, PERSON_NUMBER, number=number)
        seen.add(number)


def document_number_holds(form: Form, checking: Checking) -> Iterator[Problem]:
    """Length, birth date and check digit (DQ01, DQ03); agrees with birth date and sex."""
    for row in form.members:
        written = row.text("id_number")
        number = written.upper()
        if not number:
            continue
        if number != written:
            yield checking.problem("registry.check_letter_small", row, "id_number", refuses=False)
        fault = document_fault(row.text("id_type"), number)
        if fault is not None:
            yield checking.problem(fault, row, "id_number")
        else:
            yield from _number_agrees(number, row, checking)


def _number_agrees(number: str, row: FormRow, checking: Checking) -> Iterator[Problem]:
    born = row.values.get("birth_date")
    if born is not None and born != birth_date_of(number):
        yield checking.problem("registry.birth_date_differs", row, "birth_date")
    sex = row.values.get("sex")
    if sex is not None and (sex == "male") != is_male(number):
        yield checking.problem("registry.sex_differs", row, "sex", refuses=False)
    if number.startswith(UNASSIGNED_AREA) and not checking.made_up:
        yield checking.problem("registry.area_unassigned", row, "id_number", area=UNASSIGNED_AREA)


def category_fits_type(form: Form, checking: Checking) -> Iterator[Problem]:
    """脱贫不稳定户 was registered poor and exited; 边缘易致贫户 never was (facts 2.1)."""
    for row in form.households:
        category, kind = row.values.get("monitoring_category"), row.values.get("household_type")
        if kind is None:
            continue
        if category == "unstable" and kind != "alleviated":
            yield checking.problem("registry.unstable_not_alleviated", row, "monitoring_category")
        if category == "marginal" and kind == "alleviated":
            yield checking.problem("registry.marginal_alleviated", row, "monitoring_category")


def village_holds(form: Form, checking: Checking) -> Iterator[Problem]:
    """The village exists on the data date, in the file's division and the importer's scope."""
    for row in form.households:
        village = row.text("village_code")
        if not village:
            continue
        if not checking.in_scope(village):
            yield checking.problem("registry.village_outside", row, "village_code", village=village)
        elif village not in checking.villages:
            yield checking.problem("registry.village_unknown", row, "village_code", village=village)


def nothing_in_the_future(form: Form, checking: Checking) -> Iterator[Problem]:
    """No birth, identification or income year after the data date."""
    day = checking.data_date
    month = day.year * 100 + day.month
    for row in form.households:
        if int(row.values.get("identified_month") or 0) > month:
            yield checking.problem("registry.after_data_date", row, "identified_month")
        if int(row.values.get(INCOME_YEAR) or 0) > day.year:
            yield checking.problem("registry.after_data_date", row, INCOME_YEAR)
    for row in form.members:
        born = row.values.get("birth_date")
        if born is not None and born > day:
            yield checking.problem("registry.after_data_date", row, "birth_date")


def phone_is_whole(form: Form, checking: Checking) -> Iterator[Problem]:
    """A phone number has 11 digits (DQ09); said, not refused."""
    for row in form.households:
        phone = row.text("phone")
        if phone and not (len(phone) == _PHONE_DIGITS and phone.isascii() and phone.isdigit()):
            yield checking.problem("registry.phone_length", row, "phone", refuses=False)


def required_filled(form: Form, checking: Checking) -> Iterator[Problem]:
    """What every household and member must say; rows whose reader said so already are passed."""
    for row in form.rows:
        if row.refused:
            continue
        for item in required_names(row.entity):
            if row.values.get(item) is None:
                yield checking.problem("registry.required_empty", row, item)


def texts_fit(form: Form, checking: Checking) -> Iterator[Problem]:
    """No text is longer than the register keeps: nothing is cut off silently."""
    for row in form.rows:
        for item, limit in checking.longest.get(row.entity, {}).items():
            if len(row.values.get(item) or "") > limit:
                yield checking.problem("registry.text_too_long", row, item, limit=str(limit))


CHECKS: Final[tuple[Check, ...]] = (
    required_filled,
    rows_belong_together,
    one_head,
    size_counts_members,
    parts_add_up,
    person_once,
    document_number_holds,
    category_fits_type,
    village_holds,
    nothing_in_the_future,
    phone_is_whole,
    texts_fit,
)


def check_form(form: Form, checking: Checking) -> list[Problem]:
    """Every problem of one household, in the order of the checks."""
    return [problem for check in CHECKS for problem in check(form, checking)]


def check_across(forms: list[Form], checking: Checking) -> dict[int, list[Problem]]:
    """Person numbers and document numbers that several households share, by position of the form.

    Every household that shares one is refused: the file does not say whose it is (DQ02).
    """
    problems: dict[int, list[Problem]] = {}
    for item, code in (
        (PERSON_NUMBER, "registry.person_shared"),
        ("id_number", "registry.identity_doubled"),
    ):
        holders: dict[str, list[tuple[int, FormRow]]] = {}
        for position, form in enumerate(forms):
            for row in form.members:
                key = identity_key(row.text(item)) if item == "id_number" else row.text(item)
                if key:
                    holders.setdefault(key, []).append((position, row))
        for shared in holders.values():
            if len(shared) > 1:
                _name_each_other(shared, item, code, checking, problems)
    return problems


def _name_each_other(
    shared: list[tuple[int, FormRow]],
    item: str,
    code: str,
    checking: Checking,
    problems: dict[int, list[Problem]],
) -> None:
    places = checking.sheets.get(MEMBER, SheetPlaces())
    for position, row in shared:
        others = "、".join(str(other.row) for _, other in shared if other is not row)
        found = checking.problem(code, row, item, sheet=places.sheet, rows=others)
        problems.setdefault(position, []).append(found)
