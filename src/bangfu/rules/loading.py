"""Loads a pack with all it extends, or refuses it with every problem found."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import yaml

from bangfu.kernel.division import DivisionCode, DivisionCodeInvalid
from bangfu.kernel.problems import Place, Problem
from bangfu.rules.draft import Draft, Head
from bangfu.rules.engines.evidence import label_items, plan_evidence
from bangfu.rules.kinds import readable_items
from bangfu.rules.layout import Layout, load_layout
from bangfu.rules.loading_facts import read_facts
from bangfu.rules.loading_parameters import read_parameters
from bangfu.rules.loading_rules import read_rules
from bangfu.rules.names import FEEDS, TRIGGER, items_over
from bangfu.rules.pack import Origin, Over, Pack, names_below
from bangfu.rules.reading import IDENTIFIER, Unreadable, read_entry
from bangfu.rules.refusals import PackInvalid
from bangfu.rules.soundness import check_sound
from bangfu.rules.sources import HEAD_FILE, JUDGING, PackSource, read_sources

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from bangfu.rules.kinds import Signature
    from bangfu.rules.pack import Fact, Rule

_HEAD_REQUIRED: Final = frozenset({"pack", "version", "name", "scope", "layout"})
_HEAD_OPTIONAL: Final = frozenset({"extends", "demo", "risks", "note"})
SEMANTICS: Final = "1"
"""Part of every pack's hash: raised when the meaning of the admitted subset changes."""


def _read_head(source: PackSource, layout: Layout) -> Head:
    if HEAD_FILE not in source.files:
        raise Unreadable(Problem("pack.no_head", Place(file=HEAD_FILE, line=1)))
    fields = read_entry(source.files[HEAD_FILE], HEAD_FILE).fields(_HEAD_REQUIRED, _HEAD_OPTIONAL)
    if fields["pack"].name() != source.name:
        raise fields["pack"].refusal(
            "pack.other_name", name=fields["pack"].text(), folder=source.name
        )
    if fields["layout"].text() != layout.version:
        raise fields["layout"].refusal("pack.other_layout", name=fields["layout"].text())
    try:
        scope = DivisionCode(fields["scope"].text())
    except DivisionCodeInvalid:
        raise fields["scope"].refusal("pack.bad_scope", scope=fields["scope"].text()) from None
    risks = fields["risks"].entries() if "risks" in fields else []
    return Head(
        name=source.name,
        version=fields["version"].text(),
        text=fields["name"].words(),
        scope=scope,
        layout=fields["layout"].text(),
        demo="demo" in fields and fields["demo"].truth(),
        risks={code: entry.words() for code, entry in risks},
    )


def _read_definitions(draft: Draft, source: PackSource) -> None:
    for path, text in source.files.items():
        folder = path.partition("/")[0]
        if folder not in JUDGING:
            continue
        try:
            for name, entry in read_entry(text, path).entries():
                if not IDENTIFIER.match(name):
                    raise entry.refusal("pack.bad_name", name=name)
                origin = Origin(source.name, path, entry.line)
                draft.definitions.setdefault(folder, []).append((name, entry, origin))
        except Unreadable as unreadable:
            draft.problems.append(unreadable.problem)


def _canonical(value: Any) -> Any:
    """Parsed YAML as plain JSON values; days as texts."""
    if isinstance(value, dict):
        return {str(key): _canonical(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_canonical(inner) for inner in value]
    return value if isinstance(value, bool | int | str) or value is None else str(value)


def hash_of(sources: tuple[PackSource, ...], layout: Layout) -> str:
    """SHA-256 over what the chain says of households; comments and line breaks do not count."""
    content = [
        [path, _canonical(yaml.load(text, Loader=yaml.CSafeLoader))]
        for source in sources
        for path, text in source.files.items()
        if path == HEAD_FILE or path.partition("/")[0] in JUDGING
    ]
    document = json.dumps(
        [SEMANTICS, layout.version, content], ensure_ascii=False, separators=(",", ":")
    )
    return hashlib.sha256(document.encode()).hexdigest()


def _items_read(
    layout: Layout, facts: Mapping[str, Fact], rules: Mapping[str, Rule]
) -> dict[str, dict[str, Signature]]:
    """Entity -> the items that facts, rules and their evidence read."""
    read: dict[Over, set[str]] = {over: set() for over in Over}
    for rule in rules.values():
        read[Over.HOUSEHOLD] |= rule.when.names | rule.shown_names
    for fact in facts.values():
        read[fact.over] |= {name for part in fact.expressions for name in part.names}
        if fact.feed:
            read[Over.HOUSEHOLD].add(FEEDS)
            read[Over.REPORTS].add(TRIGGER)
    return {
        over.value: {
            name: each
            for name, each in readable_items(items_over(layout, over)).items()
            if name in read[over]
        }
        for over in Over
    }


def _stop_on(problems: list[Problem]) -> None:
    if problems:
        raise PackInvalid(*problems)


def load_sources(sources: tuple[PackSource, ...], layout: Layout | None = None) -> Pack:
    """The pack that the last of `sources` is, checked.

    Raises:
        PackInvalid: with every problem found, each with file and line.
    """
    draft = Draft(layout or load_layout())
    for source in sources:
        try:
            draft.heads.append(_read_head(source, draft.layout))
            _read_definitions(draft, source)
        except Unreadable as unreadable:
            draft.problems.append(unreadable.problem)
    _stop_on(draft.problems)
    parameters = read_parameters(draft)
    _stop_on(draft.problems)
    facts = read_facts(draft, parameters)
    _stop_on(draft.problems)
    rules = read_rules(draft, parameters, facts)
    _stop_on(draft.problems)
    last = draft.heads[-1]
    pack = Pack(
        name=last.name,
        version=last.version,
        text=last.text,
        scope=last.scope,
        demo=any(head.demo for head in draft.heads),
        chain=tuple(head.name for head in draft.heads),
        label=" · ".join(f"{head.name} {head.version}" for head in draft.heads),
        hash=hash_of(sources, draft.layout),
        parameters=parameters,
        facts=facts,
        rules=rules,
        risks=draft.risks,
        reads={name: names_below(rule.when.names, facts) for name, rule in rules.items()},
        items=_items_read(draft.layout, facts, rules),
        layout=draft.layout,
        sources=sources,
        labels={over.value: label_items(draft.layout, over) for over in Over},
    )
    _stop_on(list(check_sound(pack)))
    return replace(pack, plans=plan_evidence(pack))


def load_pack(name_or_path: str | Path, layout: Layout | None = None) -> Pack:
    """The pack of this name (shipped with the product) or in this folder, checked.

    Raises:
        PackInvalid: with every problem found, each with file, line and reason.
    """
    return load_sources(read_sources(name_or_path), layout)
