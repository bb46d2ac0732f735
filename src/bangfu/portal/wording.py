"""The words of the public pages' problems."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from bangfu.foundation.ui.wording import Sentence

SENTENCES: Final = {
    "portal.name_missing": Sentence(_("没有写姓名"), _("写户主或者家里人的名字。")),
    "portal.identity_wrong": Sentence(
        _("身份证号码不对"), _("18 位，照着身份证再对一遍。填错不算一次。")
    ),
    "portal.account_wrong": Sentence(
        _("卡号不对"), _("写惠农补贴卡（一卡通）卡号的最后 %(digits)s 位数字。填错不算一次。")
    ),
    "portal.too_many": Sentence(_("今天从这里查得太多了"), _("请明天再来，或者打电话、到镇里问。")),
    "portal.form_old": Sentence(_("这一页放得太久了"), _("您写的都还在，请再按一次。")),
    "portal.code_wrong": Sentence(
        _("没有这个回执编号"), _("照着回执再对一遍：12 个字母和数字，没有 0、1、I、O、U。")
    ),
    "portal.notice_over": Sentence(
        _("这份公示已经结束"), _("现在可以投诉，或者打电话、到镇里说。")
    ),
}
