"""What people type into the pages of places."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from bangfu.foundation.clock.api import today
from bangfu.foundation.ui.api import HundredthsField, day_field, reader_language
from bangfu.places.models import TEXT, PlacesSheet
from bangfu.places.permissions import MANAGE
from bangfu.registry.api import choose_places
from bangfu.rules.layout import HUNDREDTHS, ItemType, load_layout

if TYPE_CHECKING:
    from bangfu.foundation.access.api import Actor
    from bangfu.rules.layout import Item

_KNOWN: Final = {"yes": True, "no": False, "": None}


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
        self.fields["division"] = forms.ChoiceField(
            label=_("是哪里的"),
            choices=choose_places(actor, MANAGE),
            error_messages={"invalid_choice": _("请选您负责的地方。")},
        )


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
