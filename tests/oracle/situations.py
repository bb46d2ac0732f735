"""For every rule a household it fires on: where a search for differences sets out from."""

from __future__ import annotations

from oracle.cases import QUIET, household, member, report

NO_WORK = {"务工所在地": None, "务工时间": "0"}
CHILD = member(
    出生日期="2015-01-01", 在校生状况="小学", 文化程度=None, 劳动技能="无劳动力", **NO_WORK
)
OLD = {"出生日期": "1950-03-01", "劳动技能": "无劳动力", **NO_WORK}
LAST_YEAR = {**QUIET, "工资性收入（元）": "100000"}
POOR_BUSINESS = {"生产经营性收入": "0"}

FIRES = {
    "income_below_line": household(工资性收入="8499.99", **POOR_BUSINESS),
    "medical_burden": household(医疗自付支出="20000"),
    "unsafe_housing": household(住房安全等级="D级"),
    "child_out_of_school": household(member(), member(出生日期="2015-01-01", 在校生状况="不在校")),
    "disability_without_labour": household(member(残疾等级="一级", 劳动技能="无劳动力")),
    "unstable_work": household(member(务工时间="5"), 生产经营性收入="30000"),
    "income_fall": household(before=LAST_YEAR),
    "medical_cost_reported": household(reports=(report("medical", amount="20000"),)),
    "serious_illness": household(
        member(健康状况="患有大病"), 工资性收入="12749.99", **POOR_BUSINESS
    ),
    "uninsured": household(member(是否参加城乡居民基本医疗保险="否")),
    "unsafe_water": household(是否解决安全饮用水="否"),
    "disaster_loss": household(reports=(report("disaster", amount="5000"),)),
    "accident": household(reports=(report("accident"),)),
    "industry_failure": household(reports=(report("industry_loss", amount="8000"),)),
    "job_lost": household(生产经营性收入="30000", reports=(report("job_loss"),)),
    "worker_died": household(reports=(report("death", labour="技能劳动力"),)),
    "no_labour": household(member(劳动技能="丧失劳动力")),
    "overdue_credit": household(reports=(report("overdue", amount="1000"),)),
    "heavy_debt": household(reports=(report("loan", amount="105000"),)),
    "low_income_group": household(工资性收入="9499.99", **POOR_BUSINESS),
    "elderly_alone": household(member(健康状况="长期慢性病", **OLD), member(**OLD)),
    "orphan_child": household(CHILD, member(**OLD)),
    "left_behind_child": household(CHILD, member(), member(健康状况="长期慢性病", **OLD)),
    "newly_on_dibao": household(reports=(report("dibao"),)),
    "mostly_transfers": household(转移性收入="105000"),
    "price_fall": household(reports=(report("price", percent="20", product="tea"),)),
    "relocated_without_work": household(member(**NO_WORK), 是否易地搬迁户="是"),
    "dibao_unhelped": household(
        member(是否享受低保="是", 健康状况="患有大病"), 到户产业帮扶类型="无"
    ),
    "education_burden": household(教育自付支出="12000"),
    "dropout_reported": household(reports=(report("dropout"),)),
    "housing_reported": household(reports=(report("housing"),)),
    "water_cut": household(reports=(report("water_cut"),)),
    "new_disability": household(reports=(report("disability"),)),
    "large_aid": household(reports=(report("temporary_aid", amount="3000"),)),
    "unpaid_wages": household(reports=(report("unpaid_wages"),)),
    "serious_illness_reported": household(reports=(report("serious_illness"),)),
}
