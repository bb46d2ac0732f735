"""Form fields for items of the register: what is typed, and the value a document holds for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from bangfu.foundation.ui.api import HundredthsField, reader_language
from bangfu.kernel.money import format_hundredths
from bangfu.rules.layout import HUNDREDTHS, ItemType, load_layout

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from bangfu.rules.layout import Item

DAY_FORMAT: Final = "%Y-%m-%d"
_LONGEST: Final = 255
_MONTH_DIGITS: Final = 6
_MONTHS: Final = 12
_DIVISION_DIGITS: Final = 12
_FLAGS: Final = (("yes", _("是")), ("no", _("否")))


class MonthField(forms.CharField):
    """A month as typed, `2026-11` or `202611`, as the number 202611."""

    @override
    def clean(self, value: Any) -> Any:
        """The month; None when nothing was typed."""
        text = str(super().clean(value) or "").replace("-", "")
        if not text:
            return None
        known = len(text) == _MONTH_DIGITS and text.isascii() and text.isdigit()
        if not known or not 1 <= int(text[4:]) <= _MONTHS:
            raise ValidationError(_("请写成 2026-11 这样。"))
        return int(text)


class DivisionField(forms.CharField):
    """A village's code of twelve digits."""

    @override
    def clean(self, value: Any) -> Any:
        """The code; None when nothing was typed."""
        text = super().clean(value) or ""
        if text and not (len(text) == _DIVISION_DIGITS and text.isascii() and text.isdigit()):
            raise ValidationError(_("行政村代码是 12 位数字。"))
        return text or None


def choices_of(list_name: str, day: date) -> list[tuple[str, str]]:
    """The codes of a list that may be used on a day, in words."""
    language = reader_language()
    codes = load_layout().lists[list_name].codes
    return [(each.code, each.label(language)) for each in codes if each.holds_on(day)]


def field_for(item: Item, day: date, value: Any = None, *, required: bool = False) -> forms.Field:
    """The field of an item, filled with a document's value; a secret's stays empty."""
    made = _field(item, day)
    made.label, made.required = item.label(reader_language()), required
    if not item.secret:
        made.initial = typed_of(item, value)
    return made


def _field(item: Item, day: date) -> forms.Field:
    if item.type in (ItemType.CODE, ItemType.CODES, ItemType.FLAG):
        return _choice(item, day)
    if item.type in HUNDREDTHS:
        return HundredthsField(max_length=20)
    if item.type is ItemType.COUNT:
        return forms.IntegerField(min_value=item.min, max_value=item.max)
    if item.type is ItemType.DATE:
        return forms.DateField(input_formats=[DAY_FORMAT], widget=forms.TextInput)
    texts = {ItemType.MONTH: (MonthField, 7), ItemType.DIVISION: (DivisionField, _DIVISION_DIGITS)}
    kind, longest = texts.get(item.type, (forms.CharField, _LONGEST))
    return kind(max_length=longest)


def _choice(item: Item, day: date) -> forms.Field:
    if item.type is ItemType.CODES:
        several = forms.CheckboxSelectMultiple
        return forms.MultipleChoiceField(choices=choices_of(item.list, day), widget=several)
    known = _FLAGS if item.type is ItemType.FLAG else choices_of(item.list, day)
    return forms.ChoiceField(choices=[("", "–"), *known])


def typed_of(item: Item, value: Any) -> Any:
    """A document's value as it would be typed."""
    if value is None:
        return [] if item.type is ItemType.CODES else ""
    if item.type is ItemType.FLAG:
        return "yes" if value else "no"
    if item.type in HUNDREDTHS:
        return format_hundredths(value).replace(",", "")
    if item.type is ItemType.MONTH:
        return f"{value // 100:04d}-{value % 100:02d}"
    return value


def document_value(item: Item, cleaned: Any) -> Any:
    """What a document holds for a cleaned value; None when it is unknown."""
    if cleaned in (None, "", []):
        return None
    if item.type is ItemType.FLAG:
        return cleaned == "yes"
    if item.type is ItemType.DATE:
        return cleaned.isoformat()
    return cleaned


def document_values(items: Mapping[str, Item], cleaned: Mapping[str, Any]) -> dict[str, Any]:
    """The known values of a form by item; secrets still as open text."""
    found = {name: document_value(items[name], cleaned.get(name)) for name in items}
    return {name: value for name, value in found.items() if value is not None}
