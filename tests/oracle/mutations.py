"""Households changed at random, near every limit and with gaps: where two judges could differ.

Every household begins as one that some rule fires on (`situations`) and is then changed a few
times. Nothing of the product is used: cells hold the words of the forms.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import ROUND_CEILING, Decimal
from hashlib import blake2b
from typing import TYPE_CHECKING, TypeVar

from oracle.cases import QUIET, TRIGGERS, by_header, member, report
from oracle.people import EXPENSES, GROSS, net_income, total
from oracle.situations import CHILD, FIRES, OLD

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date

    from oracle.limits import Limits
    from oracle.sheets import HouseholdRows

T = TypeVar("T")
FEN = Decimal("0.01")
ASIDE = (-FEN, Decimal(0), FEN)
FLAG = ("是", "否")
YUAN = (
    "0",
    "0.01",
    "1500",
    "3000",
    "8499.99",
    "8500",
    "9500",
    "12749.99",
    "30000",
    "40000",
    "70000",
)
HOUSEHOLD_CELLS = by_header(
    {
        "户类型": ("脱贫户", "脱贫户", "一般农户"),
        "监测对象类别": ("未纳入监测", "防止返贫致贫对象"),
        "整户无劳动能力兜底保障户": FLAG,
        "是否易地搬迁户": FLAG,
        "是否解决安全饮用水": FLAG,
        "到户产业帮扶类型": ("无", "种植业", "种植业、养殖业"),
        "住房安全等级": ("A级", "B级", "C级", "D级"),
        "工资性收入": YUAN,
        "生产经营性收入": YUAN,
        "财产性收入": YUAN,
        "转移性收入": YUAN,
        "生产经营性支出": YUAN,
        "理赔收入": YUAN,
        "合规自付支出": YUAN,
        "医疗自付支出": ("0", "19999.99", "20000", "20000.01"),
        "教育自付支出": ("0", "11999.99", "12000", "12000.01"),
    }
)
MEMBER_CELLS = by_header(
    {
        "文化程度": ("初中", "小学"),
        "在校生状况": ("不在校", "小学", "学龄前儿童"),
        "健康状况": ("健康", "长期慢性病", "患有大病", "残疾", "长期慢性病、患有大病"),
        "残疾等级": ("一级", "二级", "三级"),
        "劳动技能": ("普通劳动力", "技能劳动力", "弱劳动力或半劳动力", "丧失劳动力", "无劳动力"),
        "务工所在地": ("未务工", "乡镇内", "乡镇外县内", "县外省内", "省外", "其他"),
        "务工时间": ("0", "5", "6", "7", "12"),
        "公益性岗位聘用月数": ("0", "1", "12"),
        "是否参加城乡居民基本医疗保险": FLAG,
        "是否参加职工基本医疗保险": FLAG,
        "是否接受医疗救助": FLAG,
        "是否享受低保": FLAG,
        "是否特困供养": FLAG,
    }
)
AGES = ("compulsory_school_from", "child_to", "adult_from", "adult_to", "elderly_from")
SUMS = {
    "medical": "medical_burden_limit",
    "disaster": "disaster_loss_limit",
    "overdue": "overdue_limit",
    "temporary_aid": "large_aid_limit",
    "industry_loss": "industry_loss_limit",
    "loan": "overdue_limit",
}


def month_before(day: date, back: int) -> str:
    """The month so many months before the day's: `2026-03`."""
    year, month = divmod(day.year * 12 + day.month - 1 - back, 12)
    return f"{year}-{month + 1:02}"


class Chance:
    """Throws that depend on the seed alone."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._throws = 0

    def below(self, number: int) -> int:
        """A whole number from 0 and below `number`."""
        self._throws += 1
        thrown = blake2b(f"{self._seed} {self._throws}".encode(), digest_size=8).digest()
        return int.from_bytes(thrown, "big") % number

    def choice(self, options: Sequence[T]) -> T:
        """One of several."""
        return options[self.below(len(options))]

    def percent(self, number: int) -> bool:
        """True so often in a hundred."""
        return self.below(100) < number


class Changes:
    """Changes households at random; what it does depends on the source of chance alone."""

    def __init__(self, chance: Chance, day: date, limits: Limits) -> None:
        self._chance = chance
        self._day = day
        self._limits = limits
        self._ways: tuple[Callable[[HouseholdRows], HouseholdRows], ...] = (
            self.fill_household,
            self.fill_member,
            self.fill_member,
            self.blank_household,
            self.blank_member,
            self.birth,
            self.company,
            self.another_report,
            self.another_report,
            self.untold,
            self.last_year,
            self.near_a_line,
            self.near_a_share,
        )

    def households(self, count: int) -> Iterator[HouseholdRows]:
        """So many households, their numbers counting up."""
        starts = list(FIRES.values())
        for position in range(count):
            made = self.copied(starts[position % len(starts)])
            for _ in range(self._chance.below(6)):
                made = self._chance.choice(self._ways)(made)
            if self._chance.percent(20):
                made = self.gaps(made)
            yield replace(made, number=f"H{position:06}")

    def copied(self, rows: HouseholdRows) -> HouseholdRows:
        """The same household, with rows of its own; what was reported was reported this month."""
        month = month_before(self._day, 0)
        return replace(
            rows,
            row=dict(rows.row),
            members=[dict(each) for each in rows.members],
            reports=[{**each, "month": month} for each in rows.reports],
        )

    def fill_household(self, rows: HouseholdRows) -> HouseholdRows:
        """Another word in one of the household's cells."""
        header = self._chance.choice(list(HOUSEHOLD_CELLS))
        rows.row[header] = self._chance.choice(HOUSEHOLD_CELLS[header] or "")
        return rows

    def fill_member(self, rows: HouseholdRows) -> HouseholdRows:
        """Another word in one of a member's cells."""
        header = self._chance.choice(list(MEMBER_CELLS))
        words = MEMBER_CELLS[header] or ""
        self._chance.choice(rows.members)[header] = self._chance.choice(words)
        return rows

    def blank_household(self, rows: HouseholdRows) -> HouseholdRows:
        """One of the household's cells empty."""
        rows.row[self._chance.choice(list(HOUSEHOLD_CELLS))] = None
        return rows

    def blank_member(self, rows: HouseholdRows) -> HouseholdRows:
        """One of a member's cells empty."""
        row = self._chance.choice(rows.members)
        row[self._chance.choice([*MEMBER_CELLS, "出生日期"])] = None
        return rows

    def gaps(self, rows: HouseholdRows) -> HouseholdRows:
        """Many empty cells."""
        everybody = [(row, [*MEMBER_CELLS, "出生日期"]) for row in rows.members]
        for row, headers in ((rows.row, list(HOUSEHOLD_CELLS)), *everybody):
            for header in headers:
                if self._chance.percent(15):
                    row[header] = None
        return rows

    def birth(self, rows: HouseholdRows) -> HouseholdRows:
        """A member about to reach an age that counts, just there, or a month past it."""
        years = getattr(self._limits, self._chance.choice(AGES)) or 16
        month = month_before(self._day, years * 12 + self._chance.choice((-1, 0, 1)))
        self._chance.choice(rows.members)["出生日期"] = f"{month}-15"
        return rows

    def company(self, rows: HouseholdRows) -> HouseholdRows:
        """A member more, or one less."""
        if len(rows.members) > 1 and self._chance.percent(40):
            rows.members.pop(self._chance.below(len(rows.members)))
        else:
            more = self._chance.choice((member(), dict(CHILD), member(**OLD)))
            rows.members.append(more)
        return rows

    def another_report(self, rows: HouseholdRows) -> HouseholdRows:
        """One more row in a department's list, near the edges of window and limit."""
        trigger = self._chance.choice(TRIGGERS)
        window = self._limits.feed_window_months or 12
        back = self._chance.choice((-1, 0, 0, 1, window - 1, window - 1, window, window + 1))
        limit = Decimal(getattr(self._limits, SUMS.get(trigger, "overdue_limit")) or 1000)
        parts = (None, limit / 2, limit / 2 - FEN, limit, limit - FEN, FEN, Decimal(0))
        amount = self._chance.choice(parts)
        fall = self._limits.price_fall_percent or 20
        rows.reports.append(
            report(
                trigger,
                month_before(self._day, back),
                amount=None if amount is None else str(amount),
                percent=self._chance.choice((None, str(fall - 1), str(fall), "0")),
                labour=self._chance.choice((None, "普通劳动力", "弱劳动力或半劳动力")),
            )
        )
        return rows

    def untold(self, rows: HouseholdRows) -> HouseholdRows:
        """Some departments' lists were never received, or none."""
        kept = () if self._chance.percent(30) else rows.feeds
        dropped = {self._chance.choice(TRIGGERS) for _ in range(5)}
        return replace(rows, feeds=frozenset(kept) - dropped)

    def last_year(self, rows: HouseholdRows) -> HouseholdRows:
        """Another year before: none, with a gap, or with another income."""
        header = self._chance.choice((*GROSS, EXPENSES))
        amount = self._chance.choice((None, *YUAN))
        before = {**(rows.before or QUIET), header: amount}
        return replace(rows, before=None if self._chance.percent(20) else before)

    def near_a_line(self, rows: HouseholdRows) -> HouseholdRows:
        """Wages that bring net or reference income to a line, a fen to either side."""
        line = Decimal(self._limits.monitoring_line or 8500)
        low = Decimal(self._limits.low_income_line or 9500)
        ill = line * (self._limits.serious_illness_line_percent or 150) / 100
        others = total(rows, *GROSS[1:])
        gone = total(rows, EXPENSES)
        if others is not None and gone is not None:
            wanted = self._chance.choice((line, low, ill)) * len(
                rows.members
            ) + self._chance.choice(ASIDE)
            self._set(rows, GROSS[0], wanted - others + gone)
        return rows

    def near_a_share(self, rows: HouseholdRows) -> HouseholdRows:
        """Two amounts in just the proportion that a rule asks about, a fen to either side."""
        way = self._chance.choice((self._half, self._transfers, self._business, self._loan))
        way(rows)
        return self._fall(rows) if self._chance.percent(40) else rows

    def _set(self, rows: HouseholdRows, header: str, amount: Decimal) -> None:
        if amount >= 0:
            rows.row[header] = str(amount.quantize(FEN, ROUND_CEILING))

    def _share(self, rows: HouseholdRows, header: str, percent: int) -> None:
        others = total(rows, *(each for each in GROSS if each != header))
        if others is not None and percent < 100:
            exact = others * percent / (100 - percent)
            self._set(rows, header, exact + self._chance.choice(ASIDE))

    def _half(self, rows: HouseholdRows) -> None:
        self._share(rows, GROSS[self._chance.choice((0, 1))], 50)

    def _transfers(self, rows: HouseholdRows) -> None:
        self._share(rows, GROSS[3], self._limits.transfer_share_percent or 60)

    def _business(self, rows: HouseholdRows) -> None:
        self._share(rows, GROSS[1], self._limits.product_share_percent or 30)

    def _loan(self, rows: HouseholdRows) -> None:
        net = net_income(rows.row)
        if net is not None and net > 0:
            exact = net * (self._limits.debt_percent or 150) / 100
            amount = exact.quantize(FEN, ROUND_CEILING) + self._chance.choice(ASIDE)
            rows.reports.append(report("loan", month_before(self._day, 0), amount=str(amount)))

    def _fall(self, rows: HouseholdRows) -> HouseholdRows:
        """A year before from which this one is just the fall that counts."""
        net, kept = net_income(rows.row), 100 - (self._limits.income_fall_percent or 30)
        if net is None or net <= 0 or kept <= 0:
            return rows
        last = (net * 100 / kept).quantize(FEN, ROUND_CEILING) + self._chance.choice(ASIDE)
        nothing = dict.fromkeys((*GROSS, EXPENSES), "0")
        return replace(rows, before={**QUIET, **nothing, GROSS[0]: str(last)})
