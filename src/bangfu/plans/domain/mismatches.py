"""What may be wrong with the help a household gets: the data checks that ask about measures."""

from __future__ import annotations

from enum import StrEnum


class Mismatch(StrEnum):
    """A reason to look at a household's help again.

    Source: the national data checks (疑点数据), and 一户一策: allowances do not replace help.
    """

    NOTHING_STARTED = "nothing_started"
    NOT_DEVELOPMENTAL = "not_developmental"
    UNANSWERED = "unanswered"
    ONLY_ALLOWANCES = "only_allowances"
    OVERDUE = "overdue"
