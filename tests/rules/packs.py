"""Small packs written in tests: a head, and one file a folder."""

from __future__ import annotations

from textwrap import dedent

from bangfu.rules.api import Pack, PackInvalid, PackSource, load_sources
from bangfu.rules.layout import load_layout

RULE = """
  name: {{zh: 试验, en: Trial}}
  risk: other
  severity: low
  when: {when}
  shows: []
  reason: {{zh: 触发, en: Fired}}
  source: 试验
"""


def head(name: str = "trial", scope: str = "51", extends: str = "") -> str:
    """A head file."""
    lines = [
        f"pack: {name}",
        'version: "1"',
        f'scope: "{scope}"',
        f'layout: "{load_layout().version}"',
        "name: {zh: 试验, en: Trial}",
        "risks: {other: {zh: 其他, en: Other}}",
        *([f"extends: {extends}"] if extends else []),
    ]
    return "\n".join(lines) + "\n"


def source(name: str = "trial", scope: str = "51", extends: str = "", **texts: str) -> PackSource:
    """A pack's files: `facts="..."` becomes `facts/all.yaml`."""
    files = {"pack.yaml": head(name, scope, extends)}
    files |= {f"{folder}/all.yaml": dedent(text).lstrip("\n") for folder, text in texts.items()}
    return PackSource(name, files)


def load(**texts: str) -> Pack:
    """A pack of its own."""
    return load_sources((source(**texts),))


def rule(when: str, name: str = "trial_rule") -> str:
    """A rule with this condition, and no more than it needs."""
    return name + ":" + RULE.format(when=when)


def fact(text: str, name: str = "trial_fact") -> str:
    """A fact, its way of gathering given as YAML."""
    return f"{name}:\n  name: {{zh: 试验, en: Trial}}\n  {text}\n"


def parameter(values: str, name: str = "limit", unit: str = "yuan") -> str:
    """A parameter with the values given as a YAML list."""
    return (
        f"{name}:\n  name: {{zh: 限额, en: Limit}}\n  unit: {unit}\n  source: 试验\n"
        f"  values: {values}\n"
    )


def refusals(*sources: PackSource) -> list[tuple[str, str, int]]:
    """Code, file and line of every problem for which the chain is refused; empty when it is not."""
    try:
        load_sources(sources)
    except PackInvalid as invalid:
        return [(each.code, each.place.file, each.place.line) for each in invalid.problems]
    return []
