"""What people type into the register's pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from bangfu.foundation.ui.api import check_past, day_field

if TYPE_CHECKING:
    from datetime import date


class AsOfForm(forms.Form):
    """On which day a household is looked at, and as known on which day."""

    day = day_field(_("看这一天的样子"), required=False)
    known = day_field(_("按这一天知道的"), required=False)

    def clean_day(self) -> date | None:
        """The day has come."""
        return check_past(self.cleaned_data["day"])

    def clean_known(self) -> date | None:
        """The day has come."""
        return check_past(self.cleaned_data["known"])


class TwoDaysForm(forms.Form):
    """Two days on which a household is compared, the earlier first."""

    before = day_field(_("从这一天"))
    after = day_field(_("到这一天"))

    def clean_before(self) -> date | None:
        """The day has come."""
        return check_past(self.cleaned_data["before"])

    def clean_after(self) -> date | None:
        """The day has come, and lies after the other."""
        after = check_past(self.cleaned_data["after"])
        before = self.cleaned_data.get("before")
        if before is not None and after is not None and after <= before:
            raise forms.ValidationError(_("要晚于前一个日期。"))
        return after
