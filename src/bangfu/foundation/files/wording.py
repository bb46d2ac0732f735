"""The words of files' problems."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from bangfu.foundation.ui.wording import Sentence

SENTENCES: Final = {
    "files.too_large": Sentence(
        _("文件超过 %(limit)s"), _("请把文件拆成几个较小的文件，再分别上传。")
    ),
}
