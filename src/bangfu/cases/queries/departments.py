"""A department's row as a clue tells it: what was reported, by whom, of which risk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from bangfu.cases.domain.gravity import gravest
from bangfu.exchange.api import find_feed, trigger_label
from bangfu.foundation.clock.api import today
from bangfu.kernel.money import format_hundredths
from bangfu.policy.api import active_pack

if TYPE_CHECKING:
    from bangfu.exchange.api import ListRow
    from bangfu.rules.api import Rule
    from bangfu.rules.layout import Language

_LANGUAGES: Final[tuple[Language, ...]] = ("zh", "en")
_SENTENCE: Final = {
    "zh": ("{office}推送“{trigger}”（{month}）", "，金额 {amount} 元", "，还没有对上农户。"),
    "en": ("{office} reported “{trigger}” ({month})", ", {amount} yuan",
           "; nobody knows the household yet."),
}  # fmt: skip


def describe_row(row: ListRow) -> dict[str, Any]:
    """The document of a row's clue: the sentence in parts. No name and no number is in it."""
    return {"reason": {each: [{"text": _sentence(row, each)}] for each in _LANGUAGES}}


def _sentence(row: ListRow, language: Language) -> str:
    feed = find_feed(row.list.feed)
    head, money, tail = _SENTENCE[language]
    values = {
        "office": feed.office.of(language),
        "trigger": trigger_label(row.list.trigger, language),
        "month": f"{row.day:%Y-%m}" if row.day else "",
        "amount": "" if row.amount is None else format_hundredths(row.amount),
    }
    parts = [head, *([] if row.amount is None else [money]), tail]
    return "".join(parts).format(**values)


def risks_by_trigger() -> dict[str, str]:
    """Trigger -> the risk that the gravest rule reading such reports is about, today."""
    pack = active_pack(today())
    found: dict[str, list[Rule]] = {}
    for name, reads in pack.reads.items():
        for feed in {pack.facts[each].feed for each in reads if each in pack.facts}:
            if feed:
                found.setdefault(feed, []).append(pack.rules[name])
    return {feed: gravest(rules, lambda rule: rule.name).risk for feed, rules in found.items()}
