"""Hypothesis makes packs and households: well-typed rules, many unknowns, and extremes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from bangfu.rules.kinds import LARGEST_AMOUNT, LARGEST_REPORTED
from rules.packs import fact, parameter, rule

Row = dict[str, Any]
GRADES = ("A", "B", "C", "D")
PLACES = ("none", "county", "elsewhere")
ILLNESSES = ("healthy", "chronic", "serious", "disabled")
LABOUR = ("none", "weak", "ordinary", "skilled")
TRIGGERS = ("medical", "death", "overdue")
AMOUNTS = ("wage_income", "dibao", "pension", "self_paid_medical", "last_year_net_income")
FLAGS = ("water_safe", "electricity", "relocated")

PARAMETERS = (
    parameter("[]", "amount_limit")
    + parameter("[]", "count_limit", "people")
    + parameter("[]", "share_limit", "percent")
)


def unknown_or(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """The value, or None about every third time."""
    return st.one_of(values, st.none(), values)


def sized(low: int, high: int) -> st.SearchStrategy[int]:
    """Small numbers, so that values meet, and the ends of what is allowed."""
    near = st.integers(max(low, -4), min(high, 12))
    return st.one_of(near, st.sampled_from([low, high]), st.integers(low, high))


def rows(strategies: dict[str, st.SearchStrategy[Any]]) -> st.SearchStrategy[Row]:
    """Rows in which every item may be unknown."""
    return st.fixed_dictionaries({name: unknown_or(each) for name, each in strategies.items()})


MEMBER = rows({
    "birth_month": st.one_of(st.integers(2005 * 12, 2026 * 12 + 11), sized(0, 120_000)),
    "work_place": st.sampled_from(PLACES),
    "work_months": sized(0, 12),
    "health": st.lists(st.sampled_from(ILLNESSES), max_size=2, unique=True),
    "on_dibao": st.booleans(),
})  # fmt: skip
REPORT = st.builds(
    lambda trigger, rest: {"trigger": trigger, **rest},
    st.sampled_from(TRIGGERS),
    rows({
        "month": st.integers(2025 * 12, 2026 * 12 + 11),
        "amount": sized(0, LARGEST_REPORTED),
        "percent": sized(0, 100),
        "labour": st.sampled_from(LABOUR),
    }),
)  # fmt: skip
HOUSEHOLD = rows({
    **dict.fromkeys(AMOUNTS, sized(0, LARGEST_AMOUNT)),
    **dict.fromkeys(FLAGS, st.booleans()),
    "size": sized(1, 30),
    "identified_month": st.integers(24_000, 24_400),
    "housing_grade": st.sampled_from(GRADES),
    "feeds": st.lists(st.sampled_from(TRIGGERS), max_size=3, unique=True),
})  # fmt: skip
GIVEN = st.fixed_dictionaries(
    {},
    optional={
        "amount_limit": sized(0, 10**12),
        "count_limit": sized(0, 40),
        "share_limit": sized(0, 1_000),
    },
)


def codes(values: tuple[str, ...]) -> st.SearchStrategy[str]:
    """A list of codes as it is written."""
    chosen = st.lists(st.sampled_from(values), min_size=1, max_size=3, unique=True)
    return chosen.map(lambda each: "[" + ", ".join(f'"{code}"' for code in each) + "]")


LITERALS = st.integers(-3, 12).map(lambda value: f"({value})" if value < 0 else str(value))
SIGNS = st.sampled_from(["==", "!=", "<", "<=", ">", ">="])


def joined(
    left: st.SearchStrategy[str], right: st.SearchStrategy[str], signs: st.SearchStrategy[str]
) -> Any:
    """Two expressions with a sign between them, in brackets."""
    return st.builds(lambda one, sign, other: f"({one} {sign} {other})", left, signs, right)


def chosen(truths: st.SearchStrategy[str], values: st.SearchStrategy[str]) -> Any:
    """One of two values by a condition."""
    return st.builds(lambda when, one, other: f"({when} ? {one} : {other})", truths, values, values)


def numbers(
    leaves: st.SearchStrategy[str], certain: st.SearchStrategy[str], truths: st.SearchStrategy[str]
) -> st.SearchStrategy[str]:
    """Whole numbers of one measure; a range is multiplied by what is certain only."""
    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            joined(inner, inner, st.sampled_from(["+", "-"])),
            joined(certain, inner, st.just("*")),
            st.builds(lambda one: f"(-{one})", inner),
            st.builds(lambda one, by: f"div_floor({one}, {by})", inner, st.integers(1, 7).map(str)),
            chosen(truths, inner),
        ),
        max_leaves=4,
    )


MEMBER_TRUTHS = st.recursive(
    st.one_of(
        st.just("on_dibao"),
        st.builds(lambda listed: f"(work_place in {listed})", codes(PLACES)),
        st.builds(lambda code: f'(work_place != "{code}")', st.sampled_from(PLACES)),
        st.builds(lambda code: f'("{code}" in health)', st.sampled_from(ILLNESSES)),
        st.builds(lambda sign, n: f"(work_months {sign} {n})", SIGNS, LITERALS),
        st.builds(lambda sign: f"(work_months {sign} count_limit)", SIGNS),
        st.builds(
            lambda sign, n: f"(age(birth_month, as_of) {sign} {n})", SIGNS, st.integers(-2, 20)
        ),
    ),
    lambda inner: st.one_of(
        joined(inner, inner, st.sampled_from(["&&", "||", "==", "!="])),
        st.builds(lambda one: f"(!({one}))", inner),
        chosen(inner, inner),
    ),
    max_leaves=4,
)
REPORT_TRUTHS = st.recursive(
    st.one_of(
        st.sampled_from(["true", 'trigger == "death"']),
        st.builds(lambda listed: f"(labour in {listed})", codes(LABOUR)),
        st.builds(lambda sign, n: f"(percent {sign} {n})", SIGNS, LITERALS),
        st.builds(lambda sign: f"(amount {sign} amount_limit)", SIGNS),
        st.builds(lambda n: f"(months_between(month, as_of) < {n})", st.integers(-2, 13)),
    ),
    lambda inner: st.one_of(
        joined(inner, inner, st.sampled_from(["&&", "||"])),
        st.builds(lambda one: f"(!({one}))", inner),
    ),
    max_leaves=3,
)


def truths(
    plain: st.SearchStrategy[str], amounts: st.SearchStrategy[str]
) -> st.SearchStrategy[str]:
    """Conditions about a household, over the given numbers."""
    return st.recursive(
        st.one_of(
            st.sampled_from([*FLAGS, "somebody", "heard"]),
            st.builds(lambda listed: f"(housing_grade in {listed})", codes(GRADES)),
            joined(plain, plain, SIGNS),
            joined(amounts, amounts, SIGNS),
            joined(amounts, st.just("0"), SIGNS),
            st.builds(lambda one, n: f"({one} in [{n}, 2])", plain, LITERALS),
        ),
        lambda inner: st.one_of(
            joined(inner, inner, st.sampled_from(["&&", "||", "==", "!="])),
            st.builds(lambda one: f"(!{one})", inner),
            chosen(inner, inner),
        ),
        max_leaves=5,
    )


SIMPLE_TRUTHS = st.sampled_from([*FLAGS, "somebody", "(counted > 1)", "(greatest < count_limit)"])
CERTAIN_PLAIN = st.one_of(LITERALS, st.sampled_from(["size", "count_limit"]))
RANGED_PLAIN = st.sampled_from(
    [
        "counted",
        "added",
        "greatest",
        "told",
        "fallen",
        "size",
        "count_limit",
        "months_between(identified_month, as_of)",
    ]
)
PLAIN = numbers(st.one_of(RANGED_PLAIN, LITERALS), LITERALS, SIMPLE_TRUTHS)
AMOUNT = numbers(
    st.sampled_from(
        [*AMOUNTS, "amount_limit", "reported", "100 * reported", "share_limit * dibao"]
    ),
    LITERALS,
    SIMPLE_TRUTHS,
)
SCALED = joined(
    st.sampled_from(["amount_limit", "5 * amount_limit"]),
    st.sampled_from(["counted", "added", "greatest", "size", "told"]),
    st.just("*"),
)


@dataclass(frozen=True)
class Written:
    """A pack as texts."""

    facts: str
    rules: str
    parameters: str = PARAMETERS


@st.composite
def report_facts(draw: st.DrawFn) -> str:
    """A fact of each way of gathering over reports."""

    def over(text: str, name: str) -> str:
        feed = draw(st.sampled_from(TRIGGERS))
        return fact(f"over: reports\n  feed: {feed}\n  {text}", name)

    where = [draw(REPORT_TRUTHS) for _ in range(4)]
    facts = over(f"count: '{where[0]}'", "told") + over(f"any: '{where[1]}'", "heard")
    facts += over(f"sum: amount\n  where: '{where[2]}'", "reported")
    return facts + over(f"max: percent\n  where: '{where[3]}'\n  nobody: 0", "fallen")


@st.composite
def packs(draw: st.DrawFn) -> Written:
    """A pack: facts over members and reports, two formulas, and some rules over all of them."""
    where = [draw(MEMBER_TRUTHS) for _ in range(4)]
    facts = fact(f"count: '{where[0]}'", "counted") + fact(f"any: '{where[1]}'", "somebody")
    facts += fact(f"sum: work_months\n  where: '{where[2]}'", "added")
    nobody = draw(st.integers(0, 3))
    facts += fact(f"max: work_months\n  where: '{where[3]}'\n  nobody: {nobody}", "greatest")
    facts += draw(report_facts())
    facts += fact(f"value: '{draw(PLAIN)}'", "formula")
    facts += fact(f"value: '{draw(st.one_of(AMOUNT, SCALED))}'", "sum_of_money")
    plain = st.one_of(PLAIN, st.just("formula"))
    amounts = st.one_of(AMOUNT, SCALED, st.just("sum_of_money"))
    conditions = draw(st.lists(truths(plain, amounts), min_size=1, max_size=4))
    # Every household has its income year, so no rule is true of one of which nothing is known.
    rules = "".join(
        rule(f"'income_year > 0 && {when}'", f"rule_{position}")
        for position, when in enumerate(conditions)
    )
    return Written(facts, rules)


Known = tuple[Row, list[Row], list[Row]]
"""A household with its members and its reports."""


@st.composite
def households(draw: st.DrawFn, most: int = 8) -> list[Known]:
    """Households with their members and reports."""
    one = st.tuples(HOUSEHOLD, st.lists(MEMBER, max_size=4), st.lists(REPORT, max_size=3))
    found = draw(st.lists(one, min_size=1, max_size=most))
    return [({**household, "income_year": 2026}, *rows) for household, *rows in found]


def completed(row: Row, more: Row) -> Row:
    """The row with some of what is unknown found out."""
    return {name: more.get(name) if value is None else value for name, value in row.items()}


@st.composite
def completions(draw: st.DrawFn, known: Known) -> Known:
    """The same household with some of what is unknown found out, and lists that came later."""
    household, members, reports = known
    told = set(household["feeds"] or ())
    after = completed({**household, "feeds": None}, draw(HOUSEHOLD))
    after["feeds"] = sorted(told | set(after["feeds"] or ()))
    later = [row for row in draw(st.lists(REPORT, max_size=3)) if row["trigger"] not in told]
    return (
        after,
        [completed(member, draw(MEMBER)) for member in members],
        [completed(report, draw(REPORT)) for report in reports] + later,
    )
