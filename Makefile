# Everything runs in one virtual environment, .venv, made here when it is needed.
# Needs Python 3.11 or later, make and git. Another Python: make test PYTHON=python3.13

PYTHON ?= python3
ARGS ?=
VENV := .venv
BIN := $(VENV)/bin
SOURCES := $(wildcard mockfindity contracts scenarios tests)

.DEFAULT_GOAL := help
.PHONY: help venv demo test bench lint check format clean

help:  ## say what there is
	@sed -n 's/^\([a-z]*\):.*## /\1	/p' $(firstword $(MAKEFILE_LIST)) | while IFS='	' read -r name text; do printf 'make %-8s %s\n' "$$name" "$$text"; done

venv: $(VENV)/.made  ## make .venv, or make it anew when pyproject.toml has changed

$(VENV)/.made: pyproject.toml
	@command -v $(PYTHON) >/dev/null || { echo "There is no $(PYTHON) here; install Python 3.11 or later, or say PYTHON=..." >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "$$($(PYTHON) --version 2>&1) is too old; mockfindity needs 3.11 or later. Try PYTHON=python3.11" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "$(PYTHON) cannot make virtual environments; on Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }
	@echo "Making $(VENV)"
	@$(PYTHON) -m venv --clear $(VENV)
	@$(BIN)/python -m pip install -qq --disable-pip-version-check -e '.[all]'
	@touch $@

# The trap lets make outlive Ctrl-C for as long as the demo takes to end, and 130 is no failure.
demo: venv  ## a server with the demo played; Ctrl-C ends it, ARGS=--once ends it by itself
	@trap : INT; $(BIN)/mockfindity demo $(ARGS) || [ $$? -eq 130 ]

test: venv  ## the tests; ARGS='-k webhook -x' goes to pytest
	@$(BIN)/python -m pytest -q -ra -n auto --dist loadgroup $(ARGS)

bench: venv  ## what reset, restore and fork cost beside a deep copy
	@$(BIN)/python tests/benchmarks/copies.py

lint: venv  ## style and types, without running anything
	@$(BIN)/ruff check -q --output-format=concise $(SOURCES)
	@$(BIN)/ruff format -q --check $(SOURCES)
	@$(BIN)/mypy

check: lint test  ## lint, then test: what must hold before a commit

format: venv  ## put the code into its one layout
	@$(BIN)/ruff check -q --fix-only $(SOURCES)
	@$(BIN)/ruff format -q $(SOURCES)

clean:  ## remove what was made
	@rm -rf $(VENV) build dist htmlcov .coverage .hypothesis .mypy_cache .pytest_cache .ruff_cache
	@find $(SOURCES) -name __pycache__ -type d -prune -exec rm -rf {} +
