"""The product's settings in a home of the tests' own, on the database that is asked for.

This runs before Django reads anything: homes and servers must exist by then. Worker processes
inherit the address of the PostgreSQL that the first process started.
"""

from __future__ import annotations

import os
import tempfile
from importlib import import_module
from pathlib import Path

from support.postgres import start_postgres
from support.templates import strict

os.environ["BANGFU_HOME"] = str(Path(tempfile.mkdtemp(prefix="bangfu-test-")) / "home")
os.environ.pop("BANGFU_KEYS", None)
os.environ.pop("BANGFU_CHECKPOINTS", None)
if (
    os.environ.get("BANGFU_TEST_DATABASE") == "postgresql"
    and "BANGFU_DATABASE_URL" not in os.environ
):
    os.environ["BANGFU_DATABASE_URL"] = start_postgres()

product = import_module("bangfu.config.settings")

globals().update({name: getattr(product, name) for name in dir(product) if name.isupper()})
# Fast and insecure on purpose: tests sign in thousands of times.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
TEMPLATES = strict(product.TEMPLATES)
# Pages can be tested before the front end is built; tests in the browser ask for a real build.
if not (product.BANGFU_ASSETS / "manifest.json").exists():
    BANGFU_ASSETS = Path(__file__).parent / "unbuilt"

if "sqlite3" in product.DATABASES["default"]["ENGINE"]:
    # A file, as in production: threads and other processes see it, and WAL is what is tested.
    globals()["DATABASES"]["default"]["TEST"] = {
        "NAME": str(Path(os.environ["BANGFU_HOME"]).parent / "test.sqlite3")
    }
