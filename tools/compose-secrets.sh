#!/bin/sh
# Writes .env for docker-compose.yml with passwords of this installation's own. Leaves an existing one alone.
set -eu
cd "$(dirname "$0")/.."
if [ -e .env ]; then
    echo ".env is there already; nothing was changed." >&2
    exit 1
fi
password() { od -An -N24 -tx1 /dev/urandom | tr -d ' \n'; }
umask 077
cat > .env <<END
POSTGRES_PASSWORD=$(password)
QUEUE_PASSWORD=$(password)
STORE_PASSWORD=$(password)
# The address that people type, and how many proxies stand before the web port:
#PUBLIC_URL=https://vault.example.com
#TRUSTED_PROXIES=1
# For so many days nobody can delete an original:
#LOCK_DAYS=3650
END
echo "Wrote .env"
