# `make` alone lists the targets.

PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.installed
HUB := .venv/.hub-installed
PROXY := configurable-http-proxy@5.1.0
# Tests of one file share what they make; those beside a load run alone.
BY_FILE := --dist loadfile --no-loadscope-reorder --ignore=tests/system/load

.PHONY: help env hub lab build grade test-fast test-assignment test test-browser test-all test-ci test-load pictures detector site lint bench clean

help:
	@echo "make grade   build the release, make and grade a sample class, write feedback, print the table"
	@echo "make test-fast   the tests that need no sandbox, no nbgrader and no server: under a minute"
	@echo "make test-assignment NAME=initialization   all tests about one assignment: under two minutes"
	@echo "make test    all tests but those of pages (those of PostgreSQL need its server: apt install postgresql)"
	@echo "make test-browser  the tests that need Chromium (apt install chromium)"
	@echo "make test-all    all tests at once, those of pages beside the others"
	@echo "make test-ci     the same without those that are marked long, every second attack among them: CI has twenty minutes"
	@echo "make test-load   the tests beside a load of 20 busy processes, which no others may run beside"
	@echo "make lab     open JupyterLab on the release notebooks"
	@echo "make build   make source/ and release/ from notebooks/"
	@echo "make bench   run the benchmarks"
	@echo "make pictures    the same, and makes the pictures in docs/ anew"
	@echo "make detector    train the network of the notebook on car detection anew (needs torch)"
	@echo "make site    the site to read before one adopts the course, in _site/: runs all lessons, some minutes"
	@echo "make lint    check style, types and who may import whom"
	@echo "make env     only make the environment (.venv)"
	@echo "make hub     what the tests on a JupyterHub need besides: its proxy, a program of npm"

env: $(STAMP)

$(STAMP): pyproject.toml grading/pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.12")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --no-compile --constraint constraints.txt --editable ".[notebooks,dev,site,hub]" --editable "./grading[cluster,postgresql]"
	@# On all cores, where pip would use one. Some packages hold files that are no Python.
	@$(BIN)/python -m compileall -q -j 0 .venv/lib > /dev/null || true
	@touch $(STAMP)

# What the tests on a JupyterHub need besides. Without npm these tests are skipped, and say so.
hub: $(HUB)

$(HUB): $(STAMP)
	@if command -v npm > /dev/null; then \
		npm install --silent --no-audit --no-fund --global --prefix .venv $(PROXY) && touch $(HUB); \
	else \
		echo "no npm: the tests on a JupyterHub are skipped (apt install nodejs npm)"; \
	fi

lab: env
	$(BIN)/jupyter lab --ServerApp.root_dir=release

build: env
	$(BIN)/course build

grade: env
	$(BIN)/course build
	$(BIN)/course cohort
	$(BIN)/course grade --feedback

test-fast: env
	$(BIN)/python -m pytest -n 2 --fast

test-assignment: env
	@test -n "$(NAME)" || { echo "which assignment? make test-assignment NAME=initialization"; exit 2; }
	$(BIN)/python -m pytest -n 3 $(BY_FILE) --assignment $(NAME) --ignore=tests/system/browser

# More workers than cores: half of the time of these tests is waiting, for servers and time limits.
test-all: hub
	$(BIN)/python -m pytest -n 4 $(BY_FILE)

test-ci: hub
	$(BIN)/python -m pytest -n 3 $(BY_FILE) -m "not long"

test: env
	$(BIN)/python -m pytest -n 3 $(BY_FILE) --ignore=tests/system/browser

test-browser: hub
	$(BIN)/python -m pytest tests/system/browser

test-load: env
	$(BIN)/python -m pytest tests/system/load

pictures: hub
	$(BIN)/python -m pytest tests/system/browser --pictures docs/pictures

# Only whoever changes the scenes or the network needs it: the weights are in the repository.
detector: env
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable "./grading[detector]"
	$(BIN)/python -m grading.authoring.detector

site: env
	OPENBLAS_NUM_THREADS=1 $(BIN)/python -m grading.authoring.build_site _site

lint: env
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/codespell

bench: env
	$(BIN)/python -m benchmarks.throughput
	$(BIN)/python -m benchmarks.boundary
	$(BIN)/python -m benchmarks.notebooks
	$(BIN)/python -m benchmarks.football
	$(BIN)/python -m benchmarks.explorers
	$(BIN)/python -m benchmarks.mistakes
	$(BIN)/python -m benchmarks.recording
	$(BIN)/python -m benchmarks.load

# submissions, grades and feedback are never cleaned away
clean:
	rm -rf .venv .pytest_cache .ruff_cache
