"""The words of jobs' problems."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from bangfu.foundation.ui.wording import Sentence

SENTENCES: Final = {
    "jobs.worker_died": Sentence(
        _("任务试了 %(attempts)s 次，每次都中途停止"),
        _("请系统管理员检查内存和磁盘空间，再重新提交。"),
    ),
    "jobs.broke": Sentence(
        _("任务出错（%(reason)s）"),
        _("系统会自动再试；仍不成功时，请系统管理员查看运行日志。"),
    ),
    "jobs.person_gone": Sentence(
        _("提交任务的人员已经不在系统中"), _("请由有权限的人员重新提交。")
    ),
}
