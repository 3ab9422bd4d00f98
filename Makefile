# make        build the site into output/
# make test   run the checks and tests
# make serve  show the site in a browser, and each change as it is saved
# make check  say what is wrong with the content, and what could be better
#
# make package     build the package, install it and try it
# make promises    run the tests of SECURITY.md and count what was tried
# make nightly     run all tests on everything they know, with ten times as many examples: takes hours (TESTS=tests/pages for some)
# make coverage    run the tests and say which lines they do not reach
# make fuzz        feed mutated texts to the engine for a minute (SECONDS=600 for ten)
# make passages    let a browser go to every passage of the texts kept in .sources/
# make lighthouse  ask Lighthouse of the pages, on a phone (PAGES="vi/ vi/about/" for others)
# make audit       ask whether a dependency has a known hole
#
# Each does its own set-up: Debian with git, make and python3 (3.11 or later, with venv) is enough.

PYTHON ?= python3
BIN := .venv/bin
SECONDS ?= 60
PAGES ?=
TESTS ?=
WORKERS ?= 3
WEB := tools/web/node_modules
PYTEST := $(BIN)/python -m pytest --numprocesses=$(WORKERS) --dist=worksteal
NPM_CI := npm ci --ignore-scripts --no-audit --no-fund --no-progress --loglevel=error

.PHONY: site serve test package packages promises nightly coverage passages fuzz lighthouse audit check update-golden screenshots lock clean

site: .venv/site
	$(BIN)/python build.py

serve: .venv/site
	$(BIN)/python build.py serve --open

check: .venv/site
	$(BIN)/python build.py check

test: .venv/test $(WEB)/.installed .cache/pythons/.installed .cache/wheels/.downloaded
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(PYTEST)

# Apart, for it takes a quarter longer.
coverage: .venv/test $(WEB)/.installed .cache/wheels/.downloaded
	$(PYTEST) --cov --cov-report=term

# Builds the package, and uses it where it is installed.
package: .venv/test .cache/wheels/.downloaded
	$(PYTEST) tests/repository/test_package.py

promises: .venv/test packages
	$(PYTEST) -q -m promise

nightly: .venv/test $(WEB)/.installed .cache/pythons/.installed .cache/wheels/.downloaded
	$(PYTEST) --nightly $(TESTS)

passages: .venv/test packages
	$(BIN)/python tools/passages.py

fuzz: .venv/site
	$(BIN)/python tools/fuzz.py --seconds $(SECONDS)

lighthouse: site .venv/test $(WEB)/.lighthouse
	$(BIN)/python tools/lighthouse.py $(PAGES)

audit: .cache/audit/done
	for lock in requirements.txt requirements-cards.txt requirements-intake.txt requirements-dev.txt requirements-audit.txt; do \
	    .cache/audit/bin/pip-audit --strict --require-hashes --disable-pip -r $$lock || exit 1; done

update-golden: .venv/test
	$(BIN)/python -m pytest -q tests/commands/test_build.py --update-golden

screenshots: site .venv/test packages
	$(BIN)/python tools/screenshots.py
	$(BIN)/python tools/screenshots_of_translating.py

# Every package, with the hash of what was looked at.
lock:
	uv pip compile -q --universal --generate-hashes --no-strip-extras --no-annotate --custom-compile-command "make lock" \
	    -o requirements.txt pyproject.toml
	uv pip compile -q --universal --generate-hashes --no-strip-extras --no-annotate --custom-compile-command "make lock" \
	    --extra cards -o requirements-cards.txt pyproject.toml
	uv pip compile -q --universal --generate-hashes --no-strip-extras --no-annotate --custom-compile-command "make lock" \
	    --extra intake -o requirements-intake.txt pyproject.toml
	uv pip compile -q --universal --generate-hashes --no-strip-extras --no-annotate --custom-compile-command "make lock" \
	    --group dev -o requirements-dev.txt pyproject.toml
	uv pip compile -q --universal --generate-hashes --no-strip-extras --no-annotate --custom-compile-command "make lock" \
	    --group pyproject.toml:audit -o requirements-audit.txt
	# pip before 23.3 knows an extra by one of its two spellings alone.
	sed -i 's/^lxml\[html-clean\]/lxml[html_clean]/' requirements-intake.txt requirements-dev.txt
	cd tools/web && npm install --package-lock-only --ignore-scripts --no-audit --no-fund --loglevel=error

# An environment without pip, as uv makes them, is made anew.
.venv/bin/pip:
	$(PYTHON) -m venv --clear .venv

.venv/site: .venv/bin/pip requirements.txt
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

.venv/test: .venv/bin/pip requirements-dev.txt
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@ .venv/site

# The oldest and the newest Python at hand, beside that of .venv, which must make the same bytes.
.cache/pythons/.installed: requirements-cards.txt tools/other_pythons.py | .venv/bin/pip
	$(BIN)/python tools/other_pythons.py
	@touch $@

# What the package needs, so that tests install it as a user does, and ask no registry.
.cache/wheels/.downloaded: requirements-cards.txt | .venv/bin/pip
	rm -rf $(@D)
	$(BIN)/python -m pip download -q --disable-pip-version-check --require-hashes -r requirements-cards.txt -d $(@D)
	@touch $@

packages:
	tools/install-packages

# What the tests use of the web's own tools. Where it cannot be had, they say what was not run.
$(WEB)/.installed: tools/web/package.json tools/web/package-lock.json | packages
	@(cd tools/web && $(NPM_CI) --omit=dev >/dev/null && touch node_modules/.installed) || \
	    echo "Could not be installed: tools/web. The tests that need it will not run." >&2

$(WEB)/.lighthouse: tools/web/package.json tools/web/package-lock.json | packages
	cd tools/web && $(NPM_CI) >/dev/null && touch node_modules/.installed node_modules/.lighthouse

.cache/audit/done: requirements-audit.txt
	$(PYTHON) -m venv --clear .cache/audit
	.cache/audit/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-audit.txt
	@touch $@

clean:
	rm -rf .venv $(WEB) .cache .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage
