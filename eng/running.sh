#!/usr/bin/env bash
# What `make up` and `make down` know of processes that run in the background; sourced by both.
# A pid file is believed only when the process of that number still has the command line that was started: numbers are used again.
run=out/up

running() { # running NAME COMMAND: prints the pid when it runs
  local pid
  [ -f "$run/$1.pid" ] || return 1
  pid=$(cat "$run/$1.pid")
  [ -n "$pid" ] && ps -ww -p "$pid" -o args= 2>/dev/null | grep -qF -- "$2" || return 1
  echo "$pid"
}

stop() { # stop NAME COMMAND WORDS: ends it, hard after 40 s
  local pid
  if ! pid=$(running "$1" "$2"); then
    rm -f "$run/$1.pid"
    return 1
  fi
  kill -TERM "$pid" 2>/dev/null || true
  for _ in $(seq 400); do
    running "$1" "$2" >/dev/null || break
    sleep 0.1
  done
  if running "$1" "$2" >/dev/null; then
    kill -KILL "$pid" 2>/dev/null || true
    echo "Stopped $3 (process $pid) the hard way: it did not end within 40 s."
  else
    echo "Stopped $3 (process $pid)."
  fi
  rm -f "$run/$1.pid"
}
