#!/usr/bin/env bash
# Builds .venv with what stands in the locks, and nothing else. Usage: scripts/make_venv.sh run|dev
#   run   what the server needs           (requirements.lock)
#   dev   that, and tests and lint        (requirements-dev.lock, a superset)
# Does nothing when .venv already holds it: the stamp inside is a hash of all that decides the content.
set -euo pipefail
cd "$(dirname "$0")/.."

kind=${1:?run or dev}
case $kind in
  run) lock=requirements.lock ;;
  dev) lock=requirements-dev.lock ;;
  *) echo "make_venv.sh: run or dev, not '$kind'" >&2; exit 2 ;;
esac

# Two builds at once (a test run beside a server) would trip over each other; flock is there on any Linux.
mkdir -p .venv
if command -v flock >/dev/null; then
  exec 9>.venv/.lock
  flock 9
fi

python=${PYTHON:-python3}
fingerprint() { # of one lock: a changed dependency, entry point or place asks for a new install
  { cat "$1" requirements-build.lock pyproject.toml; pwd; } | "$python" -c \
    'import hashlib, sys; print(hashlib.sha256(sys.stdin.buffer.read()).hexdigest())'
}
holds() { [ -x .venv/bin/kerege ] && [ "$(cat ".venv/.holds-$1" 2>/dev/null)" = "$2" ]; }

wanted=$(fingerprint "$lock")
if holds "$kind" "$wanted" || { [ "$kind" = run ] && holds dev "$(fingerprint requirements-dev.lock)"; }; then
  exit 0
fi

if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
  echo "Kerege needs Python 3.11 or newer as '$python' (or name another: make setup PYTHON=python3.12)." >&2
  exit 1
fi
if ! "$python" -c 'import venv, ensurepip' 2>/dev/null; then
  echo "Python has no venv here. On Debian or Ubuntu: apt-get install -y python3-venv" >&2
  exit 1
fi

progress() { # pip's many lines as one line that counts; its errors are kept, and shown if it fails
  awk -v all="$1" -v tty="$([ -t 1 ] && echo 1 || echo 0)" '
    /^Collecting / { n++; name = $2; sub(/==.*/, "", name)
      if (tty) { printf "\r\033[K  %d of at most %d  %s", n, all, name; fflush() }
      else if (n % 25 == 0) { printf "  %d of at most %d\n", n, all; fflush() } }
    /^Installing collected/ { if (tty) printf "\r\033[K"; print "  installing"; fflush() }'
}

rm -f .venv/.holds-*
echo "1/3 creating .venv"
"$python" -m venv .venv
echo "2/3 fetching the packages of $lock (each checked against its hash)"
# Ready-made wheels only: building one would fetch build tools that no lock names.
.venv/bin/python -m pip install --disable-pip-version-check --no-input --progress-bar off --only-binary :all: \
  --require-hashes -r "$lock" -r requirements-build.lock 2>.venv/.pip-errors |
  progress "$(grep -c '^[a-z]' "$lock")" || { cat .venv/.pip-errors >&2; exit 1; }
echo "3/3 installing kerege itself, in place"
.venv/bin/python -m pip install --disable-pip-version-check --no-input --quiet \
  --no-deps --no-build-isolation --no-index --editable . 2>.venv/.pip-errors || { cat .venv/.pip-errors >&2; exit 1; }
echo "$wanted" >".venv/.holds-$kind"
