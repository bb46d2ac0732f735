"""The words of cases' problems."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from bangfu.cases.domain.dues import DueGroup
from bangfu.foundation.ui.wording import Sentence

DUE_NAMES: Final = {
    DueGroup.OVERDUE: _("逾期"),
    DueGroup.TODAY: _("今天到期"),
    DueGroup.SOON: _("5 个工作日内"),
    DueGroup.LATER: _("以后"),
    DueGroup.NONE: _("没有期限"),
}
"""Groups of due days; a test holds the number of days to `DAYS_AHEAD`."""

SENTENCES: Final = {
    "cases.words_missing": Sentence(
        _("没有写听到或看到的情况"), _("写一两句话：谁家、什么事、什么时候，不写证件和电话号码。")
    ),
    "cases.words_long": Sentence(_("情况写得太长"), _("最多 500 个字，请写短一些。")),
    "cases.channel_unknown": Sentence(_("没有选线索来源"), _("请从列表里选一个来源。")),
    "cases.risk_unknown": Sentence(_("没有选风险类型"), _("请从列表里选一种风险。")),
    "cases.open_already": Sentence(
        _("这一户同一种风险已经有一条线索在办"), _("打开那条线索，把新情况写在办理意见里。")
    ),
    "cases.handover_no_right": Sentence(
        _("%(name)s在这里没有办案的权限，不能接手"), _("请选在这个地方任职的人。")
    ),
    "cases.handover_closed": Sentence(_("案件 %(case)s 已经办结，不用移交")),
    "cases.handover_same": Sentence(_("本来就由这个人经办")),
    "cases.nobody_to_check": Sentence(
        _("%(village)s没有可以核实线索的人"),
        _("请先安排网格员，或指定乡镇、县里的人核实。"),
    ),
}
