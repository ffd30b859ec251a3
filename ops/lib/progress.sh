# shellcheck shell=bash
# Where things are, and how a script tells what it does: say, step, fail. Source this first.
#
#   step "Restore packages" dotnet restore --locked-mode
#   step --cure "Install PostgreSQL 15 or newer." "Start PostgreSQL" pg_start
#
# A step prints one line with the time it took; its output goes to .run/log/<title>.log. When it fails, the end of that
# log is shown and the last line says what failed and what to do. A step runs in a subshell: variables it sets are lost.

CT_ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)"
CT_RUN="$CT_ROOT/.run"
CT_LOG="$CT_RUN/log"
mkdir -p "$CT_LOG"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_UI_LANGUAGE=en

# Prints one line.
say() { printf '%s\n' "$*"; }

# Ends the script: what failed, then the cure, on one last line.
fail() {
  local cure="${2:-}"
  printf 'FAILED: %s%s\n' "$1" "${cure:+ Cure: $cure}" >&2
  exit "${3:-1}"
}

# A path as the reader wants it: below the repository, or whole.
short_path() { printf '%s' "${1#"$CT_ROOT"/}"; }

# Milliseconds since the epoch (bash's own clock; no process is started).
now_ms() { local t="${EPOCHREALTIME/[.,]/}"; printf '%s' "${t%???}"; }

# 0.4 s, 12.0 s, 3 min 05 s
elapsed_since() {
  local ms=$(($(now_ms) - $1))
  if ((ms < 60000)); then
    printf '%d.%d s' $((ms / 1000)) $((ms % 1000 / 100))
  else
    printf '%d min %02d s' $((ms / 60000)) $((ms / 1000 % 60))
  fi
}

# The log file of a step with this title.
log_of() {
  local slug
  slug="$(printf '%s' "$1" | tr '[:upper:]' '[:lower:]' | tr -cs 'a-z0-9.' '-')"
  printf '%s/%s.log' "$CT_LOG" "${slug%-}"
}

# Runs a command quietly and leaves its status in CT_STATUS. CT_VERDICT may name a function that, given the status, words
# the end of the line.
run_quietly() {
  local title="$1" log="$2" began ticker="" status=0
  shift 2
  began="$(now_ms)"
  printf '  %-46s ' "$title"
  if [[ -t 1 ]]; then
    (while sleep 1; do printf '\r  %-46s %s ' "$title" "$(elapsed_since "$began")"; done) &
    ticker=$!
  fi
  # A subshell with its own errexit: called as a plain statement, so a failing line inside a function ends the step.
  set +e
  # The lock stays with this script: a server process that a command leaves behind must not hold on to it.
  (
    if [[ -n "${CT_LOCK_FD:-}" ]]; then exec {CT_LOCK_FD}>&-; fi
    set -e
    "$@"
  ) >"$log" 2>&1 </dev/null
  status=$?
  set -e
  if [[ -n "$ticker" ]]; then
    kill "$ticker" 2>/dev/null || true
    wait "$ticker" 2>/dev/null || true
    printf '\r  %-46s ' "$title"
  fi
  local verdict=""
  if ((status != 0)); then verdict="FAILED"; fi
  if [[ -n "${CT_VERDICT:-}" ]]; then verdict="$("$CT_VERDICT" "$status")"; fi
  printf '%s%s\n' "$(elapsed_since "$began")" "${verdict:+, $verdict}"
  CT_STATUS=$status
}

# step [--cure TEXT] TITLE COMMAND...: runs it quietly; on failure shows the end of the log and ends the script.
step() {
  local cure="Read the log, mend what it names, run the same command again."
  if [[ "$1" == --cure ]]; then
    cure="$2"
    shift 2
  fi
  local title="$1" log
  shift
  log="$(log_of "$title")"
  run_quietly "$title" "$log" "$@"
  if ((CT_STATUS != 0)); then
    tail -n "${CT_TAIL:-25}" "$log" | sed 's/^/    | /' >&2
    fail "$title (exit code $CT_STATUS, whole log in $(short_path "$log"))." "$cure"
  fi
}

# attempt TITLE COMMAND...: like step, but a failure is the caller's to judge: the command's status is in CT_STATUS.
# (Not the status of the call: inside 'if attempt …' bash would switch off errexit in the functions that it runs.)
attempt() {
  local title="$1"
  shift
  run_quietly "$title" "$(log_of "$title")" "$@"
}

# one_at_a_time FILE: waits until no other script holds this lock file; it is held until the script ends.
one_at_a_time() {
  command -v flock >/dev/null 2>&1 || return 0
  exec {CT_LOCK_FD}>"$1"
  flock -n "$CT_LOCK_FD" && return
  say "  Another command is at work here ($(short_path "$1")); waiting for it …"
  flock "$CT_LOCK_FD"
}

# alone_or_fail FILE WHAT CURE: holds this lock file until the script ends, or fails at once and names the script that holds it.
alone_or_fail() {
  command -v flock >/dev/null 2>&1 || return 0
  # Appending: the holder's number must outlive the attempt.
  exec {CT_LOCK_FD}>>"$1"
  flock -n "$CT_LOCK_FD" || fail "$2 (process $(cat "$1"))." "$3" 1
  printf '%s\n' "$$" >"$1"
}

# without_lock COMMAND...: a program that may outlive a script that is killed must not keep the script's lock.
without_lock() (
  if [[ -n "${CT_LOCK_FD:-}" ]]; then exec {CT_LOCK_FD}>&-; fi
  exec "$@"
)
