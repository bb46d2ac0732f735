"""What is planted about the six risks the register alone tells of: trouble, near misses, gaps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bangfu.synthetic.events import (
    REFERENCE,
    Age,
    Care,
    Money,
    Nature,
    Outcome,
    Risk,
    School,
    Situation,
    Work,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

_FIRED, _UNKNOWN = Outcome.FIRED, Outcome.UNKNOWN
_TROUBLE, _NEAR, _GAP, _HARMLESS = (
    Nature.TROUBLE,
    Nature.NEAR_MISS,
    Nature.GAP,
    Nature.HARMLESS_GAP,
)
_POOR: Final = {Risk.INCOME: _FIRED}
_FALL: Final = {Risk.FALL: _FIRED}
_NET: Final = (Risk.INCOME, Risk.FALL)
_WITHOUT: Final = {
    "wage_income": _NET,
    "business_income": (*_NET, Risk.INDUSTRY),
    "property_income": _NET,
    "transfer_income": _NET,
    "business_expenses": _NET,
}
"""What cannot be known without an amount; without the others of the reference, only that."""
_ILL: Final = {Risk.ILLNESS: _FIRED}
_UNSAFE: Final = {Risk.HOUSING: _FIRED}
_OUT: Final = {Risk.SCHOOLING: _FIRED}
_FRAIL: Final = {Risk.DISABILITY: _FIRED}
_IDLE: Final = {Risk.WORK: _FIRED}
_SHORT: Final = (-3, -2)
"""Too few months, and yet enough to earn half of a small household's income in."""


def _income() -> Iterator[Situation]:
    fell = Money(poor=True, fell=True)
    yield Situation(
        "income_fell", _TROUBLE, _POOR | _FALL, 9, event="income_fell", kind="", money=fell
    )
    yield Situation(
        "income_low_for_years", _TROUBLE, _POOR, 4, event="income_low", kind="", money=Money(True)
    )
    for name, gap, outcomes in (
        ("income_fen_below_line", -1, _POOR),
        ("income_at_line", 0, {}),
        ("income_fen_above_line", 1, {}),
    ):
        yield Situation(name, _NEAR, outcomes, 2, event="income_fell", money=Money(gap=gap))
    for item in REFERENCE:
        outcomes = dict.fromkeys(_WITHOUT.get(item, (Risk.INCOME,)), _UNKNOWN)
        little = Money(business=0) if item == "business_expenses" else Money()
        yield Situation(
            f"{item}_missing", _GAP, outcomes, blanks=(item,), shape="couple_children", money=little
        )
    yield Situation(
        "poor_but_expenses_missing",
        _GAP,
        {Risk.INCOME: _UNKNOWN, Risk.FALL: _UNKNOWN},
        event="income_fell",
        shape="couple",
        money=Money(poor=True, business=0),
        blanks=("business_expenses",),
    )
    for item in ("land_rent", "pension", "other_transfer"):
        yield Situation(f"{item}_part_missing", _HARMLESS, blanks=(item,))
    yield Situation(
        "poor_and_part_missing",
        _HARMLESS,
        _POOR | _FALL,
        event="income_fell",
        money=fell,
        blanks=("asset_dividend",),
    )


def _illness() -> Iterator[Situation]:
    ill = Money(ill=True)
    yield Situation("hospital_bill", _TROUBLE, _ILL, 7, event="fell_ill", money=ill)
    for name, bill, outcomes in (
        ("bill_fen_below_limit", -1, {}),
        ("bill_at_limit", 0, _ILL),
        ("bill_fen_above_limit", 1, _ILL),
    ):
        yield Situation(name, _NEAR, outcomes, 2, event="fell_ill", money=Money(bill=bill))
    yield Situation(
        "bill_missing", _GAP, {Risk.ILLNESS: _UNKNOWN}, 2, blanks=("self_paid_medical",)
    )
    yield Situation(
        "bill_known_total_missing",
        _GAP,
        {**_ILL, Risk.INCOME: _UNKNOWN},
        event="fell_ill",
        money=ill,
        blanks=("self_paid_expenses",),
    )
    yield Situation(
        "bill_known_rest_missing",
        _HARMLESS,
        _ILL,
        event="fell_ill",
        money=ill,
        blanks=("other_self_paid",),
    )


