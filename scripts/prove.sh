#!/usr/bin/env bash
# Runs every proof and prints the table: guarantee, what was tried, faults, failures, mutants killed, seed.
# The same proofs as in `make test`, at greater length; then what slow peers cost, measured while nothing else runs.
set -euo pipefail
cd "$(dirname "$0")/.."

table=test-results/proofs.md
if [ "${1:-}" = long ]; then
  export KEREGE_PROVE=${KEREGE_PROVE:-6} KEREGE_TRIALS=${KEREGE_TRIALS:-300}
  herd=1000 silent=8000 pairs=40
else
  export KEREGE_PROVE=${KEREGE_PROVE:-1} KEREGE_TRIALS=${KEREGE_TRIALS:-10}
  herd=100 silent=1000 pairs=60
fi
mkdir -p test-results
status=0
"$PY" -m pytest -n 2 --dist worksteal -m proof -o timeout=7200 -rs --proofs "$table" || status=$?
"$PY" -m benchmarks.observers --herd "$herd" --silent "$silent" --pairs "$pairs" --proofs "$table" || status=1
echo "the table: $table"
exit "$status"
