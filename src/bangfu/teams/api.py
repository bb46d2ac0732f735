"""The door to people and postings: others import only this."""

from bangfu.teams.domain.catalogue import Catalogue, Role, load_catalogue
from bangfu.teams.domain.rows import (
    DutyRow,
    GridRow,
    OrganisationRow,
    PairingRow,
    PersonRow,
)
from bangfu.teams.models import Cadre, Duty, GridCell, Organisation, Pairing
from bangfu.teams.permissions import MANAGE, READ
from bangfu.teams.queries.duties import (
    DutyFilters,
    Gap,
    GapFilters,
    list_duties,
    list_gaps,
    who_holds,
)
from bangfu.teams.queries.grid import CellView, count_cells, grid_of
from bangfu.teams.queries.pairings import (
    PairingFilters,
    count_unhelped,
    list_helpers,
    list_pairings,
)
from bangfu.teams.queries.people import Candidate, household_limit, list_candidates
from bangfu.teams.services.acts import (
    begin_duty,
    begin_pairing,
    end_duty,
    end_pairing,
    hand_over_duty,
    hand_over_pairing,
)
from bangfu.teams.services.duties import load_duties
from bangfu.teams.services.grid import load_grid
from bangfu.teams.services.organisations import load_organisations, succeed_organisation
from bangfu.teams.services.pairings import load_pairings
from bangfu.teams.services.plans import Loaded
from bangfu.teams.services.revealing import reveal_phone

__all__ = [
    "MANAGE",
    "READ",
    "Cadre",
    "Candidate",
    "Catalogue",
    "CellView",
    "Duty",
    "DutyFilters",
    "DutyRow",
    "Gap",
    "GapFilters",
    "GridCell",
    "GridRow",
    "Loaded",
    "Organisation",
    "OrganisationRow",
    "Pairing",
    "PairingFilters",
    "PairingRow",
    "PersonRow",
    "Role",
    "begin_duty",
    "begin_pairing",
    "count_cells",
    "count_unhelped",
    "end_duty",
    "end_pairing",
    "grid_of",
    "hand_over_duty",
    "hand_over_pairing",
    "household_limit",
    "list_candidates",
    "list_duties",
    "list_gaps",
    "list_helpers",
    "list_pairings",
    "load_catalogue",
    "load_duties",
    "load_grid",
    "load_organisations",
    "load_pairings",
    "reveal_phone",
    "succeed_organisation",
    "who_holds",
]