def _housing() -> Iterator[Situation]:
    yield Situation("house_cracked", _TROUBLE, _UNSAFE, 4, event="house_damaged", grade="C")
    yield Situation("house_fell_in", _TROUBLE, _UNSAFE, 2, event="house_damaged", grade="D")
    yield Situation("house_just_safe", _NEAR, times=2, event="house_damaged", grade="B")
    yield Situation("grade_missing", _GAP, {Risk.HOUSING: _UNKNOWN}, 2, grade=None)
    yield Situation(
        "unsafe_and_road_missing",
        _HARMLESS,
        _UNSAFE,
        event="house_damaged",
        grade="C",
        blanks=("road_type", "fuel"),
    )


def _schooling() -> Iterator[Situation]:
    def child(
        name: str, nature: Nature, outcomes: dict[Risk, Outcome], school: School, times: int = 1
    ) -> Situation:
        shape = "couple_children" if school.also else "couple_child"
        if school.age is Age.GROWN:
            shape = "couple"
        event = "left_school" if nature in (_TROUBLE, _NEAR) else ""
        return Situation(name, nature, outcomes, times, event=event, shape=shape, school=school)

    yield child("left_school", _TROUBLE, _OUT, School(Age.BETWEEN), 3)
    yield child("never_sent_first_month", _NEAR, _OUT, School(Age.FIRST_MONTH))
    yield child("home_month_before_school_age", _NEAR, {}, School(Age.MONTH_BEFORE))
    yield child("left_school_last_month", _NEAR, _OUT, School(Age.LAST_MONTH))
    yield child("left_school_month_after", _NEAR, {}, School(Age.MONTH_AFTER))
    yield child("kindergarten_first_month", _NEAR, {}, School(Age.FIRST_MONTH, "kindergarten"))
    unknown = {Risk.SCHOOLING: _UNKNOWN}
    yield child("school_missing", _GAP, unknown, School(Age.BETWEEN, None), 2)
    yield child("school_missing_first_month", _GAP, unknown, School(Age.FIRST_MONTH, None))
    yield child("school_missing_last_month", _GAP, unknown, School(Age.LAST_MONTH, None))
    yield child("school_missing_month_before", _HARMLESS, {}, School(Age.MONTH_BEFORE, None))
    yield child("school_missing_month_after", _HARMLESS, {}, School(Age.MONTH_AFTER, None))
    yield child("school_missing_grown", _HARMLESS, {}, School(Age.GROWN, None))
    yield child("one_out_one_missing", _HARMLESS, _OUT, School(Age.BETWEEN, also=True))


def _disability() -> Iterator[Situation]:
    def frail(
        name: str, nature: Nature, outcomes: dict[Risk, Outcome], care: Care, times: int = 1
    ) -> Situation:
        event = "became_disabled" if nature in (_TROUBLE, _NEAR) else ""
        well_off = Money(gap=0, percent=160) if care.grade is None else Money()
        netted = {"safety_net_household": True} if care.labour == "unknown" else {}
        return Situation(
            name,
            nature,
            outcomes,
            times,
            event=event,
            shape="frail",
            money=well_off,
            care=care,
            sets=netted,
        )

    yield frail("disabled_no_labour", _TROUBLE, _FRAIL, Care("1"), 3)
    yield frail("disabled_half_labour", _TROUBLE, _FRAIL, Care("1", "weak"), 2)
    yield frail("second_grade_no_labour", _NEAR, _FRAIL, Care("2"), 2)
    yield frail("third_grade_no_labour", _NEAR, {}, Care("3"), 2)
    yield frail("second_grade_one_labour", _NEAR, {}, Care("2", "one"), 2)
    unknown = {Risk.DISABILITY: _UNKNOWN}
    yield frail("disability_missing", _GAP, unknown, Care(None))
    yield frail("labour_missing", _GAP, unknown, Care("2", "unknown"))
    yield frail("labour_missing_third_grade", _HARMLESS, {}, Care("3", "unknown"))
    yield frail("disability_missing_one_labour", _HARMLESS, {}, Care(None, "one"))
    yield frail("labour_missing_beside_one", _HARMLESS, {}, Care("1", "unknown_and_one"))


