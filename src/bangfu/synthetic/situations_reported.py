"""What is planted about what departments report, on both sides of every limit and of the window."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bangfu.synthetic.events import Money, Nature, Notice, Outcome, Risk, Situation, Work

if TYPE_CHECKING:
    from collections.abc import Iterator

_FIRED, _UNKNOWN = Outcome.FIRED, Outcome.UNKNOWN
_TROUBLE, _NEAR, _GAP = Nature.TROUBLE, Nature.NEAR_MISS, Nature.GAP
_LAST, _OUT = 11, 12
"""Months before the world's month: the last within the window, the first without."""
_SUMS: Final = (
    ("medical", "medical_limit", Risk.MEDICAL_TOLD, "elder"),
    ("disaster", "disaster_limit", Risk.DISASTER, "anybody"),
    ("industry_loss", "industry_limit", Risk.INDUSTRY, "anybody"),
    ("overdue", "overdue_limit", Risk.OVERDUE, "head"),
    ("temporary_aid", "aid_limit", Risk.AID, "head"),
)
"""Triggers whose amounts are added up, with the limit, the risk and whom a row names."""
_PLAIN: Final = (
    ("accident", Risk.ACCIDENT, "head"),
    ("dropout", Risk.DROPOUT_TOLD, "child"),
    ("housing", Risk.HOUSING_TOLD, "anybody"),
    ("water_cut", Risk.WATER_CUT, "anybody"),
    ("disability", Risk.DISABILITY_TOLD, "other"),
    ("unpaid_wages", Risk.UNPAID, "head"),
    ("serious_illness", Risk.SERIOUS_TOLD, "other"),
)
"""Triggers of which one row is enough."""


def _sums() -> Iterator[Situation]:
    for trigger, limit, risk, whom in _SUMS:
        fired = {risk: _FIRED}

        def row(
            percent: int,
            fen: int = 0,
            back: int | None = None,
            *,
            trigger: str = trigger,
            limit: str = limit,
            whom: str = whom,
        ) -> Notice:
            return Notice(trigger, limit, percent, fen, back, whom)

        for name, nature, outcomes, times, notices in (
            ("much", _TROUBLE, fired, 2, (row(180),)),
            ("twice", _TROUBLE, fired, 1, (row(60), row(70))),
            ("at_limit", _NEAR, fired, 1, (row(40, 0, 2), row(60, 0, 5))),
            ("fen_below_limit", _NEAR, {}, 1, (row(40, 0, 2), row(60, -1, 5))),
            ("last_month_of_window", _NEAR, fired, 1, (row(120, 0, _LAST),)),
            ("month_before_window", _NEAR, {}, 1, (row(90, 0, 3), row(90, 0, _OUT))),
        ):
            yield Situation(
                f"{trigger}_{name}",
                nature,
                outcomes,
                times,
                event=f"{trigger}_reported" if nature is _TROUBLE else "",
                kind="" if nature is _TROUBLE else "ordinary",
                notices=notices,
            )


def _plain() -> Iterator[Situation]:
    for trigger, risk, whom in _PLAIN:
        shape = {"child": "couple_children", "other": "three_generations"}.get(whom, "")
        for name, nature, outcomes, times, back in (
            ("reported", _TROUBLE, {risk: _FIRED}, 3, None),
            ("reported_last_month_of_window", _NEAR, {risk: _FIRED}, 1, _LAST),
            ("reported_before_window", _NEAR, {}, 1, _OUT),
        ):
            yield Situation(
                f"{trigger}_{name}",
                nature,
                outcomes,
                times,
                event=f"{trigger}_reported" if nature is _TROUBLE else "",
                kind="" if nature is _TROUBLE else "ordinary",
                shape=shape,
                youth=(8, 14) if whom == "child" else None,
                notices=(Notice(trigger, back=back, whom=whom),),
            )


