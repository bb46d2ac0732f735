"""The words of screening's problems."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from bangfu.foundation.ui.wording import Sentence

SENTENCES: Final = {
    "screening.as_of_future": Sentence(
        _("筛查日期 %(day)s 还没有到"), _("请选今天或以前的日期；看将来的影响请用试算。")
    ),
    "screening.unknown_engine": Sentence(
        _("没有名为“%(engine)s”的计算引擎"), _("可用的引擎：%(known)s。")
    ),
    "screening.no_snapshot": Sentence(
        _("这里没有快照：%(file)s"), _("请指定含有 manifest.json 的快照目录。")
    ),
    "screening.snapshot_altered": Sentence(
        _("快照文件与清单不符：%(file)s"), _("文件被改动或损坏，不能使用。请重新生成快照。")
    ),
    "screening.snapshot_dropped": Sentence(
        _("%(day)s 的快照文件已按保存期限删除"), _("运行结果仍可查看；要重算请重新生成快照。")
    ),
    "screening.not_registered_then": Sentence(
        _("%(day)s 登记簿里没有户 %(number)s"), _("请换一个日期再看。")
    ),
}
