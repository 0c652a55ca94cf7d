#!/usr/bin/env bash
# Container images of the hub with the `assay` command, and of the sample service:
#   deploy/images.sh build|push [VERSION] [--dry-run]
# VERSION is that of git when it is left out. ASSAY_IMAGES is what stands before the names, a registry with a slash at its end; a push needs it.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

refuse() {
  printf 'error: %s\n  fix: %s\n' "$1" "$2" >&2
  exit 2
}

command=${1:-} version="" run=()
for argument in "${@:2}"; do
  case "$argument" in
    --dry-run) run=(echo) ;;
    *) version=$argument ;;
  esac
done
version=${version:-$(git describe --tags --always --dirty 2>/dev/null || echo local)}
images=${ASSAY_IMAGES:-}
[[ $version =~ ^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$ ]] || refuse "'$version' is no version." "Give one of letters, digits, '.', '_' and '-', such as 1.4.2."
[[ $images =~ ^([a-z0-9][a-z0-9._:/-]*/)?$ ]] || refuse "ASSAY_IMAGES is '$images'." "Give a registry in small letters with a slash at its end, such as ghcr.io/example/."

build() { # build TARGET NAME
  # The time of the commit, not of the build: the same commit gives the same layers.
  "${run[@]}" docker build -f deploy/Dockerfile --target "$1" \
    --build-arg "SOURCE_DATE_EPOCH=$(git log -1 --format=%ct 2>/dev/null || echo 0)" \
    --label "org.opencontainers.image.version=$version" --label "org.opencontainers.image.revision=$(git rev-parse HEAD 2>/dev/null || echo unknown)" \
    -t "$images$2:$version" -t "$images$2:local" .
}

case "$command" in
  build)
    build hub assay
    build rag-service rag-service
    ;;
  push)
    [ -n "$images" ] || refuse "It is not said where to." "Name the registry: ASSAY_IMAGES=ghcr.io/example/"
    "${run[@]}" docker push "${images}assay:$version"
    "${run[@]}" docker push "${images}rag-service:$version"
    ;;
  *) refuse "'$command' is no command." "Give build or push." ;;
esac
