#!/bin/sh
# Installs the system packages that are missing: `run` what the service needs, `dev` also what its tests drive.
# A package counts as there when what it brings can be found, wherever that came from.
set -eu
python=$("$(dirname "$0")/python.sh")
languages=$(tesseract --list-langs 2>/dev/null || true)
missing=""

wants() { # PACKAGE COMMAND…: the package is missing unless the command succeeds
    package=$1
    shift
    "$@" >/dev/null 2>&1 || missing="$missing $package"
}
reads() { printf '%s\n' "$languages" | grep -qx "$1"; }
links() { "$python" -c "import ctypes.util, sys; sys.exit(not ctypes.util.find_library('$1'))"; }
font() { find /usr/share/fonts /usr/local/share/fonts -name "$1" 2>/dev/null | grep -q . ; }
serves() { command -v initdb || ls /usr/lib/postgresql/*/bin/initdb; }

wants python3-venv "$python" -c 'import venv, ensurepip'
wants tesseract-ocr command -v tesseract
for language in eng osd fra deu ita spa; do wants "tesseract-ocr-$language" reads "$language"; done
wants bubblewrap command -v bwrap
wants libpango-1.0-0 links pango-1.0
wants libpangoft2-1.0-0 links pangoft2-1.0
wants libharfbuzz-subset0 links harfbuzz-subset
wants fonts-dejavu-core font DejaVuSans.ttf
wants fonts-open-sans font OpenSans-Regular.ttf
wants fonts-droid-fallback font 'DroidSansFallback*.ttf'
if [ "$1" = dev ]; then
    wants chromium command -v chromium
    wants poppler-utils command -v pdftotext
    wants postgresql serves
    wants strace command -v strace
fi
[ -n "$missing" ] || exit 0

if ! command -v apt-get >/dev/null; then
    echo "These Debian packages, or what your system calls them, are missing; install them and try again:$missing" >&2
    exit 1
fi
if [ "$(id -u)" = 0 ]; then
    sudo=""
elif command -v sudo >/dev/null; then
    sudo=sudo
else
    echo "Some system packages are missing. As root, run:  apt-get install$missing" >&2
    exit 1
fi
echo "Installing:$missing"
$sudo apt-get -qq update
# shellcheck disable=SC2086  # a list of words
$sudo env DEBIAN_FRONTEND=noninteractive apt-get -qq install --yes --no-install-recommends $missing >/dev/null
