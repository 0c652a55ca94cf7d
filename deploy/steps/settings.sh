# shellcheck shell=bash disable=SC2015,SC2034,SC2154  # steps share variables; what follows || ends the program
# Arguments and environment, checked as a whole before anything is touched.

runner=${ASSAY_DEPLOY_RUNNER:-compose}
state=${ASSAY_DEPLOY_STATE:-.deploy}
releases=${ASSAY_RELEASES:-artifacts/releases}
proxy_port=${ASSAY_PROXY_PORT:-8080}
staging_port=${ASSAY_STAGING_PORT:-5180}
control_port=${ASSAY_CONTROL_PORT:-5181}
canary_port=${ASSAY_CANARY_PORT:-5182}
hub=${ASSAY_HUB:-http://127.0.0.1:5080}
# What the version is a version of, in the catalog and in the ledger.
release_name=${ASSAY_RELEASE:-rag_service}
telemetry=${OTEL_EXPORTER_OTLP_ENDPOINT:-http://127.0.0.1:4318}
# Seconds until a version that was started must answer.
patience=${ASSAY_DEPLOY_WAIT:-60}

dry_run=0 as_json=0
command="" version="" environment="" percent="" reason="" forced="" target=""
by=${GITHUB_ACTOR:-${USER:-unknown}}

read_arguments() {
  command=${1:-}
  [ $# -gt 0 ] && shift
  case "$command" in
    staging | canary | production) version=${1:-} ;;
    rollback | history) environment=${1:-} ;;
    status) set -- "" "$@" ;;
    -h | --help | help)
      sed -n '2,/^# shellcheck/p' "$here/deploy.sh" | sed -e '/^# shellcheck/d' -e 's/^# \{0,1\}//'
      exit 0
      ;;
    *) refuse "'$command' is no command." "Give staging, canary, production, rollback, status or history; --help explains them." ;;
  esac
  [ $# -gt 0 ] && shift
  read_options "$@"
  check_arguments
  check_settings
}

read_options() {
  while [ $# -gt 0 ]; do
    case "$1" in
      --dry-run) dry_run=1 ;;
      --json) as_json=1 ;;
      --percent | --reason | --runner | --state | --force | --to | --by)
        [ $# -gt 1 ] && { [ -n "$2" ] || [ "$1" = --reason ]; } || refuse "$1 has no value." "Give one after it."
        read_value "$1" "$2"
        shift
        ;;
      *) refuse "'$1' is no option of $command." "deploy/deploy.sh --help lists them." ;;
    esac
    shift
  done
}

read_value() {
  is_line "$2" || refuse "$1 has more than 500 characters, or control characters." "Say it in one line."
  case "$1 $command" in
    "--percent canary") percent=$2 ;;
    "--reason "*) reason=$2 ;;
    "--force canary" | "--force production") forced=$2 ;;
    "--to rollback") target=$2 ;;
    "--runner "*) runner=$2 ;;
    "--state "*) state=$2 ;;
    "--by "*) by=$2 ;;
    *) refuse "$1 is no option of $command." "Leave it out." ;;
  esac
}

check_arguments() {
  case "$command" in
    staging | canary | production) is_version "$version" || refuse "'$version' is no version." "Give one of letters, digits, '.', '_' and '-', such as 1.4.2; with make: VERSION=1.4.2." ;;
    rollback | history)
      [ "$environment" = staging ] || [ "$environment" = production ] || refuse "'$environment' is no environment." "Give staging or production; with make: ENV=production."
      ;;
  esac
  if [ "$command" = canary ]; then
    percent=${percent:-5}
    [[ $percent =~ ^(100|[0-9]{1,2})(\.[0-9]{1,4})?$ ]] && [[ ! $percent =~ ^100\.0*[1-9] ]] ||
      refuse "'$percent' is no share of traffic." "Give 0 to 100 percent, such as 5 or 12.5, in steps of 0.0001."
  fi
  if [ "$command" = rollback ]; then
    [ -n "$reason" ] || refuse "A rollback has no reason." "Say why: --reason 'errors after the release'; with make: REASON='…'."
    [ -z "$target" ] || is_version "$target" || refuse "'$target' is no version." "Give one that ran before."
    [ -z "$target" ] || [ "$environment" = production ] || refuse "--to is for production." "Staging: deploy/deploy.sh staging VERSION."
  fi
}

check_settings() {
  local name
  [ "$runner" = compose ] || [ "$runner" = process ] || refuse "'$runner' is no runner." "Give compose or process."
  for name in proxy_port staging_port control_port canary_port patience; do
    [[ ${!name} =~ ^[1-9][0-9]{0,4}$ ]] && [ "${!name}" -le 65535 ] || refuse "${name//_/ } is '${!name}'." "Give a whole number from 1 to 65535."
  done
  [ "$(printf '%s\n' "$proxy_port" "$staging_port" "$control_port" "$canary_port" | sort -u | wc -l)" = 4 ] ||
    refuse "Two of the ports are the same." "Give ASSAY_PROXY_PORT, ASSAY_STAGING_PORT, ASSAY_CONTROL_PORT and ASSAY_CANARY_PORT different ones."
  [[ $release_name =~ ^[a-z][a-z0-9_.-]{0,63}$ ]] || refuse "ASSAY_RELEASE is '$release_name'." "Give the name of a release of the catalog, such as rag_service."
  is_line "$by" && is_line "$state" || refuse "A name has control characters." "Give it in one line."
  # Other folders may be meant by a relative path in a container or after a cd.
  [[ $state = /* ]] || state=$PWD/$state
  [[ $releases = /* ]] || releases=$PWD/$releases
}

is_version() { [[ $1 =~ ^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$ ]]; }

is_line() { [ ${#1} -le 500 ] && [[ ! $1 =~ [[:cntrl:]] ]]; }
