"""Limits: files, cells and bombs that are larger than memory, and what the agent takes for them."""

import gzip
import json
import os
import re
import shutil
import subprocess
import time
import zipfile

from .base import AG, Fail, LOG, Night, Region, eq, has, part
from .cases import COLS, hub_of, mapping, rows, src


def timed(R, *a, timeout=900):
    "Exit code, what was said, and the most memory in MB."
    with open(LOG / "limits.out", "w+b") as out:
        p = subprocess.Popen([AG, *map(str, a), "--config", str(R.cfg)], stdout=out, stderr=out)
        most, until = 0, time.time() + timeout
        while p.poll() is None:
            if time.time() > until:
                p.kill()
            most = max(most, high_water(p.pid))
            time.sleep(0.05)
        out.seek(0)
        t = out.read().decode("utf-8", "replace")
    with open(LOG / "limits.log", "a") as f:
        f.write(f"$ {a} rc {p.returncode}\n{t[-6000:]}\n")
    return p.returncode, t, most / 1024


def high_water(pid):
    "Most memory of a program so far, in KB. What waiting for it tells would begin with this script's own."
    try:
        status = open(f"/proc/{pid}/status").read()
    except OSError:
        return 0
    return int((re.search(r"VmHWM:\s+(\d+)", status) or [0, 0])[1])


@part("8 CSV of 300 MB under 200 MB")
def csv_of_300_mb_under_200_mb():
    R = Region("BIG", src("m.yaml", "big/*.csv"), part="limits")
    (R.dir / "big").mkdir()
    pad = "Lorem ipsum größer " * 48
    n = 0
    keep = 0
    with open(R.dir / "big/a.csv", "w", encoding="utf-8", newline="") as f:
        f.write(",".join(COLS) + "\r\n")
        while f.tell() < 300e6 if n % 5000 == 0 else True:
            n += 1
            s = "Open" if n % 500 == 0 else "New"
            keep += s == "Open"
            f.write(f'C-{n:06},2026-09-01 10:00,{s},"subj {n}","{pad}",{n}.5\r\n')
    R.put("m.yaml", mapping("big", "{type: delimited}", top="filter: [{keep_when: {from: status, equals: Open}, name: rest}]"))
    R.enrol()
    t = time.time()
    rc, o, m = timed(R, "sync", "--progress", "none")
    s = time.time() - t
    eq("rc", rc, 0)
    N = Night(rc, o, "", {}).nums()
    eq("rows", (N["rows"], N["filtered"], N["new"]), (n, n - keep, keep))
    eq("hub", len(R.cases()), keep)
    if m > 200:
        raise Fail(f"expected < 200 MB, got {m:.0f} MB")
    os.remove(R.dir / "big/a.csv")
    return f"{n} rows, {keep} cases, peak {m:.0f} MB, {s:.0f} s"


@part("8 cell of 300 MB, zip bomb, gz bomb, XML bomb, JSON a million deep")
def cell_of_300_mb_zip_bomb_gz_bomb_xml_bomb_json_a_million_deep():
    R = Region("BOMB", "", part="limits")
    out = []
    line = ",".join(COLS) + "\n"
    ok = lambda i: f"C-{i:05},2026-09-01 10:00,New,s {i},t,1\n"

    def add(n, fmt, **k):
        R.put(f"{n}.yaml", mapping(n, fmt, **k))
        (R.dir / n).mkdir(exist_ok=True)
        out.append(src(f"{n}.yaml", f"{n}/*"))

    add("cell", "{type: delimited}")
    with open(R.dir / "cell/a.csv", "w") as f:
        f.write(line + ok(1) + 'C-00002,2026-09-01 10:00,New,s,"')
        for _ in range(300):
            f.write("x" * 1000000)
        f.write('",1\n' + ok(3))
    add("zipb", "{type: delimited}")
    with zipfile.ZipFile(R.dir / "zipb/a.zip", "w", zipfile.ZIP_DEFLATED, compresslevel=1) as z:
        with z.open("a.csv", "w", force_zip64=True) as f:
            f.write((line + ok(1)).encode())
            b = b"\n" * 10000000
            for _ in range(10):
                f.write(b)
    out[-1] += "    max_expanded: 5MB\n"
    add("gzb", "{type: delimited}")
    with gzip.open(R.dir / "gzb/a.csv.gz", "w", 9) as f:
        f.write((line + ok(1) + "C-00002,x,").encode())
        for _ in range(6):
            f.write(b"0" * 10000000)
    out[-1] += "    max_ratio: 100\n"
    add("xmlb", "{type: xml, records: a/t}", c={"id": "@id"})
    R.put(
        "xmlb/a.xml",
        '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY l0 "lol">'
        + "".join(f'<!ENTITY l{i} "{("&l%d;" % (i-1))*10}">' for i in range(1, 10))
        + ']><a><t id="1"><subject>&l9;</subject></t></a>',
    )
    add("xmld", "{type: xml, records: a/t}", c={"id": "@id"})
    R.put(
        "xmld/a.xml",
        '<a><t id="C-1"><status>New</status></t><t id="C-2">' + "<x>" * 1000000 + "</x>" * 1000000 + '</t><t id="C-3"><status>New</status></t></a>',
    )
    add("jdeep", "{type: jsonl}")
    R.put("jdeep/a.jsonl", json.dumps(rows(1)[0]) + '\n{"id":"C-2","x":' + "[" * 1000000 + "]" * 1000000 + "}\n" + json.dumps(rows(1, start=3)[0]) + "\n")
    add("jarr", "{type: json}")
    R.put(
        "jarr/a.json",
        "[" + json.dumps(rows(1)[0]) + ',{"id":"C-2","x":' + '{"a":' * 1000000 + "1" + "}" * 1000000 + "}," + json.dumps(rows(1, start=3)[0]) + "]",
    )
    R.sources("\n".join(out))
    R.enrol()
    t = time.time()
    rc, o, m = timed(R, "sync", "--progress", "none")
    s = time.time() - t
    eq("rc", rc, 6)
    h = {k: len(v) for k, v in hub_of(R).items()}
    q = {}
    for x in R.rejects():
        q.setdefault(x["source"], []).append((x["reason"], x.get("place")))
    if m > 400:
        raise Fail(f"expected < 400 MB, got {m:.0f} MB")
    eq("cell: the sound rows and the refused one", (h.get("cell"), [x[0] for x in q.get("cell", [])]), (2, ["too-large"]))
    has("bombs named", o, r"zipb/a\.zip!a\.csv", r"gzb/a\.csv\.gz", r"xmlb/a\.xml")
    eq("deep JSON line", (h.get("jdeep"), len(q.get("jdeep", []))), (2, 1))
    eq("deep JSON array", (h.get("jarr"), len(q.get("jarr", []))), (2, 1))
    has("deep XML told with its place", o, r"xmld/a\.xml:\d+:\d+")
    for n in ("cell", "zipb", "gzb", "xmld"):
        shutil.rmtree(R.dir / n)
    return (
        f"peak {m:.0f} MB, {s:.0f} s; refused with place: "
        + "; ".join(f"{k} {v[0][0]} {v[0][1]}" for k, v in q.items())
        + "; zip, gz, DTD by name; sound rows around them arrived"
    )
