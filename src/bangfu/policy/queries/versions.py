"""Reading published packs."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.http import Http404

from bangfu.kernel.problems import NothingInForce, Problem, Refused
from bangfu.policy.models import PackProposal, PackVersion, Status
from bangfu.policy.permissions import READ
from bangfu.rules.api import PackSource, load_sources, run_pack_tests

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from bangfu.foundation.access.api import Actor
    from bangfu.rules.api import CaseOutcome, Pack


def sources_in(row: PackVersion | PackProposal) -> tuple[PackSource, ...]:
    """The files of a chain as they were published or proposed."""
    # PostgreSQL keeps the keys of JSON in an order of its own; a source's files are sorted by path.
    content: list[dict[str, Any]] = row.content
    return tuple(PackSource(each["name"], dict(sorted(each["files"].items()))) for each in content)


Files = tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


def _files(sources: tuple[PackSource, ...]) -> Files:
    return tuple((each.name, tuple(each.files.items())) for each in sources)


def _as_sources(files: Files) -> tuple[PackSource, ...]:
    return tuple(PackSource(name, dict(each)) for name, each in files)


@lru_cache(maxsize=32)
def _loaded(files: Files) -> Pack:
    return load_sources(_as_sources(files))


@lru_cache(maxsize=32)
def _outcomes(files: Files) -> tuple[CaseOutcome, ...]:
    return run_pack_tests(_loaded(files))


def load_checked(sources: tuple[PackSource, ...]) -> Pack:
    """The pack that the last of `sources` is; the same files are read and checked once.

    Raises:
        PackInvalid: with every problem found, each with file and line.
    """
    return _loaded(_files(sources))


def case_outcomes(pack: Pack) -> tuple[CaseOutcome, ...]:
    """How the pack's own cases went; the same files answer the same and are run once."""
    return _outcomes(_files(pack.sources))


@lru_cache(maxsize=16)
def get_pack(hash_: str) -> Pack:
    """The published pack with this hash, as it was published.

    Raises:
        Refused: `policy.unknown_version`; `policy.content_altered` when the stored content does
            not give this hash any more.
    """
    version = PackVersion.objects.filter(hash=hash_).first()
    if version is None:
        raise Refused(Problem("policy.unknown_version", values={"hash": hash_[:12]}))
    return _load(version)


def _load(row: PackVersion | PackProposal) -> Pack:
    pack = load_checked(sources_in(row))
    if pack.hash != row.hash:
        raise Refused(Problem("policy.content_altered", values={"label": row.label}))
    return pack


@lru_cache(maxsize=16)
def pack_of_version(version_id: UUID) -> Pack:
    """A version's own pack: two versions may judge alike and differ in procedures or calendar.

    Raises:
        Refused: `policy.content_altered`.
    """
    return _load(PackVersion.objects.get(pk=version_id))


@lru_cache(maxsize=8)
def pack_of_proposal(proposal_id: UUID) -> Pack:
    """A proposed pack, from the content as it was sent.

    Raises:
        Refused: `policy.content_altered`.
    """
    return _load(PackProposal.objects.get(pk=proposal_id))


def get_version(*, actor: Actor, version_id: UUID) -> PackVersion:
    """One version, without its content.

    Raises:
        AccessRefused: when the actor may read policy nowhere.
        Http404: when there is no such version.
    """
    if not actor.holds(READ):
        actor.check(READ, "")
    found = PackVersion.objects.defer("content").filter(pk=version_id).first()
    if found is None:
        raise Http404
    return found


def find_version(on: date) -> PackVersion | None:
    """The version that holds on a day, without its content; None when none does."""
    holding = PackVersion.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=on), valid_from__lte=on, status=Status.PUBLISHED
    )
    return holding.defer("content").first()


def active_pack(on: date) -> Pack:
    """The pack that holds on a day.

    Policy concerns nobody in person: it is read without an actor.

    Raises:
        NothingInForce: `policy.nothing_in_force`.
    """
    pack = find_pack(on)
    if pack is None:
        raise NothingInForce(Problem("policy.nothing_in_force", values={"day": on.isoformat()}))
    return pack


def find_pack(on: date) -> Pack | None:
    """The pack that holds on a day; None when none does."""
    version = find_version(on)
    return pack_of_version(version.pk) if version else None


def list_versions(*, actor: Actor) -> list[PackVersion]:
    """Every version ever published, the latest first, without the contents.

    Raises:
        AccessRefused: when the actor may read policy nowhere.
    """
    if not actor.holds(READ):
        actor.check(READ, "")
    return list(PackVersion.objects.defer("content").select_related("published_by"))
