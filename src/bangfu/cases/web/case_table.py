"""The desk of cases as a list: its columns, filters and views."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from bangfu.cases.domain.ages import AgeBand
from bangfu.cases.domain.dues import DueGroup
from bangfu.cases.domain.kinds import CaseKind
from bangfu.cases.queries.case_filters import MINE, NOBODY, OTHERS, CaseFilters
from bangfu.cases.web.case_overview import AGE_NAMES
from bangfu.cases.wording import DUE_NAMES
from bangfu.foundation.accounts.api import names_of
from bangfu.foundation.clock.api import today
from bangfu.foundation.pages.api import ids_of
from bangfu.foundation.ui.api import Choice, Column, Filter, Table, View, reader_language, views_at
from bangfu.kernel.problems import Refused
from bangfu.policy.api import active_pack
from bangfu.procedures.api import load_procedure
from bangfu.registry.api import list_divisions

if TYPE_CHECKING:
    from collections import Counter

    from bangfu.cases.queries.case_lists import CaseCounts
    from bangfu.cases.queries.case_rows import CaseRow
    from bangfu.foundation.ui.api import ListState

_FIELDS: Final = {
    "kind": "kinds",
    "step": "states",
    "due": "dues",
    "place": "divisions",
    "risk": "risks",
    "handler": "handlers",
    "age": "ages",
}
"""The address's word for each filter."""
MOST_HANDLERS: Final = 12
"""Handlers offered as choices, the busiest first; others are reached from a case."""

CASES: Final[Table[CaseRow]] = Table(
    name="cases",
    sort="due",
    words=_("户主姓名、户编号或案件编号"),
    columns=(
        Column("name", _("农户"), lambda row: row.head_name,
               template="cases/case_cell_household.html", sortable=True, heading=True),
        Column("what", _("办什么"), lambda row: row.kind_label,
               template="cases/case_cell_what.html", bare=True),
        Column("due", _("步骤 · 期限"), lambda row: row.due_on, kind="day",
               template="cases/case_cell_due.html", sortable=True),
        Column("opened", _("立案"), lambda row: row.opened_on, kind="day", sortable=True),
        Column("handler", _("经办人"), lambda row: row.handler, sortable=True),
        Column("state", _("步骤"), lambda row: row.state_label, sortable=True, chosen=False),
        Column("category", _("类别"), lambda row: row.category_label, chosen=False),
        Column("risk", _("风险"), lambda row: _now("、").join(row.risk_labels), chosen=False),
        Column("place", _("镇村"), lambda row: f"{row.township} {row.village}",
               sortable=True, chosen=False),
        Column("number", _("案件编号"), lambda row: row.number, sortable=True, chosen=False),
        Column("household", _("户编号"), lambda row: row.household_number, chosen=False),
        Column("size", _("人口"), lambda row: row.size, kind="whole", chosen=False),
    ),
    filters=(
        Filter("kind", _("种类")),
        Filter("step", _("步骤")),
        Filter("due", _("期限")),
        Filter("place", _("乡镇")),
        Filter("risk", _("风险")),
        Filter("handler", _("经办人")),
        Filter("age", _("立案以来")),
        Filter("turn", _("轮到谁"), single=True),
        Filter("closed", _("办结"), single=True),
    ),
)  # fmt: skip

_KNOWN: Final = {
    "dues": frozenset(each.value for each in DueGroup),
    "ages": frozenset(each.value for each in AgeBand),
}


def case_filters(state: ListState) -> CaseFilters:
    """What the address asks of the list. Values nobody knows are left out."""
    chosen: dict[str, Any] = {field: state.chosen(name) for name, field in _FIELDS.items()}
    for field, known in _KNOWN.items():
        chosen[field] = tuple(each for each in chosen[field] if each in known)
    chosen["divisions"] = tuple(each for each in chosen["divisions"] if each.isdigit())
    chosen["handlers"] = tuple(
        each for each in chosen["handlers"] if each == NOBODY or ids_of([each])
    )
    turn = state.one("turn")
    return CaseFilters(
        **chosen,
        turn=turn if turn in {MINE, OTHERS} else "",
        closed=state.one("closed") == "yes",
        text=state.words,
    )