def _jobs() -> Iterator[Situation]:
    lost = (Notice("job_loss", whom="head"),)
    fired = {Risk.JOB_LOST: _FIRED}
    steady = (1, 3)
    for name, nature, outcomes, times, share in (
        ("job_lost", _TROUBLE, fired, 4, "most"),
        ("job_lost_wages_half", _NEAR, fired, 1, "half"),
        ("job_lost_wages_fen_less", _NEAR, {}, 1, "half_less_fen"),
    ):
        yield Situation(
            name,
            nature,
            outcomes,
            times,
            event="lost_work",
            shape="workers",
            work=Work(steady, share),
            notices=lost,
        )
    unknown = {Risk.JOB_LOST: _UNKNOWN, Risk.INCOME: _UNKNOWN, Risk.FALL: _UNKNOWN}
    yield Situation(
        "job_lost_wages_missing",
        _GAP,
        unknown,
        shape="workers",
        work=Work(steady),
        notices=lost,
        blanks=("wage_income",),
    )


def _deaths() -> Iterator[Situation]:
    fired = {Risk.WORKER_DIED: _FIRED}
    dead = (Notice("death", whom="head"),)
    for name, nature, outcomes, times, act in (
        ("worker_died", _TROUBLE, fired, 4, "able_head"),
        ("half_worker_died", _NEAR, {}, 1, "weak_head"),
        ("unknown_worker_died", _GAP, {Risk.WORKER_DIED: _UNKNOWN}, 1, "strength_unknown"),
    ):
        yield Situation(
            name,
            nature,
            outcomes,
            times,
            event="death_reported" if nature is _TROUBLE else "",
            shape="couple",
            act=act,
            notices=dead,
        )
    before = (Notice("death", back=_OUT, whom="head"),)
    yield Situation(
        "worker_died_before_window", _NEAR, shape="couple", act="able_head", notices=before
    )


def _debts() -> Iterator[Situation]:
    def owes(percent: int, fen: int = 0) -> tuple[Notice, ...]:
        return (Notice("loan", "net", percent, fen, 1, "head"),)

    fired = {Risk.DEBT: _FIRED}
    for name, nature, outcomes, times, notices in (
        ("deep_in_debt", _TROUBLE, fired, 3, owes(210)),
        ("debt_at_limit", _NEAR, fired, 1, owes(150)),
        ("debt_fen_below_limit", _NEAR, {}, 1, owes(150, -1)),
    ):
        yield Situation(name, nature, outcomes, times, shape="grown_child", notices=notices)
    unknown = {Risk.DEBT: _UNKNOWN, Risk.INCOME: _UNKNOWN, Risk.FALL: _UNKNOWN}
    yield Situation(
        "debt_property_missing",
        _GAP,
        unknown,
        shape="grown_child",
        notices=owes(210),
        blanks=("property_income",),
    )


def _allowances() -> Iterator[Situation]:
    granted = (Notice("dibao", whom="head"),)
    fired = {Risk.NEW_DIBAO: _FIRED}
    yield Situation(
        "newly_on_dibao",
        _TROUBLE,
        fired,
        3,
        shape="couple_children",
        dibao=True,
        unlisted=True,
        notices=granted,
    )
    yield Situation("newly_on_dibao_monitored", _NEAR, listed=True, dibao=True, notices=granted)
    before = (Notice("dibao", back=_OUT, whom="head"),)
    yield Situation(
        "on_dibao_before_window",
        _NEAR,
        shape="couple_children",
        dibao=True,
        unlisted=True,
        notices=before,
    )


def _prices() -> Iterator[Situation]:
    """Prices are reported for the county and its products, not for a household."""
    fired = {Risk.PRICE: _FIRED}
    for name, nature, outcomes, times, act, business in (
        ("price_fell", _TROUBLE, fired, 3, "sells_falling", 900_00),
        ("price_fell_business_at_share", _NEAR, fired, 1, "sells_falling", 0),
        ("price_fell_business_fen_less", _NEAR, {}, 1, "sells_falling", -1),
        ("price_fell_a_little_less", _NEAR, {}, 1, "sells_dipping", 900_00),
    ):
        yield Situation(
            name,
            nature,
            outcomes,
            times,
            event="price_reported" if nature is _TROUBLE else "",
            shape="couple_children",
            act=act,
            money=Money(business=business),
        )


REPORTED_RISKS: Final[tuple[Situation, ...]] = (
    *_sums(),
    *_plain(),
    *_jobs(),
    *_deaths(),
    *_debts(),
    *_allowances(),
    *_prices(),
)
"""In the order of the functions above."""
