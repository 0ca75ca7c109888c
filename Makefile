# Everything a newcomer needs: `make demo` and `make test`, with only python3 (3.11+) and make.
PYTHON ?= python3
BIN := .venv/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: demo test lint bench fuzz year train pictures peers schema validate-live lock clean

demo: .venv/run.stamp ## set up, then run the whole desk on embedded defaults, offline
	$(BIN)/rightsdesk demo $(ARGS)

test: lint ## set up, check the house, run every test
	$(BIN)/pytest -n auto --dist worksteal --cov --cov-report= $(ARGS)
	$(BIN)/coverage report --include='store/rules/*,store/desk/*' --fail-under=100 --skip-covered

lint: .venv/dev.stamp ## style, types, and who may import whom
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

bench: .venv/dev.stamp ## ratios, by hand
	for each in tests/benchmarks/*.py; do PYTHONPATH=. $(BIN)/python $$each || exit 1; done

fuzz: .venv/dev.stamp ## ten minutes of strange mails, led by coverage; what breaks is kept in var/fuzz
	PYTHONPATH=. $(BIN)/python tests/fuzz/read.py $(ARGS)

year: .venv/dev.stamp ## a year of 10,000 cases that must break nothing, by hand (`ARGS=500` for fewer); long
	PYTHONPATH=. $(BIN)/python -m tests.year $(ARGS)

train: .venv/dev.stamp ## learn anew what triage knows, from the labelled mails in tests/corpus; some minutes
	PYTHONPATH=. $(BIN)/python -m tests.training.train
	PYTHONPATH=. $(BIN)/python -m tests.measuring

pictures: .venv/dev.stamp ## take the pictures in docs/pictures anew, with Chromium
	PYTHONPATH=. $(BIN)/python -m tests.pictures

peers: ## fetch what others made of Slack (node 20 or newer), so that the tests against them run too
	cd tests/peers && npm install --no-package-lock --no-audit --no-fund --ignore-scripts --loglevel=error

schema: .venv/dev.stamp peers ## make the schema of what Slack takes anew, from Slack's own types
	$(BIN)/python tests/bot/schema/make.py

validate-live: .venv/dev.stamp ## show every message and view to Slack's own checker; needs the internet, and no token
	PYTHONPATH=. $(BIN)/python -m tests.bot.validate_live $(ARGS)

.venv/uv.stamp:
	$(PYTHON) -m venv .venv
	$(BIN)/pip install -q uv
	touch $@

.venv/run.stamp: .venv/uv.stamp pyproject.toml requirements.lock
	$(BIN)/uv pip install -q -p .venv --require-hashes -r requirements.lock
	$(BIN)/uv pip install -q -p .venv --no-deps -e .
	touch $@

.venv/dev.stamp: .venv/run.stamp requirements-dev.lock
	$(BIN)/uv pip install -q -p .venv --require-hashes -r requirements-dev.lock
	touch $@

COMPILE := $(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate pyproject.toml

lock: .venv/uv.stamp ## choose the versions anew (the files hold hashes and no hosts)
	$(COMPILE) --upgrade -o requirements.lock
	$(COMPILE) --upgrade -c requirements.lock --group dev -o requirements-dev.lock

clean: ## back to a fresh clone
	rm -rf .venv tests/peers/node_modules var dist .coverage .coverage.* .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
