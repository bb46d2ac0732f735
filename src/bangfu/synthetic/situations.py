"""Everything that is planted, in the order of the risks: trouble, near misses, gaps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bangfu.synthetic.situations_living import LIVING_RISKS
from bangfu.synthetic.situations_people import PEOPLE_RISKS
from bangfu.synthetic.situations_reported import REPORTED_RISKS
from bangfu.synthetic.situations_six import SIX_RISKS

if TYPE_CHECKING:
    from bangfu.synthetic.events import Situation

SITUATIONS: Final[tuple[Situation, ...]] = (
    *SIX_RISKS,
    *LIVING_RISKS,
    *PEOPLE_RISKS,
    *REPORTED_RISKS,
)
"""Everything that is planted."""
