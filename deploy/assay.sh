#!/usr/bin/env bash
# `assay` of the image, on the host of a deployment: the folder it is called in and the hub's data folder are there, and the hub is where it is for the host.
#   ASSAY_VERSION  which image; `local` by default
#   ASSAY_DATA     the hub's data folder; that of deploy/compose by default
set -euo pipefail
data=${ASSAY_DATA:-${ASSAY_DEPLOY_STATE:-$PWD/.deploy}/hub}
mkdir -p "$data"
exec docker run --rm --network host --user "$(id -u):$(id -g)" --read-only --tmpfs /tmp --cap-drop ALL \
  -e OPENAI_API_KEY -e OPENAI_BASE_URL -e GITHUB_SHA -e ASSAY_COMMIT -e ASSAY_DATA="$data" -v "$data:$data" -v "$PWD:$PWD" -w "$PWD" \
  "${ASSAY_IMAGES:-}assay:${ASSAY_VERSION:-local}" "$@"
