"""What happens to households of the demo: recognised, helped, their risk gone, looked back at.

Every step is taken by somebody of the demo with their own rights, by the services that the pages
use. A story may be told to stop after a step; then the case waits there for whoever opens the
demo.
"""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from bangfu.attendance.api import sign_in
from bangfu.cases.api import (
    Answer,
    Case,
    Report,
    Signed,
    Visit,
    Visited,
    ask_comparison,
    assign_clues,
    comparison_table,
    move_case,
    record_answer,
    record_clue,
    record_consent,
    record_elimination_visit,
    record_look_back,
    record_visit,
    verify_clue,
)
from bangfu.foundation.clock.api import today
from bangfu.foundation.files.api import store
from bangfu.kernel.problems import Refused
from bangfu.plans.api import (
    EVIDENCE,
    Written,
    change_measure,
    finish_measure,
    get_household_plan,
    move_plan,
    start_measure,
)
from bangfu.policy.api import active_pack
from bangfu.teams.api import Duty, list_helpers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from uuid import UUID

    from bangfu.config.demo_days import Days, Story
    from bangfu.plans.api import MeasureRow
    from bangfu.registry.api import Household

    Step = Callable[[Days, Case], None]

__all__ = ["eliminate", "help_household", "leave_recognition", "recognise", "reside", "suspend"]

OFFICER, APPROVER, REVIEWER = "zhoumin", "renhua", "puyan"
FIRST, SECOND = "ranjie", "yuepeng"
"""The two cadres of the township who go to the households together."""
RECOGNITION: Final = "recognition"
SAFE: Final = {
    "unsafe_housing": False, "out_of_school": False, "unsafe_water": False, "uninsured": False,
}  # fmt: skip


def recognise(days: Days, home: Household, risk: str, upto: str) -> Story:
    """From a clue to the entry in the register and the help after it, as far as `upto`.

    `upto` is the name of a step; `help` goes to the end.
    """
    case = _found(days, home, risk)
    for name, wait, step in _RECOGNITION:
        if upto == "open":
            return
        yield wait if wait is not None else days.until_meeting(case.division, case.matter_id)
        step(days, case)
        if name == upto:
            return
    yield from help_household(days, home)


def leave_recognition(days: Days, home: Household, risk: str, move: str) -> Story:
    """A recognition that ends at the visit: `find_covered` or `find_not_eligible`."""
    case = _found(days, home, risk)
    yield 1
    _visit(days, case)
    yield 1
    reason = {"find_covered": "temporary_aid"}.get(move, "able_to_cope")
    move_case(
        actor=days.by(FIRST), case_id=case.pk, move=move, answers={"reason": reason},
        note="入户看过，家里的困难已经有办法解决。",
    )  # fmt: skip


def _found(days: Days, home: Household, risk: str) -> Case:
    """A cadre writes a clue down; it is assigned, looked into and confirmed."""
    words = "走访时发现家里遇到困难，需要入户核实"
    clue = record_clue(
        actor=days.by(FIRST), household_id=home.pk, report=Report("cadre", risk, words)
    )
    assign_clues(actor=days.by(OFFICER), clue_ids=[clue.pk], assignee_id=days.person(FIRST))
    verify_clue(actor=days.by(FIRST), clue_id=clue.pk, note="两名干部入户看过，情况属实。")
    return Case.objects.get(household=home, kind=RECOGNITION, open=True)


def _visit(days: Days, case: Case) -> None:
    risks = tuple(case.risks)
    found = Visit(
        visited_on=today(),
        visitors=(days.person(FIRST), days.person(SECOND)),
        guarantees=SAFE,
        amounts={"income": 2_100_000, "rigid_expenses": 1_650_000},
        words="今年支出大，收入少，家里积蓄已经用完。",
        signed=True,
        category="prevention",
        risks=risks,
    )
    record_visit(actor=days.by(FIRST), case_id=case.pk, visit=found)


def _check(days: Days, case: Case) -> None:
    _visit(days, case)
    signed = Signed(
        scope=tuple(comparison_table().departments),
        signer=case.household.head_name,
        signed_on=today(),
    )
    record_consent(actor=days.by(FIRST), case_id=case.pk, signed=signed)
    move_case(actor=days.by(FIRST), case_id=case.pk, move="check")


def _compare(days: Days, case: Case) -> None:
    for row in ask_comparison(actor=days.by(OFFICER), case_id=case.pk):
        clear = Answer(row.department, "clear")
        record_answer(actor=days.by(OFFICER), case_id=case.pk, answer=clear)
    move_case(actor=days.by(OFFICER), case_id=case.pk, move="compare")


def _reviewed(days: Days, case: Case) -> None:
    """The meeting has decided; nothing is left to do."""


def _mover(who: str, move: str) -> Step:
    def step(days: Days, case: Case) -> None:
        move_case(actor=days.by(who), case_id=case.pk, move=move)

    return step


_NOTICE_DAYS: Final = 6
_RECOGNITION: Final[tuple[tuple[str, int | None, Step], ...]] = (
    ("check", 1, _check),
    ("compare", 1, _compare),
    # None: the day after the village's next meeting.
    ("review", None, _reviewed),
    ("post_notice", 0, _mover(FIRST, "post_notice")),
    ("pass_notice", _NOTICE_DAYS, _mover(FIRST, "pass_notice")),
    ("endorse", 1, _mover(REVIEWER, "endorse")),
    ("approve", 1, _mover(APPROVER, "approve")),
    ("announce", 1, _mover(REVIEWER, "announce")),
)
"""The steps after a clue was confirmed: the move, the days before it, who does it."""


