"""The words of refusals and of faults in tables."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from bangfu.foundation.ui.wording import Sentence
from bangfu.kernel.division import Level
from bangfu.kernel.problems import Problem
from bangfu.procedures.domain.table import Label

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bangfu.procedures.domain.refusals import Refusal, Words

_TIER_NAMES: Final = {
    Level.NATION: _("国家级"),
    Level.PROVINCE: _("省级"),
    Level.PREFECTURE: _("市级"),
    Level.COUNTY: _("县级"),
    Level.TOWNSHIP: _("乡镇级"),
    Level.VILLAGE: _("村级"),
}
_SEPARATOR: Final = _("、")
_BASIS: Final = _("依据：%(law)s。")

SENTENCES: Final = {
    "procedures.wrong_state": Sentence(
        _("现在是“%(state)s”，不能“%(move)s”"),
        _("“%(move)s”只在“%(sources)s”时办理。%(basis)s"),
    ),
    "procedures.overtaken": Sentence(
        _("%(by)s 已于 %(at)s 办理了“%(move)s”，现在是“%(state)s”"),
        _("您的这一步没有办理，什么也没有改动。请看过最新情况再办。"),
    ),
    "procedures.stale_page": Sentence(
        _("页面打开以后情况变了，现在是“%(state)s”"), _("请看过最新情况再办。")
    ),
    "procedures.guard": Sentence(_("%(reason)s"), _("%(basis)s")),
    "procedures.fact_missing": Sentence(
        _("还不知道：%(facts)s"), _("填好以后才能判断能不能办。%(basis)s")
    ),
    "procedures.four_eyes": Sentence(
        _("您办了“%(earlier)s”，不能再由您“%(move)s”"), _("请由另一个人办理。%(basis)s")
    ),
    "procedures.paper_missing": Sentence(_("缺少材料：%(papers)s"), _("补齐材料后再办。%(basis)s")),
    "procedures.note_missing": Sentence(
        _("“%(move)s”要写明情况或理由"), _("请填写后再提交。%(basis)s")
    ),
    "procedures.notice_short": Sentence(
        _("%(notice)s还没满 %(days)s %(unit)s，%(from)s 以后才能办"),
        _("贴出的当天不算在内（《民法典》第二百零一条）。%(basis)s"),
    ),
    "procedures.notice_missing": Sentence(
        _("没有%(notice)s的记录，不能往下办"), _("请退回上一步，重新公示。%(basis)s")
    ),
    "procedures.notice_without_days": Sentence(
        _("%(notice)s要挂多少天还没有规定"), _("请先在政策包里录入公示天数。%(basis)s")
    ),
    "procedures.notice_personal": Sentence(
        _("公示里有疑似个人号码的内容：%(parts)s"),
        _("公示不写证件号、电话、账号。连着四位以上的数字请删去；金额每三位加逗号。"),
    ),
    "procedures.wrong_tier": Sentence(
        _("“%(move)s”由%(tiers)s办理"), _("您可以请有权限的人办理。%(basis)s")
    ),
    "procedures.people_decide": Sentence(
        _("“%(move)s”只能由人办理"), _("系统只提出线索，不替人作决定。")
    ),
    "procedures.unknown_move": Sentence(
        _("这个办理程序没有“%(move)s”这一步"), _("请刷新页面后重试。")
    ),
    "procedures.unknown_procedure": Sentence(
        _("没有名为“%(name)s”的办理程序，或当天还没有生效"), _("请检查政策包里的 procedures 目录。")
    ),
    "procedures.table.not_yaml": Sentence(
        _("不是有效的 YAML：%(reason)s"), _("请检查缩进和符号。")
    ),
    "procedures.table.wrong_type": Sentence(
        _("“%(field)s”的类型不对，应为 %(expected)s"), _("请按说明改写。")
    ),
    "procedures.table.missing_field": Sentence(_("缺少“%(field)s”"), _("请补上这一项。")),
    "procedures.table.unknown_field": Sentence(
        _("没有“%(field)s”这一项"), _("请检查拼写，或删去这一项。")
    ),
    "procedures.table.doubled": Sentence(_("“%(field)s”写了两次"), _("请只保留一处。")),
    "procedures.table.doubled_version": Sentence(
        _("程序“%(name)s”有两个表从 %(day)s 起生效"), _("请让新表从另一天起生效。")
    ),
    "procedures.table.unknown_fact_type": Sentence(
        _("事实“%(fact)s”的类型“%(type)s”不存在，或没有它的代码表"),
        _("类型是 flag、count、amount、parameter、household_fact，或带 list 的 code。"),
    ),
    "procedures.table.unknown_fact_unit": Sentence(
        _("事实“%(fact)s”的单位“%(unit)s”不存在"), _("请写政策包里那个参数或事实的单位，或删去。")
    ),
    "procedures.table.unknown_origin": Sentence(
        _("材料“%(paper)s”的来处“%(origin)s”不存在"),
        _("from 用 upload（上传）、issued（系统出具）或 meeting（会议）。"),
    ),
    "procedures.table.escalates_without_limit": Sentence(
        _("状态“%(state)s”没有期限，却写了逾期上报"), _("请写上 limit，或删去 escalates。")
    ),
    "procedures.table.escalates_twice": Sentence(
        _("状态“%(state)s”的逾期上报把同一层级写了两次"), _("每个层级只写一次。")
    ),
    "procedures.table.guard_invalid": Sentence(
        _("条件“%(guard)s”不能用：%(reason)s"), _("条件只能读取本表声明的事实，结果须为是或否。")
    ),
    "procedures.table.unknown_unit": Sentence(
        _("期限的单位或起算点“%(unit)s”不存在"),
        _("单位用 working_days 或 calendar_days，起算用 entered 或 opened。"),
    ),
    "procedures.table.unknown_tier": Sentence(
        _("“%(move)s”的层级“%(tier)s”不存在"),
        _("层级用 nation、province、prefecture、county、township、village。"),
    ),
    "procedures.table.unknown_state": Sentence(
        _("“%(move)s”用了不存在的状态“%(state)s”"), _("请检查拼写，或在 states 中补上。")
    ),
    "procedures.table.unknown_guard": Sentence(
        _("“%(move)s”用了不存在的条件“%(guard)s”"), _("请检查拼写，或在 guards 中补上。")
    ),
    "procedures.table.unknown_paper": Sentence(
        _("“%(move)s”用了不存在的材料“%(paper)s”"), _("请检查拼写，或在 papers 中补上。")
    ),
    "procedures.table.unknown_move": Sentence(
        _("“%(move)s”的回避项“%(earlier)s”不存在"), _("not_after 里只能写本表的步骤。")
    ),
    "procedures.table.move_for_nobody": Sentence(
        _("“%(move)s”没有来路，或没有人能办"),
        _("from 和 tiers 都不能为空，且要有角色具备这项权限。"),
    ),
    "procedures.table.unknown_parameter": Sentence(
        _("“%(fact)s”用了政策包里没有的参数“%(name)s”"),
        _("请检查拼写，或在 parameters 目录里补上这个参数。"),
    ),
    "procedures.table.unknown_household_fact": Sentence(
        _("“%(fact)s”用了政策包里没有的农户事实“%(name)s”"),
        _("请检查拼写，或在 facts 目录里补上这个事实。"),
    ),
    "procedures.table.limit_in_other_unit": Sentence(
        _("期限用的参数“%(name)s”按“%(unit)s”计，这里应按“%(wanted)s”"),
        _("working_days 的期限用单位为 working_days 的参数，calendar_days 的用 days。"),
    ),
    "procedures.table.notice_without_days": Sentence(
        _("状态“%(state)s”有公示，但公示天数从没有规定过"), _("请给这个参数录入天数和依据。")
    ),
    "procedures.table.unknown_capability": Sentence(
        _("没有“%(capability)s”这项权限"), _("请检查拼写；权限由各功能声明。")
    ),
    "procedures.table.move_nobody_holds": Sentence(
        _("“%(move)s”没有人能办：写明的层级里没有角色具备“%(capability)s”"),
        _("请改层级或权限，或在 roles.yaml 里把权限给一个角色。"),
    ),
    "procedures.table.escalates_to_nobody": Sentence(
        _("状态“%(state)s”逾期上报给“%(tier)s”，那一级没有角色能看"), _("请改为能看到它的层级。")
    ),
    "procedures.table.unreachable_state": Sentence(
        _("状态“%(state)s”走不到"), _("请补上通往它的步骤，或删去它。")
    ),
    "procedures.calendar_unreadable": Sentence(
        _("工作日历读不出来"),
        _("请照国家层的 calendar.yaml 写：years 下面是年份，日期要在那一年里，不能又休又上班。"),
    ),
    "procedures.table.dead_end": Sentence(
        _("状态“%(state)s”走不出去"), _("请补上离开它的步骤，或标为 final。")
    ),
}


def text_of(label: Label) -> str:
    """A label in the reader's language."""
    return label.text(get_language() or "zh")


def joined(texts: Iterable[str]) -> str:
    """An enumeration in the reader's language: with `、` in Chinese."""
    return str(_SEPARATOR).join(texts)


def tier_text(tier: Level) -> str:
    """A tier in words."""
    return str(_TIER_NAMES[tier])


def tiers_text(tiers: Iterable[Level]) -> str:
    """Tiers in words, the finest first."""
    return joined(tier_text(tier) for tier in sorted(tiers, reverse=True))


def problem_of(refusal: Refusal) -> Problem:
    """The refusal in the reader's language."""
    values = {name: _shown(words) for name, words in refusal.words.items()}
    basis = str(_BASIS) % {"law": refusal.law} if refusal.law else ""
    return Problem(refusal.code, values={"law": refusal.law, "basis": basis, **values})


def _shown(words: Words) -> str:
    if isinstance(words, Label):
        return text_of(words)
    if isinstance(words, tuple):
        return joined(map(text_of, words))
    return words.strftime("%m-%d 00:00") if isinstance(words, date) else str(words)
