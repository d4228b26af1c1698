# The two commands are `make demo` and `make test`; both set everything up by themselves.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PORT ?= 8000
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export UV_PROJECT_ENVIRONMENT := $(VENV)
export UV_PYTHON_DOWNLOADS ?= automatic

help: ## What can be made here
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

demo: setup ## The fictional town on http://127.0.0.1:$(PORT)
	@VICINIA_DEMO=1 VICINIA_HOME=$(CURDIR)/var/demo VICINIA_PUBLIC_URL=http://127.0.0.1:$(PORT) $(BIN)/vicinia demo --port $(PORT)

test: setup browser ## Everything: checks, both databases, journeys in a real browser
	@tools/test all

check: setup ## The fast loop: lint, types, contracts, unit tests
	@tools/test fast

journeys: setup browser ## The journeys in a real browser only
	@tools/test journeys

setup: $(VENV)/.ready ## Virtual environment with everything, commands in .venv/bin

# uv comes in an environment of its own: the system's Python may be managed by someone else.
.uv/bin/uv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Vicinia needs Python 3.11 or newer: make PYTHON=/path/to/python3.11"; exit 1; }
	@$(PYTHON) -m venv .uv && .uv/bin/pip install --quiet --disable-pip-version-check uv

$(VENV)/.ready: .uv/bin/uv pyproject.toml uv.lock $(shell find src -name '*.po')
	@.uv/bin/uv sync --quiet --locked --all-extras --python $$(command -v $(PYTHON))
	@$(BIN)/python tools/compile_messages.py
	@touch $@

browser: setup ## A Chromium for the journeys: the system's, or (root on Debian) installed from its packages
	@tools/find_browser >/dev/null

clean: ## Remove what was made here, but not a town's data in var/
	rm -rf $(VENV) .uv .pytest_cache .mypy_cache .ruff_cache .hypothesis

.PHONY: help demo test check journeys setup browser clean
