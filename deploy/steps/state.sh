# shellcheck shell=bash disable=SC2015,SC2034,SC2154  # steps share variables; what follows || ends the program
# What is remembered: `state`, lines of key=value that are replaced as a whole, and `history.jsonl`, to which lines are added.
#   staging.version staging.previous    what staging runs, and ran before
#   production.version .previous        what production runs when nothing is under way, and ran before
#   canary.version                      what the slot of the canary may be running
#   production.rolled_back              1 after a rollback, until something is deployed again
#   pending.…                           what was begun and has not ended: action, environment, version, at, by, id

# Lines of the history that are kept.
most_history=5000
declare -A known=()

take_lock() {
  [ "$dry_run" = 0 ] || return 0
  mkdir -p "$state/run" "$state/proxy" 2>/dev/null && [ -w "$state" ] ||
    fail "$state cannot be written." "Give a folder of your own: --state FOLDER or ASSAY_DEPLOY_STATE."
  exec 9>>"$state/lock"
  if ! flock -w 2 9; then
    [ "$command" = rollback ] || fail "Another deployment is running (process $(cat "$state/lock.pid" 2>/dev/null))." "Wait for it, or end it with a rollback."
    # Whoever rolls back does not wait for a deployment that may be what is wrong.
    say "- End the deployment that is running."
    kill -TERM "$(cat "$state/lock.pid")" 2>/dev/null || true
    flock -w 30 9 || fail "The running deployment does not end." "End process $(cat "$state/lock.pid") by hand, then roll back again."
  fi
  echo $$ >"$state/lock.pid"
  trap 'exit 4' TERM INT HUP
}

load_state() {
  local line
  [ -f "$state/state" ] || return 0
  while read -r line; do
    known[${line%%=*}]=${line#*=}
  done <"$state/state"
}

# remember KEY VALUE...: all of it or nothing is on disk afterwards.
remember() {
  while [ $# -gt 1 ]; do
    known[$1]=$2
    shift 2
  done
  [ "$dry_run" = 1 ] && return
  local key
  for key in "${!known[@]}"; do
    [ -z "${known[$key]}" ] || printf '%s=%s\n' "$key" "${known[$key]}"
  done | sort >"$state/state.new"
  sync "$state/state.new"
  mv -f "$state/state.new" "$state/state"
}

# begin VERSION: says and remembers what is about to be done.
begin() {
  local begun=${known[pending.action]:-} where=${environment:-production}
  [ "$command" != staging ] || where=staging
  if [ "$begun ${known[pending.environment]:-} ${known[pending.version]:-}" = "$command $where $1" ]; then
    say "$command of $1 was interrupted and goes on."
  else
    if [ -n "$begun" ]; then
      say "$begun of ${known[pending.version]}, begun ${known[pending.at]}, was interrupted."
      write_history "$begun" "${known[pending.version]}" interrupted "${known[pending.by]:-}" ""
    fi
    remember pending.action "$command" pending.environment "$where" pending.version "$1" pending.at "$(now)" pending.by "$by" pending.id "$(date +%s)-$$"
  fi
  trap 'leave $?' EXIT
}

# finish RESULT KEY VALUE...: what was begun has ended so, and this is what holds now.
finish() {
  local result=$1
  shift
  write_history "$command" "${known[pending.version]}" "$result" "$by" "${reason:-$forced}"
  trap - EXIT
  remember "$@" pending.action "" pending.environment "" pending.version "" pending.at "" pending.by "" pending.id ""
}

leave() {
  [ "$1" = 0 ] || say "$command did not end (exit code $1). The same command goes on; a rollback goes back."
}

# write_history ACTION VERSION RESULT BY REASON: one line for what was begun; the same one is not written twice.
write_history() {
  local id=${known[pending.id]:-} file=$state/history.jsonl
  [ "$dry_run" = 0 ] || return 0
  touch "$file"
  grep -qF "\"id\":\"$id\"" <(tail -n 20 "$file") && return
  # A line that a crash cut off ends here.
  [ -z "$(tail -c 1 "$file")" ] || echo >>"$file"
  printf '{"at":"%s","id":"%s","environment":"%s","action":"%s","version":"%s","before":"%s","percent":"%s","result":"%s","by":%s,"reason":%s}\n' \
    "$(now)" "$id" "${known[pending.environment]}" "$1" "$2" "$(before)" "$percent" "$3" "$(json "$4")" "$(json "$5")" >>"$file"
  if [ "$(wc -l <"$file")" -gt $most_history ]; then
    tail -n $((most_history / 2)) "$file" >"$file.new"
    mv -f "$file.new" "$file"
  fi
}

before() { [ "${known[pending.environment]}" = staging ] && echo "${known[staging.version]:-}" || echo "${known[production.version]:-}"; }

now() { date -u +%Y-%m-%dT%H:%M:%SZ; }
