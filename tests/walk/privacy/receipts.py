"""Receipts and reports: what was done is explained, signed and counted as stored; tampering is named."""

import collections
import json
import re
import time

from .core import DOC, FAULTS, KNOWN, libpq_url, STATE, cases, form, fresh, has, hub, psql, publish, sync, write, want
from .leak import decode, dump


def tampering_is_named():
    c = next(c for c in KNOWN["v1"] if c["region"] == "JP")
    e = hub("cases", "explain", c["case_uid"], ok=0).stdout
    has("explain uid", e, "jp: Act on the Protection", "email: pseudonymize, 1 value", "Kept: delete P[57]Y", "detectors 2026")
    num = c["case"]["case_number"]["clear"]
    has("explain number", hub("cases", "explain", num, ok=0).stdout, c["case_uid"])
    d = next(c for c in KNOWN["v1"] if c["region"] == "DE")
    import base64

    pse = d["case"]["case_number"]["pseudonym"]["value"]
    x = hub("cases", "explain", base64.b64decode(pse).hex())
    y = hub("cases", "explain", pse)
    want("explain by pseudonym (hex or base64)", True, d["case_uid"] in x.stdout + y.stdout)
    want("explain of none", 1, hub("cases", "explain", "f" * 32).returncode)
    v = hub("cases", "verify")
    want("verify", 0, v.returncode)
    has("verify counts", v.stdout + v.stderr, r"\d")
    uid = d["case_uid"]
    psql(f"create table keep_ as select * from cases where case_uid='{uid}'")
    for name, q in (
        ("subject column", "subject=subject||'x'"),
        ("record byte", "record=set_byte(record,length(record)-1,get_byte(record,length(record)-1)#1)"),
        ("seal removed", "seal=null"),
        ("country column", "customer_country='FR'"),
    ):
        psql(f"update cases set {q} where case_uid='{uid}'")
        v = hub("cases", "verify")
        want(f"verify with {name} changed", 1, v.returncode)
        has(f"names it: {name}", v.stdout + v.stderr, uid)
        psql(f"delete from cases where case_uid='{uid}'; insert into cases select * from keep_")
    psql("drop table keep_")
    want("verify, put back", 0, hub("cases", "verify").returncode)
    pr = STATE + "/proof.json"
    hub("proof", "--out", pr, "--cases", "400", ok=0)
    want("proof verify", 0, hub("proof", "verify", pr).returncode)
    has("proof for people", open(pr + ".md").read(), "DE", "pseudonym")
    raw = open(pr, "rb").read()
    j = json.loads(raw)
    tx = raw.decode() + open(pr + ".md").read()
    vals = [v for t in list(KNOWN["truth"].values())[:200] for v in (t["Mail"], t["Nid"], t["CustNo"], t["Name"])]
    want("values in proof", [], [v for v in vals if v in tx])
    for at in (len(raw) // 3, len(raw) - 2):
        b = bytearray(raw)
        b[at] = b[at] ^ 1
        open(pr, "wb").write(b)
        want(f"proof with byte {at} changed", True, hub("proof", "verify", pr).returncode != 0)
    open(pr, "wb").write(raw)
    sg = open(pr + ".sig", "rb").read()
    b = bytearray(sg)
    b[len(b) // 2] ^= 1
    open(pr + ".sig", "wb").write(b)
    want("signature changed", True, hub("proof", "verify", pr).returncode != 0)
    open(pr + ".sig", "wb").write(sg)
    want("proof verify with the region's key", 0, hub("proof", "verify", pr, "--key", STATE + "/de/state/identity/policy-key.spki").returncode)
    md = open(pr + ".md").read()
    open(pr + ".md", "w").write(md.replace("DE", "XX", 1))
    q = hub("proof", "verify", pr)
    want("the page for people changed", True, q.returncode != 0)
    open(pr + ".md", "w").write(md)
    # retention: looks ahead, and by a shorter rule
    a = hub("retention", "preview", "--as-of", "2030-06-01", ok=0).stdout
    has("preview 2030", a, r"DE|JP")
    write(
        STATE + "/hub/policies/jp-short.yaml",
        DOC.format(j="jp-short", p="jp", c="JP") + 'retention:\n  - {statuses: [closed], clock: closed, period: P3M, action: delete, basis: "walk"}\n',
    )
    publish("JP: three months")
    exp = sum(
        1
        for t in KNOWN["truth"].values()
        if t["region"] == "JP"
        and t["row"]["Status"] == "closed"
        and t["row"]["Updated"][:10] < time.strftime("%Y-%m-%d", time.gmtime(time.time() - 92 * 86400))
        and fresh(t)
    )
    p = hub("retention", "preview", ok=0).stdout
    m = re.search(r"--confirm (\S+)", p)
    nums = set(c["case"]["case_number"]["clear"] for c in cases("--region", "JP"))
    n0 = int(psql("select count(*) from cases where region='JP'"))
    hub("retention", "run", "--confirm", m.group(1) if m else "x")
    n1 = int(psql("select count(*) from cases where region='JP'"))
    want("removed by retention (truth ±2 for the limit day)", True, abs((n0 - n1) - exp) <= 2)
    if abs((n0 - n1) - exp) > 2:
        FAULTS.append(("retention", exp, n0 - n1))
    gone = nums - set(c["case"]["case_number"]["clear"] for c in cases("--region", "JP"))
    dd = decode(dump(libpq_url(), STATE + "/ret.sql"))
    want("numbers of removed cases anywhere in the database", [], [x for x in gone if x in dd][:2])
    has("retention list", hub("retention", "list", ok=0).stdout, r"done|carried out|finished")
    sync("jp")
    want("gone stays gone", n1, int(psql("select count(*) from cases where region='JP'")))
    want("verify at the end", 0, hub("cases", "verify").returncode)
    return f"explain by uid, number, pseudonym; verify names 4 kinds of tampering; proof refuses 4 changes; retention removed {n0-n1} (truth {exp}) and they stay gone"


def report_counts_what_is_stored():
    pr = STATE + "/proof2.json"
    cs = cases()
    exp = collections.Counter()
    for c in cs:
        k = c["case"]
        for cl, v in (
            ("case_number", k.get("case_number")),
            ("serial_number", k.get("product", {}).get("serial")),
            ("gender", k["customer"].get("gender")),
            ("birth_date", k["customer"].get("birth_date")),
        ):
            if form(v) != "absent":
                exp[(k["customer_country"], cl, form(v))] += 1
    for n in ("0", "50"):
        hub("proof", "--out", pr, "--cases", n, ok=0)
        j = json.load(open(pr))
        got = {(f["country"], f["class"], f["form"]): f["values"] for f in j["forms"] if f["class"] in ("case_number", "serial_number", "gender", "birth_date")}
        md = open(pr + ".md").read()
        sec = md[md.index("## In which form") : md.index("## Rules in force")]
        if n == "0" or not re.search("sample|of the cases looked at", sec):
            want(f"forms in the signed report, --cases {n}, against what is stored", dict(exp), got)
    return f"{sum(exp.values())} values of 4 classes counted as stored"
