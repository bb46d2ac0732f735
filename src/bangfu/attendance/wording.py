"""The words of resident duty's problems."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from bangfu.foundation.ui.wording import Sentence

SENTENCES: Final = {
    "attendance.not_resident": Sentence(
        _("队伍名册里没有您在这个村的驻村任职"), _("请乡镇或者县级在“队伍”里核对您的任职和账号。")
    ),
    "attendance.village_missing": Sentence(_("没有说在哪个村签到"), _("请从签到页上签到。")),
    "attendance.note_too_long": Sentence(_("记事最多 %(most)s 个字"), _("请写短一些。")),
    "attendance.day_to_come": Sentence(_("%(day)s 还没有到"), _("请填今天或以前的日期。")),
    "attendance.words_missing": Sentence(
        _("要写一句理由，最多 %(most)s 个字"), _("请补上再提交。")
    ),
    "attendance.leave_backwards": Sentence(
        _("请假的最后一天要在第一天之后，最长一年"), _("请核对两个日期。")
    ),
    "attendance.leave_past": Sentence(
        _("%(day)s 已经过了，请假要在开始以前或者当天提出"), _("已经过去的日子请向乡镇说明。")
    ),
    "attendance.leave_overlaps": Sentence(
        _("这几天里已经有一次请假"), _("请先取消那一次，或者改日期。")
    ),
    "attendance.kind_unknown": Sentence(_("请假种类“%(kind)s”不在列表里"), _("请从列表里选。")),
    "attendance.month_going_on": Sentence(_("%(month)s 还没有过完"), _("请等到下个月。")),
}
