# shellcheck shell=bash disable=SC2015,SC2034,SC2154  # steps share variables; what follows || ends the program
# The commands that change something. Each can be given again at any time and ends in the same place.

deploy_staging() {
  local former=${known[staging.version]:-}
  runnable "$version"
  begin "$version"
  proxy_up
  hub_up
  if tried staging "$version"; then
    [ "$former" != "$version" ] || former=${known[staging.previous]:-}
    tell_ledger staging "$version" deploy
    finish "done" staging.version "$version" staging.previous "$former"
    outcome "Staging runs $version."
    return
  fi
  remove staging
  [ -z "$former" ] || [ "$former" = "$version" ] || put staging "$former" || say "$former does not come up in staging any more either."
  finish failed
  say "$version was taken back from staging."
  exit 1
}

deploy_canary() {
  local production=${known[production.version]:-}
  [ -n "$production" ] || refuse "There is no production that $version could be compared with." "First: deploy/deploy.sh production VERSION."
  [ "$production" != "$version" ] || refuse "Production runs $version already." "Give the version of the candidate."
  came_through_staging
  runnable "$version"
  begin "$version"
  proxy_up
  hub_up
  put control "$production" || fail "Production ($production) does not answer." "See what it said above; roll back first."
  # No request may reach the slot while what runs in it changes.
  [ "$(slot_version canary)" = "$version" ] || split 0
  remember canary.version "$version" production.rolled_back ""
  if tried canary "$version"; then
    split "$percent"
    finish "done"
    outcome "$version gets $percent % of requests."
    return
  fi
  take_canary_back
  finish failed canary.version ""
  say "$version was taken back: production runs $production."
  exit 1
}

deploy_production() {
  local former=${known[production.version]:-}
  if [ "$former" = "$version" ] && [ -z "${known[canary.version]:-}${known[pending.action]:-}" ] && [ "$(slot_version control)" = "$version" ]; then
    say "Production runs $version already."
    return
  fi
  came_through_staging
  runnable "$version"
  begin "$version"
  if replace_production "$version"; then
    [ "$former" != "$version" ] || former=${known[production.previous]:-}
    tell_ledger production "$version" deploy
    finish "done" production.version "$version" production.previous "$former" canary.version "" production.rolled_back ""
    outcome "Production runs $version."
    return
  fi
  take_canary_back
  finish failed canary.version ""
  say "$version was taken back: production runs ${former:-nothing}."
  exit 1
}

deploy_rollback() { "rollback_$environment"; }

rollback_staging() {
  local former=${known[staging.previous]:-}
  [ -n "$former" ] || refuse "Staging ran nothing before ${known[staging.version]:-}." "Deploy a version: deploy/deploy.sh staging VERSION."
  runnable "$former"
  begin "$former"
  tried staging "$former" || fail "$former does not come up in staging." "See what it said above."
  tell_ledger staging "$former" rollback
  finish "done" staging.version "$former" staging.previous ""
  outcome "Staging runs $former again."
}

# With a canary, requests go to production alone; without, production returns to what it was. The second of two rollbacks changes nothing.
rollback_production() {
  local production=${known[production.version]:-} former=$target
  [ -n "$production" ] || refuse "Nothing runs in production." "deploy/deploy.sh production VERSION."
  # One that was interrupted on its way to a version goes on to it: the slot of the canary holds that version.
  if [ -z "$former" ] && [ "${known[pending.action]:-} ${known[pending.environment]:-}" = "rollback production" ] && [ "${known[pending.version]}" != "$production" ]; then
    former=${known[pending.version]}
  fi
  if [ -z "$former" ] && { [ -n "${known[canary.version]:-}" ] || [ "${known[pending.action]:-}" = production ]; }; then
    begin "$production"
    take_canary_back
    tell_ledger production "$production" rollback
    finish "done" canary.version "" production.rolled_back 1
    outcome "All requests go to $production."
    return
  fi
  if [ -z "$former" ] && [ -n "${known[production.rolled_back]:-}" ]; then
    say "Production was rolled back already and runs $production. To go further back: --to VERSION."
    return
  fi
  former=${former:-${known[production.previous]:-}}
  [ -n "$former" ] || refuse "Production ran nothing before $production." "Name a version that can be started: --to VERSION."
  runnable "$former"
  begin "$former"
  replace_production "$former" || fail "$former does not come up." "See what it said above, or name another version: --to VERSION."
  tell_ledger production "$former" rollback
  finish "done" production.version "$former" production.previous "" canary.version "" production.rolled_back 1
  outcome "Production runs $former again."
}

# replace_production VERSION: it is started beside what runs, gets all requests there, and then takes the place of what ran.
replace_production() {
  proxy_up
  if [ -n "${known[production.version]:-}" ] && [ "$(slot_version control)" != "$1" ]; then
    [ "$(slot_version canary)" = "$1" ] || split 0
    remember canary.version "$1"
    tried canary "$1" || return 1
    split 100
  fi
  tried control "$1" || return 1
  split 0
  hub_up
  remove canary
}

# take_canary_back: production is what it was, and alone. Traffic moves first; what is slow, and what requests do not need, comes after.
take_canary_back() {
  local production=${known[production.version]:-}
  if [ -z "$production" ]; then
    remove control
    return
  fi
  proxy_up
  if [ "$(slot_version control)" != "$production" ]; then
    # A deployment was cut off while it replaced production. Whoever can answer does so meanwhile.
    [ -z "$(slot_version canary)" ] || split 100
    put control "$production" || fail "$production does not come up." "See what it said above, or name another version: --to VERSION."
  fi
  split 0
  hub_up
  remove canary
}

came_through_staging() {
  [ -n "$forced" ] || [ "${known[staging.version]:-}" = "$version" ] ||
    refuse "Staging runs ${known[staging.version]:-nothing}, not $version." "First: deploy/deploy.sh staging $version. In an emergency: --force REASON."
}
