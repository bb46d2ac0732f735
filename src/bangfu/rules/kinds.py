"""Kinds of values: what the official type checker cannot know (units, code lists, bounds)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bangfu.rules.layout import HUNDREDTHS, Item, ItemType

LARGEST: Final = 2**63 - 1
"""Engines compute in 64 bits; an expression that may leave them is refused when a pack loads."""

LARGEST_AMOUNT: Final = 10**15
"""More fen (or 0.01 mu) than any household holds: ten thousand billion yuan."""

LARGEST_PARAMETER: Final = 10**12
"""More than any parameter is, in fen, 0.01 mu or plain numbers."""

LARGEST_REPORTED: Final = 10**12
"""More fen than any row of a department's list says of one household: ten billion yuan."""

LARGEST_PERCENT: Final = 1_000
"""More than any percentage of the policy is; amounts times a percentage stay within 64 bits."""

MOST_MEMBERS: Final = 1_000
"""More member rows than any household has; more stops the run."""

MOST_REPORTS: Final = 1_000
"""More reports of one trigger than there are of any household; more stops the run."""

LATEST_MONTH: Final = 12 * 10_000
"""Months are counted from year 0, January: year * 12 + month - 1."""


class Base(StrEnum):
    """The shapes of values."""

    TRUTH = "truth"
    NUMBER = "number"
    CODE = "code"
    CODES = "codes"


class Measure(StrEnum):
    """What a number measures. Different measures are neither added nor compared.

    Amounts are counted in fen, areas in 0.01 mu or 0.01 m², lengths in 0.01 km; the words are
    those a pack writes.
    """

    PLAIN = "number"
    FEN = "yuan"
    MU = "mu"
    SQM = "sqm"
    KM = "km"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Kind:
    """The kind of a value: its shape, for numbers the measure, for codes the code list."""

    base: Base
    measure: Measure = Measure.PLAIN
    list: str = ""

    @property
    def is_number(self) -> bool:
        """Whether values are whole numbers."""
        return self.base is Base.NUMBER


TRUTH: Final = Kind(Base.TRUTH)
PLAIN: Final = Kind(Base.NUMBER)
MONTH: Final = Kind(Base.NUMBER, Measure.MONTH)


@dataclass(frozen=True, slots=True)
class Signature:
    """What an expression may know about a name.

    Attributes:
        kind: the kind of its values.
        low, high: bounds that every value keeps (numbers only); data outside stop the run.
        ranged: whether its value can be a range, because members' answers are missing.
    """

    kind: Kind
    low: int = 0
    high: int = 0
    ranged: bool = False


_NUMBERS: Final = {
    ItemType.COUNT: (Measure.PLAIN, LARGEST_PARAMETER),
    ItemType.FEN: (Measure.FEN, LARGEST_AMOUNT),
    ItemType.MU: (Measure.MU, LARGEST_AMOUNT),
    ItemType.SQM: (Measure.SQM, LARGEST_AMOUNT),
    ItemType.KM: (Measure.KM, LARGEST_AMOUNT),
    ItemType.MONTH: (Measure.MONTH, LATEST_MONTH),
}

BIRTH_MONTH: Final = "birth_month"
"""Stands in for `birth_date`: what is judged holds no day of birth."""


def _number_signature(item: Item) -> Signature:
    """The bounds of a number: the layout's, which are in whole units, or as wide as it goes."""
    measure, size = _NUMBERS[item.type]
    if item.entity == "report":
        size = min(size, LARGEST_REPORTED)
    floor = 0 if item.type is ItemType.MONTH else -size
    unit = 100 if item.type in HUNDREDTHS else 1
    low = floor if item.min is None else item.min * unit
    high = size if item.max is None else item.max * unit
    return Signature(Kind(Base.NUMBER, measure), low, high)


def signature_of(item: Item) -> Signature | None:
    """What expressions may know about an item; None when they may not read it (texts, keys)."""
    if item.secret or item.key:
        return None
    if item.type in _NUMBERS:
        return _number_signature(item)
    if item.type is ItemType.FLAG:
        return Signature(TRUTH)
    if item.type in {ItemType.CODE, ItemType.CODES}:
        base = Base.CODE if item.type is ItemType.CODE else Base.CODES
        return Signature(Kind(base, list=item.list))
    return None


def name_of(item: Item) -> str:
    """The name under which expressions read an item."""
    return BIRTH_MONTH if item.name == "birth_date" else item.name


def readable_items(items: tuple[Item, ...]) -> dict[str, Signature]:
    """The items of one entity that expressions may read, by the name they are read under."""
    found = {
        item.name: signature for item in items if (signature := signature_of(item)) is not None
    }
    if any(item.name == "birth_date" for item in items):
        found[BIRTH_MONTH] = Signature(MONTH, 0, LATEST_MONTH)
    return found
