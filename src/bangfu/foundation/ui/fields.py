"""Form fields that several features ask for: a day, an amount, a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from bangfu.foundation.clock.api import today
from bangfu.kernel.money import AmountInvalid, format_hundredths, parse_hundredths

if TYPE_CHECKING:
    from datetime import date

__all__ = ["REASON_LENGTH", "HundredthsField", "ReasonForm", "check_past", "day_field"]

REASON_LENGTH: Final = 120
_DAY: Final = {"inputmode": "numeric", "autocomplete": "off", "size": 10, "maxlength": 10}
_NOT_A_DAY: Final = _("不是一个日期。请写成 2026-11-20 这样。")
_NOT_YET: Final = _("这一天还没有到。请填今天或以前的日期。")


def day_field(label: Any, *, required: bool = True) -> forms.DateField:
    """A day typed as `2026-11-20`; it may lie ahead unless the form lets it `check_past`."""
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


class HundredthsField(forms.CharField):
    """An amount or area as typed, `1200.50`, as whole hundredths; None when nothing was typed."""

    @override
    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            return parse_hundredths(text)
        except AmountInvalid:
            raise forms.ValidationError(_("请写数字，最多两位小数，例如 1200.50。")) from None

    @override
    def prepare_value(self, value: Any) -> Any:
        return format_hundredths(value) if isinstance(value, int) else value


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
