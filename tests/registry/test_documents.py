"""Documents: canonical, comparable, different item by item."""

from __future__ import annotations

import json
from copy import deepcopy

from bangfu.registry.domain.document import (
    Change,
    Document,
    content_hash,
    diff_documents,
    from_text,
    to_text,
)

LEAF = {"sealed": "AAAA", "fingerprint": "aa"}


def document() -> Document:
    return Document(
        household={"household_number": "H1", "size": 1, "phone": dict(LEAF), "relocated": False},
        members=[{"id": "0" * 32, "person_number": "P1", "name": "张三", "id_number": dict(LEAF)}],
        incomes=[{"income_purpose": "annual", "income_year": 2026, "wage_income": 100}],
    )


def test_the_text_is_canonical_and_reads_back() -> None:
    text = to_text(document())
    assert from_text(text) == document()
    shuffled = json.loads(text, object_pairs_hook=lambda pairs: dict(reversed(pairs)))
    assert to_text(shuffled) == text
    assert "张三" in text
    assert " " not in text


def test_who_encrypted_it_and_in_which_row_makes_no_difference() -> None:
    other = deepcopy(document())
    other["members"][0]["id"] = "1" * 32
    other["members"][0]["id_number"]["sealed"] = "BBBB"
    assert content_hash(other) == content_hash(document())
    assert diff_documents(document(), other) == []


def test_another_secret_is_another_household() -> None:
    other = deepcopy(document())
    other["household"]["phone"]["fingerprint"] = "bb"
    assert content_hash(other) != content_hash(document())
    (change,) = diff_documents(document(), other)
    assert (change.section, change.item) == ("household", "phone")


def test_the_last_digits_of_a_certificate_count_though_the_person_is_the_same() -> None:
    other = deepcopy(document())
    other["members"][0]["id_number"]["whole"] = "cc"
    assert content_hash(other) != content_hash(document())
    assert [each.item for each in diff_documents(document(), other)] == ["id_number"]


def test_unknown_and_no_differ() -> None:
    other = deepcopy(document())
    del other["household"]["relocated"]
    assert content_hash(other) != content_hash(document())
    assert diff_documents(document(), other) == [
        Change("household", "", "relocated", before=False, after=None)
    ]


def test_differences_come_item_by_item_member_by_member_year_by_year() -> None:
    other = deepcopy(document())
    other["household"]["size"] = 2
    other["members"][0]["name"] = "张叁"
    other["members"].append({"id": "2" * 32, "person_number": "P2", "name": "李四"})
    other["incomes"] = [{"income_purpose": "annual", "income_year": 2027, "wage_income": 100}]
    found = [(each.section, each.key, each.item) for each in diff_documents(document(), other)]
    assert found == [
        ("household", "", "size"),
        ("members", "P1", "name"),
        ("members", "P2", ""),
        ("incomes", "annual 2026", ""),
        ("incomes", "annual 2027", ""),
    ]