def choices_of(counts: CaseCounts, filters: CaseFilters) -> dict[str, list[Choice]]:
    """The choices of every filter with their counts; what leaves nothing and is not set is out."""
    small = counts.small
    names = _names(filters)
    return {
        "kind": _listed(names["kind"], small["kinds"], filters.kinds),
        "step": _listed(names["step"], small["states"], filters.states),
        "due": _listed({each.value: str(DUE_NAMES[each]) for each in DueGroup},
                       small["dues"], filters.dues),
        "place": _ranked(_places(small["divisions"], filters.divisions),
                         small["divisions"], filters.divisions),
        "risk": _ranked(_risks(counts.risks, filters.risks), counts.risks, filters.risks),
        "handler": _handlers(counts.handlers, filters.handlers),
        "age": [Choice(each, AGE_NAMES[AgeBand(each)]) for each in filters.ages],
        "turn": [Choice(MINE, _("轮到我")), Choice(OTHERS, _("等别人"))] if filters.turn else [],
        "closed": [Choice("yes", _("已办结"))] if filters.closed else [],
    }  # fmt: skip


def _names(filters: CaseFilters) -> dict[str, dict[str, str]]:
    """The words of kinds and of their steps, in the order of the tables."""
    kinds: dict[str, str] = {}
    steps: dict[str, str] = {}
    language = reader_language()
    for kind in CaseKind:
        try:
            table = load_procedure(kind.value)
        except Refused:
            continue
        kinds[kind.value] = table.label.text(language)
        if not filters.kinds or kind.value in filters.kinds:
            for state in table.states.values():
                steps.setdefault(state.name, state.label.text(language))
    return {"kind": kinds, "step": steps}


def _listed(words: dict[str, str], counts: Counter[str], chosen: tuple[str, ...]) -> list[Choice]:
    known = {**words, **{each: each for each in [*counts, *chosen] if each not in words}}
    return [
        Choice(code, label, counts[code])
        for code, label in known.items()
        if counts[code] or code in chosen
    ]


def _ranked(words: dict[str, str], counts: Counter[str], chosen: tuple[str, ...]) -> list[Choice]:
    return sorted(_listed(words, counts, chosen), key=lambda each: -(each.count or 0))


def _places(counts: Counter[str], chosen: tuple[str, ...]) -> dict[str, str]:
    found = list_divisions({*counts, *chosen}, today())
    return {each.code: each.name for each in found}


def _risks(counts: Counter[str], chosen: tuple[str, ...]) -> dict[str, str]:
    try:
        risks, language = active_pack(today()).risks, reader_language()
    except Refused:
        return {}
    return {code: risks[code].of(language) for code in {*counts, *chosen} if code in risks}


def _handlers(counts: Counter[str], chosen: tuple[str, ...]) -> list[Choice]:
    busiest = [who for who, _n in counts.most_common(MOST_HANDLERS)]
    shown = list(dict.fromkeys([*chosen, *busiest]))
    names = {str(key): name for key, name in names_of(ids_of(shown)).items()}
    return [
        Choice(who, _("没有经办人") if who == NOBODY else names.get(who, who), counts[who])
        for who in shown
    ]


def views_of(state: ListState, mine: Counter[str], everything: Counter[str]) -> list[View]:
    """My turn by deadline, what waits for others, all, and what has ended.

    Args:
        mine: the open cases whose turn is the reader's, by due group.
        everything: all open cases, by due group.
    """
    own, whole = mine.total(), everything.total()
    usual: list[tuple[str, dict[str, tuple[str, ...]], int]] = [
        (_now("全部在办"), {}, whole),
        (_now("轮到我"), {"turn": (MINE,)}, own),
    ]
    for group, label in _MY_DUES.items():
        usual.append((str(label), {"turn": (MINE,), "due": (group.value,)}, mine[group.value]))
    usual.append((_now("等别人"), {"turn": (OTHERS,)}, whole - own))
    return views_at(state, usual)


_MY_DUES: Final = {
    DueGroup.OVERDUE: _("逾期"),
    DueGroup.TODAY: _("今天"),
    DueGroup.SOON: _("一周内"),
    DueGroup.LATER: _("以后"),
}
