"""Made-up contents for the gallery. Names and numbers are invented."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bangfu.foundation.clock.api import now
from bangfu.foundation.ui.api import (
    Choice,
    Column,
    Filter,
    IncomeYear,
    Table,
    present,
    read_state,
)

if TYPE_CHECKING:
    from django.http import QueryDict


class GalleryForm(forms.Form):
    """A form with a refused field, a required one and a choice."""

    paid = forms.DecimalField(
        label=_("合规自付支出，元"),
        widget=forms.TextInput,
        error_messages={"invalid": _("不是数字。请写成元，例如 12000.00")},
    )
    reason = forms.CharField(
        label=_("为什么退回"),
        widget=forms.Textarea,
        error_messages={"required": _("请写一句理由，村里会看到。")},
    )
    kind = forms.ChoiceField(
        label=_("风险"), choices=[("illness", _("因病")), ("work", _("因务工"))]
    )


@dataclass(frozen=True, slots=True)
class ExampleRow:
    """A row of the example list."""

    number: int
    name: str
    place: str
    why: str
    risk: str
    heavy: bool
    income: int | None
    days_left: int


@dataclass(frozen=True, slots=True)
class ExampleJob:
    """A job under way."""

    title: Any
    running: bool
    done: int
    total: int
    stage: Any
    remaining: Any


@dataclass(frozen=True, slots=True)
class ExampleOpening:
    """Somebody who looked."""

    at: datetime
    name: str
    title: str
    purpose: str


ROWS = (
    ExampleRow(1, "刘碧芳", "沙溪镇 王坪村", "主要劳动力去世", "因缺劳动力", True, 412_000, -1),
    ExampleRow(2, "熊光明", "空山镇 五福村", "3.2 亩天麻被埋", "因自然灾害", False, None, 0),
    ExampleRow(3, "罗开芳", "唱歌镇 樱桃村", "10 月住院自付 18,420 元", "因病", True, 721_500, 2),
)

LIST: Table[ExampleRow] = Table(
    name="example",
    sort="due",
    words=_("姓名"),
    columns=(
        Column(
            "name",
            _("农户"),
            lambda row: row.name,
            template="shell/gallery_household.html",
            sortable=True,
            heading=True,
        ),
        Column(
            "why",
            _("为什么提出来"),
            lambda row: row.why,
            template="shell/gallery_why.html",
            bare=True,
        ),
        Column(
            "income",
            _("收入参考值，元/人"),
            lambda row: row.income,
            kind="hundredths",
            sortable=True,
        ),
        Column(
            "due",
            _("期限"),
            lambda row: row.days_left,
            template="shell/gallery_due.html",
            sortable=True,
        ),
        Column("number", _("编号"), lambda row: row.number, kind="whole", chosen=False),
    ),
    filters=(
        Filter(
            "risk",
            _("风险"),
            (Choice("illness", _("因病"), 41), Choice("disaster", _("自然灾害"), 10)),
        ),
    ),
)


def example_job() -> ExampleJob:
    """A screening under way."""
    return ExampleJob(
        _("正在判断 通江县 168,420 户"), True, 72_400, 168_420, _("套用规则"), _("还要约 4 秒。")
    )


def _years() -> list[IncomeYear]:
    """Thirteen years: growing, one not recorded, one with a loss."""
    years = [
        IncomeYear(
            2014 + index,
            (90_000 + 46_000 * index, 50_000, 4_000, 40_000 + 9_000 * index),
            184_000 + 55_000 * index,
            line=280_000 + 47_000 * index,
        )
        for index in range(13)
    ]
    years[3] = IncomeYear(2017, (None, None, None, None), None, line=421_000)
    years[8] = IncomeYear(2022, (458_000, -120_000, 4_000, 112_000), 454_000, 656_000, 380_000)
    years[12] = IncomeYear(2026, (642_000, 50_000, None, 148_000), None, 850_000, 693_000)
    return years


def _openings() -> list[ExampleOpening]:
    """Who looked: today, yesterday, earlier."""
    moment = now()
    return [
        ExampleOpening(moment, "周敏", "县级经办", "办理识别案件"),
        ExampleOpening(moment - timedelta(days=1), "冯蓉", "铁溪镇审核", "核对公示"),
        ExampleOpening(moment - timedelta(days=9), "岳鹏", "帮扶责任人", ""),
    ]


def example_context(params: QueryDict) -> dict[str, Any]:
    """Everything the gallery's templates draw."""
    state = read_state(LIST, params)
    return {
        "table": present(LIST, state, ROWS, total=122, key=lambda row: row.number, pick=True),
        "no_rows": present(
            replace(LIST, filters=(), words=""), state, (), total=0, key=lambda row: row.number
        ),
        "income_years": _years(),
        "job": example_job(),
        "openings": _openings(),
        "step_names": [_("下载模板"), _("上传"), _("对列"), _("核对"), _("提交")],
    }
