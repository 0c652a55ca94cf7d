#!/usr/bin/env bash
# Nothing is left running by `make up` yet; its output is removed, what was built stays.
set -euo pipefail
cd "$(dirname "$0")/.."
rm -rf out/handbook
echo "Nothing was running. Removed out/handbook."
