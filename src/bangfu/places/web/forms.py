"""What people type into the pages of places."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from bangfu.foundation.clock.api import today
from bangfu.foundation.ui.api import reader_language
from bangfu.kernel.money import AmountInvalid, format_hundredths, parse_hundredths
from bangfu.places.models import TEXT, PlacesSheet
from bangfu.places.permissions import MANAGE
from bangfu.registry.api import division_name, list_children
from bangfu.rules.layout import HUNDREDTHS, ItemType, load_layout

if TYPE_CHECKING:
    from bangfu.foundation.access.api import Actor
    from bangfu.rules.layout import Item

_DAY: Final = {"inputmode": "numeric", "autocomplete": "off", "size": 10, "maxlength": 10}
_KNOWN: Final = {"yes": True, "no": False, "": None}


def day_field(label: Any, *, required: bool = True) -> forms.DateField:
    """A day typed as `2026-11-20`."""
    return forms.DateField(
        label=label,
        required=required,
        input_formats=["%Y-%m-%d"],
        widget=forms.TextInput(attrs=_DAY),
        error_messages={
            "invalid": _("不是一个日期。请写成 2026-11-20 这样。"),
            "required": _("请填日期，例如 2026-11-20。"),
        },
    )


class DayForm(forms.Form):
    """On which day tags are compared."""

    on = day_field(_("看这一天"))


class SheetForm(forms.Form):
    """A sheet, what it holds, and the place it is of."""

    upload = forms.FileField(
        label=_("文件"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        error_messages={
            "required": _("请选择文件：一个 .xlsx 或 .csv。"),
            "empty": _("文件是空的。请重新导出，或者下载模板填写。"),
        },
    )
    kind = forms.ChoiceField(label=_("是什么"), choices=PlacesSheet.Kind.choices)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = [str(each) for each in actor.scope(MANAGE).divisions]
        below = [(each.code, each.name) for place in own for each in list_children(place)]
        self.fields["division"] = forms.ChoiceField(
            label=_("是哪里的"),
            choices=[*((place, division_name(place)) for place in own), *below],
            error_messages={"invalid_choice": _("请选您负责的地方。")},
        )


class HundredthsField(forms.CharField):
    """Yuan or mu with up to two decimals, kept as whole hundredths."""

    @override
    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            return parse_hundredths(text)
        except AmountInvalid:
            raise forms.ValidationError(_("请填数字，最多两位小数，不带逗号和单位。")) from None

    @override
    def prepare_value(self, value: Any) -> Any:
        return format_hundredths(value) if isinstance(value, int) else value


def value_field(item: Item) -> forms.Field:
    """The field for an item's value; empty means that it is not known."""
    label = item.label(reader_language())
    if item.type is ItemType.FLAG:
        codes = load_layout().lists["flag"].codes
        known = [(each.code, each.label(reader_language())) for each in codes]
        return forms.ChoiceField(label=label, required=False, choices=[("", _("不知道")), *known])
    if item.type in HUNDREDTHS:
        return HundredthsField(label=label, required=False, max_length=20)
    if item.type is ItemType.COUNT:
        return forms.IntegerField(
            label=label, required=False, min_value=item.min or 0, max_value=item.max,
            widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
            error_messages={"invalid": _("请填整数，不带单位。")},
        )  # fmt: skip
    return forms.CharField(label=label, required=False, max_length=TEXT)


class ItemForm(forms.Form):
    """Another value of one item, whence, of which day, and why."""

    source = forms.CharField(
        label=_("来源"), max_length=TEXT, error_messages={"required": _("请写明数据从哪里来。")}
    )
    day = day_field(_("数据日期"))
    reason = forms.CharField(
        label=_("为什么更正"),
        max_length=120,
        error_messages={"required": _("请写一句理由，它会和您的名字一起留在记录里。")},
    )

    def __init__(self, *args: Any, item: Item, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._item = item
        self.fields["value"] = value_field(item)
        self.order_fields(["value", "source", "day", "reason"])
        self.fields["day"].initial = today().isoformat()

    @property
    def value(self) -> Any:
        """The value as the record keeps it; None when it is not known."""
        given = self.cleaned_data["value"]
        if self._item.type is ItemType.FLAG:
            return _KNOWN[given]
        return None if given == "" else given
