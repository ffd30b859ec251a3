"""Real exports of six public sources, counted by Python alone and by the programs."""

import csv
import json
import os
import pathlib
import shutil

from .base import Fail, ROOT, Region, Skip, eq, get, part
from .cases import number, src

M = ROOT / "tests" / "mappings"


def sample_folder():
    named = os.environ.get("CALLTRACKING_SHARED")
    places = [pathlib.Path(named)] if named else [p / "shared" for p in ROOT.parents]
    for place in places:
        if (place / "samples").is_dir():
            return place / "samples"


SAMPLES = sample_folder()


def records_of(p, enc="utf-8", **k):
    with open(SAMPLES / p, encoding=enc, newline="", errors="replace") as f:
        return list(csv.reader(f, **k))


@part("7 the six samples with tests/mappings")
def the_six_samples_with_tests_mappings():
    if SAMPLES is None:
        raise Skip("the folder with the sample exports is absent (set CALLTRACKING_SHARED to its path)")
    R = Region("SAMP", "", country="US", tz="America/New_York", part="samples")
    out = []
    S = [
        ("zendesk-export", "zendesk-json/tickets.json"),
        ("servicenow-log", "servicenow-incident-log/incident_event_log.csv"),
        ("nyc311-legacy", "nyc311-csv/311_Service_Requests_legacy.csv"),
        ("nyc311-soda", "nyc311-csv/311_Service_Requests_soda.csv"),
        ("fukui-utf8", "fukui-survey-ja/fukui_survey_2023-05.utf8bom.csv"),
        ("fukui-cp932", "fukui-survey-ja/fukui_survey_2023-05.cp932.csv"),
        ("consumidor-2015", "consumidor-gov-br/2015-01.csv"),
        ("callcenter-csat", "callcenter-csat/Call Center.csv"),
    ]
    for m, f in S:
        for x in M.glob("*"):
            shutil.copy(x, R.dir / x.name)
        out.append(src(f"{m}.yaml", str(SAMPLES / f)))
    R.sources("\n".join(out))
    n = R.sync(ok=(0, 6), timeout=300)
    d = n.nums()
    p = {}
    for c in R.preview(ok=(0, 6)):
        p.setdefault(c["source"], []).append(c)
    q = {}
    for x in R.rejects():
        q[x["source"]] = q.get(x["source"], 0) + 1
    # what the files truly hold, counted by Python alone
    z = json.load(open(SAMPLES / "zendesk-json/tickets.json"))
    us = {u["_id"]: u for u in json.load(open(SAMPLES / "zendesk-json/users.json"))}
    sn = records_of("servicenow-incident-log/incident_event_log.csv")
    fu = records_of("fukui-survey-ja/fukui_survey_2023-05.utf8bom.csv", "utf-8-sig")
    cc = [r for r in records_of("callcenter-csat/Call Center.csv")[1:]]
    co = records_of("consumidor-gov-br/2015-01.csv", "cp1252", delimiter=";", quoting=csv.QUOTE_NONE)
    want = {
        "zendesk": len(z),
        "servicenow-log": len({r[0] for r in sn[1:]}),
        "nyc311-legacy": len(records_of("nyc311-csv/311_Service_Requests_legacy.csv")) - 1,
        "nyc311-soda": len(records_of("nyc311-csv/311_Service_Requests_soda.csv")) - 1,
        "fukui-utf8": len(fu) - 1,
        "fukui-cp932": len(fu) - 1,
        "consumidor": len(co),
        "callcenter-csat": sum(1 for r in cc if any(x.strip() for x in r)),
    }
    got = {k: len(v) for k, v in p.items()}
    bad = {k: (v, got.get(k, 0), q.get(k, 0)) for k, v in want.items() if got.get(k, 0) + q.get(k, 0) != v}
    if bad:
        raise Fail(f"records (true, cases, quarantined) differ: {bad}")
    for c in p["zendesk"]:
        t = next(t for t in z if t["_id"] == number(c))
        u = us.get(t.get("submitter_id"))
        eq("zendesk name", get(c, "customer.name"), u["name"] if u else None)
        eq("zendesk tags", sorted(x.get("clear") for x in c.get("tags", [])), sorted(t["tags"]))
    h = cc and records_of("callcenter-csat/Call Center.csv")[0]
    i = h.index("csat_score")
    eq("callcenter csat sum", sum((c.get("satisfaction") or {}).get("csat", 0) for c in p["callcenter-csat"]), sum(float(r[i]) for r in cc if r[i].strip()))
    fh = fu[0]
    k = fh.index("満足度")
    sc = {"とても満足": 5, "満足": 4, "どちらでもない": 3, "不満": 2, "とても不満": 1}
    w = sum(sc.get(r[k].strip(), 0) for r in fu[1:])
    for s in ("fukui-utf8", "fukui-cp932"):
        if q.get(s, 0) == 0:
            eq(s + " csat sum", sum((c.get("satisfaction") or {}).get("csat", 0) for c in p[s]), w)
    key = lambda c: (get(c, "customer.number"), c["opened"]["at"])
    a = {key(c): get(c, "satisfaction.comment") for c in p["fukui-utf8"]}
    b = {key(c): get(c, "satisfaction.comment") for c in p["fukui-cp932"]}
    nl = lambda x: x and x.replace("\r\n", "\n")
    diffs = [k for k in a if nl(a[k]) != nl(b.get(k))]
    eq("fukui: comments that differ between UTF-8 and cp932", len(diffs), 0)
    eq("run closes", n.rep.get("closes"), True)
    hub_ = {}
    for c in R.cases():
        hub_[c["case"]["source"]] = hub_.get(c["case"]["source"], 0) + 1
    sup = d.get("suppressed", 0)
    eq("hub + suppressed", sum(hub_.values()) + sup, d["cases"])
    return f"{d['rows']} rows = {d['cases']} cases + {d['folded']} folded + {d['blank']} blank + {d['quarantined']} quarantined {q}; counts, names, sums of scores, both Fukui files equal; {sup} suppressed (too old), {sum(hub_.values())} at the hub"
