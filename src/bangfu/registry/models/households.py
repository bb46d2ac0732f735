"""Households, members, income statements: the register as it is known today.

Every item of `packs/register/items.yaml` is a column of the same name; a secret item `x` is two,
`x_sealed` (encrypted, bound to the row) and `x_fingerprint` (keyed hash, to find it by). Unknown is
NULL for numbers, days and flags, and the empty text for codes and texts. A test walks both ways.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db import models
from django.db.models import Q
from typing_extensions import override

from bangfu.foundation.clock.api import new_id
from bangfu.registry.domain.document import ANNUAL
from bangfu.registry.domain.sorting import KEY_LENGTH
from bangfu.registry.models.fields import CodesField

if TYPE_CHECKING:
    from datetime import date

FINGERPRINT: Final = 32
_CODE: Final = 24


def _text(longest: int = 64) -> models.CharField[str, str]:
    return models.CharField(max_length=longest, blank=True, default="")


def _code() -> models.CharField[str, str]:
    return _text(_CODE)


def _place() -> models.CharField[str, str]:
    return _text(12)


def _codes() -> CodesField:
    return CodesField(max_length=200, blank=True, default="")


def _flag() -> models.BooleanField[bool | None, bool | None]:
    return models.BooleanField(null=True)


def _count() -> models.PositiveSmallIntegerField[int | None, int | None]:
    return models.PositiveSmallIntegerField(null=True)


def _whole() -> models.PositiveIntegerField[int | None, int | None]:
    return models.PositiveIntegerField(null=True)


def _fen() -> models.BigIntegerField[int | None, int | None]:
    return models.BigIntegerField(null=True)


def _day() -> models.DateField[date | None, date | None]:
    return models.DateField(null=True)


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
    living_code = _place()
    head_name = models.CharField(max_length=64, db_index=True)
    head_sort_key = models.CharField(max_length=KEY_LENGTH)
    size = models.PositiveSmallIntegerField()
    phone_sealed = _sealed()
    phone_fingerprint = _fingerprint()
    address = _text(255)
    bank_name = _text()
    bank_account_sealed = _sealed()
    bank_account_fingerprint = _fingerprint()
    identification_standard = _code()
    identified_month = _whole()
    household_type = _code()
    poverty_attribute = _code()
    exit_flag = _code()
    main_cause = _code()
    other_causes = _codes()
    monitoring_category = _code()
    safety_net_household = _flag()
    soldier_family = _flag()
    one_child_family = _flag()
    two_daughter_family = _flag()
    relocated = _flag()
    relocation_mode = _code()
    resettlement_site = _text(255)
    lives_in_site = _flag()
    helper_name = _text()
    monitoring_contact = _text()
    contact_phone_sealed = _sealed()
    contact_phone_fingerprint = _fingerprint()
    filled_by = _text()
    filled_on = _day()
    risk_identified_month = _whole()
    risk_eliminated_month = _whole()
    risk_1 = _code()
    risk_2 = _code()
    risk_3 = _code()
    risk_4 = _code()
    risk_5 = _code()
    disaster_kind = _code()
    risk_note = _text(255)
    found_unsafe_housing = _flag()
    found_out_of_school = _flag()
    found_unsafe_water = _flag()
    found_uninsured = _flag()
    left_unsafe_housing = _flag()
    left_out_of_school = _flag()
    left_unsafe_water = _flag()
    left_uninsured = _flag()
    housing_area = _whole()
    housing_structure = _code()
    built_year = _count()
    dangerous_house = _flag()
    housing_grade = _code()
    renovation_year = _count()
    water_safe = _flag()
    water_difficult = _flag()
    water_source = _code()
    production_electricity = _flag()
    electricity = _flag()
    broadcast = _flag()
    road_distance = _whole()
    road_type = _code()
    sanitary_toilet = _flag()
    fuel = _code()
    broadband = _flag()
    farmland = _whole()
    irrigated_land = _whole()
    forest_land = _whole()
    returned_land = _whole()
    orchard_land = _whole()
    pasture_land = _whole()
    water_area = _whole()
    cooperative = _flag()
    leading_enterprise = _flag()
    local_leader = _flag()
    industry_support = _codes()
    main_products = _codes()
    data_date = models.DateField()
    content_hash = models.BinaryField(max_length=FINGERPRINT)
    version = models.ForeignKey(
        "registry.HouseholdVersion", null=True, related_name="+", on_delete=models.PROTECT
    )
    active = models.BooleanField(default=True)
    left_on = models.DateField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=~Q(monitoring_category="unstable") | Q(household_type="alleviated"),
                name="unstable_was_alleviated",
            ),
            models.CheckConstraint(
                condition=~Q(monitoring_category="marginal") | ~Q(household_type="alleviated"),
                name="marginal_was_never_poor",
            ),
            models.CheckConstraint(
                condition=Q(active=False) | Q(size__gte=1), name="household_has_members"
            ),
        )
        indexes = (
            models.Index(fields=["village_code", "head_sort_key"], name="household_by_village"),
            models.Index(fields=["head_sort_key", "household_number"], name="household_by_name"),
            models.Index(fields=["living_code"], name="household_by_living"),
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
    political = _code()
    education = _code()
    school_status = _code()
    school_name = _text(128)
    dropout_reason = _code()
    health = _codes()
    disability_category = _code()
    disability_grade = _code()
    disability_year = _count()
    labour = _code()
    work_place = _code()
    work_division = _text(12)
    work_months = _count()
    employer = _text(128)
    work_industry = _code()
    job_channel = _code()
    monthly_wage = _fen()
    point_to_point = _flag()
    post_type = _code()
    post_months = _count()
    putonghua = _flag()
    medical_insured = _flag()
    employee_insured = _flag()
    serious_insured = _flag()
    commercial_insured = _flag()
    medical_aid = _flag()
    pension_insured = _flag()
    employee_pension = _flag()
    on_dibao = _flag()
    on_extreme_poverty = _flag()
    relocated_person = _flag()
    accident_insurance = _flag()
    unemployed_reason = _code()
    change_reason = _code()
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
            models.UniqueConstraint(
                fields=["household"],
                condition=Q(active=True, relation="head"),
                name="one_head_a_household",
            ),
            models.CheckConstraint(
                condition=Q(work_months__isnull=True) | Q(work_months__lte=12),
                name="a_year_has_twelve_months",
            ),
        )
        # The constraint above is for members alone; search also finds who left.
        indexes = (models.Index(fields=["id_number_fingerprint"], name="member_by_identity"),)

    @override
    def __str__(self) -> str:
        return self.person_number


class IncomeStatement(models.Model):
    """What a household earned and spent in a period, in fen. Unknown is NULL, never zero.

    Each purpose has accounting months of its own (facts 1.3): a yearly survey, an identification
    and an inspection of one year stand side by side.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    household = models.ForeignKey(Household, related_name="incomes", on_delete=models.PROTECT)
    income_year = models.PositiveSmallIntegerField()
    income_purpose = models.CharField(max_length=_CODE, default=ANNUAL)
    income_from = _whole()
    income_to = _whole()
    wage_income = _fen()
    migrant_wages = _fen()
    post_wages = _fen()
    post_industry = _fen()
    post_township = _fen()
    post_village = _fen()
    gathering_income = _fen()
    business_income = _fen()
    crop_income = _fen()
    livestock_income = _fen()
    forestry_income = _fen()
    other_business = _fen()
    property_income = _fen()
    asset_dividend = _fen()
    land_rent = _fen()
    finance_project = _fen()
    entrusted_farming = _fen()
    other_property = _fen()
    transfer_income = _fen()
    family_planning = _fen()
    dibao = _fen()
    extreme_poverty = _fen()
    pension = _fen()
    ecological = _fen()
    returned_forest = _fen()
    public_forest = _fen()
    grassland = _fen()
    other_ecological = _fen()
    other_transfer = _fen()
    land_fertility = _fen()
    planting_subsidy = _fen()
    old_age_subsidy = _fen()
    preferential = _fen()
    disability_subsidy = _fen()
    education_support = _fen()
    disaster_relief = _fen()
    incapacity_subsidy = _fen()
    children_support = _fen()
    heating_subsidy = _fen()
    social_relief = _fen()
    anti_poverty_insurance = _fen()
    donations = _fen()
    remaining_transfer = _fen()
    business_expenses = _fen()
    crop_expenses = _fen()
    livestock_expenses = _fen()
    forestry_expenses = _fen()
    other_expenses = _fen()
    claims_income = _fen()
    self_paid_expenses = _fen()
    self_paid_medical = _fen()
    self_paid_education = _fen()
    self_paid_housing = _fen()
    self_paid_disaster = _fen()
    other_self_paid = _fen()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["household", "income_purpose", "income_year"], name="statement_once_a_year"
            ),
        )

    @override
    def __str__(self) -> str:
        return f"{self.income_purpose} {self.income_year}"
