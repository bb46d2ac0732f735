"""Writing a run: its row and counts and, of a regular one, the findings."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

import polars as pl
from django.db import transaction

from bangfu.foundation.audit.api import record
from bangfu.foundation.bulk.api import fetch_by, insert_rows, update_rows
from bangfu.foundation.clock.api import new_id, now
from bangfu.foundation.jobs.api import announce
from bangfu.kernel.division import DivisionCode
from bangfu.rules.api import Outcome
from bangfu.screening.domain.changes import Changes, Spot, compare_findings
from bangfu.screening.domain.evidence import evidence_document
from bangfu.screening.domain.judging import explain_fired
from bangfu.screening.domain.outcomes import KEY
from bangfu.screening.models import Finding, RuleCount, Run, Turn
from bangfu.screening.queries.files import read_keys, read_part
from bangfu.screening.queries.homes import keys_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bangfu.foundation.access.api import Actor
    from bangfu.screening.domain.watching import Watch
    from bangfu.screening.services.judgement import CountyJudgement, Judgement

FOUND: Final = "screening.findings_found"
_FINDINGS_AN_EVENT: Final = 500
_COLUMNS: Final = (
    "id",
    "household_id",
    "division",
    "rule",
    "risk",
    "severity",
    "first_run_id",
    "last_run_id",
    "document",
    "found_at",
    "cleared_because",
)


@transaction.atomic
def write_run(
    *,
    actor: Actor,
    judgement: Judgement,
    kind: Run.Kind,
    watch: Watch,
    comparison: dict[str, Any] | None = None,
) -> Run:
    """Write the run and its counts, and nothing else."""
    run = _insert_run(actor, judgement, kind, comparison)
    _record(actor, run)
    watch.confirm_lease()
    return run


def write_regular(*, actor: Actor, judgement: Judgement, watch: Watch) -> Run:
    """Write the run and what it means for the findings; announce the new ones.

    The evidence is drawn before the transaction, which holds the counties' turns only while it
    writes.

    Raises:
        EnginesDisagree: when the reference contradicts the engine.
    """
    watch.progress(2, 3, "evidence")
    documents = _documents(judgement)
    with transaction.atomic():
        _take_turns(county.part.county for county in judgement.counties)
        run = _insert_run(actor, judgement, Run.Kind.REGULAR, None)
        _write_findings(run, judgement, documents)
        _record(actor, run)
        watch.confirm_lease()
    watch.progress(3, 3, "done")
    return run


def _insert_run(
    actor: Actor, judgement: Judgement, kind: Run.Kind, comparison: dict[str, Any] | None
) -> Run:
    pack, manifest = judgement.pack, judgement.manifest
    run = Run.objects.create(
        kind=kind,
        division=judgement.division,
        snapshot=judgement.snapshot,
        snapshot_hash=manifest.hash,
        engine=judgement.engine.value,
        pack=pack.name,
        pack_version=pack.version,
        pack_hash=pack.hash,
        demo=pack.demo,
        as_of=judgement.as_of,
        source_date=manifest.source_date,
        fingerprint=judgement.fingerprint,
        parameters=judgement.parameters,
        overrides={name: str(value) for name, value in judgement.overrides.items()},
        missing=judgement.missing,
        digest=judgement.digest,
        places=judgement.places,
        comparison=comparison,
        households=manifest.households,
        members=manifest.members,
        started_at=judgement.started,
        finished_at=now(),
        by_id=actor.person_id,
        by_name=actor.name,
    )
    RuleCount.objects.bulk_create(
        RuleCount(
            run=run,
            position=position,
            rule=each.rule,
            risk=pack.rules[each.rule].risk,
            label={"zh": pack.rules[each.rule].text.zh, "en": pack.rules[each.rule].text.en},
            fired=each.fired,
            clear=each.clear,
            unknown=each.unknown,
        )
        for position, each in enumerate(judgement.tallies)
    )
    return run


def _documents(judgement: Judgement) -> dict[Spot, dict[str, Any]]:
    """The reference's evidence of everything that fired, by household and rule."""
    found: dict[Spot, dict[str, Any]] = {}
    for county in judgement.counties:
        found |= _documents_in(judgement, county)
    return found


def _documents_in(judgement: Judgement, county: CountyJudgement) -> dict[Spot, dict[str, Any]]:
    fired = county.outcomes.filter(pl.col("outcome") == Outcome.FIRED.value)
    homes = {(key, rule): home for key, rule, home in fired.select(KEY, "rule", "home").iter_rows()}
    register = read_part(judgement.folder, county.part)
    verdicts = explain_fired(
        judgement.pack, register, judgement.as_of, county.parameters, homes.keys()
    )
    return {
        (UUID(homes[spot]), spot[1]): evidence_document(verdict)
        for spot, verdict in verdicts.items()
        if homes[spot]
    }


