"""What people fill in: who, where, from when, until when and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from bangfu.foundation.clock.api import today
from bangfu.foundation.ui.api import day_field
from bangfu.registry.api import choose_places
from bangfu.teams.domain.catalogue import KINDS, load_catalogue
from bangfu.teams.domain.rows import OrganisationRow, PersonRow
from bangfu.teams.permissions import MANAGE
from bangfu.teams.web.tables import code_choices, sheet_words

if TYPE_CHECKING:
    from datetime import date

    from django.core.files.uploadedfile import UploadedFile

    from bangfu.foundation.access.api import Actor

_TYPED: Final = {"autocomplete": "off"}


def text_field(label: Any, length: int, *, required: bool = True) -> forms.CharField:
    """A line of text."""
    return forms.CharField(
        label=label,
        required=required,
        max_length=length,
        widget=forms.TextInput(attrs=_TYPED),
        error_messages={"required": _("请填写。"), "max_length": _("太长了，请写短一些。")},
    )


def choice_field(label: Any, listed: str, *, required: bool = True) -> forms.ChoiceField:
    """One code of a list."""
    return forms.ChoiceField(
        label=label,
        required=required,
        choices=[("", "—")] + [(each.code, each.label) for each in code_choices(listed)],
        error_messages={"required": _("请选一项。"), "invalid_choice": _("请从列表中选。")},
    )


class PersonForm(forms.Form):
    """Who: by number, or by name with telephone or organisation."""

    name = text_field(_("姓名"), 64)
    number = text_field(_("人员编号"), 10, required=False)
    organisation = text_field(_("单位名称或信用代码"), 128, required=False)
    phone = text_field(_("联系电话"), 16, required=False)

    def person(self) -> PersonRow:
        """The person as a row of a list."""
        names = ("name", "number", "organisation", "phone")
        return PersonRow(**{name: self.cleaned_data[name].strip() for name in names})


class BeginDutyForm(PersonForm):
    """A duty that begins."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = [
            (each.code, each.label)
            for each in code_choices("duty_role")
            if not load_catalogue().roles[each.code].cell
        ]
        self.fields["role"] = forms.ChoiceField(label=_("职务"), choices=roles)
        self.fields["division"] = text_field(_("区划代码"), 12)
        self.fields["valid_from"] = day_field(_("从哪天起"))


class BeginPairingForm(PersonForm):
    """A pairing that begins."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["main"] = forms.BooleanField(label=_("主要责任人"), required=False)
        self.fields["valid_from"] = day_field(_("从哪天起"))


class EndForm(PersonForm):
    """An end, and who follows: nobody when no name is given."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].required = False
        self.fields["name"].label = _("接替人姓名")
        self.fields["day"] = day_field(_("到哪天"))
        self.fields["reason"] = choice_field(_("结束原因"), "end_reason")

    @property
    def hands_over(self) -> bool:
        """Whether somebody follows."""
        return any(self.cleaned_data.get(name) for name in ("name", "number"))


class OrganisationForm(forms.Form):
    """An organisation under a name."""

    name = text_field(_("单位名称"), 128)
    credit_code = text_field(_("统一社会信用代码"), 18, required=False)
    division = text_field(_("区划代码"), 12)
    valid_from = day_field(_("从哪天起"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"] = choice_field(_("单位类别"), "organisation_type")

    def row(self) -> OrganisationRow:
        """The organisation as a row of a list."""
        given = self.cleaned_data
        return OrganisationRow(
            name=given["name"].strip(),
            kind=given["kind"],
            division=given["division"].strip(),
            valid_from=given["valid_from"],
            credit_code=given["credit_code"],
        )


class SuccessionForm(forms.Form):
    """What becomes of an organisation, and who comes after it: a name a line."""

    day = day_field(_("从哪天起"))
    names = forms.CharField(
        label=_("以后的单位，一行一个"), required=False, widget=forms.Textarea(attrs=_TYPED)
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"] = choice_field(_("怎样变更"), "succession")

    def successors(self, kind: str, division: str) -> list[OrganisationRow]:
        """The new names as rows."""
        lines = (line.strip() for line in self.cleaned_data["names"].splitlines())
        day: date = self.cleaned_data["day"]
        return [OrganisationRow(line, kind, division, day) for line in lines if line]


class UploadForm(forms.Form):
    """The file, which sheet it is, and the place it is of."""

    upload = forms.FileField(
        label=_("文件"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        error_messages={
            "required": _("请选择一个 .xlsx 或 .csv 文件。"),
            "invalid": _("请选择一个 .xlsx 或 .csv 文件。"),
            "empty": _("文件是空的。请重新导出，或者下载模板填写。"),
        },
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"] = forms.ChoiceField(
            label=_("哪张表"),
            choices=[(kind, sheet_words(kind)) for kind in KINDS],
            error_messages={"invalid_choice": _("请从列表中选。")},
        )
        self.fields["division"] = forms.ChoiceField(
            label=_("是哪里的"),
            choices=choose_places(actor, MANAGE),
            error_messages={"invalid_choice": _("请选您管理的地方。")},
        )

    def file(self) -> UploadedFile[Any]:
        """The file that was chosen."""
        chosen: UploadedFile[Any] = self.cleaned_data["upload"]
        return chosen


def first_day() -> str:
    """Today as a field shows it."""
    return today().isoformat()
