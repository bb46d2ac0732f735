"""What is planted about income, business, water, insurance, relocation and expenses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bangfu.synthetic.events import Money, Nature, Outcome, Risk, Situation

if TYPE_CHECKING:
    from collections.abc import Iterator

_FIRED, _UNKNOWN = Outcome.FIRED, Outcome.UNKNOWN
_TROUBLE, _NEAR, _GAP, _HARMLESS = (
    Nature.TROUBLE,
    Nature.NEAR_MISS,
    Nature.GAP,
    Nature.HARMLESS_GAP,
)
_NET: Final = {Risk.INCOME: _UNKNOWN, Risk.FALL: _UNKNOWN}


def _falls() -> Iterator[Situation]:
    fired = {Risk.FALL: _FIRED}
    event = "income_fell"
    yield Situation(
        "income_collapsed", _TROUBLE, fired, 5, event=event, kind="", money=Money(fell=True)
    )
    yield Situation("income_fell_to_limit", _NEAR, event=event, money=Money(fall=0))
    yield Situation("income_fell_fen_more", _NEAR, fired, event=event, money=Money(fall=1))
    unknown = {Risk.FALL: _UNKNOWN}
    yield Situation("split_off_this_year", _GAP, unknown, shape="couple", act="new_household")


def _businesses() -> Iterator[Situation]:
    fired = {Risk.INDUSTRY: _FIRED}

    def failed(
        name: str, nature: Nature, outcomes: dict[Risk, Outcome], how: str, times: int = 1
    ) -> Situation:
        event = "business_failed"
        money = Money(failed=how)
        return Situation(
            name, nature, outcomes, times, event=event, shape="couple_children", money=money
        )

    yield failed("business_failed", _TROUBLE, fired, "failed", 4)
    yield failed("expenses_as_high_as_income", _NEAR, {}, "expenses_even")
    yield failed("expenses_fen_above_income", _NEAR, fired, "expenses_fen_more")
    yield failed("failed_business_is_half", _NEAR, fired, "half")
    yield failed("failed_business_is_fen_less_than_half", _NEAR, {}, "half_less")


def _low_incomes() -> Iterator[Situation]:
    fired = {Risk.LOW_INCOME: _FIRED}
    low = Money(low=True)
    yield Situation("alleviated_with_little", _TROUBLE, fired, 4, kind="alleviated", money=low)
    yield Situation("ordinary_with_little", _NEAR, money=low)
    for name, gap, outcomes in (
        ("net_fen_below_low_line", -1, fired),
        ("net_at_low_line", 0, {}),
    ):
        yield Situation(name, _NEAR, outcomes, kind="alleviated", money=Money(net_gap=gap))
    unknown = {**_NET, Risk.LOW_INCOME: _UNKNOWN, Risk.TRANSFERS: _UNKNOWN}
    yield Situation(
        "alleviated_wages_missing",
        _GAP,
        unknown,
        kind="alleviated",
        shape="couple",
        act="able_head",
        blanks=("wage_income",),
    )


def _transfers() -> Iterator[Situation]:
    fired = {Risk.TRANSFERS: _FIRED}

    def lives_on(
        name: str, nature: Nature, outcomes: dict[Risk, Outcome], more: int, times: int = 1
    ) -> Situation:
        return Situation(
            name,
            nature,
            outcomes,
            times,
            kind="alleviated",
            shape="couple_child",
            act="able_head",
            money=Money(transfers=more),
        )

    yield lives_on("lives_on_transfers", _TROUBLE, fired, 1_200_00, 3)
    yield lives_on("transfers_at_share", _NEAR, fired, 0)
    yield lives_on("transfers_fen_below_share", _NEAR, {}, -1)
    yield Situation(
        "ordinary_on_transfers",
        _NEAR,
        shape="couple_child",
        act="able_head",
        money=Money(transfers=0),
    )


def _water_and_insurance() -> Iterator[Situation]:
    wet = {Risk.WATER: _FIRED}
    event = "water_went_bad"
    bad: dict[str, str | bool | tuple[str, ...] | None] = {
        "water_safe": False,
        "water_source": "surface",
    }
    yield Situation("water_unsafe", _TROUBLE, wet, 3, event=event, kind="", sets=bad)
    yield Situation("far_from_water_but_safe", _NEAR, event=event, sets={"water_source": "cistern"})
    yield Situation("water_missing", _GAP, {Risk.WATER: _UNKNOWN}, blanks=("water_safe",))
    bare = {Risk.UNINSURED: _FIRED}
    unknown = {Risk.UNINSURED: _UNKNOWN}
    yield Situation("uninsured", _TROUBLE, bare, 4, kind="", act="uninsured")
    yield Situation("insured_by_employer", _NEAR, act="employee_insured")
    yield Situation("insurance_missing", _GAP, unknown, act="insurance_unknown")
    yield Situation("other_insurance_missing", _GAP, unknown, act="other_insurance_unknown")
    yield Situation(
        "insurance_missing_beside_other", _HARMLESS, act="insurance_unknown_beside_other"
    )


def _relocated() -> Iterator[Situation]:
    def moved(
        name: str, nature: Nature, outcomes: dict[Risk, Outcome], act: str, times: int = 1
    ) -> Situation:
        return Situation(
            name,
            nature,
            outcomes,
            times,
            kind="alleviated",
            relocated=True,
            shape="couple",
            act=act,
        )

    yield moved("relocated_idle", _TROUBLE, {Risk.RELOCATED: _FIRED}, "idle", 4)
    yield moved("relocated_one_works", _NEAR, {}, "one_works")
    yield moved("relocated_month_in_post", _NEAR, {}, "one_posted")
    yield moved("relocated_post_missing", _GAP, {Risk.RELOCATED: _UNKNOWN}, "perhaps_posted")
    yield Situation("idle_not_relocated", _NEAR, kind="alleviated", shape="couple", act="idle")


def _education() -> Iterator[Situation]:
    fired = {Risk.EDUCATION: _FIRED}

    def learns(
        name: str, nature: Nature, outcomes: dict[Risk, Outcome], money: Money, times: int = 1
    ) -> Situation:
        return Situation(
            name,
            nature,
            outcomes,
            times,
            event="school_costs",
            shape="couple_child",
            youth=(18, 20),
            money=money,
        )

    yield learns("school_costs", _TROUBLE, fired, Money(tuitions=True), 4)
    yield learns("tuition_at_limit", _NEAR, fired, Money(tuition=0))
    yield learns("tuition_fen_below_limit", _NEAR, {}, Money(tuition=-1))
    yield Situation(
        "tuition_missing", _GAP, {Risk.EDUCATION: _UNKNOWN}, blanks=("self_paid_education",)
    )


LIVING_RISKS: Final[tuple[Situation, ...]] = (
    *_falls(),
    *_businesses(),
    *_low_incomes(),
    *_transfers(),
    *_water_and_insurance(),
    *_relocated(),
    *_education(),
)
"""In the order of the functions above."""
