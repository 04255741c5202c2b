# Everything a newcomer, a developer and CI need. Needs Python >= 3.11 and make; all else is installed into .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
STATE ?= .huiyin
export PYTHONPATH :=

.DEFAULT_GOAL := help
.PHONY: help setup demo test check proto golden lock bench up down clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(READY): requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.11")'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing into $(VENV) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

setup: $(READY) ## Install everything into .venv

demo: $(READY) ## The main job: petitions handled over simulated months (DATA=file.csv REPORT=r.json: real input)
	@$(BIN)/huiyin demo $(if $(DATA),--data $(DATA)) $(if $(REPORT),--report $(REPORT))

test: $(READY) ## Run every test, on a real PostgreSQL and a real nats-server
	@$(BIN)/python -m pytest -n 2 --dist loadfile

check: $(READY) ## Style, types, layers, contracts, calendars; generated files up to date
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	cd proto && ../$(BIN)/buf lint
	$(BIN)/python -m tools.generate_contracts --check
	$(BIN)/python -m tools.event_catalogue --check
	$(BIN)/python -m tools.golden --check
	$(BIN)/python -m tools.check_calendars

proto: $(READY) ## Generate code and documents from proto/
	$(BIN)/python -m tools.generate_contracts
	$(BIN)/python -m tools.event_catalogue

golden: $(READY) ## Add golden bytes for new events (never changes existing ones)
	$(BIN)/python -m tools.golden

lock: $(READY) ## Pin requirements.in into requirements.txt (needs uv on the path)
	uv pip compile --universal --generate-hashes --python-version 3.11 --no-emit-index-url --no-header --no-annotate requirements.in -o requirements.txt

bench: $(READY) ## Measure the core beside its limits
	$(BIN)/python -m tests.bench

up: $(READY) ## Start the platform in the background (STATE=.huiyin)
	@$(BIN)/huiyin up --detach --state $(STATE)

down: $(READY) ## Stop it
	@$(BIN)/huiyin down --state $(STATE)

clean: ## Remove .venv, state directories and caches
	rm -rf $(VENV) .huiyin .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
