"""Runs: a snapshot judged by the pack in force, and what that means for the findings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from bangfu.foundation.clock.api import now, today
from bangfu.kernel.problems import Problem, Refused
from bangfu.policy.api import active_pack
from bangfu.screening.domain.judging import Engine
from bangfu.screening.domain.watching import Unwatched
from bangfu.screening.models import Run
from bangfu.screening.permissions import RUN
from bangfu.screening.queries.files import folder_of, open_snapshot
from bangfu.screening.queries.runs import find_same_run, has_later_run
from bangfu.screening.services.judgement import Judgement, judge_snapshot
from bangfu.screening.services.simulation import compare_with_force
from bangfu.screening.services.snapshots import take_snapshot
from bangfu.screening.services.writing import write_regular, write_run

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date
    from pathlib import Path

    from bangfu.foundation.access.api import Actor
    from bangfu.screening.domain.watching import Watch
    from bangfu.screening.models import Snapshot

_UNWATCHED: Final = Unwatched()


def run_screening(
    *,
    actor: Actor,
    division: str = "",
    as_of: date | None = None,
    engine: str = Engine.EMBEDDED,
    overrides: Mapping[str, str | int] | None = None,
    folder: Path | None = None,
    watch: Watch = _UNWATCHED,
) -> Run:
    """Judge every household of a division, or of the snapshot in `folder`, by the pack in force.

    A regular run writes findings and announces the new ones. With `overrides` it is a simulation,
    and with an older day than the last regular run, or with `folder`, a replay: both write a run
    to look at, and nothing else.

    Args:
        as_of: the day to judge for; today, or the snapshot's own day.
        engine: `embedded` or `reference`.
        overrides: values to try out, in the units the pack names.
        watch: told how far the work is.

    Raises:
        AccessRefused: when the actor may not screen there.
        Refused: `screening.as_of_future`, `screening.unknown_engine`, the pack's refusals of
            overrides, `screening.no_snapshot`, `screening.snapshot_altered`.
        EnginesDisagree: when the reference contradicts the engine; nothing is kept.
    """
    chosen = _engine(engine)
    judgement = _judge(actor, division, as_of, chosen, overrides or {}, folder, watch)
    if judgement.overrides:
        return write_run(
            actor=actor,
            judgement=judgement,
            kind=Run.Kind.SIMULATION,
            comparison=compare_with_force(judgement),
            watch=watch,
        )
    if folder is not None or has_later_run(judgement.division, judgement.as_of):
        return write_run(actor=actor, judgement=judgement, kind=Run.Kind.REPLAY, watch=watch)
    return write_regular(actor=actor, judgement=judgement, watch=watch)


def _engine(name: str) -> Engine:
    try:
        return Engine(name)
    except ValueError:
        values = {"engine": name, "known": " ".join(Engine)}
        raise Refused(Problem("screening.unknown_engine", values=values)) from None


def _judge(
    actor: Actor,
    division: str,
    as_of: date | None,
    engine: Engine,
    overrides: Mapping[str, str | int],
    folder: Path | None,
    watch: Watch,
) -> Judgement:
    started = now()
    day = as_of or today()
    if day > today():
        raise Refused(Problem("screening.as_of_future", values={"day": day.isoformat()}))
    if folder is None:
        # A wrong override is told before the register is frozen.
        active_pack(day).parameters_on(day, division, overrides)
        watch.progress(0, 3, "snapshot")
        snapshot = take_snapshot(actor=actor, division=division, as_of=day)
        manifest = open_snapshot(folder_of(snapshot), day)
        source: tuple[Snapshot | None, Path] = (snapshot, folder_of(snapshot))
    else:
        manifest = open_snapshot(folder, day)
        day = as_of or manifest.as_of
        actor.check(RUN, manifest.division)
        source = (None, folder)
    watch.progress(1, 3, "judging")
    return judge_snapshot(
        manifest=manifest,
        source=source,
        pack=active_pack(day),
        engine=engine,
        as_of=day,
        overrides=overrides,
        started=started,
    )


def rescreen_changed(
    *, actor: Actor, counties: Iterable[str], watch: Watch = _UNWATCHED
) -> list[Run]:
    """Screen counties after their register changed; one whose answers cannot differ is left out.

    Raises:
        AccessRefused: when the actor may not screen there.
    """
    runs: list[Run] = []
    wanted = sorted(set(counties))
    for done, county in enumerate(wanted):
        watch.progress(done, len(wanted), "counties")
        judgement = _judge(actor, county, None, Engine.EMBEDDED, {}, None, _UNWATCHED)
        if find_same_run(judgement.division, judgement.fingerprint) is None:
            runs.append(write_regular(actor=actor, judgement=judgement, watch=watch))
    return runs


def run_details(run: Run) -> dict[str, Any]:
    """What a job answers: ids and counts, nothing personal."""
    return {"run": str(run.id), "digest": run.digest, "new": run.new, "cleared": run.cleared}
