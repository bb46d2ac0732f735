"""The form of a move, built from its offer: what the table asks, papers it wants, the reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from bangfu.cases.services.recognising import LISTS, REASON
from bangfu.foundation.ui.api import HundredthsField, reader_language

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from bangfu.procedures.api import Fact, Offer, Paper, Procedure

NOTE_LENGTH: Final = 500
YES, NO = "yes", "no"
UPLOADED: Final = "upload"
_FACT: Final = "fact_"

Kept = dict[str, list[tuple[str, str]]]
"""Papers that were brought already: name -> ids of files with their names."""


class MoveForm(forms.Form):
    """One move of a case.

    Attributes:
        offer: the move as the table offers it.
        kept: papers brought with an earlier try that was refused; they need not be brought again.
        there: names of papers that the case has by itself, such as a meeting's minutes.
    """

    def __init__(
        self,
        *args: Any,
        offer: Offer,
        procedure: Procedure,
        kept: Kept | None = None,
        there: Collection[str] = (),
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        self.offer = offer
        self.kept = kept or {}
        self.there = there
        language = reader_language()
        for name in offer.asks:
            if name in LISTS:
                self.fields[f"fact_{REASON}"] = _listed(procedure, name, language)
            else:
                self.fields[f"fact_{name}"] = _asked(procedure, procedure.facts[name], language)
        for paper in self.brought():
            self.fields[f"paper_{paper.name}"] = forms.FileField(
                label=paper.label.text(language),
                required=not self.kept.get(paper.name),
                widget=forms.ClearableFileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
                error_messages={"required": _("这一步要附上这份文书，请选择文件。")},
            )
        self.fields["note"] = forms.CharField(
            label=_("理由（必填，相关的人都看得到）") if offer.note_required else _("说明"),
            required=offer.note_required,
            max_length=NOTE_LENGTH,
            widget=forms.Textarea(attrs={"rows": 3}),
            error_messages={
                "required": _("请写明理由，上下两级都要看。"),
                "max_length": _("最多 500 个字，请写短一些。"),
            },
        )

    def brought(self) -> Iterator[Paper]:
        """The papers that people bring themselves and that are not there yet."""
        return (each for each in self.offer.papers if self._to_bring(each))

    def other_papers(self) -> list[Paper]:
        """The papers that the product issues, that a meeting leaves, or that are there already."""
        return [each for each in self.offer.papers if not self._to_bring(each)]

    def _to_bring(self, paper: Paper) -> bool:
        return paper.origin == UPLOADED and paper.name not in self.there

    def asked_fields(self) -> list[forms.BoundField]:
        """The questions of the table."""
        return [self[name] for name in self.fields if name.startswith(_FACT)]

    def paper_fields(self) -> list[tuple[forms.BoundField, list[tuple[str, str]]]]:
        """The papers to bring, each with what was brought already."""
        return [
            (self[f"paper_{each.name}"], self.kept.get(each.name, [])) for each in self.brought()
        ]

    def answers(self) -> dict[str, Any]:
        """What was answered, as the guards read it; questions left open are left out."""
        found: dict[str, Any] = {}
        for field, value in self.cleaned_data.items():
            name = field.removeprefix(_FACT)
            if name != field and value not in {None, ""}:
                found[name] = value == YES if value in {YES, NO} else value
        return found


def _listed(procedure: Procedure, name: str, language: Any) -> forms.Field:
    """A reason from the list that the table keeps for this question."""
    return _choice(procedure.facts[name].label.text(language), procedure, LISTS[name], language)


def _asked(procedure: Procedure, fact: Fact, language: Any) -> forms.Field:
    label = fact.label.text(language)
    if fact.type == "flag":
        return forms.ChoiceField(
            label=label,
            choices=[(YES, _("是")), (NO, _("否"))],
            widget=forms.RadioSelect,
            error_messages={"required": _("请选“是”或者“否”。")},
        )
    if fact.type == "count":
        return forms.IntegerField(
            label=label,
            min_value=0,
            widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 8}),
            error_messages={
                "invalid": _("请写一个整数。"),
                "required": _("请写一个整数，没有就写 0。"),
            },
        )
    if fact.type == "amount":
        return HundredthsField(label=_now("%(label)s（元）") % {"label": label})
    return _choice(label, procedure, fact.list, language)


def _choice(label: str, procedure: Procedure, name: str, language: Any) -> forms.Field:
    listed = procedure.lists.get(name, ())
    return forms.ChoiceField(
        label=label,
        choices=[("", _("请选择")), *((each.code, each.label.text(language)) for each in listed)],
        error_messages={"required": _("请从列表里选一项。")},
    )
