"""The English catalogue: complete, true to its placeholders, and compiled as it is committed."""

from __future__ import annotations

import gettext
import importlib.util
import io
import re
import sys
from typing import TYPE_CHECKING, Any

import pytest

from architecture.tree import ROOT

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType

pytestmark = pytest.mark.one_database

CHINESE = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]")
PLACEHOLDER = re.compile(r"%\((\w+)\)0?\d*([a-z])|%%")


def load() -> ModuleType:
    """The script as a module; it is not part of the product."""
    spec = importlib.util.spec_from_file_location("messages", ROOT / "scripts" / "messages.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["messages"] = module
    spec.loader.exec_module(module)
    return module


messages = load()
COLLECTED = messages.collect()
HELD = messages.CATALOGUE.read_text(encoding="utf-8")
ENTRIES = messages.fill(COLLECTED, messages.read_po(HELD))


def translations(content: bytes) -> gettext.GNUTranslations:
    """A compiled catalogue as Python's own gettext reads it."""
    return gettext.GNUTranslations(io.BytesIO(content))


def test_every_text_in_use_has_its_english() -> None:
    assert len(ENTRIES) > 1000
    assert [each.words.text for each in ENTRIES if each.missing] == []


def test_english_is_english() -> None:
    found = [form for each in ENTRIES for form in each.english if CHINESE.search(form)]
    assert found == []


def test_placeholders_are_the_same_in_every_form() -> None:
    differing = [
        (each.words.text, form)
        for each in ENTRIES
        for form in each.english
        if sorted(PLACEHOLDER.findall(form)) != sorted(PLACEHOLDER.findall(each.words.text))
    ]
    assert differing == []


def test_no_percent_sign_stands_alone() -> None:
    found = [
        form
        for each in ENTRIES
        if PLACEHOLDER.search(each.words.text)
        for form in each.english
        if "%" in PLACEHOLDER.sub("", form)
    ]
    assert found == []


def test_a_whole_sentence_ends_as_one_and_a_title_does_not() -> None:
    found = [
        (each.words.text, form)
        for each in ENTRIES
        for form in each.english
        if each.words.text.endswith("。") != form.rstrip().endswith(".")
    ]
    assert found == []


def test_no_text_is_asked_for_with_and_without_plural() -> None:
    """Without a number gettext would answer the singular, "5 person"."""
    asked: dict[tuple[str, str], set[bool]] = {}
    for path in [*messages.SOURCE.rglob("*.py"), *messages.SOURCE.rglob("*.html")]:
        read = messages.words_of_python if path.suffix == ".py" else messages.words_of_template
        for words in read(path.read_text(encoding="utf-8")):
            asked.setdefault(words.key, set()).add(bool(words.plural))
    assert [key for key, ways in asked.items() if len(ways) > 1] == []


def test_the_catalogue_holds_what_is_in_use_and_nothing_else() -> None:
    assert messages.write_po(ENTRIES) == HELD


def test_the_compiled_catalogue_is_the_catalogue() -> None:
    committed = messages.CATALOGUE.with_suffix(".mo").read_bytes()
    assert messages.compile_mo(messages.read_po(HELD)) == committed
    read = translations(committed)
    for each in ENTRIES:
        words, told_apart = each.words, f"{each.words.context}\x04" if each.words.context else ""
        key = told_apart + words.text
        if words.plural:
            several = read.ngettext(key, words.plural, 5)
            assert (read.ngettext(key, words.plural, 1), several) == each.english
        else:
            assert (read.gettext(key),) == each.english


MODULE = """
from django.utils.translation import gettext as _now, ngettext, pgettext
from elsewhere import gettext
_now("今天")
ngettext("%(n)s 户", "%(n)s 户", n)
pgettext("动词", "打开")
gettext("别人的")
_now(word)
"""
TEMPLATE = """{% load i18n %}{% translate "今天" %}{% translate '明天' as next %}
{% blocktranslate asvar x with n=a|length %}共 {{ n }} 户{% endblocktranslate %}
{% blocktranslate count n=a %}{{ n }} 户{% plural %}{{ n }} 户{% endblocktranslate %}
{% translate "打开" context "动词" %}{% field _("名称") %}{# {% translate "注释" %} #}
{% translate "说“100%”" %}"""


def test_texts_of_a_module_are_found_under_any_name() -> None:
    words = set(messages.words_of_python(MODULE))
    assert words == {
        messages.Words("今天"),
        messages.Words("%(n)s 户", "%(n)s 户"),
        messages.Words("打开", "", "动词"),
    }


def test_texts_of_a_template_are_found_as_django_asks_for_them() -> None:
    words = set(messages.words_of_template(TEMPLATE))
    assert words == {
        messages.Words("今天"),
        messages.Words("明天"),
        messages.Words("共 %(n)s 户"),
        messages.Words("%(n)s 户", "%(n)s 户"),
        messages.Words("打开", "", "动词"),
        messages.Words("名称"),
        messages.Words("说“100%%”"),
    }


def entry(text: str, *english: str, plural: str = "", context: str = "") -> Any:
    return messages.Entry(messages.Words(text, plural, context), ("a.py",), english)


MADE = [
    entry("一\n“二”\\", 'one\n"two"\\'),
    entry("户", "household", "households", plural="户们"),
    entry("打开", "Open", context="动词"),
    entry("还没有", ""),
]


def test_what_is_written_is_read_again() -> None:
    read = messages.read_po(messages.write_po(MADE))
    assert [(each.words, each.english) for each in read] == [
        (each.words, each.english) for each in MADE
    ]
    assert [each.missing for each in read] == [False, False, False, True]


def test_a_line_that_is_none_is_refused() -> None:
    with pytest.raises(messages.CatalogueInvalid, match="msgid without quotes"):
        messages.read_po('msgid "a"\nmsgid without quotes\n')


def test_plurals_and_contexts_are_compiled_and_gaps_left_out() -> None:
    read = translations(messages.compile_mo(MADE))
    assert read.gettext("一\n“二”\\") == 'one\n"two"\\'
    assert [read.ngettext("户", "户们", n) for n in (0, 1, 2)] == [
        "households",
        "household",
        "households",
    ]
    assert read.pgettext("动词", "打开") == "Open"
    assert read.gettext("打开") == "打开"
    assert read.gettext("还没有") == "还没有"


def test_english_is_never_taken_from_a_text_that_is_only_like_it() -> None:
    filled = messages.fill([entry("看 %(n)s 户")], [entry("看 %(m)s 户", "See %(m)s")])
    assert filled[0].missing


def test_a_text_without_english_is_named_and_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    catalogue = tmp_path / "en" / "django.po"
    monkeypatch.setattr(messages, "CATALOGUE", catalogue)
    monkeypatch.setattr(messages, "collect", lambda: [entry("新的")])
    monkeypatch.setattr(sys, "argv", ["messages.py"])
    assert messages.main() == 1
    assert "a.py: no English for '新的'" in capsys.readouterr().err
    catalogue.write_text(messages.write_po([entry("新的", "New"), entry("旧的", "Old")]))
    assert messages.main() == 0
    assert "Old" not in catalogue.read_text(encoding="utf-8")
    monkeypatch.setattr(sys, "argv", ["messages.py", "--check"])
    assert messages.main() == 0
    catalogue.write_text(messages.write_po([entry("新的", "Newer")]))
    assert messages.main() == 1
