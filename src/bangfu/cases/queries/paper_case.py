"""What the papers of a case say: application, forms of visits, approval, elimination."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.conf import settings

from bangfu.cases.domain.recognition import GUARANTEES
from bangfu.cases.models import CaseVisit
from bangfu.cases.queries.case_facts import standing_facts_of
from bangfu.cases.queries.case_rows import category_label
from bangfu.cases.queries.case_seen import facts_in_words
from bangfu.cases.queries.monitoring_visits import ELIMINATE
from bangfu.cases.queries.paper_home import home_of, measure_row, member_rows, members_of
from bangfu.cases.queries.paper_words import (
    ZH,
    choice_words,
    committee_words,
    day_words,
    moment_day,
    pair,
    risk_words,
    ticked,
    yes_no,
    yuan_words,
)
from bangfu.cases.queries.recognition_table import comparison_table
from bangfu.foundation.secrets.api import unseal
from bangfu.plans.api import READ as READ_PLANS
from bangfu.plans.api import Measure
from bangfu.procedures.api import list_history, notice_of, pinned_procedure

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from bangfu.cases.models import Case
    from bangfu.foundation.access.api import Actor
    from bangfu.procedures.api import Passed, Procedure

    Data = dict[str, Any]

CHECK: Final = "check"
QUESTIONS: Final = {
    "unsafe_housing": "住房是否不安全",
    "out_of_school": "有没有义务教育阶段失学辍学",
    "unsafe_water": "饮水是否不安全",
    "uninsured": "有没有成员未参加基本医保",
    "income_stable": "收入是否持续稳定",
    "rigid_settled": "大额刚性支出是否已经解决",
}
_ESTIMATES: Final = {
    "income": "家庭年纯收入（元）",
    "rigid_expenses": "年刚性支出（元）",
}
_PURPOSES: Final = {"check": "入户核实", "eliminate": "风险消除核实", "look_back": "回头看"}
_OUTCOMES: Final = {
    "": "还没有答复",
    "clear": "没有发现问题",
    "found": "发现情况",
    "supports": "证明有困难",
}
_OPINIONS: Final = (
    ("入户核实", frozenset({"check"})),
    ("信息比对", frozenset({"compare"})),
    ("民主评议", frozenset({"review", "vote_down"})),
    ("村级公示", frozenset({"pass_notice"})),
    ("乡镇审核意见", frozenset({"endorse"})),
    ("县级审定意见", frozenset({"approve", "refuse", "decide_covered"})),
)
"""The boxes of the approval form, and the moves whose makers stand in them."""
_DECIDED: Final = _OPINIONS[-1][1]


def case_data(actor: Actor, case: Case) -> Data:
    """What every paper of a case says at its head."""
    household = case.household
    procedure = pinned_procedure(case.matter.version_id)
    return {
        "home": home_of(actor, household, members_of(household)),
        "committee": committee_words(case.division),
        "telephone": settings.BANGFU_PUBLIC["phone"],
        "case": [
            pair("案件编号", case.number),
            pair("办理事项", procedure.label.text(ZH)),
            pair("立案日期", day_words(case.opened_on)),
            pair("审定日期", day_words(case.decided_on) or "还没有审定"),
            pair("对象类别", category_label(case.category, ZH) or "还没有提出"),
            pair("风险类型", risk_words(case.risks) or "还没有填"),
        ],
        "number": case.number,
        "category": category_label(case.category, ZH),
        "risks": risk_words(case.risks),
    }


def application_data(actor: Actor, case: Case) -> Data:
    """The application with the commitment and the authorisation to ask departments."""
    consents = case.consents.filter(withdrawn_on=None)
    consent = consents.order_by("-signed_on", "-recorded_at").first()
    departments = {code: each.text.zh for code, each in comparison_table().departments.items()}
    return {
        **case_data(actor, case),
        "members": member_rows(actor, case.household),
        "departments": ticked(departments, consent.scope if consent else departments),
        "signed": f"{consent.signer}，{day_words(consent.signed_on)}" if consent else None,
    }


def check_form_data(actor: Actor, case: Case) -> Data:
    """The form of the check: what the visitors brought back, or empty lines to fill in."""
    visit = _visits(case, CHECK).last()
    return {
        **case_data(actor, case),
        "members": member_rows(actor, case.household),
        "visit": _visit(case, visit) if visit else None,
        "questions": [QUESTIONS[each] for each in GUARANTEES],
        "estimates": list(_ESTIMATES.values()),
    }


def visits_data(actor: Actor, case: Case) -> Data:
    """Every visit of a case, the first first."""
    visits = CaseVisit.objects.filter(case=case).order_by("visited_on", "recorded_at")
    return {**case_data(actor, case), "visits": [_visit(case, each) for each in visits]}


def _visits(case: Case, purpose: str) -> Any:
    return CaseVisit.objects.filter(case=case, purpose=purpose).order_by("recorded_at", "pk")


def _visit(case: Case, visit: CaseVisit) -> Data:
    procedure = pinned_procedure(case.matter.version_id)
    findings = visit.findings
    return {
        "purpose": _PURPOSES.get(visit.purpose, visit.purpose),
        "day": day_words(visit.visited_on),
        "visitors": "、".join(_called(each) for each in visit.visitors),
        "approach": choice_words(procedure, "approach", visit.approach),
        "answers": [
            pair(words, yes_no(findings[name]))
            for name, words in QUESTIONS.items()
            if name in findings
        ],
        "amounts": [
            pair(words, yuan_words(findings[name]))
            for name, words in _ESTIMATES.items()
            if name in findings
        ],
        "absent": risk_words(findings.get("absent", ())),
        "back": risk_words(findings.get("back", ())),
        "words": _words(visit),
        "signed": "已签字" if visit.signed else "没有签字",
        "recorded": f"{visit.by_name}，{moment_day(visit.recorded_at)}",
    }


def _called(visitor: Mapping[str, str]) -> str:
    title = visitor.get("title", "")
    return f"{visitor['name']}（{title}）" if title else visitor["name"]


def _words(visit: CaseVisit) -> str:
    sealed = visit.words_sealed
    if not sealed:
        return ""
    return unseal(CaseVisit._meta.db_table, "words_sealed", visit.pk, bytes(sealed))


def approval_data(actor: Actor, case: Case) -> Data:
    """The form of the decision: each step's opinion, what departments said, what it rested on."""
    history = list_history(actor, case.matter)
    procedure = pinned_procedure(case.matter.version_id)
    return {
        **case_data(actor, case),
        "comparisons": _comparisons(case),
        "notice": _notice_line(case),
        "opinions": [_opinion(label, moves, history) for label, moves in _OPINIONS],
        "seen": _seen(case, procedure, history),
        "source": procedure.source,
        "version": procedure.version,
    }


