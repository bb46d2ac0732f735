"""One clue: why it came, what may be done now, what was done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from bangfu.cases.permissions import READ
from bangfu.cases.queries.details import get_clue
from bangfu.cases.services import assign_clues, dismiss_clue, reopen_clue, verify_clue
from bangfu.foundation.access.api import AccessRefused, requires
from bangfu.foundation.ui.api import in_words
from bangfu.foundation.ui.panels import panels_for
from bangfu.kernel.problems import Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from django.http import HttpResponse, QueryDict

    from bangfu.cases.queries.details import ClueDetail
    from bangfu.foundation.access.api import ActingRequest, Actor
    from bangfu.kernel.problems import Problem


_SIGNS: Final = {"<=": "≤", ">=": "≥", "==": "=", "!=": "≠", "in": ""}
"""Comparisons as people write them; what is one of several stands beside their names."""


@requires(READ)
@require_safe
def show_clue(request: ActingRequest, clue_id: UUID) -> HttpResponse:
    """A clue's page."""
    return _page(request, get_clue(request.actor, clue_id))


def _page(
    request: ActingRequest,
    detail: ClueDetail,
    problems: tuple[Problem, ...] = (),
    typed: Mapping[str, Any] | None = None,
) -> HttpResponse:
    evidence = [
        {
            "label": in_words(each["label"]),
            "shown": in_words(each["shown"]),
            "limit": in_words(each["limit_shown"]) if each["limit_shown"] else "",
            "sign": _SIGNS.get(each["operator"], each["operator"]),
        }
        for each in detail.evidence
    ]
    context = {
        "clue": detail,
        "row": detail.row,
        "evidence": evidence,
        "problems": problems,
        "panels": panels_for("clue", request, detail),
        "typed": typed or {"move": "", "note": "", "to": "", "reason": ""},
    }
    status = 409 if problems else 200
    return render(request, "cases/clue.html", context, status=status)


@requires(READ)
@require_POST
def move_clue(request: ActingRequest, clue_id: UUID) -> HttpResponse:
    """Make a move; what is refused comes back with its reason and all that was typed."""
    form = request.POST
    move = form.get("move", "")
    act = _MOVES.get(move)
    try:
        if act is None:
            raise Refused
        act(request.actor, clue_id, form)
    except AccessRefused:
        # No reason of the procedure: answered, and kept in the audit, like every such attempt.
        raise
    except Refused as refused:
        typed = {name: form.get(name, "") for name in ("move", "note", "to", "reason")}
        return _page(request, get_clue(request.actor, clue_id), refused.problems, typed)
    messages.success(request, _("已办好，记在办理过程里。"))
    return redirect("cases:clue", clue_id)


def _seen(form: QueryDict) -> int | None:
    text = form.get("seen", "")
    return int(text) if text.isascii() and text.isdigit() else None


def _note(form: QueryDict) -> str:
    return form.get("note", "").strip()


def _assign(actor: Actor, clue_id: UUID, form: QueryDict) -> None:
    seen = _seen(form)
    wished = form.get("to", "")
    outcome = assign_clues(
        actor=actor,
        clue_ids=[clue_id],
        assignee_id=UUID(wished) if wished else None,
        reassign=form.get("move") == "reassign",
        note=_note(form),
        seen={} if seen is None else {clue_id: seen},
    )
    if clue_id in outcome.refused:
        raise Refused(*outcome.refused[clue_id])


def _verify(actor: Actor, clue_id: UUID, form: QueryDict) -> None:
    verify_clue(actor=actor, clue_id=clue_id, note=_note(form), seen=_seen(form))


def _dismiss(actor: Actor, clue_id: UUID, form: QueryDict) -> None:
    reason = form.get("reason", "")
    dismiss_clue(actor=actor, clue_id=clue_id, reason=reason, note=_note(form), seen=_seen(form))


def _reopen(actor: Actor, clue_id: UUID, form: QueryDict) -> None:
    reopen_clue(actor=actor, clue_id=clue_id, note=_note(form), seen=_seen(form))


_MOVES: Final[dict[str, Callable[[Actor, UUID, QueryDict], None]]] = {
    "assign": _assign,
    "reassign": _assign,
    "verify": _verify,
    "dismiss": _dismiss,
    "reopen": _reopen,
}
"""The service behind each move; a test holds this to the procedure's table."""
