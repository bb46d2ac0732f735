"""What people type to ask for a change, one form a kind; each makes the change it asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from bangfu.changes.web.item_fields import (
    DivisionField,
    choices_of,
    document_value,
    document_values,
    field_for,
)
from bangfu.foundation.clock.api import today
from bangfu.foundation.ui.api import day_field
from bangfu.registry.api import (
    DECREASE,
    INCREASE,
    AdjustmentKind,
    ChangeHead,
    Correct,
    Correction,
    Join,
    Leave,
    Merge,
    Move,
    Split,
    can_correct,
    items_of,
    open_leaf,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from bangfu.registry.api import Change

NOTE_LENGTH: Final = 200
HEAD: Final = "head"
_BY_ITSELF: Final = frozenset({"split", "merged"})
"""Reasons that belong to splits and mergers alone."""


def _reasons(list_name: str) -> list[tuple[str, Any]]:
    found = choices_of(list_name, today())
    return [("", _("请选择")), *(each for each in found if each[0] not in _BY_ITSELF)]


class AskForm(forms.Form):
    """What every kind asks: from which day, why, and the paper that shows it.

    Attributes:
        document: the household as it is.
    """

    day = day_field(_("从哪一天起"))
    note = forms.CharField(
        label=_("情况说明"),
        max_length=NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("请写明情况，审核的人要看。")},
    )
    evidence = forms.FileField(label=_("佐证材料"), required=False)

    def __init__(self, *args: Any, document: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.document = document
        self.members: list[dict[str, Any]] = sorted(
            document["members"], key=lambda row: row.get("relation") != HEAD
        )
        self.build()

    @property
    def number(self) -> str:
        """The household's number."""
        return str(self.document["household"]["household_number"])

    def build(self) -> None:
        """Add the fields of this kind."""

    def clean_day(self) -> date:
        """The day has come."""
        found: date = self.cleaned_data["day"]
        if found > today():
            raise ValidationError(_("这一天还没有到。请填今天或以前的日期。"))
        return found

    def change(self) -> Change:
        """The change that is asked for; only of a valid form. Without fields, none."""
        return Correct(self.number, ())

    def own_fields(self) -> list[forms.BoundField]:
        """The fields of this kind that stand one below the other."""
        beside = {*AskForm.base_fields, *(name for name in self.fields if name[-1:].isdigit())}
        return [self[name] for name in self.fields if name not in beside]

    def common_fields(self) -> list[forms.BoundField]:
        """Day and note, which every kind asks."""
        return [self["day"], self["note"]]

    def member_rows(self) -> list[tuple[str, str, list[forms.BoundField]]]:
        """The members by name, with what they are to the head, and the fields asked of each."""
        rows = []
        relations = dict(choices_of("relation", today()))
        for place, row in enumerate(self.members):
            names = [name for name in self.fields if name.endswith(f"_{place}")]
            if names:
                related = str(relations.get(row.get("relation", ""), ""))
                rows.append((str(row["name"]), related, [self[name] for name in names]))
        return rows

    def ask_relations(self, label: Any, *, with_head: bool) -> None:
        """Ask how each member is related to a head."""
        choices = [each for each in choices_of("relation", today()) if with_head or each[0] != HEAD]
        for place in range(len(self.members)):
            self.fields[f"relation_{place}"] = forms.ChoiceField(
                label=label,
                choices=[("", "–"), *choices],
                required=False,
                widget=forms.Select(attrs={"class": "input"}),
            )

    def relations(self) -> tuple[str, dict[str, str]]:
        """Who was called head, and the others' relations, by person number."""
        head, found = "", {}
        for place, row in enumerate(self.members):
            relation = self.cleaned_data.get(f"relation_{place}") or ""
            if relation == HEAD:
                head = head or str(row["person_number"])
            elif relation:
                found[str(row["person_number"])] = relation
        return head, found

    def check_one_head(self, among: Iterable[int]) -> None:
        """Exactly one of them is called head."""
        heads = [each for each in among if self.cleaned_data.get(f"relation_{each}") == HEAD]
        if len(heads) != 1:
            raise ValidationError(_("请在一个人那里选“户主”，只选一个。"))


