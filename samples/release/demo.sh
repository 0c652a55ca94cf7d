#!/usr/bin/env bash
# Brings a candidate of the sample service out, with everything on this machine: no model, no network. What is not running is started by `make up`.
#
#   samples/release/demo.sh release     a good one: benchmark, gate, canary at 25 and 50 %, promoted      (make demo-release)
#   samples/release/demo.sh rollback    one that fails in real traffic: found by its canary, taken back   (make demo-rollback)
#
# The candidate is what the flag see_also switches on; its files: catalog/releases/see_also.yaml, catalog/flags/see_also.yaml,
# catalog/benchmarks/handbook_see_also.yaml. Each call is the next version: 1.9.0, 1.9.1 and so on.
# Each command is printed as a person types it in this folder, with artifacts/bin in PATH, before its output.
#
# With a hub and a service of your own: ASSAY_DEMO_HUB (its pages), ASSAY_DEMO_DATA (its folder), ASSAY_DEMO_SERVICE; then nothing is started.
# ASSAY_DEMO_PROGRAM is `assay`, ASSAY_DEMO_PER_MINUTE the sample traffic meanwhile.
#
# Exit codes: 0 it went as it should, 1 it did not, 2 wrong usage, 4 the surroundings failed.
# shellcheck source-path=SCRIPTDIR/../..
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
. eng/running.sh
name=see_also benchmark=handbook_see_also
program=${ASSAY_DEMO_PROGRAM:-artifacts/bin/assay}
data=${ASSAY_DEMO_DATA:-.assay} hub=${ASSAY_DEMO_HUB:-} service=${ASSAY_DEMO_SERVICE:-}
per_minute=${ASSAY_DEMO_PER_MINUTE:-3000}
json='Content-Type: application/json'
usual_service=http://127.0.0.1:5081
wait_after="" moved=""

fail() { # fail PROBLEM FIX
  printf 'error: %s\n  fix: %s\n' "$1" "$2" >&2
  exit 4
}

went_wrong() { # went_wrong WORDS: the demo did not end as it should
  printf '\n%s\n' "$1" >&2
  exit 1
}

heading() { printf '\n== %s\n' "$1"; }

typed() { # typed WORD...: a command as a person types it
  local word line="\$"
  for word in "$@"; do
    case $word in *[!A-Za-z0-9_./:@=-]*) word="\"$word\"" ;; esac
    line+=" $word"
  done
  printf '\n%s\n' "$line"
}

assay() { # assay WORD...: says the command and runs it
  [ "$data" = .assay ] || set -- "$@" --data "$data"
  typed assay "$@"
  "$program" "$@"
}

quietly() { # quietly WORD...: runs it without a word about it
  "$program" "$@" --data "$data"
}

start_all() {
  command -v curl >/dev/null || fail "curl is missing." "Install curl, then run this again."
  if [ -z "$service" ]; then
    if ! running hub "$program serve" >/dev/null || ! running service artifacts/rag-service/RagService >/dev/null; then
      heading "First: make up"
      eng/up.sh
    fi
    hub=$(sed -n 's/.*"pages": "\([^"]*\)".*/\1/p' "$run/hub.json")
    service=$(ps -ww -o args= -p "$(running service artifacts/rag-service/RagService)" | sed -n 's/.*--urls \([^ ]*\).*/\1/p')
  fi
  hub=${hub%/} service=${service%/}
}

# More questions than `make up` asks, so that a canary is decided in a minute. They end by themselves, too.
more_traffic() {
  curl -fsS -o /dev/null -X POST "$service/traffic" -H "$json" -d "{\"per_minute\": $per_minute, \"seconds\": 600}" ||
    fail "The sample service at $service does not take orders for its traffic." "It is an older one: make down, then run this again."
  trap usual_traffic EXIT
}

usual_traffic() {
  curl -s -o /dev/null -X DELETE "$service/traffic" || true
  [ -z "$moved" ] || rm -rf "$moved"
}

without_fault() {
  usual_traffic
  curl -s -o /dev/null -X DELETE "$service/faults" || true
}

next_version() {
  local last
  last=$(quietly release list --json | grep -o "\"$name@1\.9\.[0-9]*\"" | tr -d '"' | sort -t . -k 3 -n | tail -1) || true
  echo "1.9.$((${last:+${last##*.}+1}+0))"
}

# What an earlier demo left: a canary that was not waited for, and the flag as it ended.
begin_anew() {
  if quietly canary status "$name" --json 2>/dev/null | grep -q '"phase": "running"'; then
    assay canary rollback "$name" --reason "another demo begins"
  fi
  local shown
  shown=$(quietly flag show "$name")
  case ${shown%%$'\n'*} in
    *KILLED*)
      # Its traffic ended when it was killed.
      wait_after=$(sed -n 's/^decided [^ ]* \([0-9:]*\):[0-9]*Z .*/\1/p' <<<"$shown")
      reset_flag
      ;;
    *": "*)
      reset_flag
      # Services hear of it within a second.
      sleep 2
      wait_after=$(date -u +%H:%M)
      ;;
  esac
}

