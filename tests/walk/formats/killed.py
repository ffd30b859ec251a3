"""An agent that is killed twice in the middle of a night loses nothing and doubles nothing."""

import json
import signal
import subprocess
import time

from .base import AG, Fail, HC, HUB, Region, eq, has, hub, part, short
from .cases import COLS, ST, WORDS, custom, mapping, src


@part("9 kill -9 in the middle of 120,000 rows")
def kill_9_in_the_middle_of_120_000_rows():
    R = Region("KILL", src("m.yaml", "in/*.csv"), part="kill")
    N = 120000
    (R.dir / "in").mkdir()
    st = ["New", "Open", "Done"]
    with open(R.dir / "in/a.csv", "w", newline="") as f:
        f.write(",".join(COLS) + "\n")
        for i in range(1, N + 1):
            f.write(f"K-{i:06},2026-10-{1+i%28:02} 10:{i%60:02},{st[i%3]},Fall {i},Text {i},{i}.25\n")
    R.put("m.yaml", mapping("kill", "{type: delimited}"))
    R.enrol()

    def count():
        rc, o, e = hub("cases", "query", "--region", "KILL", "--by", "status", "--format", "csv")
        return {l.split(",")[0]: int(l.split(",")[-1]) for l in o.splitlines()[1:] if l.split(",")[-1].isdigit()}

    seen = []
    kills = 0
    for goal in (0.2, 0.55):
        p = subprocess.Popen([AG, "sync", "--progress", "none", "--config", R.cfg], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        t = time.time()
        while p.poll() is None and time.time() - t < 150:
            n = sum(count().values())
            if n >= N * goal:
                p.send_signal(signal.SIGKILL)
                p.wait()
                kills += 1
                seen.append(n)
                break
            time.sleep(1)
        else:
            if p.poll() is None:
                p.kill()
    t = time.time()
    n = R.sync(timeout=400)
    s = time.time() - t
    eq("closes", n.rep.get("closes"), True)
    d = n.nums()
    c = count()
    eq("cases by status", sum(c.values()), N)
    uid = set()
    got = {}
    p = subprocess.Popen([HUB, "cases", "query", "--region", "KILL", "--format", "jsonl", "--limit", "0", "--config", HC], stdout=subprocess.PIPE)
    for l in p.stdout:
        x = json.loads(l)
        k = int(custom(x["case"], "nr"))
        if k in got:
            raise Fail(f"case {k} stands twice")
        got[k] = 1
        y = x["case"]
        if y["status"] != ST[WORDS[st[k % 3]]] or custom(y, "v") != f"Fall {k}" or abs(float(custom(y, "price")) - (k + 0.25)) > 1e-9:
            raise Fail(f"case {k} differs: {short(y)}")
    eq("distinct at hub", len(got), N)
    n2 = R.sync()
    eq("night after", (n2.nums()["new"], n2.nums()["changed"]), (0, 0))
    rc, o, e = R.agent("reconcile")
    has("reconcile", o + e, r"%s cases, all equal" % f"{N:,}")
    if not kills:
        raise Fail("the sync ended before it could be killed")
    return f'killed {kills} times at {seen} cases, then {N} of {N} equal, none twice, reconcile all equal; last run new {d["new"]} unchanged {d["unchanged"]}, {s:.0f} s'
