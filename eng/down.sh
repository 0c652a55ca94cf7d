#!/usr/bin/env bash
# Stops what `make up` left running and removes its output; the data folder .assay and what was built stay.
set -euo pipefail
cd "$(dirname "$0")/.."
. eng/running.sh
any=0
stop service artifacts/rag-service/RagService "the sample service" && any=1
stop hub "artifacts/bin/assay serve" "the hub" && any=1
[ "$any" = 1 ] || echo "Nothing was running."
rm -rf out/handbook out/rag-service "$run"
echo "Removed out/handbook, out/rag-service and $run. The hub's data is still in .assay."
