"""A year's totals, and what they are divided into: business, property, rights, posts.

Amounts are fen. Business is counted less its expenses until the statement is written.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from bangfu.synthetic.tree import BUSINESS, BUSINESS_COSTS, TRANSFERS, Amounts, scaled

if TYPE_CHECKING:
    from bangfu.synthetic.events import Money
    from bangfu.synthetic.world import World

_TEN_YUAN: Final = 1000


@dataclass(slots=True)
class Plan:
    """The year's totals before they are divided.

    Attributes:
        net: gross income less business expenses.
        costs: business expenses.
        paid: self-paid expenses by kind; claims: insurance claims.
        wages: all wages: of work, posts and gathering.
    """

    net: int
    costs: int = 0
    claims: int = 0
    wages: int = 0
    paid: Amounts = field(default_factory=dict)

    @property
    def gross(self) -> int:
        """The four incomes together."""
        return self.net + self.costs


def plain(amount: int) -> int:
    """The amount without its last yuan and fen, as people round."""
    return amount // _TEN_YUAN * _TEN_YUAN


@dataclass(slots=True)
class Sources:
    """What the year brings besides wages of work: by leaf, business less its expenses."""

    business: Amounts
    flexible: Amounts
    rights: Amounts
    posts: Amounts

    @property
    def spare(self) -> str:
        """The leaf that takes what is left over."""
        return next(iter(self.business), "children_support")

    @property
    def total(self) -> int:
        """All of them but posts, which are wages."""
        return sum(map(sum, (leaf.values() for leaf in self._all())))

    def _all(self) -> tuple[Amounts, Amounts, Amounts]:
        return self.business, self.flexible, self.rights

    def fit(self, rest: int) -> None:
        """Make them add up to `rest` fen: more business or support, or less of all but rights."""
        rights = sum(self.rights.values())
        if self.total > rest:
            soft = max(rest - rights, min(rest // 3, self.total - rights))
            share = sum(self.business.values()) * soft // max(self.total - rights, 1)
            self.business = scaled(self.business, share, _TEN_YUAN)
            self.flexible = scaled(self.flexible, soft - share, _TEN_YUAN)
            self.rights = scaled(self.rights, min(rights, rest - soft), _TEN_YUAN)
        self.put(rest - self.total)

    def put(self, amount: int) -> None:
        """Put an amount where there is room for it."""
        target = self.business if self.business else self.flexible
        target[self.spare] = target.get(self.spare, 0) + amount

    def moderate(self, most: int) -> None:
        """Keep transfers at or below `most`; business takes what they lose."""
        soft = {name: self.flexible.pop(name) for name in tuple(self.flexible) if name in TRANSFERS}
        before = sum(self.rights.values()) + sum(soft.values())
        if before > most:
            soft = scaled(soft, most // 5, _TEN_YUAN)
            self.rights = scaled(self.rights, most * 4 // 5, _TEN_YUAN)
        self.flexible |= soft
        self.put(before - sum(self.rights.values()) - sum(soft.values()))


def share_out(plan: Plan, sources: Sources, planted: Money, world: World) -> None:
    """Give business or transfers their planned share of the gross income; wages take the rest."""
    if planted.business is not None:
        amount = -(-plan.gross * world.product_percent // 100) + planted.business - plan.costs
        leaf = sources.spare
        others = scaled(sources.rights | sources.flexible, (plan.net - amount) // 3, _TEN_YUAN)
        sources.business, sources.rights, sources.flexible = {leaf: amount}, {}, others
    elif planted.transfers is not None:
        amount = -(-plan.gross * world.transfer_percent // 100) + planted.transfers
        kept = scaled(sources.rights, amount * 4 // 5, _TEN_YUAN)
        kept["remaining_transfer"] = amount - sum(kept.values())
        business = scaled(sources.business, (plan.net - amount) // 2, _TEN_YUAN)
        sources.business, sources.rights, sources.flexible = business, kept, {}
    plan.wages = plan.net - sources.total


_FAILED: Final = {
    "failed": (130, 20, 0, 0),
    "expenses_even": (120, 0, 0, 0),
    "expenses_fen_more": (120, 0, 1, 0),
    "half": (100, 10, 0, 0),
    "half_less": (100, 10, 0, -1),
}
"""Business in percent of all other income, loss in percent of business, and fen added to each."""


def fail(plan: Plan, sources: Sources, kind: str) -> None:
    """A business that costs more than it brings: other income makes up for the loss."""
    share, loss, more, off = _FAILED[kind]
    others = plan.net * 10_000 // (10_000 - share * loss) + more
    business = others * share // 100 + off
    expenses = business + others - plan.net
    leaf = sources.spare if sources.business else BUSINESS[1]
    kept = scaled(sources.rights | sources.flexible, others // 2, _TEN_YUAN)
    sources.business, sources.rights, sources.flexible = {leaf: business - expenses}, {}, kept
    plan.costs = expenses
    plan.wages = others - sum(kept.values())


def costed(costs: int, business: Amounts) -> Amounts:
    """Business income with its expenses added, and the expenses, leaf by leaf."""
    if not business:
        return {}
    parts = scaled(dict.fromkeys(business, 1) | business, costs, _TEN_YUAN) if costs else {}
    first = next(iter(business))
    parts = {name: max(amount, 0) for name, amount in parts.items()}
    parts[first] = parts.get(first, 0) + costs - sum(parts.values())
    found = {name: amount + parts.get(name, 0) for name, amount in business.items()}
    return found | {BUSINESS_COSTS[BUSINESS.index(name)]: amount for name, amount in parts.items()}
