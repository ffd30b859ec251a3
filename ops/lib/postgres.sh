# shellcheck shell=bash
# A private PostgreSQL cluster for a script: pg_start, pg_stop, pg_url, pg_uri, pg_bin, pg_test_dir. Needs progress.sh.
# Every function takes the directory of the cluster; without one it is .run/pg. ops/postgres/cluster does the work.

pg_cluster() { "$CT_ROOT/ops/postgres/cluster" "$@"; }

pg_start() { pg_cluster start --dir "${1:-$CT_RUN/pg}"; }

pg_stop() { pg_cluster stop --dir "${1:-$CT_RUN/pg}"; }

# The connection string for Npgsql, superuser, database postgres.
pg_url() { pg_cluster url --dir "${1:-$CT_RUN/pg}"; }

# The same as a URI for psql, pg_dump and whatever else uses libpq.
pg_uri() { pg_cluster url --libpq --dir "${1:-$CT_RUN/pg}"; }

# The folder of psql, pg_dump and the server.
pg_bin() { pg_cluster bin --dir "${1:-$CT_RUN/pg}"; }

# Where the tests' cluster lies. A database is written out whole when it is dropped, and tests drop hundreds: in memory where there is
# plenty of it, else in .run. ops/test removes it at its end.
pg_test_dir() {
  local memory="/dev/shm" needed=$((8 * 1024 * 1024)) available free
  available="$(awk '/^MemAvailable:/ { print $2 }' /proc/meminfo 2>/dev/null)"
  free="$(df -Pk "$memory" 2>/dev/null | awk 'NR == 2 { print $4 }')"
  if ((${available:-0} >= needed && ${free:-0} >= needed)) && [[ -w "$memory" ]]; then
    pg_memory_dir
  else
    printf '%s' "$CT_RUN/test-pg"
  fi
}

# The one in memory that belongs to this work tree.
pg_memory_dir() { printf '/dev/shm/calltracking-test-%s' "$(printf '%s' "$CT_ROOT" | cksum | cut -d' ' -f1)"; }
