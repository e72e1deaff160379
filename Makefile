# Everything runs in one virtual environment, .venv, made here when it is needed.
# Needs Python 3.11 or later, make and git. Another Python: make test PYTHON=python3.13

PYTHON ?= python3
ARGS ?=
VENV := .venv
BIN := $(VENV)/bin
# Tests wait a good deal, for time to pass and for programs: one more of them than there are cores.
WORKERS ?= $(shell $(PYTHON) -c 'import os; print((os.cpu_count() or 1) + 1)')
SOURCES := $(wildcard mockfindity contracts scenarios tests .github)

.DEFAULT_GOAL := help
.PHONY: help venv demo test bench bench-short bench-peers bench-copies bench-fixture lint check format conformance kit kit-stress fleet openapi docs-assets screenshots packages image clean

help:  ## say what there is
	@sed -n 's/^\([a-z-]*\):.*## /\1	/p' $(firstword $(MAKEFILE_LIST)) | while IFS='	' read -r name text; do printf 'make %-13s %s\n' "$$name" "$$text"; done

venv: $(VENV)/.made  ## make .venv, or make it anew when pyproject.toml has changed

$(VENV)/.made: $(VENV)/.base
	@echo "Installing what tests and checks need"
	@$(BIN)/python -m pip install -qq --disable-pip-version-check -e '.[all]'
	@touch $@

# What a user installs is all that the demo needs.
$(VENV)/.base: pyproject.toml
	@command -v $(PYTHON) >/dev/null || { echo "There is no $(PYTHON) here; install Python 3.11 or later, or say PYTHON=..." >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "$$($(PYTHON) --version 2>&1) is too old; mockfindity needs 3.11 or later. Try PYTHON=python3.11" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "$(PYTHON) cannot make virtual environments; on Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }
	@echo "Making $(VENV)"
	@$(PYTHON) -m venv --clear $(VENV)
	@$(BIN)/python -m pip install -qq --disable-pip-version-check -e .
	@touch $@

# The trap lets make outlive Ctrl-C for as long as the demo takes to end, and 130 is no failure.
demo: $(VENV)/.base  ## a server with the demo played; Ctrl-C ends it, ARGS=--once ends it by itself
	@trap : INT; $(BIN)/mockfindity demo $(ARGS) || [ $$? -eq 130 ]

test: venv  ## the tests; ARGS='-k webhook -x' goes to pytest
	@$(BIN)/python -m pytest -q -ra -n $(WORKERS) --dist loadgroup $(ARGS)

bench: venv  ## every speed that is promised, beside a bare server; ARGS='--only rates' for less
	@mkdir -p build
	@PYTHONPATH=tests $(BIN)/python -m benchmarks --json build/bench.json $(ARGS)

bench-short: venv  ## some of them in half a minute, beside what was reached before; needs wrk
	@PYTHONPATH=tests $(BIN)/python -m benchmarks --short $(ARGS)

bench-peers: venv  ## mockfindity beside WireMock, Prism, Mockoon, json-server, localstripe, moto
	@PYTHONPATH=tests $(BIN)/python -m benchmarks.peers $(ARGS)

bench-copies: venv  ## what reset, restore and fork cost beside a deep copy, and the scenario big
	@$(BIN)/python tests/benchmarks/copies.py
	@$(BIN)/python tests/benchmarks/big.py

bench-fixture: $(VENV)-bench/.made  ## what the pytest fixture costs a test, beside others
	@$(VENV)-bench/bin/python tests/benchmarks/fixture.py

# An environment of its own: what the fixture stands beside is no business of the tests.
$(VENV)-bench/.made: pyproject.toml
	@echo "Making $(VENV)-bench"
	@$(PYTHON) -m venv --clear $(VENV)-bench
	@$(VENV)-bench/bin/python -m pip install -qq --disable-pip-version-check -e '.[bench]'
	@touch $@

lint: venv  ## style and types, without running anything
	@$(BIN)/ruff check -q --output-format=concise $(SOURCES)
	@$(BIN)/ruff format -q --check $(SOURCES)
	@$(BIN)/mypy

check: lint test  ## lint, then test: what must hold before a commit

format: venv  ## put the code into its one layout
	@$(BIN)/ruff check -q --fix-only $(SOURCES)
	@$(BIN)/ruff format -q $(SOURCES)

conformance: venv  ## hold a server against the documents; ARGS='--seconds 600 --seed 7 admin'
	@$(BIN)/python contracts/conformance/conform.py $(or $(ARGS),--seconds 300)

kit: venv  ## the contract kit on trial: rules and clients as a table; ARGS=--whole asks all
	@$(BIN)/python contracts/clients/matrix.py $(ARGS)

kit-stress: venv  ## the reference clients by every rule, 20 times, with all cores busy
	@$(BIN)/python contracts/clients/matrix.py --stress 20 $(ARGS)

fleet: venv  ## a hundred sandboxes on three servers, one of them killed; needs HAProxy
	@$(BIN)/python tests/outage.py $(ARGS)

openapi: venv  ## write the OpenAPI documents anew
	@$(BIN)/mockfindity openapi --output contracts/openapi

docs-assets:  ## fetch the user interface of /docs anew, in the version that the script names
	@$(PYTHON) .github/docs_assets.py

screenshots: venv  ## pictures of the dashboard, for the documentation; needs Chromium
	@$(BIN)/python .github/screenshots.py

packages: venv  ## the wheel with each of its extras, each in an environment of its own
	@$(BIN)/python -m pytest -q tests/packaging/extras.py $(ARGS)

image: venv  ## build the container image, and try it; needs root, buildah and debootstrap
	@$(BIN)/python -m pytest -q tests/packaging/image.py $(ARGS)

clean:  ## remove what was made
	@rm -rf $(VENV) $(VENV)-bench $(VENV)-peers build dist htmlcov .coverage .hypothesis .mypy_cache .pytest_cache .ruff_cache
	@find $(SOURCES) -name __pycache__ -type d -prune -exec rm -rf {} +
