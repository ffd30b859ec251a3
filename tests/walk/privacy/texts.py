"""Texts: concepts are kept, values of persons go, and nothing planted is in a dump or a log."""

import collections
import glob
import json
import os
import random
import re

from .core import BIN, KNOWN, HERE, LOG, libpq_url, STATE, fresh, hub, sh, write, want
from .ids_europe import es_nie
from .ids_world import sg_nric
from .leak import dump, search


def hazards_stay_as_concepts():
    fig = []
    tot = collections.Counter()
    bad = []
    for cc, lang in (("DE", "de"), ("CL", "es"), ("BR", "pt"), ("JP", "ja")):
        for code in ("hazard.smoke", "hazard.swelling", "hazard.shock"):
            exp = sum(1 for t in KNOWN["truth"].values() if t["Country"] == cc and t["code"] == code and fresh(t))
            got = sum(1 for c in KNOWN["v1"] if c["case"]["customer_country"] == cc and any(x["code"] == code for x in c["case"].get("concepts", [])))
            want(f"{lang} {code}", exp, got)
            fig.append(f"{lang} {code[7:]} {got}")
    none = [c["case_uid"] for c in KNOWN["v1"] if not any(x["code"].startswith("hazard") for x in c["case"].get("concepts", []))]
    exp = sum(1 for t in KNOWN["truth"].values() if t["code"] is None and fresh(t))
    want("cases without hazard", exp, len(none))
    return ", ".join(fig)


def nothing_planted_is_in_a_dump(name):
    def f():
        t = dump(libpq_url(), f"{STATE}/{name}.sql")
        h, n = search(t, KNOWN["truth"])
        res = {k: (len(v),) + v[0][:2] for k, v in h.items()}
        with open(f"{LOG}/{name}-leaks.log", "w") as o:
            for k, v in h.items():
                for x in v:
                    o.write(f"{k}: {x}\n")
        want("planted values in the dump", {}, res)
        return f"{n} planted values, 0 in {len(t):,} bytes of pg_dump (also decoded bytea, base64, hex, UTF-16)"

    return f


def own_values_are_masked_however_written():
    o = hub("policy", "test", HERE + "/own-values.test.yaml", "--of", "packs")
    m = re.search(r"(\d+) passed, (\d+) failed", o.stdout + o.stderr)
    l = re.findall(r"FAILED +(.*)", o.stdout + o.stderr)
    want("own values that survive in texts", [], l)
    return m.group(0) if m else ""


def values_of_persons_are_no_lots():
    r = random.Random(31)
    x = STATE + "/br/lots"
    os.makedirs(x, exist_ok=True)
    ip = "79.%d.%d.%d" % (r.randint(100, 200), r.randint(100, 200), r.randint(100, 200))
    nie, nric = es_nie(r), sg_nric(r)
    rows = [
        ("lote, NIE " + nie, nie),
        ("batch NRIC " + nric, nric),
        ("batch, my NINO AB123456C", "AB123456C"),
        ("Firmware update from " + ip + " failed", ip),
        ("firmware DNI 12.345.678", "12.345.678"),
        ("Firmware, 415.555.2671", "415.555.2671"),
    ]
    write(
        x + "/in.csv",
        "Id;Country;Text;Opened\n"
        + "".join(f"L{i};BR;{t};2026-10-01T10:00:00Z\n" for i, (t, _) in enumerate(rows + [("Lote AB12345678, firmware 2.4.1", None)])),
    )
    write(
        x + "/m.yaml",
        'source: lots\nformat: {type: delimited, encoding: utf-8, delimiter: ";"}\ntime_zone: UTC\nkey: Id\nfields:\n  case_number: Id\n  kind: {const: inquiry}\n  customer_country: Country\n  opened: Opened\n  status: {const: open}\n  description: Text\n',
    )
    write(
        x + "/agent.yaml",
        re.sub(r"sources:[\s\S]*", "state: ../state\nsources:\n  - mapping: m.yaml\n    files: in.csv\n    settle: 0\n", open(STATE + "/br/agent.yaml").read()),
    )
    p = sh(BIN + "/calltracking-agent", "preview", "--limit", "20", "--format", "jsonl", "--config", x + "/agent.yaml", ok=0, log="preview")
    pr = [(json.loads(l).get("product") or {}) for l in p.stdout.splitlines() if l.startswith("{")]
    want("cases previewed", len(rows) + 1, len(pr))
    want("a true lot and firmware", ("AB12345678", "2.4.1"), (pr[-1].get("lot"), pr[-1].get("firmware")) if pr else None)
    want(
        "values of persons that would leave as lot or firmware",
        [],
        [t + " → " + str(q) for (t, v), q in zip(rows, pr) if v in (q.get("lot"), q.get("firmware"))],
    )
    return f"{len(rows)} values of persons beside words for lots and firmwares stay"


def nothing_planted_is_in_a_log():
    vals = collections.defaultdict(set)
    for t in KNOWN["truth"].values():
        for k in (
            "Mail",
            "Nid",
            "CustNo",
            "Card",
            "Handle",
            "Imei",
            "Secret",
            "Phone",
            "Street",
            "IbanT",
            "Token",
            "Mac",
            "Other",
            "IpT",
            "Birth",
            "Ip",
            "Plate",
            "Geo",
        ):
            vals[k].add(t[k])
        vals["Name"].add(t["Name"])
        vals["Last"].add(t["last"])
        vals["File"].add(t["File"])
    fs = [LOG + "/hub.log"] + glob.glob(LOG + "/agent-*.trace") + glob.glob(STATE + "/hub/state/**/*.log", recursive=True)
    n = 0
    hit = collections.defaultdict(list)
    for f in fs:
        s = open(f, errors="replace").read()
        n += len(s)
        low = s.lower()
        for k, v in vals.items():
            for x in v:
                if x.lower() in low:
                    i = low.find(x.lower())
                    hit[k].append((os.path.basename(f), s[max(0, i - 60) : i + len(x) + 30]))
        for key in list(KNOWN["truth"])[:3000]:
            if key in s:
                hit["case number"].append((os.path.basename(f), key))
                break
    want("planted values in logs", {}, {k: (len(v), v[0]) for k, v in hit.items()})
    return f"{sum(len(v) for v in vals.values())} values, 0 in {n:,} characters of hub and agents at Trace"
