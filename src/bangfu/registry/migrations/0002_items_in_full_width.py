"""Every item of the forms: the columns that 2014, 2016 and 2021 asked for, kind by kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import migrations, models

from bangfu.registry.models.fields import CodesField

if TYPE_CHECKING:
    from collections.abc import Iterator


def _text(longest: int) -> models.CharField[str, str]:
    return models.CharField(blank=True, default="", max_length=longest)


def _added(model: str, field: models.Field[Any, Any], names: str) -> Iterator[migrations.AddField]:
    """A column of one kind for each name."""
    for name in names.split():
        yield migrations.AddField(model_name=model, name=name, field=field.clone())


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0001_initial"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="incomestatement",
            name="statement_once_a_year",
        ),
        migrations.RenameField(
            model_name="incomestatement",
            old_name="purpose",
            new_name="income_purpose",
        ),
        migrations.AlterField(
            model_name="incomestatement",
            name="income_purpose",
            field=models.CharField(default="annual", max_length=24),
        ),
        *_added("household", _text(64), "bank_name filled_by monitoring_contact"),
        *_added(
            "household",
            models.BooleanField(null=True),
            "broadband broadcast cooperative dangerous_house found_out_of_school found_uninsured "
            "found_unsafe_housing found_unsafe_water leading_enterprise left_out_of_school "
            "left_uninsured left_unsafe_housing left_unsafe_water lives_in_site local_leader "
            "one_child_family production_electricity soldier_family two_daughter_family "
            "water_difficult",
        ),
        *_added(
            "household", models.PositiveSmallIntegerField(null=True), "built_year renovation_year"
        ),
        *_added(
            "household",
            models.BinaryField(db_index=True, max_length=32, null=True),
            "contact_phone_fingerprint",
        ),
        *_added("household", models.BinaryField(null=True), "contact_phone_sealed"),
        *_added(
            "household",
            _text(24),
            "disaster_kind exit_flag fuel housing_structure main_cause poverty_attribute "
            "relocation_mode risk_1 risk_2 risk_3 risk_4 risk_5 water_source",
        ),
        *_added("household", models.DateField(null=True), "filled_on"),
        *_added(
            "household",
            models.PositiveIntegerField(null=True),
            "housing_area irrigated_land orchard_land pasture_land returned_land "
            "risk_eliminated_month risk_identified_month road_distance water_area",
        ),
        *_added(
            "household",
            CodesField(blank=True, default="", max_length=200),
            "industry_support main_products other_causes",
        ),
        *_added("household", _text(12), "living_code"),
        *_added("household", _text(255), "resettlement_site risk_note"),
        *_added(
            "incomestatement",
            models.BigIntegerField(null=True),
            "anti_poverty_insurance children_support crop_expenses crop_income disability_subsidy "
            "disaster_relief donations education_support entrusted_farming extreme_poverty "
            "family_planning finance_project forestry_expenses forestry_income gathering_income "
            "grassland heating_subsidy incapacity_subsidy land_fertility livestock_expenses "
            "livestock_income migrant_wages old_age_subsidy other_business other_ecological "
            "other_expenses planting_subsidy post_industry post_township post_village post_wages "
            "preferential public_forest remaining_transfer returned_forest self_paid_disaster "
            "self_paid_education self_paid_housing social_relief",
        ),
        *_added("incomestatement", models.PositiveIntegerField(null=True), "income_from income_to"),
        *_added(
            "member",
            models.BooleanField(null=True),
            "accident_insurance commercial_insured employee_insured employee_pension medical_aid "
            "on_extreme_poverty point_to_point putonghua relocated_person serious_insured",
        ),
        *_added(
            "member",
            _text(24),
            "change_reason dropout_reason job_channel political post_type unemployed_reason "
            "work_industry",
        ),
        *_added(
            "member", models.PositiveSmallIntegerField(null=True), "disability_year post_months"
        ),
        *_added("member", _text(128), "employer school_name"),
        *_added("member", models.BigIntegerField(null=True), "monthly_wage"),
        *_added("member", _text(12), "work_division"),
        migrations.AlterField(
            model_name="member",
            name="health",
            field=CodesField(blank=True, default="", max_length=200),
        ),
        migrations.AddIndex(
            model_name="household",
            index=models.Index(fields=["living_code"], name="household_by_living"),
        ),
        migrations.AddConstraint(
            model_name="household",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("monitoring_category", "unstable"), _negated=True),
                    ("household_type", "alleviated"),
                    _connector="OR",
                ),
                name="unstable_was_alleviated",
            ),
        ),
        migrations.AddConstraint(
            model_name="household",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("monitoring_category", "marginal"), _negated=True),
                    models.Q(("household_type", "alleviated"), _negated=True),
                    _connector="OR",
                ),
                name="marginal_was_never_poor",
            ),
        ),
        migrations.AddConstraint(
            model_name="household",
            constraint=models.CheckConstraint(
                condition=models.Q(("size__gte", 1)), name="household_has_members"
            ),
        ),
        migrations.AddConstraint(
            model_name="incomestatement",
            constraint=models.UniqueConstraint(
                fields=("household", "income_purpose", "income_year"), name="statement_once_a_year"
            ),
        ),
        migrations.AddConstraint(
            model_name="member",
            constraint=models.UniqueConstraint(
                condition=models.Q(("active", True), ("relation", "head")),
                fields=("household",),
                name="one_head_a_household",
            ),
        ),
        migrations.AddConstraint(
            model_name="member",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("work_months__isnull", True), ("work_months__lte", 12), _connector="OR"
                ),
                name="a_year_has_twelve_months",
            ),
        ),
    ]
