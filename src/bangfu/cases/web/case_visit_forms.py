"""The forms of what people bring back: visits, proposals, authorisations, departments' answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from bangfu.cases.domain.comparison import ComparisonOutcome
from bangfu.cases.permissions import CHECK
from bangfu.cases.queries.case_movers import movers_at
from bangfu.cases.queries.recognition_table import categories_on, comparison_table, risks_on
from bangfu.cases.web.case_forms import NO, NOTE_LENGTH, YES
from bangfu.cases.web.case_parts import OUTCOMES, QUESTIONS
from bangfu.foundation.clock.api import today
from bangfu.foundation.ui.api import HundredthsField, check_past, day_field, reader_language
from bangfu.policy.api import active_pack
from bangfu.procedures.api import pinned_procedure

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from bangfu.cases.models import Case, Comparison
    from bangfu.foundation.access.api import Actor

_FILES: Final = {"accept": ".pdf,.jpg,.jpeg,.png"}
_UNANSWERED: Final = "–"


def risk_choices() -> list[tuple[str, str]]:
    """The risks that today's form lists, in words."""
    risks, language = active_pack(today()).risks, reader_language()
    return [(each, risks[each].of(language)) for each in risks_on(today()) if each in risks]


def known_risks() -> list[tuple[str, str]]:
    """Every risk that a rule may find, in words: visitors answer for what the data leave open."""
    risks, language = active_pack(today()).risks, reader_language()
    return [(code, text.of(language)) for code, text in risks.items()]


