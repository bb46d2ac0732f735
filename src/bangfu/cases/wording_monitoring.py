"""The words of monitoring's problems."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from bangfu.foundation.ui.wording import Sentence

SENTENCES: Final = {
    "cases.other_kind": Sentence(_("这类案件不登记这种入户"), _("请从这一户对应的案件里登记。")),
    "cases.exit_over": Sentence(
        _("脱贫攻坚阶段已经结束，不再办理贫困户退出"), _("历史记录可以在农户时间线里查看。")
    ),
    "cases.visit_not_now": Sentence(
        _("现在不需要登记消除核查"), _("先提出风险消除，再两人以上入户核查。")
    ),
    "cases.look_back_not_now": Sentence(
        _("这一户没有标注风险消除，不需要回头看"), _("监测帮扶中的户按帮扶走访登记。")
    ),
    "cases.answer_missing": Sentence(
        _("住房、教育、饮水、医保四个问题没有答全"), _("四个问题逐一看过再登记，不知道的先弄清楚。")
    ),
    "cases.visit_day": Sentence(
        _("入户日期 %(day)s 不对"), _("入户日期不能晚于今天，也不能早于立案。")
    ),
    "cases.visitor_doubled": Sentence(_("入户人员重复"), _("每个人只写一次。")),
    "cases.visitor_elsewhere": Sentence(
        _("有的入户人员不在这个村的核查人员里"), _("请从名单里选，名单里没有的先安排任职。")
    ),
    "cases.approach_unknown": Sentence(_("没有选入户方式"), _("请从列表里选一种。")),
}
