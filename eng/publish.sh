#!/usr/bin/env bash
# Publishes `assay` with code compiled ahead of time (ReadyToRun) into artifacts/assay, linked as artifacts/bin/assay, and the sample
# service into artifacts/rag-service. Does nothing when no source file is newer than the last publish.
set -euo pipefail
cd "$(dirname "$0")/.."
stamp=artifacts/assay/.published
if [ -f "$stamp" ] && [ -x artifacts/rag-service/RagService ] && [ -z "$(find src samples Directory.Build.props Directory.Packages.props global.json -newer "$stamp" -type f -not -path '*/obj/*' -not -path '*/bin/*' -print -quit)" ]; then
  exit 0
fi
case "$(uname -s)-$(uname -m)" in
  Linux-x86_64) rid=linux-x64 ;;
  Linux-aarch64) rid=linux-arm64 ;;
  Darwin-arm64) rid=osx-arm64 ;;
  Darwin-x86_64) rid=osx-x64 ;;
  *) echo "error: no ReadyToRun build for $(uname -s) $(uname -m)." >&2; echo "  fix: run it with dotnet run --project src/Assay.Cli -c Release --" >&2; exit 4 ;;
esac
publish() {
  # Aside first: what runs from the folder keeps its files until it ends.
  rm -rf "$2.new"
  dotnet publish "$1" -c Release -r "$rid" --self-contained false -p:PublishReadyToRun=true -p:NuGetLockFilePath=obj/publish.packages.lock.json -o "$2.new" -v q --nologo -clp:NoSummary
  rm -rf "$2"
  mv "$2.new" "$2"
}
mkdir -p artifacts/bin
publish src/Assay.Cli artifacts/assay
publish samples/RagService artifacts/rag-service
ln -sfn ../assay/Assay.Cli artifacts/bin/assay
touch "$stamp"
