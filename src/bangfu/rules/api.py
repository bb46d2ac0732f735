"""The door to the rules: load a pack, judge households, describe what a rule says."""

from __future__ import annotations

from bangfu.rules.describing import Held, RuleText, describe_fact, describe_rule
from bangfu.rules.engines.embedded import judge_frames
from bangfu.rules.engines.reference import judge_household
from bangfu.rules.loading import load_pack, load_sources
from bangfu.rules.months import month_index, month_text
from bangfu.rules.pack import Pack, Parameter, ParameterValue, Rule
from bangfu.rules.pack_tests import CaseOutcome, run_pack_tests
from bangfu.rules.refusals import PackInvalid
from bangfu.rules.sources import PackSource, read_sources
from bangfu.rules.values import DataUnfit, Range
from bangfu.rules.verdict import Evidence, Message, Missing, Outcome, Verdict

__all__ = [
    "CaseOutcome",
    "DataUnfit",
    "Evidence",
    "Held",
    "Message",
    "Missing",
    "Outcome",
    "Pack",
    "PackInvalid",
    "PackSource",
    "Parameter",
    "ParameterValue",
    "Range",
    "Rule",
    "RuleText",
    "Verdict",
    "describe_fact",
    "describe_rule",
    "judge_frames",
    "judge_household",
    "load_pack",
    "load_sources",
    "month_index",
    "month_text",
    "read_sources",
    "run_pack_tests",
]
