"""Lists, their rows, their problems, and the reports that came of them.

Lists and reports are never deleted once committed: a list is withdrawn, a report is undone.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from bangfu.exchange.domain.matching import Doubt
from bangfu.foundation.clock.api import new_id

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.utils.functional import _StrPromise

_FINGERPRINT: Final = 32


class ListState(StrEnum):
    """How far a list has come; told by the moments it carries."""

    CHECKED = "checked"
    COMMITTED = "committed"
    WITHDRAWN = "withdrawn"
    DISCARDED = "discarded"


class RowOutcome(models.TextChoices):
    """What became of a row, or would become of it."""

    MATCHED = "matched", _("已匹配")
    UNMATCHED = "unmatched", _("待匹配")
    SETTLED = "settled", _("不用匹配")
    KNOWN = "known", _("以前报过")
    REPLACED = "replaced", _("已改正重报")
    REFUSED = "refused", _("要改")


class Settled(models.TextChoices):
    """Why a person decided that a row means no household here."""

    NOT_HERE = "not_here", _("不是本县的人")
    NOT_RURAL = "not_rural", _("不是农村户口")
    WRONG_NUMBER = "wrong_number", _("号码报错了")


DOUBTS: Final[Mapping[str, str | _StrPromise]] = {
    Doubt.NOT_FOUND: _("登记簿里没有这个号码"),
    Doubt.NAME_DIFFERS: _("号码对，姓名不一样"),
    Doubt.TWO_HOUSEHOLDS: _("证件号码和户编号不是一户"),
    Doubt.LIVES_ELSEWHERE: _("不住在名单写的地方"),
}


class FeedList(models.Model):
    """One list that an office handed in.

    Attributes:
        feed, trigger: which kind of list, and what its rows report.
        mapping: the mapping file it was read by.
        organisation: the office of who handed it in; empty for the system.
        division: the place the list is for; nobody outside it is looked for.
        counties: the counties it covers as a whole; none for a list of less than a county.
        data_date: the day up to which the list is complete.
        file, file_hash: the uploaded file, and the SHA-256 it is recognised by.
        rows: all rows; `taken` those to be written, `known` those that came before.
        people, total, middle: how many different people, the sum and the median of the amounts
            in fen, of the rows that were not refused.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    feed = models.CharField(max_length=60)
    trigger = models.CharField(max_length=24)
    mapping = models.TextField()
    organisation = models.CharField(max_length=128, blank=True, default="")
    division = models.CharField(max_length=12, blank=True)
    counties: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    data_date = models.DateField()
    file = models.UUIDField()
    file_hash = models.CharField(max_length=64)
    rows = models.PositiveIntegerField(default=0)
    matched = models.PositiveIntegerField(default=0)
    unmatched = models.PositiveIntegerField(default=0)
    known = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    people = models.PositiveIntegerField(default=0)
    total = models.BigIntegerField(null=True)
    middle = models.BigIntegerField(null=True)
    notices: models.JSONField[dict[str, int], dict[str, int]] = models.JSONField(default=dict)
    checked_at = models.DateTimeField()
    checked_by = models.CharField(max_length=64)
    checked_by_id = models.UUIDField(null=True)
    committed_at = models.DateTimeField(null=True)
    committed_by = models.CharField(max_length=64, blank=True, default="")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.CharField(max_length=64, blank=True, default="")
    withdraw_reason = models.CharField(max_length=255, blank=True, default="")
    discarded_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=["division", "feed", "data_date"], name="list_by_place"),
            models.Index(fields=["file_hash"], name="list_by_file"),
        )

    @override
    def __str__(self) -> str:
        return f"{self.feed} {self.data_date}"

    @property
    def state(self) -> ListState:
        """How far it has come."""
        if self.discarded_at is not None:
            return ListState.DISCARDED
        if self.withdrawn_at is not None:
            return ListState.WITHDRAWN
        return ListState.CHECKED if self.committed_at is None else ListState.COMMITTED

    @property
    def taken(self) -> int:
        """Rows that are new and can be written, matched or not."""
        return self.matched + self.unmatched


