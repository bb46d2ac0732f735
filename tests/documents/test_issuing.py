"""Issued papers: sealed, on record, found by their code, and nothing more."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.core import serializers
from django.http import Http404

from bangfu.foundation.access.api import AccessRefused, actor_of, system_actor
from bangfu.foundation.audit.models import AuditEvent
from bangfu.foundation.documents.api import (
    IssuedPaper,
    find_by_code,
    in_groups,
    issue_paper,
    issued_for,
    list_issued,
    open_paper,
    render_paper,
)
from bangfu.foundation.files.models import StoredFile
from documents.conftest import text_of
from support.people import COUNTY, VILLAGE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from uuid import UUID

    from pytest_django.fixtures import SettingsWrapper

    from bangfu.foundation.access.api import Actor
    from support.people import Worker

pytestmark = pytest.mark.django_db
DATA = {"title": "便条", "lines": ["李秀英家的便条"]}
SUBJECT = uuid4()


def _issue(
    actor: Actor,
    subject: UUID = SUBJECT,
    *,
    division: str = VILLAGE,
    data: dict[str, Any] = DATA,
    day: date | None = None,
) -> IssuedPaper:
    return issue_paper(
        actor=actor,
        kind="slip",
        subject_type="household",
        subject_id=subject,
        division=division,
        data=data,
        place="通江县铁溪镇朱元村",
        day=day,
    )


@pytest.fixture
def reviewer(worker: Callable[[str], Worker]) -> Actor:
    return actor_of(worker("reviewer").person)


def test_the_file_bears_the_code_of_its_row_and_the_row_the_hash_of_its_file(
    reviewer: Actor,
) -> None:
    paper = _issue(reviewer)
    _, stream = open_paper(actor=reviewer, paper_id=paper.pk)
    pdf = stream.read()
    assert in_groups(paper.code) in text_of(pdf)
    assert "李秀英家的便条" in text_of(pdf)
    assert paper.sha256 == hashlib.sha256(pdf).hexdigest()


def test_issuing_and_opening_are_on_record_without_a_name(reviewer: Actor) -> None:
    paper = _issue(reviewer)
    open_paper(actor=reviewer, paper_id=paper.pk)
    issued = AuditEvent.objects.get(action="documents.paper_issued")
    assert issued.person_id == reviewer.person_id
    assert issued.division == VILLAGE
    assert AuditEvent.objects.filter(kind="opened", subject_type="file").count() == 1
    assert "李秀英" not in serializers.serialize("json", AuditEvent.objects.all())


def test_neither_row_nor_disk_tells_what_stands_on_the_paper(
    reviewer: Actor, settings: SettingsWrapper
) -> None:
    paper = _issue(reviewer)
    rows = serializers.serialize("json", [paper, *StoredFile.objects.all()])
    assert "李秀英" not in rows
    assert "李秀英".encode("unicode_escape").decode() not in rows
    folder: Path = settings.BANGFU_HOME / "files"
    assert not any(b"%PDF" in each.read_bytes() for each in folder.glob("??/*"))


def test_the_same_data_of_the_same_day_are_one_paper(reviewer: Actor) -> None:
    first = _issue(reviewer)
    assert _issue(reviewer).pk == first.pk
    others = [
        _issue(reviewer, data={**DATA, "lines": ["李秀英家的便条。"]}),
        _issue(reviewer, day=date(2026, 1, 1)),
        _issue(reviewer, uuid4()),
    ]
    assert len({first.pk, *(each.pk for each in others)}) == 4
    assert len({first.code, *(each.code for each in others)}) == 4


def test_whoever_may_only_read_issues_nothing(worker: Callable[[str], Worker]) -> None:
    with pytest.raises(AccessRefused):
        _issue(actor_of(worker("villager").person))
    assert not IssuedPaper.objects.exists()
    assert not StoredFile.objects.exists()


def test_another_place_does_not_see_it(reviewer: Actor, worker: Callable[[str], Worker]) -> None:
    paper = _issue(system_actor("tests"), division=COUNTY + "104201")
    assert not list_issued(reviewer).exists()
    with pytest.raises(Http404):
        open_paper(actor=reviewer, paper_id=paper.pk)
    with pytest.raises(AccessRefused):
        _issue(reviewer, division=COUNTY)
    officer = actor_of(worker("officer").person)
    assert [each.pk for each in list_issued(officer)] == [paper.pk]


def test_the_latest_of_a_kind_counts(reviewer: Actor) -> None:
    assert issued_for(SUBJECT, "slip") is None
    _issue(reviewer)
    later = _issue(reviewer, data={"title": "便条", "lines": []})
    found = issued_for(SUBJECT, "slip")
    assert found is not None
    assert found.pk == later.pk
    assert issued_for(SUBJECT, "other") is None
    assert list_issued(reviewer, subject_id=SUBJECT)[0].pk == later.pk


def test_a_code_tells_kind_place_and_days_and_no_name(reviewer: Actor) -> None:
    paper = _issue(reviewer, day=date(2026, 11, 20))
    told = find_by_code(in_groups(paper.code).lower())
    assert told is not None
    assert (told.kind_zh, told.place, told.as_of) == (
        "便条",
        "通江县铁溪镇朱元村",
        date(2026, 11, 20),
    )
    assert told.sha256 == paper.sha256
    assert "李秀英" not in repr(told)
    assert find_by_code("") is None


def test_characters_no_font_has_are_told_with_the_paper(reviewer: Actor) -> None:
    paper = _issue(reviewer, data={"title": "便条", "lines": ["张𠀀芳、李\ue863"]})
    assert paper.missing == ["U+E863", "U+20000"]


def test_a_demo_home_marks_every_paper(reviewer: Actor, settings: SettingsWrapper) -> None:
    settings.BANGFU_DEMO = True
    paper = _issue(reviewer)
    _, stream = open_paper(actor=reviewer, paper_id=paper.pk)
    assert "演示" in text_of(stream.read())
    settings.BANGFU_DEMO = False
    assert "演示" not in text_of(render_paper("slip", DATA).pdf)


def test_data_of_any_shape_have_one_hash_whatever_the_order(reviewer: Actor) -> None:
    turned = json.loads(json.dumps(DATA, sort_keys=True))
    assert _issue(reviewer, data=dict(reversed(turned.items()))).pk == _issue(reviewer).pk
