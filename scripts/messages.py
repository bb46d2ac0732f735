"""Collect the words on screen into the English catalogue, and compile it.

The words are written in Chinese in templates and Python; `locale/en/LC_MESSAGES/django.po` holds
the English of each, and Django reads `django.mo`. Nothing but Python is needed for either, and
an entry is only ever matched by its whole Chinese text: nothing is guessed from a similar one.

    python scripts/messages.py           collect, write both files; fails while English is missing
    python scripts/messages.py --check   write nothing; fails where the files are not up to date
"""

from __future__ import annotations

import argparse
import ast
import re
import struct
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from django.utils.translation.template import templatize

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ROOT: Final = Path(__file__).resolve().parent.parent
SOURCE: Final = ROOT / "src" / "bangfu"
CATALOGUE: Final = SOURCE / "locale" / "en" / "LC_MESSAGES" / "django.po"
LEFT_OUT: Final = ("assets", "packs", "locale")
HEADER: Final = (
    "Project-Id-Version: bangfu\n"
    "Language: en\n"
    "MIME-Version: 1.0\n"
    "Content-Type: text/plain; charset=UTF-8\n"
    "Content-Transfer-Encoding: 8bit\n"
    "Plural-Forms: nplurals=2; plural=(n != 1);\n"
)
ARGUMENTS: Final = {
    "gettext": ("text",),
    "gettext_lazy": ("text",),
    "gettext_noop": ("text",),
    "ngettext": ("text", "plural"),
    "ngettext_lazy": ("text", "plural"),
    "pgettext": ("context", "text"),
    "pgettext_lazy": ("context", "text"),
    "npgettext": ("context", "text", "plural"),
    "npgettext_lazy": ("context", "text", "plural"),
}
"""Which argument of which function of `django.utils.translation` is what."""

