"""The words of access' problems."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from bangfu.foundation.ui.wording import Sentence

SENTENCES: Final = {
    "access.refused": Sentence(
        _("您没有“%(capability)s”的权限"),
        _("如果工作需要，请联系本单位的安全管理员开通。"),
    ),
    "access.role_unknown": Sentence(_("没有“%(role)s”这个角色"), _("请从角色表中选择。")),
    "access.division_too_broad": Sentence(
        _("“%(role)s”不能授权到 %(division)s 这样高的层级"),
        _("请选择该角色所在层级或者更低层级的区划。"),
    ),
    "access.division_invalid": Sentence(
        _("%(division)s 不是区划代码"), _("请填写 2、4、6、9 或 12 位数字的区划代码。")
    ),
    "access.division_missing": Sentence(_("没有选择区划"), _("请至少选择一个区划。")),
    "access.period_invalid": Sentence(
        _("结束日期 %(end)s 早于开始日期 %(start)s"), _("请改正其中一个日期。")
    ),
    "access.own_posting": Sentence(
        _("不能给自己授权或者收回自己的岗位"), _("请由另一位安全管理员办理。")
    ),
    "access.administrators_apart": Sentence(
        _("系统管理员、安全管理员、审计管理员不能由同一人兼任"),
        _("该人员已经是“%(role)s”。请先结束原岗位，或者另选一人。"),
    ),
}
