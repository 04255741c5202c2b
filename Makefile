# Everything a newcomer, a developer and CI need. Needs Python >= 3.11 and make; all else is installed into .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
STATE ?= .huiyin
export PYTHONPATH :=

.DEFAULT_GOAL := help
.PHONY: help setup demo test check proto golden lock bench bench-scale faults simulate faults-mutants up down clean reproduce-limits load-directory train evaluate-suggestions evaluate-repeats

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-21s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

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

bench: $(READY) ## Measure the core beside its peers and its limits (ROWS="relay consume": only these)
	$(BIN)/python -m tests.bench $(ROWS)

bench-scale: $(READY) ## Whole cases with a million stored (20 min, 60 GB free in the temporary folder)
	HUIYIN_BENCH_SCALE=1 $(BIN)/python -m tests.bench lifecycles.0 lifecycles.1e6

faults: $(READY) ## Break the running platform in every way for a while, then check what is left (MINUTES=30 SEED=7)
	$(BIN)/python -m tests.faults.nemesis $(if $(MINUTES),--minutes $(MINUTES)) $(if $(SEED),--seed $(SEED))
	@if test -d tests/faults/scenarios; then $(BIN)/python -m tests.faults.scenarios; fi

simulate: $(READY) ## Play other histories of faults in simulated time, until one breaks a promise (EXAMPLES=1000 SEED=7)
	@HUIYIN_SIMULATE_EXAMPLES=$(or $(EXAMPLES),300) $(BIN)/python -m pytest tests/simulation --show-capture=no $(if $(SEED),--hypothesis-seed=$(SEED))

faults-mutants: $(READY) ## Plant bugs in a copy of the sources and see each caught within five minutes (ONLY=name)
	@$(BIN)/python -m tests.faults.mutants $(if $(ONLY),--only $(ONLY))

reproduce-limits: $(READY) ## Reproduce the due dates of another authority's register (DATA=baltimore311.csv)
	@$(BIN)/python -m tools.reproduce_baltimore $(DATA)

load-directory: $(READY) ## Load a nation's divisions and a catalogue of transfer rules (DATA=folder)
	@$(BIN)/python -m tools.load_directory $(DATA)

train: $(READY) ## Train the suggestion of subjects (DATA=labelled.csv)
	@$(BIN)/python -m tools.train_subjects $(DATA) --out $(STATE)/suggestion/subjects.json.gz

evaluate-suggestions: $(READY) ## Measure the suggestion of subjects in ten folds (DATA=labelled.csv)
	@$(BIN)/python -m tools.evaluate_suggestions $(DATA) --out $(STATE)/suggestion/subjects-evaluation.json

evaluate-repeats: $(READY) ## Measure the proposals of repeats (DATA=folder)
	@$(BIN)/python -m tools.evaluate_repeats $(DATA) --out $(STATE)/suggestion/repeats-evaluation.json

up: $(READY) ## Start the platform in the background (STATE=.huiyin)
	@$(BIN)/huiyin up --detach --state $(STATE)

down: $(READY) ## Stop it
	@$(BIN)/huiyin down --state $(STATE)

clean: ## Remove .venv, state directories and caches
	rm -rf $(VENV) .huiyin .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