def help_household(days: Days, home: Household) -> Story:
    """The plan that recognition drafted is filled in, decided, begun; a first measure is done."""
    yield 1
    plan, measures = _plan_of(days, home)
    for place, each in enumerate(measures):
        written = Written(
            family=each.family,
            risk=each.risk,
            title=each.title,
            content="按程序办理，及时到户。",
            starts_on=today(),
            due_on=today() + timedelta(days=30 * (place + 1)),
            responsible=_cadre(days, home),
        )
        change_measure(actor=days.by(FIRST), measure_id=each.id, written=written)
    move_plan(actor=days.by(FIRST), plan_id=plan, move="submit")
    yield 2
    move_plan(actor=days.by(REVIEWER), plan_id=plan, move="approve")
    yield 2
    for each in measures[:2]:
        start_measure(actor=days.by(FIRST), measure_id=each.id)
    yield 4
    done = measures[0]
    paper = store(
        actor=days.by(FIRST), name="到户签收单.txt", stream=io.BytesIO("已到户。".encode()),
        purpose=EVIDENCE.name, division=home.village_code,
    )  # fmt: skip
    finish_measure(
        actor=days.by(FIRST), measure_id=done.id, note="已经到户，农户签收。", evidence=[paper.pk]
    )


def _plan_of(days: Days, home: Household) -> tuple[UUID, list[MeasureRow]]:
    _, found = get_household_plan(days.by(FIRST), home.pk)
    if found is None:
        raise LookupError(home.household_number)
    return found.plan.pk, found.measures


def _cadre(days: Days, home: Household) -> UUID:
    """Who answers for the measures: the household's helper, else anybody who serves there."""
    helpers = list_helpers(days.by(FIRST), home.pk)
    if helpers:
        return helpers[0].cadre_id
    near = Duty.objects.filter(
        division__in=(home.village_code, home.village_code[:9]), valid_to=None
    )
    return near.order_by("-division", "role", "id")[0].cadre_id


def eliminate(days: Days, candidates: Iterator[Case], upto: str) -> Story:
    """From help to the risk being gone and looked back at, as far as `upto`.

    The first of the candidates against whom no condition stands; none, and nothing happens.
    """
    case = next((each for each in candidates if _proposed(days, each)), None)
    if case is None or upto == "propose":
        return
    for name, wait, step in _ELIMINATION:
        yield wait if wait is not None else days.until_meeting(case.division, case.matter_id)
        step(days, case)
        if name == upto:
            return


def _proposed(days: Days, case: Case) -> bool:
    mode = {"mode": "natural"}
    try:
        move_case(actor=days.by(FIRST), case_id=case.pk, move="propose", answers=mode)
    except Refused:
        return False
    return True


def _seen(days: Days, **answers: bool) -> Visited:
    return Visited(
        visited_on=today(),
        visitors=(days.person(FIRST), days.person(SECOND)),
        approach="visit",
        answers={**SAFE, "income_stable": True, "rigid_settled": True, **answers},
        words="收入稳定，家里没有新的困难。",
        signed=True,
    )


def _check_gone(days: Days, case: Case) -> None:
    risks = tuple(sorted(active_pack(today()).risks))
    visit = replace(_seen(days), risks=risks)
    record_elimination_visit(actor=days.by(FIRST), case_id=case.pk, visit=visit)
    move_case(actor=days.by(FIRST), case_id=case.pk, move="check", answers={"mode": "natural"})


def _look_back(days: Days, case: Case) -> None:
    record_look_back(actor=days.by(FIRST), case_id=case.pk, visit=_seen(days))


def _find_again(days: Days, case: Case) -> None:
    visit = replace(_seen(days, uninsured=True), risks=("illness",))
    record_look_back(
        actor=days.by(FIRST), case_id=case.pk, visit=visit, note="今年断保，又住了院。"
    )


_ELIMINATION: Final[tuple[tuple[str, int | None, Step], ...]] = (
    ("check", 1, _check_gone),
    ("review", None, _reviewed),
    ("post", 0, _mover(FIRST, "post")),
    ("pass_notice", _NOTICE_DAYS, _mover(FIRST, "pass_notice")),
    ("endorse", 1, _mover(REVIEWER, "endorse")),
    ("approve", 1, _mover(APPROVER, "approve")),
    ("announce", 1, _mover(REVIEWER, "announce")),
    ("look_back", 5, _look_back),
    ("reopen", 3, _find_again),
)


def suspend(days: Days, candidates: Iterator[Case]) -> Story:
    """The township does not mark a household for now."""
    case = next(candidates, None)
    if case is not None:
        move_case(
            actor=days.by(REVIEWER), case_id=case.pk, move="suspend",
            answers={"suspended_reason": "unstable_income"},
            note="收入还不稳定，暂不标注，继续帮扶、继续监测。",
        )  # fmt: skip
    yield from ()


SATURDAY: Final = 5


def reside(days: Days, username: str, village: str, absent: int) -> Story:
    """Somebody signs in in their village every working day but every `absent`-th."""
    while True:
        day = today()
        if day.weekday() < SATURDAY and day.day % absent:
            sign_in(actor=days.by(username), division=village)
        yield 1