_LITERAL: Final = r"""u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
_IN_TEMPLATE: Final = re.compile(
    rf"\b(n?p?gettext|_)\(({_LITERAL}(?:,\s*{_LITERAL})*)(?:,\s*count)?\)"
)
_NAMED: Final = re.compile(r"%\((\w+)\)")
_MO_MAGIC: Final = 0x950412DE


@dataclass(frozen=True, order=True)
class Words:
    """One text on screen as the program asks for it.

    Attributes:
        text: the Chinese.
        plural: the Chinese for several, where the program tells one from several; else empty.
        context: tells two equal texts apart; mostly empty.
    """

    text: str
    plural: str = ""
    context: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """What a catalogue looks it up by."""
        return self.context, self.text


@dataclass(frozen=True)
class Entry:
    """One text with the files that use it and its English: one form, or singular and plural."""

    words: Words
    files: tuple[str, ...] = ()
    english: tuple[str, ...] = ()

    @property
    def missing(self) -> bool:
        """Whether a form is wanting."""
        wanted = 2 if self.words.plural else 1
        return len(self.english) != wanted or not all(self.english)


class CatalogueInvalid(ValueError):
    """The .po file has a line that cannot be read."""


def words_of_template(source: str) -> Iterator[Words]:
    """The texts of a template, as Django itself finds them."""
    for function, arguments in _IN_TEMPLATE.findall(templatize(source)):
        values = [ast.literal_eval(each) for each in re.findall(_LITERAL, arguments)]
        names = ARGUMENTS["gettext" if function == "_" else function]
        yield Words(**dict(zip(names, values, strict=True)))


def _local_names(tree: ast.Module) -> dict[str, str]:
    """What a module calls the functions of `django.utils.translation`."""
    return {
        name.asname or name.name: name.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for name in node.names
        if name.name in ARGUMENTS
    }


def words_of_python(source: str) -> Iterator[Words]:
    """The texts of a module: calls with literal text, whatever the function is called there."""
    tree = ast.parse(source)
    local = _local_names(tree)
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
            continue
        names = ARGUMENTS.get(local.get(node.func.id, ""), ())
        values = [each.value for each in node.args if isinstance(each, ast.Constant)]
        if names and len(values) >= len(names) and all(isinstance(v, str) for v in values):
            yield Words(**dict(zip(names, map(str, values), strict=False)))


def collect(source: Path = SOURCE) -> list[Entry]:
    """Every text of the package with its files, without English, by file and text."""
    found: dict[tuple[str, str], Entry] = {}
    for path in sorted([*source.rglob("*.py"), *source.rglob("*.html")]):
        name = path.relative_to(source).as_posix()
        if name.split("/")[0] in LEFT_OUT:
            continue
        read = words_of_python if path.suffix == ".py" else words_of_template
        for words in read(path.read_text(encoding="utf-8")):
            held = found.get(words.key, Entry(words))
            most = max(held.words, words, key=lambda each: bool(each.plural))
            files = tuple(dict.fromkeys([*held.files, name]))
            found[words.key] = Entry(most, files)
    return sorted(found.values(), key=lambda each: (each.files[0], each.words))


def _quote(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def _lines(entry: Entry) -> Iterator[str]:
    words = entry.words
    yield "#: " + " ".join(entry.files)
    if _NAMED.search(words.text + words.plural):
        yield "#, python-format"
    if words.context:
        yield f"msgctxt {_quote(words.context)}"
    yield f"msgid {_quote(words.text)}"
    if not words.plural:
        yield f"msgstr {_quote(entry.english[0] if entry.english else '')}"
        return
    yield f"msgid_plural {_quote(words.plural)}"
    forms = entry.english if entry.english else ("", "")
    yield from (f"msgstr[{n}] {_quote(form)}" for n, form in enumerate(forms))


def write_po(entries: Iterable[Entry]) -> str:
    """The catalogue as text."""
    head = ['msgid ""', 'msgstr ""', *(_quote(each) for each in HEADER.splitlines(keepends=True))]
    blocks = ["\n".join(head), *("\n".join(_lines(each)) for each in entries)]
    return "\n\n".join(blocks) + "\n"


def _block(text: str) -> dict[str, str]:
    """The fields of one entry of a .po file; strings over several lines are joined."""
    fields: dict[str, str] = {}
    name = ""
    for line in text.splitlines():
        if not line or line.startswith("#"):
            continue
        match = re.fullmatch(r'(?:(msg\w+(?:\[\d\])?) )?(".*")', line)
        if match is None:
            raise CatalogueInvalid(line)
        name = match[1] or name
        fields[name] = fields.get(name, "") + str(ast.literal_eval(match[2]))
    return fields


def read_po(text: str) -> list[Entry]:
    """The entries of a catalogue without its header.

    Raises:
        CatalogueInvalid: a line is neither a comment nor a field nor a string.
    """
    blocks = [fields for each in text.split("\n\n") if (fields := _block(each))]
    return [
        Entry(
            Words(each["msgid"], each.get("msgid_plural", ""), each.get("msgctxt", "")),
            english=tuple(value for name, value in each.items() if name.startswith("msgstr")),
        )
        for each in blocks
        if each["msgid"]
    ]


def compile_mo(entries: Iterable[Entry]) -> bytes:
    """The catalogue as Django reads it; entries without English are left out."""
    texts = {b"": HEADER.encode()}
    for entry in entries:
        words = entry.words
        if not entry.missing:
            context = f"{words.context}\x04" if words.context else ""
            several = f"\x00{words.plural}" if words.plural else ""
            texts[f"{context}{words.text}{several}".encode()] = "\x00".join(entry.english).encode()
    keys = sorted(texts)
    start = 7 * 4
    tables: list[int] = []
    offset = start + len(keys) * 16
    strings = [*keys, *(texts[key] for key in keys)]
    for each in strings:
        tables += [len(each), offset]
        offset += len(each) + 1
    head = [_MO_MAGIC, 0, len(keys), start, start + len(keys) * 8, 0, start + len(keys) * 16]
    numbers = struct.pack(f"<{len(head) + len(tables)}I", *head, *tables)
    return numbers + b"".join(each + b"\x00" for each in strings)


def fill(collected: Iterable[Entry], known: Iterable[Entry]) -> list[Entry]:
    """The texts in use with the English that a catalogue has for exactly these texts."""
    english = {each.words: each.english for each in known}
    return [replace(each, english=english.get(each.words, ())) for each in collected]


def main() -> int:
    """Write or check both files; 1 where English is missing or the files are not up to date."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing")
    check = parser.parse_args().check
    held = CATALOGUE.read_text(encoding="utf-8") if CATALOGUE.exists() else ""
    entries = fill(collect(), read_po(held))
    made, compiled = write_po(entries), CATALOGUE.with_suffix(".mo")
    for entry in entries:
        if entry.missing:
            sys.stderr.write(f"{entry.files[0]}: no English for {entry.words.text!r}\n")
    if check:
        current = made == held and compile_mo(entries) == compiled.read_bytes()
        return 0 if current and not any(each.missing for each in entries) else 1
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    CATALOGUE.write_text(made, encoding="utf-8")
    compiled.write_bytes(compile_mo(entries))
    return 1 if any(each.missing for each in entries) else 0


if __name__ == "__main__":
    sys.exit(main())
