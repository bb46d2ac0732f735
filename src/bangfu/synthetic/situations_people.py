"""What is planted about who lives together: illness, strength, age, children, allowances."""

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
_USUAL: Final = Money()
_WELL_OFF: Final = Money(gap=0, percent=160)


def _serious() -> Iterator[Situation]:
    fired = {Risk.SERIOUS: _FIRED}

    def ill(
        name: str,
        nature: Nature,
        outcomes: dict[Risk, Outcome],
        money: Money,
        *,
        times: int = 1,
        act: str = "ill",
    ) -> Situation:
        event = "fell_ill" if nature in (_TROUBLE, _NEAR) else ""
        return Situation(
            name, nature, outcomes, times, event=event, shape="couple", act=act, money=money
        )

    yield ill("ill_near_the_line", _TROUBLE, fired, Money(modest=True), times=5)
    yield ill("ill_fen_below_limit", _NEAR, fired, Money(gap=-1, percent=150))
    yield ill("ill_at_limit", _NEAR, {}, Money(gap=0, percent=150))
    unknown = {Risk.SERIOUS: _UNKNOWN}
    yield ill("health_missing", _GAP, unknown, Money(modest=True), act="health_unknown")
    yield ill("health_missing_well_off", _HARMLESS, {}, _WELL_OFF, act="health_unknown")


def _no_labour() -> Iterator[Situation]:
    def weak(
        name: str,
        nature: Nature,
        outcomes: dict[Risk, Outcome],
        act: str,
        *,
        times: int = 1,
        dibao: bool = False,
        unnetted: bool = True,
        blanks: tuple[str, ...] = (),
    ) -> Situation:
        return Situation(
            name,
            nature,
            outcomes,
            times,
            event="nobody_works" if nature in (_TROUBLE, _NEAR) else "",
            shape="frail",
            act=act,
            dibao=dibao,
            unnetted=unnetted,
            blanks=blanks,
        )

    fired, unknown = {Risk.NO_LABOUR: _FIRED}, {Risk.NO_LABOUR: _UNKNOWN}
    yield weak("nobody_works", _TROUBLE, fired, "nobody_works", times=5)
    yield weak("one_half_works", _NEAR, {}, "half_works")
    yield weak("nobody_works_on_dibao", _NEAR, {}, "nobody_works", dibao=True)
    yield weak("nobody_works_in_safety_net", _NEAR, {}, "nobody_works", unnetted=False)
    yield weak("one_perhaps_works", _GAP, unknown, "perhaps_works")
    yield weak(
        "safety_net_missing", _GAP, unknown, "nobody_works", blanks=("safety_net_household",)
    )


def _elderly() -> Iterator[Situation]:
    def old(
        name: str,
        nature: Nature,
        outcomes: dict[Risk, Outcome],
        act: str = "old_and_unwell",
        *,
        times: int = 1,
        aged: int | None = None,
        dibao: bool = False,
        money: Money = _USUAL,
    ) -> Situation:
        return Situation(
            name,
            nature,
            outcomes,
            times,
            shape="old_pair",
            act=act,
            dibao=dibao,
            money=money,
            aged=None if aged is None else ("spouse", "elderly_from", aged),
        )

    fired = {Risk.ELDERLY: _FIRED}
    yield old("old_alone_and_unwell", _TROUBLE, fired, times=5)
    yield old("just_old", _NEAR, fired, aged=0)
    yield old("month_before_old", _NEAR, {}, aged=-1)
    yield old("old_alone_and_well", _NEAR, {}, "old_and_well")
    yield old("old_alone_on_dibao", _NEAR, {}, dibao=True)
    yield old(
        "old_and_health_missing",
        _GAP,
        {Risk.ELDERLY: _UNKNOWN},
        "old_and_unknown",
        money=_WELL_OFF,
    )


