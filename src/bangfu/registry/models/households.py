"""Households, members, income statements: the register as it is known today.

Every item of `packs/register/items.yaml` is a column of the same name; a secret item `x` is two,
`x_sealed` (encrypted, bound to the row) and `x_fingerprint` (keyed hash, to find it by). Unknown is
NULL for numbers, days and flags, and the empty text for codes and texts. A test walks both ways.
"""

from __future__ import annotations

from typing import Final

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from bangfu.foundation.clock.api import new_id
from bangfu.registry.domain.document import ANNUAL
from bangfu.registry.domain.sorting import KEY_LENGTH
from bangfu.registry.models.fields import CodesField

FINGERPRINT: Final = 32
_CODE: Final = 24


def _code() -> models.CharField[str, str]:
    return models.CharField(max_length=_CODE, blank=True, default="")


def _sealed() -> models.BinaryField[bytes | None, bytes | None]:
    return models.BinaryField(null=True)


def _fingerprint() -> models.BinaryField[bytes | None, bytes | None]:
    return models.BinaryField(max_length=FINGERPRINT, null=True, db_index=True)


class Household(models.Model):
    """One household. The number is for life; a household leaves the rolls but is never deleted.

    Attributes:
        household_key: what names the household in snapshots; random, tells nothing.
        data_date: the day for which the present values are known to hold.
        content_hash: equal exactly when two households' documents are.
        version: the version of the history that the present values come from.
        active: False once the household left, or when the batch that brought it was reversed.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    household_key = models.BigIntegerField(unique=True)
    household_number = models.CharField(max_length=40, unique=True)
    village_code = models.CharField(max_length=12)
    group_name = models.CharField(max_length=64)
    head_name = models.CharField(max_length=64, db_index=True)
    head_sort_key = models.CharField(max_length=KEY_LENGTH)
    size = models.PositiveSmallIntegerField()
    phone_sealed = _sealed()
    phone_fingerprint = _fingerprint()
    address = models.CharField(max_length=255, blank=True, default="")
    bank_account_sealed = _sealed()
    bank_account_fingerprint = _fingerprint()
    identification_standard = _code()
    identified_month = models.PositiveIntegerField(null=True)
    household_type = _code()
    monitoring_category = _code()
    safety_net_household = models.BooleanField(null=True)
    relocated = models.BooleanField(null=True)
    helper_name = models.CharField(max_length=64, blank=True, default="")
    housing_grade = _code()
    water_safe = models.BooleanField(null=True)
    electricity = models.BooleanField(null=True)
    road_type = _code()
    sanitary_toilet = models.BooleanField(null=True)
    farmland = models.PositiveIntegerField(null=True)
    forest_land = models.PositiveIntegerField(null=True)
    data_date = models.DateField()
    content_hash = models.BinaryField(max_length=FINGERPRINT)
    version = models.ForeignKey(
        "registry.HouseholdVersion", null=True, related_name="+", on_delete=models.PROTECT
    )
    active = models.BooleanField(default=True)
    left_on = models.DateField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=["village_code", "head_sort_key"], name="household_by_village"),
            models.Index(fields=["head_sort_key", "household_number"], name="household_by_name"),
        )

    @override
    def __str__(self) -> str:
        return self.household_number


class Member(models.Model):
    """A person as a member of one household. Who moves is an inactive member here, active there.

    The document number's fingerprint is of its first 18 characters, which a resident identity card
    and a disability certificate share, so one person is found once.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    household = models.ForeignKey(Household, related_name="members", on_delete=models.PROTECT)
    person_number = models.CharField(max_length=40)
    name = models.CharField(max_length=64, db_index=True)
    sort_key = models.CharField(max_length=KEY_LENGTH)
    sex = _code()
    id_type = _code()
    id_number_sealed = models.BinaryField()
    id_number_fingerprint = models.BinaryField(max_length=FINGERPRINT)
    birth_date = models.DateField()
    relation = _code()
    ethnicity = _code()
    education = _code()
    school_status = _code()
    health = CodesField(max_length=64, blank=True, default="")
    disability_category = _code()
    disability_grade = _code()
    labour = _code()
    work_place = _code()
    work_months = models.PositiveSmallIntegerField(null=True)
    medical_insured = models.BooleanField(null=True)
    pension_insured = models.BooleanField(null=True)
    on_dibao = models.BooleanField(null=True)
    active = models.BooleanField(default=True)
    left_on = models.DateField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["household", "person_number"], name="member_once_a_household"
            ),
            models.UniqueConstraint(
                fields=["person_number"], condition=Q(active=True), name="person_number_once"
            ),
            models.UniqueConstraint(
                fields=["id_number_fingerprint"], condition=Q(active=True), name="id_number_once"
            ),
        )

    @override
    def __str__(self) -> str:
        return self.person_number


class IncomeStatement(models.Model):
    """What a household earned and spent in a year, in fen. Unknown amounts are NULL, never zero."""

    class Purpose(models.TextChoices):
        """Why it was drawn up; each purpose has accounting months of its own (facts 1.3)."""

        ANNUAL = ANNUAL, _("年度采集")
        IDENTIFICATION = "identification", _("识别认定")
        INSPECTION = "inspection", _("集中排查")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    household = models.ForeignKey(Household, related_name="incomes", on_delete=models.PROTECT)
    purpose = models.CharField(max_length=16, choices=Purpose, default=Purpose.ANNUAL)
    income_year = models.PositiveSmallIntegerField()
    wage_income = models.BigIntegerField(null=True)
    business_income = models.BigIntegerField(null=True)
    property_income = models.BigIntegerField(null=True)
    asset_dividend = models.BigIntegerField(null=True)
    land_rent = models.BigIntegerField(null=True)
    other_property = models.BigIntegerField(null=True)
    transfer_income = models.BigIntegerField(null=True)
    dibao = models.BigIntegerField(null=True)
    pension = models.BigIntegerField(null=True)
    ecological = models.BigIntegerField(null=True)
    other_transfer = models.BigIntegerField(null=True)
    business_expenses = models.BigIntegerField(null=True)
    claims_income = models.BigIntegerField(null=True)
    self_paid_expenses = models.BigIntegerField(null=True)
    self_paid_medical = models.BigIntegerField(null=True)
    other_self_paid = models.BigIntegerField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["household", "purpose", "income_year"], name="statement_once_a_year"
            ),
        )

    @override
    def __str__(self) -> str:
        return f"{self.purpose} {self.income_year}"
