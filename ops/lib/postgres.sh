# shellcheck shell=bash
# A private PostgreSQL cluster for a script: pg_start, pg_stop, pg_url, pg_uri, pg_bin. Needs progress.sh.
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
