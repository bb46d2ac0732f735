"""What is gathered over members, some of whom did not answer."""

from __future__ import annotations

import pytest

from rules.packs import fact
from spec.running import Spec, outcomes

WORKERS = """
of | work_place | work_months
a  | county     | 3
a  | none       | 9
b  | county     | 3
b  |            | 9
c  | county     |
d  |            |
d  | county     | 7
e  | none       | 12
"""


def answers(**expected: str) -> str:
    """A table of expected answers by household."""
    return "of | =\n" + "\n".join(f"{key} | {answer}" for key, answer in expected.items())


COUNT = fact('count: work_place != "none"', "workers")
ANY = fact('any: work_place != "none"', "somebody")
SUM = fact('sum: work_months\n  where: work_place != "none"', "months")
MAX = fact('max: work_months\n  where: work_place != "none"\n  nobody: 2', "longest")

SPECS = [
    Spec(
        "a count is a range where a condition is unknown",
        "workers >= 2",
        answers(a="false", b="?", c="false", d="?", e="false", f="false"),
        WORKERS,
        COUNT,
    ),
    Spec(
        "a range decides a comparison that all its values decide",
        "workers >= 1",
        answers(a="true", b="true", c="true", d="true", e="false", f="false"),
        WORKERS,
        COUNT,
    ),
    Spec(
        "equality with a range is unknown while the value lies in it",
        "workers == 2",
        answers(a="false", b="?", c="false", d="?", e="false"),
        WORKERS,
        COUNT,
    ),
    Spec(
        "inequality with a range is sure outside it",
        "workers != 3",
        answers(a="true", b="true", d="true", e="true"),
        WORKERS,
        COUNT,
    ),
    Spec(
        "any is true with one, unknown with a possible one, false of nobody",
        "somebody && size == size",
        "of | size | =\n"
        + "\n".join(
            f"{key} | 2 | {said}"
            for key, said in (
                ("a", "true"),
                ("b", "true"),
                ("c", "true"),
                ("d", "true"),
                ("e", "false"),
                ("f", "false"),
            )
        ),
        WORKERS,
        ANY,
    ),
    Spec(
        "any is unknown where only unknown answers are left",
        "somebody",
        answers(g="?", h="true", i="?"),
        """
        of | work_place
        g  |
        g  | none
        h  |
        h  | county
        i  |
        """,
        ANY,
    ),
    Spec(
        "a sum adds the sure and leaves the possible open",
        "months > 3",
        answers(a="false", b="?", c="?", d="true", e="false", f="false"),
        WORKERS,
        SUM,
    ),
    Spec(
        "a sum has no upper end where a value is missing",
        "months < 100",
        answers(a="true", b="true", c="?", d="?", e="true", f="true"),
        WORKERS,
        SUM,
    ),
    Spec(
        "the greatest of nobody is the value named, and it is never less",
        "longest == 2",
        answers(a="false", c="?", e="true", f="true"),
        WORKERS,
        MAX,
    ),
    Spec(
        "the greatest is a range from the sure to the possible",
        "longest < 7",
        answers(a="true", b="?", c="?", d="false", e="true"),
        WORKERS,
        MAX,
    ),
    Spec(
        "ranges go through sums, differences and products with known numbers",
        "3 - 2 * workers >= 0",
        answers(a="true", b="?", c="true", d="?", e="true"),
        WORKERS,
        COUNT,
    ),
    Spec(
        "a negative factor turns a range round",
        "-2 * workers <= -3",
        answers(a="false", b="?", c="false", d="?", e="false"),
        WORKERS,
        COUNT,
    ),
    Spec(
        "zero times a range keeps the ends that are known",
        "0 * months >= 0",
        answers(a="true", b="true", c="true", d="true", e="true"),
        WORKERS,
        SUM,
    ),
    Spec(
        "a range less a range reaches from the least to the most",
        "months - workers >= 5",
        answers(a="false", b="?", c="?", d="true", e="false"),
        WORKERS,
        COUNT + SUM,
    ),
    Spec(
        "a range divides into a range",
        "div_floor(months, 4) == 0",
        answers(a="true", b="?", c="?", d="false", e="true"),
        WORKERS,
        SUM,
    ),
    Spec(
        "a range chosen by a condition is unknown with the condition",
        "(water_safe ? workers : 0 * workers) >= 1",
        """
        of | water_safe | =
        a  | yes        | true
        b  | no         | false
        c  |            | ?
        d  | yes        | true
        """,
        WORKERS,
        COUNT,
    ),
    Spec(
        "a range is one of those listed when all its values are that one",
        "workers in [0, 1]",
        answers(a="true", b="?", e="true"),
        WORKERS,
        COUNT,
    ),
    Spec(
        "a range times an unknown is unknown",
        "workers * size >= 0",
        "of | size | =\na | | ?\nb | 2 | true\nd | | ?\n",
        WORKERS,
        COUNT,
    ),
    Spec(
        "what a member may hold of several codes",
        "ill > 0",
        answers(a="true", b="false", c="?", d="false"),
        """
        of | health
        a  | chronic,disabled
        b  | healthy
        c  |
        d  | none
        """,
        fact('count: ("chronic" in health) || ("serious" in health)', "ill"),
    ),
    Spec(
        "age counts completed years by months, whatever the day",
        "grown > 0",
        answers(a="true", b="false", c="?"),
        """
        of | birth_month
        a  | 24106
        b  | 24107
        c  |
        """,
        fact("count: age(birth_month, as_of) >= 18", "grown"),
    ),
    Spec(
        "somebody born after the month judged is below zero, rounded down",
        "unborn > 0",
        answers(a="true", b="false"),
        """
        of | birth_month
        a  | 24323
        b  | 24322
        """,
        fact("count: age(birth_month, as_of) == -1", "unborn"),
    ),
]


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.title)
def test_members(spec: Spec) -> None:
    expected, reference, embedded = outcomes(spec)
    assert reference == expected
    assert embedded == expected
