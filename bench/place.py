"""A home and a database of a benchmark's own, and what machine it ran on."""

from __future__ import annotations

import json
import os
import platform
import resource
import sys
import tempfile
import time
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import django
from django.core.management import call_command

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent


def settle(*, postgresql: bool) -> Path:
    """Make an empty demo home on the database asked for, and wake Django in it; answer the folder.

    The PostgreSQL is the one of the tests: from a wheel, on a Unix socket, gone with this process.
    """
    folder = Path(tempfile.mkdtemp(prefix="bangfu-bench-"))
    os.environ["BANGFU_HOME"] = str(folder / "home")
    os.environ["DJANGO_SETTINGS_MODULE"] = "bangfu.config.settings"
    (folder / "home").mkdir()
    (folder / "home" / "demo.json").write_text("{}", encoding="utf-8")
    if postgresql:
        sys.path.insert(0, str(ROOT / "tests"))
        os.environ["BANGFU_DATABASE_URL"] = import_module("support.postgres").start_postgres()
    django.setup()
    call_command("migrate", verbosity=0)
    return folder


def machine() -> dict[str, Any]:
    """What this ran on."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    model = next(
        (
            line.partition(":")[2].strip()
            for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
            if line.startswith("model name")
        ),
        platform.processor(),
    )
    return {
        "processor": model,
        "cores": os.cpu_count(),
        "memory_gib": round(memory / 2**30, 1),
        "python": platform.python_version(),
        "load_before": round(os.getloadavg()[0], 2),
    }


class Stages:
    """Seconds and processor seconds of named stages."""

    def __init__(self) -> None:
        self.found: dict[str, dict[str, float]] = {}

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Measure what happens inside; children that ended count as processor time."""
        begun, used = time.perf_counter(), _used()
        yield
        self.found[name] = {
            "seconds": round(time.perf_counter() - begun, 2),
            "processor_seconds": round(_used() - used, 2),
        }


def _used() -> float:
    who = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return sum(each.ru_utime + each.ru_stime for each in map(resource.getrusage, who))


def most_memory_mib() -> int:
    """The most memory this process ever held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def spread(seconds: list[float]) -> dict[str, float]:
    """Median, 95th percentile and greatest, in milliseconds."""
    ranked = sorted(seconds)
    return {
        "p50_ms": round(1000 * ranked[len(ranked) // 2], 1),
        "p95_ms": round(1000 * ranked[min(len(ranked) - 1, int(len(ranked) * 0.95))], 1),
        "max_ms": round(1000 * ranked[-1], 1),
        "times": len(ranked),
    }


def tell(result: dict[str, Any]) -> None:
    """Print the result as one JSON object."""
    sys.stdout.write(json.dumps(result, ensure_ascii=False, indent=2) + "\n")
