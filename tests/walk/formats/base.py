"""What the parts share: a region with its agent, one night of it, what a part expects, and how a part is told."""

import json
import os
import pathlib
import re
import subprocess
import threading
import time
import traceback


ROOT = pathlib.Path(__file__).resolve().parents[3]
W = ROOT / ".run" / "walk" / "formats"
RUN = W / "run"
LOG = W / "log"
CLUSTER = ROOT / "ops" / "postgres" / "cluster"
PG = ROOT / ".run" / "walk" / "pg"
AG = str(ROOT / ".run" / "bin" / "calltracking-agent")
HUB = str(ROOT / ".run" / "bin" / "calltracking-hub")
results = []
_lock = threading.Lock()


class Fail(Exception):
    "What a part expected and did not get."


class Skip(Exception):
    "Why a part cannot be shown here."


def sh(args, log=None, ok=None, stdin=None, env=None, timeout=420, cwd=None):
    e = dict(os.environ, **(env or {}), DOTNET_TieredPGO="0")
    t = time.time()
    p = subprocess.run([str(a) for a in args], input=stdin, capture_output=True, env=e, timeout=timeout, cwd=cwd)
    out, err = p.stdout.decode("utf-8", "replace"), p.stderr.decode("utf-8", "replace")
    if log:
        with open(LOG / (log + ".log"), "a") as f:
            f.write(f"$ {' '.join(map(str,args))}  [rc {p.returncode}, {time.time()-t:.1f} s]\n{out[-20000:]}\n--err--\n{err[-8000:]}\n")
    if ok is not None and p.returncode not in ([ok] if isinstance(ok, int) else ok):
        raise Fail(f"{' '.join(map(str,args[1:4]))}: expected rc {ok}, got {p.returncode}: {(err or out).strip()[-300:]}")
    return p.returncode, out, err


HC = RUN / "hub" / "hub.yaml"


def hub(*a, **k):
    return sh([HUB, *a, "--config", HC], **k)


_used = set()


class Region:
    def __init__(self, code, sources, country="DE", tz="Europe/Berlin", enrol=True, part=None, extra=""):
        self.code, self.country, self.tz, self.extra = code, country, tz, extra
        assert re.fullmatch("[A-Z]{2,8}", code) and code not in _used, code
        _used.add(code)
        self.log = part or code
        self.dir = RUN / "r" / code
        self.dir.mkdir(parents=True, exist_ok=True)
        (self.dir / "inbox").mkdir(exist_ok=True)
        self.cfg = self.dir / "agent.yaml"
        self.sources(sources)
        self.enrolled = False
        self._enrol = enrol

    def sources(self, sources):
        self.cfg.write_text(
            f"region: {self.code}\ncentre: Testzentrum\ncountry: {self.country}\nhub: {ADDR()}\nstate: ./state\ntime_zone: {self.tz}\nreconcile: on-demand\n{self.extra}sources:\n{sources}\n"
        )

    def put(self, name, data):
        p = self.dir / name
        p.parent.mkdir(parents=True, exist_ok=True)
        p.write_bytes(data if isinstance(data, bytes) else data.encode("utf-8"))
        return p

    def enrol(self):
        if self.enrolled:
            return
        rc, out, err = hub("region", "add", self.code, "--name", self.code, "--centre", "Testzentrum", "--country", self.country, "--token", log=self.log, ok=0)
        self.agent("enrol", "--token", out.strip().splitlines()[-1].strip(), ok=0)
        self.enrolled = True

    def agent(self, *a, **k):
        k.setdefault("log", self.log)
        return sh([AG, *a, "--config", self.cfg], **k)

    def sync(self, *a, ok=0, **k):
        self.enrol()
        rep = self.dir / "night.json"
        if rep.exists():
            rep.unlink()
        rc, out, err = self.agent("sync", "--report", rep, "--progress", "none", *a, ok=ok, **k)
        r = json.loads(rep.read_text()) if rep.exists() else {}
        return Night(rc, out, err, r)

    def preview(self, n=100000, ok=0, fmt="jsonl", *a):
        rc, out, err = self.agent("preview", "--limit", n, "--redacted", "false", "--format", fmt, *a, ok=ok)
        return [json.loads(l) for l in out.splitlines() if l.startswith("{")]

    def cases(self):
        return cases(self.code)

    def rejects(self):
        rc, out, err = self.agent("quarantine", "list", "--format", "jsonl", "--limit", "100000", ok=0)
        return [json.loads(l) for l in out.splitlines() if l.startswith("{")]


class Night:
    def __init__(s, rc, out, err, rep):
        s.rc, s.out, s.err, s.rep = rc, out, err, rep

    def n(s, word):
        # the numbers of the report as a person reads them: 'rows  10 = cases 4 + folded 1 …'
        m = re.search(r"\b%s\s+(\d[\d,]*)" % word, s.out)
        return int(m[1].replace(",", "")) if m else 0

    def nums(s):
        d = {}
        for l in s.out.splitlines():
            m = re.match(r"\s+rows\s+(?:\S.*)?=", l)
            if re.match(r"\s+rows\b.*=", l):
                for w, v in re.findall(r"([a-z]+)\s+([\d,]+)", l):
                    d[w] = int(v.replace(",", ""))
            elif re.match(r"\s+cases\s+[\d,]+ =", l):
                for w, v in re.findall(r"([a-z]+)\s+([\d,]+)", l):
                    if w != "cases":
                        d[w] = int(v.replace(",", ""))
        return d


def cases(region):
    rc, out, err = hub("cases", "query", "--region", region, "--format", "jsonl", "--limit", "0", ok=0)
    return [json.loads(l) for l in out.splitlines() if l.startswith("{")]


def ADDR():
    return json.loads((RUN / "hub" / "state" / "addresses.json").read_text())["grpc"]


def eq(what, got, want):
    if got != want:
        raise Fail(f"{what}: expected {short(want)}, got {short(got)}")


def has(what, text, *words):
    for w in words:
        if not re.search(w, text):
            raise Fail(f"{what}: expected /{w}/, got {short(text.strip(), 300)}")


def short(v, n=160):
    s = v if isinstance(v, str) else json.dumps(v, ensure_ascii=False, default=str)
    s = s.replace("\n", "⏎")
    return s if len(s) <= n else s[:n] + "…"


def get(c, path):
    for k in path.split("."):
        if isinstance(c, list):
            c = c[int(k)] if int(k) < len(c) else None
        elif isinstance(c, dict):
            c = c.get(k)
        else:
            return None
    if isinstance(c, dict) and set(c) <= {"clear"} and "clear" in c:
        return c["clear"]
    return c


PARTS = []


def part(name):
    def d(f):
        PARTS.append((name, f))
        return f

    return d


def run_part(name, f):
    t = time.time()
    try:
        msg = f()
        line = f"OK {name}: {msg}"
    except Skip as x:
        line = f"SKIP {name}: {x}"
    except Fail as x:
        line = f"FAIL {name}: {x}"
    except Exception as x:
        line = f"FAIL {name}: {type(x).__name__}: {short(str(x),200)}"
        (LOG / (name.replace(" ", "_").replace("/", "-") + ".trace")).write_text(traceback.format_exc())
    with _lock:
        results.append((name, line))
        print(line + f"  [{time.time()-t:.0f} s]", flush=True)
