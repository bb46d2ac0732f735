"""What people type into the register's pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from bangfu.foundation.clock.api import today

if TYPE_CHECKING:
    from datetime import date

_DAY: Final = {"inputmode": "numeric", "autocomplete": "off", "size": 10, "maxlength": 10}
_NOT_A_DAY: Final = _("不是一个日期。请写成 2026-11-20 这样。")
_NOT_YET: Final = _("这一天还没有到。请填今天或以前的日期。")
REASON_LENGTH: Final = 120


def day_field(label: Any, *, required: bool = False) -> forms.DateField:
    """A day typed as `2026-11-20`, today or before."""
    return forms.DateField(
        label=label,
        required=required,
        input_formats=["%Y-%m-%d"],
        widget=forms.TextInput(attrs=_DAY),
        error_messages={"invalid": _NOT_A_DAY, "required": _("请填日期，例如 2026-11-20。")},
    )


def check_past(day: date | None) -> date | None:
    """Let a day pass that has come.

    Raises:
        ValidationError: for a day after today.
    """
    if day is not None and day > today():
        raise forms.ValidationError(_NOT_YET)
    return day


class AsOfForm(forms.Form):
    """On which day a household is looked at, and as known on which day."""

    day = day_field(_("看这一天的样子"))
    known = day_field(_("按这一天知道的"))

    def clean_day(self) -> date | None:
        """The day has come."""
        return check_past(self.cleaned_data["day"])

    def clean_known(self) -> date | None:
        """The day has come."""
        return check_past(self.cleaned_data["known"])


class TwoDaysForm(forms.Form):
    """Two days on which a household is compared, the earlier first."""

    before = day_field(_("从这一天"), required=True)
    after = day_field(_("到这一天"), required=True)

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


class ReasonForm(forms.Form):
    """Why something is done, in a sentence that stays on record."""

    reason = forms.CharField(
        max_length=REASON_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": _("请写一句理由，它会和您的名字一起留在记录里。"),
            "max_length": _("最多 120 个字，请写短一些。"),
        },
    )

    def __init__(self, *args: Any, label: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = label
