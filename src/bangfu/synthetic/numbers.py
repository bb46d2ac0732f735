"""Made-up identity numbers: the unassigned area 519900, the true birth date, the right check digit.

Numbers are dealt per day of birth and sex, so none comes twice in one set of people. Counties
begin at different order numbers, so that sets of two counties rarely meet; nothing promises it.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from bangfu.kernel.identity import UNASSIGNED_AREA, check_digit
from bangfu.kernel.problems import Problem, Refused
from bangfu.synthetic.places import county_position

if TYPE_CHECKING:
    from datetime import date

    from bangfu.synthetic.people import Person

_ORDERS: Final = 499
"""Order numbers a day for each sex: 001 to 997 odd, 002 to 998 even."""
_SPREAD: Final = 309
"""Steps between neighbouring counties' first order numbers, near the golden section of 499."""
_CERTIFICATE: Final = 0.12
"""Share of disabled people who are in the register under their disability certificate."""
_CATEGORY_DIGITS: Final = {
    "visual": 1,
    "hearing": 2,
    "speech": 3,
    "physical": 4,
    "intellectual": 5,
    "mental": 6,
    "multiple": 7,
}


class IdentityNumbers:
    """Deals identity numbers that never come twice.

    Clean people are dealt upwards, those of dirty households downwards, so that more households
    change nobody's number.
    """

    def __init__(self) -> None:
        self._dealt: Counter[tuple[date, str]] = Counter()
        self._dealt_down: Counter[tuple[date, str]] = Counter()

    def deal(self, county: str, birth: date, sex: str, *, downwards: bool = False) -> str:
        """The next identity number for somebody of a county.

        Raises:
            Refused: when a day has more births than order numbers.
        """
        counter = self._dealt_down if downwards else self._dealt
        count = counter[birth, sex]
        counter[birth, sex] += 1
        if self._dealt[birth, sex] + self._dealt_down[birth, sex] > _ORDERS:
            raise Refused(Problem("synthetic.too_many_births", values={"day": birth.isoformat()}))
        start = county_position(county) * _SPREAD
        place = (start - 1 - count if downwards else start + count) % _ORDERS
        order = place * 2 + (1 if sex == "male" else 2)
        digits = f"{UNASSIGNED_AREA}{birth:%Y%m%d}{order:03d}"
        return digits + check_digit(digits)


def show_papers(person: Person) -> None:
    """Fill in the document: the identity card, or for some disabled people their certificate.

    A certificate's number is the identity number, the digit of the category and the grade.
    """
    facts = person.facts
    facts["id_type"], facts["id_number"] = "resident", person.id_number
    digit = _CATEGORY_DIGITS.get(str(facts["disability_category"]))
    if digit and person.whim(613) < _CERTIFICATE:
        facts["id_type"] = "disability"
        facts["id_number"] = f"{person.id_number}{digit}{facts['disability_grade']}"


def show_card(person: Person) -> None:
    """Fill in the identity card."""
    person.facts["id_type"], person.facts["id_number"] = "resident", person.id_number
