"""The key ring is made once, read by its owner alone, and never guessed at."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from bangfu.foundation.secrets import ring as ring_module
from bangfu.foundation.secrets.api import KeyRingInvalid, rotate_keys, seal, unseal
from bangfu.foundation.secrets.ring import current_ring

if TYPE_CHECKING:
    from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pytest_django import Settings

pytestmark = pytest.mark.one_database


@pytest.fixture
def keys(settings: Settings, tmp_path: Path) -> Path:
    settings.BANGFU_KEYS = tmp_path / "a" / "keys"
    return tmp_path / "a" / "keys"


def test_it_is_made_on_first_use_for_its_owner_alone(keys: Path) -> None:
    current_ring()
    assert (keys / "ring.json").stat().st_mode & 0o777 == 0o600
    assert keys.stat().st_mode & 0o777 == 0o700
    assert [path.name for path in keys.iterdir()] == ["ring.json"]


def test_it_is_made_only_once_by_many_at_the_same_time(keys: Path) -> None:
    """Processes, because threads of one would share what they remember."""
    code = (
        "import sys; from django.conf import settings; settings.configure("
        "BANGFU_KEYS=sys.argv[1])\n"
        "from bangfu.foundation.secrets.ring import current_ring\n"
        "sys.stdin.readline(); print(current_ring().current)"
    )
    running = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(keys)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        )
        for _ in range(6)
    ]
    with ThreadPoolExecutor(len(running)) as pool:
        seen = set(pool.map(lambda each: each.communicate("go\n")[0].strip(), running))
    assert len(seen) == 1
    assert seen == {json.loads((keys / "ring.json").read_text(encoding="ascii"))["current"]}


def test_a_lost_race_keeps_the_first_ring(keys: Path) -> None:
    first = current_ring()
    ring_module._make(keys / "ring.json")
    assert current_ring(reread=True) == first


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660])
def test_a_ring_open_to_others_is_refused(keys: Path, mode: int) -> None:
    current_ring()
    (keys / "ring.json").chmod(mode)
    with pytest.raises(KeyRingInvalid, match="open to other users"):
        current_ring(reread=True)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"current": "a", "keys": {}, "fingerprint": ""}',
        '{"current": "0000000z", "keys": {"0000000z": "AA=="}, "fingerprint": "AA=="}',
    ],
)
def test_a_damaged_ring_is_refused_and_never_replaced(keys: Path, text: str) -> None:
    keys.mkdir(parents=True)
    path = keys / "ring.json"
    path.write_text(text, encoding="ascii")
    path.chmod(0o600)
    with pytest.raises(KeyRingInvalid, match="is not a key ring"):
        seal("member", "identity", 1, "x")
    assert path.read_text(encoding="ascii") == text


@pytest.mark.parametrize("field", ["current", "keys", "fingerprint"])
def test_a_ring_with_a_wrong_field_is_refused(keys: Path, field: str) -> None:
    current_ring()
    path = keys / "ring.json"
    ring = json.loads(path.read_text(encoding="ascii"))
    ring[field] = {"keys": {"00000000": "AA=="}}.get(field, "AA==")
    path.write_text(json.dumps(ring), encoding="ascii")
    with pytest.raises(KeyRingInvalid):
        current_ring(reread=True)


def test_an_unreadable_ring_says_so(keys: Path) -> None:
    (keys / "ring.json").mkdir(parents=True)
    with pytest.raises(KeyRingInvalid, match="cannot be read"):
        current_ring()


def test_what_another_process_sealed_with_a_newer_key_opens(keys: Path) -> None:
    old = current_ring()
    rotate_keys()
    blob = seal("member", "identity", 1, "x")
    # As in a process that started before the rotation: it still remembers the old ring.
    ring_module._cached[keys / "ring.json"] = old
    assert unseal("member", "identity", 1, blob) == "x"


def test_rotations_at_the_same_time_lose_no_key(keys: Path) -> None:
    first = current_ring().current
    with ThreadPoolExecutor(8) as pool:
        made = set(pool.map(lambda _: rotate_keys(), range(8)))
    ring = current_ring(reread=True)
    assert set(ring.keys) == made | {first}
    assert ring.current in made
    assert (keys / "ring.json").stat().st_mode & 0o777 == 0o600
