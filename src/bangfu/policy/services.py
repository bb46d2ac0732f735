"""Publishing packs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction

from bangfu.foundation.audit.api import record
from bangfu.foundation.clock.api import now, today
from bangfu.kernel.problems import Problem, Refused
from bangfu.policy.domain.succession import Tenure, first_day, give_way
from bangfu.policy.models import PackVersion, Status
from bangfu.policy.permissions import PUBLISH
from bangfu.policy.queries import find_version, phases_of
from bangfu.rules.api import load_sources, read_sources, run_pack_tests

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from bangfu.foundation.access.api import Actor
    from bangfu.rules.api import Pack


def check_publishable(pack: Pack) -> None:
    """Refuse a pack that must not come into force here.

    Raises:
        PackInvalid: a table of phases that is wrong.
        Refused: a demo pack outside a demo home, a pack whose own tests fail, or a version label
            that already stands for another content.
    """
    phases_of(pack)
    if pack.demo and not settings.BANGFU_DEMO:
        raise Refused(Problem("policy.demo_pack", values={"pack": pack.name}))
    failed = [each.problem for each in run_pack_tests(pack) if each.problem is not None]
    if failed:
        raise Refused(*failed)
    same_label = PackVersion.objects.filter(label=pack.label).exclude(hash=pack.hash)
    if not pack.demo and same_label.exists():
        raise Refused(Problem("policy.label_taken", values={"label": pack.label}))


@transaction.atomic
def publish_pack(*, actor: Actor, path: str | Path, valid_from: date | None = None) -> PackVersion:
    """Put a pack (a name of the product's, or a folder) into force from a day on.

    Without `valid_from` the first version of a home holds from the first day it has values for,
    and every later one from today. Publishing what already holds from that day changes nothing.

    Raises:
        AccessRefused: when the actor may not publish for the pack's division.
        PackInvalid: a pack that is refused, with file, line and reason.
        Refused: see `check_publishable`.
    """
    pack = load_sources(read_sources(path))
    actor.check(PUBLISH, pack.scope)
    check_publishable(pack)
    is_first = not PackVersion.objects.exists()
    start = valid_from or (first_day(pack, today()) if is_first else today())
    holding = find_version(start)
    # Procedures and the calendar are no part of the hash, which is of what judges households.
    same = holding is not None and (holding.hash, holding.content) == (pack.hash, _content(pack))
    if holding is not None and same and holding.valid_to is None:
        return holding
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


def _content(pack: Pack) -> list[dict[str, Any]]:
    return [{"name": each.name, "files": dict(each.files)} for each in pack.sources]


def _write(actor: Actor, pack: Pack, start: date) -> PackVersion:
    return PackVersion.objects.create(
        pack=pack.name,
        label=pack.label,
        hash=pack.hash,
        content=_content(pack),
        valid_from=start,
        demo=pack.demo,
        published_by_id=actor.person_id,
        publisher=actor.name,
        published_at=now(),
    )
