"""The words of the command's own problems."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from bangfu.foundation.ui.wording import Sentence

SENTENCES = {
    "command.no_home": Sentence(
        _("%(home)s 还没有数据。"),
        _("请用 BANGFU_HOME 指明数据目录；新目录先运行 bangfu demo 或 bangfu serve。"),
    ),
    "command.mapping_unreadable": Sentence(
        _("%(file)s 不是列名对照表。"), _("每行写“表头: 项目名”，用 UTF-8 保存。")
    ),
    "command.no_such_household": Sentence(
        _("登记簿里没有户编号 %(number)s。"), _("请核对户编号。")
    ),
    "command.no_such_case": Sentence(
        _("没有案件 %(number)s，或者不在您的范围。"), _("请核对案件编号。")
    ),
    "command.no_such_kind": Sentence(
        _("没有 %(kind)s 这一类案件。"), _("类别是 recognition、monitoring 或 exit。")
    ),
    "command.not_signed_in": Sentence(
        _("用户名 %(user)s 或者密码不对。"), _("请再输一次；密码只从终端或标准输入读。")
    ),
}
