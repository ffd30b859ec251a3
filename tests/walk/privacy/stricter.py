"""Stricter rules: shifted dates, sealed values, no texts, a floor of the works council, records that stay at home."""

import collections
import json
import os
import re

from .core import DOC, KNOWN, libpq_url, STATE, agent, cases, form, fresh, has, hub, psql, publish, rest, sync, val, write, want
from .leak import dump


def dates_shift_and_values_are_sealed():
    write(
        STATE + "/hub/policies/br-group.yaml",
        DOC.format(j="br-group", p="br", c="BR").replace("law:", "law:")
        + "rules:\n  handle: {action: seal, at: edge}\n  free_text, file_name: {action: drop, at: edge}\n",
    )
    v = hub("policy", "validate")
    has("seal is looser than drop", v.stdout + v.stderr, "The rule for handle is looser")
    # br lets nobody loosen handle: so a document in the pack's place
    y = hub("policy", "law", "show", "BR", "--yaml", "--of", "packs", ok=0).stdout
    os.remove(STATE + "/hub/policies/br-group.yaml")
    y = (
        y.replace("gender, handle,", "gender,")
        .replace("birth_date: {action: generalize, at: edge, to: year,", "birth_date: {action: shift, at: edge,")
        .replace("personal_date: {action: generalize, at: edge, to: month,", "personal_date: {action: shift, at: edge,")
        .replace("free_text, file_name: {action: detect, at: edge,", "handle: {action: seal, at: edge}\n  free_text, file_name: {action: drop, at: edge,")
    )
    write(STATE + "/hub/policies/br.yaml", y)
    publish("BR: shift, seal, no text")
    sync("br")
    cs = cases("--region", "BR")
    KNOWN["v3br"] = cs
    tr = {}
    import datetime as D

    d = lambda s: D.date.fromisoformat(s)
    iv = collections.Counter()
    offs = collections.defaultdict(set)
    bad = 0
    lookup = {}
    for t in KNOWN["truth"].values():
        if t["region"] == "BR":
            lookup.setdefault((d(t["Bought"]) - d(t["Birth"])).days, set()).add(t["person"])
    byp = collections.defaultdict(set)
    for c in cs:
        b = c["case"]["customer"].get("birth_date")
        p = c["case"]["product"].get("purchased_on")
        ps = c["case"]["customer"]["emails"][0]["pseudonym"]["value"]
        if form(b) != "generalized" or form(p) != "generalized":
            bad += 1
            continue
        x = (d(val(p)) - d(val(b))).days
        iv[x in lookup] += 1
        byp[ps].add((val(b), val(p)))
    want("shifted dates that are none", 0, bad)
    want("intervals of birth to purchase kept", {True: len(cs)}, dict(iv))
    want("dates per person", {1}, set(len(v) for v in byp.values()))
    births = set(t["Birth"] for t in KNOWN["truth"].values() if t["region"] == "BR")
    same = sum(1 for v in byp.values() for b, _ in v if b in births)
    want("births left where they were (few by chance)", True, same <= 3)
    want("texts that rest", 0, sum(1 for c in cs if any(form(c["case"].get(f)) != "absent" for f in ("subject", "description", "resolution"))))
    want(
        "codes without text",
        sum(1 for t in KNOWN["truth"].values() if t["region"] == "BR" and t["code"] and fresh(t)),
        sum(1 for c in cs if any(x["code"].startswith("hazard") for x in c["case"].get("concepts", []))),
    )
    # seal
    h = [c for c in cs if form((c["case"]["customer"].get("handles") or [None])[0]) == "sealed"]
    want("sealed handles", len(cs), len(h))
    uid = h[0]["case_uid"] if h else ""
    doc = json.dumps(json.loads(rest(f"/api/v1/cases/{uid}"))) if uid else "{}"
    KNOWN["restcase"] = doc
    hs = [t["Handle"] for t in KNOWN["truth"].values() if t["region"] == "BR"]
    o = agent("br", "keys", "unseal", inp=doc + "\n")
    got = [x for x in set(hs) if x in o.stdout]
    want("handles that the region opens", 1, len(got))
    o2 = agent("jp", "keys", "unseal", inp=doc + "\n")
    want("handles that another region opens", 0, len([x for x in set(hs) if x in o2.stdout]))
    if got and doc.count("ciphertext"):
        m = re.search(r'"ciphertext": "([^"]{8})', doc)
        x = doc.replace(m.group(1), m.group(1)[::-1])
        o3 = agent("br", "keys", "unseal", inp=x + "\n")
        want("a changed seal opens", 0, len([z for z in set(hs) if z in o3.stdout]))
    return f'{len(cs)} cases: intervals kept, {len(byp)} persons with one offset each; texts gone and {sum(1 for c in cs if c["case"].get("concepts"))} with codes; seal opened by BR only'


