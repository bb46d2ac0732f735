"""The lists of a pack: rules, parameters, facts, codes, and the versions of packs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bangfu.foundation.pages.api import Kept
from bangfu.foundation.ui.api import Column, Filter, Table
from bangfu.policy.domain.standing import Hold

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from bangfu.policy.domain.catalogue import CodeRow, FactRow, ParameterRow, RuleRow

__all__ = [
    "CODES",
    "FACTS",
    "KEPT_CODES",
    "KEPT_FACTS",
    "KEPT_PARAMETERS",
    "KEPT_RULES",
    "PARAMETERS",
    "RULES",
]

_HOLDS: Final[dict[Hold, _StrPromise]] = {
    Hold.HOLDS: _("有值"),
    Hold.AWAITED: _("待录入"),
    Hold.OTHER_DAYS: _("只在其他日期有值"),
}
_ZH: Final = "policy/cell_zh.html"
_CODE: Final = "policy/cell_code.html"
_SEVERITY_ORDER: Final = {"high": 0, "medium": 1, "low": 2}
_PAGE: Final = 100


def hold_words(row: ParameterRow) -> str:
    """Whether a parameter has a value, in words."""
    return str(_HOLDS[row.hold])


def _joined(labels: tuple[str, ...]) -> str:
    return _now("、").join(labels)


def _verified(row: RuleRow) -> str:
    return _now("待核实") if row.unverified else ""


RULES: Final[Table[RuleRow]] = Table(
    name="rules",
    sort="",
    words=_("规则、条件或措施里的字"),
    page_size=_PAGE,
    columns=(
        Column("label", _("规则"), lambda row: row.label, template="policy/cell_rule.html",
               sortable=True, heading=True),
        Column("risk", _("风险"), lambda row: row.risk_label, sortable=True),
        Column("severity", _("程度"), lambda row: row.severity_label,
               template="policy/cell_severity.html", sortable=True),
        Column("reason", _("触发时说"), lambda row: row.reason),
        Column("condition", _("条件"), lambda row: row.condition, chosen=False),
        Column("measures", _("建议措施"), lambda row: row.measures),
        Column("missing", _("缺的参数"), lambda row: row.missing, chosen=False),
        Column("source", _("来源"), lambda row: row.source, template=_ZH, chosen=False),
        Column("verified", _("核实"), _verified, chosen=False),
        Column("pack", _("政策包"), lambda row: row.pack, template=_CODE, chosen=False),
        Column("name", _("名称"), lambda row: row.name, template=_CODE, chosen=False),
    ),
    filters=(
        Filter("risk", _("风险")),
        Filter("severity", _("程度")),
        Filter("state", _("能不能判断")),
        Filter("pack", _("政策包")),
    ),
)  # fmt: skip


def _answers(row: RuleRow) -> tuple[str, str]:
    return ("missing", _now("缺参数")) if row.missing else ("ready", _now("能判断"))


KEPT_RULES: Final[Kept[RuleRow]] = Kept(
    filters={
        "risk": lambda row: (row.risk, row.risk_label),
        "severity": lambda row: (row.severity, row.severity_label),
        "state": _answers,
        "pack": lambda row: (row.pack, row.pack),
    },
    words=lambda row: " ".join((row.name, row.label, row.condition, row.measures, row.source)),
    key=lambda row: row.name,
    order={"severity": lambda row: _SEVERITY_ORDER[row.severity]},
)

PARAMETERS: Final[Table[ParameterRow]] = Table(
    name="parameters",
    sort="",
    words=_("参数名称或来源"),
    page_size=_PAGE,
    columns=(
        Column("label", _("参数"), lambda row: row.label, template="policy/cell_parameter.html",
               sortable=True, heading=True),
        Column("value", _("现行值"), lambda row: row.value, template="policy/cell_value.html"),
        Column("since", _("何时起"), lambda row: row.since, kind="day",
               template="policy/cell_since.html", sortable=True),
        Column("place", _("范围"), lambda row: row.place, template=_CODE, chosen=False),
        Column("elsewhere", _("另有值的地方，个"), lambda row: row.elsewhere, kind="whole",
               chosen=False),
        Column("source", _("来源"), lambda row: row.source, template=_ZH),
        Column("readers", _("用到的规则，条"), lambda row: len(row.readers), kind="whole",
               sortable=True),
        Column("blocked", _("因此没法判断的规则"), lambda row: _joined(row.blocked),
               chosen=False),
        Column("unit", pgettext_lazy("计量", "单位"), lambda row: row.unit, chosen=False),
        Column("hold", _("状态"), hold_words, chosen=False),
        Column("marks", _("标记"), lambda row: " ".join(row.marks), chosen=False),
        Column("pack", _("政策包"), lambda row: row.pack, template=_CODE, chosen=False),
        Column("name", _("名称"), lambda row: row.name, template=_CODE, chosen=False),
    ),
    filters=(Filter("hold", _("状态")), Filter("marks", _("标记")), Filter("pack", _("政策包"))),
)  # fmt: skip


def _marks(row: ParameterRow) -> tuple[str, str]:
    words = " ".join(row.marks)
    return words or "none", words or _now("没有标记")


KEPT_PARAMETERS: Final[Kept[ParameterRow]] = Kept(
    filters={
        "hold": lambda row: (row.hold.value, hold_words(row)),
        "marks": _marks,
        "pack": lambda row: (row.pack, row.pack),
    },
    words=lambda row: " ".join((row.name, row.label, row.source, row.note)),
    key=lambda row: row.name,
)

FACTS: Final[Table[FactRow]] = Table(
    name="facts",
    sort="",
    words=_("事实的名称或含义"),
    page_size=_PAGE,
    columns=(
        Column("label", _("事实"), lambda row: row.label, template="policy/cell_named.html",
               sortable=True, heading=True),
        Column("meaning", _("含义"), lambda row: row.meaning),
        Column("unit", pgettext_lazy("计量", "单位"), lambda row: row.unit, sortable=True),
        Column("readers", _("用到的规则"), lambda row: _joined(row.readers)),
        Column("written", _("写法"), lambda row: row.written, template=_CODE, chosen=False),
        Column("note", _("说明"), lambda row: row.note, chosen=False),
        Column("pack", _("政策包"), lambda row: row.pack, template=_CODE, chosen=False),
        Column("name", _("名称"), lambda row: row.name, template=_CODE, chosen=False),
    ),
    filters=(Filter("used", _("有没有用到")), Filter("pack", _("政策包"))),
)  # fmt: skip


def _used(row: FactRow) -> tuple[str, str]:
    return ("yes", _now("有规则用到")) if row.readers else ("no", _now("没有规则直接用到"))


KEPT_FACTS: Final[Kept[FactRow]] = Kept(
    filters={"used": _used, "pack": lambda row: (row.pack, row.pack)},
    words=lambda row: " ".join((row.name, row.label, row.meaning, row.written)),
    key=lambda row: row.name,
)

CODES: Final[Table[CodeRow]] = Table(
    name="codes",
    sort="",
    words=_("代码、中文或英文"),
    page_size=_PAGE,
    columns=(
        Column("zh", _("登记表上的字"), lambda row: row.zh, template=_ZH, sortable=True,
               heading=True),
        Column("code", _("代码"), lambda row: row.code, template=_CODE, sortable=True),
        Column("en", _("英文"), lambda row: row.en, template="policy/cell_en.html", chosen=False),
        Column("items", _("哪些项目用"), lambda row: row.items, sortable=True),
        Column("list", _("代码表"), lambda row: row.list, template=_CODE, sortable=True),
        Column("from", _("何时起"), lambda row: row.valid_from, kind="day",
               template="policy/cell_from.html", sortable=True),
        Column("to", _("到何时（不含）"), lambda row: row.valid_to, kind="day",
               template="policy/cell_to.html", sortable=True),
        Column("gb", _("国家标准代码"), lambda row: row.gb, template=_CODE),
        Column("standard", _("依据的标准"), lambda row: row.standard, template=_ZH, chosen=False),
    ),
    filters=(Filter("generation", _("哪些日子能用")), Filter("list", _("代码表"))),
)  # fmt: skip


def _generation(row: CodeRow) -> tuple[str, str]:
    if row.valid_from is None and row.valid_to is None:
        return "always", _now("一直能用")
    start = row.valid_from.isoformat() if row.valid_from else ""
    end = row.valid_to.isoformat() if row.valid_to else ""
    return f"{start}/{end}", f"{start} – {end}"


KEPT_CODES: Final[Kept[CodeRow]] = Kept(
    filters={"generation": _generation, "list": lambda row: (row.list, row.items or row.list)},
    words=lambda row: " ".join((row.code, row.zh, row.en, row.list, row.items)),
    key=lambda row: f"{row.list}.{row.code}",
)
