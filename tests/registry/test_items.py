"""The layout drives the tables: every item has its columns, and every column an item."""

from __future__ import annotations

import pytest
from django.db import models

from bangfu.registry.domain.items import INCOME_PURPOSE, items_of
from bangfu.registry.models import Household, IncomeStatement, Member
from bangfu.rules.layout import Item, ItemType, load_layout

SECTIONS: dict[str, type[models.Model]] = {
    "household": Household,
    "members": Member,
    "incomes": IncomeStatement,
}
OWN = {
    Household: {
        *("id", "household_key", "head_sort_key", "data_date", "content_hash", "version"),
        *("active", "left_on"),
    },
    Member: {"id", "household", "sort_key", "active", "left_on"},
    IncomeStatement: {"id", "household"},
}
COLUMNS = {
    ItemType.TEXT: models.CharField,
    ItemType.DIVISION: models.CharField,
    ItemType.CODE: models.CharField,
    ItemType.CODES: models.CharField,
    ItemType.FLAG: models.BooleanField,
    ItemType.COUNT: models.PositiveSmallIntegerField,
    ItemType.MONTH: models.PositiveIntegerField,
    ItemType.MU: models.PositiveIntegerField,
    ItemType.SQM: models.PositiveIntegerField,
    ItemType.KM: models.PositiveIntegerField,
    ItemType.DATE: models.DateField,
    ItemType.FEN: models.BigIntegerField,
}


def columns_of(item: Item) -> set[str]:
    return {f"{item.name}_sealed", f"{item.name}_fingerprint"} if item.secret else {item.name}


def test_every_item_stands_in_exactly_one_table() -> None:
    names = {(each.entity, each.name) for each in load_layout()}
    tables = [
        *(("household", name) for name in (*items_of("household"), *items_of("incomes"))),
        *(("member", name) for name in items_of("members")),
    ]
    assert len(tables) == len(set(tables))
    assert names - set(tables) == {("member", "household_number")}
    assert set(tables) <= names


@pytest.mark.parametrize("section", SECTIONS)
def test_every_item_has_its_columns_and_every_column_an_item(section: str) -> None:
    model = SECTIONS[section]
    wanted = set().union(*(columns_of(item) for item in items_of(section).values()))
    found = {field.name for field in model._meta.concrete_fields} - OWN[model]
    assert found == wanted


@pytest.mark.parametrize("section", SECTIONS)
def test_a_column_has_the_type_of_its_item(section: str) -> None:
    for item in items_of(section).values():
        for name in columns_of(item):
            field = SECTIONS[section]._meta.get_field(name)
            kind = models.BinaryField if item.secret else COLUMNS[item.type]
            assert isinstance(field, kind), name


@pytest.mark.parametrize("section", SECTIONS)
def test_unknown_has_a_place_in_every_column_that_need_not_be_filled(section: str) -> None:
    for item in items_of(section).values():
        field = SECTIONS[section]._meta.get_field(next(iter(columns_of(item))))
        if not item.required and item.name != INCOME_PURPOSE:
            assert field.null or field.blank, item.name


def test_codes_fit_their_columns() -> None:
    for section, model in SECTIONS.items():
        for item in items_of(section).values():
            if item.list:
                longest = sum(len(each.code) + 1 for each in load_layout().lists[item.list].codes)
                single = max(len(each.code) for each in load_layout().lists[item.list].codes)
                needed = longest if item.type is ItemType.CODES else single
                assert needed <= model._meta.get_field(item.name).max_length
