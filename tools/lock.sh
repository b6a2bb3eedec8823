#!/bin/sh
# Writes the lock files anew from setup.cfg and requirements/*.in: versions and checksums, no addresses.
set -eu
cd "$(dirname "$0")/.."
lock() { .venv/bin/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --quiet "$@"; }
lock setup.cfg requirements/build.in --output-file requirements/run.txt
lock setup.cfg requirements/build.in --extra dev --constraints requirements/run.txt --output-file requirements/dev.txt
lock requirements/node.in --output-file requirements/node.txt
