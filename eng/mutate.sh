#!/usr/bin/env bash
# Mutation testing of src/Assay/Statistics, or of one folder of it: eng/mutate.sh Means
# Fails below 85 % killed. The report is artifacts/mutation/reports/mutation-report.html.
set -euo pipefail
cd "$(dirname "$0")/.."
export DOTNET_CLI_UI_LANGUAGE=en
out=$PWD/artifacts/mutation
dotnet tool restore >/dev/null
# Stryker reads the references from a restored project; without this it cannot compile what it mutates.
dotnet restore tests/Assay.Statistics.Tests >/dev/null
cd tests/Assay.Statistics.Tests
dotnet stryker --test-runner mtp --output "$out" ${1:+--mutate "**/Statistics/$1/**/*.cs"}
