"""Writing down what people bring back: visits, proposals, authorisations, departments' answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from bangfu.cases.domain.kinds import CaseKind
from bangfu.cases.domain.monitoring import ELIMINATING, LOOKING_BACK
from bangfu.cases.domain.recognition import AMOUNTS, GUARANTEES, Visit
from bangfu.cases.permissions import CHECK
from bangfu.cases.queries.case_pages import get_opened
from bangfu.cases.queries.case_rows import case_row
from bangfu.cases.queries.rows import reader_for
from bangfu.cases.services.case_papers import PAPERS, keep_paper
from bangfu.cases.services.look_back import record_look_back
from bangfu.cases.services.monitoring_visits import (
    BEFORE_ELIMINATION,
    Visited,
    record_elimination_visit,
)
from bangfu.cases.services.recognition_consents import Signed, record_consent, withdraw_consent
from bangfu.cases.services.recognition_visits import (
    PROPOSING,
    VISITING,
    propose_category,
    record_visit,
)
from bangfu.cases.web.case_visit_forms import ConsentForm, ProposalForm, VisitForm
from bangfu.foundation.access.api import AccessRefused, requires
from bangfu.foundation.audit.api import PersonalValue
from bangfu.foundation.files.api import list_stored, name_of
from bangfu.foundation.pages.api import ids_of
from bangfu.kernel.problems import Refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from django import forms
    from django.http import HttpResponse

    from bangfu.cases.models import Case
    from bangfu.foundation.access.api import ActingRequest
    from bangfu.kernel.problems import Problem

IN_PERSON: Final = "in_person"
LOOK_BACK, ELIMINATE, CHECKING = "look_back", "eliminate", "check"
_TITLES: Final = {
    CHECKING: gettext_lazy("记入户核实"),
    ELIMINATE: gettext_lazy("记消除核查"),
    LOOK_BACK: gettext_lazy("记回头看"),
}


def visit_purpose(case: Case) -> str:
    """What a visit recorded now is for; empty when this step asks for none."""
    state = case.matter.state
    if case.kind == CaseKind.RECOGNITION:
        return CHECKING if state in VISITING else ""
    if case.kind == CaseKind.MONITORING:
        if state == "eliminated":
            return LOOK_BACK
        return ELIMINATE if state in BEFORE_ELIMINATION else ""
    return ""


def _opened(request: ActingRequest, case_id: UUID) -> Case:
    """The case, where the reader may write such things down.

    Raises:
        Http404: when there is none in their scope.
        AccessRefused: when they may not check there.
    """
    case = get_opened(request.actor, case_id)
    request.actor.check(CHECK, case.division)
    return case


@requires(CHECK)
@require_http_methods(["GET", "HEAD", "POST"])
def visit(request: ActingRequest, case_id: UUID) -> HttpResponse:
    """The form of a visit, and writing it down."""
    case = _opened(request, case_id)
    purpose = visit_purpose(case)
    given: dict[str, Any] = {"data": request.POST} if request.method == "POST" else {}
    form = _visit_form(request, case, purpose, given)
    proposal = ProposalForm(case=case, **given) if purpose == CHECKING else None
    kept = _kept(request, case, ("signature", "photo"))
    problems: tuple[Problem, ...] = ()
    if form.is_bound and purpose and form.is_valid() and (not proposal or proposal.is_valid()):
        done = _attempt(form, "words", lambda: _record_visit(request, case, form, proposal, kept))
        if done is None:
            messages.success(request, _("入户记录已经记下。"))
            return redirect("case:case", case_id)
        problems = done
    context = {
        "row": case_row(case, reader_for([case.division])),
        "form": form,
        "proposal": proposal,
        "kept": kept,
        "problems": problems,
        "purpose": purpose,
        "title": _TITLES.get(purpose, _("记入户")),
    }
    status = 409 if problems else 200
    return render(request, "cases/case_visit.html", context, status=status)


def _visit_form(
    request: ActingRequest, case: Case, purpose: str, given: dict[str, Any]
) -> VisitForm:
    asked = {ELIMINATE: ELIMINATING, LOOK_BACK: LOOKING_BACK}.get(purpose, GUARANTEES)
    labels = {ELIMINATE: _("看过、没有发现的风险"), LOOK_BACK: _("又发现的风险")}
    return VisitForm(
        **given,
        case=case,
        actor=request.actor,
        asked=asked,
        amounts=AMOUNTS if purpose == CHECKING else (),
        risk_label=labels.get(purpose, ""),
    )


def _attempt(form: forms.Form, words: str, act: Callable[[], object]) -> tuple[Problem, ...] | None:
    """Do it; the reasons when it is refused, None when it is done."""
    try:
        act()
    except AccessRefused:
        # No reason of the procedure: answered, and kept in the audit, like every such attempt.
        raise
    except PersonalValue:
        form.add_error(words, _("不要写证件号码或者电话号码。"))
        return ()
    except Refused as refused:
        return refused.problems
    return None


def _record_visit(
    request: ActingRequest,
    case: Case,
    form: VisitForm,
    proposal: ProposalForm | None,
    kept: list[tuple[str, str, str]],
) -> None:
    data = form.cleaned_data
    common: dict[str, Any] = {
        "visited_on": data["visited_on"],
        "visitors": form.people(),
        "approach": data["approach"],
        "words": data["words"],
        "signed": data["signed"],
        "files": tuple(UUID(file) for _field, file, _name in kept),
    }
    if proposal is not None:
        seen = Visit(
            **common,
            guarantees=form.answers(),
            amounts=form.estimated(),
            category=proposal.cleaned_data["category"],
            risks=proposal.risks(),
        )
        record_visit(actor=request.actor, case_id=case.pk, visit=seen)
        return
    risks = tuple(data.get("risks", ()))
    found = Visited(**common, answers=form.answers(), risks=risks)
    record = record_look_back if visit_purpose(case) == LOOK_BACK else record_elimination_visit
    record(actor=request.actor, case_id=case.pk, visit=found)


def _kept(
    request: ActingRequest, case: Case, fields: tuple[str, ...]
) -> list[tuple[str, str, str]]:
    """Field, id and name of the files brought with this try or an earlier one of the same form."""
    if request.method != "POST":
        return []
    found = []
    mine = list_stored(request.actor, PAPERS.name).filter(division=case.division)
    for field in fields:
        wanted = ids_of(request.POST.getlist(f"kept_{field}"))
        found += [(field, str(each.pk), name_of(each)) for each in mine.filter(pk__in=wanted)]
        upload = request.FILES.get(field)
        if upload is not None:
            name = upload.name or ""
            stored = keep_paper(actor=request.actor, case=case, name=name, stream=upload)
            found.append((field, str(stored.pk), name))
    return found


@requires(CHECK)
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: ActingRequest, case_id: UUID) -> HttpResponse:
    """As what the household is to be recognised, before the notice hangs."""
    case = _opened(request, case_id)
    form = ProposalForm(request.POST or None, case=case)
    problems: tuple[Problem, ...] = ()
    if form.is_bound and form.is_valid():
        done = _attempt(
            form,
            "category",
            lambda: propose_category(
                actor=request.actor,
                case_id=case_id,
                category=form.cleaned_data["category"],
                risks=form.risks(),
            ),
        )
        if done is None:
            messages.success(request, _("拟纳入的类别和风险已经改好。"))
            return redirect("case:case", case_id)
        problems = done
    open_now = case.kind == CaseKind.RECOGNITION and case.matter.state in PROPOSING
    return _page(request, case, "cases/case_propose.html", form, problems, {"may": open_now})


@requires(CHECK)
@require_http_methods(["GET", "HEAD", "POST"])
def consent(request: ActingRequest, case_id: UUID) -> HttpResponse:
    """The household's signed authorisation."""
    case = _opened(request, case_id)
    form = ConsentForm(request.POST or None, case=case)
    kept = _kept(request, case, ("paper",))
    problems: tuple[Problem, ...] = ()
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        signed = Signed(
            scope=tuple(data["scope"]),
            signer=data["signer"],
            signed_on=data["signed_on"],
            file=UUID(kept[-1][1]) if kept else None,
        )
        done = _attempt(
            form,
            "signer",
            lambda: record_consent(actor=request.actor, case_id=case_id, signed=signed),
        )
        if done is None:
            messages.success(request, _("承诺授权书已经登记。"))
            return redirect("case:case", case_id)
        problems = done
    return _page(request, case, "cases/case_consent.html", form, problems, {"kept": kept})


@requires(CHECK)
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: ActingRequest, case_id: UUID, consent_id: UUID) -> HttpResponse:
    """The household takes its authorisation back."""
    case = _opened(request, case_id)
    given = case.consents.filter(pk=consent_id).first()
    if given is None:
        raise Http404
    if request.method == "POST":
        withdraw_consent(actor=request.actor, consent_id=consent_id, channel=IN_PERSON)
        messages.success(request, _("授权已经撤回，从现在起不能再向部门查询。"))
        return redirect("case:case", case_id)
    row = case_row(case, reader_for([case.division]))
    return render(request, "cases/case_withdraw.html", {"row": row, "consent": given})


def _page(
    request: ActingRequest,
    case: Case,
    template: str,
    form: forms.Form,
    problems: tuple[Problem, ...],
    more: dict[str, Any],
) -> HttpResponse:
    row = case_row(case, reader_for([case.division]))
    context = {"row": row, "form": form, "problems": problems, **more}
    return render(request, template, context, status=409 if problems else 200)
