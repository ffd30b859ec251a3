"""A policy is tightened over what is stored, killed, resumed and loosened again."""

import json
import os
import re
import subprocess

from .core import BIN, DOC, KNOWN, LOG, libpq_url, STATE, cases, form, has, hub, psql, publish, start_hub, stop_hub, sync, write, want
from .leak import decode, dump


def stored_cases_are_tightened_and_loosened():
    n = sum(1 for c in KNOWN["v1"] if c["case"]["customer_country"] == "DE")
    loc = lambda cs: sum(
        1 for c in cs if c["case"]["customer_country"] == "DE" and form((c["case"]["customer"].get("addresses") or [{}])[0].get("locality")) != "absent"
    )
    want("with locality before", n, loc(KNOWN["v1"]))
    stop_hub()
    write(
        STATE + "/hub/policies/de.yaml",
        DOC.format(j="de", p="eea", c="DE")
        + 'rules:\n  locality: {action: drop, at: edge, article: "walk art. 2"}\n  serial_number: {action: generalize, at: edge, to: lot, article: "walk art. 2"}\n',
    )
    has("diff in effects", hub("policy", "diff", ok=0).stdout, rf"{n:,} cases of DE lose locality")
    publish("no town for DE")
    v = hub("policy", "list", ok=0).stdout
    p = subprocess.Popen(
        [BIN + "/calltracking-hub", "policy", "tighten", "--config", STATE + "/hub/hub.yaml"], stdout=open(LOG + "/tighten1.log", "w"), stderr=subprocess.STDOUT
    )
    cut = None
    for _ in range(1500):
        d = psql("select row_to_json(t) from policy_tightening t where version=2")
        m = re.search(r'"looked":(\d+)', d)
        if m and int(m.group(1)) > 0:
            cut = int(m.group(1))
            break
        if p.poll() is not None:
            break
    p.kill()
    p.wait()
    st = hub("policy", "status", ok=0).stdout
    m = re.search(r"Stored cases: ([\d,]+) of ([\d,]+) looked at, ([\d,]+) tightened", st)
    KNOWN["mid"] = m.group(0) if m else st[-300:]
    half = loc(cases("--region", "DE"))
    want("killed before its end", True, half > 0 and "done" not in (re.search(r"Stored cases:.*", st) or [""])[0])
    o = hub("policy", "tighten", ok=0)
    open(LOG + "/tighten2.log", "w").write(o.stdout + o.stderr)
    st = hub("policy", "status", ok=0).stdout
    has("done", st, r"Stored cases: .*done")
    cs = cases("--region", "DE")
    want("with locality afterwards", 0, loc(cs))
    want("cases of DE", n, sum(1 for c in cs if c["case"]["customer_country"] == "DE"))
    one = next(c for c in cs if c["case"]["customer_country"] == "DE")
    has("receipt of tightening", json.dumps(one["case"]["redactions"]) + json.dumps(one), r'LOCALITY.*"jurisdiction": "de"')
    want(
        "tightened cases that name version 2",
        n,
        sum(1 for c in cs if c["case"]["customer_country"] == "DE" and any(r["policy_version"] == "2" for r in c["case"]["redactions"])),
    )
    want(
        "serial is the lot",
        set(),
        set(form(c["case"]["product"].get("serial")) for c in cs if c["case"]["customer_country"] == "DE") - {"generalized", "absent"},
    )
    has("explain after tightening", hub("cases", "explain", one["case_uid"], ok=0).stdout, "locality: drop.*'de'")
    want("verify after tightening", 0, hub("cases", "verify").returncode)
    d = decode(dump(libpq_url(), STATE + "/tight.sql"))
    ser = [t["Serial"] for t in KNOWN["truth"].values() if t["Country"] == "DE"]
    want("serials of DE anywhere in the database after tightening", [], [x for x in set(ser) if x in d][:2])
    start_hub()
    sync("de")
    cs = cases("--region", "DE")
    want("locality after the region sent again", 0, loc(cs))
    # loosen
    os.remove(STATE + "/hub/policies/de.yaml")
    publish("town again")
    hub("policy", "tighten", ok=0)
    st = hub("policy", "status", ok=0).stdout
    has("asked for again", st, rf"Region DE has still to send {n:,} cases|Asked for again: {n:,}")
    sync("de")
    want("with locality after loosening and a sync", n, loc(cases("--region", "DE")))
    return f"{n} cases of DE lose locality; killed after {cut} ({n-half} done), resumed, receipts name de and version 2; loosening brought {n} back"