def _work() -> Iterator[Situation]:
    def worker(
        name: str,
        nature: Nature,
        outcomes: dict[Risk, Outcome],
        work: Work,
        *,
        times: int = 1,
        blanks: tuple[str, ...] = (),
    ) -> Situation:
        event = "lost_work" if nature in (_TROUBLE, _NEAR) else ""
        return Situation(
            name, nature, outcomes, times, event=event, shape="workers", work=work, blanks=blanks
        )

    less, same, unknown = (-1, -1), (0, 0), {Risk.WORK: _UNKNOWN}
    yield worker("laid_off", _TROUBLE, _IDLE, Work(_SHORT), times=5)
    yield worker("month_less_than_stable", _NEAR, _IDLE, Work(less), times=2)
    yield worker("months_just_stable", _NEAR, {}, Work(same), times=2)
    yield worker("two_month_less", _NEAR, _IDLE, Work(less, other=-3))
    yield worker("short_beside_stable", _NEAR, {}, Work(less, other=0))
    yield worker("wages_exactly_half", _NEAR, _IDLE, Work(_SHORT, "half"))
    yield worker("wages_fen_less_than_half", _NEAR, {}, Work(_SHORT, "half_less_fen"))
    yield worker("wages_fen_more_than_half", _NEAR, _IDLE, Work(_SHORT, "half_more_fen"))
    yield worker("wages_half_fen_short", _NEAR, {}, Work(_SHORT, "odd_less"))
    yield worker("months_missing", _GAP, unknown, Work(None), times=2)
    yield worker("months_missing_beside_short", _GAP, unknown, Work(None, other=-2))
    yield worker("stranger_beside_short", _GAP, unknown, Work(_SHORT, stranger=True))
    both = {Risk.WORK: _UNKNOWN, Risk.INCOME: _UNKNOWN, Risk.FALL: _UNKNOWN}
    for item in ("wage_income", "transfer_income"):
        yield worker(f"laid_off_{item}_missing", _GAP, both, Work(_SHORT), blanks=(item,))
    yield worker("months_missing_beside_stable", _HARMLESS, {}, Work(None, other=2))
    yield worker("months_missing_little_wages", _HARMLESS, {}, Work(None, "little"))
    yield worker("stranger_beside_stable", _HARMLESS, {}, Work((1, 4), stranger=True))


def _several() -> Iterator[Situation]:
    """Troubles that come together."""
    poor = Money(poor=True)
    yield Situation(
        "ill_and_poor",
        _TROUBLE,
        _POOR | _ILL | {Risk.SERIOUS: _FIRED},
        2,
        event="fell_ill",
        kind="",
        shape="couple",
        act="ill",
        money=Money(True, ill=True),
    )
    yield Situation(
        "laid_off_and_poor",
        _TROUBLE,
        _POOR | _IDLE,
        event="lost_work",
        shape="workers",
        money=poor,
        work=Work(_SHORT),
    )
    yield Situation(
        "disabled_in_ruins",
        _TROUBLE,
        _FRAIL | _UNSAFE | _POOR,
        event="became_disabled",
        shape="frail",
        money=poor,
        care=Care("1"),
        grade="D",
    )
    yield Situation(
        "poor_and_left_school",
        _TROUBLE,
        _POOR | _OUT,
        event="left_school",
        shape="couple_child",
        money=poor,
        school=School(Age.BETWEEN),
    )


SIX_RISKS: Final[tuple[Situation, ...]] = (
    *_income(),
    *_illness(),
    *_housing(),
    *_schooling(),
    *_disability(),
    *_work(),
    *_several(),
)
"""In the order of the risks."""
