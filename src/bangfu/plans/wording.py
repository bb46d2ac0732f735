"""The words of plans' problems."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from bangfu.foundation.ui.wording import Sentence

SENTENCES: Final = {
    "plans.household_unknown": Sentence(
        _("这一户不在册，或者不在您的管辖范围"), _("请从农户页进入。")
    ),
    "plans.open_already": Sentence(
        _("这一户 %(year)s 年已经有一份没有结束的方案"), _("请在那一份里增加措施。")
    ),
    "plans.not_changeable": Sentence(
        _("这项措施现在不能改"),
        _("方案拟定中和审定后可以增加措施；已经同意的措施只能取消后另拟。"),
    ),
    "plans.family_unknown": Sentence(_("措施类别“%(family)s”不在目录里"), _("请从列表里选类别。")),
    "plans.risk_unknown": Sentence(_("风险“%(risk)s”不在目录里"), _("请从列表里选风险。")),
    "plans.title_missing": Sentence(_("没有写做什么"), _("请用几个字写明这项措施。")),
    "plans.due_before_start": Sentence(
        _("完成日期 %(due)s 早于开始日期 %(start)s"), _("请改其中一个日期。")
    ),
    "plans.amount_negative": Sentence(_("金额不能小于零"), _("没有资金的不填。")),
    "plans.amount_over_cap": Sentence(
        _("金额 %(amount)s 元超过上限 %(cap)s 元"),
        _("上限来自政策参数 %(parameter)s（%(source)s）。请改金额，或由省、县录入本地数值。"),
    ),
    "plans.organisation_not_valid": Sentence(
        _("责任单位在 %(day)s 不在册，或者不管这一户所在的地方"),
        _("请选本村、本乡镇、本县仍在册的单位。"),
    ),
    "plans.person_not_valid": Sentence(
        _("责任人在 %(day)s 没有在这一户所在的地方任职，也不是这一户的帮扶人"),
        _("请选当天在任的人，或者先在“人员”里登记任职、结对。"),
    ),
    "plans.day_to_come": Sentence(_("%(day)s 还没有到"), _("请填实际办理的日期，最晚今天。")),
    "plans.ended_before_start": Sentence(
        _("完成日期 %(day)s 早于实际开始日期 %(start)s"), _("请改完成日期。")
    ),
    "plans.nothing_chosen": Sentence(_("没有选择措施"), _("请先勾选要办的措施。")),
    "plans.unknown_family": Sentence(
        _("措施类别“%(family)s”不存在，或者不能直接选用"),
        _("请先在 families 里写上；derived 的类别由其他措施推出，不能写在这里。"),
    ),
    "plans.rule_without_measures": Sentence(
        _("规则 %(rule)s 的风险“%(risk)s”在 measures.yaml 里没有对应的措施"),
        _("请在 risks 里为这一风险写上 needs 和 contents。"),
    ),
}
