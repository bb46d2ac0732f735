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
}
