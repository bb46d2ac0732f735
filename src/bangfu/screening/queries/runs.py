"""Reading runs and findings, inside the actor's scope."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.http import Http404

from bangfu.kernel.division import DivisionCode
from bangfu.screening.models import Finding, Run
from bangfu.screening.permissions import READ

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from bangfu.foundation.access.api import Actor


def _overlapping(division: str) -> Q:
    """Runs of a division, of a part of it, or of a place it lies in."""
    place = DivisionCode(division)
    above = [str(each) for each in place.ancestors()]
    return Q(division__gte=place, division__lt=place.ceiling) | Q(division__in=above)


def has_later_run(division: str, as_of: date) -> bool:
    """Whether a regular run has judged a part of the division for a later day."""
    runs = Run.objects.filter(_overlapping(division), kind=Run.Kind.REGULAR)
    return runs.filter(as_of__gt=as_of).exists()


def find_same_run(division: str, fingerprint: str) -> Run | None:
    """The last regular run that touched the division, if it was decided by the very same."""
    runs = Run.objects.filter(_overlapping(division), kind=Run.Kind.REGULAR)
    last = runs.order_by("-finished_at", "-id").first()
    return last if last is not None and last.fingerprint == fingerprint else None


def list_runs(actor: Actor, *, kind: str = "", limit: int = 50) -> list[Run]:
    """The runs of divisions that lie in the actor's scope, the latest first, with their counts."""
    runs = Run.objects.filter(actor.scope(READ).q("division"))
    if kind:
        runs = runs.filter(kind=kind)
    lean = runs.defer("comparison", "places", "parameters").prefetch_related("counts")
    return list(lean.order_by("-finished_at", "-id")[:limit])


def list_runs_since(actor: Actor, divisions: Sequence[str], moment: datetime) -> list[Run]:
    """The first regular run of each division that ended after a moment, in the actor's scope."""
    runs = Run.objects.filter(actor.scope(READ).q("division"), kind=Run.Kind.REGULAR)
    later = runs.filter(division__in=divisions, finished_at__gte=moment)
    first: dict[str, Run] = {}
    for each in later.defer("comparison", "places", "parameters").order_by("finished_at", "id"):
        first.setdefault(each.division, each)
    return list(first.values())


def get_run(actor: Actor, run_id: UUID) -> Run:
    """One run.

    Raises:
        Http404: when there is none in the actor's scope.
    """
    runs = Run.objects.filter(actor.scope(READ).q("division"))
    run = runs.prefetch_related("counts").select_related("snapshot").filter(pk=run_id).first()
    if run is None:
        raise Http404
    return run


def find_last_run(actor: Actor, division: str) -> Run | None:
    """The last regular run that judged a division; None when it never was, or is out of scope.

    A village is judged with its county: whoever may see findings there may see that run's day.
    """
    if not any(
        place.contains(division) or DivisionCode(division).contains(place)
        for place in actor.scope(READ).divisions
    ):
        return None
    runs = Run.objects.filter(_overlapping(division), kind=Run.Kind.REGULAR)
    return runs.order_by("-finished_at", "-id").first()


def scoped_findings(actor: Actor) -> QuerySet[Finding]:
    """Every finding in the actor's scope."""
    return Finding.objects.filter(actor.scope(READ).q("division"))


def findings_of(actor: Actor, household_id: UUID, *, standing: bool = False) -> list[Finding]:
    """The findings of a household, the standing ones first and then the latest."""
    found = scoped_findings(actor).filter(household_id=household_id)
    rows = found.filter(cleared_at=None) if standing else found
    order = rows.select_related("first_run", "last_run", "cleared_run").order_by(
        "-found_at", "rule"
    )
    return sorted(order, key=lambda finding: finding.cleared_at is not None)


def screen_to_json(run: Run) -> dict[str, Any]:
    """What `bangfu screen --json` prints: the run, its rules and counts."""
    return {
        "run": str(run.pk),
        "kind": str(run.kind),
        "division": run.division,
        "as_of": run.as_of.isoformat(),
        "engine": run.engine,
        "pack": {
            "name": run.pack,
            "version": run.pack_version,
            "hash": run.pack_hash,
            "demo": run.demo,
        },
        "snapshot": run.snapshot_hash,
        "source_date": run.source_date.isoformat() if run.source_date else None,
        "households": run.households,
        "members": run.members,
        "overrides": run.overrides,
        "missing_parameters": run.missing,
        "rules": [
            {
                "rule": each.rule,
                "risk": each.risk,
                "fired": each.fired,
                "clear": each.clear,
                "unknown": each.unknown,
            }
            for each in run.counts.order_by("position")
        ],
        "findings": {"new": run.new, "continuing": run.continuing, "cleared": run.cleared},
        "digest": run.digest,
        **({"comparison": run.comparison} if run.comparison else {}),
    }
