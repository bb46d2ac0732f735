"""What people fill in to propose a pack."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from bangfu.foundation.clock.api import today
from bangfu.foundation.ui.api import in_words
from bangfu.policy.queries.carried import list_carried

if TYPE_CHECKING:
    from datetime import date


class ProposalForm(forms.Form):
    """A pack of the product or a zip of one's own, and the day it is to hold from."""

    pack = forms.ChoiceField(
        label=_("产品自带的政策包"),
        required=False,
        error_messages={"invalid_choice": _("请从列表中选择。")},
    )
    upload = forms.FileField(
        label=_("或者上传一个政策包（zip）"),
        required=False,
        max_length=120,
        widget=forms.FileInput(attrs={"accept": ".zip"}),
        error_messages={"empty": _("文件是空的。")},
    )
    valid_from = forms.DateField(
        label=_("从哪一天起施行"),
        input_formats=["%Y-%m-%d"],
        error_messages={
            "required": _("请填写日期，例如 2026-12-01。"),
            "invalid": _("不是日期。请写成 2026-12-01。"),
        },
    )

    def __init__(self, data: Any = None, uploads: Any = None) -> None:
        super().__init__(data, uploads, initial={"valid_from": today().isoformat()})
        choices = [
            (pack.name, f"{in_words({'zh': pack.text.zh, 'en': pack.text.en})} {pack.version}")
            for pack in list_carried()
        ]
        self.fields["pack"] = forms.ChoiceField(
            label=_("产品自带的政策包"), required=False, choices=[("", _("不选")), *choices]
        )

    def clean_valid_from(self) -> date:
        """Not a day that has gone by: what was judged on it keeps its rules."""
        day: date = self.cleaned_data["valid_from"]
        if day < today():
            raise forms.ValidationError(_("这一天已经过去。"))
        return day

    @override
    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        chosen = [name for name in ("pack", "upload") if cleaned.get(name)]
        if len(chosen) != 1 and not self.errors:
            self.add_error("pack", _("请选一个自带的政策包，或者上传一个，不能都选。"))
        return cleaned
