#!/usr/bin/env bash
# Builds assay, runs the bundled handbook through the pipeline, starts the hub and the sample service under sample traffic in the
# background, waits until the first trace can be found, and says what to look at. A second run starts only what is not running.
# ASSAY_PORT, ASSAY_OTLP_HTTP_PORT, ASSAY_OTLP_GRPC_PORT and ASSAY_SAMPLE_PORT choose other ports.
set -euo pipefail
cd "$(dirname "$0")/.."
export DOTNET_CLI_UI_LANGUAGE=en DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
. eng/running.sh
port=${ASSAY_PORT:-5080} otlp_http=${ASSAY_OTLP_HTTP_PORT:-4318} otlp_grpc=${ASSAY_OTLP_GRPC_PORT:-4317} sample=${ASSAY_SAMPLE_PORT:-5081}
assay=artifacts/bin/assay

fail() { # fail LOG WORDS: what it said, and what to do here
  echo "error: $2 did not start. It said:" >&2
  sed 's/^/  /' "$1" | tail -20 >&2
  echo "  fix: correct that; a port that is taken is changed with ASSAY_PORT, ASSAY_OTLP_HTTP_PORT, ASSAY_OTLP_GRPC_PORT or ASSAY_SAMPLE_PORT," >&2
  echo "       for example ASSAY_OTLP_HTTP_PORT=14318 make up. Then run make up again." >&2
  exit 4
}

await() { # await SECONDS NAME COMMAND LOG WORDS TEST...: waits until TEST succeeds, or says why it never will
  local left=$(($1 * 5)) name=$2 command=$3 log=$4 words=$5
  shift 5
  until "$@" >/dev/null 2>&1; do
    running "$name" "$command" >/dev/null || fail "$log" "$words"
    left=$((left - 1))
    [ "$left" -gt 0 ] || fail "$log" "$words (it runs, but is not ready in time; it"
    sleep 0.2
  done
}

if ! command -v dotnet >/dev/null; then
  echo "error: the .NET SDK is missing." >&2
  echo "  fix: install .NET SDK 10 (https://dotnet.microsoft.com/download), then run make up again." >&2
  exit 4
fi
echo "Building assay (the first build takes about a minute) ..."
eng/publish.sh
out=out/handbook
$assay rag run samples/handbook/docs --queries samples/handbook/queries.jsonl --out "$out"
mkdir -p "$run"

if pid=$(running hub "$assay serve"); then
  echo "The hub runs already (process $pid)."
else
  rm -f "$run/hub.json"
  nohup "$assay" serve --data .assay --catalog catalog --port "$port" --otlp-http-port "$otlp_http" --otlp-grpc-port "$otlp_grpc" --json \
    >"$run/hub.json" 2>"$run/hub.err" </dev/null &
  echo $! >"$run/hub.pid"
  await 60 hub "$assay serve" "$run/hub.err" "the hub" grep -q '^}' "$run/hub.json"
fi
# Where it listens is in what it said when it started, whatever was asked for this time.
address() { sed -n "s/.*\"$1\": \"\([^\"]*\)\".*/\1/p" "$run/hub.json"; }
pages=$(address pages)
if command -v curl >/dev/null; then
  await 30 hub "$assay serve" "$run/hub.err" "the hub" curl -fsS "${pages%/}/readyz"
fi

service=artifacts/rag-service/RagService
if pid=$(running service "$service"); then
  echo "The sample service runs already (process $pid)."
else
  # Three generated experiments go to the hub, so that there are finished ones to look at beside the one that the service runs.
  OTEL_EXPORTER_OTLP_ENDPOINT=$(address otlp_http) ASSAY__EXPERIMENTATION__HUB=$pages nohup "$service" --urls "http://127.0.0.1:$sample" \
    --SampleTraffic:PerMinute 120 --SampleExperiments:Fill true --Faults:Enabled true >"$run/service.log" 2>&1 </dev/null &
  echo $! >"$run/service.pid"
fi
if command -v curl >/dev/null; then
  # An older trace in the hub's data says nothing about a service that has just been started.
  await 60 service "$service" "$run/service.log" "the sample service" curl -fsS "http://127.0.0.1:$sample/readyz"
fi
echo "Waiting for the first trace of the sample service ..."
await 90 service "$service" "$run/service.log" "the sample service" "$assay" trace list --service rag-service --limit 1 --data .assay

cat <<TXT

Ready. Sign in, once, within ten minutes (\`$assay sign-in\` prints another address):
  $($assay sign-in --data .assay)

Look at:
  $pages          traces, costs, quality and SLOs of the sample service
  http://127.0.0.1:$sample   the sample service: POST /ask {"question": "How do I roll back?"}
  make down stops both; logs are in $run and .assay/logs

Try next:
  make demo-release     # gate, canary, promoted; make demo-rollback: a bad one
  export PATH="\$PWD/artifacts/bin:\$PATH"
  assay trace list --failed
  assay rag query "как откатить релиз" --index $out
  assay rag ask "How do I roll back?" --index $out
  assay rag eval --corpus samples/handbook/docs \\
    --queries samples/handbook/queries.jsonl --qrels samples/handbook/qrels.tsv
  assay rag run ./my-docs --out out/mine      # your own .md .txt .html .jsonl
  assay eval run channel_digest_ru --dry-run   # then http://127.0.0.1:5080/benchmarks
  assay stats compare samples/latency/control.csv \\
    samples/latency/treatment.csv --metric latency_ms
  assay --help
TXT
