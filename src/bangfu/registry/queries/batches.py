"""Import batches: what a file would do, line by line, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.db.models import Count, Min
from django.http import Http404

from bangfu.foundation.audit.api import record
from bangfu.foundation.ui.wording import ShownProblem, sentence_of, show_problem
from bangfu.registry.domain.document import diff_documents
from bangfu.registry.models import ImportBatch, ImportLine, ImportProblem, Outcome
from bangfu.registry.permissions import IMPORT, READ, REVERSE
from bangfu.registry.queries.divisions import division_name
from bangfu.registry.queries.histories import find_histories
from bangfu.registry.queries.lines import opened_problems, staged_of
from bangfu.registry.queries.pages import Page, bounds
from bangfu.registry.queries.plans import plan_household
from bangfu.registry.queries.reversals import ReversalPlan, plan_reversal
from bangfu.registry.queries.shown import ShownChange, describe_changes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from django.db.models import QuerySet

    from bangfu.foundation.access.api import Actor
    from bangfu.kernel.problems import Problem
    from bangfu.registry.domain.forms import Staged
    from bangfu.registry.queries.histories import History

PAGE_SIZE: Final = 50


@dataclass(frozen=True, slots=True)
class ShownLine:
    """One household of a batch: what committing it would do, field by field, or why it cannot."""

    line: ImportLine
    village: str
    changes: tuple[ShownChange, ...]
    problems: tuple[ShownProblem, ...]


@dataclass(frozen=True, slots=True)
class ProblemCount:
    """How often a problem was met, with its words and the first row it stands in."""

    code: str
    title: str
    remedy: str
    refuses: bool
    count: int
    households: int
    first_row: int


def _visible(actor: Actor) -> QuerySet[ImportBatch]:
    return ImportBatch.objects.filter(actor.scope(READ).q("division"))


def list_batches(actor: Actor, *, page: int = 1, size: int = PAGE_SIZE) -> Page[ImportBatch]:
    """The batches of the actor's divisions, the newest first. They name nobody."""
    found = _visible(actor).filter(discarded_at__isnull=True).order_by("-checked_at", "-id")
    return Page(list(found[bounds(page, size)]), max(page, 1), size, found.count())


def get_batch(actor: Actor, batch_id: UUID) -> ImportBatch:
    """One batch.

    Raises:
        Http404: when the actor sees no such batch.
    """
    batch = _visible(actor).filter(pk=batch_id).first()
    if batch is None:
        raise Http404
    return batch


def get_batch_for(actor: Actor, capability: str, batch_id: UUID) -> ImportBatch:
    """One batch, to do something with it.

    Raises:
        Http404: when the actor sees no such batch.
        AccessRefused: without the capability in its division.
    """
    batch = get_batch(actor, batch_id)
    actor.check(capability, batch.division)
    return batch


def find_batch_of(division: str, files: list[str]) -> ImportBatch | None:
    """The batch that was made of these stored files, or None; for the job that makes it."""
    found = ImportBatch.objects.filter(division=division).order_by("-checked_at", "-id")
    return next((batch for batch in found.iterator() if batch.files == files), None)


def _audit(actor: Actor, batch: ImportBatch, count: int, filters: Mapping[str, Any]) -> None:
    record(
        actor=actor,
        action="registry.batch_previewed",
        kind="listed",
        subject_type="import_batch",
        subject_ids=(batch.id,),
        division=batch.division,
        count=count,
        filters=filters,
    )


@transaction.atomic
def list_lines(
    actor: Actor,
    batch_id: UUID,
    *,
    outcome: str = "",
    code: str = "",
    page: int = 1,
    size: int = PAGE_SIZE,
) -> Page[ShownLine]:
    """The households of a batch in the order of the file.

    Args:
        actor: needs `registry.import` in the batch's division.
        batch_id: which batch.
        outcome: only `new`, `changed`, `unchanged` or `refused` ones.
        code: only those with this problem.
        page: which page, from 1.
        size: lines a page.

    Raises:
        Http404: when the actor sees no such batch.
        AccessRefused: without the right to import there.
    """
    batch = get_batch_for(actor, IMPORT, batch_id)
    found = batch.lines.order_by("position")
    if outcome:
        found = found.filter(outcome=outcome)
    if code:
        found = found.filter(problems__code=code).distinct()
    lines = list(found[bounds(page, size)])
    _audit(actor, batch, len(lines), {"outcome": outcome, "code": code, "page": page})
    return Page(_shown_lines(batch, lines), max(page, 1), size, found.count())


def _shown_lines(batch: ImportBatch, lines: Sequence[ImportLine]) -> list[ShownLine]:
    changed = [line for line in lines if line.outcome == Outcome.CHANGED]
    staged = staged_of(changed)
    histories = find_histories([line.household_number for line in changed], batch.data_date)
    problems: dict[UUID, list[ShownProblem]] = {line.id: [] for line in lines}
    rows = ImportProblem.objects.filter(line__in=problems).order_by("row", "column", "id")
    for row, problem in opened_problems(list(rows)):
        if row.line_id is not None:
            problems[row.line_id].append(show_problem(problem))
    return [
        ShownLine(
            line,
            division_name(line.village_code) if line.village_code else "",
            _changes(batch, staged.get(line.id), histories.get(line.household_number)),
            tuple(problems[line.id]),
        )
        for line in lines
    ]


def _changes(
    batch: ImportBatch, staged: Staged | None, history: History | None
) -> tuple[ShownChange, ...]:
    if staged is None or history is None or history.document is None:
        return ()
    before = history.document
    after = plan_household(staged, history, batch.data_date, {}).document
    changes = diff_documents(before, after)
    return tuple(describe_changes(changes, before, after, history.household_id))


def count_problems(actor: Actor, batch_id: UUID) -> list[ProblemCount]:
    """The problems of a batch by kind, the refusing and most frequent first.

    Raises:
        Http404: when the actor sees no such batch.
        AccessRefused: without the right to import there.
    """
    batch = get_batch_for(actor, IMPORT, batch_id)
    groups = (
        batch.problems.values("code", "refuses")
        .annotate(count=Count("id"), households=Count("line", distinct=True), first_row=Min("row"))
        .order_by("-refuses", "-count", "code")
    )
    return [_problem_count(batch, group) for group in groups]


def _problem_count(batch: ImportBatch, group: Mapping[str, Any]) -> ProblemCount:
    example = batch.problems.filter(code=group["code"]).order_by("row", "column", "id")[:1]
    ((_row, problem),) = opened_problems(list(example))
    title, remedy = sentence_of(problem)
    count = group["count"] if group["refuses"] else batch.notices.get(group["code"], 0)
    return ProblemCount(
        group["code"], title, remedy, group["refuses"], count, group["households"],
        group["first_row"],
    )  # fmt: skip


def list_problems(batch: ImportBatch) -> list[Problem]:
    """Every problem kept of a batch, in the order of rows; for the error workbook."""
    rows = batch.problems.order_by("sheet", "row", "column", "id")
    return [problem for _row, problem in opened_problems(list(rows))]


def preview_reversal(actor: Actor, batch_id: UUID) -> ReversalPlan:
    """What reversing a batch would do now, and whom it would leave alone.

    Raises:
        Http404: when the actor sees no such batch.
        AccessRefused: without the right to reverse there.
    """
    return plan_reversal(get_batch_for(actor, REVERSE, batch_id), actor.scope(REVERSE))
