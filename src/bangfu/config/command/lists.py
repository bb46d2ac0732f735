"""`bangfu import --mapping FILE`, where the file says that what comes is a department's list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml

from bangfu.exchange.api import check_list, commit_list, count_problems, read_mapping
from bangfu.foundation.clock.api import today
from bangfu.kernel.problems import Problem, Refused

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from bangfu.exchange.api import Feed, FeedList
    from bangfu.foundation.access.api import Actor

__all__ = ["find_feed_file", "import_list", "list_document", "list_words"]


def find_feed_file(mapping: Path | None) -> Feed | None:
    """The feed that a mapping file describes; None when it maps headers of the registration.

    Raises:
        Refused: when it means to describe a list and cannot be used.
    """
    if mapping is None:
        return None
    try:
        text = mapping.read_text(encoding="utf-8")
        read = yaml.safe_load(text)
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        return None
    described = isinstance(read, dict) and {"trigger", "columns"} & read.keys()
    return read_mapping(text, mapping.name) if described else None


def import_list(asked: argparse.Namespace, feed: Feed, actor: Actor) -> FeedList:
    """Check a department's list and, unless it is a dry run, let it count.

    Raises:
        Refused: when the file cannot be taken as a whole.
    """
    if len(asked.paths) != 1:
        raise Refused(Problem("exchange.one_file"))
    each = check_list(
        actor=actor,
        feed=feed,
        source=asked.paths[0],
        division=asked.division or "",
        data_date=asked.data_date or today(),
    )
    return each if asked.dry_run else commit_list(actor=actor, list_id=each.id)


def list_document(each: FeedList) -> dict[str, Any]:
    """A list as `--json` prints it."""
    return {
        "list": str(each.id),
        "feed": each.feed,
        "state": str(each.state),
        "data_date": each.data_date.isoformat(),
        "rows": {
            "matched": each.matched,
            "unmatched": each.unmatched,
            "known": each.known,
            "refused": each.refused,
        },
        "problems": {found.code: found.count for found in count_problems(each)},
    }


def list_words(each: FeedList) -> str:
    """The same in one line."""
    return (
        f"{each.state}: {each.matched:,} matched, {each.unmatched:,} unmatched, "
        f"{each.known:,} known, {each.refused:,} refused"
    )
