"""The tables: organisations, people, their duties and pairings, cells of the grid, uploads."""

from bangfu.teams.models.duties import Duty, GridCell
from bangfu.teams.models.organisations import Organisation, OrganisationSuccession
from bangfu.teams.models.pairings import Pairing
from bangfu.teams.models.people import Cadre
from bangfu.teams.models.uploads import TeamsUpload, UploadState

__all__ = [
    "Cadre",
    "Duty",
    "GridCell",
    "Organisation",
    "OrganisationSuccession",
    "Pairing",
    "TeamsUpload",
    "UploadState",
]
