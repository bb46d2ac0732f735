"""The forms of what officers write down for others."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from bangfu.cases.permissions import ANSWER, RECORD
from bangfu.cases.queries.appeal_codes import list_choices, list_troubles
from bangfu.cases.services.appeals import MOST_CONTACT, MOST_WORDS, PORTAL
from bangfu.cases.services.declarations import MOST_NAME
from bangfu.cases.services.declarations import MOST_WORDS as MOST_DECLARED
from bangfu.foundation.clock.api import today
from bangfu.kernel.division import Level
from bangfu.registry.api import division_name, list_villages

if TYPE_CHECKING:
    from bangfu.foundation.access.api import Actor

_TOKEN_BYTES: Final = 18
_WIDE: Final = {"class": "input full"}


def villages_of(actor: Actor, capability: str) -> list[tuple[str, str]]:
    """The villages where an actor holds a capability, with their townships, by code."""
    codes: set[str] = set()
    for place in actor.scope(capability).divisions:
        codes |= list_villages(place, today())
    return [
        (code, f"{division_name(code[: int(Level.TOWNSHIP)])} {division_name(code)}")
        for code in sorted(codes)
    ]


class TokenForm(forms.Form):
    """A form that is sent in once, however often the button is pressed."""

    token = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["token"].initial = secrets.token_urlsafe(_TOKEN_BYTES)


class AppealForm(TokenForm):
    """What came by telephone, letter or in person."""

    kind = forms.ChoiceField(label=_("种类"))
    channel = forms.ChoiceField(label=_("怎么来的"))
    division = forms.ChoiceField(label=_("哪个村的事"))
    words = forms.CharField(
        label=_("什么事"), max_length=MOST_WORDS, widget=forms.Textarea(attrs={"rows": 5, **_WIDE})
    )
    contact = forms.CharField(
        label=_("姓名和联系方式（可以不写）"), max_length=MOST_CONTACT, required=False
    )

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = {
            "kind": list_choices("kind"),
            "channel": [each for each in list_choices("channel") if each[0] != PORTAL],
            "division": villages_of(actor, ANSWER),
        }
        for name, choices in offered.items():
            field = self.fields[name]
            self.fields[name] = forms.ChoiceField(label=field.label, choices=choices)

    def appeal(self) -> dict[str, Any]:
        """What to take down."""
        return {name: self.cleaned_data[name] for name in self.fields if name != "token"}


class ProxyForm(TokenForm):
    """What a cadre writes down for a household, on a paper with its thumbprint."""

    village = forms.ChoiceField(label=_("哪个村"))
    name = forms.CharField(label=_("户主或者家里人的姓名"), max_length=MOST_NAME)
    group = forms.CharField(label=_("村民小组"), max_length=20, required=False)
    trouble = forms.MultipleChoiceField(label=_("遇到什么事"), widget=forms.CheckboxSelectMultiple)
    words = forms.CharField(
        label=_("什么情况"),
        max_length=MOST_DECLARED,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, **_WIDE}),
    )
    contact = forms.CharField(label=_("怎么联系"), max_length=60, required=False)
    paper = forms.FileField(label=_("按了手印的申报纸（照片）"))

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        villages = villages_of(actor, RECORD)
        self.fields["village"] = forms.ChoiceField(label=_("哪个村"), choices=villages)
        self.fields["trouble"] = forms.MultipleChoiceField(
            label=_("遇到什么事"), choices=list_troubles(), widget=forms.CheckboxSelectMultiple
        )
