# shellcheck shell=bash disable=SC2015,SC2034,SC2154  # steps share variables; what follows || ends the program
# The hub's ledger of releases learns what runs where. A deployment is done whether or not the hub hears of it: what cannot be told is said.

# Seconds that the hub has to answer.
ledger_patience=5

# tell_ledger ENVIRONMENT VERSION ACTION: this version runs there from now on. Before the deployment is remembered as done: one that is cut off here is given again, and the
# ledger knows its id.
tell_ledger() {
  local release=$release_name@$2 said body
  if [ "$dry_run" = 1 ]; then
    say "would: Tell the ledger of $hub that $release runs in $1."
    return
  fi
  body=$(printf '{"environment":%s,"id":%s,"action":%s,"before":%s,"by":%s,"reason":%s}' \
    "$(json "$1")" "$(json "${known[pending.id]:-}")" "$(json "$3")" "$(json "$(before)")" "$(json "$by")" "$(json "${reason:-$forced}")")
  # The token stands in no list of processes.
  if said=$(ask --fail-with-body -m $ledger_patience -K - -H 'Content-Type: application/json' -d "$body" "${hub%/}/api/v1/releases/$release/deployments" 2>&1 < <(ledger_token)); then
    return
  fi
  say "The ledger was not told that $release runs in $1: ${said:0:300}"
}

# ledger_token: what curl is to send. That of a data folder is of a hub on this machine.
ledger_token() {
  local token=${ASSAY_TOKEN:-} file
  if [ -z "$token" ] && [[ $hub =~ ^http://(127\.0\.0\.1|localhost)(:|/|$) ]]; then
    for file in "${ASSAY_DATA:-$state/hub}/token" .assay/token; do
      [ ! -r "$file" ] || { token=$(<"$file") && break; }
    done
  fi
  [ -z "$token" ] || printf 'header = "Authorization: Bearer %s"\n' "${token//[^A-Za-z0-9._~+\/=-]/}"
}
