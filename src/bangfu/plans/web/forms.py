"""What people type about plans and measures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from bangfu.foundation.clock.api import today
from bangfu.foundation.ui.api import HundredthsField, day_field
from bangfu.plans.domain.checking import Written
from bangfu.plans.queries.responsible import choices_for
from bangfu.plans.queries.rows import words_for

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bangfu.plans.models import Plan
    from bangfu.plans.queries.responsible import Choices
    from bangfu.plans.queries.rows import Words
    from bangfu.registry.api import Household

TITLE_LENGTH = 64
CONTENT_LENGTH = 400
NOTE_LENGTH = 200


class MoveForm(forms.Form):
    """A move of a measure: which, on which day, why, with what paper."""

    move = forms.CharField(max_length=32)
    on = day_field(_("办理日期"), required=False)
    note = forms.CharField(
        max_length=NOTE_LENGTH,
        required=False,
        error_messages={"max_length": _("最多 200 个字，请写短一些。")},
    )
    evidence = forms.FileField(required=False)


class DraftForm(forms.Form):
    """Which risks a plan answers."""

    risks = forms.MultipleChoiceField(
        label=_("要解决的风险"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("请从列表里选风险。")},
    )

    def __init__(self, *args: Any, household: Household, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = words_for([household.village_code])
        field = self.fields["risks"]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = [(code, words.risk(code)) for code in words.catalogue.risks]


class MeasureForm(forms.Form):
    """A measure: what, for which risk, who, how much, until when."""

    family = forms.ChoiceField(label=_("措施类别"))
    risk = forms.ChoiceField(label=_("针对的风险"), required=False)
    title = forms.CharField(
        label=_("做什么"),
        max_length=TITLE_LENGTH,
        widget=forms.TextInput(attrs={"list": "usual", "autocomplete": "off", "size": 36}),
        error_messages={"required": _("请用几个字写明这项措施。")},
        help_text=_("不写病名和证件号"),
    )
    content = forms.CharField(
        label=_("具体内容"),
        required=False,
        max_length=CONTENT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("加密保存"),
    )
    organisation = forms.ChoiceField(label=_("责任单位"), required=False)
    responsible = forms.ChoiceField(
        label=_("责任人"), error_messages={"required": _("请选责任人。")}
    )
    amount = HundredthsField(
        label=_("金额（元）"),
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
        help_text=_("没有资金的不填"),
    )
    starts_on = day_field(_("计划开始"))
    due_on = day_field(_("计划完成"))

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.words = words_for([plan.division])
        self.people = choices_for(plan.household, today())
        choices = {
            "family": _families(self.words),
            "risk": _risks(self.words, [each.risk for each in plan.risks.all()]),
            "organisation": _organisations(self.people),
            "responsible": _persons(self.people),
        }
        for name, listed in choices.items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = [*listed]

        if not (self.people.people or self.people.helpers):
            self.fields["responsible"].help_text = _("这里还没有任职和结对的人，请先在“队伍”里登记")

    @property
    def usual(self) -> list[str]:
        """What is usually done, to choose from."""
        found = dict.fromkeys(
            content.text.of(self.words.language)
            for row in self.words.catalogue.risks.values()
            for content in row.contents
        )
        return list(found)

    @override
    def clean(self) -> dict[str, Any]:
        """Chosen ids as what they are."""
        found = super().clean() or {}
        for name in ("organisation", "responsible"):
            found[name] = UUID(found[name]) if found.get(name) else None
        return found

    def written(self) -> Written:
        """The measure as it was typed."""
        return Written(**self.cleaned_data)


def _families(words: Words) -> list[tuple[str, str]]:
    return [
        ("", _now("请选择")),
        *((each.code, each.text.of(words.language)) for each in words.catalogue.choosable),
    ]


def _risks(words: Words, own: Sequence[str]) -> list[tuple[str, str]]:
    """The plan's own risks first, then the others."""
    codes = dict.fromkeys([*own, *words.catalogue.risks])
    return [("", _now("不针对某一风险")), *((each, words.risk(each)) for each in codes)]


def _organisations(people: Choices) -> list[tuple[str, str]]:
    return [("", _now("不填")), *((str(each.pk), each.name) for each in people.organisations)]


def _persons(people: Choices) -> list[tuple[str, str]]:
    """The household's helpers first."""
    helpers = {
        str(each.cadre_id): _now("%(name)s（帮扶责任人）") % {"name": each.cadre.name}
        for each in people.helpers
    }
    others = {str(each.pk): each.name for each in people.people if str(each.pk) not in helpers}
    return [("", _now("请选择")), *helpers.items(), *others.items()]
