# make demo   the site with example data on http://localhost:8000/  (PORT=9000 for another port)
# make test   all tests, on SQLite and on PostgreSQL                (ARGS="-k rating" for some)
# make lint   style, templates, migrations, production settings
# make format puts Python files into the one format

PORT ?= 8000
ARGS ?=

.PHONY: help demo test lint format

help:
	@sed -n 's/^# //p' Makefile

demo:
	@bin/demo $(PORT)

test:
	@bin/setup --for-tests
	@bin/run-tests $(ARGS)

lint:
	@bin/setup --for-tests
	@bin/lint

format:
	@bin/setup --for-tests
	@.venv/bin/ruff check --fix --quiet .
	@.venv/bin/ruff format .
