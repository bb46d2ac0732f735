"""One's own days: sign in with one tap, the month, ask for leave."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from bangfu.attendance.permissions import SIGN
from bangfu.attendance.queries.details import get_duty_month
from bangfu.attendance.queries.duties import own_duties
from bangfu.attendance.queries.leaves import own_leaves
from bangfu.attendance.queries.lists import here_on
from bangfu.attendance.services.presence import sign_in
from bangfu.attendance.web.months import month_asked, month_words
from bangfu.foundation.access.api import AccessRefused, requires
from bangfu.foundation.clock.api import today
from bangfu.kernel.problems import Problem, Refused
from bangfu.registry.api import division_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpResponse

    from bangfu.foundation.access.api import ActingRequest


@requires(SIGN)
@require_safe
def show_own(request: ActingRequest) -> HttpResponse:
    """One's own days, in each village of one's duties."""
    return own_page(request)


def own_page(
    request: ActingRequest, problems: Sequence[Problem] = (), note: str = ""
) -> HttpResponse:
    """The page, with what was refused and what was typed."""
    duties = own_duties(request.actor)
    month = month_asked(request.GET.get("month", ""))
    here = here_on(duties, today())
    context = {
        "duties": [
            (each, division_name(each.division), each.pk in here,
             get_duty_month(request.actor, each.pk, month))
            for each in duties
        ],
        "leaves": own_leaves(request.actor),
        "month": month,
        "month_words": month_words(month),
        "is_running": month.end > today(),
        "problems": problems,
        "note": note,
    }  # fmt: skip
    return render(request, "attendance/own.html", context, status=409 if problems else 200)


@requires(SIGN)
@require_POST
def sign(request: ActingRequest) -> HttpResponse:
    """Sign in today; a second time only the note is written anew."""
    note, village = request.POST.get("note", "").strip(), request.POST.get("division", "")
    try:
        if not village:
            raise Refused(Problem("attendance.village_missing"))
        sign_in(actor=request.actor, division=village, note=note)
    except AccessRefused:
        raise
    except Refused as refused:
        return own_page(request, refused.problems, note)
    messages.success(request, _("今天已签到。") if not note else _("今天已签到，记事已保存。"))
    return redirect("attendance:own")
