"""The words of accounts' problems."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from bangfu.foundation.ui.wording import Sentence

SENTENCES: Final = {
    "accounts.username_invalid": Sentence(
        _("登录名不能为空，只能用字母、数字、汉字和 . _ -"), _("请换一个登录名。")
    ),
    "accounts.username_taken": Sentence(_("这个登录名已经有人使用"), _("请换一个登录名。")),
    "accounts.name_missing": Sentence(_("没有填写姓名"), _("请填写姓名。")),
    "accounts.password_too_short": Sentence(_("密码太短"), _("请设置至少 8 个字符的密码。")),
    "accounts.password_too_common": Sentence(_("密码太常见"), _("请换一个不容易猜到的密码。")),
    "accounts.password_entirely_numeric": Sentence(
        _("密码全是数字"), _("请在密码中加入字母或者符号。")
    ),
    "accounts.password_too_similar": Sentence(
        _("密码与登录名或者姓名太相近"), _("请换一个与登录名和姓名无关的密码。")
    ),
}
