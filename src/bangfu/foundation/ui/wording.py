"""The words of problems: every code has a title and a remedy in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.utils.functional import _StrPromise

    from bangfu.kernel.problems import Place, Problem

__all__ = [
    "Sentence",
    "ShownProblem",
    "register_sentences",
    "registered_codes",
    "sentence_of",
    "sentences",
    "show_problem",
]


@dataclass(frozen=True, slots=True)
class Sentence:
    """What is wrong, and how to put it right. Both may hold `%(name)s` places for values."""

    title: str | _StrPromise
    remedy: str | _StrPromise = ""


_sentences: dict[str, Sentence] = {}


def register_sentences(sentences: Mapping[str, Sentence]) -> None:
    """Add a feature's sentences; each feature calls this once when it is ready."""
    _sentences.update(sentences)


def registered_codes() -> frozenset[str]:
    """Every code that has a sentence."""
    return frozenset(_sentences)


def sentences() -> dict[str, Sentence]:
    """Every code with its sentence, in order of the codes: the reference page lists them."""
    return dict(sorted(_sentences.items()))


def sentence_of(problem: Problem) -> tuple[str, str]:
    """Title and remedy of `problem`, filled with its values, in the active language.

    Raises:
        KeyError: for a code nobody gave words to; a test walks all codes.
    """
    sentence = _sentences[problem.code]
    values = dict(problem.values)
    return str(sentence.title) % values, str(sentence.remedy) % values


@dataclass(frozen=True, slots=True)
class ShownProblem:
    """A problem in words, with its place in the file."""

    code: str
    title: str
    remedy: str
    place: Place
    refuses: bool


def show_problem(problem: Problem) -> ShownProblem:
    """A problem in the reader's words."""
    title, remedy = sentence_of(problem)
    return ShownProblem(problem.code, title, remedy, problem.place, problem.refuses)
