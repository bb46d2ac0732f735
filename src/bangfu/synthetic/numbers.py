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

_ORDERS: Final = 499
"""Order numbers a day for each sex: 001 to 997 odd, 002 to 998 even."""
_SPREAD: Final = 309
"""Steps between neighbouring counties' first order numbers, near the golden section of 499."""


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
