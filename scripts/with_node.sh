#!/usr/bin/env bash
# Runs a command in client_web with a Node that can build the client. Usage: scripts/with_node.sh npm run build
# The machine's Node is taken when it is 20.19 or newer; else one comes from PyPI into .venv (about 60 MB, once).
# Before that it sees to it that node_modules holds what package-lock.json says.
set -euo pipefail
cd "$(dirname "$0")/.."

new_enough() {
  command -v node >/dev/null && command -v npm >/dev/null &&
    node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)'
}

# Two installs at once (a test run beside a server) would trip over each other; flock is there on any Linux.
if command -v flock >/dev/null; then
  exec 8>client_web/.lock
  flock 8
fi

if ! new_enough; then
  if ! [ -x .venv/bin/node ]; then
    echo "no Node 20.19 or newer here; fetching one into .venv"
    .venv/bin/python -m pip install --disable-pip-version-check --no-input --quiet --only-binary :all: \
      --require-hashes -r requirements-node.lock 2>.venv/.pip-errors || { cat .venv/.pip-errors >&2; exit 1; }
  fi
  # Not all of .venv/bin goes on the PATH: only these three, so that nothing else changes its meaning.
  mkdir -p .venv/node-bin
  for program in node npm npx; do ln -sf "../bin/$program" ".venv/node-bin/$program"; done
  PATH="$PWD/.venv/node-bin:$PATH"
  new_enough || { echo "The Node in .venv does not run on this machine; install Node 20.19 or newer." >&2; exit 1; }
fi

cd client_web
quietly() { # npm's own remark about a setting of the machine is no news of ours
  "$@" 2> >(grep -v 'Unknown user config' >&2 || true)
}

holds=node_modules/.holds
wanted=$(cat package.json package-lock.json | cksum)
if [ "$(cat "$holds" 2>/dev/null)" != "$wanted" ]; then
  echo "fetching the client's parts"
  quietly npm ci --no-audit --no-fund --loglevel=error
  echo "$wanted" >"$holds"
fi
exec 8>&- # the command itself may run for hours (npm run dev)
[ $# -eq 0 ] || quietly "$@"
