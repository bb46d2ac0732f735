"""What the language means for one household's items."""

from __future__ import annotations

import pytest

from spec.running import Spec, outcomes

SPECS = [
    Spec(
        "&& is false where a side is false, else unknown where a side is unknown",
        "water_safe && electricity",
        """
        water_safe | electricity | =
        yes        | yes         | true
        yes        | no          | false
        yes        |             | ?
        no         | yes         | false
        no         | no          | false
        no         |             | false
                   | yes         | ?
                   | no          | false
                   |             | ?
        """,
    ),
    Spec(
        "|| is true where a side is true, else unknown where a side is unknown",
        "water_safe || electricity",
        """
        water_safe | electricity | =
        yes        | yes         | true
        yes        | no          | true
        yes        |             | true
        no         | yes         | true
        no         | no          | false
        no         |             | ?
                   | yes         | true
                   | no          | ?
                   |             | ?
        """,
    ),
    Spec(
        "! leaves what is unknown unknown",
        "!water_safe",
        """
        water_safe | =
        yes        | false
        no         | true
                   | ?
        """,
    ),
    Spec(
        "equal truths, unknown where a side is unknown",
        "water_safe == electricity",
        """
        water_safe | electricity | =
        yes        | yes         | true
        yes        | no          | false
        no         | no          | true
        no         |             | ?
                   |             | ?
        """,
    ),
    Spec(
        "?: is unknown with its condition, even where both branches agree",
        "(water_safe ? size : size) > 2",
        """
        water_safe | size | =
        yes        | 3    | true
        no         | 3    | true
                   | 3    | ?
        yes        |      | ?
        """,
    ),
    Spec(
        "?: reads only the branch it takes",
        "water_safe ? electricity : sanitary_toilet",
        """
        water_safe | electricity | sanitary_toilet | =
        yes        | yes         |                 | true
        yes        |             | yes             | ?
        no         |             | no              | false
                   | yes         | yes             | ?
        """,
    ),
    Spec(
        "a comparison is unknown where a side is; < is strict",
        "self_paid_medical < dibao",
        """
        self_paid_medical | dibao | =
        1                 | 2     | true
        2                 | 2     | false
        3                 | 2     | false
                          | 2     | ?
        1                 |       | ?
        """,
    ),
    Spec(
        ">= includes the limit",
        "self_paid_medical >= dibao",
        """
        self_paid_medical | dibao | =
        1                 | 2     | false
        2                 | 2     | true
        """,
    ),
    Spec(
        "zero is a value, missing is not",
        "dibao == 0",
        """
        dibao | =
        0     | true
        1     | false
              | ?
        """,
    ),
    Spec(
        "a sum with a missing part is unknown, never what is left",
        "dibao + pension + ecological >= 0",
        """
        dibao | pension | ecological | =
        1     | 2       | 3          | true
        1     |         | 3          | ?
        """,
    ),
    Spec(
        "a missing item times zero is still unknown",
        "0 * size == 0",
        """
        size | =
        3    | true
             | ?
        """,
    ),
    Spec(
        "div_floor rounds down, below zero too",
        "div_floor(size - 10, 3) == -3",
        """
        size | =
        1    | true
        2    | true
        3    | true
        4    | false
             | ?
        """,
    ),
    Spec(
        "months_between counts from the first to the second, negative when it is earlier",
        "months_between(identified_month, as_of) == -2",
        """
        identified_month | =
        24324            | true
        24322            | false
                         | ?
        """,
    ),
    Spec(
        "a minus sign turns the value round",
        "-size < -3",
        """
        size | =
        4    | true
        3    | false
        """,
    ),
    Spec(
        "a code is one of those listed",
        'housing_grade in ["C", "D"]',
        """
        housing_grade | =
        B             | false
        C             | true
        D             | true
                      | ?
        """,
    ),
    Spec(
        "a code other than the one named",
        'housing_grade != "A"',
        """
        housing_grade | =
        A             | false
        B             | true
                      | ?
        """,
    ),
    Spec(
        "a number is one of those listed",
        "size in [2, 4]",
        """
        size | =
        2    | true
        3    | false
        4    | true
             | ?
        """,
    ),
    Spec(
        "amounts are exact to the fen at any size",
        "wage_income - dibao == pension",
        """
        wage_income      | dibao           | pension         | =
        1000000000000000 | 999999999999999 | 1               | true
        1000000000000000 | 1               | 999999999999999 | true
        1000000000000000 | 1               | 999999999999998 | false
        """,
    ),
]


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.title)
def test_households(spec: Spec) -> None:
    expected, reference, embedded = outcomes(spec)
    assert reference == expected
    assert embedded == expected


def test_a_parameter_without_a_value_makes_its_rule_unknown_for_everybody() -> None:
    table = """
    water_safe | =
    no         | ?
    yes        | ?
    """
    whole = Spec("", "water_safe && size < limit", table, parameters={"limit": 3})
    without = Spec("", "water_safe && size < limit", table)
    assert outcomes(whole)[1] == {"1": "clear", "2": "unknown"}
    expected, reference, embedded = outcomes(without)
    assert reference == expected
    assert embedded == expected
