"""The words of changes' problems."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from bangfu.foundation.ui.wording import Sentence

SENTENCES: Final = {
    "changes.asked_already": Sentence(
        _("同样的变更已经提出，还没有办结"), _("请到“信息变更”里看它办到哪一步。")
    ),
    "changes.source_unknown": Sentence(_("来源“%(source)s”不在代码表里"), _("请从列表里选来源。")),
}
