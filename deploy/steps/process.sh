# shellcheck shell=bash disable=SC2015,SC2034,SC2154  # steps share variables; what follows || ends the program
# Slots are processes of the programs in $releases/VERSION, the proxy is an nginx of this machine: for hosts without containers, and for tests.
# A pid file says process, version and when the process began, and is believed only when that is so: numbers are used again.

# nginx is where users without rights do not look.
PATH=$PATH:/usr/sbin

pid_file() { echo "$state/run/$1.pid"; }

# began PROCESS: when it began, in ticks since the machine did: what `ps` says of it changes by a second when the clock is set. Nothing for one that has
# ended, also for one that nobody has asked about since.
began() {
  local line fields
  line=$(cat "/proc/$1/stat" 2>/dev/null) || return 0
  # The name of the program, in brackets, may hold anything; the state stands after it, the beginning 19 fields further on.
  read -r -a fields <<<"${line##*) }"
  [ "${fields[0]}" = Z ] || echo "${fields[19]}"
}

slot_pid() {
  local pid version since
  [ -f "$(pid_file "$1")" ] || return 1
  read -r pid version since <"$(pid_file "$1")" || return 1
  [ -n "$since" ] && [ "$(began "$pid")" = "$since" ] || return 1
  echo "$pid $version"
}

slot_version() {
  local found
  found=$(slot_pid "$1") || return 0
  echo "${found#* }"
}

runnable() {
  [ -x "$releases/$1/RagService" ] || refuse "There is no program $releases/$1/RagService." "Publish it there: dotnet publish samples/RagService -c Release -o $releases/$1"
}

slot_start() {
  local program=$releases/$2/RagService folder=$state/run/$1 environment=production
  [ "$1" != staging ] || environment=staging
  mkdir -p "$folder"
  (
    # The process writes its number itself and then becomes the service: there is no moment at which one runs that nobody knows of.
    cd "$folder" || exit
    # Not inside $(…), which is a process of its own.
    self=$BASHPID
    printf '%s %s %s\n' "$self" "$2" "$(began "$self")" >"$(pid_file "$1").new"
    mv -f "$(pid_file "$1").new" "$(pid_file "$1")"
    export OTEL_EXPORTER_OTLP_ENDPOINT=$telemetry ASSAY__EXPERIMENTATION__HUB=$hub
    export ASSAY__OBSERVABILITY__SERVICE_VERSION=$2 ASSAY__OBSERVABILITY__ENVIRONMENT=$environment
    exec nohup "$program" --urls "http://127.0.0.1:$(port_of "$1")" 9>&-
  ) >"$state/run/$1.log" 2>&1 </dev/null &
  # Until the process has written itself down.
  local end=$((SECONDS + 5)) program_pid=$!
  until [[ "$(slot_pid "$1")" = "$program_pid $2" ]]; do
    kill -0 "$program_pid" 2>/dev/null && [ $SECONDS -lt $end ] || break
    sleep 0.02 9>&-
  done
}

slot_stop() {
  local found pid
  found=$(slot_pid "$1") || return 0
  pid=${found% *}
  kill -TERM "$pid" 2>/dev/null || true
  # The service finishes what it has begun; one that hangs does not hold a rollback up for long.
  for _ in $(seq 100); do
    slot_pid "$1" >/dev/null || break
    sleep 0.1 9>&-
  done
  slot_pid "$1" >/dev/null && kill -KILL "$pid" 2>/dev/null
  rm -f "$(pid_file "$1")"
}

slot_said() { tail -n 15 "$state/run/$1.log" 2>/dev/null | sed 's/^/  | /' >&2; }

proxy_pid() {
  local pid
  pid=$(cat "$state/proxy/nginx.pid" 2>/dev/null) || return 1
  [ -n "$pid" ] && ps -ww -o args= -p "$pid" 2>/dev/null | grep -qF -- "$state/proxy/" && echo "$pid"
}

# Those that take requests; one that goes says so in its name.
proxy_workers() {
  local pid
  pid=$(proxy_pid) || return 0
  ps -o pid=,args= --ppid "$pid" 2>/dev/null | awk '/worker process *$/ { print $1 }'
}

nginx_here() { nginx -e "$state/proxy/error.log" -p "$state/proxy/" -c nginx.conf "$@" </dev/null 9>&-; }

proxy_start() {
  proxy_pid >/dev/null && return
  command -v nginx >/dev/null || fail "nginx is not installed." "apt-get install nginx-light, or deploy with --runner compose."
  nginx_here || fail "nginx does not start." "See $state/proxy/error.log; another port is given with ASSAY_PROXY_PORT."
}

# The hub of a host without containers is started by whoever runs it.
hub_start() { :; }

proxy_reload() {
  local pid
  pid=$(proxy_pid) || return 0
  nginx_here -q -t || fail "nginx does not take $(upstreams_file)." "See the line above; requests go where they went."
  kill -HUP "$pid"
}
