"""The comparison with departments: who was asked, what each answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from bangfu.cases.models import Comparison
from bangfu.cases.permissions import COMPARE
from bangfu.cases.queries.case_pages import get_opened
from bangfu.cases.queries.case_rows import case_row
from bangfu.cases.queries.recognition_table import comparison_table
from bangfu.cases.queries.rows import reader_for
from bangfu.cases.services.recognition_comparing import (
    COMPARING,
    Answer,
    ask_comparison,
    record_answer,
)
from bangfu.cases.web.case_visit_forms import AnswerForm
from bangfu.foundation.access.api import AccessRefused, requires
from bangfu.foundation.audit.api import PersonalValue
from bangfu.foundation.secrets.api import unseal
from bangfu.foundation.ui.api import reader_language
from bangfu.kernel.problems import Refused

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from bangfu.cases.models import Case
    from bangfu.foundation.access.api import ActingRequest
    from bangfu.kernel.problems import Problem


@requires(COMPARE)
@require_http_methods(["GET", "HEAD", "POST"])
def compare(request: ActingRequest, case_id: UUID) -> HttpResponse:
    """The departments with their answers; asking them, and writing an answer down."""
    case = get_opened(request.actor, case_id)
    request.actor.check(COMPARE, case.division)
    problems: tuple[Problem, ...] = ()
    typed: AnswerForm | None = None
    if request.method == "POST":
        try:
            typed = _act(request, case)
        except AccessRefused:
            raise
        except PersonalValue:
            typed = _bound(request, case)
            typed.add_error("words", _("不要写证件号码或者电话号码。"))
        except Refused as refused:
            problems = refused.problems
            typed = _bound(request, case) if request.POST.get("department") else None
        else:
            if typed is None:
                return redirect("case:compare", case_id)
    return _page(request, case, problems, typed)


def _act(request: ActingRequest, case: Case) -> AnswerForm | None:
    """Ask the departments or keep an answer; the form again when something is missing in it."""
    if not request.POST.get("department"):
        asked = ask_comparison(actor=request.actor, case_id=case.pk)
        messages.success(request, _("已向 %(n)d 个部门发出比对。") % {"n": len(asked)})
        return None
    form = _bound(request, case)
    if not form.is_valid():
        return form
    data = form.cleaned_data
    answer = Answer(
        department=request.POST["department"],
        outcome=data["outcome"],
        flag=data["flag"],
        words=data["words"],
        explained=data["explained"],
    )
    record_answer(actor=request.actor, case_id=case.pk, answer=answer)
    messages.success(request, _("已登记反馈。"))
    return None


def _bound(request: ActingRequest, case: Case) -> AnswerForm:
    department = request.POST.get("department", "")
    row = case.comparisons.filter(department=department).first()
    if row is None:
        raise Http404
    return AnswerForm(request.POST, row=row, prefix="", auto_id=f"id_{department}_%s")


def _page(
    request: ActingRequest,
    case: Case,
    problems: tuple[Problem, ...],
    typed: AnswerForm | None,
) -> HttpResponse:
    table, language = comparison_table(), reader_language()
    lines: list[dict[str, Any]] = []
    current = request.POST.get("department", "")
    for row in case.comparisons.order_by("asked_on", "department"):
        department = table.departments.get(row.department)
        form = typed if typed is not None and row.department == current else _form_of(row)
        lines.append(
            {
                "row": row,
                "label": department.text.of(language) if department else row.department,
                "form": form,
                "open": row.department == current or row.answered_on is None,
                "exempt": bool(department and department.spared),
            }
        )
    context = {
        "row": case_row(case, reader_for([case.division])),
        "lines": lines,
        "answered": sum(each["row"].answered_on is not None for each in lines),
        "problems": problems,
        "may": case.matter.state in COMPARING,
    }
    status = 409 if problems else 200
    return render(request, "cases/case_compare.html", context, status=status)


def _form_of(row: Comparison) -> AnswerForm:
    sealed = row.words_sealed
    words = (
        unseal(Comparison._meta.db_table, "words_sealed", row.pk, bytes(sealed)) if sealed else ""
    )
    return AnswerForm(row=row, initial={"words": words}, auto_id=f"id_{row.department}_%s")