reset_flag() { assay flag set "$name" --reset --reason "another candidate begins"; }

# The hub sums by the minute. In the minute in which an earlier candidate still had traffic, that would count for this one.
settle() {
  [ "$(date -u +%H:%M)" = "$wait_after" ] || return 0
  printf '\nWaiting for the next minute: until a moment ago the version before had\ntraffic, and the hub sums by the minute.\n'
  while [ "$(date -u +%H:%M)" = "$wait_after" ]; do sleep 1; done
}

documents() { # documents QUERY: what an answer names to read
  curl -fsS -X POST "$service/ask$1" -H "$json" -d '{"question": "How long are logs kept?"}' |
    sed -n 's/.*"documents":\[\([^]]*\)\].*/\1/p' | tr -d '"' | sed 's/,/, /g' | fold -s -w 72 | sed "s/^/    /; s/ \+$//"
}

show_candidate() {
  heading "The candidate: $name@$version"
  cat <<TXT
Beside what it quotes, an answer shall name documents to read on. The code is in
the sample service already, behind the flag $name, which nobody has yet.
Asked how long logs are kept, an answer names

  now
$(documents "")

  with the candidate
$(documents "?preview=$name")
TXT
}

measure() {
  heading "Evidence: a benchmark of the candidate"
  local which=$benchmark
  if [ "$service" != "$usual_service" ]; then
    # The same benchmark, where this service listens.
    moved=$(mktemp -d)
    which=$moved/$benchmark.yaml
    sed "s|$usual_service|$service|; s|\.\./datasets|$PWD/catalog/datasets|" "catalog/benchmarks/$benchmark.yaml" >"$which"
  fi
  assay eval run "$which" || went_wrong "The benchmark did not pass, so the gate would not open."
}

ask_gate() {
  heading "Gate: may it have traffic?"
  assay release gate "$name" --version "$version" || went_wrong "The gate is not open: the lines above say why."
}

run_canary() { # run_canary: its exit code is the canary's, 0 promoted, 1 rolled back
  settle
  heading "Canary: 25 % of users, then 50 %, then all"
  printf 'Look on: %s/releases/%s@%s\n' "$hub" "$name" "$version"
  assay canary start "$name" --version "$version"
  assay canary status "$name" --watch
}

show_ledger() {
  heading "The ledger: what happened, in a chain that anybody can check"
  assay release history "$name@$version" --without-looks
  assay release verify
}

goodbye() { # goodbye WORDS: where to look, and what else there is
  cat <<TXT

$1
  $hub/releases/$name@$version
  $hub/flags/$name
  $hub/traces?service=rag-service$2
Reading needs no sign-in; the buttons do: \`assay sign-in\`.
Again: make demo-release, make demo-rollback. To stop all: make down.
TXT
}

release() {
  show_candidate
  measure
  ask_gate
  run_canary || went_wrong "The canary was not promoted: the lines above say why."
  show_ledger
  goodbye "$name@$version is out: everybody has it. Look at" ""
}

break_candidate() {
  heading "What no benchmark saw: a fault in real traffic"
  echo "One in five questions of users who have the candidate fails, nobody else's."
  local fault="{\"kind\": \"errors\", \"percent\": 20, \"seconds\": 900,
       \"flag\": \"$name\", \"variant\": \"on\"}"
  printf '\n$ curl %s/faults -H "%s" \\\n  -d '\''%s'\''\n' "$service" "$json" "$fault"
  curl -fsS -o /dev/null -X POST "$service/faults" -H "$json" -d "$fault" ||
    fail "The sample service at $service takes no faults." "It is an older one: make down, then run this again."
  trap without_fault EXIT
}

# Users who had the candidate get answers again, though its fault is still there.
ask_users() {
  local well=0 user
  heading "Do questions answer again? The fault is still in the candidate."
  for user in $(seq 20); do
    if curl -fsS -o /dev/null -X POST "$service/ask" -H "$json" -H "X-User: demo-user-$user" -d '{"question": "How do I roll back?"}' 2>/dev/null; then
      well=$((well + 1))
    fi
  done
  echo "$well of 20 users got an answer."
  [ "$well" = 20 ] || went_wrong "Not everybody gets answers: $hub/traces?status=failed says why."
}

rollback() {
  local code=0
  show_candidate
  measure
  ask_gate
  settle
  break_candidate
  run_canary || code=$?
  [ "$code" = 1 ] || went_wrong "The canary was not rolled back (exit code $code)."
  heading "What users have now"
  assay flag show "$name"
  ask_users
  typed curl -X DELETE "$service/faults"
  curl -fsS -X DELETE "$service/faults"
  show_ledger
  goodbye "$name@$version was taken back: nobody has it. Look at" "&status=failed"
}

case ${1:-} in
  release | rollback) ;;
  *)
    printf 'error: %s\n  fix: %s\n' "Say what to show." "samples/release/demo.sh release, or rollback." >&2
    exit 2
    ;;
esac
start_all
more_traffic
begin_anew
version=$(next_version)
"$1"
