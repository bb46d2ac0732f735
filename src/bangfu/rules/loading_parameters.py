"""Parameters: dated, scoped values with a unit and a source."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from bangfu.kernel.division import DivisionCode, DivisionCodeInvalid, Level
from bangfu.kernel.period import Period, PeriodInvalid
from bangfu.rules.names import is_taken
from bangfu.rules.pack import Parameter, ParameterValue
from bangfu.rules.reading import Unreadable
from bangfu.rules.units import kind_of_unit, parse_amount

if TYPE_CHECKING:
    from bangfu.rules.draft import Draft
    from bangfu.rules.pack import Origin
    from bangfu.rules.reading import Entry

_ADDS: Final = frozenset({"values"})
_DECLARES: Final = frozenset({"name", "unit", "source"})
_MAY: Final = frozenset({"values", "note"})
_VALUE: Final = frozenset({"value", "from", "source"})
_VALUE_MAY: Final = frozenset({"to", "scope", "unverified", "demo"})
_FINEST: Final = Level.COUNTY


@dataclass(frozen=True, slots=True)
class _Placed:
    """A value and the entry it stands in."""

    value: ParameterValue
    entry: Entry


def _period(fields: dict[str, Entry]) -> Period:
    end = fields["to"].day() if "to" in fields else None
    try:
        return Period(fields["from"].day(), end)
    except PeriodInvalid:
        raise fields["to"].refusal("pack.period_backwards") from None


def _scope(fields: dict[str, Entry], pack_scope: DivisionCode) -> DivisionCode:
    if "scope" not in fields:
        return pack_scope
    entry = fields["scope"]
    try:
        scope = DivisionCode(entry.text())
    except DivisionCodeInvalid:
        raise entry.refusal("pack.bad_scope", scope=entry.text()) from None
    if scope.level > _FINEST or not pack_scope.contains(scope):
        raise entry.refusal("pack.scope_outside", scope=entry.text(), pack=str(pack_scope))
    return scope


def _value(entry: Entry, unit: str, origin: Origin, pack_scope: DivisionCode) -> _Placed:
    fields = entry.fields(_VALUE, _VALUE_MAY)
    amount = parse_amount(fields["value"].text(), unit)
    if amount is None:
        raise fields["value"].refusal(
            "pack.bad_amount", value=fields["value"].text(), unit=unit, name=""
        )
    value = ParameterValue(
        value=amount,
        period=_period(fields),
        scope=_scope(fields, pack_scope),
        source=fields["source"].text(),
        origin=replace(origin, line=entry.line),
        unverified="unverified" in fields and fields["unverified"].truth(),
        demo="demo" in fields and fields["demo"].truth(),
    )
    return _Placed(value, entry)


def _check_against(earlier: ParameterValue, added: _Placed) -> None:
    """A later pack may set only another period or a narrower scope; values never meet."""
    value = added.value
    if not earlier.period.overlaps(value.period):
        return
    if earlier.scope == value.scope:
        raise added.entry.refusal(
            "pack.parameter_overlap",
            other=f"{earlier.origin.pack}/{earlier.origin.file}",
            line=str(earlier.origin.line),
        )
    if earlier.origin.pack != value.origin.pack and value.scope.contains(earlier.scope):
        raise added.entry.refusal(
            "pack.parameter_wider",
            other=f"{earlier.origin.pack}/{earlier.origin.file}",
            line=str(earlier.origin.line),
        )


def _declare(name: str, entry: Entry, origin: Origin) -> Parameter:
    fields = entry.fields(_DECLARES, _MAY)
    unit = fields["unit"].text()
    kind = kind_of_unit(unit)
    if kind is None:
        raise fields["unit"].refusal("pack.unknown_unit", unit=unit)
    return Parameter(
        name=name,
        text=fields["name"].words(),
        unit=unit,
        kind=kind,
        source=fields["source"].text(),
        note=fields["note"].words() if "note" in fields else None,
        origin=origin,
    )


def _parameter(known: Parameter | None, name: str, entry: Entry, origin: Origin) -> Parameter:
    if known is None:
        return _declare(name, entry, origin)
    if known.origin.pack == origin.pack or dict(entry.entries()).keys() != _ADDS:
        raise entry.refusal("pack.doubled", name=name)
    return known


def _with_values(parameter: Parameter, entry: Entry, origin: Origin, draft: Draft) -> Parameter:
    values = list(parameter.values)
    listed = dict(entry.entries()).get("values")
    for each in listed.items() if listed else ():
        try:
            added = _value(each, parameter.unit, origin, draft.scopes[origin.pack])
            for earlier in values:
                _check_against(earlier, added)
            values.append(added.value)
        except Unreadable as unreadable:
            draft.problems.append(unreadable.problem)
    return replace(parameter, values=tuple(values))


def read_parameters(draft: Draft) -> dict[str, Parameter]:
    """All parameters of the chain; problems go into the draft."""
    found: dict[str, Parameter] = {}
    for name, entry, origin in draft.take("parameters"):
        try:
            if is_taken(name, draft.layout):
                raise entry.refusal("pack.name_taken", name=name)
            parameter = _parameter(found.get(name), name, entry, origin)
            found[name] = _with_values(parameter, entry, origin, draft)
        except Unreadable as unreadable:
            draft.problems.append(unreadable.problem)
    return found
