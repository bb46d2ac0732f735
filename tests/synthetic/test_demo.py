"""The demo's people have roles that exist and places that are real."""

from __future__ import annotations

from importlib.resources import files

import yaml

from bangfu.synthetic.demo import STORY, demo_people
from bangfu.synthetic.places import villages_in

_TIERS = {"village": 12, "township": 9, "county": 6, "prefecture": 4, "province": 2}


def _roles() -> dict[str, dict[str, str]]:
    text = (files("bangfu") / "packs" / "register" / "roles.yaml").read_text(encoding="utf-8")
    roles: dict[str, dict[str, str]] = yaml.safe_load(text)["roles"]
    return roles


def test_every_role_of_the_register_has_somebody_in_the_demo() -> None:
    assert {person.role for person in demo_people()} == set(_roles())


def test_places_are_of_the_tier_the_role_is_granted_for() -> None:
    roles = _roles()
    for person in demo_people():
        tier = roles[person.role].get("tier")
        for division in person.divisions:
            assert villages_in(division)
            assert tier is None or len(division) == _TIERS[tier]


def test_the_county_officer_comes_first_and_names_and_user_names_come_once() -> None:
    people = demo_people()
    assert (people[0].name, people[0].username, people[0].divisions) == (
        "周敏",
        "zhoumin",
        ("511921",),
    )
    assert len({person.username for person in people}) == len(people)
    assert len({person.name for person in people}) == len(people)
    assert len({person.password for person in people}) == len(people)


def test_the_township_reviewer_works_where_the_story_says() -> None:
    reviewer = next(person for person in demo_people() if person.username == "puyan")
    assert {village.township for village in villages_in(reviewer.divisions[0])} == {"唱歌镇"}
    assert STORY.division == "511921"


def test_places_in_introductions_are_those_of_the_grants() -> None:
    for person in demo_people():
        if person.role == "village_official" and len(person.divisions) == 1:
            (village,) = villages_in(person.divisions[0])
            assert village.name in person.introduction
            assert person.organisation.startswith(f"{village.township}{village.name}")
