"""In every village a First Secretary, a helper of its first household, and a cell of the grid."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Final

from bangfu.foundation.access.api import system_actor
from bangfu.teams.api import (
    Duty,
    DutyRow,
    GridRow,
    Organisation,
    OrganisationRow,
    Pairing,
    PairingRow,
    PersonRow,
    load_duties,
    load_grid,
    load_organisations,
    load_pairings,
)
from bangfu.teams.imports import check_upload
from bangfu.teams.models import Cadre, TeamsUpload
from bangfu.teams.queries.current import write_current

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

FROM: Final = date(2026, 1, 1)
ROLES: Final = ("书记", "帮手")


@dataclass
class Team:
    """Things of people and postings with their places."""

    duties: dict[UUID, str] = field(default_factory=dict)
    pairings: dict[UUID, str] = field(default_factory=dict)
    cadres: dict[UUID, str] = field(default_factory=dict)
    organisations: dict[UUID, str] = field(default_factory=dict)
    uploads: dict[UUID, str] = field(default_factory=dict)
    marks: dict[str, str] = field(default_factory=dict)


def make_team(counties: Sequence[str], villages: Sequence[str], families: Sequence[str]) -> Team:
    """Make them by the services."""
    team = Team()
    for county in counties:
        _fill(county, [
            (village, family)
            for village, family in zip(villages, families, strict=True)
            if village.startswith(county)
        ])  # fmt: skip
    for duty in Duty.objects.all():
        team.duties[duty.pk] = duty.division
        team.cadres[duty.cadre_id] = duty.division
    team.pairings = dict(Pairing.objects.values_list("pk", "household__village_code"))
    team.cadres |= {row.cadre_id: team.pairings[row.pk] for row in Pairing.objects.all()}
    team.organisations = dict(Organisation.objects.values_list("pk", "division"))
    team.uploads = dict(TeamsUpload.objects.values_list("pk", "division"))
    names = dict(Cadre.objects.values_list("pk", "name"))
    team.marks = {names[cadre]: place for cadre, place in team.cadres.items()}
    return team


def _fill(county: str, places: Sequence[tuple[str, str]]) -> None:
    actor, bureau = system_actor("tests", county), f"{county}水利局"
    load_organisations(
        actor=actor, division=county, rows=[OrganisationRow(bureau, "department", county, FROM)]
    )

    def person(family: str, role: str) -> PersonRow:
        return PersonRow(f"{family}{role}", organisation=bureau)

    secretaries = [(village, person(family, ROLES[0])) for village, family in places]
    helpful = [(village, person(family, ROLES[1])) for village, family in places]
    load_duties(actor=actor, division=county, rows=[
        DutyRow(who, "first_secretary", village, FROM) for village, who in secretaries
    ])  # fmt: skip
    load_pairings(actor=actor, division=county, rows=[
        PairingRow(f"H{village}0", who, True, FROM) for village, who in helpful
    ])  # fmt: skip
    load_grid(actor=actor, division=county, rows=[
        GridRow("village", village, "group", "一组", FROM, who, "grid_head", FROM)
        for village, who in secretaries
    ])  # fmt: skip
    sheet = ("任职.xlsx", write_current(actor, "duty", county, "zh"))
    check_upload(actor=actor, kind="duty", sources=[sheet], division=county)
