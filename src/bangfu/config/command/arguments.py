"""What may be asked of the command, and how wrong use is told in one line."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from typing_extensions import override

from bangfu.kernel.division import DivisionCode, DivisionCodeInvalid

if TYPE_CHECKING:
    from collections.abc import Sequence

TONGJIANG = "511921"
"""The demo's county; its people are made up, its townships and villages are real."""


class WrongUse(Exception):
    """The words of the command line do not fit; exit status 2."""


class _Parser(argparse.ArgumentParser):
    @override
    def error(self, message: str) -> NoReturn:
        raise WrongUse(f"{message} (see '{self.prog} --help')")


def _division(text: str) -> DivisionCode:
    try:
        return DivisionCode(text)
    except DivisionCodeInvalid:
        raise argparse.ArgumentTypeError(
            f"{text!r} is not a division code of 2, 4, 6, 9 or 12 digits"
        ) from None


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day like 2026-11-20") from None


def _positive(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) > 0):
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number above zero")
    return int(text)


def _existing(text: str) -> Path:
    path = Path(text)
    if not path.exists():
        raise argparse.ArgumentTypeError(f"{text!r} does not exist")
    return path


def _setting(text: str) -> tuple[str, int]:
    name, equals, value = text.partition("=")
    if not (name and equals and value.lstrip("-").isdigit()):
        raise argparse.ArgumentTypeError(f"{text!r} is not NAME=WHOLE NUMBER")
    return name, int(value)


def build_parser() -> argparse.ArgumentParser:
    """The parser; the reference page of the documentation reads it too."""
    parser = _Parser(prog="bangfu", description="Keep rural households from falling into poverty.")
    commands = parser.add_subparsers(dest="command", required=True, parser_class=_Parser)

    def add(name: str, help_text: str, *, json: bool = False) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=help_text, description=help_text)
        if json:
            command.add_argument("--json", action="store_true", help="print one JSON object")
        return command

    _add_demo(add("demo", "fill an empty home with a made-up county and serve it"))
    _add_generate(add("generate", "write made-up households to a folder"))
    _add_import(add("import", "check a registration workbook and commit it", json=True))
    _add_screen(add("screen", "judge every household by the rules", json=True))
    _add_explain(add("explain", "say for one household why each rule fired or not", json=True))
    _add_cases(add("cases", "list cases, show one, move one"))
    _add_publish(add("publish-pack", "put a policy pack into force", json=True))
    _add_serve(add("serve", "serve the pages and run the worker"))
    worker = add("worker", "run queued jobs")
    worker.add_argument("--once", action="store_true", help="run what is due, then stop")
    add("check", "say whether this home is fit for use", json=True)
    verify = add("verify-audit", "prove that the audit was not altered", json=True)
    verify.add_argument("--export", type=Path, metavar="FILE", help="also write rows and seals")
    return parser


def _add_demo(command: argparse.ArgumentParser) -> None:
    command.add_argument("--no-serve", action="store_true", help="fill the home and stop")
    command.add_argument("--households", type=_positive, default=20_000)
    command.add_argument("--port", type=_positive, default=8000)


def _add_generate(command: argparse.ArgumentParser) -> None:
    command.add_argument("--division", type=_division, required=True, metavar="CODE")
    command.add_argument("--households", type=_positive, required=True, metavar="N")
    command.add_argument("--seed", type=int, required=True, metavar="S")
    command.add_argument("--out", type=Path, required=True, metavar="DIR")
    command.add_argument("--layout", choices=["workbook", "csv", "parquet"], default="workbook")


def _add_import(command: argparse.ArgumentParser) -> None:
    command.add_argument("paths", type=_existing, nargs="+", metavar="PATH")
    command.add_argument("--mapping", type=_existing, metavar="FILE", help="headers, in YAML")
    command.add_argument("--data-date", type=_day, metavar="DATE", help="the day the data holds")
    command.add_argument(
        "--division", type=_division, metavar="CODE", help="the place the file is for; default: all"
    )
    command.add_argument("--dry-run", action="store_true", help="check only, write nothing")


def _add_screen(command: argparse.ArgumentParser) -> None:
    command.add_argument("--division", type=_division, metavar="CODE", help="default: all")
    command.add_argument("--as-of", type=_day, metavar="DATE", help="default: today")
    command.add_argument("--engine", choices=["embedded", "reference"], default="embedded")
    command.add_argument(
        "--snapshot", type=_existing, metavar="DIR", help="instead of the register"
    )
    command.add_argument(
        "--set",
        type=_setting,
        action="append",
        default=[],
        dest="overrides",
        metavar="NAME=VALUE",
        help="try another parameter; nothing is written",
    )


def _add_explain(command: argparse.ArgumentParser) -> None:
    command.add_argument("household", metavar="HOUSEHOLD", help="household number")
    command.add_argument("--as-of", type=_day, metavar="DATE")


def _answer(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not (name and equals):
        raise argparse.ArgumentTypeError(f"{text!r} is not NAME=VALUE")
    return name, value


def _add_cases(command: argparse.ArgumentParser) -> None:
    actions = command.add_subparsers(dest="action", required=True, parser_class=_Parser)

    def add(name: str, help_text: str) -> argparse.ArgumentParser:
        action = actions.add_parser(name, help=help_text, description=help_text)
        action.add_argument("--json", action="store_true", help="print one JSON object")
        return action

    listed = add("list", "cases, the most urgent first")
    listed.add_argument("--division", type=_division, metavar="CODE", help="default: all")
    listed.add_argument("--kind", metavar="KIND", help="recognition, monitoring or exit")
    listed.add_argument("--state", metavar="STATE", help="a state of the procedure")
    listed.add_argument("--closed", action="store_true", help="those that have ended")
    listed.add_argument("--limit", type=_positive, default=50, metavar="N")
    user = "the person, whose password is asked for or read from standard input"
    shown = add("show", "a case, its history, and what may be done next")
    shown.add_argument("number", metavar="NUMBER", help="the case's number")
    shown.add_argument("--user", metavar="NAME", help=f"as {user}")
    moved = add("move", "make a move of the procedure")
    moved.add_argument("number", metavar="NUMBER", help="the case's number")
    moved.add_argument("move", metavar="MOVE", help="a move of the procedure")
    moved.add_argument("--user", required=True, metavar="NAME", help=user)
    moved.add_argument("--note", default="", metavar="TEXT", help="the written reason")
    moved.add_argument(
        "--answer", type=_answer, action="append", default=[], dest="answers", metavar="NAME=VALUE"
    )
    moved.add_argument(
        "--seen", type=int, metavar="N", help="refuse when the case has moved on since `show`"
    )


def _add_publish(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "pack", metavar="PATH", help="a folder, or a pack that the product carries"
    )
    command.add_argument(
        "--from",
        type=_day,
        dest="valid_from",
        metavar="DATE",
        help="default: today; the first of a home: from its first value on",
    )


def _add_serve(command: argparse.ArgumentParser) -> None:
    command.add_argument("--host", default="127.0.0.1")
    command.add_argument("--port", type=_positive, default=8000)


def read_arguments(words: Sequence[str]) -> argparse.Namespace:
    """Read the words of the command line.

    Raises:
        WrongUse: with one line that says what is wrong.
    """
    return build_parser().parse_args(words)
