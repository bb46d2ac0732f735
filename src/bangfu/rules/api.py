"""The door to the rules: load a pack, judge households, describe what a rule says."""

from __future__ import annotations

from bangfu.rules.engines.embedded import judge_frames
from bangfu.rules.engines.reference import judge_household
from bangfu.rules.loading import load_pack, load_sources
from bangfu.rules.pack import Pack, Parameter, ParameterValue, Rule
from bangfu.rules.refusals import PackInvalid
from bangfu.rules.values import DataUnfit, Range
from bangfu.rules.verdict import Evidence, Message, Missing, Outcome, Verdict

__all__ = [
    "DataUnfit",
    "Evidence",
    "Message",
    "Missing",
    "Outcome",
    "Pack",
    "PackInvalid",
    "Parameter",
    "ParameterValue",
    "Range",
    "Rule",
    "Verdict",
    "judge_frames",
    "judge_household",
    "load_pack",
    "load_sources",
]
