"""What other values of parameters would change, against the values in force."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, Final

import polars as pl

from bangfu.kernel.division import DivisionCode, Level
from bangfu.screening.domain.evidence import evidence_document
from bangfu.screening.domain.judging import each_household
from bangfu.screening.domain.outcomes import KEY, movers, shifts
from bangfu.screening.queries.files import read_part
from bangfu.screening.services.judgement import judge_snapshot

if TYPE_CHECKING:
    from bangfu.screening.services.judgement import CountyJudgement, Judgement

EXAMPLES: Final = 5
"""Households shown of each direction, chosen by a hash: neither by name nor by place."""


def compare_with_force(tried: Judgement) -> dict[str, Any]:
    """The tried values against those in force, on the same snapshot, as JSON.

    `parameters`: what was tried and what holds; `rules`: counts before and after, and changes of
    outcomes by rule; `households`, `divisions`: who enters (a rule fires and none did) and leaves;
    `examples`: some of them with their evidence under the tried values.
    """
    force = judge_snapshot(
        manifest=tried.manifest,
        source=(tried.snapshot, tried.folder),
        pack=tried.pack,
        engine=tried.engine,
        as_of=tried.as_of,
        overrides={},
        started=tried.started,
    )
    moving = movers(force.outcomes, tried.outcomes)
    return {
        "parameters": [_parameter(force, tried, name) for name in sorted(tried.overrides)],
        "digest_in_force": force.digest,
        "rules": _rules(force, tried),
        "households": _directions(moving),
        "divisions": _divisions(moving, tried.division),
        "examples": _examples(tried, moving),
    }


def _parameter(force: Judgement, tried: Judgement, name: str) -> dict[str, Any]:
    parameter = tried.pack.parameters[name]
    return {
        "name": name,
        "label": {"zh": parameter.text.zh, "en": parameter.text.en},
        "unit": parameter.unit,
        "in_force": {county: held.get(name) for county, held in force.parameters.items()},
        "tried": {county: held.get(name) for county, held in tried.parameters.items()},
    }


def _rules(force: Judgement, tried: Judgement) -> list[dict[str, Any]]:
    changes = shifts(force.outcomes, tried.outcomes, list(tried.pack.rules))
    rows = zip(force.tallies, tried.tallies, changes, strict=True)
    return [
        {
            "rule": before.rule,
            "label": _label(tried, before.rule),
            "before": {"fired": before.fired, "clear": before.clear, "unknown": before.unknown},
            "after": {"fired": after.fired, "clear": after.clear, "unknown": after.unknown},
            "changes": shift.changes,
        }
        for before, after, shift in rows
    ]


def _label(judgement: Judgement, rule: str) -> dict[str, str]:
    text = judgement.pack.rules[rule].text
    return {"zh": text.zh, "en": text.en}


def _directions(moving: pl.DataFrame) -> dict[str, int]:
    enters = int(moving["enters"].sum())
    return {"enters": enters, "leaves": len(moving) - enters}


def _divisions(moving: pl.DataFrame, division: str) -> list[dict[str, Any]]:
    """Who enters and leaves by place, one tier below the division."""
    level = DivisionCode(division).level
    below = min((tier for tier in Level if tier > level), default=Level.VILLAGE)
    place = pl.col("village").str.slice(0, int(below)).alias("division")
    enters = pl.col("enters").sum().cast(pl.Int64).alias("enters")
    leaves = (~pl.col("enters")).sum().cast(pl.Int64).alias("leaves")
    return moving.group_by(place).agg(enters, leaves).sort("division").to_dicts()


def _examples(tried: Judgement, moving: pl.DataFrame) -> list[dict[str, Any]]:
    chosen: dict[int, dict[str, Any]] = {}
    for enters in (True, False):
        rows = moving.filter(pl.col("enters") == enters).to_dicts()
        rows.sort(key=lambda row: hashlib.sha256(row["number"].encode()).digest())
        chosen |= {row[KEY]: row for row in rows[:EXAMPLES]}
    found = [each for county in tried.counties for each in _examples_in(tried, county, chosen)]
    return sorted(found, key=lambda example: (not example["enters"], example["number"]))


def _examples_in(
    tried: Judgement, county: CountyJudgement, chosen: dict[int, dict[str, Any]]
) -> list[dict[str, Any]]:
    """The chosen that lie in a county, as the reference sees them with the tried values."""
    if not any(row["village"].startswith(county.part.county) for row in chosen.values()):
        return []
    found = []
    for home in each_household(read_part(tried.folder, county.part).of(chosen)):
        row = chosen[home.key]
        verdicts = home.judge(tried.pack, tried.as_of, county.parameters)
        told = [
            {"rule": each.rule, "outcome": each.outcome.value, **evidence_document(each)}
            for each in verdicts
            if each.rule in row["rules"]
        ]
        found.append(
            {
                "number": row["number"],
                "household": row["home"],
                "village": row["village"],
                "enters": row["enters"],
                "people": len(home.members),
                "verdicts": told,
            }
        )
    return found
