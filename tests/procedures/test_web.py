"""The pages of procedures: every table in words, drawn, with its versions and its text."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from procedures.table_oracle import table, table_files

if TYPE_CHECKING:
    from collections.abc import Callable

    from support.people import Worker

pytestmark = pytest.mark.usefixtures("pack", "on_friday")


@pytest.fixture
def officer(worker: Callable[[str], Worker]) -> Client:
    """The county's officer, signed in."""
    client = Client()
    client.force_login(worker("officer").person)
    return client


def page_of(client: Client, address: str) -> str:
    """A page's text; it is there."""
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("path", table_files())
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_table_has_a_page_that_says_all_of_it(
    officer: Client, path: str, language: str
) -> None:
    raw = table(path)
    officer.cookies.load({"django_language": "zh-hans" if language == "zh" else "en"})
    address = reverse("procedures:procedure", args=[raw["name"]])
    text = page_of(officer, f"{address}?from={raw['valid_from']}")
    said = [raw["label"], *(each["label"] for each in raw["states"].values())]
    said += [each["label"] for each in raw["moves"].values()]
    said += [
        raw["guards"][name]["reason"]
        for move in raw["moves"].values()
        for name in move.get("guards", ())
    ]
    missing = [each[language] for each in said if _escaped(each[language]) not in text]
    assert missing == []
    assert all(f"  {name}:" in text for name in raw["moves"])
    ways = sum(len(move["from"]) for move in raw["moves"].values())
    assert text.count('class="dot"') + text.count('class="step"') == ways


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("'", "&#x27;").replace('"', "&quot;")


def test_the_title_is_the_answer(officer: Client) -> None:
    text = page_of(officer, reverse("procedures:procedure", args=["clue"]))
    assert "<h1>风险线索：3 步" in text
    assert "县级业务员" in text
    assert "2 个工作日" in text
    assert "待核实" in text


def test_the_list_holds_every_version_and_gives_itself_out(officer: Client) -> None:
    text = page_of(officer, reverse("procedures:list"))
    for path in table_files():
        raw = table(path)
        assert f"{raw['name']}/?from={raw['valid_from']}" in text
    answer = officer.get(reverse("procedures:list"), {"export": "xlsx", "q": "线索"})
    book = openpyxl.load_workbook(
        io.BytesIO(b"".join(answer.streaming_content) if answer.streaming else answer.content)
    )
    cells = {str(cell.value) for row in book.active.iter_rows() for cell in row}
    assert "风险线索" in cells
    assert "信息变更" not in cells


@pytest.mark.parametrize("asked", ["no-such", "clue/?from=1999-01-01", "clue/?from=soon"])
def test_what_is_not_there_is_not_found(officer: Client, asked: str) -> None:
    path, _, query = f"{reverse('procedures:list')}{asked}".partition("?")
    address = path if path.endswith("/") else f"{path}/"
    assert officer.get(f"{address}?{query}").status_code == 404


def test_a_stranger_to_policy_is_told_so(worker: Callable[[str], Worker]) -> None:
    client = Client()
    client.force_login(worker("auditor").person)
    assert client.get(reverse("procedures:list")).status_code == 403
