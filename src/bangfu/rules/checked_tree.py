"""Reads the official runtime's checked expression (`cel.expr.CheckedExpr`, protobuf).

Only the few fields of the published format that expressions without macros need are read; the
rest is skipped. Source: cel-spec, proto/cel/expr/checked.proto and syntax.proto.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, cast

Wire = dict[int, list[int | bytes]]


@dataclass(frozen=True, slots=True)
class Constant:
    """A literal; `None` stands for a type that is not admitted (null, float, unsigned, bytes)."""

    value: bool | int | str | None
    offset: int


@dataclass(frozen=True, slots=True)
class Identifier:
    """A variable."""

    name: str
    offset: int


@dataclass(frozen=True, slots=True)
class Call:
    """An operator or function; a method's target comes first among the arguments."""

    function: str
    arguments: tuple[Raw, ...]
    offset: int
    method: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """A list written out."""

    elements: tuple[Raw, ...]
    offset: int


@dataclass(frozen=True, slots=True)
class Foreign:
    """Something outside the subset: a selection, a structure, a macro."""

    what: str
    offset: int


Raw = Constant | Identifier | Call | Listing | Foreign

# Field numbers of Expr, Constant and Call.
_ID, _CONSTANT, _IDENTIFIER, _CALL, _LIST = 2, 3, 4, 6, 7
_BOOL, _INT64, _STRING = 2, 3, 6
_TARGET, _FUNCTION, _ARGUMENTS = 1, 2, 3
_CONTINUES: Final = 0x80
_VARINT, _FIXED64, _BYTES, _FIXED32 = 0, 1, 2, 5
_SIGN: Final = 1 << 63
_FOREIGN: Final = {5: "a.b", 8: "{}", 9: "exists / all / map / filter"}


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & ~_CONTINUES) << shift
        if byte < _CONTINUES:
            return value, at
        shift += 7


def _fields(data: bytes) -> Wire:
    """Field number -> values, in order."""
    found: Wire = {}
    at = 0
    while at < len(data):
        key, at = _varint(data, at)
        value: int | bytes
        if key & 7 == _VARINT:
            value, at = _varint(data, at)
        else:
            size = {_FIXED64: 8, _FIXED32: 4}.get(key & 7)
            if size is None:
                size, at = _varint(data, at)
            value, at = data[at : at + size], at + size
        found.setdefault(key >> 3, []).append(value)
    return found


def _bytes(fields: Wire, number: int) -> bytes:
    return cast("bytes", fields[number][0]) if number in fields else b""


def _number(fields: Wire, number: int) -> int:
    value = cast("int", fields[number][0]) if number in fields else 0
    return value - (_SIGN << 1) if value >= _SIGN else value


def _constant(data: bytes, offset: int) -> Constant:
    fields = _fields(data)
    if _BOOL in fields:
        return Constant(bool(_number(fields, _BOOL)), offset)
    if _INT64 in fields:
        return Constant(_number(fields, _INT64), offset)
    if _STRING in fields:
        return Constant(_bytes(fields, _STRING).decode(), offset)
    return Constant(None, offset)


def _expression(data: bytes, offsets: dict[int, int]) -> Raw:
    fields = _fields(data)
    offset = offsets.get(_number(fields, _ID), 0)
    if _CONSTANT in fields:
        return _constant(_bytes(fields, _CONSTANT), offset)
    if _IDENTIFIER in fields:
        return Identifier(_bytes(_fields(_bytes(fields, _IDENTIFIER)), 1).decode(), offset)
    if _CALL in fields:
        call = _fields(_bytes(fields, _CALL))
        parts = [*call.get(_TARGET, []), *call.get(_ARGUMENTS, [])]
        arguments = tuple(_expression(cast("bytes", part), offsets) for part in parts)
        return Call(_bytes(call, _FUNCTION).decode(), arguments, offset, method=_TARGET in call)
    if _LIST in fields:
        parts = _fields(_bytes(fields, _LIST)).get(1, [])
        return Listing(tuple(_expression(cast("bytes", part), offsets) for part in parts), offset)
    what = next((name for number, name in _FOREIGN.items() if number in fields), "?")
    return Foreign(what, offset)


def read_checked(serialized: bytes) -> Raw:
    """The expression in a serialized `CheckedExpr` (wrapped in `google.protobuf.Any`)."""
    checked = _fields(_bytes(_fields(serialized), 2))
    source = _fields(_bytes(checked, 5))
    offsets: dict[int, int] = {}
    for entry in source.get(4, []):
        pair = _fields(cast("bytes", entry))
        offsets[_number(pair, 1)] = _number(pair, 2)
    return _expression(_bytes(checked, 4), offsets)
