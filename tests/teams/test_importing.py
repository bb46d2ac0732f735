"""Sheets: from an upload over its preview to the tables, out again, and in again without change."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from django.http import Http404
from openpyxl import load_workbook

from bangfu.foundation.access.api import AccessRefused
from bangfu.kernel.problems import Refused
from bangfu.teams.api import Duty, begin_duty, load_duties, load_grid, load_pairings
from bangfu.teams.domain.catalogue import KINDS, load_catalogue
from bangfu.teams.domain.settling import Outcome
from bangfu.teams.imports import (
    check_upload,
    commit_upload,
    discard_upload,
    write_upload_errors,
)
from bangfu.teams.models import Cadre, TeamsUpload
from bangfu.teams.queries.current import write_blank, write_current
from bangfu.teams.queries.uploads import open_preview
from importing.workbooks import workbook
from registry.making import COUNTY, FAR_VILLAGE, VILLAGE
from teams.teams_making import bring_bureaus, bring_households, cell, duty, manager, person
from teams.test_loading import ROWS

if TYPE_CHECKING:
    from bangfu.foundation.access.api import Actor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places", "county")]


@pytest.fixture
def county(places: None) -> None:
    bring_bureaus()
    bring_households()


def book(kind: str, *rows: dict[str, Any]) -> bytes:
    """A sheet of a kind with these cells, as people see them."""
    layout = load_catalogue().layouts[kind]
    items = layout.items[kind]
    lines = [[str(row.get(item.name, "")) for item in items] for row in rows]
    return workbook({layout.sheets[kind]["zh"]: [[item.zh for item in items], *lines]})


def check(kind: str, data: bytes, actor: Actor | None = None) -> TeamsUpload:
    sources = [(f"{kind}.xlsx", data)]
    return check_upload(actor=actor or manager(), kind=kind, sources=sources, division=COUNTY)


GOOD = {
    "name": "冯蓉", "organisation": "通江县水利局", "phone": "19900000001", "role": "第一书记",
    "division": VILLAGE, "place_name": "朱元村", "valid_from": "2026-01-01",
}  # fmt: skip
BAD = {**GOOD, "name": "罗勇", "phone": "", "division": "511921999999", "role": "农技员"}
WORSE = {**GOOD, "role": "皇帝"}


def test_what_is_right_is_written_and_the_rest_comes_back_explained() -> None:
    upload = check("duty", book("duty", GOOD, BAD, WORSE))
    assert (upload.new, upload.refused) == (1, 2)
    assert not Duty.objects.exists()
    preview = open_preview(upload)
    assert {each.first.code for each in preview.refusals} == {
        "teams.place_unknown",
        "importing.unknown_code",
    }
    shown = {each.row: each.outcome for each in preview.rows}
    assert shown == {2: Outcome.NEW, 3: Outcome.REFUSED, 4: Outcome.REFUSED}
    marked = load_workbook(BytesIO(write_upload_errors(actor=manager(), upload_id=upload.pk)))
    rows = list(marked.worksheets[0].iter_rows(values_only=True))
    assert rows[1][-1] is None
    assert "没有这个区划代码" in str(rows[2][-1])
    commit_upload(actor=manager(), upload_id=upload.pk)
    assert Duty.objects.get().cadre.name == "冯蓉"
    commit_upload(actor=manager(), upload_id=upload.pk)
    assert Duty.objects.count() == 1


@pytest.mark.parametrize("kind", KINDS)
def test_what_goes_out_comes_in_again_without_change(kind: str) -> None:
    actor = manager()
    load_duties(actor=actor, division=COUNTY, rows=ROWS["duty"])
    load_duties(actor=actor, division=COUNTY, rows=[
        duty(person("何建国"), role="technician", valid_to=duty().valid_from, end_reason="mistaken")
    ])  # fmt: skip
    load_pairings(actor=actor, division=COUNTY, rows=ROWS["pairing"])
    load_grid(actor=actor, division=COUNTY, rows=[*ROWS["grid"], cell(None, person=None, role="",
                                                  cell="二组", valid_from=None)])  # fmt: skip
    people = Cadre.objects.count()
    data = write_current(actor, kind, COUNTY, "zh")
    assert b"19900000001" not in data
    upload = check(kind, data)
    assert (upload.new, upload.changed, upload.refused) == (0, 0, 0)
    assert upload.unchanged > 1
    commit_upload(actor=actor, upload_id=upload.pk)
    assert Cadre.objects.count() == people


@pytest.mark.parametrize(("kind", "language"), list(zip(KINDS, ["zh", "en"] * 2, strict=True)))
def test_the_template_is_read_as_it_is(kind: str, language: Any) -> None:
    with pytest.raises(Refused) as caught:
        check(kind, write_blank(kind, language))
    assert {each.code for each in caught.value.problems} <= {"importing.no_rows"}


def test_a_list_is_not_written_when_the_tables_have_changed() -> None:
    upload = check("duty", book("duty", GOOD))
    begin_duty(actor=manager(), row=duty(person("罗勇")))
    with pytest.raises(Refused) as caught:
        commit_upload(actor=manager(), upload_id=upload.pk)
    assert caught.value.problems[0].code == "teams.changed_meanwhile"
    assert not Cadre.objects.filter(name="冯蓉").exists()


def test_a_discarded_list_leaves_nothing_and_cannot_be_committed() -> None:
    upload = check("duty", book("duty", GOOD))
    upload = discard_upload(actor=manager(), upload_id=upload.pk)
    assert (upload.files, upload.preview_sealed) == ([], None)
    with pytest.raises(Refused):
        commit_upload(actor=manager(), upload_id=upload.pk)


def test_lists_are_seen_and_written_by_who_manages_their_place() -> None:
    with pytest.raises(AccessRefused):
        check("duty", book("duty", GOOD), manager(VILLAGE))
    with pytest.raises(AccessRefused):
        check("duty", book("duty", GOOD), manager(COUNTY, "teams.read", "registry.read"))
    upload = check("duty", book("duty", GOOD))
    for stranger in (manager(FAR_VILLAGE), manager(VILLAGE)):
        with pytest.raises(Http404):
            commit_upload(actor=stranger, upload_id=upload.pk)
