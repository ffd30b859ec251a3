"""A hub of the walk's own, with an empty database for it and one for the help desk."""
import json
import os
import shutil
import subprocess
import time

from .base import CLUSTER, HC, HUB, LOG, PG, ROOT, RUN, Fail, hub, sh

SETTINGS = """country: JP
entity: Example Holdings K.K.
database: {connection_file: database.txt}
grpc: {listen: "127.0.0.1:0", host_names: [localhost, 127.0.0.1]}
web: {listen: "127.0.0.1:0"}
"""


def empty_database(name):
    for statement in (f"drop database if exists {name} with (force)", f"create database {name}"):
        sh([CLUSTER, "psql", "--dir", PG, "--", "-q", "-c", statement], log="database", ok=0)


def prepare():
    """Removes what an earlier run left, and makes a hub that has its policies."""
    for folder in (RUN, LOG):
        shutil.rmtree(folder, ignore_errors=True)
    for folder in (RUN / "hub" / "policies", RUN / "r", LOG):
        folder.mkdir(parents=True)
    empty_database("walk")
    empty_database("walkdesk")
    url = sh([CLUSTER, "url", "--dir", PG], ok=0)[1].strip()
    for path, text in ((RUN / "pgurl", url), (RUN / "hub" / "database.txt", url.replace("Database=postgres", "Database=walk"))):
        path.touch(0o600)
        path.write_text(text)
    shutil.copy(ROOT / "ops" / "examples" / "policies" / "hub.yaml", RUN / "hub" / "policies")
    HC.write_text(SETTINGS)
    hub("migrate", log="hub-migrate", ok=0)
    hub("policy", "publish", "--note", "walk", log="hub-policy", ok=0)


def start():
    """The process of a hub that answers."""
    with open(LOG / "hub.log", "w") as log:
        process = subprocess.Popen([HUB, "serve", "--config", str(HC)], stdout=log, stderr=log)
    addresses = RUN / "hub" / "state" / "addresses.json"
    for _ in range(200):
        if addresses.exists() and addresses.stat().st_size and json.loads(addresses.read_text()):
            return process
        if process.poll() is not None:
            break
        time.sleep(0.3)
    stop(process)
    raise Fail(f"the hub does not serve: {os.path.relpath(LOG / 'hub.log', ROOT)}")


def stop(process):
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
