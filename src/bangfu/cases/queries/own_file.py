"""Everything the register holds of a household, in the words of its own file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.utils.timezone import localtime
from django.utils.translation import override

from bangfu.cases.models import Case
from bangfu.cases.queries.consents import list_consents
from bangfu.foundation.access.api import Posting
from bangfu.foundation.audit.api import list_openings
from bangfu.procedures.api import pinned_procedure
from bangfu.registry.api import (
    describe_household,
    describe_income,
    describe_member,
    division_path,
    list_incomes,
    list_members,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bangfu.foundation.access.api import Actor
    from bangfu.registry.api import Household, ShownItem

PARTS: Final = {
    "register": "登记和识别",
    "risk": "风险",
    "living": "住房和生活条件",
    "production": "生产条件",
}
_MOST_OPENINGS: Final = 40


def own_file_of(actor: Actor, household: Household) -> dict[str, Any]:
    """A household's own file as a template takes it; numbers of documents and accounts masked.

    The file is read at home and carried about, so what would harm when lost is masked; the whole
    numbers are on the household's own papers.
    """
    # Papers are Chinese, whatever language the officer reads in.
    with override("zh-hans"):
        blocks = describe_household(household)
        return {
            "head": household.head_name,
            "number": household.household_number,
            "place": "".join(division_path(household.village_code)),
            "parts": [
                {"title": title, "pairs": _pairs(blocks.get(name, ()))}
                for name, title in {"head": "户主和联系方式", **PARTS}.items()
                if blocks.get(name)
            ],
            "members": [
                {"name": each.name, "pairs": _pairs(describe_member(each).values())}
                for each in list_members(actor, household)
            ],
            "incomes": [
                {"year": str(each.income_year), "pairs": _pairs(describe_income(each).values())}
                for each in list_incomes(actor, household)
            ],
            "cases": _cases(actor, household),
            "consents": [
                [
                    each.signed_on.isoformat(),
                    each.signer,
                    "、".join(each.departments),
                    each.withdrawn_on.isoformat() if each.withdrawn_on else "",
                ]
                for each in list_consents(actor, household.pk)
            ],
            "openings": _openings(household),
        }


def _pairs(items: Iterable[ShownItem]) -> list[dict[str, str]]:
    return [{"label": each.label, "value": each.text} for each in items if each.known]


def _openings(household: Household) -> list[list[str]]:
    """Who looked, when and what for."""
    rows = list_openings("household", household.pk, _MOST_OPENINGS)
    postings = Posting.objects.select_related("person")
    asked = {each.posting_id for each in rows if each.posting_id}
    known = {
        each.pk: f"{each.person.name}（{each.title}）" for each in postings.filter(pk__in=asked)
    }
    return [
        [
            f"{localtime(each.at):%Y-%m-%d %H:%M}",
            known.get(each.posting_id, "系统自动") if each.posting_id else "系统自动",
            each.purpose or "—",
        ]
        for each in rows
    ]


def _cases(actor: Actor, household: Household) -> list[list[str]]:
    rows = Case.objects.select_related("matter").filter(household=household)
    found = []
    for each in rows.order_by("opened_on", "number"):
        table = pinned_procedure(each.matter.version_id)
        state = table.states[each.matter.state].label.zh
        found.append([each.opened_on.isoformat(), table.label.zh, each.number, state])
    return found
