"""Publishing packs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction

from bangfu.foundation.audit.api import record
from bangfu.foundation.clock.api import now, today
from bangfu.kernel.problems import Problem, Refused
from bangfu.policy.domain.admission import check_elsewhere
from bangfu.policy.domain.succession import Tenure, first_day, give_way
from bangfu.policy.models import PackVersion, Status
from bangfu.policy.permissions import PUBLISH
from bangfu.policy.queries import case_outcomes, find_version, load_checked, phases_of
from bangfu.rules.api import read_sources

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from pathlib import Path

    from bangfu.foundation.access.api import Actor
    from bangfu.rules.api import CaseOutcome, Pack


def check_admitted(pack: Pack) -> None:
    """Refuse a pack that must not come into force here, whatever its own cases say.

    Raises:
        PackInvalid: a table of phases that is wrong.
        Refused: what a room above refuses (`register_admission`); a demo pack outside a demo
            home; a version label that already stands for another content.
    """
    phases_of(pack)
    check_elsewhere(pack)
    if pack.demo and not settings.BANGFU_DEMO:
        raise Refused(Problem("policy.demo_pack", values={"pack": pack.name}))
    same_label = PackVersion.objects.filter(label=pack.label).exclude(hash=pack.hash)
    if not pack.demo and same_label.exists():
        raise Refused(Problem("policy.label_taken", values={"label": pack.label}))


def failed_cases(outcomes: Iterable[CaseOutcome]) -> tuple[Problem, ...]:
    """Why the cases that do not hold do not."""
    return tuple(each.problem for each in outcomes if each.problem is not None)


def content_of(pack: Pack) -> list[dict[str, Any]]:
    """The files of the chain as they are kept."""
    return [{"name": each.name, "files": dict(each.files)} for each in pack.sources]


def find_same(pack: Pack, start: date) -> PackVersion | None:
    """The version that holds from `start` on and says the very same; None when there is none.

    Procedures and the calendar are no part of the hash, which is of what judges households.
    """
    holding = find_version(start)
    if holding is None or holding.valid_to is not None:
        return None
    same = (holding.hash, holding.content) == (pack.hash, content_of(pack))
    return holding if same else None


@transaction.atomic
def publish_pack(*, actor: Actor, path: str | Path, valid_from: date | None = None) -> PackVersion:
    """Put a pack (a name of the product's, or a folder) into force from a day on.

    Without `valid_from` the first version of a home holds from the first day it has values for,
    and every later one from today. Publishing what already holds from that day changes nothing.

    Raises:
        AccessRefused: when the actor may not publish for the pack's division.
        PackInvalid: a pack that is refused, with file, line and reason.
        Refused: see `check_admitted`; or a case of the pack that does not hold.
    """
    pack = load_checked(read_sources(path))
    actor.check(PUBLISH, pack.scope)
    check_admitted(pack)
    failed = failed_cases(case_outcomes(pack))
    if failed:
        raise Refused(*failed)
    is_first = not PackVersion.objects.exists()
    start = valid_from or (first_day(pack, today()) if is_first else today())
    return put_in_force(actor, pack, start)


def put_in_force(actor: Actor, pack: Pack, start: date) -> PackVersion:
    """Write a checked pack as what holds from `start` on, in the caller's transaction."""
    same = find_same(pack, start)
    if same is not None:
        return same
    _make_room(start)
    version = _write(actor, pack, start)
    record(
        actor=actor, action="policy.pack_published", kind="changed", subject_type="pack_version",
        subject_ids=[version.pk], division=pack.scope, filters={"valid_from": start.isoformat()},
    )  # fmt: skip
    return version


def _make_room(start: date) -> None:
    holding = PackVersion.objects.select_for_update().filter(status=Status.PUBLISHED)
    tenures = [Tenure(each.pk, each.valid_from, each.valid_to) for each in holding.defer("content")]
    ended, replaced = give_way(tenures, start)
    PackVersion.objects.filter(pk__in=ended).update(valid_to=start)
    PackVersion.objects.filter(pk__in=replaced).update(status=Status.REPLACED)


def _write(actor: Actor, pack: Pack, start: date) -> PackVersion:
    return PackVersion.objects.create(
        pack=pack.name,
        label=pack.label,
        hash=pack.hash,
        content=content_of(pack),
        valid_from=start,
        demo=pack.demo,
        published_by_id=actor.person_id,
        publisher=actor.name,
        published_at=now(),
    )
