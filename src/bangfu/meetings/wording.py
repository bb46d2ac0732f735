"""The words of meetings' problems."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from bangfu.foundation.ui.wording import Sentence

SENTENCES: Final = {
    "meetings.kind_unknown": Sentence(_("没有“%(kind)s”这种会议"), _("请从列表里选会议的种类。")),
    "meetings.rule_missing": Sentence(
        _("政策包里没有%(kind)s在 %(day)s 的到会和表决比例"), _("请县级在政策规则里录入后再开会。")
    ),
    "meetings.not_a_village": Sentence(_("会议要开在一个村，%(division)s 不是村"), _("请选村。")),
    "meetings.words_missing": Sentence(
        _("地点、主持人和记录人都要写，每项不超过 64 个字"), _("请补上再保存。")
    ),
    "meetings.eligible_missing": Sentence(
        _("还没有写应到多少人"), _("请写会议的组成人员总数；开过一次以后会自动带出。")
    ),
    "meetings.planned_already": Sentence(
        _("这个村 %(day)s 已经通知了一次同样的会议"), _("请在那一次会议里加议程。")
    ),
    "meetings.before_matter": Sentence(
        _("会议在 %(day)s，议的事 %(opened)s 才提出"), _("请改会议的日期，或者从议程里拿掉。")
    ),
    "meetings.more_than_eligible": Sentence(
        _("名单上有 %(members)s 人，应到只有 %(eligible)s 人"), _("请核对应到人数和名单。")
    ),
    "meetings.over": Sentence(
        _("%(day)s 的会议已经结束或者取消，不能再改"), _("要重新评议，请另开一次会议。")
    ),
    "meetings.not_closed": Sentence(_("会议还没有结束"), _("请先结束会议。")),
    "meetings.not_waiting": Sentence(
        _("有的件现在不等村里评议"), _("请刷新页面，从“等评议的”里重新选。")
    ),
    "meetings.on_agenda_elsewhere": Sentence(
        _("%(title)s已经列在 %(day)s 那次会议的议程里"), _("请先从那次会议里拿掉。")
    ),
    "meetings.not_held_yet": Sentence(
        _("会议定在 %(day)s，还没有到"), _("请到开会那天再记到会和表决。")
    ),
    "meetings.name_missing": Sentence(_("名单里有一行没有名字，或者名字太长"), _("请补上名字。")),
    "meetings.role_unknown": Sentence(_("身份“%(role)s”不在列表里"), _("请从列表里选身份。")),
    "meetings.attends_twice": Sentence(
        _("%(name)s在名单里出现了两次"), _("同名的人请写上组别；同一个人只留一行。")
    ),
    "meetings.no_quorum": Sentence(
        _("应到 %(eligible)s 人，实到 %(present)s 人，不到 %(needed)s 人不能表决（%(law)s）"),
        _("请先记到会的人；人数不够请改期再开。"),
    ),
    "meetings.votes_do_not_add_up": Sentence(
        _("%(title)s：同意、反对、弃权合计 %(total)s 票，到会 %(present)s 人"),
        _("每个到会的成员投一票，弃权也算一票；请核对票数。"),
    ),
    "meetings.votes_unreadable": Sentence(
        _("有的票数不是整数"), _("请只写数字，例如 27；没有票的写 0。")
    ),
    "meetings.too_many_people": Sentence(
        _("名单最多 %(most)s 人"), _("村民会议请按签到表清点人数，不用逐个录入。")
    ),
    "meetings.remark_too_long": Sentence(_("发言摘要最多 %(most)s 个字"), _("请写短一些。")),
}