def floor_is_signed_and_kept():
    a = STATE + "/jp/agent.yaml"
    t = open(a).read()
    write(STATE + "/jp/floor.yaml", 'jurisdiction: works-council-jp\nrules:\n  serial_number: {action: drop, at: edge, article: "agreement 9"}\n')
    write(a, "floor: floor.yaml\n" + t)
    want("floor unsigned: nothing leaves", 4, agent("jp", "sync", "--progress", "none", "--timeout", "5s").returncode)
    agent("jp", "floor", "sign", ok=0)
    sync("jp")
    cs = cases("--region", "JP")
    want("serials after the floor", {"absent"}, set(form(c["case"].get("product", {}).get("serial")) for c in cs))
    has("explain names the floor", hub("cases", "explain", cs[0]["case_uid"]).stdout, "works-council-jp")
    f = open(STATE + "/jp/floor.yaml").read()
    write(STATE + "/jp/floor.yaml", f.replace("drop", "mask"))
    want("floor changed: rc", 4, agent("jp", "sync", "--progress", "none", "--timeout", "5s").returncode)
    write(STATE + "/jp/floor.yaml", f)
    write(a, t)
    want("floor left out: rc", 4, agent("jp", "sync", "--progress", "none", "--timeout", "5s").returncode)
    write(a, "floor: floor.yaml\n" + t)
    want("put back: rc", 0, agent("jp", "sync", "--progress", "none", "--timeout", "15s").returncode)
    write(STATE + "/jp/floor2.yaml", "jurisdiction: wc2\nrules:\n  locality: {action: drop, at: hub}\n")
    write(a, "floor: floor2.yaml\n" + t)
    want("a floor at: hub refused", True, agent("jp", "floor", "sign").returncode != 0)
    write(a, "floor: floor.yaml\n" + t)
    return f"{len(cs)} cases of JP lost their serial; unsigned, changed, left out: rc 4"


def records_stay_and_totals_leave():
    y = open(STATE + "/hub/policies/br.yaml").read()
    write(STATE + "/hub/policies/br.yaml", y.replace("rules:", "residency: {records: stay, aggregates: leave, k: 10}\nrules:", 1))
    n0 = psql("select count(*) from cases where region='BR'")
    import base64

    ps = set(base64.b64decode(c["case"]["customer"]["emails"][0]["pseudonym"]["value"]).hex() for c in cases("--region", "BR"))
    publish("BR: records stay")
    out = sync("br")
    dd = dump(libpq_url(), STATE + "/res.sql")
    want("pseudonyms of BR anywhere in the database afterwards", [], [x for x in ps if x in dd][:2])
    n = int(psql("select count(*) from cases where region='BR'"))
    want("cases of BR at the hub", 0, n)
    t = hub("cases", "query", "--by", "country,category", "--format", "csv", ok=0).stdout
    KNOWN["totals"] = t
    exp = collections.Counter(x["Category"] for x in ({**t2, "Category": t2["row"]["Category"]} for t2 in KNOWN["truth"].values() if t2["region"] == "BR"))
    tot = sum(int(m) for m in re.findall(r'^"?BR"?,.*?,(\d+)', t, re.M))
    want("BR in global totals", True, tot > 0)
    alln = sum(exp.values())
    want(
        "sum of BR in totals is all local cases", True, tot in (alln, sum(1 for x in KNOWN["truth"].values() if x["region"] == "BR" and fresh(x)))
    ) if tot else None
    m = hub("cases", "query", "--by", "country,category,month", "--format", "csv", ok=0).stdout
    small = [l for l in m.splitlines() if l.startswith(("BR", '"BR')) and 0 < int(l.split(",")[-1]) < 10]
    want("counts under k", [], small)
    return f"{n0} cases of BR withdrawn, {tot} of them in global totals, none under k=10"
