#!/usr/bin/env bash
# Deploys the service on one Linux host: staging, a canary behind weighted upstreams, production, and back.
#
#   deploy/deploy.sh staging VERSION                         start VERSION in staging and ask it a question
#   deploy/deploy.sh canary VERSION [--percent P]            start VERSION beside production and give it P % of requests (5)
#   deploy/deploy.sh production VERSION                      replace production by VERSION without a gap
#   deploy/deploy.sh rollback staging|production --reason R  take the canary back; without one, return to the version before
#   deploy/deploy.sh status [--json]                         what runs, and whether it answers
#   deploy/deploy.sh history staging|production [--json]     what was done, by whom and why; the newest last
#
#   --runner compose|process   containers (the default), or programs of ASSAY_RELEASES/VERSION as processes
#   --state FOLDER             what is remembered; .deploy by default
#   --dry-run                  say every step and do none
#   --force REASON             canary or production of a version that staging does not run
#   --to VERSION               rollback of production to this version
#   --by NAME                  who deploys
#
# Exit codes: 0 done, 1 the version is bad and was taken back, 2 wrong usage, 4 the surroundings failed.
# What is about to happen is written down before it happens: after a crash the same command goes on, and a rollback goes back.
# shellcheck source-path=SCRIPTDIR
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/steps/words.sh"
. "$here/steps/settings.sh"
. "$here/steps/state.sh"
. "$here/steps/traffic.sh"
. "$here/steps/slots.sh"
. "$here/steps/ledger.sh"
. "$here/steps/releases.sh"
. "$here/steps/shown.sh"

read_arguments "$@"
# shellcheck source=/dev/null
. "$here/steps/$runner.sh"

case "$command" in
  staging | canary | production | rollback)
    take_lock
    load_state
    "deploy_$command"
    ;;
  status | history)
    load_state
    "show_$command"
    ;;
esac