def _comparisons(case: Case) -> list[list[str | None]]:
    table = comparison_table()
    rows = []
    for each in case.comparisons.order_by("department"):
        department = table.departments.get(each.department)
        flag = table.flags.get(each.flag)
        found = flag.text.zh if flag else ""
        explained = "，说明合理" if each.explained else ""
        rows.append(
            [
                department.text.zh if department else each.department,
                _OUTCOMES.get(each.outcome, each.outcome),
                f"{found}{explained}" or "没有",
                each.answered_on.isoformat() if each.answered_on else None,
            ]
        )
    return rows


def _notice_line(case: Case) -> str:
    notice = notice_of(case.matter_id)
    if notice is None:
        return ""
    raised = case.appeals.filter(kind="objection").count()
    objections = f"收到异议 {raised} 件" if raised else "没有收到异议"
    return (
        f"公示编号 {notice.number}，从 {day_words(notice.posted_on)} 到 "
        f"{day_words(notice.ends_on)}，共 {notice.days} 天，{objections}"
    )


def _opinion(label: str, moves: frozenset[str], history: Sequence[Passed]) -> Data:
    step = _last(history, moves)
    if step is None:
        return {"label": label, "words": "", "by": "", "day": None}
    note = f"：{step.note}" if step.note else ""
    title = f"（{step.by_title}）" if step.by_title else ""
    return {
        "label": label,
        "words": f"{step.label}{note}",
        "by": f"{step.by_name}{title}",
        "day": moment_day(step.at),
    }


def _last(history: Iterable[Passed], moves: frozenset[str]) -> Passed | None:
    return next((each for each in reversed(list(history)) if each.move in moves), None)


def _seen(case: Case, procedure: Procedure, history: Sequence[Passed]) -> list[Data]:
    """What the deciding move saw, as far as its conditions read it."""
    step = _last(history, _DECIDED)
    if step is None:
        return []
    row = case.matter.moves.get(number=step.number)
    facts = facts_in_words(procedure, row, ZH)
    return [pair(each.label, each.value) for each in facts if each.decided]


def elimination_data(actor: Actor, case: Case) -> Data:
    """The form of an elimination: risks, what was done, what the visitors saw, the conditions."""
    visit = _visits(case, ELIMINATE).last()
    history = list_history(actor, case.matter)
    months = standing_facts_of(actor, [case])[case.pk].get("months_monitored")
    procedure = pinned_procedure(case.matter.version_id)
    measures = Measure.objects.filter(
        actor.scope(READ_PLANS).q("division"), household=case.household_id, suggested=False
    ).select_related("matter", "organisation", "responsible")
    return {
        **case_data(actor, case),
        "months": None if months is None else f"{months} 个月",
        "mode": choice_words(procedure, "mode", case.mode),
        "measures": [measure_row(each) for each in measures.order_by("recorded_at", "pk")],
        "visit": _visit(case, visit) if visit else None,
        "questions": list(QUESTIONS.values()),
        "notice": _notice_line(case),
        "opinions": [
            _opinion(label, moves, history) for label, moves in _OPINIONS if label != "信息比对"
        ],
    }
