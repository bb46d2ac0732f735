"""The form that starts a screening or tries out parameters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bangfu.foundation.clock.api import today
from bangfu.foundation.ui.api import in_words, reader_language
from bangfu.policy.api import active_pack
from bangfu.registry.api import division_name
from bangfu.rules.units import show_number
from bangfu.screening.permissions import RUN

if TYPE_CHECKING:
    from datetime import date

    from bangfu.foundation.access.api import Actor
    from bangfu.rules.api import Parameter

_LONGEST_VALUE = 16
PREFIX = "set-"


class ScreeningForm(forms.Form):
    """A place, a day, and a field for every parameter; an empty one keeps the value in force."""

    division = forms.ChoiceField(label=_("范围"))
    as_of = forms.DateField(
        label=_("判断日期"),
        required=False,
        input_formats=["%Y-%m-%d"],
        help_text=_("写成 2026-11-20；不填就是今天。"),
        error_messages={"invalid": _("不是日期。请写成 2026-11-20。")},
    )

    def __init__(self, actor: Actor, data: Any = None) -> None:
        super().__init__(data)
        places = actor.scope(RUN).divisions
        choices = [(str(place), division_name(place)) for place in places]
        self.fields["division"] = forms.ChoiceField(label=_("范围"), choices=choices)
        division = str(places[0]) if places else ""
        pack = active_pack(today())
        judged_by = frozenset().union(*pack.reads.values())
        for parameter in pack.parameters.values():
            # Others, such as time limits of procedures, change no verdict.
            if parameter.name in judged_by:
                self.fields[PREFIX + parameter.name] = self._field(parameter, division)

    @staticmethod
    def _field(parameter: Parameter, division: str) -> forms.CharField:
        held = parameter.value_on(today(), division)
        language = reader_language()
        words = {"zh": parameter.text.zh, "en": parameter.text.en}
        return forms.CharField(
            label=in_words(words),
            required=False,
            max_length=_LONGEST_VALUE,
            help_text=show_number(held.value, parameter.unit, language) if held else _("还没有值"),
        )

    @property
    def overrides(self) -> dict[str, str]:
        """The values that somebody wants to try, by parameter."""
        return {
            name.removeprefix(PREFIX): value.strip()
            for name, value in self.cleaned_data.items()
            if name.startswith(PREFIX) and value.strip()
        }

    def clean_as_of(self) -> date | None:
        """Not a day that has not come."""
        day: date | None = self.cleaned_data["as_of"]
        if day is not None and day > today():
            raise forms.ValidationError(_("这一天还没有到。"))
        return day
