"""The door to plans: others import only this."""

from bangfu.plans.domain.catalogue import Catalogue, Content, Family, RiskRow
from bangfu.plans.domain.checking import Written
from bangfu.plans.domain.effects import Effect, effect_of
from bangfu.plans.domain.standing import MeasureFacts
from bangfu.plans.models import Measure, Origin, Plan
from bangfu.plans.permissions import APPROVE, DRAFT, READ, RECORD
from bangfu.plans.queries.catalogue import catalogue_of, catalogue_on
from bangfu.plans.queries.details import (
    MeasureDetail,
    PlanDetail,
    get_household_plan,
    get_measure,
    get_plan,
    measures_of_household,
    plans_of,
)
from bangfu.plans.queries.facts import labour_in, matching_measures, measure_facts
from bangfu.plans.queries.filters import MeasureFilters, PlanFilters
from bangfu.plans.queries.lists import list_measures, list_plans
from bangfu.plans.queries.mismatches import count_mismatches, list_mismatches, mismatches_of
from bangfu.plans.queries.rows import MeasureRow, PlanRow
from bangfu.plans.queries.timeline import MeasureEvent, measure_timeline
from bangfu.plans.services.carrying import (
    EVIDENCE,
    MeasureMove,
    MeasuresMoved,
    drop_measure,
    finish_measure,
    move_measure,
    move_measures,
    start_measure,
    stop_measure,
)
from bangfu.plans.services.deciding import approve_plan, move_plan
from bangfu.plans.services.drafting import draft_plan
from bangfu.plans.services.following import help_again, plan_after_recognition
from bangfu.plans.services.writing import add_measure, change_measure

__all__ = [
    "APPROVE",
    "DRAFT",
    "EVIDENCE",
    "READ",
    "RECORD",
    "Catalogue",
    "Content",
    "Effect",
    "Family",
    "Measure",
    "MeasureDetail",
    "MeasureEvent",
    "MeasureFacts",
    "MeasureFilters",
    "MeasureMove",
    "MeasureRow",
    "MeasuresMoved",
    "Origin",
    "Plan",
    "PlanDetail",
    "PlanFilters",
    "PlanRow",
    "RiskRow",
    "Written",
    "add_measure",
    "approve_plan",
    "catalogue_of",
    "catalogue_on",
    "change_measure",
    "count_mismatches",
    "draft_plan",
    "drop_measure",
    "effect_of",
    "finish_measure",
    "get_household_plan",
    "get_measure",
    "get_plan",
    "help_again",
    "labour_in",
    "list_measures",
    "list_mismatches",
    "list_plans",
    "matching_measures",
    "measure_facts",
    "measure_timeline",
    "measures_of_household",
    "mismatches_of",
    "move_measure",
    "move_measures",
    "move_plan",
    "plan_after_recognition",
    "plans_of",
    "start_measure",
    "stop_measure",
]
