"""The database that stands for a help desk's own."""

import subprocess

from .base import CLUSTER, Fail, PG


def pguri():
    b = subprocess.run([CLUSTER, "bin", "--dir", PG], capture_output=True, text=True).stdout.strip()
    u = subprocess.run([CLUSTER, "url", "--dir", PG, "--libpq"], capture_output=True, text=True).stdout.strip()
    return b, u.rsplit("/postgres", 1)[0] + "/walkdesk" + u.rsplit("/postgres", 1)[1]


def psql(sql):
    b, uri = pguri()
    r = subprocess.run([b + "/psql", uri, "-q", "-v", "ON_ERROR_STOP=1"], input=sql.encode(), capture_output=True)
    if r.returncode:
        raise Fail("psql: " + r.stderr.decode()[:300])


def lit(v):
    return "'" + v.replace("'", "''") + "'"
