# The verbs of this project; people and CI use the same ones.
#   make run     the server with its sample exercise (PORT=8000, NO_BROWSER=1); needs only Python 3.11 and pip
#   make test    everything that must hold
.DEFAULT_GOAL := help
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
MAKEFLAGS += --no-print-directory
PY := .venv/bin/python

.PHONY: help setup run test lint bench prove screens lock clean

help: ## show these verbs
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: ## build .venv with all that tests and lint need
	@scripts/make_venv.sh dev

run: ## start the server (PORT=…, NO_BROWSER=1)
	@scripts/make_venv.sh run
	@scripts/build_client.sh
	@exec .venv/bin/kerege run

test: setup ## lint, then every test
	@scripts/need_debian.sh
	@scripts/build_client.sh
	@$(MAKE) lint
	@$(PY) -m pytest -n 2 --dist loadfile -rs

lint: setup ## style, types, layers; Python and client
	@$(PY) -m ruff check --quiet
	@$(PY) -m ruff format --check --quiet || { echo "not formatted; run: .venv/bin/ruff format"; exit 1; }
	@$(PY) -m mypy --no-error-summary
	@$(PY) -m mypy --no-error-summary --config-file tests/mypy.ini
	@.venv/bin/lint-imports --no-cache
	@scripts/with_node.sh npm run --silent check

bench: setup ## measure
	@scripts/build_client.sh
	@$(PY) -m benchmarks.run

prove: setup ## try every promise and print one table: ten minutes (LONG=1: an hour)
	@scripts/need_debian.sh
	@scripts/build_client.sh
	@PY=$(PY) scripts/prove.sh $(if $(LONG),long,)

screens: setup ## take the screenshots of the documentation
	@scripts/need_debian.sh
	@scripts/build_client.sh
	@$(PY) scripts/screens.py
	@$(PY) scripts/pictures.py

lock: ## write the locks anew (needs uv)
	@scripts/lock.sh

clean: ## remove all that was built here; exercises in data/ stay
	@rm -rf .venv client_web/node_modules client_web/dist dist build \
	  .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis test-results
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
