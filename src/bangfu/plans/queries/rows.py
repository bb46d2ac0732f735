"""Plans and measures as lines of lists, in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from bangfu.foundation.clock.api import today
from bangfu.foundation.ui.api import reader_language
from bangfu.kernel.division import Level
from bangfu.plans.domain.standing import CARRIED, DONE, OPEN, is_overdue
from bangfu.plans.queries.catalogue import catalogue_on, risk_label
from bangfu.plans.queries.facts import mark_of
from bangfu.plans.queries.plans import LIVE, measures_of, risks_of
from bangfu.policy.api import active_pack
from bangfu.procedures.api import pinned_procedure, working_calendar
from bangfu.registry.api import list_divisions

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date
    from uuid import UUID

    from bangfu.plans.domain.catalogue import Catalogue
    from bangfu.plans.models import Measure, Plan
    from bangfu.procedures.api import Matter, WorkingCalendar
    from bangfu.rules.api import Pack
    from bangfu.rules.layout import Language


@dataclass(frozen=True, slots=True)
class Words:
    """What rows are put into words with; made once a list."""

    names: Mapping[str, str]
    calendar: WorkingCalendar
    catalogue: Catalogue
    pack: Pack
    language: Language
    day: date

    def place(self, division: str) -> tuple[str, str]:
        """Township and village."""
        township = division[: int(Level.TOWNSHIP)]
        return self.names.get(township, township), self.names.get(division, division)

    def family(self, code: str) -> str:
        """A family's name; an unknown one stands for itself."""
        found = self.catalogue.families.get(code)
        return found.text.of(self.language) if found else code

    def risk(self, code: str) -> str:
        """A risk's name; empty for none."""
        return risk_label(self.pack, code, self.language) if code else ""

    def state(self, matter: Matter) -> str:
        """The state of a matter."""
        label = pinned_procedure(matter.version_id).states[matter.state].label
        return label.text(self.language)


def words_for(divisions: Iterable[str]) -> Words:
    """The words of rows in these villages."""
    day = today()
    places = {part for each in divisions for part in (each, each[: int(Level.TOWNSHIP)])}
    return Words(
        names={each.code: each.name for each in list_divisions(places, day)} if places else {},
        calendar=working_calendar(day),
        catalogue=catalogue_on(day),
        pack=active_pack(day),
        language=reader_language(),
        day=day,
    )


@dataclass(frozen=True, slots=True)
class Tally:
    """How many measures a plan has, and how far they are.

    Attributes:
        total: those that count: neither dropped nor broken off.
        begun: carried out, under way or done. overdue: still open past their due day.
        developmental: those by which the household earns.
    """

    total: int = 0
    suggested: int = 0
    begun: int = 0
    done: int = 0
    open: int = 0
    overdue: int = 0
    developmental: int = 0