def _orphans() -> Iterator[Situation]:
    fired = {Risk.ORPHAN: _FIRED}

    def lone(
        name: str,
        nature: Nature,
        outcomes: dict[Risk, Outcome],
        aged: tuple[str, str, int] | None = None,
        times: int = 1,
    ) -> Situation:
        return Situation(
            name,
            nature,
            outcomes,
            times,
            shape="grandparents",
            act="grandparents",
            youth=(4, 13),
            aged=aged,
        )

    yield lone("child_with_grandparents", _TROUBLE, fired, times=4)
    yield lone("child_last_month", _NEAR, fired, ("grandchild", "child_to", -1))
    yield lone("child_month_after", _NEAR, {}, ("grandchild", "child_to", 0))
    yield lone("grandmother_just_not_old", _NEAR, {}, ("spouse", "adult_to", -1))
    yield lone("grandmother_just_old", _NEAR, fired, ("spouse", "adult_to", 0))


def _left_behind() -> Iterator[Situation]:
    fired = {Risk.LEFT_BEHIND: _FIRED}

    def left(
        name: str,
        nature: Nature,
        outcomes: dict[Risk, Outcome],
        act: str = "all_away",
        *,
        times: int = 1,
        shape: str = "couple_child",
        aged: tuple[str, str, int] | None = None,
    ) -> Situation:
        return Situation(
            name,
            nature,
            outcomes,
            times,
            shape=shape,
            act=act,
            youth=(3, 14),
            aged=aged,
            kind="ordinary",
        )

    yield left("child_left_behind", _TROUBLE, fired, times=6)
    yield left("left_with_unwell_grandmother", _NEAR, fired, shape="with_grandmother")
    yield left("left_with_grandmother", _NEAR, {}, "grandmother_well", shape="with_grandmother")
    yield left("one_parent_in_county", _NEAR, {}, "one_in_county")
    yield left("left_child_last_month", _NEAR, fired, aged=("child", "child_to", -1))
    yield left("left_child_month_after", _NEAR, {}, aged=("child", "child_to", 0))
    yield left("parent_perhaps_away", _GAP, {Risk.LEFT_BEHIND: _UNKNOWN}, "one_perhaps_away")


def _unhelped() -> Iterator[Situation]:
    def allowed(
        name: str,
        nature: Nature,
        outcomes: dict[Risk, Outcome],
        act: str,
        *,
        times: int = 1,
        grade: str = "",
    ) -> Situation:
        return Situation(
            name,
            nature,
            outcomes,
            times,
            shape="couple",
            act=act,
            dibao=True,
            kind="alleviated",
            grade=grade,
            money=_WELL_OFF,
        )

    fired = {Risk.UNHELPED: _FIRED}
    yield allowed("dibao_and_ill_unhelped", _TROUBLE, fired, "unhelped", times=3)
    yield allowed("dibao_and_disabled_unhelped", _TROUBLE, fired, "unhelped_disabled", times=2)
    yield allowed("dibao_and_mildly_disabled", _NEAR, {}, "unhelped_mildly_disabled")
    yield allowed("dibao_and_aided", _NEAR, {}, "helped_by_aid")
    yield allowed("dibao_and_posted", _NEAR, {}, "helped_by_post")
    yield allowed("dibao_and_in_business", _NEAR, {}, "helped_by_industry")
    yield allowed("dibao_and_unwell", _NEAR, {}, "unwell_on_allowance")
    both = fired | {Risk.HOUSING: _FIRED}
    yield allowed("dibao_in_ruins", _TROUBLE, both, "unwell_on_allowance", grade="C")
    yield allowed("dibao_aid_missing", _GAP, {Risk.UNHELPED: _UNKNOWN}, "aid_unknown")


PEOPLE_RISKS: Final[tuple[Situation, ...]] = (
    *_serious(),
    *_no_labour(),
    *_elderly(),
    *_orphans(),
    *_left_behind(),
    *_unhelped(),
)
"""In the order of the functions above."""