class ListRow(models.Model):
    """One row of a list.

    Attributes:
        position: the order in the file; `row` is the number the sheet shows.
        event: the keyed hash of what it reports; two rows with the same report the same thing.
        name_mark: the keyed hash of the name in the row.
        identity: what its document number is found by.
        said: number, name and note in the file's own words, sealed; None for a refused row.
        live: whether it stands for its event, which one row of all lists does.
        doubt: why its numbers did not match it.
        decision: why a person decided that it means no household here.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    list = models.ForeignKey(FeedList, related_name="lines", on_delete=models.CASCADE)
    position = models.PositiveIntegerField()
    row = models.PositiveIntegerField()
    event = models.BinaryField(max_length=_FINGERPRINT, null=True, db_index=True)
    name_mark = models.BinaryField(max_length=_FINGERPRINT, null=True)
    identity = models.BinaryField(max_length=_FINGERPRINT, null=True)
    said = models.BinaryField(null=True)
    day = models.DateField(null=True)
    amount = models.BigIntegerField(null=True)
    percent = models.PositiveSmallIntegerField(null=True)
    product = models.CharField(max_length=24, blank=True, default="")
    place = models.CharField(max_length=12, blank=True, default="")
    outcome = models.CharField(max_length=9, choices=RowOutcome)
    doubt = models.CharField(max_length=24, blank=True, default="")
    decision = models.CharField(max_length=24, blank=True, default="", choices=Settled)
    live = models.BooleanField(default=False)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.CharField(max_length=64, blank=True, default="")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["list", "position"], name="list_row_position_once"),
            models.UniqueConstraint(
                fields=["event"], condition=Q(live=True), name="list_row_event_once"
            ),
        )
        indexes = (
            models.Index(fields=["list", "outcome", "position"], name="list_row_by_outcome"),
        )

    @override
    def __str__(self) -> str:
        return f"{self.position}"


class Report(models.Model):
    """What an office reported of a household: a fact of that office, never altered.

    Attributes:
        member: the person it is about, where a document number named one.
        labour: the member's labour when the row was matched; empty when unknown.
        matched_by: the person who matched the row; empty when its number did.
        undone_at: when a person took back a match of their own.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    row = models.ForeignKey(ListRow, related_name="reports", on_delete=models.PROTECT)
    list = models.ForeignKey(FeedList, related_name="reports", on_delete=models.PROTECT)
    household = models.ForeignKey("registry.Household", related_name="+", on_delete=models.PROTECT)
    member = models.ForeignKey(
        "registry.Member", null=True, related_name="+", on_delete=models.PROTECT
    )
    trigger = models.CharField(max_length=24)
    day = models.DateField()
    amount = models.BigIntegerField(null=True)
    percent = models.PositiveSmallIntegerField(null=True)
    product = models.CharField(max_length=24, blank=True, default="")
    labour = models.CharField(max_length=24, blank=True, default="")
    matched_at = models.DateTimeField()
    matched_by = models.CharField(max_length=64, blank=True, default="")
    undone_at = models.DateTimeField(null=True)
    undone_by = models.CharField(max_length=64, blank=True, default="")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["row"], condition=Q(undone_at=None), name="report_once_a_row"
            ),
        )
        indexes = (models.Index(fields=["household", "day"], name="report_by_household"),)

    @override
    def __str__(self) -> str:
        return f"{self.trigger} {self.day}"


class ListProblem(models.Model):
    """One problem of a list; what it says, with file, header and values, is sealed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    list = models.ForeignKey(FeedList, related_name="problems", on_delete=models.CASCADE)
    line = models.ForeignKey(ListRow, null=True, related_name="problems", on_delete=models.CASCADE)
    code = models.CharField(max_length=64)
    refuses = models.BooleanField()
    row = models.PositiveIntegerField(default=0)
    column = models.PositiveIntegerField(default=0)
    problem_sealed = models.BinaryField()

    class Meta:
        indexes = (models.Index(fields=["list", "code"], name="list_problem_by_code"),)

    @override
    def __str__(self) -> str:
        return f"{self.code} {self.row}"
