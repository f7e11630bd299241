# From a fresh clone: `make demo`, `make test`, `make test-slow`. Each sets up what it needs.
# Needed: Python 3.11, pip, make, git. All else goes into .venv/, which `make clean` removes.

PYTHON ?= python3.11
BIN := .venv/bin
READY := .venv/ready
UV := uv==0.11.0 # resolves nothing here, only installs the lock: seconds where pip takes minutes
TESTS ?= tests assignments
PYTEST := $(BIN)/python -m pytest
# Each worker starts with one stretch of the tests, in their order, so that it sets up few modules'
# fixtures; one that is done takes half of what is left from another.
QUICK := -n auto --dist worksteal -m "not slow"
# A slow file's fixture may grade a class: each file is one worker's, the first ones take longest.
# Many of these tests wait for a limit to be reached, so there is one worker more than there are cores.
SLOW := -n $$(($$(getconf _NPROCESSORS_ONLN) + 1)) --dist loadfile --no-loadscope-reorder -m slow --durations=15

.PHONY: help demo docs test test-slow lint setup browser lock clean

help:
	@echo "make demo       grade a made-up class of twelve, and say where to look"
	@echo "make docs       the pages as a site, docs/_build/html"
	@echo "make test       linter, types, the quick tests and the site"
	@echo "make test-slow  the statistical, scale and whole-command tests"
	@echo "make setup      only make .venv/, with the versions of requirements.lock"
	@echo "make lock       solve requirements.lock anew from pyproject.toml"

demo: $(READY)
	$(BIN)/course demo

# Warnings are errors. Nothing is fetched, and no notebook is run.
SPHINX := -W --keep-going --quiet -b html docs docs/_build/html

docs: $(READY)
	$(BIN)/python -m sphinx $(SPHINX)
	@echo "docs/_build/html/index.html"

test: lint browser
	$(PYTEST) $(QUICK) $(TESTS)
	$(BIN)/python -m sphinx $(SPHINX)

test-slow: $(READY) browser
	$(PYTEST) $(SLOW) $(TESTS)

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

setup: $(READY)

# The stamp is written last, so an installation that was interrupted is done again.
$(READY): requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	@if $(BIN)/pip install --quiet "$(strip $(UV))" \
	 && $(BIN)/uv pip install --quiet --python $(BIN)/python -r requirements.lock; then :; else \
	   echo "uv could not install the lock; pip does it, which takes some minutes"; \
	   $(BIN)/pip install --quiet -r requirements.lock; fi
	$(BIN)/pip install --quiet --no-deps --editable .
	@# compiled now, whatever PYTHONDONTWRITEBYTECODE says: TensorFlow imports in half the time
	@$(BIN)/python -m compileall -q -j 0 .venv/lib course_lib > /dev/null 2>&1 || true
	@touch $@

# Tests that look at pages in a real browser skip themselves where there is none.
browser:
	@command -v chromium > /dev/null || { \
	   test "$$(id -u)" = 0 && command -v apt-get > /dev/null \
	   && { apt-get update -qq; apt-get install -y -qq chromium; } > /dev/null 2>&1; \
	 } || echo "no chromium here: tests that need a browser are skipped"

lock: $(READY)
	$(BIN)/uv pip compile --quiet --extra dev --python-version 3.11 --no-header --no-annotate \
	  pyproject.toml -o requirements.lock

clean:
	rm -rf .venv demo dist docs/_build docs/_gathered .pytest_cache .mypy_cache .ruff_cache .hypothesis
