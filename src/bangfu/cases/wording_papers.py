"""The words of papers' problems."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from bangfu.foundation.ui.wording import Sentence

PAPER_SENTENCES: Final = {
    "cases.paper_without_data": Sentence(
        _("%(paper)s现在还没有内容可印"), _("先办到那一步：公示要先张榜，计划要先拟定。")
    ),
    "cases.village_empty": Sentence(_("这个村没有在册农户"), _("请换一个村，或者先导入农户信息。")),
}
