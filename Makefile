# Type `make` to see what there is. Python 3.11 or newer, pip and git are all a new machine needs.
PYTHON ?= python3
PORT ?= 8000
export PORT
BIN := .venv/bin/
MANAGE := $(BIN)python manage.py
LANGUAGES := nb nn fr
LOCK := $(BIN)uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate

.PHONY: help run password test coverage format messages lock sbom

help:  ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-16s %s\n", $$1, $$2}' Makefile

run: .venv/run  ## start Plenum on 127.0.0.1:$PORT (8000), with a demo conference the first time
	@DEBUG=1 $(MANAGE) migrate --verbosity 0
	@DEBUG=1 $(MANAGE) welcome
	@DEBUG=1 DJANGO_RUNSERVER_HIDE_WARNING=true exec $(MANAGE) runserver 127.0.0.1:$(PORT)

password: .venv/run  ## make a new password for the user "staff"
	@DEBUG=1 $(MANAGE) welcome --new-password

test: .venv/dev  ## check everything (BROWSER=skip leaves the browser out)
	@scripts/check

coverage: .venv/dev  ## tell which lines and branches no test on SQLite comes to
	@DEBUG=1 env -u DATABASE_URL $(BIN)pytest -m "not browser" -n 2 --dist worksteal --cov --cov-report=term:skip-covered

format: .venv/dev  ## put the code into the house's form
	git ls-files -z '*.py' | xargs -0 $(BIN)django-upgrade --target-version 5.2 --skip request_headers --exit-zero-even-if-changed
	$(BIN)ruff check --fix
	$(BIN)ruff format

messages: .venv/dev  ## collect new sentences into locale/, and compile what is translated
	scripts/need msgfmt gettext
	DEBUG=1 $(MANAGE) makemessages $(LANGUAGES:%=--locale=%) --add-location=file --no-wrap --ignore=tests --ignore=scripts
	DEBUG=1 $(MANAGE) compilemessages $(LANGUAGES:%=--locale=%) --ignore=.venv

lock: .venv/dev  ## lock the packages again after a change to requirements*.in (ARGS=--upgrade for newer ones)
	$(LOCK) requirements.in --output-file requirements.txt $(ARGS)
	$(LOCK) requirements-dev.in --output-file requirements-dev.txt $(ARGS)
	$(MAKE) sbom

sbom: .venv/dev  ## write docs/sbom.json (CycloneDX): what is installed in production; make lock does it, too
	$(BIN)cyclonedx-py requirements requirements.txt --spec-version 1.6 --output-reproducible -o docs/sbom.json

# Each of these files is as new as the packages installed from its list.
.venv/run: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Plenum needs Python 3.11 or newer: install it, or say where it is with make PYTHON=/path/to/python3." >&2; exit 1; }
	@test -x $(BIN)python || $(PYTHON) -m venv .venv
	@echo "Installing packages into .venv"
	@$(BIN)pip install -qq --disable-pip-version-check --no-deps --require-hashes -r requirements.txt
	@touch $@

.venv/dev: .venv/run requirements-dev.txt
	@echo "Installing packages for the checks into .venv"
	@$(BIN)pip install -qq --disable-pip-version-check --no-deps --require-hashes -r requirements-dev.txt
	@touch $@

.PHONY: interop
interop: .venv/dev  ## let ical.js and libical read our calendar files (installs them from npm and Debian)
	@interop/check

.PHONY: lighthouse
lighthouse: .venv/run  ## measure the public pages with Lighthouse (installs it from npm)
	@lighthouse/check

.PHONY: conformance
conformance: .venv/dev  ## let axe and the W3C's checker read every page of the demo (installs vnu from npm)
	@conformance/check

.PHONY: production-check
production-check: .venv/dev  ## start production's commands and configuration files here, and try them
	@scripts/need nginx nginx-light
	@scripts/need openssl openssl
	@PATH="$(CURDIR)/.venv/bin:$$PATH" $(BIN)python scripts/with_postgres.py $(BIN)python scripts/production_check.py

.PHONY: wapiti
wapiti: .venv/wapiti/bin/wapiti  ## let the scanner wapiti attack an installation on 127.0.0.1 (installs it from PyPI)
	@scripts/need nginx nginx-light
	@scripts/need openssl openssl
	@PATH="$(CURDIR)/.venv/bin:$$PATH" $(BIN)python scripts/with_postgres.py $(BIN)python scripts/wapiti_check.py $(ARGS)

.venv/wapiti/bin/wapiti: .venv/dev
	@$(PYTHON) -m venv .venv/wapiti
	@.venv/wapiti/bin/pip install -qq --disable-pip-version-check wapiti3==3.2.3

.PHONY: bench
bench: .venv/dev  ## measure how fast it is (ARGS=--write keeps the tables in docs/performance.md)
	@PATH="$(CURDIR)/.venv/bin:$$PATH" $(BIN)python scripts/with_postgres.py $(BIN)python bench/run.py $(ARGS)

.PHONY: chaos
chaos: .venv/dev  ## break things while visitors read (ARGS="--quick"; --write keeps the table in docs/unbreakable.md)
	@PATH="$(CURDIR)/.venv/bin:$$PATH" $(BIN)python chaos/run.py $(ARGS)

.PHONY: fuzz
fuzz: .venv/dev  ## ask for more hostile things than make test does (TIMES=20 as many, never the same ones)
	@FUZZ=$(or $(TIMES),20) DEBUG=1 $(BIN)python scripts/with_postgres.py $(BIN)pytest $$(grep -l hypothesis tests/test_*.py)
