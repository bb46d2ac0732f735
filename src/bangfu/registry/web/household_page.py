"""A household as its page draws it, all of it from one version's document."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _

from bangfu.foundation.access.api import load_roles
from bangfu.foundation.clock.api import today
from bangfu.foundation.ui.api import link_to, reader_language
from bangfu.kernel.division import DivisionCode, Level
from bangfu.registry.domain.document import member_id
from bangfu.registry.domain.items import items_of
from bangfu.registry.permissions import READ, READ_SECRET
from bangfu.registry.queries.divisions import division_path
from bangfu.registry.queries.phases import show_phase
from bangfu.registry.queries.shown import describe_document, describe_document_members
from bangfu.registry.web.income_page import IncomePage, show_incomes
from bangfu.rules.months import month_index

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from bangfu.foundation.access.api import Actor
    from bangfu.registry.domain.document import Document
    from bangfu.registry.queries.history import HouseholdState
    from bangfu.registry.queries.phases import ShownPhase
    from bangfu.registry.queries.shown import ShownItem

_MONTHS: Final = 12
_TAGS: Final = ("household_type", "monitoring_category")
_FLAG_TAGS: Final = ("safety_net_household", "relocated")
_FACTS: Final = ("household_number", "phone", "bank_account", "address", "helper_name")
_TOLD: Final = {
    *("name", "id_number", "relation", "sex", "ethnicity", "health", "labour", "school_status"),
    *("disability_category", "disability_grade", "work_place", "work_months", "education"),
    *("medical_insured", "pension_insured", "on_dibao"),
}
"""Items of a member that the columns of the members' table tell."""
_REST: Final = tuple(name for name in items_of("members") if name not in _TOLD)


@dataclass(frozen=True, slots=True)
class Crumb:
    """A place above the household; without an address where the reader may not look around."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Fact:
    """One item in a line of facts; `url` shows the whole of a secret."""

    item: ShownItem
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class MemberRow:
    """One member: items by name, and what several of them come to in words.

    Attributes:
        age: completed years on the day looked at, counted by months.
        url: shows the whole document number; empty where it may not be seen.
        doing: school and work in words; `unsure` names what is not known of them.
        insured: insurance and allowance in words; `uninsured` says what is not known of them.
        rest: the known items that the columns of the table do not tell.
    """

    items: dict[str, ShownItem]
    age: int
    url: str
    doing: str
    unsure: list[str]
    insured: str
    uninsured: list[str]
    disability: str
    rest: list[ShownItem]


@dataclass(frozen=True, slots=True)
class Block:
    """A block of items beside the page's middle: what is known, and the names of what is not."""

    name: str
    heading: str
    known: list[ShownItem]
    missing: list[str]


@dataclass(frozen=True, slots=True)
class HouseholdPage:
    """Everything the household page says.

    Attributes:
        secrets: whether the reader may see whole numbers here and now.
        who_may: whose roles may, when the reader may not.
    """

    name: str
    crumbs: list[Crumb]
    group: str
    tags: list[str]
    facts: list[Fact]
    head_fact: Fact | None
    members: list[MemberRow]
    labour: str
    phase: ShownPhase | None
    blocks: list[Block]
    income: IncomePage
    secrets: bool
    who_may: str


def age_on(born: date, day: date) -> int:
    """Completed years, counted by months as the rules count them."""
    return (month_index(day) - month_index(born)) // _MONTHS


def is_usual(section: str, name: str, value: Any) -> bool:
    """Whether a value is the list's code for "none" or "does not apply"."""
    return bool(value) and value == items_of(section)[name].blank


def crumbs_of(actor: Actor, village: str, day: date) -> list[Crumb]:
    """The places from the county down to a village, named as on a day."""
    place = DivisionCode(village)
    places = [each for each in (*place.ancestors(), place) if each]
    named = zip(places, division_path(village, day), strict=True)
    scope = actor.scope(READ)
    return [
        Crumb(name, link_to("division", each) if scope.contains(each) else "")
        for each, name in named
        if each.level >= Level.COUNTY
    ]


def _tags(document: Document, register: list[ShownItem]) -> list[str]:
    """What kind of household it is; what is unknown or usual is no tag."""
    row = document["household"]
    shown = {item.name: item for item in register}
    codes = [
        shown[name].text
        for name in _TAGS
        if name in shown and shown[name].known and not is_usual("household", name, row.get(name))
    ]
    return [
        *codes,
        *(
            shown[name].label.removeprefix("是否")
            for name in _FLAG_TAGS
            if name in shown and row.get(name)
        ),
    ]


def _doing(row: dict[str, Any], items: dict[str, ShownItem]) -> tuple[str, list[str]]:
    """School and work in words, and the labels of what is not known of them."""
    words, unsure = [], []
    for name in ("school_status", "work_place"):
        item = items[name]
        if not item.known:
            unsure.append(item.label)
        elif not is_usual("members", name, row.get(name)):
            words.append(_work(row, item) if name == "work_place" else item.text)
    if not words and not unsure:
        words.append(_("不在校，没有务工"))
    return _("、").join(words), unsure


def _work(row: dict[str, Any], item: ShownItem) -> str:
    months = row.get("work_months")
    if months is None:
        return _("%(place)s务工，几个月缺数据") % {"place": item.text}
    return _("%(place)s务工 %(months)d 个月") % {"place": item.text, "months": months}


def _insured(row: dict[str, Any]) -> tuple[str, list[str]]:
    """Medical and pension insurance and subsistence allowance in words; and what is not known."""
    words = {
        "medical_insured": (_("有医保"), _("没有医保"), _("医保缺数据")),
        "pension_insured": (_("有养老保险"), _("没有养老保险"), _("养老保险缺数据")),
        "on_dibao": (_("吃低保"), "", _("低保缺数据")),
    }
    made, unsure = [], []
    for name, (yes, no, missing) in words.items():
        value = row.get(name)
        if value is None:
            unsure.append(missing)
        else:
            made.append(yes if value else no)
    return _("、").join(each for each in made if each), unsure


def _disability(row: dict[str, Any], items: dict[str, ShownItem]) -> str:
    """Category and grade, where there is a disability."""
    names = ("disability_category", "disability_grade")
    shown = [items[n].text for n in names if not is_usual("members", n, row.get(n))]
    return " ".join(each for each in shown if each)


def _member(
    row: dict[str, Any], items: dict[str, ShownItem], day: date, household_id: UUID, *, open_: bool
) -> MemberRow:
    address = reverse("registry:reveal_member", args=[household_id, member_id(row), "id_number"])
    return MemberRow(
        items,
        age_on(date.fromisoformat(row["birth_date"]), day),
        address if open_ else "",
        *_doing(row, items),
        *_insured(row),
        _disability(row, items),
        [items[name] for name in _REST if items[name].known],
    )


def _members(state: HouseholdState, day: date, *, open_: bool) -> list[MemberRow]:
    """The head first, then by age."""
    rows = state.document["members"]
    shown = describe_document_members(state.document)
    pairs = sorted(
        zip(rows, shown, strict=True),
        key=lambda pair: (pair[0].get("relation") != "head", pair[0]["birth_date"]),
    )
    return [_member(row, items, day, state.household.id, open_=open_) for row, items in pairs]


def _labour(members: list[MemberRow]) -> str:
    """How many members have which labour capability: `普通劳动力 2 人、无劳动力 3 人`."""
    found = Counter(each.items["labour"].text or _("劳动技能缺数据") for each in members)
    words = [_("%(what)s %(n)d 人") % {"what": each, "n": n} for each, n in found.most_common()]
    return _("、").join(words)


def _facts(state: HouseholdState, head: list[ShownItem], register: list[ShownItem]) -> list[Fact]:
    shown = {item.name: item for item in (*head, *register)}
    named = [name for name in _FACTS if name in shown]
    address = {
        name: reverse("registry:reveal", args=[state.household.id, name])
        for name in named
        if shown[name].secret
    }
    labels = {"phone": _("电话"), "address": _("住址")}
    return [
        Fact(shown[name], labels.get(name, shown[name].label), address.get(name, ""))
        for name in named
    ]


def _blocks(items: Mapping[str, list[ShownItem]]) -> list[Block]:
    """The blocks beside the middle, in the order people look for them."""
    headings = {
        "risk": _("致贫返贫风险和四项保障"),
        "living": _("住房和饮水"),
        "production": _("土地和生产条件"),
        "register": _("登记"),
    }
    return [
        Block(
            name,
            heading,
            [each for each in items[name] if each.known and each.name not in _FACTS],
            [each.label for each in items[name] if not each.known],
        )
        for name, heading in headings.items()
        if name in items
    ]


def _who_may() -> str:
    """The roles that may see whole numbers, in words."""
    language = reader_language()
    roles = (role for role in load_roles().values() if READ_SECRET in role.capabilities)
    return _("、").join(role.label(language) for role in roles)


def show_household(actor: Actor, state: HouseholdState, day: date) -> HouseholdPage:
    """The page of a household as it was on a day.

    Args:
        actor: who looks; decides which places are linked and whether secrets may be opened.
        state: what the history says of that day.
        day: the day.
    """
    document, household = state.document, state.household
    blocks = describe_document(document, household.id, day)
    village = document["household"].get("village_code", household.village_code)
    current = day == today() and state.version.id == household.version_id
    secrets = current and actor.may(READ_SECRET, household.village_code)
    members = _members(state, day, open_=secrets)
    facts = _facts(state, blocks["head"], blocks["register"])
    return HouseholdPage(
        name=document["household"].get("head_name", ""),
        crumbs=crumbs_of(actor, village, day),
        group=document["household"].get("group_name", ""),
        tags=_tags(document, blocks["register"]),
        facts=facts,
        head_fact=next(
            (Fact(each.items["id_number"], _("户主证件"), each.url) for each in members[:1]), None
        ),
        members=members,
        labour=_labour(members),
        phase=show_phase(day, village),
        blocks=_blocks(blocks),
        income=show_incomes(document, len(members), day, village),
        secrets=secrets,
        who_may="" if secrets or not current else _who_may(),
    )
