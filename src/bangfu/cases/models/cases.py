"""The tables of cases: what is being decided about a household, and what it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from typing_extensions import override

from bangfu.cases.domain.kinds import CaseKind
from bangfu.foundation.clock.api import new_id

if TYPE_CHECKING:
    Json = models.JSONField[Any, Any]


class Case(models.Model):
    """One matter about a household that people decide step by step.

    State, due day and history are its matter's; `open` repeats there being no last day, so that the
    database can hold that a household has one open case of a kind.

    Attributes:
        number: `SB-2026-511921-0398`: kind, year, county, running number.
        clue: the clue it began with; further ones join through `CaseClue`.
        parent: the case it follows from: of a monitoring case the recognition.
        category: the proposed or decided category; a code of the phase's categories.
        risks: codes of risk types, the first the gravest, at most five.
        mode: how a monitoring case ended: a code of the procedure's list `mode`.
        closing_reason: why it ended without recognition: a code of the procedure's list.
        handler: who looks after it; four eyes look at moves, not at this.
        decided_on: the day the decision was announced.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    matter = models.OneToOneField("procedures.Matter", models.PROTECT, related_name="case")
    number = models.CharField(max_length=24, unique=True)
    kind = models.CharField(max_length=16, choices=[(each.value, each.value) for each in CaseKind])
    open = models.BooleanField(default=True)
    household = models.ForeignKey("registry.Household", models.PROTECT, related_name="+")
    division = models.CharField(max_length=12)
    clue = models.ForeignKey("cases.Clue", models.PROTECT, null=True, related_name="begun")
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    category = models.CharField(max_length=32, blank=True)
    risks: Json = models.JSONField(default=list)
    mode = models.CharField(max_length=32, blank=True)
    closing_reason = models.CharField(max_length=32, blank=True)
    handler = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    opened_on = models.DateField()
    decided_on = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["household", "kind"], condition=Q(open=True), name="case_open_once"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["division", "kind", "open"], name="case_by_division"),
            models.Index(fields=["household", "opened_on"], name="case_by_household"),
        ]

    @override
    def __str__(self) -> str:
        return self.number


class CaseCounter(models.Model):
    """The last running number of a kind, year and county: whoever takes one holds the row.

    Attributes:
        key: `SB-2026-511921`.
    """

    key = models.CharField(primary_key=True, max_length=24)
    last = models.PositiveIntegerField(default=0)

    @override
    def __str__(self) -> str:
        return f"{self.key} {self.last}"


class CaseClue(models.Model):
    """A clue that a case answers: the one it began with, and those that came while it was open."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="clues")
    clue = models.OneToOneField("cases.Clue", models.PROTECT, related_name="case_link")
    joined_at = models.DateTimeField()

    @override
    def __str__(self) -> str:
        return f"{self.case_id} {self.clue_id}"


class CaseBasis(models.Model):
    """What the register and the rules said when a move of a case was made. Added once.

    What the guards looked at stands with the move itself (`procedures.MatterMove.facts`).

    Attributes:
        number: of the move in the matter's history.
        register_version: the household's record as it was then.
        rules: the rules whose findings stood about the household, by name.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="bases")
    number = models.PositiveIntegerField()
    register_version = models.ForeignKey(
        "registry.HouseholdVersion", models.PROTECT, null=True, related_name="+"
    )
    rules: Json = models.JSONField(default=list)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "number"], name="basis_once"),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.case_id} {self.number}"


class CaseVisit(models.Model):
    """A visit to the household by at least two people, recorded once.

    Attributes:
        purpose: `check`, `eliminate` or `look_back`.
        visitors: `[{"id": ..., "name": ..., "title": ...}]`, as they were called then.
        approach: how it was done; a code of the procedure's list `approach`.
        findings: codes, amounts in fen and yes/no answers by name; nothing that names an illness.
        words_sealed: what was seen, encrypted.
        signed: whether the household signed. files: ids of the signature and photos.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="visits")
    purpose = models.CharField(max_length=16)
    visited_on = models.DateField()
    visitors: Json = models.JSONField(default=list)
    approach = models.CharField(max_length=16)
    findings: Json = models.JSONField(default=dict)
    words_sealed = models.BinaryField(null=True)
    signed = models.BooleanField(default=False)
    files: Json = models.JSONField(default=list)
    recorded_at = models.DateTimeField()
    by_id = models.UUIDField(null=True)
    by_name = models.CharField(max_length=64)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["case", "purpose", "visited_on"], name="visit_by_case"),
        ]
        ordering: ClassVar = ["visited_on", "recorded_at"]

    @override
    def __str__(self) -> str:
        return f"{self.purpose} {self.visited_on}"


class Comparison(models.Model):
    """What one department answered when the household was compared with its records.

    Attributes:
        department: a code of the pack's departments of comparison.
        asked_on, answered_on: no answer yet leaves the second empty.
        outcome: `clear`, `found`, `supports`, or empty while unanswered.
        flag: what was found: a code of the pack's flags of exclusion.
        explained: whether a reasonable explanation was accepted; words_sealed holds it.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="comparisons")
    department = models.CharField(max_length=32)
    asked_on = models.DateField()
    answered_on = models.DateField(null=True)
    outcome = models.CharField(max_length=16, blank=True)
    flag = models.CharField(max_length=32, blank=True)
    explained = models.BooleanField(default=False)
    words_sealed = models.BinaryField(null=True)
    by_id = models.UUIDField(null=True)
    by_name = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "department"], name="comparison_once"),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.department} {self.outcome}"


class Consent(models.Model):
    """The household's signed commitment and authorisation (承诺授权书).

    Source: 《个人信息保护法》 art. 13, 14 and 15: given knowingly, and withdrawn as easily.

    Attributes:
        scope: codes of the departments that may be asked.
        signer: who signed, as a member of the household.
        file: the signed paper. withdrawn_on: from then on nobody may be asked any more.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    household = models.ForeignKey("registry.Household", models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="consents")
    scope: Json = models.JSONField(default=list)
    signer = models.CharField(max_length=64)
    signed_on = models.DateField()
    file = models.ForeignKey("files.StoredFile", models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()
    by_id = models.UUIDField(null=True)
    by_name = models.CharField(max_length=64)
    withdrawn_on = models.DateField(null=True)
    withdrawn_channel = models.CharField(max_length=16, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["household", "signed_on"], name="consent_by_household"),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.signed_on}"
