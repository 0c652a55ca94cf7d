#!/usr/bin/env bash
# Builds `assay`, runs the bundled handbook through the pipeline and says what to try next.
set -euo pipefail
cd "$(dirname "$0")/.."
export DOTNET_CLI_UI_LANGUAGE=en DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
if ! command -v dotnet >/dev/null; then
  echo "error: the .NET SDK is missing." >&2
  echo "  fix: install .NET SDK 10 (https://dotnet.microsoft.com/download), then run make up again." >&2
  exit 4
fi
echo "Building assay (the first build takes about a minute) ..."
eng/publish.sh
out=out/handbook
artifacts/bin/assay rag run samples/handbook/docs --queries samples/handbook/queries.jsonl --out "$out"
cat <<TXT

Ready. Try next:
  export PATH="\$PWD/artifacts/bin:\$PATH"
  assay rag query "как откатить релиз" --index $out
  assay rag ask "How do I roll back?" --index $out
  assay rag eval --corpus samples/handbook/docs \\
    --queries samples/handbook/queries.jsonl --qrels samples/handbook/qrels.tsv
  assay rag run ./my-docs --out out/mine      # your own .md .txt .html .jsonl
  assay stats compare samples/latency/control.csv \\
    samples/latency/treatment.csv --metric latency_ms
  assay --help
TXT
