"""Every template: nothing inline that the policy forbids, and every word open to translation."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest
from django.template import engines

from architecture.tree import ROOT
from bangfu.foundation.ui.security import POLICY
from support.templates import UndefinedInTemplate

TEMPLATES: Final = sorted((ROOT / "src" / "bangfu").glob("**/templates/**/*.html"))
INLINE: Final = {
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "an inline script": re.compile(r"<script\b(?![^>]*\ssrc=)", re.IGNORECASE),
    "an event attribute": re.compile(r"<[^>]*\s(on\w+|hx-on[\w:-]*)\s*=", re.IGNORECASE),
    "a script address": re.compile(r"javascript:", re.IGNORECASE),
    "an address elsewhere": re.compile(r"""(src|href|action)\s*=\s*["']?(https?:)?//"""),
}
COMMENT: Final = re.compile(r"{#.*?#}|{% comment %}.*?{% endcomment %}|<!--.*?-->", re.DOTALL)
BLOCK: Final = re.compile(
    r"{% blocktranslate[^%]*%}(?P<words>.*?){% endblocktranslate %}", re.DOTALL
)
TRANSLATE: Final = re.compile(
    r"""{% translate "(?P<words>[^"]*)"(?: context "[^"]*")?(?: as \w+)? %}"""
)
TAG: Final = re.compile(r"{%.*?%}|{{.*?}}", re.DOTALL)
CHINESE: Final = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]+")


def inline_things(text: str) -> list[str]:
    """What a strict content security policy would stop, or should never need to."""
    return [name for name, pattern in INLINE.items() if pattern.search(text)]


def untranslated(text: str) -> list[str]:
    """Chinese words and punctuation that no translation can reach."""
    rest = TRANSLATE.sub("", BLOCK.sub("", COMMENT.sub("", text)))
    return CHINESE.findall(rest)


def sentences_without_chinese(text: str) -> list[str]:
    """Texts handed to translation that are not written in Chinese."""
    found = [match["words"] for pattern in (TRANSLATE, BLOCK) for match in pattern.finditer(text)]
    return [
        words
        for words in found
        if re.search(r"[A-Za-z]{2,}", TAG.sub("", words)) and not CHINESE.search(words)
    ]


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_templates_are_clean(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert inline_things(text) == []
    assert untranslated(text) == []
    assert sentences_without_chinese(text) == []


def test_templates_are_written_in_one_style() -> None:
    djade = Path(sys.executable).with_name("djade")
    command = [djade, "--check", "--target-version", "5.2", *TEMPLATES]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_templates_can_be_read(path: Path) -> None:
    name = path.as_posix().rpartition("/templates/")[2]
    assert engines["django"].get_template(name).template.name == name


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('<i style="width:3%">', ["a style attribute"]),
        ("<style>a{}</style>", ["a style element"]),
        ("<script>x()</script>", ["an inline script"]),
        ('<script src="/static/a.js"></script>', []),
        ('<a\n onclick="x()">', ["an event attribute"]),
        ('<div hx-on:click="x()">', ["an event attribute"]),
        ('<img src="https://example.org/a.png">', ["an address elsewhere"]),
        ('<p class="online">on = 1</p>', []),
    ],
)
def test_inline_things_are_found(text: str, found: list[str]) -> None:
    assert inline_things(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("<p>农户</p>", ["农户"]),
        ('<input placeholder="姓名">', ["姓名"]),
        ("{{ a }}，{{ b }}", ["，"]),
        ('{% include "a.html" with label="农户" %}', ["农户"]),
        ('{% translate "农户" %}', []),
        ("{% blocktranslate with n=n|count %}共 {{ n }} 户{% endblocktranslate %}", []),
        ("{# 农户 #}{% comment %}农户{% endcomment %}", []),
    ],
)
def test_words_out_of_reach_are_found(text: str, found: list[str]) -> None:
    assert untranslated(text) == found


def test_sentences_in_another_language_are_found() -> None:
    text = '{% translate "Sign in" %}{% translate "导出 Excel" %}{% translate "/" %}'
    assert sentences_without_chinese(text) == ["Sign in"]


def test_an_undefined_variable_fails_the_test_that_draws_it() -> None:
    template = engines["django"].from_string("{{ known }}{{ unknown }}")
    with pytest.raises(UndefinedInTemplate, match="unknown"):
        template.render({"known": 1})


def test_the_policy_allows_nothing_inline_and_nothing_evaluated() -> None:
    rules = dict(rule.strip().split(" ", 1) for rule in POLICY.split(";"))
    assert rules["default-src"] == "'none'"
    assert rules["script-src"] == rules["style-src"] == "'self'"
    assert "unsafe" not in POLICY
    assert rules["frame-ancestors"] == rules["base-uri"] == rules["object-src"] == "'none'"
