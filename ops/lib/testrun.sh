# shellcheck shell=bash
# Runs test projects and counts what their result files say. Part of ops/test. Needs progress.sh.

passed=0
failed=0
skipped=0
complaints=()

# One line per test of a result file that did not simply pass: outcome, name, first line of the message; tab-separated.
# "Passed" lines carry nothing else. The logger writes one element a line and escapes <, > and quotes in attributes.
read_results() {
  awk '
    function flush() { if (outcome != "") print outcome "\t" name "\t" message; outcome = ""; message = "" }
    function plain(text) {
      gsub(/&lt;/, "<", text); gsub(/&gt;/, ">", text); gsub(/&quot;/, "\"", text); gsub(/&#x[0-9A-Fa-f]+;/, " ", text)
      gsub(/&amp;/, "\\&", text); gsub(/[\t\r]/, " ", text)
      return text
    }
    /<UnitTestResult / {
      flush()
      match($0, / outcome="[^"]*"/); outcome = substr($0, RSTART + 10, RLENGTH - 11)
      match($0, / testName="[^"]*"/); name = plain(substr($0, RSTART + 11, RLENGTH - 12))
    }
    outcome != "" && message == "" && /<Message>/ { message = $0; sub(/.*<Message>/, "", message); sub(/<\/Message>.*/, "", message); message = plain(message) }
    /<\/Results>/ { flush() }
    END { flush() }
  ' "$1"
}

# Sums up one project: sets project_passed, project_failed, project_skipped and adds to complaints.
count_project() {
  local project="$1" results="$2" status="$3" outcome name message
  project_passed=0 project_failed=0 project_skipped=0
  if [[ -f "$results" ]]; then
    while IFS=$'\t' read -r outcome name message; do
      case "$outcome" in
        Passed) project_passed=$((project_passed + 1)) ;;
        NotExecuted)
          if [[ "$message" == missing:* && "${CI:-}" == true ]]; then
            project_failed=$((project_failed + 1))
            complaints+=("$name: skipped under CI=true, $message")
          else
            project_skipped=$((project_skipped + 1))
            skip_reasons+=("$message")
          fi
          ;;
        *)
          project_failed=$((project_failed + 1))
          complaints+=("$name: $message")
          ;;
      esac
    done < <(read_results "$results")
  fi
  if ((project_passed + project_failed + project_skipped == 0)) && [[ -z "$filter" ]]; then
    project_failed=1
    complaints+=("$project: ran no test (log: $(short_path "$(log_of "$project")"))")
  elif ((status != 0 && project_failed == 0)); then
    # A crash, a hang, or a fixture that failed after its tests.
    project_failed=1
    complaints+=("$project: failed outside its tests, exit code $status (log: $(short_path "$(log_of "$project")"))")
  fi
}

# What the line of a project ends with.
project_verdict() {
  count_project "$current_project" "$current_results" "$1"
  printf '%d passed' "$project_passed"
  if ((project_failed > 0)); then printf ', %d FAILED' "$project_failed"; fi
  if ((project_skipped > 0)); then printf ', %d skipped' "$project_skipped"; fi
}

# The tests call the machine code that was published, where else the runtime would compile the programs anew for each project.
take_published() {
  local place="$CT_ROOT/tests/$1/bin/Release/net10.0" file
  for file in "$CT_RUN"/bin/lib/{agent,hub}/*.dll; do
    if [[ -f "$place/${file##*/}" ]]; then cp "$file" "$place/"; fi
  done
}

run_project() {
  local limit=10min
  take_published "$1"
  if [[ -n "${CALLTRACKING_LONG:-}${CALLTRACKING_CANARY:-}" ]]; then limit=60min; fi
  # Nor is the code of tests watched while it runs in order to be compiled once more, nor compiled better before it was called often: few run that
  # long (as for the programs, src/Program.props). Its pages are not mapped twice, which is for programs that strangers reach.
  # A test that hangs is ended and named; no memory dump, it would hold what must not rest on disk.
  (cd "$CT_ROOT" && DOTNET_TieredPGO=0 DOTNET_TC_CallCountThreshold=3E8 DOTNET_EnableWriteXorExecute=0 dotnet test "tests/$1" -c Release --no-build -nologo -v quiet \
    --logger "trx;LogFileName=$1.trx" --results-directory "$CT_RUN/test" \
    --blame-hang-timeout "$limit" --blame-hang-dump-type none ${filter:+--filter "$filter"})
}

# Runs one project and adds its numbers to the totals.
test_project() {
  current_project="$1"
  current_results="$CT_RUN/test/$1.trx"
  rm -f "$current_results"
  # shellcheck disable=SC2034 # progress.sh reads it
  CT_VERDICT=project_verdict
  attempt "$1" run_project "$1"
  # shellcheck disable=SC2034
  CT_VERDICT=""
  # Again in this shell: the verdict was worded in a subshell.
  count_project "$1" "$current_results" "$CT_STATUS"
  passed=$((passed + project_passed))
  failed=$((failed + project_failed))
  skipped=$((skipped + project_skipped))
}

# A check that is no test project but counts as one when it fails (formatting).
test_check() {
  local title="$1" cure="$2"
  shift 2
  attempt "$title" "$@"
  if ((CT_STATUS != 0)); then
    failed=$((failed + 1))
    tail -n 10 "$(log_of "$title")" | sed 's/^/    | /'
    complaints+=("$title: $cure")
  fi
}

# What went wrong and what was left out, then the totals as the last line. Sets the exit code.
finish() {
  local complaint
  if ((passed + failed + skipped == 0)); then
    failed=1
    complaints+=("No test was run: nothing matches${filter:+ the filter '$filter'}")
  fi
  if ((${#complaints[@]} > 0)); then
    say ""
    for complaint in "${complaints[@]}"; do say "  FAILED  $complaint"; done
  fi
  if ((${#skip_reasons[@]} > 0)); then
    say ""
    printf '%s\n' "${skip_reasons[@]}" | sort | uniq -c | sed -E 's/^ *([0-9]+) /  skipped \1: /'
  fi
  say ""
  if ((skipped > 0)); then
    say "$passed passed, $failed failed, $skipped skipped"
  else
    say "$passed passed, $failed failed"
  fi
  ((failed == 0))
}
