# shellcheck shell=bash disable=SC2015,SC2034,SC2154  # steps share variables; what follows || ends the program
# Slots are containers of deploy/compose/compose.yaml.

export ASSAY_PROXY_PORT=$proxy_port ASSAY_STAGING_PORT=$staging_port ASSAY_CONTROL_PORT=$control_port ASSAY_CANARY_PORT=$canary_port
export ASSAY_DEPLOY_STATE=$state ASSAY_HUB=$hub OTEL_EXPORTER_OTLP_ENDPOINT=$telemetry
# Containers run as whoever deploys, so that files in the folders that they share belong to one person.
ASSAY_USER=$(id -u):$(id -g)
export ASSAY_USER

compose() { docker compose -f "$here/compose/compose.yaml" -p assay "$@" >&2 9>&-; }

# The image is there before anything is touched.
runnable() {
  local image=${ASSAY_IMAGES:-}rag-service:$1
  [ "$dry_run" = 0 ] || return 0
  docker image inspect "$image" >/dev/null 2>&1 9>&- || docker pull -q "$image" >&2 9>&- ||
    refuse "There is no image $image." "Build or push it: make docker-build VERSION=$1; ASSAY_IMAGES names the registry, with a slash at its end."
}

slot_version() {
  local found
  found=$(docker inspect -f '{{.State.Running}} {{.Config.Image}}' "assay-$1" 2>/dev/null 9>&-) || return 0
  [[ $found = true\ * ]] && echo "${found##*:}"
  return 0
}

slot_start() {
  mkdir -p "$state/run/$1"
  env "ASSAY_${1^^}_VERSION=$2" docker compose -f "$here/compose/compose.yaml" -p assay up -d --no-deps "$1" >&2 9>&- ||
    fail "Docker did not start $2 in $1." "See what it said above; docker info says whether it runs."
}

slot_stop() { compose rm -f -s "$1" || fail "Docker did not stop $1." "See what it said above."; }

slot_said() { docker logs --tail 15 "assay-$1" 2>&1 | sed 's/^/  | /' >&2; }

proxy_start() { compose up -d --no-deps proxy || fail "Docker did not start the proxy." "See what it said above; docker info says whether it runs."; }

# A deployment takes the hub to ASSAY_HUB_VERSION; a rollback leaves the one that runs, whatever this shell has set. No request waits for it.
hub_start() {
  local kept=()
  [ "$command" != rollback ] || kept=(--no-recreate)
  mkdir -p "$state/hub"
  compose up -d --no-deps "${kept[@]}" hub || say "Docker did not start the hub, of which ASSAY_IMAGES and ASSAY_HUB_VERSION name the image; going on without it."
}

proxy_workers() { docker top assay-proxy -eo pid,args 2>/dev/null 9>&- | awk '/worker process *$/ { print $1 }'; }

proxy_reload() {
  [ "$(docker inspect -f '{{.State.Running}}' assay-proxy 2>/dev/null)" = true ] || return 0
  compose exec -T proxy nginx -q -p /proxy/ -c nginx.conf -t || fail "nginx does not take $(upstreams_file)." "See the line above; requests go where they went."
  compose kill -s HUP proxy
}
