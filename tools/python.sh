#!/bin/sh
# Prints a Python of this machine that the service runs on (3.11 or newer); $PYTHON overrides the search.
set -eu
for candidate in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11; do
    if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        command -v "$candidate"
        exit 0
    fi
done
echo "Seller Vault needs Python 3.11 or newer. Install it (Debian 12: apt-get install python3), then try again." >&2
exit 1
