# shellcheck shell=bash disable=SC2015,SC2034,SC2154  # steps share variables; what follows || ends the program
# What runs and what was done, for people and as JSON.

show_status() {
  local canary_share
  canary_share=$(share)
  if [ "$as_json" = 1 ]; then
    printf '{"staging":%s,"production":%s,"canary":%s,"canary_percent":%s,"unfinished":%s}\n' \
      "$(slot_json staging "${known[staging.version]:-}" "${known[staging.previous]:-}")" \
      "$(slot_json control "${known[production.version]:-}" "${known[production.previous]:-}")" \
      "$(slot_json canary "${known[canary.version]:-}" "")" \
      "${canary_share:-null}" "$(unfinished_json)"
    return
  fi
  slot_line staging staging "${known[staging.version]:-}" "${known[staging.previous]:-}"
  slot_line production control "${known[production.version]:-}" "${known[production.previous]:-}"
  slot_line canary canary "${known[canary.version]:-}" ""
  [ -z "$canary_share" ] || echo "The canary gets $canary_share % of requests."
  [ -z "${known[pending.action]:-}" ] || echo "Unfinished: ${known[pending.action]} of ${known[pending.version]}, begun ${known[pending.at]}. Give it again, or roll back."
}

slot_line() { # slot_line NAME SLOT VERSION PREVIOUS
  if [ -z "$3" ]; then
    printf '%-12s -\n' "$1"
  else
    printf '%-12s %-24s %-12s%s\n' "$1" "$3" "$(health "$2" "$3")" "${4:+ before: $4}"
  fi
}

slot_json() { # slot_json SLOT VERSION PREVIOUS
  [ -n "$2" ] || { echo null && return; }
  printf '{"version":%s,"health":%s,"before":%s}' "$(json "$2")" "$(json "$(health "$1" "$2")")" "$([ -n "$3" ] && json "$3" || echo null)"
}

unfinished_json() {
  [ -n "${known[pending.action]:-}" ] || { echo null && return; }
  printf '{"action":%s,"version":%s,"at":%s}' "$(json "${known[pending.action]}")" "$(json "${known[pending.version]}")" "$(json "${known[pending.at]}")"
}

health() { # health SLOT VERSION
  local running
  running=$(slot_version "$1")
  if [ -z "$running" ]; then
    echo stopped
  elif [ "$running" != "$2" ]; then
    echo "runs $running"
  elif ask -f -m 2 -o /dev/null "http://127.0.0.1:$(port_of "$1")/healthz" 2>/dev/null; then
    echo healthy
  else
    echo unhealthy
  fi
}

show_history() {
  local file=$state/history.jsonl
  [ -f "$file" ] || { [ "$as_json" = 1 ] || say "Nothing was done yet."; return 0; }
  if [ "$as_json" = 1 ]; then
    grep -F "\"environment\":\"$environment\"" "$file" || true
    return
  fi
  # The fields come in the order in which they were written. Columns: time, action, version, share, result, by whom, why.
  sed -nE "s/^\{\"at\":\"([^\"]*)\",\"id\":\"[^\"]*\",\"environment\":\"$environment\",\"action\":\"([^\"]*)\",\"version\":\"([^\"]*)\",\"before\":\"[^\"]*\",\"percent\":\"([^\"]*)\",\"result\":\"([^\"]*)\",\"by\":\"(.*)\",\"reason\":\"(.*)\"\}$/\1  \2  \3  \4%  \5  \6  \7/p" \
    "$file" | sed -e 's/  %  /  -  /' -e 's/\\"/"/g' -e 's/\\\\/\\/g'
}
