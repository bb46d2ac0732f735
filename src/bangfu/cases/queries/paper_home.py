"""What papers say of a household: who it is, its members, income, help. Many cost as few queries.

Secrets are masked as everywhere; health stands only where the reader may read the register.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

from bangfu.cases.queries.paper_words import ZH, pair, place_words, risk_words, yuan_words
from bangfu.foundation.bulk.api import fetch_by
from bangfu.foundation.clock.api import today
from bangfu.plans.api import READ as READ_PLANS
from bangfu.plans.api import Measure, effect_of
from bangfu.procedures.api import pinned_procedure
from bangfu.registry.api import READ as READ_REGISTER
from bangfu.registry.api import (
    Household,
    IncomeStatement,
    Member,
    describe_household,
    describe_income,
    describe_member,
    net_income,
    reference_income,
)
from bangfu.rules.months import month_index
from bangfu.teams.api import READ as READ_TEAMS
from bangfu.teams.api import Pairing

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from uuid import UUID

    from bangfu.foundation.access.api import Actor
    from bangfu.registry.api import ShownItem

    Shown = Mapping[str, ShownItem]
    Row = list[str | None]

NOT_SHOWN: Final = "不显示"
_ORDINARY: Final = "ordinary"
_ANNUAL: Final = "annual"
_YEARS: Final = 3
_MONTHS: Final = 12
_REGISTER: Final = (
    ("household_type", "户类型"),
    ("poverty_attribute", "户属性"),
    ("identification_standard", "识别标准"),
    ("identified_month", "识别时间"),
    ("exit_flag", "脱贫标志"),
    ("monitoring_category", "监测对象类别"),
    ("main_cause", "主要致贫原因"),
    ("other_causes", "其他致贫原因"),
    ("relocated", "易地搬迁户"),
    ("safety_net_household", "整户无劳力兜底"),
)
_RISKS: Final = ("risk_1", "risk_2", "risk_3", "risk_4", "risk_5")
_ORDINALS: Final = ("第一风险", "第二风险", "第三风险", "第四风险", "第五风险")
_LIVING: Final = (
    ("housing_area", "住房（平方米）"),
    ("housing_structure", "房屋结构"),
    ("housing_grade", "住房等级"),
    ("water_safe", "安全饮用水"),
    ("electricity", "生活用电"),
    ("broadcast", "广播电视"),
    ("road_type", "入户路"),
    ("sanitary_toilet", "卫生厕所"),
    ("broadband", "宽带"),
    ("farmland", "耕地（亩）"),
    ("forest_land", "林地（亩）"),
    ("cooperative", "加入合作社"),
)
_INCOME: Final = (
    ("wage_income", "工资性收入"),
    ("business_income", "生产经营性收入"),
    ("property_income", "财产性收入"),
    ("transfer_income", "转移性收入"),
    ("business_expenses", "生产经营性支出"),
)


def homes_of(actor: Actor, households: Sequence[Household]) -> list[dict[str, Any]]:
    """Everything a card says of households the actor has opened, in their order."""
    ids = [each.pk for each in households]
    members = _grouped(Member.objects.filter(active=True), ids)
    incomes = _grouped(IncomeStatement.objects.filter(income_purpose=_ANNUAL), ids)
    helpers = _helpers(actor, ids)
    measures = _measures(actor, ids)
    return [
        {
            **home_of(actor, each, members[each.pk]),
            "members": _member_rows(actor, each, members[each.pk]),
            **_income(incomes[each.pk]),
            "helpers": helpers[each.pk],
            "measures": measures[each.pk],
        }
        for each in households
    ]


def members_of(household: Household) -> list[Member]:
    """The members of one household."""
    return list(household.members.filter(active=True))


def member_rows(actor: Actor, household: Household) -> list[Row]:
    """The members of one household as lines of the members' table."""
    return _member_rows(actor, household, members_of(household))


def home_of(actor: Actor, household: Household, members: Sequence[Member]) -> dict[str, Any]:
    """Who a household is, how it is registered and lives: the head of every form."""
    shown = {item.name: item for each in describe_household(household).values() for item in each}
    head = next((each for each in members if each.relation == "head"), None)
    return {
        "place": place_words(household.village_code, household.group_name),
        "number": household.household_number,
        "head": household.head_name,
        "size": f"{household.size} 人",
        "size_words": f"{household.size} 人",
        "head_document": describe_member(head)["id_number"].text if head else None,
        "phone": shown["phone"].text,
        "address": shown["address"].text,
        "register": _register(household, shown),
        "risks": _risks(actor, household, shown),
        "living": [pair(label, shown[name].text) for name, label in _LIVING],
    }


def _register(household: Household, shown: Shown) -> list[dict[str, Any]]:
    """How it is registered; what only a once poor household has is left out for the others."""
    ordinary = household.household_type == _ORDINARY
    return [
        pair(label, shown[name].text)
        for name, label in _REGISTER
        if shown[name].known or not ordinary
    ]


def _risks(actor: Actor, household: Household, shown: Shown) -> list[dict[str, Any]]:
    named = [
        pair(ordinal, shown[name].text)
        for name, ordinal in zip(_RISKS, _ORDINALS, strict=True)
        if shown[name].known
    ]
    if not named:
        return [pair("登记的风险", "没有登记风险", wide=True)]
    months = [
        pair("风险识别时间", shown["risk_identified_month"].text),
        pair("风险消除时间", shown["risk_eliminated_month"].text or "没有消除"),
    ]
    note = shown["risk_note"].text
    if not note:
        return named + months
    may_read = actor.may(READ_REGISTER, household.village_code)
    return [*named, *months, pair("备注", note if may_read else NOT_SHOWN, wide=True)]


def _member_rows(actor: Actor, household: Household, members: Sequence[Member]) -> list[Row]:
    may_read = actor.may(READ_REGISTER, household.village_code)
    ordered = sorted(
        members, key=lambda each: (each.relation != "head", each.birth_date, each.person_number)
    )
    return [_member_row(each, describe_member(each), may_read=may_read) for each in ordered]


def _member_row(member: Member, shown: Shown, *, may_read: bool) -> Row:
    return [
        member.name,
        shown["relation"].text,
        shown["sex"].text,
        f"{member.birth_date:%Y-%m}（{age_on(member.birth_date, today())} 岁）",
        shown["id_number"].text,
        shown["ethnicity"].text,
        _schooling(shown),
        _health(member, shown) if may_read else NOT_SHOWN,
        shown["labour"].text,
        _work(member, shown),
    ]


def age_on(born: date, day: date) -> int:
    """Completed years, counted by months as the rules count them."""
    return (month_index(day) - month_index(born)) // _MONTHS


def _schooling(shown: Shown) -> str:
    """The one of education and school status that is filled."""
    return shown["education"].text or shown["school_status"].text


def _health(member: Member, shown: Shown) -> str:
    if not member.disability_category or member.disability_category == "none":
        return shown["health"].text
    return f"{shown['health'].text}（{shown['disability_category'].text}{_grade(shown)}）"


def _grade(shown: Shown) -> str:
    grade = shown["disability_grade"].text
    return f" {grade}" if grade else ""


def _work(member: Member, shown: Shown) -> str | None:
    if member.work_place == "none":
        return "没有务工"
    if not member.work_place:
        return None
    months = "" if member.work_months is None else f" {member.work_months} 个月"
    return f"{shown['work_place'].text}{months}"


def _income(statements: Sequence[IncomeStatement]) -> dict[str, Any]:
    """The last yearly statements side by side."""
    latest = sorted(statements, key=lambda each: each.income_year)[-_YEARS:]
    shown = [describe_income(each) for each in latest]
    rows: list[Row] = [[label, *(each[name].text for each in shown)] for name, label in _INCOME]
    rows.append(["家庭纯收入", *(yuan_words(net_income(vars(each))) for each in latest)])
    rows.append(["监测收入参考", *(yuan_words(reference_income(vars(each))) for each in latest)])
    heads = ["项目（元）", *(f"{each.income_year} 年" for each in latest)]
    return {"income_heads": heads, "income_rows": rows if latest else []}


def _helpers(actor: Actor, ids: Sequence[UUID]) -> dict[UUID, list[Row]]:
    """Who helps, the main helper first, where the actor may see people and postings."""
    found: dict[UUID, list[Row]] = defaultdict(list)
    rows = Pairing.objects.filter(
        actor.scope(READ_TEAMS).q("household__village_code"), valid_to=None
    ).select_related("cadre", "organisation")
    for each in sorted(fetch_by(rows, "household_id", ids), key=_main_first):
        office = each.organisation.name if each.organisation else None
        role = "主要帮扶责任人" if each.main else "帮扶责任人"
        found[each.household_id].append(
            [each.cadre.name, office, role, each.valid_from.isoformat()]
        )
    return found


def _main_first(pairing: Pairing) -> tuple[bool, date, UUID]:
    return (not pairing.main, pairing.valid_from, pairing.pk)


def _measures(actor: Actor, ids: Sequence[UUID]) -> dict[UUID, list[Row]]:
    """Measures that were decided, in the order they were written, with what came of them."""
    found: dict[UUID, list[Row]] = defaultdict(list)
    rows = Measure.objects.filter(
        actor.scope(READ_PLANS).q("division"), suggested=False
    ).select_related("matter", "organisation", "responsible")
    ordered = sorted(
        fetch_by(rows, "household_id", ids), key=lambda each: (each.recorded_at, each.pk)
    )
    for each in ordered:
        found[each.household_id].append(measure_row(each))
    return found


def measure_row(measure: Measure) -> Row:
    """A measure as a line: what, for which risk, who, how much, when, what came of it."""
    from_day = measure.started_on or measure.starts_on
    to_day = measure.ended_on or measure.due_on
    return [
        measure.title,
        _risk_of(measure),
        " ".join(
            each.name for each in (measure.organisation, measure.responsible) if each is not None
        )
        or None,
        yuan_words(measure.amount) or "不涉及",
        f"{from_day or '待定'} 至 {to_day or '待定'}",
        _standing(measure),
    ]


def _risk_of(measure: Measure) -> str:
    return risk_words([measure.risk]) if measure.risk else "不针对单项风险"


def _standing(measure: Measure) -> str:
    state = pinned_procedure(measure.matter.version_id).states[measure.matter.state]
    words = state.label.text(ZH)
    effect = effect_of(measure.effect)
    change = effect.income_change if effect else None
    if not change:
        return words
    moved = "增加" if change > 0 else "减少"
    return f"{words}；家庭纯收入{moved} {yuan_words(abs(change))} 元"


def _grouped(rows: Any, ids: Sequence[UUID]) -> dict[UUID, list[Any]]:
    found: dict[UUID, list[Any]] = defaultdict(list)
    for each in fetch_by(rows, "household_id", ids):
        found[each.household_id].append(each)
    return found
