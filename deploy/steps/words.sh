# shellcheck shell=bash disable=SC2015,SC2034,SC2154  # steps share variables; what follows || ends the program
# What is said: steps and errors to standard error, results to standard output.

say() { echo "$*" >&2; }

# outcome WORDS: what the command came to, or would.
outcome() { if [ "$dry_run" = 1 ]; then say "would end with: $*"; else say "$*"; fi; }

# refuse PROBLEM FIX: wrong usage.
refuse() {
  printf 'error: %s\n  fix: %s\n' "$1" "$2" >&2
  exit 2
}

# fail PROBLEM FIX: the surroundings failed.
fail() {
  printf 'error: %s\n  fix: %s\n' "$1" "$2" >&2
  exit 4
}

# planned WORDS: says a step; true when it is only said.
planned() {
  if [ "$dry_run" = 1 ]; then
    say "would: $*"
    return 0
  fi
  say "- $*"
  return 1
}

# json TEXT: as a JSON string; the arguments were checked to hold no control characters.
json() {
  local text=${1//\\/\\\\}
  printf '"%s"' "${text//\"/\\\"}"
}
