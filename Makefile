# make run    set up and serve the app          make test   set up, check and run every test
# make check  style, types, import contracts    make bench  measure against an empty Streamlit app
# make test-faults  kill and cut off for an hour what `make test` kills for two minutes

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8501
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet --constraint constraints.txt

.PHONY: run test test-faults check bench chromium clean

run: $(VENV)/app.done
	$(BIN)/quiz serve --port $(PORT)

test: check chromium
	$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder

check: $(VENV)/dev.done
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports

test-faults: $(VENV)/dev.done
	$(BIN)/python -m pytest tests/faults --long -n 3 --dist load

bench: $(VENV)/dev.done chromium
	$(BIN)/python -m tests.bench

# A system Chromium if there is one; Debian's package as root; Playwright's own otherwise.
chromium: $(VENV)/dev.done
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null \
	|| { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && apt-get update -qq \
	     && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null; } \
	|| $(BIN)/python -m playwright install chromium

$(VENV)/python.done:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	|| { echo "Python 3.11 or newer is needed; $(PYTHON) is older. Try: make PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/app.done: $(VENV)/python.done pyproject.toml constraints.txt
	$(PIP) --editable .
	@touch $@

$(VENV)/dev.done: $(VENV)/app.done
	$(PIP) --editable '.[dev]'
	@touch $@

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis
