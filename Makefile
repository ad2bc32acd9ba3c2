# TAQA. Two commands matter: `make serve` and `make test`. `make help` lists the rest.

PYTHON ?= python3
VENV   ?= .venv
SLOW   ?=
ARGS   ?=

BIN     = $(VENV)/bin
PIP     = $(BIN)/python -m pip --disable-pip-version-check
LOCKED  = --require-hashes --no-deps --only-binary :all:
UV      = 0.13.8

.DEFAULT_GOAL := help
.PHONY: help install serve test check eval format browser wheel lock clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-9s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
	@echo "  Variables: PYTHON=python3.12 (which Python), SLOW=1 (all tests), ARGS='...' (passed on by serve, test, eval)"

install: $(VENV)/.installed ## Install TAQA into .venv, from the lock files

serve: install ## Build the index if it is missing or stale, serve http://127.0.0.1:8000
	@exec $(BIN)/taqa serve $(ARGS)

test: $(VENV)/.installed-dev browser ## Run the tests (SLOW=1: the slow ones too)
	$(BIN)/python -m pytest $(if $(SLOW),,-m "not slow") $(ARGS)

check: $(VENV)/.installed-dev ## Lint, format and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

eval: install ## Measure on the questions in eval/
	@exec $(BIN)/taqa eval $(ARGS)

format: $(VENV)/.installed-dev ## Put the source into the house format
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

wheel: $(VENV)/.installed ## Build the wheel into dist/
	@rm -rf build dist
	$(PIP) wheel --quiet --no-deps --no-build-isolation --wheel-dir dist .

lock: $(VENV)/.installed ## Renew requirements/*.txt from pyproject.toml (uses uv, for this only)
	@requirements/lock $(BIN)/python $(UV)

clean: ## Remove what building and testing leave behind (not .venv, not the indexes)
	rm -rf build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis src/*.egg-info
	find src tests -name __pycache__ -type d -prune -exec rm -rf {} +

# --- how it is installed -------------------------------------------------------------------------------------
# torch first and alone, so that nothing else chooses its build; then the lock, hash by hash, without resolving
# anything; then torch's build is given the libraries it asks for (none for a CPU build). Each stamp is renewed
# when its lock changes, so that a second `make` costs nothing.

$(VENV)/.created:
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' 2>/dev/null || { \
	  echo "TAQA needs Python 3.11, 3.12 or 3.13, and '$(PYTHON)' is $$($(PYTHON) -V 2>/dev/null || echo not there): say which to use with 'make ... PYTHON=python3.12'." >&2; exit 1; }
	@test -x $(BIN)/python && $(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear $(VENV) || { \
	  echo "Python's venv module is incomplete: install it (Debian and Ubuntu: apt-get install python3-venv) and run make again." >&2; exit 1; }
	@touch $@

$(VENV)/.torch: requirements/torch.txt $(VENV)/.created
	@echo "Installing torch"
	@$(PIP) install --quiet --no-deps -r requirements/torch.txt
	@touch $@

$(VENV)/.locked: requirements/runtime.txt $(VENV)/.torch
	@echo "Installing what TAQA needs"
	@$(PIP) install --quiet $(LOCKED) -r requirements/runtime.txt
	@$(BIN)/python -c 'import importlib.metadata as m, sys; sys.exit(sys.platform == "linux" and not m.version("torch").endswith("+cpu"))' || \
	  echo "pip found a CUDA build of torch and now fetches several gigabytes for it; README, 'Linux without a GPU', tells how to have the small one."
	@$(PIP) install --quiet -r requirements/torch.txt
	@touch $@

$(VENV)/.installed: pyproject.toml $(VENV)/.locked
	@$(PIP) install --quiet --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.installed-dev: requirements/dev.txt $(VENV)/.installed
	@echo "Installing what the tests need"
	@$(PIP) install --quiet $(LOCKED) -r requirements/dev.txt
	@touch $@

browser:
	@for name in chromium chromium-browser google-chrome google-chrome-stable; do \
	  command -v $$name >/dev/null 2>&1 && exit 0; done; \
	test -n "$$CHROMIUM" && exit 0; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then \
	  echo "Installing Debian's chromium for the browser tests"; \
	  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium; } >/dev/null </dev/null && exit 0; fi; \
	echo "There is no Chromium here: the browser tests will be skipped. Install it, or name one in CHROMIUM."