class ProposalForm(forms.Form):
    """As what the household is to be recognised, and which risks it has."""

    category = forms.ChoiceField(label=_("拟纳入的类别"), required=False)
    main_risk = forms.ChoiceField(label=_("主要风险"), required=False)
    other_risks = forms.MultipleChoiceField(
        label=_("其他风险"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = reader_language()
        listed = [(each.code, each.text.of(language)) for each in categories_on(today())]
        self._choose("category", [("", _("还没有定")), *listed], case.category)
        first = case.risks[0] if case.risks else ""
        self._choose("main_risk", [("", _("还没有定")), *risk_choices()], first)
        self._choose("other_risks", risk_choices(), case.risks[1:])

    def _choose(self, name: str, choices: Sequence[tuple[str, Any]], initial: Any) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = list(choices)
        field.initial = initial

    def risks(self) -> tuple[str, ...]:
        """The risks chosen, the main one first."""
        main, others = self.cleaned_data["main_risk"], self.cleaned_data["other_risks"]
        return tuple(dict.fromkeys([*([main] if main else []), *others]))


class VisitForm(forms.Form):
    """A visit by at least two people.

    Attributes:
        asked: the questions of this visit, by the names their answers are kept by.
        amounts: the amounts estimated.
    """

    visited_on = day_field(_("哪一天入户"))
    visitors = forms.MultipleChoiceField(
        label=_("谁去的（两人以上）"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("请选去的人。")},
    )
    approach = forms.ChoiceField(label=_("方式"))
    risks = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    words = forms.CharField(
        label=_("看到、听到的情况"),
        required=False,
        max_length=NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": _("最多 500 个字，请写短一些。")},
    )
    signed = forms.BooleanField(label=_("农户已在表上签字"), required=False)
    signature = forms.FileField(
        label=_("签字的表（照片或扫描）"),
        required=False,
        widget=forms.ClearableFileInput(attrs=_FILES),
    )
    photo = forms.FileField(
        label=_("入户照片"), required=False, widget=forms.ClearableFileInput(attrs=_FILES)
    )

    def __init__(
        self,
        *args: Any,
        case: Case,
        actor: Actor,
        asked: Sequence[str],
        amounts: Sequence[str] = (),
        risk_label: Any = "",
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.asked, self.amounts = tuple(asked), tuple(amounts)
        self._offer_people(case, actor)
        self._offer_approaches(case)
        if risk_label:
            self.fields["risks"].label = risk_label
            self._choose("risks", known_risks())
        else:
            del self.fields["risks"]
        for name in self.asked:
            self.fields[f"answer_{name}"] = forms.ChoiceField(
                label=QUESTIONS[name],
                required=False,
                choices=[(YES, _("是")), (NO, _("否")), ("", _("没有问到"))],
                widget=forms.RadioSelect,
            )
        for name in self.amounts:
            self.fields[f"amount_{name}"] = HundredthsField(label=QUESTIONS[name], required=False)
        self.fields["visited_on"].initial = today().isoformat()

    def _offer_people(self, case: Case, actor: Actor) -> None:
        able = {
            each.person_id: each for each in movers_at(case.division) if CHECK in each.capabilities
        }
        self._choose("visitors", [(str(key), f"{p.name} · {p.title}") for key, p in able.items()])
        self.fields["visitors"].initial = [str(actor.person_id)]

    def _offer_approaches(self, case: Case) -> None:
        listed = pinned_procedure(case.matter.version_id).lists.get("approach", ())
        language = reader_language()
        self._choose("approach", [(each.code, each.label.text(language)) for each in listed])

    def _choose(self, name: str, choices: Sequence[tuple[str, Any]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = list(choices)

    def clean_visited_on(self) -> date | None:
        """The day has come."""
        return check_past(self.cleaned_data["visited_on"])

    def question_fields(self) -> list[forms.BoundField]:
        """The questions with yes, no and not asked."""
        return [self[f"answer_{name}"] for name in self.asked]

    def amount_fields(self) -> list[forms.BoundField]:
        """The estimates."""
        return [self[f"amount_{name}"] for name in self.amounts]

    def people(self) -> tuple[UUID, ...]:
        """Who went."""
        return tuple(UUID(each) for each in self.cleaned_data["visitors"])

    def answers(self) -> dict[str, bool]:
        """The questions that were answered."""
        said = {name: self.cleaned_data.get(f"answer_{name}") for name in self.asked}
        return {name: value == YES for name, value in said.items() if value}

    def estimated(self) -> dict[str, int]:
        """The amounts that were given, in fen."""
        given = {name: self.cleaned_data.get(f"amount_{name}") for name in self.amounts}
        return {name: value for name, value in given.items() if value is not None}


class ConsentForm(forms.Form):
    """What the household signed."""

    signer = forms.CharField(
        label=_("谁签的字（家庭成员姓名）"),
        max_length=64,
        error_messages={"required": _("请写签字的家庭成员。")},
    )
    signed_on = day_field(_("签字日期"))
    scope = forms.MultipleChoiceField(
        label=_("可以向哪些部门查询"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("请勾选农户同意查询的部门。")},
    )
    paper = forms.FileField(
        label=_("签字原件（照片或扫描）"),
        required=False,
        widget=forms.ClearableFileInput(attrs=_FILES),
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = reader_language()
        departments = comparison_table().departments.values()
        field = self.fields["scope"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(each.code, each.text.of(language)) for each in departments]
        field.initial = [each.code for each in departments]
        self.fields["signer"].initial = case.household.head_name
        self.fields["signed_on"].initial = today().isoformat()

    def clean_signed_on(self) -> date | None:
        """The day has come."""
        return check_past(self.cleaned_data["signed_on"])


class AnswerForm(forms.Form):
    """What one department answered."""

    outcome = forms.ChoiceField(
        label=_("反馈"),
        widget=forms.RadioSelect,
        error_messages={"required": _("请选反馈的结果。")},
    )
    flag = forms.ChoiceField(label=_("发现什么"), required=False)
    words = forms.CharField(
        label=_("农户的解释"),
        required=False,
        max_length=NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    explained = forms.BooleanField(label=_("解释合理，可以往下办"), required=False)

    def __init__(self, *args: Any, row: Comparison, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = reader_language()
        flags = comparison_table().flags.values()
        self._choose("outcome", [(each.value, OUTCOMES[each]) for each in ComparisonOutcome])
        mine = [(f.code, f.text.of(language)) for f in flags if f.department == row.department]
        self._choose("flag", [("", _UNANSWERED), *mine])
        self.fields["outcome"].initial = row.outcome
        self.fields["flag"].initial = row.flag
        self.fields["explained"].initial = row.explained

    def _choose(self, name: str, choices: Sequence[tuple[str, Any]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = list(choices)
