# overlegbot: everything is set up in .venv, nothing is written outside this folder (but for pip's own cache).
# A target runs its install only when a requirements file or pyproject.toml is newer than the last one.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.SUFFIXES:
.PHONY: help install test-install demo demo-matrix replay test test-teams-ui check format lock clean FORCE

# Compiled modules make a start two to three times as quick; these would prevent them or lead pip elsewhere.
unexport PYTHONDONTWRITEBYTECODE PYTHONPATH PYTHONHOME PIP_USER PIP_TARGET PIP_PREFIX PIP_REQUIRE_HASHES

PYTHON ?=
PYTHONS := python3.13 python3.12 python3.11 python3 python
PYTEST_ARGS ?=
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check -qq
PACKAGES := bot commands storage config

help:
	@echo "make demo         set up and play a fortnight in the terminal"
	@echo "make demo-matrix  set up and run a Matrix server with the example year, to take part in with any client"
	@echo "make install      set up only: .venv, with the console script .venv/bin/overlegbot"
	@echo "make replay       play a scenario year up to a moment (SCENARIO=FILE AT=2027-05-14T08:30)"
	@echo "make test         set up and run all tests         (PYTEST_ARGS='-x -k digest')"
	@echo "make test-teams-ui  look at the cards in Microsoft's playground, which is for evaluation only (SCREENSHOTS=FOLDER)"
	@echo "make check        ruff, import contracts, mypy strict"
	@echo "make format       let ruff lay out the code"
	@echo "make lock         renew the pinned requirements"
	@echo "make clean        remove .venv and the caches"
	@echo "Another Python than the first of $(PYTHONS): make install PYTHON=/path/to/python3"

install: .venv/.installed

test-install: .venv/.test-installed tests/reference/node_modules/.installed tests/web/dist/index.html

demo: install
	@$(BIN)/overlegbot demo

# The homeserver comes with the requirements of the tests. Without the web client the demo goes on, and says so.
demo-matrix: .venv/.test-installed
	@$(MAKE) --no-print-directory tests/web/dist/index.html || echo "The web client could not be built, see above."
	@$(BIN)/overlegbot demo-matrix --web tests/web/dist

# Standard output holds the document only: what is set up on the way is told on standard error.
replay:
	@$(MAKE) --no-print-directory install >&2
	@$(BIN)/overlegbot replay "$(SCENARIO)" --at "$(AT)"

test: test-install
	$(BIN)/python -m pytest $(PYTEST_ARGS)

check: test-install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/mypy

format: test-install
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

clean:
	rm -rf .venv .lock-venv tests/reference/node_modules tests/web/node_modules tests/web/dist tests/teams/playground/node_modules build dist .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find $(PACKAGES) tests -name __pycache__ -type d -prune -exec rm -rf {} +

# An environment cannot be moved: one that was made in another folder, or whose Python has gone, is made anew.
ifneq ($(shell [ -x .venv/bin/python ] && cat .venv/.made 2>/dev/null),$(CURDIR))
.venv/.made: FORCE
endif

.venv/.made:
	@found=; for python in $(if $(PYTHON),"$(PYTHON)",$(PYTHONS)); do \
	  if "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	    if "$$python" -c 'import ensurepip, venv' 2>/dev/null; then found=$$python; break; fi; \
	    echo "$$python has no venv module (Debian, Ubuntu: apt install python3-venv)" >&2; \
	  fi; \
	done; \
	if [ -z "$$found" ]; then \
	  echo "overlegbot needs Python 3.11 or newer with venv; looked for: $(or $(PYTHON),$(PYTHONS)). Name one: make install PYTHON=/path/to/python3" >&2; exit 1; \
	fi; \
	echo "Setting up .venv with $$("$$found" --version) ..."; \
	"$$found" -m venv --clear .venv
	@printf '%s\n' "$(CURDIR)" > $@

.venv/.required: .venv/.made requirements/build.txt requirements/runtime.txt
	@echo "Installing the requirements ..."
	@$(PIP) install --require-hashes -r requirements/build.txt
	@$(PIP) install --require-hashes --no-build-isolation -r requirements/runtime.txt
	@touch $@

.venv/.installed: .venv/.required pyproject.toml
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m compileall -q .venv/lib $(PACKAGES) || true
	@echo "Ready: .venv/bin/overlegbot --help"
	@touch $@

.venv/.test-installed: .venv/.installed requirements/test.txt
	@echo "Installing what the tests need ..."
	@$(PIP) install --require-hashes --no-build-isolation -r requirements/test.txt
	@$(BIN)/python -m compileall -q .venv/lib || true
	@touch $@

# The crypto engine of the reference clients, from npm. Node itself comes with the test requirements.
tests/reference/node_modules/.installed: .venv/.test-installed tests/reference/package.json tests/reference/package-lock.json
	@echo "Installing the reference client ..."
	@cd tests/reference && PATH="$(CURDIR)/.venv/bin:$$PATH" npm ci --ignore-scripts --no-audit --no-fund --no-progress --loglevel=error
	@touch $@

# A web client for the Matrix demo, and what drives a browser in a test. Chromium itself comes from the system.
tests/web/node_modules/.installed: .venv/.test-installed tests/web/package.json tests/web/package-lock.json
	@echo "Installing the web client ..."
	@cd tests/web && PATH="$(CURDIR)/.venv/bin:$$PATH" npm ci --ignore-scripts --no-audit --no-fund --no-progress --loglevel=error
	@touch $@

tests/web/dist/index.html: tests/web/node_modules/.installed tests/web/build.mjs tests/web/client.js tests/web/index.html
	@cd tests/web && PATH="$(CURDIR)/.venv/bin:$$PATH" node build.mjs
	@touch $@

# Microsoft's playground for Teams. Its licence allows evaluation only: whoever asks for this target installs it, no test
# that always runs needs it, and nothing ships it.
test-teams-ui: test-install tests/teams/playground/node_modules/.installed
	$(BIN)/python -m pytest tests/teams/playground/ui.py $(PYTEST_ARGS)

tests/teams/playground/node_modules/.installed: .venv/.test-installed tests/teams/playground/package.json tests/teams/playground/package-lock.json
	@echo "Installing Microsoft's playground, for evaluation only ..."
	@cd tests/teams/playground && PATH="$(CURDIR)/.venv/bin:$$PATH" npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

# The hashes come from the public index, whatever this machine's pip is told (uv does not read pip's settings).
# No address of an index, no path and no host goes into the files.
COMPILE = env -u UV_INDEX -u UV_INDEX_URL -u UV_DEFAULT_INDEX -u UV_EXTRA_INDEX_URL -u UV_FIND_LINKS .lock-venv/bin/uv --no-config pip compile \
  --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-annotate --no-emit-index-url --no-emit-find-links \
  --custom-compile-command "make lock"

lock: .venv/.made
	.venv/bin/python -m venv --clear .lock-venv
	.lock-venv/bin/python -m pip --disable-pip-version-check --quiet install uv
	$(COMPILE) requirements/build.in -o requirements/build.txt
	$(COMPILE) pyproject.toml -c requirements/build.txt -o requirements/runtime.txt
	$(COMPILE) pyproject.toml requirements/test.in -c requirements/build.txt -c requirements/runtime.txt -o requirements/test.txt
	rm -rf .lock-venv