class JoinForm(AskForm):
    """Somebody joins: who they are, and why."""

    ITEMS: ClassVar[tuple[str, ...]] = (
        "person_number", "name", "sex", "id_type", "id_number", "birth_date", "relation",
        "ethnicity", "education", "school_status", "health", "disability_category",
        "disability_grade", "labour", "work_place", "medical_insured", "pension_insured",
    )  # fmt: skip
    reason = forms.ChoiceField(label=_("增加原因"), choices=lambda: _reasons(INCREASE))

    @override
    def build(self) -> None:
        """The items of a member."""
        items = items_of("members")
        for name in self.ITEMS:
            made = field_for(items[name], today(), required=items[name].required)
            self.fields[name] = made
        others = [each for each in choices_of("relation", today()) if each[0] != HEAD]
        self.fields["relation"] = forms.ChoiceField(
            label=self.fields["relation"].label, choices=[("", "–"), *others]
        )

    @override
    def change(self) -> Change:
        """The join."""
        items = {name: items_of("members")[name] for name in self.ITEMS}
        member: dict[str, Any] = document_values(items, self.cleaned_data)
        member["id_number"] = open_leaf("members", "id_number", str(member["id_number"]).upper())
        return Join(self.number, member, self.cleaned_data["reason"])


class LeaveForm(AskForm):
    """A member leaves; when it is the head, the others say who is head then."""

    person = forms.ChoiceField(label=_("谁减少"))
    reason = forms.ChoiceField(label=_("减少原因"), choices=lambda: _reasons(DECREASE))

    @override
    def build(self) -> None:
        """The members, and their relations to a new head."""
        choices = [(row["person_number"], row["name"]) for row in self.members]
        person = self.fields["person"]
        if isinstance(person, forms.ChoiceField):
            person.choices = [("", _("请选择")), *choices]
        if len(self.members) > 1:
            self.ask_relations(_("与新户主的关系"), with_head=True)

    @override
    def clean(self) -> dict[str, Any]:
        """When the head leaves others behind, one of them becomes head."""
        leaving = self.cleaned_data.get("person")
        if len(self.members) > 1 and leaving == self.members[0]["person_number"]:
            self.check_one_head(range(1, len(self.members)))
        return self.cleaned_data

    @override
    def change(self) -> Change:
        """The leaving."""
        person, reason = self.cleaned_data["person"], self.cleaned_data["reason"]
        head, relations = self.relations()
        if person != self.members[0]["person_number"] or not head:
            return Leave(self.number, person, reason)
        staying = {each: code for each, code in relations.items() if each != person}
        return Leave(self.number, person, reason, head, staying)


class ChangeHeadForm(AskForm):
    """Another member becomes head."""

    @override
    def build(self) -> None:
        """Everybody's relation to the new head."""
        self.ask_relations(_("与新户主的关系"), with_head=True)

    @override
    def clean(self) -> dict[str, Any]:
        """One head."""
        self.check_one_head(range(len(self.members)))
        return self.cleaned_data

    @override
    def change(self) -> Change:
        """The change of head."""
        return ChangeHead(self.number, *self.relations())


class SplitForm(AskForm):
    """Some members become a household of their own."""

    new_number = forms.CharField(label=_("新户的户编号"), max_length=40)
    group = forms.CharField(label=_("新户的村民小组"), max_length=64, required=False)
    village = DivisionField(label=_("新户的行政村代码"), required=False)

    @override
    def build(self) -> None:
        """Who goes, and how they are related to the new head."""
        household = self.document["household"]
        self.fields["new_number"].initial = f"{self.number}-F"
        self.fields["group"].initial = household.get("group_name", "")
        self.fields["village"].help_text = _now("留空就还在本村")
        for place in range(1, len(self.members)):
            self.fields[f"goes_{place}"] = forms.BooleanField(label=_("分出去"), required=False)
        self.ask_relations(_("与新户主的关系"), with_head=True)
        del self.fields["relation_0"]

    def going(self) -> list[int]:
        """The places of those who go."""
        places = range(1, len(self.members))
        return [place for place in places if self.cleaned_data.get(f"goes_{place}")]

    @override
    def clean(self) -> dict[str, Any]:
        """Somebody goes, and one of them is head."""
        if not self.going():
            raise ValidationError(_("请勾选要分出去的成员。"))
        self.check_one_head(self.going())
        return self.cleaned_data

    @override
    def change(self) -> Change:
        """The split."""
        people = tuple(str(self.members[each]["person_number"]) for each in self.going())
        _head, relations = self.relations()
        head = next(
            str(self.members[each]["person_number"])
            for each in self.going()
            if self.cleaned_data[f"relation_{each}"] == HEAD
        )
        return Split(
            self.number,
            people,
            self.cleaned_data["new_number"].strip(),
            head,
            {each: code for each, code in relations.items() if each in people},
            self.cleaned_data["group"],
            self.cleaned_data["village"] or "",
        )


