"""How the command speaks: answers on standard output, everything else on standard error."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bangfu.foundation.ui.wording import sentence_of

if TYPE_CHECKING:
    from bangfu.kernel.problems import Problem, Refused

SHOWN = 20
"""Problems told one by one; the rest are counted. The pages and the error workbook have all."""


def language_of_terminal() -> str:
    """Chinese where the terminal is Chinese, English elsewhere."""
    words = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG", "")
    return "zh-hans" if words.startswith("zh") else "en"


@dataclass(frozen=True, slots=True)
class Speaker:
    """Says what a command has to say."""

    json_asked: bool = False

    def tell(self, words: str) -> None:
        """Tell the person how far it is; never part of the answer."""
        sys.stderr.write(words + "\n")
        sys.stderr.flush()

    def say(self, words: str) -> None:
        """A line of the answer."""
        sys.stdout.write(words + "\n")

    def answer(self, document: dict[str, Any], words: str) -> None:
        """The answer: one JSON object when it was asked for, words otherwise."""
        self.say(json.dumps(document, ensure_ascii=False) if self.json_asked else words)

    def refuse(self, refused: Refused) -> None:
        """Why not, with the place and how to put it right."""
        for each in refused.problems[:SHOWN]:
            self.tell(f"bangfu: {problem_line(each)}")
        left = len(refused.problems) - SHOWN
        if left > 0:
            self.tell(f"bangfu: +{left}")


def problem_line(problem: Problem) -> str:
    """One line: place, what is wrong, how to put it right."""
    place = problem.place
    where = [place.file, place.sheet]
    where += [f"{place.header or place.column}"] if place.header or place.column else []
    where += [f"{place.row or place.line}"] if place.row or place.line else []
    title, remedy = sentence_of(problem)
    named = ":".join(each for each in where if each)
    return " ".join(each for each in (f"{named}:" if named else "", title, remedy) if each)
