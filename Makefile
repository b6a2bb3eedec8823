# Every target installs what it needs and is missing; the second time that takes no time.
.POSIX:
.PHONY: run demo test lint bench shots power-cuts lock ready ready-dev

BIN = .venv/bin

run: ready
	@exec $(BIN)/sellervault run

demo: ready-dev
	@exec $(BIN)/python -m demo

test: ready-dev
	@OMP_THREAD_LIMIT=1 exec $(BIN)/python -m pytest --numprocesses auto --dist loadscope $(TESTS)

lint: ready-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: ready-dev
	@for bench in tests/bench/bench_*.py; do \
		echo "== $$bench"; OMP_THREAD_LIMIT=1 PYTHONPATH=. $(BIN)/python $$bench || exit 1; \
	done

# Cuts the power of a filesystem of its own, again and again, during uploads. Has to be root.
power-cuts: ready-dev
	$(BIN)/python -m tests.faults.power_cut

# Pictures of every page, for looking at them; and the README's.
shots: ready-dev
	@$(BIN)/python -m tests.browser.shots --readme docs/images

# Takes the newest versions that fit: try the tests before keeping the result.
lock: ready-dev
	tools/lock.sh
	npm install --package-lock-only --silent

ready:
	@tools/system-packages.sh run
	@tools/environment.sh run
	@tools/front-end.sh

ready-dev:
	@tools/system-packages.sh dev
	@tools/environment.sh dev
	@tools/front-end.sh
