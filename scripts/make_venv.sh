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

new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }
python=${PYTHON:-}
for candidate in ${PYTHON:-python3 python3.13 python3.12 python3.11 python3.14 python}; do
  if new_enough "$candidate"; then python=$candidate; break; fi
done
if [ -z "$python" ] || ! new_enough "$python"; then
  echo "Kerege needs Python 3.11 or newer; '${python:-python3}' is not. Name one: make setup PYTHON=python3.12" >&2
  exit 1
fi
if ! "$python" -c 'import venv, ensurepip' 2>/dev/null; then
  echo "'$python' has no venv. On Debian or Ubuntu: apt-get install -y python3-venv" >&2
  exit 1
fi

fingerprint() { # of one lock; of pyproject.toml only what an install reads, which stands above the tools' settings
  { cat "$1" requirements-build.lock; sed '/^\[tool\.pytest/,$d' pyproject.toml; pwd; } | "$python" -c \
    'import hashlib, sys; print(hashlib.sha256(sys.stdin.buffer.read()).hexdigest())'
}
holds() { [ -x .venv/bin/kerege ] && [ "$(cat ".venv/.holds-$1" 2>/dev/null)" = "$2" ]; }

wanted=$(fingerprint "$lock")
if holds "$kind" "$wanted" || { [ "$kind" = run ] && holds dev "$(fingerprint requirements-dev.lock)"; }; then
  exit 0
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
# A .venv that was moved or copied has the old place in its scripts: begin anew.
clear=--clear
[ "$(cat .venv/.place 2>/dev/null)" = "$PWD" ] && .venv/bin/python -c '' 2>/dev/null && clear=
"$python" -m venv $clear .venv
pwd >.venv/.place
echo "2/3 fetching the packages of $lock (each checked against its hash)"
# Ready-made wheels only: building one would fetch build tools that no lock names.
.venv/bin/python -m pip install --disable-pip-version-check --no-input --progress-bar off --only-binary :all: \
  --require-hashes -r "$lock" -r requirements-build.lock 2>.venv/.pip-errors |
  progress "$(grep -c '^[a-z]' "$lock")" || { cat .venv/.pip-errors >&2; exit 1; }
echo "3/3 installing kerege itself, in place"
.venv/bin/python -m pip install --disable-pip-version-check --no-input --quiet \
  --no-deps --no-build-isolation --no-index --editable . 2>.venv/.pip-errors || { cat .venv/.pip-errors >&2; exit 1; }
echo "$wanted" >".venv/.holds-$kind"
