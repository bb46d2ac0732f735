"""What the appeal table's guards may know of the person who acts on an appeal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from bangfu.cases.models import Case, CaseVisit

if TYPE_CHECKING:
    from uuid import UUID

    from bangfu.cases.models import Appeal
    from bangfu.foundation.access.api import Actor

OBJECTION: Final = "objection"
COMPLAINT: Final = "complaint"
CORRECTION: Final = "correction"


def case_of_matter(matter_id: UUID) -> UUID | None:
    """The case whose matter this is; unscoped: a public notice names the matter."""
    return Case.objects.filter(matter=matter_id).values_list("pk", flat=True).first()


def mover_facts(actor: Actor, appeal: Appeal) -> dict[str, Any]:
    """What the appeal table's guards may know before a form is filled in."""
    me = str(actor.person_id)
    investigators = {str(each["id"]) for each in appeal.investigators}
    return {
        "kind": appeal.kind,
        "mover_investigated": me in investigators,
        "mover_checked": appeal.case_id is not None and _checked(actor, appeal.case_id),
    }


def _checked(actor: Actor, case_id: UUID) -> bool:
    """Whether the actor was at a visit to the household of a case, or wrote it down."""
    if actor.person_id is None:
        return False
    me = str(actor.person_id)
    rows = CaseVisit.objects.filter(case=case_id).only("visitors", "by_id")
    return any(
        row.by_id == actor.person_id or any(str(each.get("id")) == me for each in row.visitors)
        for row in rows
    )
