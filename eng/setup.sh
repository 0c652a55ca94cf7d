#!/usr/bin/env bash
# Installs what the tests need beyond the .NET SDK: a real Prometheus with promtool, Alertmanager, Chromium with a font for the tests of
# pages, nginx and shellcheck for those of deployments. Does nothing where they are there already.
set -euo pipefail
command -v promtool >/dev/null && command -v prometheus >/dev/null && command -v prometheus-alertmanager >/dev/null && command -v chromium >/dev/null && command -v shellcheck >/dev/null && { command -v nginx || [ -x /usr/sbin/nginx ]; } >/dev/null && exit 0
if ! command -v apt-get >/dev/null; then
  echo "promtool, prometheus, prometheus-alertmanager, chromium, nginx or shellcheck is missing, and so is apt-get: install Prometheus 2.42, Alertmanager 0.25, Chromium, nginx 1.22 and shellcheck 0.9 or later by hand." >&2
  exit 4
fi
sudo=""
[ "$(id -u)" = 0 ] || sudo="sudo"
$sudo apt-get update -qq
DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends \
  prometheus prometheus-alertmanager chromium fonts-dejavu-core nginx-light shellcheck >/dev/null
