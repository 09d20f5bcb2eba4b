# `make demo` and `make test` need Python 3.11 or newer with venv, and make; nothing else.

PYTHON ?= python3
VENV ?= .venv
CASES ?= 1000000
SEED ?= 1
JOBS ?= 2
EXAMPLES ?= 5000

BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet install --constraint constraints.txt

# The versions of Python that the tests run on, where they are installed.
PYTHONS ?= 3.11 3.12 3.13

# The tests of what decides, reads and lints.
CORE := $(addprefix tests/,caching document iam lifecycle lint replication scanning settings) \
  $(filter-out tests/test_differential%,$(wildcard tests/test_*.py))

SHOP := fixtures/snapshots/storefront-web
.DEFAULT_GOAL := help

.PHONY: help
help: ## what can be made
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 16

.PHONY: demo
demo: $(VENV)/.cli ## preview a repository: what goes, why the others stay, one image explained
	@$(BIN)/ecrpolicy preview fixtures/policies/storefront-web.json \
	  --images $(SHOP).describe-images.json --manifests $(SHOP).batch-get-image.json \
	  --now 2026-01-31T09:00:00Z --explain production

.PHONY: serve
serve: $(VENV)/.registry ## a registry on this machine, in the directory registry-data
	@$(BIN)/ecrpolicy serve

.PHONY: test
test: $(VENV)/.test ## run all tests
	$(BIN)/python -m pytest --numprocesses auto

.PHONY: test-others
test-others: $(VENV)/.test ## run all tests on the other Pythons of PYTHONS that are installed
	@for version in $(PYTHONS); do $(MAKE) --no-print-directory test-on VERSION=$$version || exit 1; done

# On another Python than that of the virtual environment, and no complaint where it is not there.
.PHONY: test-on
test-on:
	@if $(BIN)/python -c 'import sys; sys.exit("%d.%d" % sys.version_info[:2] != "$(VERSION)")'; \
	then exit 0; fi; \
	for python in python$(VERSION) $(HOME)/.pyenv/versions/$(VERSION).*/bin/python; do \
	  if $$python -c 'import venv' 2>/dev/null; then \
	    exec $(MAKE) --no-print-directory test VENV=$(VENV)-$(VERSION) PYTHON=$$python; \
	  fi; \
	done; \
	echo "Python $(VERSION) is not installed: its tests are left out"

.PHONY: properties
properties: $(VENV)/.test ## run the property-based tests alone, with EXAMPLES examples each
	ECRPOLICY_EXAMPLES=$(EXAMPLES) $(BIN)/python -m pytest --numprocesses auto -m hypothesis tests

.PHONY: differential
differential: $(VENV)/.test ## hold all engines against the naive ones, on CASES random cases
	$(BIN)/python -m tests.differential --cases $(CASES) --seed $(SEED) --jobs $(JOBS)
	$(BIN)/python -m tests.differential_forecast --cases $(CASES) --seed $(SEED) --jobs $(JOBS)
	$(BIN)/python -m tests.differential_iam --cases $(CASES) --seed $(SEED) --jobs $(JOBS)
	$(BIN)/python -m tests.differential_registry --cases $(CASES) --seed $(SEED) --jobs $(JOBS)

.PHONY: check
check: $(VENV)/.check ## formatting, lint, types, layers
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

.PHONY: format
format: $(VENV)/.check ## format the code
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

.PHONY: docs
docs: $(VENV)/.docs ## build the documentation into build/docs
	$(BIN)/sphinx-build --fail-on-warning --nitpicky --quiet docs build/docs

# Tests that draw their cases prove more, but not the same lines each time: they do not count.
.PHONY: coverage
coverage: $(VENV)/.coverage ## which lines and branches of the core no test of the core runs
	$(BIN)/python -m pytest --numprocesses auto --cov --cov-report=term -m 'not hypothesis' $(CORE)

.PHONY: mutants
mutants: $(VENV)/.mutation ## change what decides in every way, and list what no test notices
	$(BIN)/mutmut run
	$(BIN)/mutmut results

.PHONY: rule
rule: $(VENV)/.test ## begin a rule of the linter, NAME in FAMILY: its file, its test, its page
	$(BIN)/python -m tests.lint.new_rule $(FAMILY) $(NAME)

.PHONY: rules
rules: $(VENV)/.test ## write the pages of all rules of the linter into docs/rules
	$(BIN)/python -m tests.lint.pages

.PHONY: migration
migration: $(VENV)/.test ## draft the step that brings databases to the tables as they are: NAME="…"
	$(BIN)/python -m tests.registry.metadata.new_migration "$(NAME)"

.PHONY: benchmark
benchmark: $(VENV)/.benchmark ## measure, beside json.loads and beside other engines
	$(BIN)/python -m benchmarks.lifecycle
	$(BIN)/python -m benchmarks.forecast
	$(BIN)/python -m benchmarks.iam
	$(BIN)/python -m benchmarks.registry
	$(BIN)/python -m benchmarks.lint
	$(BIN)/python -m benchmarks.service

.PHONY: clean
clean: ## remove what was made
	rm -rf build dist .venv* .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis .coverage mutants

# A virtual environment for each use, so that the demo does not wait for what the tests need.
$(VENV)/.python:
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.cli: $(VENV)/.python pyproject.toml constraints.txt
	$(PIP) --editable '.[cli]'
	@touch $@

$(VENV)/.registry: $(VENV)/.python pyproject.toml constraints.txt
	$(PIP) --editable '.[registry]'
	@touch $@

$(VENV)/.test: $(VENV)/.python pyproject.toml constraints.txt
	$(PIP) --editable '.[test]'
	@touch $@

$(VENV)/.check: $(VENV)/.test
	$(PIP) --editable '.[benchmark,check,test]'
	@touch $@

$(VENV)/.benchmark: $(VENV)/.test
	$(PIP) --editable '.[benchmark]'
	@touch $@

$(VENV)/.coverage: $(VENV)/.test
	$(PIP) --editable '.[coverage]'
	@touch $@

$(VENV)/.mutation: $(VENV)/.test
	$(PIP) --editable '.[mutation]'
	@touch $@

$(VENV)/.docs: $(VENV)/.test
	$(PIP) --editable '.[docs,test]'
	@touch $@
