"""Papers as PDF: hostile data stay data, rare characters stay readable, equal data equal bytes."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Final

import pytest

from bangfu.foundation.documents.compiling import PACKAGE, Order, PaperUnmade, compile_order
from bangfu.foundation.documents.kinds import PaperKind, TemplateOutside, register_paper
from bangfu.foundation.documents.typesetting import (
    LONG,
    MOST_CHARACTERS,
    RenderedPaper,
    Stamp,
    drawn_characters,
    set_paper,
)
from bangfu.kernel.problems import Refused
from documents.conftest import SLIP, fonts_of, text_of

if TYPE_CHECKING:
    from pathlib import Path

DAY: Final = date(2026, 11, 20)
CODE: Final = "7KQ2M9XD4RT6"
STAMP: Final = Stamp(DAY, CODE, "https://bangfu.example/check/", demo=False)
HOSTILE: Final = (
    '#read("/etc/passwd")',
    '#import "@preview/cetz:0.3.0"',
    "#panic()",
    "]#text(red)[",
    "$ x^2 $ `code` *strong* _soft_ <label> @ref",
    "\\u{41} // comment /* more */",
    '"; #sys.inputs; "',
    "= title\n- list\n+ enum",
    "{{ x }} {% y %} ${z} %s",
)


def _slip(*lines: str, stamp: Stamp = STAMP) -> RenderedPaper:
    return set_paper(SLIP, {"title": "便条", "lines": list(lines)}, stamp)


@pytest.mark.parametrize("words", HOSTILE)
def test_what_looks_like_source_is_printed_as_it_is_written(words: str) -> None:
    assert "".join(words.split()) in text_of(_slip(words).pdf)


def test_a_title_may_be_hostile_too() -> None:
    made = set_paper(SLIP, {"title": '#read("/etc/hostname")', "lines": []}, STAMP)
    assert '#read("/etc/hostname")' in text_of(made.pdf)


def test_a_name_of_sixty_characters_is_there_to_the_last() -> None:
    name = "阿" * 59 + "末"
    assert name in text_of(_slip(name).pdf)


def test_equal_data_are_equal_bytes_and_other_data_are_not() -> None:
    first, again, other = _slip("李秀英"), _slip("李秀英"), _slip("李秀兰")
    assert first.pdf == again.pdf
    assert first.pdf != other.pdf


def test_another_process_makes_the_same_bytes(tmp_path: Path) -> None:
    """Nothing of the machine, the moment or the order of a set goes into the file."""
    code = (
        "import datetime, hashlib, types\n"
        "from bangfu.foundation.documents.typesetting import Stamp, set_paper\n"
        f"kind = types.SimpleNamespace(template={SLIP.template!r}, zh='便条', tagged=True)\n"
        f"stamp = Stamp(datetime.date(2026, 11, 20), {CODE!r}, 'https://bangfu.example/check/')\n"
        "data = {'title': '便条', 'lines': ['张𠀀\\ue000𪜈']}\n"
        "print(hashlib.sha256(set_paper(kind, data, stamp).pdf).hexdigest())\n"
    )
    surroundings = {"PATH": "", "HOME": str(tmp_path), "FONTCONFIG_FILE": "/dev/null"}
    told = {
        subprocess.run(
            [sys.executable, "-c", code],
            env=surroundings | {"PYTHONHASHSEED": seed, "TZ": zone},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "America/New_York"))
    }
    assert len(told) == 1


def test_only_the_shipped_fonts_are_used() -> None:
    made = _slip("张𠮷", "ABC abc 123 ①②③ ℃ ㎡ “引号”——破折号……", "𠀀")
    assert fonts_of(made.pdf) <= {"NotoSerifSC-Regular", "NotoSansSC-Regular", "BangfuRareSong"}


@pytest.mark.parametrize("character", ["𠮷", "䶮", "㑇", "𬭚", "𤋮", "龘", "〇", "·"])
def test_rare_characters_that_a_font_has_are_drawn(character: str) -> None:
    made = _slip(f"张{character}芳")
    assert made.missing == ()
    assert f"张{character}芳" in text_of(made.pdf)


@pytest.mark.parametrize(
    ("character", "number", "told"),
    [
        ("𠀀", "U+20000", "汉字扩展B区"),
        ("𪜈", "U+2A708", "汉字扩展C区"),
        ("\ue863", "U+E863", "自造字"),
        ("ꀀ", "U+A000", "YISYLLABLEIT"),
        ("😀", "U+1F600", "GRINNINGFACE"),
        ("\u202e", "U+202E", "RIGHT-TO-LEFTOVERRIDE"),
        ("\x07", "U+0007", "没有名称的字符"),
    ],
)
def test_a_character_no_font_has_is_shown_by_number_and_reported(
    character: str, number: str, told: str
) -> None:
    made = _slip(f"张{character}芳")
    text = text_of(made.pdf)
    assert made.missing == (character,)
    assert f"张{number}芳" in text
    assert told in text


def test_many_missing_characters_at_once_each_keep_their_number() -> None:
    absent = [chr(each) for each in range(0x20000, 0x20400) if each not in drawn_characters()]
    made = _slip("".join(absent))
    text = text_of(made.pdf)
    assert made.missing == tuple(absent)
    assert all(f"U+{ord(each):X}" in text for each in absent)


def test_halves_of_surrogates_and_variation_selectors_do_no_harm() -> None:
    made = _slip("葛\U000e0100城\ufe0f", "half \ud842 pair", "tab\there\r\nnext")
    assert made.missing == ()
    assert "葛城" in text_of(made.pdf)


def test_every_page_bears_code_day_and_count() -> None:
    made = _slip(*["一行字"] * 90)
    from_pages = text_of(made.pdf)
    assert from_pages.count("文书编号7KQ2-M9XD-4RT6") == 3
    assert from_pages.count("数据截至2026年11月20日") == 3
    assert all(f"第{each}页共3页" in from_pages for each in (1, 2, 3))
    assert "bangfu.example/check/" in from_pages


def test_a_draft_says_on_every_page_that_it_proves_nothing() -> None:
    made = _slip(*["一行字"] * 40, stamp=Stamp(DAY))
    text = text_of(made.pdf)
    assert text.count("预览件没有文书编号，不作凭据") == 2
    assert "文书编号7" not in text


def test_made_up_people_are_marked_on_every_page() -> None:
    lines = ["一行字"] * 40
    marked = _slip(*lines, stamp=Stamp(DAY, CODE, STAMP.address, demo=True))
    assert text_of(marked.pdf).count("演示") == 2
    assert "演示" not in text_of(_slip(*lines).pdf)


def test_threads_set_papers_beside_each_other() -> None:
    made: list[bytes] = []
    threads = [
        threading.Thread(target=lambda: made.extend(_slip("李秀英").pdf for _ in range(5)))
        for _ in range(4)
    ]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len(made) == 20
    assert len(set(made)) == 1


def test_a_template_that_cannot_be_set_is_refused_without_the_data() -> None:
    with pytest.raises(Refused) as refused:
        set_paper(SLIP, {"name": "李秀英"}, STAMP)
    assert "李秀英" not in repr(refused.value)
    assert [each.code for each in refused.value.problems] == ["documents.unmade"]
    assert refused.value.__suppress_context__


@pytest.mark.parametrize("path", ["/etc/x.typ", "../x.typ", "a/../../x.typ", "cases/papers/x.txt"])
def test_a_template_outside_the_package_is_refused(path: str) -> None:
    with pytest.raises(TemplateOutside):
        register_paper(PaperKind("other", "其他", "Other", path, "registry.read"))


def test_no_template_reads_files_fetches_packages_or_makes_source_of_data() -> None:
    found = [*PACKAGE.rglob("*.typ")]
    assert found
    for path in found:
        source = path.read_text(encoding="utf-8")
        for forbidden in ("@preview", "@local", "eval(", "read(", "plugin("):
            assert forbidden not in source, f"{path.name}: {forbidden}"


def test_data_are_json_beside_the_source() -> None:
    source = (PACKAGE / SLIP.template).read_text(encoding="utf-8")
    _slip(json.dumps({"title": "x"}))
    assert (PACKAGE / SLIP.template).read_text(encoding="utf-8") == source


def test_a_long_paper_is_set_by_another_process_to_the_same_bytes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bangfu.foundation.documents.typesetting.LONG", 0)
    apart = _slip("李秀英", "𠀀")
    monkeypatch.setattr("bangfu.foundation.documents.typesetting.LONG", LONG)
    assert apart == _slip("李秀英", "𠀀")


def test_what_another_process_cannot_set_is_refused_without_the_data(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bangfu.foundation.documents.typesetting.LONG", 0)
    with pytest.raises(Refused) as refused:
        set_paper(SLIP, {"name": "李秀英"}, STAMP)
    assert [each.code for each in refused.value.problems] == ["documents.unmade"]


def test_more_data_than_a_paper_holds_are_refused() -> None:
    with pytest.raises(Refused) as refused:
        _slip("长" * (MOST_CHARACTERS + 1))
    assert [each.code for each in refused.value.problems] == ["documents.too_long"]


def test_a_paper_without_tags_is_smaller_and_says_the_same() -> None:
    plain = replace(SLIP, tagged=False)
    data = {"title": "便条", "lines": ["李秀英"] * 50}
    small, whole = set_paper(plain, data, STAMP).pdf, set_paper(SLIP, data, STAMP).pdf
    assert len(small) < len(whole)
    assert text_of(small) == text_of(whole)


def test_a_missing_template_is_no_paper() -> None:
    with pytest.raises(PaperUnmade):
        compile_order(Order("cases/papers/none.typ", "{}", 0, tagged=True))
