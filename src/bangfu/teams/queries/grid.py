"""Reading the grid: cells of the nets, who serves in them, and what is missing."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q

from bangfu.foundation.audit.api import record_listed
from bangfu.foundation.clock.api import today
from bangfu.registry.api import division_name
from bangfu.teams.domain.catalogue import load_catalogue
from bangfu.teams.models import Duty, GridCell
from bangfu.teams.models.periods import holding
from bangfu.teams.permissions import MANAGE, READ
from bangfu.teams.queries.duties import SUBJECT
from bangfu.teams.queries.pages import check_export, within

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from django.db.models import QuerySet

    from bangfu.foundation.access.api import Actor

HEAD: Final = "grid_head"


@dataclass(frozen=True, slots=True)
class CellView:
    """A cell with who serves in it, the head first."""

    cell: GridCell
    duties: tuple[Duty, ...]

    @property
    def headless(self) -> bool:
        """Whether it has no grid head."""
        return all(each.role != HEAD for each in self.duties)


@dataclass(frozen=True, slots=True)
class GridCounts:
    """How many cells a net has, and how many of them lack a head."""

    tier: str
    cells: int
    headless: int


def scoped_cells(actor: Actor, capability: str = READ) -> QuerySet[GridCell]:
    """The cells of places in which the actor holds a capability."""
    return GridCell.objects.filter(actor.scope(capability).q("place"))


def count_cells(actor: Actor, division: str = "", on: date | None = None) -> list[GridCounts]:
    """Cells and cells without a head by tier, of a place and day; names nobody."""
    day = on or today()
    cells = scoped_cells(actor).filter(holding(day), within("place", division))
    headed = Duty.objects.filter(holding(day), cell=OuterRef("pk"), role=HEAD)
    counts = []
    for tier in load_catalogue().nets:
        of_tier = cells.filter(tier=tier)
        headless = of_tier.filter(~Exists(headed)).count()
        counts.append(GridCounts(tier, of_tier.count(), headless))
    return counts


@dataclass(frozen=True, slots=True)
class NetView:
    """A net with how many cells it has, and how many of them lack a head."""

    code: str
    name: str
    cells: int
    headless: int


def list_nets(actor: Actor, tier: str, division: str = "", on: date | None = None) -> list[NetView]:
    """The nets of a tier that the actor reaches, those with gaps first; names nobody."""
    day = on or today()
    cells = scoped_cells(actor).filter(holding(day), within("place", division), tier=tier)
    headed = Exists(Duty.objects.filter(holding(day), cell=OuterRef("pk"), role=HEAD))
    groups = cells.annotate(headed=headed).values("net").order_by("net")
    counted = groups.annotate(n=Count("id"), missing=Count("id", filter=Q(headed=False)))
    nets = [
        NetView(row["net"], division_name(row["net"], day), row["n"], row["missing"])
        for row in counted
    ]
    return sorted(nets, key=lambda each: each.headless == 0)


@transaction.atomic
def list_net(actor: Actor, tier: str, net: str, on: date | None = None) -> list[CellView]:
    """The cells of one net on a day, those without a head first; one audit row."""
    day = on or today()
    cells = scoped_cells(actor).filter(holding(day), tier=tier, net=net)
    views = _with_people(list(cells.order_by("kind", "place", "name")), day)
    _keep(actor, net, day, views)
    return sorted(views, key=lambda each: not each.headless)


@transaction.atomic
def grid_of(actor: Actor, division: str, on: date | None = None) -> list[CellView]:
    """The cells in a division on a day, the widest net first; one audit row when people serve."""
    day = on or today()
    cells = scoped_cells(actor).filter(holding(day), within("place", division))
    views = _with_people(list(cells.order_by("place", "kind", "name")), day)
    order = list(load_catalogue().nets)
    _keep(actor, division, day, views)
    return sorted(views, key=lambda each: order.index(each.cell.tier))


def cells_around(actor: Actor, village: str) -> list[CellView]:
    """A village's own cell and those in it, today. The page that shows them stands in the audit."""
    cells = scoped_cells(actor).filter(holding(today()), within("place", village))
    return _with_people(list(cells.order_by("tier", "kind", "name")), today())


def _keep(actor: Actor, division: str, day: date, views: Sequence[CellView]) -> None:
    ids = dict.fromkeys(duty.cadre_id for view in views for duty in view.duties)
    if ids:
        filters = {"list": "grid", "division": division, "on": day.isoformat()}
        record_listed(actor, SUBJECT, filters, ids, division)


def _with_people(cells: Sequence[GridCell], day: date) -> list[CellView]:
    held: dict[object, list[Duty]] = defaultdict(list)
    duties = Duty.objects.filter(holding(day), cell__in=[each.pk for each in cells])
    order = list(load_catalogue().roles)
    for duty in duties.select_related("cadre", "organisation").order_by("valid_from", "id"):
        held[duty.cell_id].append(duty)
    return [
        CellView(each, tuple(sorted(held[each.pk], key=lambda duty: order.index(duty.role))))
        for each in cells
    ]


@transaction.atomic
def export_grid(actor: Actor, division: str = "") -> list[CellView]:
    """All cells of a place with everybody who ever served in them, for a file.

    Raises:
        AccessRefused: without the right to manage in the division asked for, or anywhere.
    """
    check_export(actor, division)
    cells = scoped_cells(actor, MANAGE).filter(within("place", division), valid_to__isnull=True)
    found = list(cells.order_by("tier", "net", "kind", "place", "name"))
    held: dict[object, list[Duty]] = defaultdict(list)
    duties = Duty.objects.filter(cell__in=cells).select_related("cadre", "organisation")
    for duty in duties.order_by("role", "valid_from", "id"):
        held[duty.cell_id].append(duty)
    views = [CellView(each, tuple(held[each.pk])) for each in found]
    _keep(actor, division, today(), views)
    return views
