# shellcheck shell=bash disable=SC2015,SC2034,SC2154  # steps share variables; what follows || ends the program
# Which share of requests the canary gets: an upstream of nginx in a file of its own, which `assay canary` writes too.

upstreams=rag_service

upstreams_file() { echo "$state/proxy/upstreams.conf"; }

# split PERCENT: the canary gets so much from now on. Weights are whole numbers, in parts of 0.0001 %.
split() {
  local whole=${1%%.*} part="" canary control file
  [[ $1 = *.* ]] && part=${1#*.}
  part=$(printf '%-4s' "$part")
  canary=$((10#$whole * 10000 + 10#${part// /0}))
  control=$((1000000 - canary))
  planned "Give the canary $1 % of requests." && return
  file=$(upstreams_file)
  {
    echo "upstream $upstreams {"
    echo "    server 127.0.0.1:$control_port $(weight $control);"
    echo "    server 127.0.0.1:$canary_port $(weight $canary);"
    echo "}"
  } >"$file.new"
  mv -f "$file.new" "$file"
  # Even when nothing changed: a crash may have come between the file and the proxy.
  reload
}

# reload: nginx has read its file again, and no worker that knows the one before takes requests any more. Without this wait the slot that lost its
# requests would be stopped while a worker still sends it some.
reload() {
  local before end=$((SECONDS + 10))
  before=$(proxy_workers)
  proxy_reload
  while [ -n "$before" ] && grep -qxF -- "$before" <(proxy_workers); do
    if [ $SECONDS -ge $end ]; then
      say "nginx still has workers of the file before after 10 s; going on."
      break
    fi
    sleep 0.05 9>&-
  done
}

weight() { if [ "$1" = 0 ]; then echo down; else echo "weight=$1"; fi; }

# The canary's share as the file has it, whoever wrote it; nothing when there is none.
share() {
  local file
  file=$(upstreams_file)
  [ -f "$file" ] || return 0
  awk -v canary="127.0.0.1:$canary_port" '
    $1 == "server" {
      sub(/;$/, "", $0)
      weight = 1
      for (i = 3; i <= NF; i++) { if ($i == "down") weight = 0; if ($i ~ /^weight=/) weight = substr($i, 8) }
      all += weight
      if ($2 == canary) mine = weight
    }
    END { if (all > 0) printf "%.10g\n", 100 * mine / all }' "$file"
}

# proxy_up: nginx runs with the split that is in force, with all requests to production when there is none yet.
proxy_up() {
  planned "See that the proxy runs on port $proxy_port." && return
  sed "s/@PORT@/$proxy_port/" "$here/proxy/nginx.conf" >"$state/proxy/nginx.conf.new"
  mv -f "$state/proxy/nginx.conf.new" "$state/proxy/nginx.conf"
  [ -f "$(upstreams_file)" ] || split_silently
  proxy_start
}

# hub_up: the hub runs too, where it is deployed with the proxy. Nothing that requests need waits for it.
hub_up() { [ "$dry_run" = 1 ] || hub_start; }

split_silently() {
  printf 'upstream %s {\n    server 127.0.0.1:%s weight=1000000;\n    server 127.0.0.1:%s down;\n}\n' "$upstreams" "$control_port" "$canary_port" >"$(upstreams_file)"
}
