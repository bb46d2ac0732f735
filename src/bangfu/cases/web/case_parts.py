"""The smaller parts of a case's page in words: visits, consents, comparison, papers, changes."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from bangfu.cases.domain.comparison import ComparisonOutcome
from bangfu.cases.models import CaseVisit
from bangfu.cases.queries.case_changes import brought_items
from bangfu.cases.queries.recognition_table import comparison_table
from bangfu.cases.queries.rows import choice_label
from bangfu.foundation.clock.api import today
from bangfu.foundation.files.api import StoredFile, name_of
from bangfu.foundation.secrets.api import unseal
from bangfu.foundation.ui.api import day as short_day
from bangfu.foundation.ui.api import reader_language, yuan
from bangfu.policy.api import active_pack
from bangfu.procedures.api import pinned_procedure

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from bangfu.cases.domain.comparison import ComparisonTable
    from bangfu.cases.models import Case, Comparison
    from bangfu.cases.queries.case_changes import BroughtItem
    from bangfu.cases.queries.case_pages import OpenedCase
    from bangfu.procedures.api import Paper, Passed

PURPOSES: Final = {
    "check": gettext_lazy("入户核实"),
    "eliminate": gettext_lazy("消除核查"),
    "look_back": gettext_lazy("回头看"),
}
QUESTIONS: Final = {
    "unsafe_housing": gettext_lazy("住房是否不安全"),
    "out_of_school": gettext_lazy("是否有义务教育阶段失学辍学"),
    "unsafe_water": gettext_lazy("饮水是否不安全"),
    "uninsured": gettext_lazy("是否有成员未参加基本医保"),
    "income_stable": gettext_lazy("收入是否持续稳定"),
    "rigid_settled": gettext_lazy("大额刚性支出是否解决"),
    "income": gettext_lazy("估计全年家庭纯收入"),
    "rigid_expenses": gettext_lazy("估计全年刚性支出"),
    "absent": gettext_lazy("看过、没有发现的风险"),
    "back": gettext_lazy("又发现的风险"),
}
"""What the forms ask; the answers of a visit are kept by these names."""
OUTCOMES: Final = {
    ComparisonOutcome.CLEAR: gettext_lazy("没有发现"),
    ComparisonOutcome.FOUND: gettext_lazy("有发现"),
    ComparisonOutcome.SUPPORTS: gettext_lazy("支持困难"),
}


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One paper: what is asked for and whether it is there."""

    label: str
    wanted: str
    state: str
    there: bool
    url: str = ""


def changes_of(opened: OpenedCase) -> list[BroughtItem]:
    """What the case would bring to the register."""
    return brought_items(opened.case, opened.visits)


def visits_of(opened: OpenedCase) -> list[dict[str, Any]]:
    """The visits in words, the latest first."""
    version = opened.case.matter.version_id
    files = _files(each for visit in opened.visits for each in visit.files)
    return [
        {
            "day": visit.visited_on,
            "purpose": PURPOSES.get(visit.purpose, visit.purpose),
            "approach": _approach(version, visit.approach),
            "visitors": _("、").join(each["name"] for each in visit.visitors),
            "signed": visit.signed,
            "answers": _answers(visit.findings),
            "words": _words(CaseVisit._meta.db_table, visit.pk, visit.words_sealed),
            "files": [_file(opened.case, each, files) for each in visit.files],
        }
        for visit in opened.visits
    ]


def _approach(version: str, code: str) -> str:
    listed = "approach" in pinned_procedure(version).lists
    return choice_label(version, "approach", code, reader_language()) if listed else code


def _words(table: str, key: UUID, sealed: bytes | memoryview | None) -> str:
    return unseal(table, "words_sealed", key, bytes(sealed)) if sealed is not None else ""


def _answers(findings: Mapping[str, Any]) -> list[dict[str, str]]:
    return [
        {"label": str(QUESTIONS[name]), "value": _answer(value)}
        for name, value in findings.items()
        if name in QUESTIONS and value != []
    ]


def _answer(value: Any) -> str:
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, list):
        return risk_words(value)
    return yuan(value)


def risk_words(codes: Iterable[str]) -> str:
    """Risk types in words."""
    risks, language = active_pack(today()).risks, reader_language()
    return _("、").join(risks[each].of(language) if each in risks else each for each in codes)


def consents_of(opened: OpenedCase) -> list[dict[str, Any]]:
    """The authorisations, the latest first."""
    departments, language = comparison_table().departments, reader_language()
    return [
        {
            "id": each.pk,
            "signed_on": each.signed_on,
            "signer": each.signer,
            "withdrawn_on": each.withdrawn_on,
            "scope": _("、").join(
                departments[code].text.of(language) for code in each.scope if code in departments
            ),
        }
        for each in opened.consents
    ]


def comparison_of(opened: OpenedCase) -> dict[str, Any] | None:
    """What the departments answered, in four lines; None before anybody was asked."""
    rows = opened.comparisons
    if not rows:
        return None
    table = comparison_table()
    names = {each.department: _department(table, each.department) for each in rows}
    lines = [_line(outcome, rows, names) for outcome in ComparisonOutcome]
    silent = [names[each.department] for each in rows if each.answered_on is None]
    if silent:
        lines.append({"status": "unknown", "label": _("没有回"), "words": _several(silent)})
    asked = min(each.asked_on for each in rows)
    words = ngettext("%(n)d 个部门 · %(day)s 发出", "%(n)d 个部门 · %(day)s 发出", len(rows))
    return {
        "words": words % {"n": len(rows), "day": short_day(asked, today=today())},
        "lines": [each for each in lines if each],
    }


