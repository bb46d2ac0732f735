"""The words of the generator's problems."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from bangfu.foundation.ui.wording import Sentence

SENTENCES: Final = {
    "synthetic.no_villages": Sentence(
        _("随附的区划名单里没有代码为 %(division)s 的村"),
        _("请改用四川省内的市、县、乡镇或村的代码，例如 511921（通江县）。"),
    ),
    "synthetic.too_many_births": Sentence(
        _("%(day)s 这一天出生的人太多，虚构的证件号码不够用"),
        _("请减少户数，或者分县生成。"),
    ),
}
