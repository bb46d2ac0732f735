"""Lists of doubtful data: pages, choices with their counts, export. Scoped and audited."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.db.models import Count, F, Max, Q, Sum
from django.db.models.functions import Substr

from bangfu.cases.models import Doubt, QualityCount
from bangfu.cases.permissions import EXPORT, READ
from bangfu.cases.queries.quality_rows import rows_of
from bangfu.cases.queries.quality_table import quality_table
from bangfu.foundation.access.api import record_households
from bangfu.foundation.audit.api import hidden_text
from bangfu.foundation.ui.api import reader_language
from bangfu.kernel.division import DivisionCode, Level
from bangfu.registry.api import Page, list_divisions

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from django.db.models import OrderBy, QuerySet

    from bangfu.cases.queries.quality_rows import DoubtRow
    from bangfu.foundation.access.api import Actor

PAGE_SIZE: Final = 50
_PLACE: Final = ("division", "household__household_number", "rule")
SORTS: Final = {
    "since": ("since", *_PLACE),
    "rule": ("rule", *_PLACE),
    "name": ("household__head_sort_key", *_PLACE),
    "place": _PLACE,
}
"""Orders of the list by name; a leading `-` turns one round."""


@dataclass(frozen=True, slots=True)
class DoubtFilters:
    """What the list is narrowed to; an empty filter narrows nothing.

    Attributes:
        divisions: townships or villages, by code.
        kinds: `case` where the household has a case, `register` where it has none.
        text: the beginning of a head's name, or a household's number.
    """

    rules: tuple[str, ...] = ()
    divisions: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    text: str = ""

    def without(self, facet: str) -> DoubtFilters:
        """The filters but for one, whose own choices are to be counted."""
        blank: Any = {facet: ()}
        return replace(self, **blank)

    def as_document(self) -> dict[str, Any]:
        """The filters that are set, for the audit; typed text only by its length."""
        several = ("rules", "divisions", "kinds")
        found: dict[str, Any] = {name: list(x) for name in several if (x := getattr(self, name))}
        return {**found, "search": hidden_text(self.text)} if self.text else found

    def q(self) -> Q:
        """The filters as a condition on doubts."""
        wanted = Q(rule__in=self.rules) if self.rules else Q()
        if self.divisions:
            places = Q(pk__in=())
            for code in map(DivisionCode, self.divisions):
                places |= Q(division__gte=code, division__lt=code.ceiling)
            wanted &= places
        if len(set(self.kinds)) == 1:
            wanted &= Q(case__isnull="register" in self.kinds)
        typed = self.text.strip()
        if typed:
            named = Q(household__head_name__startswith=typed)
            wanted &= named | Q(household__household_number=typed)
        return wanted


def scoped_doubts(actor: Actor, capability: str = READ) -> QuerySet[Doubt]:
    """Every standing doubt where the actor holds a capability; not audited."""
    return Doubt.objects.filter(actor.scope(capability).q("division"), cleared_at=None)


def _order(sort: str) -> list[OrderBy]:
    backwards = sort.startswith("-")
    columns = SORTS.get(sort.removeprefix("-"), SORTS["rule"])
    return [F(each).desc() if backwards else F(each).asc() for each in columns]


@transaction.atomic
def list_doubts(
    actor: Actor,
    filters: DoubtFilters | None = None,
    *,
    sort: str = "rule",
    page: int = 1,
    size: int = PAGE_SIZE,
) -> Page[DoubtRow]:
    """One page of what is doubted in the actor's scope; `sort` is a name of `SORTS`."""
    wanted = filters or DoubtFilters()
    found = scoped_doubts(actor).filter(wanted.q())
    first = (max(page, 1) - 1) * size
    rows = rows_of(found.select_related("household", "case").order_by(*_order(sort))[first:][:size])
    asked = {**wanted.as_document(), "sort": sort, "page": page}
    record_households(actor, "doubt.listed", rows, asked, READ)
    return Page(rows, max(page, 1), size, found.count())


