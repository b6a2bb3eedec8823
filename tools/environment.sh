#!/bin/sh
# Makes .venv hold what a lock file says: `run`, or `dev`, which is `run` and more. Does nothing when it does already.
set -eu
cd "$(dirname "$0")/.."
python=$(tools/python.sh)
wanted() { cat "requirements/$1.txt" setup.cfg pyproject.toml | sha256sum; }
has() { [ "$(cat ".venv/$1.stamp" 2>/dev/null)" = "$(wanted "$1")" ]; }
if has "$1" || has dev; then exit 0; fi
echo "Installing the Python packages of requirements/$1.txt"
[ -x .venv/bin/python ] || "$python" -m venv .venv
install() { .venv/bin/python -m pip install --quiet --quiet --disable-pip-version-check "$@"; }
install --require-hashes --requirement "requirements/$1.txt"
install --no-deps --no-build-isolation --editable .
wanted "$1" > ".venv/$1.stamp"
