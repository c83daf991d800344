#!/usr/bin/env bash
# Builds client_web into client_web/dist, if its sources are not those of the last build.
# The stamp inside dist is a checksum of every source's name and content.
set -euo pipefail
cd "$(dirname "$0")/.."

fingerprint() {
  find client_web \( -name node_modules -o -name dist \) -prune -o -type f ! -name '.*' -print |
    LC_ALL=C sort | xargs cksum | cksum
}

wanted=$(fingerprint)
if [ "$(cat client_web/dist/.built 2>/dev/null)" = "$wanted" ]; then
  exit 0
fi
echo "building the client"
scripts/with_node.sh npm run --silent build
echo "$wanted" >client_web/dist/.built
