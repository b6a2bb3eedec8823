#!/bin/sh
# Fetches the front-end libraries by lock file and copies what pages use to vault/web/static/vendor.
set -eu
cd "$(dirname "$0")/.."
vendor=vault/web/static/vendor
wanted=$(cat package-lock.json tools/front-end.sh | sha256sum)
[ "$(cat "$vendor/stamp" 2>/dev/null)" != "$wanted" ] || exit 0
echo "Fetching the front-end libraries"
if ! command -v npm >/dev/null; then
    .venv/bin/python -m pip install --quiet --quiet --disable-pip-version-check --require-hashes --requirement requirements/node.txt
    PATH="$PWD/.venv/bin:$PATH"
fi
npm ci --silent --ignore-scripts --no-audit --no-fund
rm -rf "$vendor"
mkdir -p "$vendor/bootstrap" "$vendor/bootstrap-icons/fonts" "$vendor/htmx"
cp node_modules/bootstrap/dist/css/bootstrap.min.css node_modules/bootstrap/dist/js/bootstrap.bundle.min.js "$vendor/bootstrap/"
cp node_modules/bootstrap-icons/font/bootstrap-icons.min.css "$vendor/bootstrap-icons/"
cp node_modules/bootstrap-icons/font/fonts/bootstrap-icons.woff2 node_modules/bootstrap-icons/font/fonts/bootstrap-icons.woff "$vendor/bootstrap-icons/fonts/"
cp node_modules/htmx.org/dist/htmx.min.js "$vendor/htmx/"
rm -rf node_modules
echo "$wanted" > "$vendor/stamp"
