#!/usr/bin/env bash
# Publishes `assay` with code compiled ahead of time (ReadyToRun) into artifacts/assay and links it as artifacts/bin/assay.
# Does nothing when no source file is newer than the last publish.
set -euo pipefail
cd "$(dirname "$0")/.."
stamp=artifacts/assay/.published
if [ -f "$stamp" ] && [ -z "$(find src Directory.Build.props Directory.Packages.props global.json -newer "$stamp" -type f -not -path '*/obj/*' -not -path '*/bin/*' -print -quit)" ]; then
  exit 0
fi
case "$(uname -s)-$(uname -m)" in
  Linux-x86_64) rid=linux-x64 ;;
  Linux-aarch64) rid=linux-arm64 ;;
  Darwin-arm64) rid=osx-arm64 ;;
  Darwin-x86_64) rid=osx-x64 ;;
  *) echo "error: no ReadyToRun build for $(uname -s) $(uname -m)." >&2; echo "  fix: run it with dotnet run --project src/Assay.Cli -c Release --" >&2; exit 4 ;;
esac
rm -rf artifacts/assay
mkdir -p artifacts/bin
dotnet publish src/Assay.Cli -c Release -r "$rid" --self-contained false -p:PublishReadyToRun=true -p:NuGetLockFilePath=obj/publish.packages.lock.json -o artifacts/assay -v q --nologo -clp:NoSummary
ln -sfn ../assay/Assay.Cli artifacts/bin/assay
touch "$stamp"
