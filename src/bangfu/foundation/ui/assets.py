"""The built front end: from a source's name to the hashed file that Vite wrote."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.templatetags.static import static

__all__ = ["asset_url"]


@cache
def _read_manifest(folder: Path) -> dict[str, str]:
    """Source name to file, as the build wrote it; read once a process."""
    path = folder / "manifest.json"
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ImproperlyConfigured(
            f"The front end is not built: {path} is missing. Run `npm ci` and `npm run build`."
        ) from None
    return {name: entry["file"] for name, entry in manifest.items()}


def asset_url(name: str) -> str:
    """The address of a built source, `main.css` or `main.ts`.

    Raises:
        ImproperlyConfigured: when the front end is not built, or the build has no such source.
    """
    files = _read_manifest(Path(settings.BANGFU_ASSETS))
    if name not in files:
        raise ImproperlyConfigured(
            f"The front end has no {name}; it has {', '.join(sorted(files))}"
        )
    return static(files[name])
