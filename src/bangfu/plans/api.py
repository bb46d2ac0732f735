"""The door to plans: others import only this."""

from bangfu.plans.domain.catalogue import Catalogue, Content, Family, RiskRow
from bangfu.plans.domain.checking import Written
from bangfu.plans.domain.effects import Effect, effect_of
from bangfu.plans.domain.standing import MeasureFacts
from bangfu.plans.models import Measure, Origin, Plan
from bangfu.plans.permissions import APPROVE, DRAFT, READ, RECORD
from bangfu.plans.queries.catalogue import catalogue_of, catalogue_on
from bangfu.plans.queries.facts import labour_in, matching_measures, measure_facts
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
    "MeasureFacts",
    "MeasureMove",
    "MeasuresMoved",
    "Origin",
    "Plan",
    "RiskRow",
    "Written",
    "add_measure",
    "approve_plan",
    "catalogue_of",
    "catalogue_on",
    "change_measure",
    "draft_plan",
    "drop_measure",
    "effect_of",
    "finish_measure",
    "help_again",
    "labour_in",
    "matching_measures",
    "measure_facts",
    "move_measure",
    "move_measures",
    "move_plan",
    "plan_after_recognition",
    "start_measure",
    "stop_measure",
]
