# make        build the site into output/
# make test   run every check and test
# make check  say what is wrong with the content, and what could be better
#
# make promises  run the tests of SECURITY.md and count what was tried
# make nightly   run all tests, those of SECURITY.md with ten times as many examples
# make fuzz      feed mutated texts to the engine for a minute (SECONDS=600 for ten)
# make audit     ask whether a dependency has a known hole
#
# Each does its own set-up: Debian with git, make and python3 (3.11 or later, with venv) is enough.

PYTHON ?= python3
BIN := .venv/bin
SECONDS ?= 60

.PHONY: site test promises nightly fuzz audit check update-golden screenshots lock clean

site: .venv/site
	$(BIN)/python build.py

check: .venv/site
	$(BIN)/python build.py check

test: .venv/test
	tools/install-packages
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m pytest --cov --cov-report=term

promises: .venv/test
	tools/install-packages
	$(BIN)/python -m pytest -q -m promise

nightly: .venv/test
	tools/install-packages
	$(BIN)/python -m pytest --hypothesis-profile=nightly

fuzz: .venv/site
	$(BIN)/python tools/fuzz.py --seconds $(SECONDS)

audit: .cache/audit/done
	for lock in requirements.txt requirements-dev.txt requirements-audit.txt; do \
	    .cache/audit/bin/pip-audit --strict --require-hashes --disable-pip -r $$lock || exit 1; done

update-golden: .venv/test
	$(BIN)/python -m pytest -q tests/test_build.py --update-golden

screenshots: site .venv/test
	tools/install-packages
	$(BIN)/python tools/screenshots.py

# Every package, with the hash of what was looked at.
lock:
	uv pip compile -q --universal --generate-hashes --no-strip-extras --no-annotate --custom-compile-command "make lock" \
	    -o requirements.txt pyproject.toml
	uv pip compile -q --universal --generate-hashes --no-strip-extras --no-annotate --custom-compile-command "make lock" \
	    --group dev -o requirements-dev.txt pyproject.toml
	uv pip compile -q --universal --generate-hashes --no-strip-extras --no-annotate --custom-compile-command "make lock" \
	    --group pyproject.toml:audit -o requirements-audit.txt

# An environment without pip, as uv makes them, is made anew.
.venv/bin/pip:
	$(PYTHON) -m venv --clear .venv

.venv/site: .venv/bin/pip requirements.txt
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

.venv/test: .venv/bin/pip requirements-dev.txt
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@ .venv/site

.cache/audit/done: requirements-audit.txt
	$(PYTHON) -m venv --clear .cache/audit
	.cache/audit/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-audit.txt
	@touch $@

clean:
	rm -rf .venv .cache .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage
