"""Households, members, incomes and changes ready for a page: labels, texts, masks."""

from __future__ import annotations

from base64 import b64decode
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.translation import gettext as _

from bangfu.foundation.ui.api import reader_language
from bangfu.registry.domain.display import code_label, is_number, shown
from bangfu.registry.domain.document import Document, member_key
from bangfu.registry.domain.items import household_items, income_items, items_of, member_items
from bangfu.registry.domain.masks import masked
from bangfu.registry.queries.leaves import masked_secret
from bangfu.registry.queries.phases import category_name, phase_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from bangfu.registry.domain.document import Change
    from bangfu.registry.models import Household, IncomeStatement, Member
    from bangfu.rules.layout import Item, Language


@dataclass(frozen=True, slots=True)
class ShownItem:
    """One item of a row.

    Attributes:
        text: the value in words; empty when unknown. A secret is masked.
        known: whether there is a value; unknown is a third state, never zero or no.
        secret: whether the whole value needs `reveal_secret`.
        number: whether it stands right-aligned.
    """

    name: str
    label: str
    text: str
    known: bool
    secret: bool = False
    sensitive: bool = False
    number: bool = False


@dataclass(frozen=True, slots=True)
class ShownChange:
    """One difference: whose, which item, from what to what."""

    section: str
    subject: str
    label: str
    before: str
    after: str


def _shown_item(item: Item, text: str, language: Language) -> ShownItem:
    return ShownItem(
        item.name,
        item.label(language),
        text,
        known=bool(text),
        secret=item.secret,
        sensitive=item.sensitive,
        number=is_number(item),
    )


def _of_row(section: str, items: Iterable[Item], row: Any, language: Language) -> list[ShownItem]:
    found = []
    for item in items:
        if item.secret:
            text = masked_secret(section, item.name, row.id, getattr(row, f"{item.name}_sealed"))
        else:
            text = shown(item, getattr(row, item.name), language)
        found.append(_shown_item(item, text, language))
    return found


def describe_household(household: Household) -> dict[str, list[ShownItem]]:
    """The household's items by block of the page: `head`, `register`, `living`."""
    language = reader_language()
    blocks: dict[str, list[ShownItem]] = {}
    items = household_items()
    for item, made in zip(items, _of_row("household", items, household, language), strict=True):
        blocks.setdefault(item.page, []).append(made)
    return blocks


def describe_member(member: Member) -> dict[str, ShownItem]:
    """A member's items by name."""
    made = _of_row("members", member_items(), member, reader_language())
    return {item.name: item for item in made}


def describe_income(statement: IncomeStatement) -> dict[str, ShownItem]:
    """An income statement's amounts in yuan, by item name."""
    made = _of_row("incomes", income_items(), statement, reader_language())
    return {item.name: item for item in made}


def _shown_leaf(section: str, item: Item, row: Mapping[str, Any], owner: UUID) -> str:
    value = row.get(item.name)
    if not item.secret:
        return shown(item, value, reader_language())
    if value is None:
        return ""
    if "plain" in value:
        return masked(item.name, value["plain"])
    return masked_secret(section, item.name, owner, b64decode(value["sealed"]))


def describe_document(
    document: Document, household_id: UUID, day: date
) -> dict[str, list[ShownItem]]:
    """A document's household items by block of the page, as `describe_household`.

    Categories bear the names of the day's phase. What the day's form does not have is shown where
    it was recorded all the same.
    """
    language = reader_language()
    phase = phase_of(day)
    row = document["household"]
    blocks: dict[str, list[ShownItem]] = {}
    for item in household_items():
        called = category_name(phase, item.name, row.get(item.name), row, language)
        text = called or _shown_leaf("household", item, row, household_id)
        asked = item.holds_on(day)
        if asked or (text and row.get(item.name) != item.blank):
            blocks.setdefault(item.page, []).append(_shown_item(item, text, language))
    return blocks


def describe_document_members(document: Document) -> list[dict[str, ShownItem]]:
    """A document's members, each by item name, as `describe_member`."""
    language = reader_language()
    return [
        {
            item.name: _shown_item(
                item, _shown_leaf("members", item, row, UUID(hex=row["id"])), language
            )
            for item in member_items()
        }
        for row in document["members"]
    ]


def describe_changes(
    changes: Iterable[Change], before: Document, after: Document, household_id: UUID
) -> list[ShownChange]:
    """Differences in words. Secrets are masked on both sides."""
    names = _names(before) | _names(after)
    return [_shown_change(change, names, household_id) for change in changes]


def _names(document: Document) -> dict[str, tuple[str, UUID]]:
    return {
        member_key(row): (row.get("name", ""), UUID(hex=row["id"])) for row in document["members"]
    }


def _subject(change: Change, names: Mapping[str, tuple[str, UUID]]) -> str:
    if change.section == "members":
        return names[change.key][0]
    if change.section == "incomes":
        purpose, year = change.key.split(" ")
        label = code_label("income_purpose", purpose, reader_language())
        return _("%(year)s 年收入（%(purpose)s）") % {"year": year, "purpose": label}
    return ""


def _shown_change(
    change: Change, names: Mapping[str, tuple[str, UUID]], household_id: UUID
) -> ShownChange:
    subject = _subject(change, names)
    if not change.item:
        words = {"members": (_("不是家庭成员"), _("是家庭成员")), "incomes": (_("没有"), _("有"))}
        no, yes = words[change.section]
        sides = (no, yes) if change.before is None else (yes, no)
        return ShownChange(change.section, subject, _("整行"), *sides)
    item = items_of(change.section)[change.item]
    owner = names[change.key][1] if change.section == "members" else household_id
    before, after = (
        _shown_leaf(change.section, item, {item.name: value}, owner)
        for value in (change.before, change.after)
    )
    return ShownChange(change.section, subject, item.label(reader_language()), before, after)