def _department(table: ComparisonTable, code: str) -> str:
    known = table.departments.get(code)
    return known.text.of(reader_language()) if known else code


def _line(
    outcome: ComparisonOutcome, rows: Sequence[Comparison], names: Mapping[str, str]
) -> dict[str, str]:
    mine = [each for each in rows if each.outcome == outcome]
    if not mine:
        return {}
    if outcome is not ComparisonOutcome.FOUND:
        words = _several([names[each.department] for each in mine])
        return {"status": "", "label": str(OUTCOMES[outcome]), "words": words}
    said = [_found(each, names[each.department]) for each in mine]
    return {"status": "fired", "label": str(OUTCOMES[outcome]), "words": _("；").join(said)}


def _found(row: Comparison, name: str) -> str:
    flag = comparison_table().flags.get(row.flag)
    what = flag.text.of(reader_language()) if flag else row.flag
    words = (
        _("%(who)s：%(what)s（已说明）") if row.explained else _("%(who)s：%(what)s（还没有说明）")
    )
    return words % {"who": name, "what": what}


def _several(names: Sequence[str]) -> str:
    words = ngettext("%(n)d 个：%(names)s", "%(n)d 个：%(names)s", len(names))
    return words % {"n": len(names), "names": _("、").join(names)}


def papers_of(opened: OpenedCase) -> list[PaperRow]:
    """The papers that the procedure asks for, there or to come, with those of the visits first."""
    table = pinned_procedure(opened.case.matter.version_id)
    wanted: Counter[str] = Counter()
    for move in table.moves.values():
        wanted.update(move.papers)
    brought = _brought(opened.history)
    files = _files(file for _step, ids in brought.values() for file in ids)
    rows = [*_visit_paper(opened), *_consent_paper(opened)]
    rows += [
        _paper(opened.case, each, brought, files)
        for name, each in table.papers.items()
        if name in wanted
    ]
    return rows


def _brought(history: Sequence[Passed]) -> dict[str, tuple[Passed, list[str]]]:
    """Paper -> the last step that brought it, and its files."""
    return {name: (step, ids) for step in history for name, ids in step.papers.items()}


def _paper(
    case: Case,
    paper: Paper,
    brought: Mapping[str, tuple[Passed, list[str]]],
    files: Mapping[str, str],
) -> PaperRow:
    language = reader_language()
    table = pinned_procedure(case.matter.version_id)
    moves = [each for each in table.moves.values() if paper.name in each.papers]
    names = _("、").join(dict.fromkeys(each.label.text(language) for each in moves))
    wanted = _("“%(move)s”时要有") % {"move": names}
    if paper.name not in brought:
        return PaperRow(paper.label.text(language), wanted, _("还没到时候"), there=False)
    step, ids = brought[paper.name]
    known = [each for each in ids if each in files]
    words = _("%(day)s %(who)s 交") % {
        "day": short_day(step.at.date(), today=today()),
        "who": step.by_name,
    }
    url = reverse("case:file", args=[case.pk, known[0]]) if known else ""
    return PaperRow(paper.label.text(language), wanted, words, there=True, url=url)


def _visit_paper(opened: OpenedCase) -> Iterable[PaperRow]:
    first = next(iter(opened.visits), None)
    label = _("入户记录")
    if first is None:
        yield PaperRow(label, _("两人以上入户"), _("还没有"), there=False)
        return
    words = _("%(day)s %(names)s") % {
        "day": short_day(first.visited_on, today=today()),
        "names": _("、").join(each["name"] for each in first.visitors),
    }
    yield PaperRow(label, _("两人以上入户"), words, there=True, url="#visits")


def _consent_paper(opened: OpenedCase) -> Iterable[PaperRow]:
    if opened.case.kind != "recognition":
        return
    standing = next((each for each in opened.consents if each.withdrawn_on is None), None)
    label, wanted = _("申请及承诺授权书"), _("农户签字")
    if standing is None:
        yield PaperRow(label, wanted, _("还没有"), there=False)
        return
    words = _("%(day)s %(who)s 签") % {
        "day": short_day(standing.signed_on, today=today()),
        "who": standing.signer,
    }
    url = reverse("case:file", args=[opened.case.pk, standing.file_id]) if standing.file_id else ""
    yield PaperRow(label, wanted, words, there=True, url=url)


def papers_words(rows: Sequence[PaperRow]) -> str:
    """How many papers there should be, and how many are missing."""
    there = sum(each.there for each in rows)
    words = _("应有 %(all)d 件，已有 %(there)d 件")
    if there < len(rows):
        words = _("应有 %(all)d 件，已有 %(there)d 件；其余 %(left)d 件到时候再交")
    return words % {"all": len(rows), "there": there, "left": len(rows) - there}


def _files(ids: Iterable[str]) -> dict[str, str]:
    """The names of files that are still there."""
    wanted = {UUID(each) for each in ids}
    rows = StoredFile.objects.filter(pk__in=wanted, deleted_at=None)
    return {str(each.pk): name_of(each) for each in rows}


def _file(case: Case, file: str, names: Mapping[str, str]) -> dict[str, str]:
    return {"name": names.get(file, ""), "url": reverse("case:file", args=[case.pk, file])}