@transaction.atomic
def export_doubts(
    actor: Actor, filters: DoubtFilters | None = None, *, sort: str = "rule"
) -> list[DoubtRow]:
    """Every doubt of a list, for a file; one audit row with every household.

    Raises:
        AccessRefused: without the right to export cases anywhere.
    """
    actor.check_anywhere(EXPORT)
    wanted = filters or DoubtFilters()
    found = scoped_doubts(actor).filter(actor.scope(EXPORT).q("division"), wanted.q())
    rows = rows_of(found.select_related("household", "case").order_by(*_order(sort)))
    asked = {**wanted.as_document(), "sort": sort, "export": True}
    record_households(actor, "doubt.exported", rows, asked, READ)
    return rows


def count_doubts(actor: Actor) -> tuple[int, int]:
    """How many doubts stand, and about how many households; nobody is named."""
    found = scoped_doubts(actor)
    return found.count(), found.values("household").distinct().count()


@dataclass(frozen=True, slots=True)
class FacetChoice:
    """One value of a filter, with how many doubts it would leave."""

    value: str
    label: str
    count: int


def list_doubt_facets(
    actor: Actor, filters: DoubtFilters, kinds: Mapping[str, str]
) -> dict[str, list[FacetChoice]]:
    """The choices of every filter, each counted under all the others; `kinds` are words."""
    found = {}
    for name in ("rules", "divisions", "kinds"):
        rows = scoped_doubts(actor).filter(filters.without(name).q())
        counts = _counts(rows, name)
        labels = _labels(name, {*counts, *getattr(filters, name)}, kinds)
        found[name] = [FacetChoice(key, label, counts.get(key, 0)) for key, label in labels.items()]
    return found


def _counts(rows: QuerySet[Doubt], name: str) -> dict[str, int]:
    if name == "kinds":
        with_case = rows.filter(case__isnull=False).count()
        found = {"case": with_case, "register": rows.count() - with_case}
        return {key: number for key, number in found.items() if number}
    column = "rule" if name == "rules" else "place"
    placed = rows.annotate(place=Substr("division", 1, int(Level.TOWNSHIP)))
    return dict(placed.values_list(column).annotate(n=Count("pk")).order_by(column))


def _labels(name: str, values: Iterable[str], kinds: Mapping[str, str]) -> dict[str, str]:
    if name == "divisions":
        return {each.code: each.name for each in list_divisions(list(values))}
    if name == "kinds":
        return {key: label for key, label in kinds.items() if key in set(values)}
    table, language = quality_table(), reader_language()
    rules = table.rules if table else {}
    return {
        code: f"{code} {rules[code].label.of(language)}" if code in rules else code
        for code in sorted(values)
    }


@dataclass(frozen=True, slots=True)
class RuleCount:
    """One rule, and what it said of the households of the actor's counties."""

    code: str
    label: str
    remedy: str
    source: str
    guarded: bool
    doubtful: int
    unknown: int
    fine: int


def count_rules(actor: Actor) -> tuple[list[RuleCount], datetime | None]:
    """Every rule with its answers by county, and when the latest county was looked through.

    Only whole counties are counted: who sees less is shown the rules without numbers.
    """
    table, language = quality_table(), reader_language()
    if table is None:
        return [], None
    whole = Q(pk__in=())
    for code in map(DivisionCode, actor.scope(READ).divisions):
        if len(code) <= int(Level.COUNTY):
            whole |= Q(county__gte=code, county__lt=code.ceiling)
    rows = QualityCount.objects.filter(whole)
    sums = {
        each["rule"]: each
        for each in rows.values("rule").annotate(
            all_doubtful=Sum("doubtful"), all_unknown=Sum("unknown"), all_fine=Sum("fine")
        )
    }
    counted = []
    for rule in table.rules.values():
        said: Mapping[str, Any] = sums.get(rule.code, {})
        counted.append(
            RuleCount(
                code=rule.code,
                label=rule.label.of(language),
                remedy=rule.remedy.of(language),
                source=rule.source,
                guarded=bool(rule.guards),
                doubtful=said.get("all_doubtful", 0),
                unknown=said.get("all_unknown", 0),
                fine=said.get("all_fine", 0),
            )
        )
    latest: datetime | None = rows.aggregate(at=Max("checked_at"))["at"]
    return counted, latest
