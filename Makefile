# Every target sets up what it needs; `make demo` and `make test` are all a newcomer has to know.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.DEFAULT_GOAL := help
.PHONY: help demo test test-fast check format fuzz bench curve gallery golden schema vendor clean

help:            ## What can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## */\t/' | expand -t 12

$(READY): pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit("deckbuilder needs Python 3.11 or later; try make PYTHON=python3.12" if sys.version_info < (3, 11) else 0)'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	touch $@

demo: $(READY)   ## Build the shipped deck into output/
	$(BIN)/deckbuilder build content/harm-reduction --session content/harm-reduction/session.yaml
	@printf '\nOpen them from the folder output/harm-reduction/spruce. A training of your own:\n'
	@printf '  $(BIN)/deckbuilder new my-training && $(BIN)/deckbuilder build my-training\n'
	@printf 'Or in the browser, without a line of YAML:\n  $(BIN)/deckbuilder studio my-training\n'

test: $(READY)   ## Run all tests
	$(BIN)/python -m pytest -n auto --dist worksteal

test-fast: $(READY) ## Run the tests that build no whole deck and run no other program
	$(BIN)/python -m pytest -n auto -m 'not slow'

check: $(READY)  ## Lint, types, import rules
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(READY) ## Format the code
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

fuzz: $(READY)   ## Build mutants of decks, themes and files: make fuzz SEED=7 N=5000
	FUZZ_SEED=$(or $(SEED),1) FUZZ_N=$(or $(N),2000) $(BIN)/python -m pytest -n auto tests/test_fuzz.py

bench: $(READY)  ## Measure the whole command beside pandoc
	$(BIN)/python benchmarks/run.py

curve: $(READY)  ## Measure how the deck's cost grows with its slides
	$(BIN)/python benchmarks/curve.py

gallery: $(READY) ## Draw the pictures that the README shows
	$(BIN)/python docs/gallery.py

golden: $(READY) ## Renew the golden files
	$(BIN)/python -m pytest -n auto --golden

schema: $(READY) ## Renew the shipped schemas and the references of fields and rules
	for name in deck session brand vocabulary organisation library catalogue findings; do $(BIN)/deckbuilder schema $$name --output content/$$name.schema.json; done
	$(BIN)/python docs/fields.py
	$(BIN)/python docs/rules.py

vendor:          ## Renew the libraries of the studio's page (needs npm; nothing else does)
	cd vendor && npm install --silent --no-audit --no-fund --no-package-lock && node build.mjs

clean:           ## Remove what was made
	rm -rf $(VENV) output dist build .pytest_cache .mypy_cache .ruff_cache
