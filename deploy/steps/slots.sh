# shellcheck shell=bash disable=SC2015,SC2034,SC2154  # steps share variables; what follows || ends the program
# A slot is a place with a port where one version runs: staging, control (what production is) and canary. The runner knows how:
#   runnable VERSION         ends with a refusal when there is no such version
#   slot_version SLOT        prints the version that runs there, or nothing
#   slot_start SLOT VERSION  starts it
#   slot_stop SLOT           ends it and waits
#   proxy_start, proxy_reload, proxy_workers
#   hub_start                starts the hub where it belongs to the deployment; says so when it cannot, and goes on

port_of() {
  case "$1" in
    staging) echo "$staging_port" ;;
    control) echo "$control_port" ;;
    canary) echo "$canary_port" ;;
  esac
}

# put SLOT VERSION: the slot runs this version and answers; 1 when it does not come up.
put() {
  local running
  running=$(slot_version "$1")
  if [ "$running" != "$2" ]; then
    [ -z "$running" ] || remove "$1"
    planned "Start $2 in $1 on port $(port_of "$1")." || slot_start "$1" "$2" || return 1
  fi
  healthy "$1"
}

remove() {
  local running
  running=$(slot_version "$1")
  [ -n "$running" ] || return 0
  planned "Stop $running in $1." && return
  slot_stop "$1"
}

# healthy SLOT: waits until what runs there says so.
healthy() {
  local url
  url=http://127.0.0.1:$(port_of "$1")/healthz
  planned "Wait until $1 is healthy." && return
  local end=$((SECONDS + patience))
  until ask -f -m 2 -o /dev/null "$url" 2>/dev/null; do
    if [ -z "$(slot_version "$1")" ]; then
      say "$1 ended before it was healthy."
      slot_said "$1"
      return 1
    fi
    if [ $SECONDS -ge $end ]; then
      say "$1 was not healthy within $patience s: $url does not answer with 200."
      slot_said "$1"
      return 1
    fi
    sleep 0.2 9>&-
  done
}

# smoke SLOT: one question is answered from the documents.
smoke() {
  local answer url
  url=http://127.0.0.1:$(port_of "$1")/ask
  planned "Ask $1 a question." && return
  if ! answer=$(ask -m 20 -w '\n%{http_code}' -H 'Content-Type: application/json' -H 'X-Assay-Sample-Traffic: 1' -H 'X-User: deploy' \
    -d '{"question": "How do I roll back?"}' "$url" 2>&1); then
    say "POST $url: $answer"
    return 1
  fi
  [[ $answer = *'"found":true'*$'\n200' ]] && return
  say "POST $url gave no answer from the documents: ${answer:0:300}"
  return 1
}

# tried SLOT VERSION: it runs, is healthy and answers.
tried() { put "$1" "$2" && smoke "$1"; }

# ask …: curl without the lock of the deployment, which ends with the deployment and not with its last question.
ask() { curl -sS "$@" 9>&-; }
