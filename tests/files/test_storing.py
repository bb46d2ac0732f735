"""Files in and out."""

from __future__ import annotations

import io

import pytest

from bangfu.foundation.access.api import system_actor
from bangfu.foundation.files.api import Purpose, open_stored, register_purpose, store


@pytest.mark.django_db
def test_what_goes_in_comes_out() -> None:
    register_purpose(Purpose("trial.file", "system.operate", "system.operate", "试验", "Trial"))
    actor = system_actor("trial")
    data = bytes(range(256)) * 1000
    stored = store(
        actor=actor,
        name="表.xlsx",
        stream=io.BytesIO(data),
        purpose="trial.file",
        division="511921",
    )
    with open_stored(actor=actor, file_id=stored.id) as stream:
        assert stream.read() == data
