"""The pages people read first: true names, working links, one entry a word."""

from __future__ import annotations

import re
import tomllib

import pytest

from docs.built import DOCS, ROOT

pytestmark = pytest.mark.one_database
ROOT_PAGES = ("README", "ARCHITECTURE", "CONTRIBUTING", "GLOSSARY", "CHANGELOG")
LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)(?:#[^)]*)?\)")


def text_of(name: str) -> str:
    return (ROOT / f"{name}.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ROOT_PAGES)
def test_every_link_of_a_root_page_leads_to_a_file(name: str) -> None:
    targets = [link for link in LINK.findall(text_of(name)) if "://" not in link]
    assert [link for link in targets if not (ROOT / link).exists()] == []


@pytest.mark.parametrize("name", ["README", "CONTRIBUTING"])
def test_every_make_target_named_exists(name: str) -> None:
    targets = set(re.findall(r"^([a-z0-9-]+):", (ROOT / "Makefile").read_text(), re.M))
    named = set(re.findall(r"`make ([a-z-]+)|^make ([a-z-]+)", text_of(name), re.M))
    words = {first or second for first, second in named}
    assert words
    assert words <= targets


def test_the_architecture_names_every_room_of_the_contract() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    layers = project["tool"]["importlinter"]["contracts"][0]["layers"]
    rooms = {name.strip(" ()") for layer in layers for name in layer.split("|")}
    rows = re.findall(r"^\| (`[^|]+`) \|[^|]*\| ([^|]+) \|", text_of("ARCHITECTURE"), re.M)
    said = {
        name: built.strip() != "no" for cell, built in rows for name in re.findall(r"`(\w+)`", cell)
    }
    there = {room: (ROOT / "src" / "bangfu" / room).is_dir() for room in rooms}
    assert {name: said.get(name) for name in rooms} == there


def glossary_rows() -> list[list[str]]:
    table = text_of("GLOSSARY").split("## Words of the field", maxsplit=1)[0]
    lines = [line for line in table.splitlines() if line.startswith("|")][2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def test_the_glossary_has_one_entry_a_word_in_order() -> None:
    words = [row[1] for row in glossary_rows()]
    assert len(words) > 40
    assert len(set(words)) == len(words)
    assert words == sorted(words)


def test_the_code_uses_the_words_of_the_glossary() -> None:
    source = "\n".join(
        path.read_text(encoding="utf-8")
        for path in (ROOT / "src" / "bangfu").rglob("*")
        if path.suffix in {".py", ".yaml"}
    )
    wanted = [word for row in glossary_rows() for word in re.findall(r"`([^`]+)`", row[2])]
    assert len(wanted) >= len(glossary_rows())
    assert [word for word in wanted if not re.search(rf"\b{re.escape(word)}\b", source)] == []


def test_every_image_of_the_documentation_is_used_and_every_use_has_its_image() -> None:
    images = {path.name for path in (DOCS / "tutorial" / "images").glob("*.png")}
    used = {
        name
        for path in DOCS.rglob("*.md")
        for name in re.findall(r"images/([\w-]+\.png)", path.read_text(encoding="utf-8"))
    }
    assert used == images
