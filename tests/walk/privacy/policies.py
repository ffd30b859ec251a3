"""Policies: packs, inheritance, effects of purposes and days, dry runs, prefixes, the first day of a law."""

import collections
import json
import os
import re
import shutil
import time

from .core import BIN, CHECKS, DOC, EXAMPLES, KNOWN, STATE, cases, has, hub, psql, sh, start_hub, stop_hub, sync, val, write, want


def packs_and_laws_are_listed():
    p = hub("policy", "validate", ok=0)
    has("validate", p.stdout + p.stderr, "37 documents are good", "not reviewed by counsel: .*\\bcl\\b")
    has("list", hub("policy", "list", ok=0).stdout, r"1 +2026.*first version.*eea\.yaml")
    s = hub("policy", "show", "DE", "--centre", "JP", ok=0).stdout
    has(
        "show DE/JP",
        s,
        r"eea: GDPR.*not reviewed",
        r"name +drop at the edge +eea",
        r"email +pseudonymize for customer-link at the edge +eea",
        r"postcode +generalize to prefix:2 at the edge +eea",
        r"ip_address +drop at the edge +eea",
        r"vehicle +drop at the edge",
        r"free_text +detect at the",
    )
    p = hub("policy", "show", "XX")
    d = hub("policy", "law", "diff", "2026-11-30", "2026-12-01", ok=0).stdout
    n = sum(1 for c in KNOWN["v1"] if c["case"]["customer_country"] == "CL")
    has(
        "law diff",
        d,
        "CL: falls under 'cl' instead of 'default'",
        "phone: generalize to country_code instead of drop",
        f"{n:,} cases of CL / DE may bring phone",
        f'{n:,} cases of {len(KNOWN["v1"]):,} have another form',
    )
    want(
        "law diff of two days without change",
        "",
        "".join(x for x in hub("policy", "law", "diff", "2026-11-28", "2026-11-30", ok=0).stdout.splitlines() if "instead" in x),
    )
    hub("policy", "law", "review", "cl", "--by", "Counsel W", "--note", "sound", ok=0)
    has("review shown", hub("policy", "law", "list", ok=0).stdout, r"\bcl +CL .*not yet: from 2026-12-01.*reviewed by Counsel W", r"\bbr +BR .*not reviewed")
    has("law show", hub("policy", "law", "show", "CL", ok=0).stdout, "reviewed by Counsel W", "erasure 30 days")
    has("status", hub("policy", "status", ok=0).stdout, "Version 1 is in force", "Next change: 2026-12-01, in CL")
    return f"37 packs, Chile turns on for {n} stored cases, review recorded"


def folder(name, docs):
    f = f"{STATE}/drafts/{name}"
    shutil.rmtree(f, ignore_errors=True)
    os.makedirs(f)
    shutil.copy(EXAMPLES + "/hub.yaml", f)
    for n, t in docs.items():
        write(f"{f}/{n}", t)
    return f


def validate(docs, name="v"):
    """Validates a folder by way of the hub's own, as the documents say, and puts that back."""
    pol = STATE + "/hub/policies"
    keep = set(os.listdir(pol))
    try:
        for n, t in docs.items():
            write(f"{pol}/{n}", t)
        return hub("policy", "validate")
    finally:
        for n in docs:
            if n not in keep:
                os.remove(f"{pol}/{n}")


