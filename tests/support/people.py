"""Three people who work in the made-up county, given their postings as in production."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pytest

from bangfu.foundation.access.api import grant_posting, system_actor
from bangfu.foundation.accounts.api import Person, create_person

if TYPE_CHECKING:
    from collections.abc import Callable

    from bangfu.foundation.access.api import Posting

COUNTY: Final = "511921"
TOWNSHIP: Final = "511921103"
VILLAGE: Final = "511921103201"
PASSWORD: Final = "niulan-shan-9"

WHO: Final = {
    "officer": ("zhou.min", "周敏", "county_officer", "通江县乡村振兴局", "县级经办", COUNTY),
    "reviewer": ("feng.rong", "冯蓉", "township_reviewer", "铁溪镇", "镇级审核", TOWNSHIP),
    "villager": ("yue.peng", "岳鹏", "village_official", "朱元村", "村网格员", VILLAGE),
    "auditor": ("he.jian", "何健", "audit_administrator", "通江县审计局", "审计管理员", COUNTY),
}


@dataclass(frozen=True, slots=True)
class Worker:
    """Somebody with a posting."""

    person: Person
    posting: Posting


def make_worker(name: str) -> Worker:
    """The person called `name` in `WHO`, with their one posting."""
    username, full_name, role, organisation, title, division = WHO[name]
    actor = system_actor("tests")
    person = create_person(actor=actor, username=username, name=full_name, password=PASSWORD)
    posting = grant_posting(
        actor=actor,
        person=person,
        organisation=organisation,
        title=title,
        role=role,
        divisions=[division],
    )
    return Worker(person, posting)


@pytest.fixture
def worker(db: None) -> Callable[[str], Worker]:
    """Makes one of the people."""
    return make_worker
