"""The hash stands for what a chain says of households: no more, no less."""

from __future__ import annotations

import pytest

from bangfu.rules.api import PackSource, load_sources
from rules.packs import fact, head, parameter, rule

VALUES = '[{value: 5, from: 2020-01-01, scope: "51", source: 甲}]'
FILES = {
    "pack.yaml": head(),
    "parameters/all.yaml": parameter(VALUES),
    "facts/all.yaml": fact('count: "true"'),
    "rules/all.yaml": rule("dibao > limit"),
}


def hash_with(**changes: str) -> str:
    """The hash when files are replaced or added; `rules__all` stands for `rules/all.yaml`."""
    renamed = {f"{name.replace('__', '/')}.yaml": text for name, text in changes.items()}
    files = FILES | renamed
    return load_sources((PackSource("trial", {path: files[path] for path in sorted(files)}),)).hash


PLAIN = hash_with()


@pytest.mark.parametrize(
    "changes",
    [
        {"rules__all": "# 注\n" + FILES["rules/all.yaml"] + "\n\n"},
        {"rules__all": FILES["rules/all.yaml"].replace("dibao > limit", "'dibao > limit'")},
        {"tests__all": "as_of: 2026-11-20\ndivision: '511921'\ncases: []\n"},
        {"procedures__all": "name: clue\n"},
        {"calendar": "years: {}\n"},
    ],
    ids=["comments", "quotes", "tests", "procedures", "calendar"],
)
def test_it_stays_where_the_meaning_stays(changes: dict[str, str]) -> None:
    assert hash_with(**changes) == PLAIN


@pytest.mark.parametrize(
    "changes",
    [
        {"rules__all": rule("dibao >= limit")},
        {"rules__all": rule("dibao > limit").replace("触发", "报警")},
        {"parameters__all": parameter(VALUES.replace("value: 5", "value: 6"))},
        {"parameters__all": parameter(VALUES.replace("2020-01-01", "2020-01-02"))},
        {"parameters__all": parameter(VALUES.replace('"51"', '"5119"'))},
        {"facts__all": fact('count: "true"', name="other_fact")},
        {"pack": head().replace('version: "1"', 'version: "2"')},
    ],
    ids=["condition", "wording", "value", "day", "scope", "fact", "version"],
)
def test_it_changes_where_the_meaning_changes(changes: dict[str, str]) -> None:
    assert hash_with(**changes) != PLAIN


def test_it_covers_the_whole_chain() -> None:
    own = PackSource("own", {"pack.yaml": head("own", "51", "trial")})
    base = PackSource("trial", FILES)
    changed = PackSource("trial", FILES | {"rules/all.yaml": rule("dibao >= limit")})
    assert load_sources((base, own)).hash != load_sources((changed, own)).hash
    assert load_sources((base, own)).label == "trial 1 · own 1"