def looser_documents_are_refused():
    e = lambda j, c, body, p="eea": DOC.format(j=j, p=p, c=c) + body
    x = lambda j, c, body: DOC.format(j=j, p="default", c=c) + body
    mid = DOC.format(j="grp", p="eea", c="ES").replace("countries: [ES]\n", "") + "may_loosen: [postcode]\nrules:\n  postcode: {action: drop, at: edge}\n"
    refused = {  # file: (document, what is said in its line)
        "w01.yaml": (e("w01", "FR", "rules:\n  name: {action: mask, at: edge}\n"), "name is looser"),
        "w02.yaml": (e("w02", "IT", "rules:\n  name: {action: drop, at: hub}\n"), "name is looser"),
        "w03.yaml": (e("w03", "PT", 'rules:\n  postcode: {action: generalize, at: edge, to: "prefix:3"}\n'), "postcode is looser"),
        "w04.yaml": (e("w04", "ES", 'rules:\n  postcode: {action: generalize, at: edge, to: "prefix:3"}\n', "grp"), "postcode is looser"),
        "w05.yaml": (e("w05", "SE", "rules:\n  locallity: {action: drop, at: edge}\n"), "locallity"),
        "w06.yaml": (e("w06", "FI", "rules:\n  name: {action: erase, at: edge}\n"), "erase"),
        "w07.yaml": (e("w07", "DK", "rules:\n  organisation: {action: pseudonymize, at: edge}\n"), "purpose"),
        "w08.yaml": (e("w08", "AT", "rules:\n  email: {action: seal, at: hub}\n"), ""),
        "w09.yaml": (e("w09", "BE", "rules:\n  birth_date: {action: shift, at: hub}\n"), ""),
        "w10.yaml": (x("w10", "AQ", "rules:\n  employee: {action: mask, at: edge}\n"), "agreement"),
        "w11.yaml": (x("w11", "BV", "rules:\n  employee: {action: pseudonymize, at: edge, purpose: case-link}\n"), "agreement"),
        "w12.yaml": (x("w12", "TF", "rules:\n  special_category: {action: mask, at: edge}\n"), "ground"),
        "w13.yaml": (x("w13", "HM", "rules:\n  child: {action: mask, at: edge}\n"), "ground"),
        "w14.yaml": (x("w14", "IO", "rules:\n  credential: {action: mask, at: edge}\n"), "looser"),
        "w15.yaml": (x("w15", "UM", "residency: {records: stay, aggregates: leave, k: 3}\n"), "k"),
        "w16.yaml": (
            x(
                "w16",
                "GS",
                "rules:\n  serial_number:\n    - {action: drop, at: edge, products: [battery]}\n    - {action: mask, at: edge, products: [battery]}\n",
            ),
            "",
        ),
        "w17.yaml": (e("w17", "NL", "", "eeea"), "eeea"),
        "w18.yaml": (e("w18", "FR", ""), "FR"),
        "w19.yaml": (e("w19", "IE", "rules:\n  phone: {action: generalize, at: edge, to: prefix:3}\n"), ""),
        "w20.yaml": (x("w20", "PN", "rules:\n  name: {action: detect, at: edge}\n"), ""),
        "w21.yaml": (x("w21", "SJ", "in_force: 2027-13-01\n"), ""),
        "w22.yaml": (x("w22", "XX1", ""), ""),
        "w23.yaml": (x("w23", "NF", "retention:\n  - {clock: closed, period: three years, action: delete, basis: x}\n"), ""),
        "w24.yaml": (x("w24", "TK", "rules:\n  gender: {action: keep, for: [nothing-declared]}\n"), "nothing-declared"),
    }
    docs = {"grp.yaml": mid, **{k: v[0] for k, v in refused.items()}}
    p = validate(docs)
    o = p.stdout + p.stderr
    want("faults: rc", 2, p.returncode)
    # documents that cannot be read as a document hide nothing of the others: what is missing here is asked alone
    for k, (d, say) in refused.items():
        if not re.search(rf"^{k}:\d+:\d+: .*{say}", o, re.M):
            q = validate({k: d, **({"grp.yaml": mid} if "parent: grp" in d else {}), **({"w01.yaml": e("w01", "FR", "")} if k == "w18.yaml" else {})})
            t = q.stdout + q.stderr
            want(f"{k} refused", 2, q.returncode)
            has(f"{k} says", t, rf"w\d\d\.yaml:\d+:\d+: .*{say}")
        else:
            CHECKS.append((k, True))
    good = {
        "grp.yaml": mid,
        "g01.yaml": e("g01", "FR", "rules:\n  locality: {action: drop, at: edge}\n"),
        "g02.yaml": e("g02", "ES", 'rules:\n  postcode: {action: generalize, at: edge, to: "prefix:2"}\n', "grp"),
        "g03.yaml": x(
            "g03",
            "AQ",
            'rules:\n  employee: {action: mask, at: edge, agreement: "works agreement 7"}\n  special_category: {action: mask, at: edge, ground: "consent"}\n  child: {action: mask, at: edge, ground: "consent"}\n',
        ),
    }
    p = validate(good)
    want("allowed: rc", 0, p.returncode)
    want("circle of parents", 2, validate({"a.yaml": DOC.format(j="a", p="b", c="FR"), "b.yaml": DOC.format(j="b", p="a", c="ES")}).returncode)
    return f"{len(refused)} documents refused with line and reason; stricter ones, permitted loosening, agreement and grounds allowed"


