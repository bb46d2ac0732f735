"""The tables of policy: rules, facts, parameters, the language, units, procedures, rights."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from procedure_tables import procedures
from tables import Section, code

from bangfu.foundation.access.api import declared_capabilities, load_roles
from bangfu.policy.api import phases_of
from bangfu.rules.admitted import ADMITTED
from bangfu.rules.api import load_pack
from bangfu.rules.units import UNIT_WORDS, show_number

if TYPE_CHECKING:
    from collections.abc import Callable

    from bangfu.rules.api import Pack, ParameterValue
    from bangfu.rules.pack import Fact

PACKS = ("nation", "sichuan", "demo")


@cache
def pack(name: str) -> Pack:
    """A pack of the product with all it extends."""
    return load_pack(name)


def rules() -> list[Section]:
    """The rules of `sichuan`, one section each."""
    found = pack("sichuan")
    wanted = found.parameters.keys()
    return [
        (
            f"{name}: {rule.text.zh} ({rule.text.en})",
            ["", ""],
            [
                ["Risk type", f"{found.risks[rule.risk].zh} / {found.risks[rule.risk].en}"],
                ["Severity", rule.severity],
                ["Condition", code(" ".join(rule.when.text.split()))],
                ["Reason when it fires", f"{rule.reason.zh} / {rule.reason.en}"],
                ["Suggested measures", "; ".join(f"{m.zh} / {m.en}" for m in rule.measures)],
                ["Needs", ", ".join(code(name) for name in sorted(found.reads[name] & wanted))],
                ["Source", rule.source + (" (unverified)" if rule.unverified else "")],
                ["Note", f"{rule.note.zh} / {rule.note.en}" if rule.note else ""],
            ],
        )
        for name, rule in found.rules.items()
    ]


def formula_of(fact: Fact) -> str:
    """How a fact is made, in the pack's own words."""
    value = " ".join(fact.value.text.split()) if fact.value else ""
    where = " ".join(fact.condition.text.split()) if fact.condition else ""
    if not fact.is_gathered:
        return code(value)
    words = f"{fact.gathering} of {code(value)}" if value else str(fact.gathering)
    rows = f"reports of {code(fact.feed)}" if fact.feed else "members"
    return f"{words} over {rows} where {code(where)}"


def facts() -> list[Section]:
    """The facts that rules read."""
    rows = [
        [code(name), f"{fact.text.zh} / {fact.text.en}", formula_of(fact)]
        for name, fact in pack("sichuan").facts.items()
    ]
    return [("", ["Fact", "Name", "Made from"], rows)]


def value_row(name: str, unit: str, value: ParameterValue) -> list[str]:
    """One value of a parameter as people read it."""
    marks = [word for word in ("unverified", "demo") if getattr(value, word)]
    return [
        code(name),
        show_number(value.value, unit, "en"),
        str(value.period.start),
        str(value.period.end or ""),
        str(value.scope) or "the nation",
        value.source + (f" ({', '.join(marks)})" if marks else ""),
    ]


def parameters() -> list[Section]:
    """Every parameter with its values, pack by pack in the chain of the demo."""
    found = pack("demo").parameters
    names = [
        [
            code(name),
            f"{each.text.zh} / {each.text.en}",
            each.unit,
            f"{each.note.zh} / {each.note.en}" if each.note else "",
        ]
        for name, each in found.items()
    ]
    values = [
        value_row(name, each.unit, value) for name, each in found.items() for value in each.values
    ]
    return [
        ("Parameters", ["Parameter", "Name", "Unit", "Note"], names),
        ("Values", ["Parameter", "Value", "From", "Until", "Place", "Source"], values),
    ]


def phases() -> list[Section]:
    """The phases with their forms, categories, and how earlier values are called in them."""
    sections: list[Section] = []
    for each in phases_of(pack("nation")):
        days = f"{each.period.start} until {each.period.end or 'further notice'}"
        rows = [["Days", days], ["Income line", code(each.line)]]
        rows += [
            [f"Form from {form.start}", f"{form.text.zh} / {form.text.en}, edition {form.edition}"]
            for form in each.forms
        ]
        rows += [
            [code(item), "; ".join(f"{one.text.zh} / {one.text.en}" for one in listed)]
            for item, listed in each.categories.items()
        ]
        for relabel in each.relabels:
            when = " and ".join(
                f"{code(name)} is {code(value)}" for name, value in relabel.when.items()
            )
            was = f"{code(relabel.item)} recorded as {code(relabel.code)}"
            now = each.relabel(relabel.item, relabel.code, relabel.when)
            rows.append(
                [
                    f"{was}{f' where {when}' if when else ''}",
                    f"{now.shown('zh')} / {now.shown('en')}",
                ]
            )
        rows.append(["Source", each.source + (" (unverified)" if each.unverified else "")])
        sections.append((f"{each.text.zh} ({each.text.en})", ["", ""], rows))
    return sections


def language() -> list[Section]:
    """What a condition may be made of."""
    rows = [[code(row.written), row.zh, row.en] for row in ADMITTED]
    units = [[code(word), unit.text.zh, unit.text.en] for word, unit in UNIT_WORDS.items()]
    return [
        ("Operators and functions", ["Written", "中文", "English"], rows),
        ("Units", ["Word", "中文", "English"], units),
    ]


def rights() -> list[Section]:
    """Capabilities and the roles that hold them."""
    roles = load_roles()
    capabilities = [
        [
            code(name),
            f"{each.zh} / {each.en}",
            ", ".join(code(role) for role, held in roles.items() if name in held.capabilities),
        ]
        for name, each in declared_capabilities().items()
    ]
    rows = [
        [
            code(name),
            f"{role.zh} / {role.en}",
            role.tier.name.lower() if role.tier else "any",
            ", ".join(map(code, sorted(role.capabilities))),
        ]
        for name, role in roles.items()
    ]
    return [
        ("Roles", ["Role", "Name", "Granted for a", "May"], rows),
        ("Capabilities", ["Capability", "Name", "Held by"], capabilities),
    ]


POLICY_TABLES: dict[str, Callable[[], list[Section]]] = {
    "rules": rules,
    "facts": facts,
    "parameters": parameters,
    "phases": phases,
    "language": language,
    "procedures": procedures,
    "rights": rights,
}
