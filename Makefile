# make demo [REPORTS=folder]   install, read corpus/reports (and the folder), print what stands in them
# make test                    install what the tests need, lint, check types, run the tests
# make score | bench           quality, speed
# make model [MORE=labelled.csv]   training of the classifiers, with sentences that a person judged (docs/corrections.md)

PYTHON ?= python3
VENV := .venv
BIN := $(if $(filter Windows_NT,$(OS)),$(VENV)/Scripts,$(VENV)/bin)
PINS := $(if $(wildcard constraints.txt),-c constraints.txt)
DB := reports.db
export REPORTS MORE  # to the shell as it is: names may have blanks and brackets

.PHONY: venv demo test score bench model clean

venv: $(VENV)/.nianlun

$(VENV)/.nianlun: pyproject.toml $(wildcard constraints.txt)
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check $(PINS) -e .
	touch $@

$(VENV)/.nianlun-test: $(VENV)/.nianlun
	$(BIN)/python -m pip install --quiet --disable-pip-version-check $(PINS) -e '.[test]'
	touch $@

# Exit code 3 says that some files could not be read: they are listed, the rest is in the index.
demo: $(VENV)/.nianlun
	$(BIN)/nianlun ingest corpus/reports $${REPORTS:+"$$REPORTS"} --db $(DB) --format table || test $$? -eq 3
	$(BIN)/nianlun overview --db $(DB)

test: $(VENV)/.nianlun-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest

score: $(VENV)/.nianlun-test
	$(BIN)/python -m nlp.evaluate

bench: $(VENV)/.nianlun-test
	$(BIN)/python -m pip install --quiet --disable-pip-version-check $(PINS) '.[bench]' || echo "peers of the formats and of search are left out"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check $(PINS) '.[values]' || echo "peers of the values are left out"
	$(BIN)/python benchmarks/run.py
	$(BIN)/python benchmarks/formats.py
	$(BIN)/python benchmarks/side_by_side.py
	$(BIN)/python benchmarks/finders.py
	$(BIN)/python benchmarks/stages.py corpus/reports
	$(BIN)/python benchmarks/search.py
	$(BIN)/python benchmarks/scale.py --counts 1000,10000

model: $(VENV)/.nianlun-test
	$(BIN)/python -m nlp.train $${MORE:+--more "$$MORE"}

clean:
	rm -rf $(VENV) build *.egg-info $(DB)
