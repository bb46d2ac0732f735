"""The words of recognition's problems."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from bangfu.foundation.ui.wording import Sentence

CASE_SENTENCES: Final = {
    "cases.case_open_already": Sentence(
        _("这一户已经有同类案件 %(case)s 在办"), _("打开那个案件接着办，新情况写在里面。")
    ),
    "cases.household_monitored": Sentence(
        _("这一户已经在监测帮扶"), _("新的风险写进监测案件，不再另外识别。")
    ),
    "cases.clue_not_verified": Sentence(
        _("线索还没有核实属实"), _("先核实线索，属实的自动转入识别认定。")
    ),
    "cases.not_at_this_step": Sentence(
        _("案件现在是“%(state)s”，不能再写这一项"), _("需要改的，先退回核实，写明原因。")
    ),
    "cases.visit_not_yet": Sentence(_("入户日期 %(day)s 还没有到"), _("写实际入户的日期。")),
    "cases.visit_before_opening": Sentence(
        _("入户日期早于立案日期 %(day)s"), _("立案以后的入户才算核实。")
    ),
    "cases.visitors_few": Sentence(
        _("入户人数不够，至少要 %(needed)s 人"), _("两人以上同去，同一个人只算一次。")
    ),
    "cases.visitor_elsewhere": Sentence(
        _("有人的岗位不在这一户所在的地方"), _("只能选现在在这个村、乡镇或县任职的人。")
    ),
    "cases.approach_unknown": Sentence(_("没有选核实方式"), _("请从列表里选一种。")),
    "cases.answer_unknown": Sentence(_("不认识的核实项目：%(name)s"), _("只填核实表上有的项目。")),
    "cases.amount_negative": Sentence(_("金额不能是负数"), _("没有的填 0，不清楚的留空。")),
    "cases.category_unknown": Sentence(
        _("现行政策阶段没有“%(category)s”这一类别"), _("请从现行阶段的类别里选。")
    ),
    "cases.risks_many": Sentence(_("风险最多写 %(most)s 项"), _("按轻重留下最主要的几项。")),
    "cases.risk_doubled": Sentence(_("同一项风险写了两次"), _("每项风险只写一次。")),
    "cases.risk_not_listed": Sentence(
        _("表上没有“%(risk)s”这一项风险"), _("请从列表里选；都不合适的选“其他”。")
    ),
    "cases.consent_scope": Sentence(_("没有写授权查询哪些部门"), _("照授权书勾选，至少一个部门。")),
    "cases.signer_unknown": Sentence(
        _("签字人不是这一户的成员"), _("写户主或者其他成员的姓名，和登记的一致。")
    ),
    "cases.signed_later": Sentence(_("签字日期还没有到"), _("写实际签字的日期。")),
    "cases.consent_missing": Sentence(
        _("农户没有授权查询：%(departments)s"),
        _("请农户签承诺授权书；已经撤回授权的，不能再查询，也不能再录入结果。"),
    ),
    "cases.department_unknown": Sentence(_("没有“%(code)s”这个比对部门"), _("请从比对部门里选。")),
    "cases.not_asked": Sentence(_("还没有向这个部门发出比对"), _("先发出比对，再录入结果。")),
    "cases.outcome_unknown": Sentence(
        _("没有选比对结果"), _("选“没有发现”“有发现”或者“支持纳入”。")
    ),
    "cases.flag_unknown": Sentence(
        _("没有选这个部门发现的是什么情况"), _("请从这个部门的列表里选一项。")
    ),
    "cases.explanation_missing": Sentence(
        _("接受解释的，要写下解释"), _("写一两句话：怎么回事，有什么证明。")
    ),
    "cases.parameter_missing": Sentence(
        _("政策包里没有参数“%(name)s”今天的数值"), _("请省级录入以后再办。")
    ),
    "cases.comparison_unreadable": Sentence(
        _("信息比对的部门表读不懂"), _("检查 comparison.yaml：部门、情况和出处都要写全。")
    ),
}
