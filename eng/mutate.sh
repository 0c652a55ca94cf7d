#!/usr/bin/env bash
# Mutation testing of src/Assay/Statistics, or of one folder of it: eng/mutate.sh Means
# Goes group by group and keeps each report in artifacts/mutation: what was interrupted goes on at the group where it was, and a group is measured again
# only after a change of the library or its tests. Exit code 1 when fewer than 85 % of all mutants are killed, 2 for a folder that is not there.
set -euo pipefail
cd "$(dirname "$0")/.."
export DOTNET_CLI_UI_LANGUAGE=en DOTNET_NOLOGO=1
least=85
library=src/Assay/Statistics
tests=tests/Assay.Statistics.Tests
out=$PWD/artifacts/mutation

# Every group begins with four minutes of compiling and of asking which test reaches what: fewer groups cost less, more groups lose less when interrupted.
groups=(
    "Rates-Tables-Corrections Rates/**/*.cs Tables/**/*.cs Corrections/**/*.cs"
    "Samples Samples/**/*.cs *.cs"
    "Resampling Resampling/**/*.cs"
    "Means-Ranks Means/**/*.cs Ranks/**/*.cs"
    "Sequential-Planning Sequential/**/*.cs Planning/**/*.cs"
    "Checking Checking/**/*.cs"
    "Distributions-A-G Distributions/[A-G]*.cs"
    "Distributions-H-R Distributions/[H-R]*.cs"
    "Distributions-S-Z Distributions/[S-Z]*.cs"
)
if [ $# -gt 0 ]; then
    if [ ! -d "$library/$1" ]; then
        echo "There is no folder $library/$1. Give one of $(cd "$library" && echo */ | tr -d /), or none for all." >&2
        exit 2
    fi
    groups=("$1 $1/**/*.cs")
fi

# All that a figure depends on.
state=$(find src/Assay "$tests" -name '*.cs' -not -path '*/obj/*' -print0 | sort -z | xargs -0 sha256sum | sha256sum | cut -c1-16)

# How many mutants of a report have a status.
count() { grep -oE "\"status\": ?\"$1\"" "$2" | wc -l; }

share() { awk -v part="$1" -v whole="$2" 'BEGIN { printf "%.1f", whole ? 100 * part / whole : 0 }'; }

measure() {
    local name=$1 folder=$out/$1
    shift
    if [ "$(cat "$folder/state" 2>/dev/null)" = "$state" ]; then
        echo "$name was measured before: ${folder#"$PWD"/}"
        return
    fi
    echo "$name"
    rm -rf "$folder"
    local patterns=()
    for glob in "$@"; do
        patterns+=(--mutate "**/Statistics/$glob")
    done
    (cd "$tests" && dotnet stryker --test-runner mtp --concurrency "$(nproc)" --break-at 0 --output "$folder" "${patterns[@]}")
    echo "$state" >"$folder/state"
}

dotnet tool restore >/dev/null
# Stryker reads the references from a restored project; without this it cannot compile what it mutates.
dotnet restore "$tests" >/dev/null
set -f # The globs are Stryker's.
for group in "${groups[@]}"; do
    # shellcheck disable=SC2086 # A name and its globs.
    measure $group
done

printf '\n%-26s %8s %8s %10s %9s %8s\n' folders mutants killed "timed out" survived found
mutants=0 found=0
for group in "${groups[@]}"; do
    name=${group%% *}
    report=$out/$name/reports/mutation-report.json
    killed=$(count Killed "$report") late=$(count Timeout "$report") survived=$(($(count Survived "$report") + $(count NoCoverage "$report")))
    sum=$((killed + late + survived))
    printf '%-26s %8d %8d %10d %9d %7s%%\n' "$name" $sum "$killed" "$late" $survived "$(share $((killed + late)) $sum)"
    mutants=$((mutants + sum)) found=$((found + killed + late))
done
printf '%-26s %8d %47s%%\n' all $mutants "$(share $found $mutants)"
echo "Survivors: ${out#"$PWD"/}/*/reports/mutation-report.html"
if [ $((100 * found)) -lt $((least * mutants)) ]; then
    echo "Fewer than $least % of the mutants were found." >&2
    exit 1
fi
