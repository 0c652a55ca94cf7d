#!/usr/bin/env bash
# Runs all tests and ends with the line `N passed, N failed`; exits with the status of the test run. Further arguments, such as --filter-class NAME, go to every
# test project.
set -uo pipefail
cd "$(dirname "$0")/.."
export DOTNET_CLI_UI_LANGUAGE=en
logs=$(mktemp -d)
trap 'kill $(jobs -p) 2>/dev/null; rm -rf "$logs"' EXIT
build=1
if [ "${1:-}" = --no-build ]; then build=0; shift; fi
if [ "$build" = 1 ] && ! dotnet build Assay.slnx -c Release -v q --nologo -clp:NoSummary; then
  echo "0 passed, 0 failed"
  exit 1
fi

run() { # run PROJECT [OPTIONS]: its tests; what they said is shown at the end, in one piece
  local name=$1 rc=0 began=$SECONDS
  shift
  dotnet test --project "tests/$name" -c Release --no-build "$@" >"$logs/$name" 2>&1 &
  local child=$!
  trap "kill $child 2>/dev/null" TERM
  wait "$child" || rc=$?
  # Nothing to run is no failure where somebody chose what to run.
  if [ "$rc" = 8 ] && [ $# -gt 0 ]; then rc=0; fi
  echo "$rc" >"$logs/$name.rc"
  printf '%s\n%s: %s s\n' "$(cat "$logs/$name")" "$name" $((SECONDS - began))
}

# The tests of the server wait for browsers, servers and clocks about half of their time; the others, which compute, have the cores meanwhile.
slow=Assay.Server.Tests
run "$slow" "$@" &
for project in tests/*/*.csproj; do
  name=$(basename "$project" .csproj)
  if [ "$name" != "$slow" ]; then run "$name" "$@"; fi
done
wait

rc=0
[ -f "$logs/$slow.rc" ] || rc=1
for ended in "$logs"/*.rc; do
  code=$(cat "$ended")
  if [ "$code" != 0 ]; then rc=$code; fi
done
if [ "$rc" != 0 ]; then
  # What was red, once more and last: the run before it is long.
  for log in "$logs"/*.Tests; do grep -a -A 12 '^failed ' "$log"; done | cut -c 1-300 | head -100
fi
cat "$logs"/*.Tests | awk '$1=="succeeded:"{p+=$2} $1=="failed:"{f+=$2} END{printf "%d passed, %d failed\n", p, f}'
exit "$rc"
