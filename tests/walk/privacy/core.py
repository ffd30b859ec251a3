"""What the parts share: the programs, a hub of their own, what a part expects, and how a part is told."""

import collections
import json
import os
import re
import subprocess
import sys
import time
import urllib.request


HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.abspath(HERE + "/../../..")
BIN = ROOT + "/.run/bin"
CLUSTER = ROOT + "/ops/postgres/cluster"
EXAMPLES = ROOT + "/ops/examples/policies"
STATE = ROOT + "/.run/walk/privacy"
DATABASE = ROOT + "/.run/walk/pg"
LOG = STATE + "/log"
BULK = 900
BEGAN = time.time()
ONLY = sys.argv[1:]
hubproc = None
COUNTS = collections.Counter()
KNOWN = {}


def sh(*a, ok=None, inp=None, env=None, timeout=180, log="commands"):
    t = time.time()
    p = subprocess.run([str(x) for x in a], input=inp, capture_output=True, text=True, timeout=timeout, env={**os.environ, **(env or {})})
    with open(f"{LOG}/{log}.log", "a") as f:
        f.write(f'\n$ {" ".join(map(str,a))}   [{time.time()-t:.1f}s, rc {p.returncode}]\n{p.stdout[-6000:]}{p.stderr[-4000:]}')
    if ok is not None and p.returncode not in ([ok] if isinstance(ok, int) else ok):
        raise Bad(f'rc {ok} of {" ".join(map(str,a[1:4]))}', f"rc {p.returncode}: {(p.stdout+p.stderr)[-200:]!r}")
    return p


class Bad(Exception):
    def __init__(s, e, g):
        s.e, s.g = e, g


CHECKS = []


def want(what, exp, got):
    CHECKS.append((what, exp == got))
    if exp != got:
        FAULTS.append((what, exp, got))


FAULTS = []


def has(what, text, *subs):
    for x in subs:
        good = re.search(x, text) is not None
        CHECKS.append((what, good))
        if not good:
            FAULTS.append((what, f"/{x}/", text.strip()[:160].replace("\n", " ⏎ ")))


def hub(*a, **k):
    return sh(BIN + "/calltracking-hub", *a, "--config", STATE + "/hub/hub.yaml", **k)


def agent(r, *a, **k):
    return sh(BIN + "/calltracking-agent", *a, "--config", f"{STATE}/{r}/agent.yaml", **k)


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    open(path, "w").write(text)


def psql(q, db="walk"):
    return sh("psql", "-At", "-q", libpq_url(db), "-c", q, ok=0, log="psql").stdout.strip()


def libpq_url(db="walk"):
    return KNOWN["libpq"].replace("/postgres", "/" + db) if not KNOWN["libpq"].endswith("/postgres") else KNOWN["libpq"][:-8] + db


def rest(path):
    return urllib.request.urlopen(KNOWN["web"] + path, timeout=20).read().decode()


def start_hub(env=None):
    global hubproc
    a = STATE + "/hub/addr.json"
    if os.path.exists(a):
        os.remove(a)
    f = open(LOG + "/hub.log", "a")
    hubproc = subprocess.Popen(
        [
            BIN + "/calltracking-hub",
            "serve",
            "--log-level",
            "Trace",
            "--grpc-listen",
            KNOWN.get("grpc", "127.0.0.1:0"),
            "--web-listen",
            "127.0.0.1:0",
            "--addresses-file",
            a,
            "--config",
            STATE + "/hub/hub.yaml",
        ],
        stdout=f,
        stderr=f,
        env={**os.environ, **(env or {})},
    )
    for _ in range(120):
        if os.path.exists(a) and os.path.getsize(a):
            d = json.load(open(a))
            KNOWN["web"] = d["web"]
            KNOWN["grpc"] = d["grpc"].split("//")[1].strip("/")
            return
        if hubproc.poll() is not None:
            break
        time.sleep(0.25)
    raise Bad("the hub serves", "it does not: see hub.log")


def stop_hub():
    global hubproc
    if hubproc and hubproc.poll() is None:
        hubproc.terminate()
        try:
            hubproc.wait(20)
        except subprocess.TimeoutExpired:
            hubproc.kill()
            hubproc.wait()


def cases(*a):
    return [json.loads(l) for l in hub("cases", "query", "--format", "jsonl", "--limit", "0", *a, ok=0, log="cases").stdout.splitlines()]


def sync(r, ok=0, *a, **k):
    p = agent(r, "sync", "--progress", "none", "--log-level", "Trace", "--timeout", "20s", *a, log="agent-" + r, **k)
    with open(f"{LOG}/agent-{r}.trace", "a") as f:
        f.write(p.stdout + p.stderr)
    if p.returncode != ok:
        FAULTS.append((f"sync {r}", f"rc {ok}", f"rc {p.returncode}: {(p.stderr or p.stdout)[-160:]!r}"))
    return p.stdout + p.stderr


def publish(note, **k):
    return hub("policy", "publish", "--note", note, "--by", "walk", ok=0, **k)


def form(v):
    if v is None or v == {}:
        return "absent"
    return next(iter(v))


def val(v):
    return v.get(form(v)) if v else None


def part(name, f):
    if ONLY and not set(ONLY) & set(name.split()) and name not in ("setup", "night"):
        return
    FAULTS.clear()
    CHECKS.clear()
    t = time.time()
    fig = ""
    try:
        fig = f() or ""
    except Bad as e:
        FAULTS.append(("", e.e, e.g))
    except Exception as e:
        import traceback

        open(LOG + "/trace.log", "a").write(name + "\n" + traceback.format_exc())
        FAULTS.append(("the walk", "no exception", f"{type(e).__name__}: {str(e)[:150]}"))
    with open(LOG + "/parts.log", "a") as l:
        for a, b, c in FAULTS:
            l.write(f"{name}: {a}: expected {b!r}, got {c!r}\n")
    good = sum(1 for _, g in CHECKS if g)
    if FAULTS:
        COUNTS["FAIL"] += 1
        a, b, c = FAULTS[0]
        more = f" (+{len(FAULTS)-1} more in parts.log)" if len(FAULTS) > 1 else ""
        print(f"FAIL {name}: {a}: expected {str(b)[:200]}, got {str(c)[:260]}{more}; {good}/{len(CHECKS)} checks, {time.time()-t:.0f}s", flush=True)
    else:
        COUNTS["OK"] += 1
        print(f"OK   {name}: {fig}; {good} checks, {time.time()-t:.0f}s", flush=True)


DOC = """jurisdiction: {j}
parent: {p}
countries: [{c}]
law: "walk"
article: "walk art. 1"
basis: K
review: not reviewed by counsel
"""


def fresh(t):
    lim = {"DE": (3, 6), "CL": (2, 5), "JP": (5, 7), "BR": (2, 5)}[t["Country"]]
    age = (time.time() - time.mktime(time.strptime(t["row"]["Updated"][:10], "%Y-%m-%d"))) / 86400 / 365.25
    return age < (lim[0] if t["row"]["Status"] == "closed" else lim[1])
