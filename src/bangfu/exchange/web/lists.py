"""One list: look, commit, discard, withdraw."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bangfu.exchange.imports import write_list_errors
from bangfu.exchange.jobs import COMMIT_LIST
from bangfu.exchange.models import ListState, RowOutcome
from bangfu.exchange.permissions import READ, REGISTER, SUBMIT, WITHDRAW
from bangfu.exchange.queries.feeds import trigger_label
from bangfu.exchange.queries.lists import (
    count_outcomes,
    find_before,
    get_list,
    get_list_for,
)
from bangfu.exchange.queries.rows import RowFilters, list_rows
from bangfu.exchange.services.withdrawing import discard_list, withdraw_list
from bangfu.exchange.web.pages import figures_of, list_url, show_check
from bangfu.exchange.web.tables import ROWS, choices_of, feed_words
from bangfu.foundation.access.api import AccessRefused, requires
from bangfu.foundation.jobs.api import enqueue
from bangfu.foundation.pages.api import (
    file_words,
    filters_in_words,
    list_workbook,
    tell_problems,
    workbook_answer,
)
from bangfu.foundation.ui.api import ReasonForm, present, read_state, reader_language
from bangfu.kernel.problems import Refused
from bangfu.registry.api import division_name

if TYPE_CHECKING:
    from typing import Any
    from uuid import UUID

    from django.http import HttpResponse

    from bangfu.exchange.models import FeedList
    from bangfu.foundation.access.api import ActingRequest

_EVERY: Final = 100_000
_UNTOLD: Final = frozenset(
    {RowOutcome.REFUSED.value, RowOutcome.KNOWN.value, RowOutcome.REPLACED.value}
)


@requires(READ)
@require_safe
def show_list(request: ActingRequest, list_id: UUID) -> HttpResponse:
    """What a list would bring, or what it brought, row by row."""
    each = get_list(request.actor, list_id)
    if each.state is ListState.CHECKED and not request.GET.get("export"):
        context = {
            "page": show_check(request.actor, each, request.GET.dict()),
            "list": each,
            "feed": feed_words(each.feed),
            "may_submit": request.actor.may(SUBMIT, each.division),
        }
        return render(request, "exchange/check.html", context)
    return _show_rows(request, each)


def _show_rows(request: ActingRequest, each: FeedList) -> HttpResponse:
    actor = request.actor
    state = read_state(ROWS, request.GET)
    knows = actor.may(REGISTER, each.division)
    counts = count_outcomes(each)
    filters = RowFilters(outcomes=state.chosen("state"))
    size, number = (_EVERY, 1) if state.export else (state.page_size, state.page)
    page = list_rows(actor, each, filters, sort=state.sort, page=number, size=size)
    shown = {code: n for code, n in counts.items() if n and (knows or code in _UNTOLD)}
    view = present(
        ROWS,
        state,
        page.rows,
        total=page.total,
        key=lambda row: row.id,
        choices=choices_of({"state": shown}),
    )
    if state.export:
        workbook = list_workbook(
            actor, ROWS, state, page.rows, title=_("名单各行"), filters=filters_in_words(view)
        )
        return workbook_answer(feed_words(each.feed), workbook)
    return render(request, "exchange/done.html", {"table": view, **_about(request, each, counts)})


def _about(request: ActingRequest, each: FeedList, counts: dict[str, int]) -> dict[str, Any]:
    actor = request.actor
    before = find_before(each)
    return {
        "list": each,
        "counts": counts,
        "feed": feed_words(each.feed),
        "trigger": trigger_label(each.trigger, reader_language()),
        "place": division_name(each.division),
        "state": each.state.value,
        "file": file_words(actor, each.file),
        "figures": figures_of(each, before),
        "before": before,
        "may_submit": actor.may(SUBMIT, each.division),
        "may_withdraw": actor.may(WITHDRAW, each.division),
        "export_allowed": True,
    }


@requires(SUBMIT)
@require_safe
def download_errors(request: ActingRequest, list_id: UUID) -> HttpResponse:
    """The workbook as it came, with the bad cells marked and explained."""
    workbook = write_list_errors(actor=request.actor, list_id=list_id)
    return workbook_answer(_("要改的行"), workbook)


@requires(SUBMIT)
@require_POST
def commit(request: ActingRequest, list_id: UUID) -> HttpResponse:
    """Let the list count, beside the page; asked twice, it is done once."""
    each = get_list_for(request.actor, SUBMIT, list_id)
    if each.state is not ListState.CHECKED:
        return redirect(list_url(each.id))
    job = enqueue(
        actor=request.actor,
        kind=COMMIT_LIST,
        payload={"list": str(each.id)},
        idempotency_key=f"{COMMIT_LIST}:{each.id}",
    )
    return redirect("exchange:job", job.id)


@requires(SUBMIT)
@require_POST
def discard(request: ActingRequest, list_id: UUID) -> HttpResponse:
    """Drop a checked list; nothing of the file stays."""
    try:
        discard_list(actor=request.actor, list_id=list_id)
    except AccessRefused:
        raise
    except Refused as refused:
        tell_problems(request, refused.problems)
        return redirect(list_url(list_id))
    messages.success(request, _("已放弃，文件已经删除，什么也没有写入。"))
    return redirect("exchange:lists")


@requires(WITHDRAW)
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: ActingRequest, list_id: UUID) -> HttpResponse:
    """Ask for the reason; then take the list back."""
    each = get_list_for(request.actor, WITHDRAW, list_id)
    if each.state is not ListState.COMMITTED:
        return redirect(list_url(each.id))
    form = ReasonForm(request.POST or None, label=pgettext("名单", "为什么撤回"))
    if not form.is_valid():
        context = {
            "form": form,
            "list": each,
            "feed": feed_words(each.feed),
            "place": division_name(each.division),
        }
        return render(request, "exchange/withdraw.html", context)
    try:
        withdraw_list(actor=request.actor, list_id=list_id, reason=form.cleaned_data["reason"])
    except AccessRefused:
        raise
    except Refused as refused:
        tell_problems(request, refused.problems)
        return redirect(list_url(list_id))
    messages.success(request, _("名单已经撤回，它推送的事项不再计入。"))
    return redirect(list_url(list_id))
