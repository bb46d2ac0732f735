"""How fresh every feed is: when its last list came, how much of it was matched, what is overdue."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from bangfu.exchange.models import FeedList
from bangfu.exchange.permissions import READ, REGISTER
from bangfu.exchange.queries.feeds import load_feeds
from bangfu.exchange.queries.lists import ON, own_or_overseen
from bangfu.foundation.clock.api import today

if TYPE_CHECKING:
    from datetime import date

    from bangfu.exchange.domain.feeds import Feed
    from bangfu.foundation.access.api import Actor


@dataclass(frozen=True, slots=True)
class FeedStatus:
    """A feed as the desk shows it.

    Attributes:
        last: the day up to which its latest list is complete; None when none came.
        age: days since then.
        lists, rows, unmatched: of all its lists that count.
        overdue: whether the last list is older than the feed allows.
    """

    feed: Feed
    last: date | None
    age: int | None
    lists: int
    rows: int
    unmatched: int

    @property
    def overdue(self) -> bool:
        """Whether a list is due. A feed that never sent is missing, not late."""
        return self.age is not None and self.age > self.feed.every_days


def feed_statuses(actor: Actor) -> list[FeedStatus]:
    """Every feed with what came of it for the actor's places, the overdue first, then the missing.

    Whoever reads the register somewhere learns how fresh the lists are that cover it; a
    department's officer those of their own office. Lists name nobody.
    """
    found: dict[str, list[FeedList]] = {}
    for each in FeedList.objects.filter(ON & (own_or_overseen(actor) | _covering(actor))):
        found.setdefault(each.feed, []).append(each)
    statuses = [_status(feed, found.get(name, [])) for name, feed in load_feeds().items()]
    return sorted(statuses, key=lambda each: (not each.overdue, each.last is None))


def _covering(actor: Actor) -> Q:
    """Lists of the places above those in which the actor reads the register."""
    places = actor.scope(READ).divisions
    above = {
        str(each) for place in places for each in place.ancestors() if actor.may(REGISTER, place)
    }
    return Q(division__in=above)


def _status(feed: Feed, lists: list[FeedList]) -> FeedStatus:
    last = max((each.data_date for each in lists), default=None)
    return FeedStatus(
        feed,
        last,
        (today() - last).days if last else None,
        len(lists),
        sum(each.rows - each.refused - each.known for each in lists),
        sum(each.unmatched for each in lists),
    )
