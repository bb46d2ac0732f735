"""The words of cases' problems."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from bangfu.cases.domain.dues import DueGroup
from bangfu.foundation.ui.wording import Sentence

DUE_NAMES: Final = {
    DueGroup.OVERDUE: _("逾期"),
    DueGroup.TODAY: _("今天到期"),
    DueGroup.SOON: _("5 个工作日内"),
    DueGroup.LATER: _("以后"),
    DueGroup.NONE: _("没有期限"),
}
"""Groups of due days; a test holds the number of days to `DAYS_AHEAD`."""

SENTENCES: Final = {
    "cases.nobody_to_check": Sentence(
        _("%(village)s没有可以核实线索的人"),
        _("请先安排网格员，或指定乡镇、县里的人核实。"),
    ),
}
