# Everything sets up .venv by itself when pyproject.toml has changed, and is quick when it has not.

PYTHON ?= python3
# What `make versions` tests on: the versions that pyproject.toml names.
VERSIONS ?= python3.11 python3.12 python3.13
VENV := .venv
BIN := $(VENV)/bin
DEMO := $(VENV)/.demo
READY := $(VENV)/.ready
LOWEST := $(VENV)/lowest

.PHONY: help demo test versions coverage mutation check audit lowest format docs conformance reference bench clean

help: ## Show what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# What gcsa itself needs is there in seconds; whoever only wants to see it need not wait for the rest.
$(DEMO): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "gcsa needs Python 3.11 or newer; name one: make PYTHON=python3.12 …"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Setting up $(VENV), once …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $(DEMO)

$(READY): pyproject.toml | $(DEMO)
	@echo "Setting up what the tests and checks need, once; this takes a few minutes …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=25.1'
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[all]' --group dev
	@touch $(READY)

demo: $(DEMO) ## Run the quick start on an embedded calendar
	@$(BIN)/python examples/quickstart.py

# By file, because the blocks of a page in docs/ build on each other.
test: $(READY) ## Run the tests, on all cores
	@$(BIN)/python -m pytest -n auto --dist loadfile -q

# Each in an environment of its own: .venv is of one Python, whatever PYTHON says later.
versions: ## Run the tests on each Python that is installed
	@tested=; for python in $(VERSIONS); do \
		if $$python -c '' 2>/dev/null; then \
			echo "== $$python"; tested=yes; \
			$(MAKE) --no-print-directory PYTHON=$$python VENV=.venv-$$python test || exit 1; \
		else \
			echo "== $$python is not installed: left out"; \
		fi; \
	done; test -n "$$tested"

# Without the tests that count what is loaded: coverage would be, too.
coverage: $(READY) ## Measure which branches the tests take; below 95% it fails
	@rm -f .coverage .coverage.*
	@$(BIN)/coverage run -m pytest -n auto --dist loadfile -q \
		--deselect tests/test_import_cost.py --deselect tests/recurrence/test_recurrence_imports.py \
		--deselect tests/test_pytest_plugin.py::test_the_plugin_loads_nothing_before_a_fixture_is_used \
		--deselect tests/cli/test_program.py::test_help_loads_no_more_than_it_needs
	@$(BIN)/coverage combine --quiet
	@$(BIN)/coverage report --fail-under=0 | awk 'NR <= 2 || /^TOTAL/ || $$6 + 0 < 95'
	@$(BIN)/coverage report --format=total

# All of it takes more than an hour. One area: make mutation MUTANTS='gcsa.conference.*'; every tenth
# mutant: MUTANTS='gcsa.*__mutmut_*1'. See one with .venv/bin/mutmut show NAME.
mutation: $(READY) ## Change the code here and there, and see whether the tests notice
	@PYTEST_DISABLE_PLUGIN_AUTOLOAD=1 $(BIN)/mutmut run --max-children 1 $(foreach name,$(MUTANTS),'$(name)')
	@$(BIN)/mutmut results

check: $(READY) ## Check format, lint, types, import rules and known vulnerabilities
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/lint-imports --no-cache --no-logo
	@$(BIN)/mypy
	@$(BIN)/pyright
	@$(BIN)/python .ci/audit.py

audit: $(READY) ## Ask PyPI for known vulnerabilities of what is installed
	@$(BIN)/python .ci/audit.py

# Not the command reference, which the newest Typer words, nor what takes long and asks the libraries nothing new.
# Starlette's test client of those days needs httpx, the tests of the wheel need pip. Old libraries on a new Python warn of what will be removed.
lowest: $(READY) ## Run the tests with the oldest versions of the libraries that we allow
	@$(BIN)/uv pip compile --quiet pyproject.toml --extra all --resolution lowest-direct \
		--python $(BIN)/python --output-file $(LOWEST).txt
	@$(BIN)/uv venv --quiet --clear --python $(BIN)/python $(LOWEST)
	@$(BIN)/uv pip install --quiet --python $(LOWEST)/bin/python --editable '.[all]' --group dev httpx pip \
		--constraint $(LOWEST).txt
	@$(LOWEST)/bin/python -m pytest -n auto --dist loadfile -q tests \
		--ignore tests/cli/test_cli_reference.py --ignore tests/emulator/generated \
		--ignore tests/emulator/conformance --ignore tests/system \
		-W ignore::DeprecationWarning -W ignore::PendingDeprecationWarning

format: $(READY) ## Format the code and mend what the linter can
	@$(BIN)/ruff check --fix --exit-zero --quiet .
	@$(BIN)/ruff format .

docs: $(READY) ## Build the documentation into docs/_build/html
	@$(BIN)/sphinx-build --fail-on-warning --keep-going --quiet -b html docs docs/_build/html
	@echo "docs/_build/html/index.html"

conformance: $(READY) ## Write what the emulator honours into docs/conformance.md
	@$(BIN)/python -m tests.emulator.conformance

reference: $(READY) ## Write what each command's --help says into docs/cli_reference.md
	@$(BIN)/python -m gcsa.cli.reference docs/cli_reference.md

bench: $(READY) ## Measure each figure that we claim, and put the table into docs/performance.md
	@$(BIN)/python -m benchmarks --write docs/performance.md

clean: ## Remove what was built, environments included
	rm -rf $(VENV) .venv-* dist build docs/_build .coverage .coverage.* htmlcov mutants
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