class MergeForm(AskForm):
    """Everybody becomes a member of another household."""

    target = forms.CharField(label=_("并入哪一户（户编号）"), max_length=40)

    @override
    def build(self) -> None:
        """Everybody's relation to the other household's head."""
        self.ask_relations(_("与那一户户主的关系"), with_head=False)
        for name in [each for each in self.fields if each.startswith("relation_")]:
            self.fields[name].required = True

    @override
    def change(self) -> Change:
        """The merger."""
        _head, relations = self.relations()
        return Merge(self.number, self.cleaned_data["target"].strip(), relations)


class MoveForm(AskForm):
    """The household is registered in another place, or lives in another."""

    village = DivisionField(label=_("迁到的行政村代码（户籍）"), required=False)
    group = forms.CharField(label=_("村民小组"), max_length=64, required=False)
    living = DivisionField(label=_("现在居住地的代码"), required=False)

    @override
    def build(self) -> None:
        """Filled with where it is."""
        household = self.document["household"]
        self.fields["village"].initial = household.get("village_code", "")
        self.fields["group"].initial = household.get("group_name", "")
        self.fields["living"].initial = household.get("living_code", "")

    @override
    def change(self) -> Change:
        """The move; what stays as it is is left out."""
        household = self.document["household"]

        def moved(field: str, item: str) -> str:
            typed = self.cleaned_data[field] or ""
            return "" if typed == household.get(item, "") else str(typed)

        return Move(
            self.number,
            moved("village", "village_code"),
            moved("group", "group_name"),
            moved("living", "living_code"),
        )


class CorrectForm(AskForm):
    """The items of one part of the household, filled with what is registered."""

    def __init__(self, *args: Any, part: tuple[str, str, str], **kwargs: Any) -> None:
        self.section, self.key, self.page = part
        super().__init__(*args, **kwargs)

    @override
    def build(self) -> None:
        """A field for each item that may be put right here."""
        for name, item in items_of(self.section).items():
            if can_correct(self.section, name) and (not self.page or item.page == self.page):
                self.fields[f"item_{name}"] = field_for(item, today(), self.row().get(name))

    def row(self) -> dict[str, Any]:
        """The row that is put right."""
        return rows_by_key(self.document, self.section)[self.key]

    @override
    def change(self) -> Change:
        """The corrections: what was typed differently; an empty secret stays as it is."""
        row, found = self.row(), []
        for name, item in items_of(self.section).items():
            if f"item_{name}" not in self.fields:
                continue
            value = document_value(item, self.cleaned_data[f"item_{name}"])
            if item.secret:
                if value is None:
                    continue
                value = open_leaf(self.section, name, str(value))
            if not _same(row.get(name), value):
                found.append(Correction(self.section, self.key, name, row.get(name), value))
        return Correct(self.number, tuple(found))


def _same(before: Any, after: Any) -> bool:
    if isinstance(before, dict) and isinstance(after, dict):
        hashes = ("fingerprint", "whole")
        return all(before.get(name) == after.get(name) for name in hashes)
    return bool(before == after)


def rows_by_key(document: Mapping[str, Any], section: str) -> dict[str, dict[str, Any]]:
    """The rows of a section by what names them."""
    if section == "household":
        return {"": document["household"]}
    if section == "members":
        return {str(row["person_number"]): row for row in document["members"]}
    incomes = document["incomes"]
    return {f"{row['income_purpose']} {row['income_year']}": row for row in incomes}


FORMS: Final[Mapping[AdjustmentKind, type[AskForm]]] = {
    AdjustmentKind.JOIN: JoinForm,
    AdjustmentKind.LEAVE: LeaveForm,
    AdjustmentKind.CHANGE_HEAD: ChangeHeadForm,
    AdjustmentKind.SPLIT: SplitForm,
    AdjustmentKind.MERGE: MergeForm,
    AdjustmentKind.MOVE: MoveForm,
    AdjustmentKind.CORRECT: CorrectForm,
}
