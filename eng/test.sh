#!/usr/bin/env bash
# Runs all tests and ends with the line `N passed, N failed`; exits with the status of the test run.
set -uo pipefail
cd "$(dirname "$0")/.."
export DOTNET_CLI_UI_LANGUAGE=en
log=$(mktemp)
trap 'rm -f "$log"' EXIT
build=1
if [ "${1:-}" = --no-build ]; then build=0; shift; fi
if [ "$build" = 1 ] && ! dotnet build Assay.slnx -c Release -v q --nologo -clp:NoSummary; then
  echo "0 passed, 0 failed"
  exit 1
fi
# One test project after the other: each uses every core, and real servers and browsers in some wait for nobody.
dotnet test --solution Assay.slnx -c Release --no-build --max-parallel-test-modules 1 "$@" 2>&1 | tee "$log"
rc=${PIPESTATUS[0]}
if [ "$rc" != 0 ]; then
  # What was red, once more and last: the run before it is long.
  grep -a -A 12 '^failed ' "$log" | cut -c 1-300 | head -100
fi
awk '$1=="succeeded:"{p=$2} $1=="failed:"{f=$2} END{printf "%d passed, %d failed\n", p, f}' "$log"
exit "$rc"