def tally_of(measures: Sequence[Measure], catalogue: Catalogue, day: date) -> Tally:
    """The numbers of a plan's measures."""
    live = [each for each in measures if each.matter.state in LIVE]
    return Tally(
        total=len(live),
        suggested=sum(each.suggested for each in live),
        begun=sum(each.matter.state in CARRIED for each in live),
        done=sum(each.matter.state == DONE for each in live),
        open=sum(each.matter.state in OPEN for each in live),
        overdue=sum(is_overdue(mark_of(each), day) for each in live),
        developmental=sum(each.family in catalogue.developmental for each in live),
    )


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One plan.

    Attributes:
        days_left: until the due day of its state, working days where the table counts those;
            None without one, or when it is closed.
        seen: the version to hand back with a move, so that a stale page is told.
    """

    id: UUID
    household_id: UUID
    case_id: UUID | None
    number: str
    head_name: str
    township: str
    village: str
    year: int
    state: str
    state_label: str
    closed: bool
    origin_label: str
    risks: tuple[tuple[str, str], ...]
    tally: Tally
    contact: str
    opened_on: date
    by_name: str
    due_on: date | None
    due_provisional: bool
    days_left: int | None
    working: bool
    seen: int

    @property
    def risk_labels(self) -> str:
        """The risks in words."""
        return _("、").join(label for _, label in self.risks)


def plan_rows(plans: Iterable[Plan]) -> list[PlanRow]:
    """Plans as lines; they come with matter, household and contact joined."""
    shown = list(plans)
    if not shown:
        return []
    words = words_for(each.division for each in shown)
    measures = measures_of([each.pk for each in shown])
    return [_plan_row(each, measures.get(each.pk, []), words) for each in shown]


def _plan_row(plan: Plan, measures: Sequence[Measure], words: Words) -> PlanRow:
    matter, household = plan.matter, plan.household
    township, village = words.place(plan.division)
    closed = matter.closed_at is not None
    due = None if closed else matter.due_on
    working = _counts_working_days(matter)
    left = None
    if due is not None:
        left = words.calendar.between(words.day, due) if working else (due - words.day).days
    return PlanRow(
        id=plan.pk,
        household_id=household.pk,
        case_id=plan.case_id,
        number=household.household_number,
        head_name=household.head_name,
        township=township,
        village=village,
        year=plan.year,
        state=matter.state,
        state_label=words.state(matter),
        closed=closed,
        origin_label=str(plan.get_origin_display()),
        risks=tuple((risk, words.risk(risk)) for risk in risks_of(plan)),
        tally=tally_of(measures, words.catalogue, words.day),
        contact=plan.contact.name if plan.contact else "",
        opened_on=plan.opened_on,
        by_name=plan.by_name,
        due_on=due,
        due_provisional=matter.due_provisional and not closed,
        days_left=left,
        working=working,
        seen=matter.lock_version,
    )


def _counts_working_days(matter: Matter) -> bool:
    limit = pinned_procedure(matter.version_id).states[matter.state].limit
    return limit is not None and limit.kind.value == "working_days"


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """One measure.

    Attributes:
        days_left: calendar days until its due day; None without one, or when it has ended.
        late: whether it is past that day.
        seen: the version to hand back with a move.
    """

    id: UUID
    plan_id: UUID
    household_id: UUID
    number: str
    head_name: str
    township: str
    village: str
    family: str
    family_label: str
    developmental: bool
    risk: str
    risk_label: str
    title: str
    organisation: str
    responsible: str
    amount: int | None
    starts_on: date | None
    due_on: date | None
    started_on: date | None
    ended_on: date | None
    state: str
    state_label: str
    open: bool
    suggested: bool
    days_left: int | None
    late: bool
    seen: int


def measure_rows(measures: Iterable[Measure]) -> list[MeasureRow]:
    """Measures as lines; they come with matter, household, organisation and person joined."""
    shown = list(measures)
    if not shown:
        return []
    words = words_for(each.division for each in shown)
    return [measure_row(each, words) for each in shown]


def measure_row(measure: Measure, words: Words) -> MeasureRow:
    """One measure as a line."""
    matter, household = measure.matter, measure.household
    township, village = words.place(measure.division)
    still_open = matter.state in OPEN
    left = (measure.due_on - words.day).days if measure.due_on and still_open else None
    return MeasureRow(
        id=measure.pk,
        plan_id=measure.plan_id,
        household_id=household.pk,
        number=household.household_number,
        head_name=household.head_name,
        township=township,
        village=village,
        family=measure.family,
        family_label=words.family(measure.family),
        developmental=measure.family in words.catalogue.developmental,
        risk=measure.risk,
        risk_label=words.risk(measure.risk),
        title=measure.title,
        organisation=measure.organisation.name if measure.organisation else "",
        responsible=measure.responsible.name if measure.responsible else "",
        amount=measure.amount,
        starts_on=measure.starts_on,
        due_on=measure.due_on,
        started_on=measure.started_on,
        ended_on=measure.ended_on,
        state=matter.state,
        state_label=words.state(matter),
        open=still_open,
        suggested=measure.suggested,
        days_left=left,
        late=left is not None and left < 0,
        seen=matter.lock_version,
    )
