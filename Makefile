# `make demo` and `make test` do all set-up on a fresh machine; the rest is for daily work.
# Paths are relative on purpose: the folder's own name may hold spaces and Chinese.
SHELL := /bin/sh
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3; do command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; raise SystemExit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
SERVE ?= 1
HOME_FOLDER ?= .home
.PHONY: help demo test setup develop check fix test-sqlite test-postgresql e2e mutants docs lock messages wheel clean-demo

help: ## list what can be made
	@grep -E '^[a-z0-9-]+:.*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 18

setup:
	@test -n "$(PYTHON)" || { echo "Bangfu needs Python 3.11 or newer" >&2; exit 1; }
	@$(PYTHON) scripts/setup.py

develop:
	@test -n "$(PYTHON)" || { echo "Bangfu needs Python 3.11 or newer" >&2; exit 1; }
	@$(PYTHON) scripts/setup.py --development

demo: setup ## a made-up county, imported, screened and served on 127.0.0.1:8000 (SERVE=0: not served)
	@BANGFU_HOME="$(HOME_FOLDER)" .venv/bin/bangfu demo $(if $(filter 0,$(SERVE)),--no-serve)

test: develop ## what CI runs: linters, types, both databases, Chromium, docs
	@.venv/bin/python scripts/test.py

check: develop ## linters and types only
	@.venv/bin/python scripts/test.py --only lint

fix: develop ## format and mend what can be mended
	@.venv/bin/ruff check --fix src tests scripts; .venv/bin/ruff format src tests scripts

test-sqlite: develop ## the tests on SQLite
	@.venv/bin/pytest -m "not e2e and not deep"

test-postgresql: develop ## the tests on PostgreSQL
	@BANGFU_TEST_DATABASE=postgresql .venv/bin/pytest -m "not e2e and not deep"

e2e: develop ## the journeys in Chromium
	@.venv/bin/pytest -m e2e

mutants: develop ## every named mutant must turn a test red
	@.venv/bin/python scripts/mutants.py

docs: develop ## the documentation, warnings are errors
	@.venv/bin/sphinx-build -q -W -n -b html docs docs/_build/html

lock: ## write requirements/*.txt anew from *.in (needs uv)
	@for each in main build node dev; do uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-annotate requirements/$$each.in -o requirements/$$each.txt || exit 1; done

messages: develop ## collect the words on screen and compile the English catalogue
	@.venv/bin/python scripts/messages.py

wheel: setup ## the wheel, with packs, divisions, maps and the built front end
	@.venv/bin/python -m hatchling build -t wheel

clean-demo: ## forget the demo's home
	@rm -rf "$(HOME_FOLDER)" "$(HOME_FOLDER)-keys" "$(HOME_FOLDER)-checkpoints"