def purposes_products_and_days_take_effect():
    """purposes, products, days, several jurisdictions, by examples beside drafts: what rests of a serial number, a name, a town."""
    hubdoc = open(EXAMPLES + "/hub.yaml").read()
    aq = DOC.format(j="aq", p="default", c="AQ")
    tr = '  - {from: [AQ, BV], to: JP, basis: consent, reference: "walk", since: 2020-01-01}\n'
    clear = {"clear": "SN-7731-9920"}
    lot = {"generalized": "SN-773"}
    n = 0

    def t(what, docs, rows, *a, hubtext=None, basis=True):
        """rows: (case, {path: expected})"""
        nonlocal n
        f = folder("s", docs)
        write(f + "/hub.yaml", (hubtext or hubdoc) + (tr if basis else ""))
        x = f"{STATE}/drafts/x.test.yaml"
        write(
            x,
            json.dumps(
                {
                    "cases": [
                        {
                            "name": f"{what} {i}",
                            "case": {
                                "customer_country": "AQ",
                                "product": {"serial": "SN-7731-9920", "category": "BATTERY"},
                                "customer": {"name": "Jo Drechselmeier", "gender": "male", "addresses": [{"locality": "Ushuaia"}]},
                                **c,
                            },
                            "expect": e,
                        }
                        for i, (c, e) in enumerate(rows)
                    ]
                }
            ),
        )
        p = hub("policy", "test", x, "--of", f, *a)
        n += len(rows)
        said = [l.strip() for l in (p.stdout + p.stderr).splitlines() if "rests" in l or "FAULT" in l or ".yaml:" in l]
        want(what, (0, ""), (p.returncode, said[0] if said else ""))

    loc = "customer.addresses[0].locality"
    town = {"clear": "Ushuaia"}
    ser = "product.serial"
    pd = {
        "aq.yaml": aq
        + "purposes: [product-safety, service, marketing]\nrules:\n  serial_number:\n    - {action: keep, for: [product-safety]}\n    - {action: generalize, at: edge, to: lot}\n  locality:\n    - {action: keep}\n    - {action: drop, at: edge, for: [marketing]}\n"
    }
    pur = lambda *x: hubdoc.replace("entity: Example Holdings K.K.}", "entity: Example Holdings K.K., purposes: [" + ", ".join(x) + "]}")
    t("no purposes declared", pd, [({}, {ser: lot, loc: "absent"})])
    t("product safety alone", pd, [({}, {ser: clear, loc: town})], hubtext=pur("product-safety"))
    t("safety and service", pd, [({}, {ser: lot, loc: town})], hubtext=pur("product-safety", "service"))
    t("safety and marketing", pd, [({}, {ser: lot, loc: "absent"})], hubtext=pur("product-safety", "marketing"))
    dd = {
        "aq.yaml": aq
        + "rules:\n  serial_number:\n    - {action: keep, products: [battery], from: 2027-01-01, until: 2028-01-01}\n    - {action: generalize, at: edge, to: lot}\n  gender: {action: keep}\n  name: {action: mask, at: edge}\n",
        "bv.yaml": DOC.format(j="bv", p="default", c="BV").replace("basis: K", "in_force: 2027-03-01\nuntil: 2028-01-01\nbasis: K")
        + "rules:\n  name: {action: mask, at: edge}\n",
    }
    W = {"product": {"serial": "SN-7731-9920", "category": "WASHER"}}
    V = {"customer_country": "BV"}
    nm = "customer.name"
    M = {"masked": "[NAME]"}
    for day, s, v in (
        ("2026-12-31", lot, "absent"),
        ("2027-01-01", clear, "absent"),
        ("2027-03-01", clear, M),
        ("2027-12-31", clear, M),
        ("2028-01-01", lot, "absent"),
    ):
        t(
            f"on {day}",
            dd,
            [
                ({}, {ser: s, nm: M, "customer.gender": {"clear": "male"}}),
                (W, {ser: lot}),
                (V, {nm: v}),
                ({"centre_country": "BR"}, {ser: lot, nm: "absent", "customer.gender": "absent"}),
                ({"collection_country": "RU"}, {nm: "absent", "customer.gender": "absent"}),
                ({"centre_country": "DE"}, {ser: s, nm: "absent"}),
                ({"centre_country": "JP", "collection_country": "CN"}, {nm: "absent"}),
            ],
            "--on",
            day,
        )
    t("no transfer basis", dd, [({}, {"customer.gender": "absent", nm: M})], basis=False)
    x = 'cases:\n  - name: good\n    case: {customer_country: DE, customer: {name: Claire Drechselmeier, birth_date: "1980-05-17", emails: [c@example.com]}, description: "Claire Drechselmeier calls"}\n    edge: {customer.name: absent}\n    expect:\n      customer.birth_date: {generalized: "1981"}\n      description: {masked: "[PERSON_1] calls"}\n'
    write(STATE + "/drafts/b.test.yaml", x)
    p = hub("policy", "test", STATE + "/drafts/b.test.yaml")
    want("policy test, a wrong expectation", 1, p.returncode)
    has("it says what came", p.stdout + p.stderr, r'b\.test\.yaml:\d+:\d+: .*generalized "1980".*1981')
    return f"{n} examples: purposes, products, 5 days, laws that begin and end, centre and collection, transfer basis"


