#!/usr/bin/env bash
# Writes the requirements*.lock files anew: hashes, every platform, Python 3.11 and newer, no registry address.
# Needs uv (pip install uv). Old versions are kept unless --upgrade is given.
set -euo pipefail
cd "$(dirname "$0")/.."

lock() {
  local into=$1
  shift
  uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
    --no-header --no-annotate --no-emit-index-url --no-emit-find-links --output-file "$into" "$@"
  echo "wrote $into"
}

lock requirements.lock pyproject.toml "$@"
lock requirements-dev.lock pyproject.toml --group dev --constraint requirements.lock "$@"
lock requirements-build.lock --group build --constraint requirements-dev.lock "$@"
lock requirements-node.lock --group node "$@"
