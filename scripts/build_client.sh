#!/usr/bin/env bash
# Builds client_web into client_web/dist, if its sources are not those of the last build.
# The stamp inside dist is a checksum of every source's name and content.
set -euo pipefail
cd "$(dirname "$0")/.."

# One build at a time; flock is there on any Linux.
if command -v flock >/dev/null; then
  exec 7>client_web/.build-lock
  flock 7
fi

fingerprint() {
  find client_web \( -name node_modules -o -name 'dist*' \) -prune -o -type f ! -name '.*' -print |
    LC_ALL=C sort | xargs cksum | cksum
}

wanted=$(fingerprint)
if [ "$(cat client_web/dist/.built 2>/dev/null)" = "$wanted" ]; then
  exit 0
fi
echo "building the client"
# Built beside and then moved, so that a running server never meets half a client.
rm -rf client_web/dist.next
scripts/with_node.sh npm run --silent build -- --outDir dist.next
echo "$wanted" >client_web/dist.next/.built
rm -rf client_web/dist
mv client_web/dist.next client_web/dist
