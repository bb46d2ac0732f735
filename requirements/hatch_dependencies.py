"""Read the wheel's dependencies from main.in, so that they are written down once."""

from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface


class DependenciesFromMainIn(MetadataHookInterface):
    """Fill `dependencies` with the lines of requirements/main.in."""

    PLUGIN_NAME = "custom"

    def update(self, metadata: dict[str, Any]) -> None:
        """Set the wheel's dependencies; the sdist carries the file, so both builds agree."""
        lines = (Path(self.root) / "requirements" / "main.in").read_text(encoding="utf-8").splitlines()
        metadata["dependencies"] = [line for line in lines if line and not line.startswith("#")]
