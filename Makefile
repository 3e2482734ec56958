# Every target sets up what it needs: Python 3.11+, make and git are enough.
PYTHON ?= python3
BIN := .venv/bin
# Four files at a time: most tests wait for a terminal, a port or a disk, and leave the cores to one another.
SIDE_BY_SIDE := -q -n 4 --dist loadfile
# Tests are kept as pytest rewrites them (__pycache__): each of its processes would rewrite all of them again.
export PYTHONDONTWRITEBYTECODE :=
# Homes of tests stand in memory where it has room (4 GiB) and programs run from it: what they survive here is the end
# of a process, not of the machine, and a disk would be waited for.
export PYTEST_DEBUG_TEMPROOT := $(shell findmnt -no OPTIONS /dev/shm 2>/dev/null | grep -qv noexec \
	&& df -Pk /dev/shm | awk 'NR == 2 && $$4 > 4 * 1024 * 1024 {print "/dev/shm"}')

.PHONY: install upgrade demo demo-city test check format picture bench faults venv lock clean
.DEFAULT_GOAL := help

help:  ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/'

demo: .venv/.run  ## a day at a registration office on the entrance screen, then the same day on its roster and its web pages
	@$(BIN)/kiosk demo
	@! test -t 0 || { printf '\nEnter opens the second act, the same day on the roster of the coordinator; q leaves it. '; read -r _ || true; }
	@$(BIN)/kiosk demo --days 30 --desk

demo-city: .venv/.dev  ## three units with two kiosks each, over PostgreSQL: one kiosk loses its network and comes back
	@$(BIN)/python -m tests.journeys.city_demo

test: .venv/.dev  ## the whole suite
	@$(BIN)/pytest $(SIDE_BY_SIDE)

check: .venv/.dev  ## format, lint, types, import contracts, tests: fastest failure first
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/lint-imports
	@$(BIN)/basedpyright
	@$(BIN)/pytest $(SIDE_BY_SIDE)

format: .venv/.dev  ## rewrite what a formatter can
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

picture: .venv/.run  ## draw the screens of the README anew
	@$(BIN)/python -m docs.pictures.entrance
	@$(BIN)/python -m docs.pictures.roster

bench: .venv/.dev  ## each speed figure, judged by its ratio to what this machine does at best
	@$(BIN)/python -m tests.benchmarks

faults: .venv/.dev  ## long fault and soak runs, properties of decoders, taps and what is derived, damaged files
	@KIOSK_FAULTS=long $(BIN)/pytest -q -s tests/faults tests/projections tests/devices/profiles \
		tests/kiosk/statements/test_read_commands.py tests/kiosk/test_damaged_files.py tests/kiosk/test_damaged_events.py \
		tests/domain/use_cases/test_tap_meaning.py

venv: .venv/.dev  ## just the set-up

install: .venv/.run  ## the program for daily use, without the tools of developers (docs/installation.md)
	@$(BIN)/python -m compileall -q domain projections devices kiosk

upgrade:  ## get the newest version and install it
	@git pull -q --ff-only
	@$(MAKE) --no-print-directory install

lock: .venv/.dev  ## compile the requirements again, with hashes
	@$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url \
		--extra build pyproject.toml -o requirements.txt
	@$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url \
		--extra build --extra dev -c requirements.txt pyproject.toml -o requirements-dev.txt

clean:  ## throw the set-up away
	rm -rf .venv

.venv/.run: requirements.txt pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements.txt
	@$(BIN)/pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

.venv/.dev: .venv/.run requirements-dev.txt
	@$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@