def _take_turns(counties: Iterable[str]) -> None:
    """Hold the counties until the transaction ends: two runs do not compare with one past."""
    wanted = sorted(set(counties))
    Turn.objects.bulk_create([Turn(county=each) for each in wanted], ignore_conflicts=True)
    list(Turn.objects.select_for_update().filter(county__in=wanted).order_by("county"))


def _write_findings(
    run: Run, judgement: Judgement, documents: Mapping[Spot, dict[str, Any]]
) -> None:
    standing = _standing(run.division, {household for household, _ in documents})
    unknown = _unknown(judgement)
    over = standing.keys() - documents.keys() - unknown
    present = _present(judgement, {household for household, _ in over})
    changes = compare_findings(standing, documents.keys(), unknown, present, judgement.pack.rules)
    _insert(run, judgement, changes, documents)
    _go_on(run, judgement, changes, documents, standing)
    _end(run, changes, standing)
    run.new, run.continuing, run.cleared = (
        len(changes.new),
        len(changes.continuing),
        len(changes.ended),
    )
    run.save(update_fields=["new", "continuing", "cleared"])


def _standing(division: str, households: set[UUID]) -> dict[Spot, UUID]:
    """The standing findings of a division, and of households that have moved into it since."""
    place = DivisionCode(division)
    rows = Finding.objects.filter(cleared_at=None).only("household_id", "rule")
    here = rows.filter(division__gte=place, division__lt=place.ceiling)
    moved = fetch_by(rows, "household_id", households)
    return {(each.household_id, each.rule): each.pk for each in (*here, *moved)}


def _unknown(judgement: Judgement) -> set[Spot]:
    unknown = pl.col("outcome") == Outcome.UNKNOWN.value
    rows = judgement.outcomes.filter(unknown & pl.col("home").is_not_null())
    return {(UUID(home), rule) for home, rule in rows.select("home", "rule").iter_rows()}


def _present(judgement: Judgement, households: set[UUID]) -> set[UUID]:
    """Those of the households that the snapshot holds."""
    keys = keys_of(households)
    held: set[int] = set()
    for county in judgement.counties if keys else ():
        held |= set(read_keys(judgement.folder, county.part))
    return {household for household, key in keys.items() if key in held}


def _villages(judgement: Judgement) -> dict[UUID, str]:
    rows = judgement.outcomes.filter(pl.col("home").is_not_null()).select("home", "village")
    return {UUID(home): village for home, village in rows.unique().iter_rows()}


def _insert(
    run: Run,
    judgement: Judgement,
    changes: Changes,
    documents: Mapping[Spot, dict[str, Any]],
) -> None:
    villages, rules, moment = _villages(judgement), judgement.pack.rules, now()
    rows = [
        (
            new_id(),
            household,
            villages[household],
            rule,
            rules[rule].risk,
            rules[rule].severity,
            run.pk,
            run.pk,
            json.dumps(documents[household, rule], ensure_ascii=False),
            moment,
            "",
        )
        for household, rule in changes.new
    ]
    insert_rows(Finding, _COLUMNS, rows)
    ids = [str(row[0]) for row in rows]
    for start in range(0, len(ids), _FINDINGS_AN_EVENT):
        found = ids[start : start + _FINDINGS_AN_EVENT]
        announce(FOUND, {"run": str(run.pk), "findings": found})


def _go_on(
    run: Run,
    judgement: Judgement,
    changes: Changes,
    documents: Mapping[Spot, dict[str, Any]],
    standing: Mapping[Spot, UUID],
) -> None:
    villages = _villages(judgement)
    rows = [
        (
            standing[spot],
            run.pk,
            villages[spot[0]],
            json.dumps(documents[spot], ensure_ascii=False),
        )
        for spot in changes.continuing
    ]
    update_rows(Finding, ("id", "last_run_id", "division", "document"), rows)


def _end(run: Run, changes: Changes, standing: Mapping[Spot, UUID]) -> None:
    moment = now()
    rows = [
        (standing[spot], moment, run.pk, ending.value) for spot, ending in changes.ended.items()
    ]
    update_rows(Finding, ("id", "cleared_at", "cleared_run_id", "cleared_because"), rows)


def _record(actor: Actor, run: Run) -> None:
    record(
        actor=actor,
        action="screening.run",
        kind="changed",
        subject_type="run",
        subject_ids=[run.pk],
        division=run.division,
        count=run.households,
        filters={"kind": str(run.kind), "engine": run.engine, "as_of": run.as_of.isoformat()},
    )
