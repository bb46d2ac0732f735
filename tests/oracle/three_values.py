"""Three values: True, False and None for "cannot be known". Part of the oracle.

"And" is False as soon as one part is; "or" is True as soon as one part is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

Answer = bool | None


def both(*answers: Answer) -> Answer:
    """Kleene's "and"."""
    if False in answers:
        return False
    return None if None in answers else True


def either(answers: Iterable[Answer]) -> Answer:
    """Kleene's "or"; False of nobody."""
    seen = list(answers)
    if True in seen:
        return True
    return None if None in seen else False


def negated(answer: Answer) -> Answer:
    """Kleene's "not"."""
    return None if answer is None else not answer


def one_of(text: str | None, words: tuple[str, ...]) -> Answer:
    """Whether the cell holds one of the words; unknown when it is empty."""
    return None if text is None else text in words


def names(text: str | None, word: str) -> Answer:
    """Whether a cell with several words holds this one; unknown when it is empty."""
    return None if text is None else word in text


def below(amount: Decimal | None, limit: Decimal | None) -> Answer:
    """Whether an amount is strictly below a limit; unknown when one of them is."""
    return None if amount is None or limit is None else amount < limit


def reaches(amount: Decimal | None, limit: Decimal | None) -> Answer:
    """Whether an amount is at least a limit; unknown when one of them is."""
    return negated(below(amount, limit))
