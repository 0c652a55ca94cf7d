#!/usr/bin/env bash
# Installs what the tests need beyond the .NET SDK: a real Prometheus with promtool. Does nothing where it is there already.
set -euo pipefail
command -v promtool >/dev/null && command -v prometheus >/dev/null && exit 0
if ! command -v apt-get >/dev/null; then
  echo "promtool and prometheus are missing, and so is apt-get: install Prometheus 2.42 or later by hand." >&2
  exit 4
fi
sudo=""
[ "$(id -u)" = 0 ] || sudo="sudo"
$sudo apt-get update -qq
DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends prometheus >/dev/null
