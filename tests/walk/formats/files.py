"""Files: every dialect arrives whole, and later nights send only what changed."""

import gzip
import os

from .base import Fail, PARTS, Region, eq, get, has, part
from .cases import COLS, hub_of, mapping, rows, src, verify
from .dialects import csvt, files_region


def dialect(name, more=None):
    def f():
        s = files_region()
        v = verify(s["R"], s["S"][name], name, s["pre"], s["hub"])
        return f"{v} cases, all fields equal here and at the hub" + (more(s) if more else "")

    PARTS.append((f"1 files {name}", f))


def ragged(s):
    q = [r for r in s["R"].rejects() if r.get("source") == "semi"]
    eq("ragged rows of semi in quarantine", len(q), 2)
    return f", 2 ragged rows in quarantine ({q[0].get('reason')})"


dialect("semi", ragged)


for x in ["nohead", "pipes", "fixchar", "fixbyte", "jnest", "jlines", "xmlns", "xl1904", "mydump", "pgdump", "gz", "zip", "glob"]:
    dialect(x)


@part("1 files mail")
def files_mail():
    s = files_region()
    p = {c["custom_fields"][0]["text"]["clear"]: c for c in s["pre"].get("mail", [])}
    eq("conversations", len(p), 12)
    eq("at the hub", len(s["hub"].get("mail", [])), 12)
    for i in range(12):
        c = next((c for k, c in p.items() if f"m{i}.0@" in k), None)
        if not c:
            raise Fail(f"conversation {i} is missing")
        eq(f"messages of {i}", len(c["messages"]), 1 + i % 3)
        eq(f"subject of {i}", get(c, "subject"), f"Gerät {i} summt – 漢字")
        for j, m in enumerate(c["messages"]):
            eq(f"body {i}.{j}", get(m, "body").strip(), f"Körper {i}.{j}")
        if i % 4 == 0:
            eq("attachment", (get(c["attachments"][0], "file_name"), int(c["attachments"][0]["size_bytes"])), ("bild.png", 777))
    return "12 conversations of 24 messages, bodies, charsets, attachments"


@part("1 files first night closes")
def files_first_night_closes():
    s = files_region()
    d = s["n"].nums()
    eq("closes", s["n"].rep.get("closes"), True)
    eq("exit code", s["n"].rc, 0)
    want = sum(len(t) for t in s["S"].values() if t) + 12
    eq("cases", d.get("cases"), want)
    eq("folded", d["folded"], 12)
    eq("quarantined", d["quarantined"], 2)
    return f"{d['rows']} rows = {want} cases + {d['folded']} folded + {d['blank']} blank + 2 quarantined"


@part("1 files second night, renamed, appended, rewritten")
def files_second_night_renamed_appended_rewritten():
    s = files_region()
    R = s["R"]
    n = R.sync()
    d = n.nums()
    eq("second night sends", (d["rows"] - d["folded"] - d["cases"], d["new"], d["changed"]), (0, 0, 0))
    second = f"{d['rows']} rows read again (fold)"
    os.rename(R.dir / "jlines/a.jsonl", R.dir / "jlines/b.jsonl")  # renamed
    A = rows(5, 99, start=900)
    with open(R.dir / "nohead/a.tsv", "a") as f:
        f.write("\n" + "\n".join("\t".join(r[c] for c in COLS) for r in A) + "\n")  # appended; the last row had no line end
    T = s["S"]["gz"]
    T2 = [dict(r) for r in T]
    T2[3]["subject"] = "anders"
    T2[7]["status"] = "Done" if T2[7]["status"] != "Done" else "New"
    st = os.stat(R.dir / "gz/a.csv.gz")
    (R.dir / "gz/a.csv.gz").write_bytes(gzip.compress(csvt(T2, ",").encode()))
    os.utime(R.dir / "gz/a.csv.gz", (st.st_atime, st.st_mtime))
    n = R.sync()
    d = n.nums()
    eq("third night", (d["new"], d["changed"]), (5, 2))
    h = hub_of(R)
    verify(R, T2, "gz", None, h)
    verify(R, s["S"]["nohead"] + A, "nohead", None, h)
    eq("jlines at the hub", len(h["jlines"]), 40)
    n = R.sync()
    d = n.nums()
    eq("fourth night", (d["new"], d["changed"]), (0, 0))
    return f"second night: {second}, 0 sent; then renamed 0, appended 5 new, rewritten with the old time 2 changed"


@part("1 files DTD refused, cut dump, damaged gz")
def files_dtd_refused_cut_dump_damaged_gz():
    R = Region("FB", "", part="files")
    T = rows(10, 20)
    R.put("x.yaml", mapping("dtd", '{type: xml, records: "a/t"}', c={"id": "@id"}))
    R.put(
        "x/a.xml",
        '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a><t id="1"><opened>2026-09-01</opened><subject>&e;</subject></t></a>',
    )
    R.put("g.yaml", mapping("cutgz", "{type: delimited}"))
    R.put("g/a.csv.gz", gzip.compress(csvt(rows(5000, 21), ",").encode())[:-3000])
    R.put("d.yaml", mapping("cutdump", "{type: sqldump, table: t1}"))
    R.put("d/a.sql", (files_region()["R"].dir / "pgdump/a.sql").read_bytes().split(b"PostgreSQL database dump complete")[0])
    R.put("k.yaml", mapping("okay", "{type: delimited}"))
    R.put("k/a.csv", csvt(T, ","))
    R.sources("\n".join([src("x.yaml", "x/*"), src("g.yaml", "g/*"), src("d.yaml", "d/*"), src("k.yaml", "k/*")]))
    n = R.sync(ok=6)
    t = n.out + n.err
    h = hub_of(R)
    has("messages", t, r"x/a\.xml.*(DTD|document type|DOCTYPE)", r"g/a\.csv\.gz", r"d/a\.sql")
    eq("nothing of the DTD file", len(h.get("dtd", [])), 0)
    eq("the sound source", len(h.get("okay", [])), 10)
    return f"exit 6, each told with its file; the sound source's 10 cases arrived; of the cut .gz {len(h.get('cutgz', []))}, of the cut dump {len(h.get('cutdump', []))}"
