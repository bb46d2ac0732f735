"""Households whose help does not fit: nothing begun, the wrong kind, or allowances alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.db.models import Exists, F, IntegerField, Min, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, ExtractMonth, ExtractYear

from bangfu.foundation.access.api import record_households
from bangfu.foundation.clock.api import today
from bangfu.kernel.division import Level
from bangfu.plans.domain.mismatches import Mismatch
from bangfu.plans.domain.standing import CARRIED
from bangfu.plans.models import Measure, Plan, PlanRisk
from bangfu.plans.permissions import READ
from bangfu.plans.queries.catalogue import catalogue_on
from bangfu.plans.queries.filters import document_of, late_measures
from bangfu.plans.queries.plans import LIVE
from bangfu.policy.api import active_pack
from bangfu.registry.api import EXPORT, Household, Member, Page, list_divisions
from bangfu.registry.api import READ as READ_HOUSEHOLDS
from bangfu.screening.api import Finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date
    from uuid import UUID

    from django.db.models import QuerySet

    from bangfu.foundation.access.api import Actor
    from bangfu.plans.domain.catalogue import Catalogue

FIRST: Final = "first_measure_months"
EARNING: Final = "developmental_months"
PAGE_SIZE: Final = 50
_TOWNSHIP: Final = int(Level.TOWNSHIP)
SORTS: Final = {
    "place": ("village_code", "head_sort_key", "household_number"),
    "name": ("head_sort_key", "household_number"),
    "since": ("since", "village_code", "household_number"),
}


@dataclass(frozen=True, slots=True)
class MismatchRow:
    """A household and what does not fit; `since` is year x 100 + month, 0 where unknown."""

    household_id: UUID
    number: str
    head_name: str
    township: str
    village: str
    since: int
    kinds: tuple[Mismatch, ...]


@dataclass(frozen=True, slots=True)
class MismatchFilters:
    """What the list is narrowed to; an empty filter narrows nothing."""

    kinds: tuple[str, ...] = ()
    divisions: tuple[str, ...] = ()
    text: str = ""

    def as_document(self) -> dict[str, Any]:
        """The filters that are set, for the audit."""
        return document_of(self, ("kinds", "divisions"), self.text)


class _Checks:
    """The conditions on households, with the catalogue and the months of the day."""

    def __init__(self, day: date) -> None:
        self._day = day
        self._catalogue: Catalogue = catalogue_on(day)
        self._pack = active_pack(day)
        of_home = Measure.objects.filter(household=OuterRef("pk"))
        self._carried = of_home.filter(matter__state__in=CARRIED)
        self._home = of_home

    def conditions(self) -> dict[Mismatch, Q]:
        """Every mismatch as a condition on households."""
        catalogue = self._catalogue
        earning = self._carried.filter(family__in=catalogue.developmental)
        member = Member.objects.filter(household=OuterRef("pk"), active=True)
        working = member.filter(labour__in=catalogue.labour)
        receiving = Q(pk__in=())
        for item in catalogue.allowances:
            receiving |= Q(**{item: True})
        supported = member.filter(receiving)
        beyond = self._carried.exclude(family__in=catalogue.safety_net)
        return {
            Mismatch.NOTHING_STARTED: self._due(FIRST) & ~Q(Exists(self._carried)),
            Mismatch.NOT_DEVELOPMENTAL: (
                self._due(EARNING) & Q(Exists(working)) & ~Q(Exists(earning))
            ),
            Mismatch.UNANSWERED: Q(Exists(self._unanswered())),
            Mismatch.ONLY_ALLOWANCES: (Q(Exists(supported)) & self._at_risk() & ~Q(Exists(beyond))),
            Mismatch.OVERDUE: Q(Exists(self._home.filter(late_measures()))),
        }

    def _helped(self) -> Q:
        """On the rolls as being helped by the register, or with an open plan."""
        wanted = Q(Exists(Plan.objects.filter(household=OuterRef("pk"), open=True)))
        for item, codes in self._catalogue.monitored.items():
            wanted |= Q(**{f"{item}__in": codes}, risk_eliminated_month=None)
        return wanted

    def _due(self, parameter: str) -> Q:
        """Helped for so many months, by the pack; nobody where it names no number."""
        value = self._pack.parameters_on(self._day, "").get(parameter)
        if value is None:
            return Q(pk__in=())
        months = self._day.year * 12 + self._day.month - 1 - value
        year, month = divmod(months, 12)
        return self._helped() & Q(since__lte=year * 100 + month + 1)

    def _unanswered(self) -> QuerySet[PlanRisk]:
        """Risks of approved plans that no measure of the plan answers."""
        of_plan = Measure.objects.filter(plan=OuterRef("plan"), matter__state__in=LIVE)
        wanted = Q(pk__in=())
        for risk, row in self._catalogue.risks.items():
            fitting = (
                of_plan.filter(family__in=row.needs) if row.needs else of_plan.filter(risk=risk)
            )
            wanted |= Q(risk=risk) & ~Q(Exists(fitting))
        return PlanRisk.objects.filter(wanted, plan__household=OuterRef("pk"), plan__open=True)

    def _at_risk(self) -> Q:
        """Of another risk than that of the safety net itself, by a plan or by the rules."""
        plain = {each.code for each in self._catalogue.risks.values() if not each.needs}
        found = Finding.objects.filter(household=OuterRef("pk"), cleared_at=None)
        planned = PlanRisk.objects.filter(plan__household=OuterRef("pk"), plan__open=True)
        return Q(Exists(found.exclude(risk__in=plain))) | Q(Exists(planned.exclude(risk__in=plain)))


def _since() -> Any:
    """The month since which a household is helped, as year x 100 + month: of its plans and of the
    register the earliest; empty when neither says."""
    begun = (
        Plan.objects.filter(household=OuterRef("pk"), open=True)
        .order_by()
        .values("household")
        .annotate(day=Min("opened_on"))
        .annotate(month=ExtractYear("day") * 100 + ExtractMonth("day"))
        .values("month")
    )
    return Coalesce(F("risk_identified_month"), Subquery(begun, output_field=IntegerField()))


def _scoped(actor: Actor) -> QuerySet[Household]:
    places = actor.scope(READ).q("village_code") & actor.scope(READ_HOUSEHOLDS).q("village_code")
    return Household.objects.filter(places, active=True).annotate(since=_since())


def _matching(filters: MismatchFilters) -> Q:
    wanted = Q()
    if filters.divisions:
        wanted = Q(pk__in=())
        for code in filters.divisions:
            wanted |= Q(village_code__startswith=code)
    typed = filters.text.strip()
    if typed:
        wanted &= Q(head_name__startswith=typed) | Q(household_number=typed)
    return wanted


def _any(conditions: Iterable[Q]) -> Q:
    wanted = Q(pk__in=())
    for each in conditions:
        wanted |= each
    return wanted


def _found(actor: Actor, filters: MismatchFilters) -> QuerySet[Household]:
    """Households with the mismatches asked for, each marked with all its own."""
    conditions = _Checks(today()).conditions()
    asked = [Mismatch(each) for each in filters.kinds if each in set(Mismatch)] or list(Mismatch)
    if filters.kinds and not set(filters.kinds) & set(Mismatch):
        asked = []
    wanted = _any(conditions[each] for each in asked)
    return _scoped(actor).filter(_matching(filters)).filter(wanted)


def _marks(rows: Sequence[Household]) -> dict[UUID, list[Mismatch]]:
    """What does not fit with each of some households."""
    ids = [row.pk for row in rows]
    found: dict[UUID, list[Mismatch]] = {each: [] for each in ids}
    base = Household.objects.filter(pk__in=ids).annotate(since=_since())
    for kind, condition in _Checks(today()).conditions().items():
        for each in base.filter(condition).values_list("pk", flat=True):
            found[each].append(kind)
    return found


def _rows(households: Sequence[Household]) -> list[MismatchRow]:
    marks = _marks(households)
    places = {x for each in households for x in (each.village_code, each.village_code[:_TOWNSHIP])}
    names = {each.code: each.name for each in list_divisions(places, today())}
    return [
        MismatchRow(
            household_id=each.pk,
            number=each.household_number,
            head_name=each.head_name,
            township=names.get(each.village_code[:_TOWNSHIP], ""),
            village=names.get(each.village_code, each.village_code),
            since=getattr(each, "since", None) or 0,
            kinds=tuple(marks[each.pk]),
        )
        for each in households
    ]


def _order(sort: str) -> list[Any]:
    columns = SORTS.get(sort.removeprefix("-"), SORTS["place"])
    if sort.startswith("-"):
        return [F(each).desc(nulls_last=True) for each in columns]
    return [F(each).asc(nulls_last=True) for each in columns]


@transaction.atomic
def list_mismatches(
    actor: Actor,
    filters: MismatchFilters | None = None,
    *,
    sort: str = "place",
    page: int = 1,
    size: int = PAGE_SIZE,
) -> Page[MismatchRow]:
    """One page of the households whose help does not fit; `sort` is a name of `SORTS`."""
    wanted = filters or MismatchFilters()
    found = _found(actor, wanted)
    first = (max(page, 1) - 1) * size
    rows = _rows(list(found.order_by(*_order(sort))[first : first + size]))
    document = {**wanted.as_document(), "list": "mismatches", "sort": sort, "page": page}
    record_households(actor, "plan.mismatches_listed", rows, document, READ)
    return Page(rows, max(page, 1), size, found.count())


@transaction.atomic
def export_mismatches(
    actor: Actor, filters: MismatchFilters | None = None, *, sort: str = "place"
) -> list[MismatchRow]:
    """All of them, for a file; one audit row with every household.

    Raises:
        AccessRefused: without the right to export anywhere.
    """
    actor.check_anywhere(EXPORT)
    wanted = filters or MismatchFilters()
    found = _found(actor, wanted).filter(actor.scope(EXPORT).q("village_code"))
    rows = _rows(list(found.order_by(*_order(sort))))
    document = {**wanted.as_document(), "list": "mismatches", "sort": sort, "export": True}
    record_households(actor, "plan.mismatches_exported", rows, document, READ)
    return rows


def limits_on(day: date | None = None) -> dict[str, int | None]:
    """After how many months nothing begun, and nothing to earn by, is a mismatch; None: never."""
    known = active_pack(day or today()).parameters_on(day or today(), "")
    return {"first": known.get(FIRST), "earning": known.get(EARNING)}


def count_mismatches(actor: Actor, filters: MismatchFilters | None = None) -> dict[Mismatch, int]:
    """How many households have each mismatch under the other filters; nobody is named."""
    homes = _scoped(actor).filter(_matching(filters or MismatchFilters()))
    conditions = _Checks(today()).conditions()
    return {kind: homes.filter(condition).count() for kind, condition in conditions.items()}


def count_mismatched(actor: Actor) -> int:
    """How many households have any; nobody is named."""
    return _found(actor, MismatchFilters()).count()


def mismatches_of(actor: Actor, household_id: UUID) -> tuple[Mismatch, ...]:
    """What does not fit with a household the actor has opened."""
    if not _scoped(actor).filter(pk=household_id).exists():
        return ()
    rows = list(Household.objects.filter(pk=household_id))
    return tuple(_marks(rows)[household_id])
