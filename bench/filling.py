"""A register of a million made-up households, by the register's own bulk path (COPY).

Only what search and lists read is filled: names, numbers, places, fingerprints, categories. The
document numbers that are asked for get the product's own fingerprints.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

from django.db import connection, transaction

from bangfu.foundation.bulk.api import insert_rows
from bangfu.foundation.clock.api import new_id
from bangfu.foundation.secrets.api import fingerprint_many
from bangfu.kernel.division import Level
from bangfu.kernel.identity import check_digit
from bangfu.registry.api import Division, Household, Member

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

SURNAMES: Final = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡"
GIVEN: Final = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂英华玉萍红建国春梅海燕志福贵文学成龙云清"
)
MEMBERS: Final = 3
CHUNK: Final = 20_000
KNOWN: Final = 1_000
"""Households whose heads can be asked for by document number."""
DAY: Final = date(2026, 11, 20)

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Filled:
    """What was written, and samples to ask for."""

    members: int
    seconds: float
    names: list[str]
    identities: list[str]
    numbers: list[str]
    village: str
    county: str


def fill(households: int, within: str = "") -> Filled:
    """Write the households and their members; answer samples of them.

    Args:
        households: how many.
        within: the division in whose villages they live; everywhere when empty.
    """
    begun = time.perf_counter()
    found = Division.objects.filter(level=Level.VILLAGE, valid_to=None).order_by("code")
    found = found.filter(code__startswith=within)
    villages = list(found.values_list("code", flat=True))
    identities = [_identity(place) for place in range(KNOWN)]
    known = dict(enumerate(fingerprint_many("identity", identities)))
    for start in range(0, households, CHUNK):
        numbers = range(start, min(start + CHUNK, households))
        rows = [_household(each, villages) for each in numbers]
        people = [person for row in rows for person in _members(row, known)]
        with transaction.atomic():
            _write(Household, rows)
            _write(Member, people)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    sample = [_household(each, villages) for each in range(KNOWN)]
    return Filled(
        members=households * MEMBERS,
        seconds=round(time.perf_counter() - begun, 1),
        names=[each["head_name"] for each in sample],
        identities=identities,
        numbers=[each["household_number"] for each in sample],
        village=sample[0]["village_code"],
        county=sample[0]["village_code"][:6],
    )


def _name(number: int) -> str:
    first, second, third = number * 7919, number // 3 * 31, number // 7 * 17
    given = GIVEN[second % len(GIVEN)] + GIVEN[third % len(GIVEN)]
    return SURNAMES[first % len(SURNAMES)] + given


def _mark(text: str) -> bytes:
    return sha256(text.encode()).digest()


def _identity(place: int) -> str:
    body = f"519900{1950 + place % 60}0101{place // 60:03d}"
    return body + check_digit(body)


def _household(number: int, villages: list[str]) -> Row:
    name = _name(number)
    return {
        "id": new_id(),
        "household_key": number,
        "household_number": f"H{number:012d}",
        "village_code": villages[number * 31337 % len(villages)],
        "group_name": f"{number % 9 + 1}组",
        "head_name": name,
        "head_sort_key": name,
        "size": MEMBERS,
        "household_type": "ordinary" if number % 6 else "alleviated",
        "monitoring_category": "none" if number % 60 else "prevention",
        "data_date": DAY,
        "content_hash": _mark(f"h{number}"),
        "active": True,
    }


def _members(household: Row, known: Mapping[int, bytes]) -> Iterator[Row]:
    number = household["household_key"]
    for place in range(MEMBERS):
        name = _name(number * 5 + place) if place else household["head_name"]
        mark = _mark(f"{number} {place}")
        yield {
            "id": new_id(),
            "household_id": household["id"],
            "person_number": f"{household['household_number']}{place + 1:02d}",
            "name": name,
            "sort_key": name,
            "relation": ("head", "spouse", "son")[place],
            "birth_date": date(1960 + 20 * place, 1, 1),
            "id_number_sealed": mark,
            "id_number_fingerprint": mark if place else known.get(number, mark),
            "active": True,
        }


def _write(model: type[Household] | type[Member], rows: list[Row]) -> None:
    """Columns that must not be empty and that nobody filled hold an empty text."""
    blank = [
        field.attname
        for field in model._meta.concrete_fields
        if not field.null and field.attname not in rows[0]
    ]
    columns = (*rows[0], *blank)
    empty = ("",) * len(blank)
    insert_rows(model, columns, [(*row.values(), *empty) for row in rows])
