"""The words of the problems of tags, records and their sheets."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from bangfu.foundation.ui.wording import Sentence

SENTENCES: Final = {
    "places.division_unknown": Sentence(
        _("没有代码是 %(code)s 的地方"), _("请对照区划代码改正；代码是 6、9 或 12 位数字。")
    ),
    "places.division_outside": Sentence(
        _("%(code)s 不在这张表说的地方里"), _("请删去这一行，或者在上传时选更大的地方。")
    ),
    "places.tier_wrong": Sentence(
        _("“%(kind)s”不能标在这一级"), _("请对照模板“怎样填写”，改为这类标签所在级别的代码。")
    ),
    "places.name_differs": Sentence(
        _("名单上的名称与区划名称“%(name)s”不同"), _("以代码为准写入，请看一眼代码有没有填错。")
    ),
    "places.name_unmatched": Sentence(
        _("“%(name)s”没有对上唯一的地方"),
        _(
            "没有这个名称，或者同名不止一个。会照名单留着，列在未对上的名称里；补上区划代码再导入就对上了。"
        ),
    ),
    "places.period_backwards": Sentence(
        _("终止日期不在起始日期之后"), _("请改正；仍然有效的，终止日期留空。")
    ),
    "places.batch_unknown": Sentence(_("没有这个批次"), _("可以填：%(batches)s。")),
    "places.row_twice": Sentence(
        _("同一个地方在表里出现两次"),
        _("请只留一行：同一类标签、同一个起始日期，或者同一村同一年度。"),
    ),
    "places.day_not_come": Sentence(_("这一天还没有到"), _("请填今天或以前的日期和年度。")),
    "places.groups_exceeded": Sentence(
        _("通硬化路的村民小组比村民小组还多"), _("请对照村情改正其中一个。")
    ),
    "places.older_than_known": Sentence(
        _("%(village)s 已经有 %(day)s 的数据，这一行更早"),
        _("不用旧数据覆盖新数据。请核对数据日期，或者在村页上逐项更正。"),
    ),
    "places.sheet_committed": Sentence(
        _("这张表已经写入，不能放弃"), _("有错请改好再导入一次，会覆盖成对的。")
    ),
}
