"""The words of lists' problems: what is wrong, and how to put it right."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from bangfu.foundation.ui.wording import Sentence

_MAPPING: Final = {
    "exchange.mapping_too_long": Sentence(
        _("对照文件太长"), _("最多 %(limit)s KB。请只写列名对照。")
    ),
    "exchange.mapping_not_text": Sentence(
        _("对照文件不是 UTF-8 文本"), _("请另存为 UTF-8 编码的 .yaml 文件。")
    ),
    "exchange.mapping_trigger": Sentence(
        _("没有“%(value)s”这个推送事项"), _("请用代码表 report_trigger 里的代码。")
    ),
    "exchange.mapping_proposes": Sentence(
        _("没有“%(value)s”这个减少原因"), _("请用代码表 member_decrease 里的代码，或删除这一项。")
    ),
    "exchange.mapping_days": Sentence(
        _("更新周期“%(value)s”不对"), _("请填 1 到 %(most)s 之间的整数，单位天。")
    ),
    "exchange.mapping_item": Sentence(_("没有“%(value)s”这种列"), _("可以用：%(known)s。")),
    "exchange.mapping_item_twice": Sentence(
        _("有两列都对到“%(value)s”"), _("每种只能有一列；同一列的其他叫法写在 also 里。")
    ),
    "exchange.mapping_header_twice": Sentence(
        _("列名“%(value)s”写了两次"), _("一个列名只能对到一列。")
    ),
    "exchange.mapping_header_empty": Sentence(_("列名是空的"), _("请填中文和英文列名。")),
    "exchange.mapping_needs_date": Sentence(
        _("缺少必填的日期列"), _("请加一列 item: date，并写 required: true。")
    ),
    "exchange.mapping_needs_subject": Sentence(
        _("看不出名单说的是谁"),
        _("请加证件号码或户编号列；说价格的名单，请把行政区划和产品两列都设为必填。"),
    ),
    "exchange.mapping_two_subjects": Sentence(
        _("一张名单不能既说人又说产品"), _("请分成两张名单。")
    ),
}

_ROWS: Final = {
    "exchange.nobody": Sentence(
        _("这一行没有证件号码，也没有户编号"), _("请至少填一个，不然找不到是谁。")
    ),
    "exchange.date_after": Sentence(
        _("日期晚于名单的截至日期"), _("名单截至 %(day)s。请改正日期，或放进下一次名单。")
    ),
    "exchange.division_unknown": Sentence(
        _("没有 %(code)s 这个行政区划"), _("请填 6、9 或 12 位行政区划代码。")
    ),
    "exchange.division_outside": Sentence(
        _("%(code)s 不在名单所属的地方"), _("请删除这一行，或由那个地方报送。")
    ),
    "exchange.row_twice": Sentence(
        _("与第 %(row)s 行完全相同"), _("请删除一行；若确是两笔，请合成一行，金额相加。")
    ),
    "exchange.row_refused": Sentence(
        _("这一行有错"), _("同类错误太多，没有逐条列出。请先改正列出的错误，再上传。")
    ),
}

_LISTS: Final = {
    "exchange.feed_unknown": Sentence(
        _("没有“%(name)s”这种名单"), _("请从列出的名单里选，或带上自己的对照文件。")
    ),
    "exchange.one_file": Sentence(_("一次只能交一个文件"), _("请一张名单一个文件。")),
    "exchange.date_in_future": Sentence(
        _("截至日期还没有到"), _("%(day)s 还没有到。请填今天或以前的日期。")
    ),
    "exchange.list_over": Sentence(_("这张名单已经撤回或放弃"), _("请重新上传。")),
    "exchange.lists_changed": Sentence(
        _("同类名单刚刚有变化"), _("请再提交一次。已经写入的行会认出来，不会重复。")
    ),
    "exchange.not_committed": Sentence(
        _("这张名单没有写入，不用撤回"), _("没有提交的名单可以直接放弃。")
    ),
    "exchange.no_reason": Sentence(_("没有写理由"), _("请写一句为什么撤回。")),
}

_MATCHING: Final = {
    "exchange.row_decided": Sentence(
        _("这一行已经有人办了"), _("请刷新看看是谁办的；要改，先撤销。")
    ),
    "exchange.household_outside": Sentence(
        _("这一户不在名单所属的地方"), _("名单只能匹配到它所属地方的农户。")
    ),
    "exchange.decision_unknown": Sentence(_("请选一个理由"), _("从列出的理由里选。")),
    "exchange.nothing_to_undo": Sentence(
        _("没有可以撤销的"), _("只能撤销由人作出的匹配；号码自动匹配的，请撤回名单。")
    ),
}

SENTENCES: Final = {**_MAPPING, **_ROWS, **_LISTS, **_MATCHING}
