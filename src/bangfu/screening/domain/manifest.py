"""The manifest of a snapshot: what it holds, and hashes that show whether it was altered."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

FORMAT: Final = 2
FILE: Final = "manifest.json"
HOUSEHOLDS: Final = "households.parquet"
MEMBERS: Final = "members.parquet"
REPORTS: Final = "reports.parquet"


class ManifestInvalid(ValueError):
    """A manifest that cannot be read, or whose hash does not fit it."""


@dataclass(frozen=True, slots=True)
class CountyPart:
    """One county's files, with their SHA-256 by file name.

    Attributes:
        folder: where they lie in the snapshot; empty when all counties share the same files.
    """

    county: str
    folder: str
    households: int
    members: int
    reports: int
    files: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a snapshot holds.

    Attributes:
        as_of: the day whose register it is.
        source_date: the newest day for which a household's facts are known to hold.
        layout: the version of the register's layout.
    """

    division: str
    as_of: date
    source_date: date | None
    layout: str
    counties: tuple[CountyPart, ...]

    @property
    def households(self) -> int:
        """Households in all counties."""
        return sum(part.households for part in self.counties)

    @property
    def members(self) -> int:
        """Members in all counties."""
        return sum(part.members for part in self.counties)

    @property
    def hash(self) -> str:
        """SHA-256 over everything else: equal exactly when two snapshots hold the same."""
        return hashlib.sha256(json.dumps(self._content(), sort_keys=True).encode()).hexdigest()

    def _content(self) -> dict[str, Any]:
        return {
            "format": FORMAT,
            "division": self.division,
            "as_of": self.as_of.isoformat(),
            "source_date": self.source_date.isoformat() if self.source_date else None,
            "layout": self.layout,
            "households": self.households,
            "members": self.members,
            "counties": [
                {
                    "county": part.county,
                    "folder": part.folder,
                    "households": part.households,
                    "members": part.members,
                    "reports": part.reports,
                    "files": dict(part.files),
                }
                for part in self.counties
            ],
        }

    def document(self) -> dict[str, Any]:
        """The manifest as it stands in its file."""
        return {**self._content(), "hash": self.hash}


def read_manifest(document: Any) -> Manifest:
    """The manifest in a parsed file.

    Raises:
        ManifestInvalid: when a part is missing, or the hash does not fit.
    """
    try:
        source = document["source_date"]
        manifest = Manifest(
            division=document["division"],
            as_of=date.fromisoformat(document["as_of"]),
            source_date=date.fromisoformat(source) if source else None,
            layout=document["layout"],
            counties=tuple(CountyPart(**part) for part in document["counties"]),
        )
        if document["hash"] != manifest.hash:
            raise ManifestInvalid("hash")
    except (KeyError, TypeError, AttributeError, ValueError) as fault:
        raise ManifestInvalid(str(fault)) from fault
    return manifest
