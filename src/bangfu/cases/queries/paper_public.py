"""What papers say beyond one case: the sheet of a notice, a plan, the cards of households."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.conf import settings

from bangfu.cases.queries.case_rows import category_label
from bangfu.cases.queries.paper_case import case_data
from bangfu.cases.queries.paper_home import homes_of, measure_row, member_rows
from bangfu.cases.queries.paper_words import (
    ZH,
    committee_words,
    day_words,
    pair,
    risk_words,
)
from bangfu.foundation.secrets.api import unseal
from bangfu.plans.api import READ as READ_PLANS
from bangfu.plans.api import Measure, Plan
from bangfu.procedures.api import PublicNotice, notice_of, pinned_procedure
from bangfu.registry.api import division_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bangfu.cases.models import Case
    from bangfu.foundation.access.api import Actor
    from bangfu.registry.api import Household

    Data = dict[str, Any]

CARD: Final = "农户户卡"
_GONE: Final = frozenset({"dropped", "stopped"})


def notice_data(actor: Actor, case: Case) -> Data | None:
    """The sheet of the notice that a case stands on; None when none was put up.

    It holds what everybody may read and nothing else: no number, illness, telephone or child.
    `day` is the day it was put up, for which it holds.
    """
    notice = notice_of(case.matter_id)
    if notice is None:
        return None
    sheet = PublicNotice.objects.filter(
        division=notice.division,
        number=notice.number,
        procedure=notice.procedure,
        state=notice.state,
    ).order_by("id")
    state = pinned_procedure(case.matter.version_id).states[notice.state]
    title = state.notice.label.text(ZH) if state.notice else state.label.text(ZH)
    return {
        "day": notice.posted_on,
        "title": title,
        "village": division_name(notice.division),
        "committee": committee_words(notice.division),
        "number": notice.number,
        "days": notice.days,
        "from_day": day_words(notice.posted_on),
        "to_day": day_words(notice.ends_on),
        "place": state.notice.place.text(ZH) if state.notice else "",
        "telephone": settings.BANGFU_PUBLIC["phone"],
        "rows": [_shown(at, each.document) for at, each in enumerate(sheet, start=1)],
    }


def _shown(at: int, document: Data) -> list[str | None]:
    size = document.get("size")
    return [
        str(at),
        document.get("name"),
        document.get("group"),
        f"{size} 人" if size else None,
        category_label(document.get("category", ""), ZH) or "不涉及",
    ]


def plan_data(actor: Actor, case: Case) -> Data | None:
    """The household's latest plan; None when there is none that the actor may read."""
    plans = Plan.objects.filter(actor.scope(READ_PLANS).q("division"), household=case.household_id)
    plan = plans.select_related("matter", "contact").order_by("-year", "-opened_on", "-pk").first()
    if plan is None:
        return None
    measures = list(
        plan.measures.filter(suggested=False)
        .select_related("matter", "organisation", "responsible")
        .order_by("recorded_at", "pk")
    )
    standing = [each for each in measures if each.matter.state not in _GONE]
    state = pinned_procedure(plan.matter.version_id).states[plan.matter.state]
    return {
        **case_data(actor, case),
        "members": member_rows(actor, case.household),
        "plan": [
            pair("年度", f"{plan.year} 年"),
            pair("状态", state.label.text(ZH)),
            pair("制定日期", day_words(plan.opened_on)),
            pair("联系人", plan.contact.name if plan.contact else None),
            pair("针对的风险", risk_words(each.risk for each in plan.risks.all()), wide=True),
        ],
        "measures": [[*measure_row(each)[:5], _content(each)] for each in standing],
    }


def _content(measure: Measure) -> str:
    """What is done in detail, opened: whoever may read the plan may read it."""
    sealed = measure.content_sealed
    if not sealed:
        return "没有写"
    return unseal(Measure._meta.db_table, "content_sealed", measure.pk, bytes(sealed))


def card_data(actor: Actor, households: Sequence[Household]) -> Data:
    """The cards of households the actor has opened, one after the other."""
    return {"title": CARD, "volume": "", "cards": homes_of(actor, households)}
