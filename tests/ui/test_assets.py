"""From a source's name to the built file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.template import Context, Template

from bangfu.foundation.ui.assets import asset_url

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django.fixtures import SettingsWrapper


@pytest.fixture
def built(tmp_path: Path, settings: SettingsWrapper) -> Path:
    (tmp_path / "manifest.json").write_text('{"main.css": {"file": "build/main-a1B2c3D4.css"}}')
    settings.BANGFU_ASSETS = tmp_path
    return tmp_path


def test_a_source_is_found_under_its_hashed_name(built: Path) -> None:
    drawn = Template('{% load ui %}{% asset "main.css" %}').render(Context())
    assert drawn == "/static/build/main-a1B2c3D4.css"


def test_a_source_that_was_not_built_is_named(built: Path) -> None:
    with pytest.raises(ImproperlyConfigured, match=r"no other\.css; it has main\.css"):
        asset_url("other.css")


def test_without_a_build_the_error_says_what_to_run(
    tmp_path: Path, settings: SettingsWrapper
) -> None:
    settings.BANGFU_ASSETS = tmp_path
    with pytest.raises(ImproperlyConfigured, match="npm run build"):
        asset_url("main.css")
