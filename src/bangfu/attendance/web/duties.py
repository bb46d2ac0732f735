"""One official's month, and calling them back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from bangfu.attendance.domain.months import month_of
from bangfu.attendance.permissions import MANAGE, READ
from bangfu.attendance.queries.details import get_duty_month
from bangfu.attendance.services.recalling import LONGEST_WORDS, recall_official
from bangfu.attendance.web.months import month_asked, month_words
from bangfu.foundation.access.api import AccessRefused, requires
from bangfu.foundation.clock.api import today
from bangfu.foundation.ui.api import check_past, day_field
from bangfu.kernel.problems import Refused

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from django.http import HttpResponse

    from bangfu.foundation.access.api import ActingRequest
    from bangfu.kernel.problems import Problem


@requires(READ)
@require_safe
def show_duty(request: ActingRequest, duty_id: UUID) -> HttpResponse:
    """One official's month, day by day."""
    month = month_asked(request.GET.get("month", ""))
    detail = get_duty_month(request.actor, duty_id, month)
    context = {
        "detail": detail,
        "line": detail.line,
        "month": month,
        "month_words": month_words(month),
        "is_running": month.end > today(),
    }
    return render(request, "attendance/duty.html", context)


class RecallForm(forms.Form):
    """From which day, and why."""

    day = day_field(_("从哪一天起召回"))
    words = forms.CharField(
        label=_("理由"),
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3, "class": "input full"}),
        error_messages={"required": _("请写一句理由。"), "max_length": _("最多 200 个字。")},
    )

    def clean_day(self) -> date | None:
        """The day has come."""
        found: date | None = check_past(self.cleaned_data["day"])
        return found


@requires(MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def recall(request: ActingRequest, duty_id: UUID) -> HttpResponse:
    """Call an official back; what is refused comes back with all that was typed."""
    detail = get_duty_month(request.actor, duty_id, month_of(today()))
    request.actor.check(MANAGE, detail.line.division)
    initial: dict[str, Any] = {"day": today().isoformat()}
    form = RecallForm(request.POST or None, initial=initial)
    problems: tuple[Problem, ...] = ()
    if form.is_valid():
        try:
            recall_official(actor=request.actor, duty_id=duty_id, **form.cleaned_data)
        except AccessRefused:
            raise
        except Refused as refused:
            problems = refused.problems
        else:
            messages.success(request, _now("已召回，任职到这一天为止；请尽快补派。"))
            return redirect("attendance:duty", duty_id)
    context = {"form": form, "line": detail.line, "detail": detail, "problems": problems}
    return render(request, "attendance/recall.html", context, status=409 if problems else 200)