def dry_run_counts_and_changes_nothing():
    write(STATE + "/drafts/br-dry.yaml", DOC.format(j="br-dry", p="br", c="BR") + "rules:\n  postcode: {action: drop, at: edge}\n")
    a = psql("select count(*),max(received_at),max(sequence) from cases")
    wal = psql("select pg_current_wal_lsn()")
    led = sh("sha256sum", STATE + "/br/state/ledger.db").stdout
    t = open(STATE + "/br/agent.yaml").read()
    write(STATE + "/br/dry.yaml", re.sub("hub: .*", "hub: https://127.0.0.1:9", t))
    p = sh(BIN + "/calltracking-agent", "policy", "dry-run", "--policy", STATE + "/drafts/br-dry.yaml", "--config", STATE + "/br/dry.yaml")
    want("dry-run without any hub", 0, p.returncode)
    n = sum(1 for t in KNOWN["truth"].values() if t["region"] == "BR")
    has("counts of all local cases", p.stdout, rf"\b{n}\b", "postcode")
    want("hub afterwards", a, psql("select count(*),max(received_at),max(sequence) from cases"))
    want("ledger afterwards", led, sh("sha256sum", STATE + "/br/state/ledger.db").stdout)
    v = [t["Nid"] for t in KNOWN["truth"].values() if t["region"] == "BR"] + [t["Mail"] for t in KNOWN["truth"].values() if t["region"] == "BR"]
    want("values in what it prints", [], [x for x in v if x in p.stdout + p.stderr][:2])
    return f"{n} cases of BR counted under a draft with no hub in reach; ledger and hub as before"


def whole_values_do_not_pass_as_prefixes():
    d = folder(
        "p",
        {
            "aq.yaml": DOC.format(j="aq", p="default", c="AQ")
            + 'rules:\n  postcode, case_number, customer_number: {action: generalize, at: edge, to: "prefix:20"}\n'
        },
    )
    write(
        STATE + "/drafts/p.test.yaml",
        'cases:\n  - name: whole values\n    case: {customer_country: AQ, case_number: CS-2026-1, customer: {number: K4711, addresses: [{postcode: "44137"}]}}\n    expect: {case_number: absent, customer.number: absent, "customer.addresses[0].postcode": absent}\n',
    )
    p = hub("policy", "test", STATE + "/drafts/p.test.yaml", "--of", d)
    want("whole values behind prefix:20, without a transfer basis", [], re.findall(r"rests at the hub as (.*?), expected", p.stdout + p.stderr))
    return "values not longer than a prefix go"


def law_turns_on_its_first_day():
    so = STATE + "/shift.so"
    left = int(time.mktime(time.strptime("2026-12-01 12:00", "%Y-%m-%d %H:%M")) - time.time())
    if left < 43200 or not os.path.exists(so):
        return "passed over: it is December, or there is no gcc"
    env = dict(LD_PRELOAD=so, WALK_SHIFT=str(left))
    n = sum(1 for c in KNOWN["v1"] if c["case"]["customer_country"] == "CL")
    ph = lambda: collections.Counter(val((c["case"]["customer"].get("phones") or [None])[0]) or "absent" for c in cases("--country", "CL"))
    want("phones of CL on the day before", {"absent": n}, dict(ph()))
    stop_hub()
    start_hub(env)
    o = sync("de", 0, env=env)
    has("cases that changed", o, rf"changed {n:,} ")
    want("phones of CL from the first day on", {"+56": n}, dict(ph()))
    stop_hub()
    start_hub()
    return f"{n} cases of CL came again on 2026-12-01 (clock shifted) with the country of their phone"
