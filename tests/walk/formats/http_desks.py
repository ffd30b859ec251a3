"""HTTP sources: five vendors' interfaces that throttle and cut, and four servers that lie."""

import datetime
import os

from .base import Fail, PARTS, Region, eq, has, part
from .cases import custom, hub_of, index, norm
from .deskserver import Desk

SPEC = {  # entry, statuses for st 0 1 2, number of a case, has messages, subject's path
    "zendesk": (
        'user: ich@example.com\n    token: "${env:DESKTOKEN}"\n    http: {rate: {per_minute: 600}, timeout: 20s}',
        ["NEW", "OPEN", "RESOLVED"],
        "id",
        True,
        "subject",
    ),
    "freshdesk": ('token: "${env:DESKTOKEN}"', ["OPEN", "PENDING_CUSTOMER", "CLOSED"], "id", True, "subject"),
    "servicenow": ('user: ich\n    password: "${env:DESKTOKEN}"', ["NEW", "OPEN", "CLOSED"], "number", True, "short_description"),
    "jira": ('user: ich@example.com\n    token: "${env:DESKTOKEN}"', ["NEW", "PENDING_CUSTOMER", "CLOSED"], "key", True, "fields.summary"),
    "hubspot": ('token: "${env:DESKTOKEN}"', ["NEW", "OPEN", "CLOSED"], "id", False, "properties.subject"),
}


os.environ["DESKTOKEN"] = "geheim"


def one(kind):
    entry, sts, key, msgs, subj = SPEC[kind]

    def f():
        D = Desk(kind)
        D.faults = {2: "429", 4: "503", 6: "cut", 8: "500", 11: "cut"} if kind != "jira" else {2: "429", 4: "503", 6: "cut"}
        R = Region(
            "H" + kind[:4].upper(),
            f'  - pack: {kind}\n    url: {D.url}\n    {entry}\n    override:\n      custom_fields:\n        v: {{from: {subj}, class: technical}}\n        nr: {{from: {key}, class: technical, type: integer, pattern: "0*([1-9]\\\\d*)$"}}\n',
            part="http",
        )
        off = 30700 if kind == "hubspot" else 0

        def truth(what):
            h = index(hub_of(R).get(kind, []), lambda c: int(custom(c, "nr")) - off, "hub")
            if set(h) != {t["i"] for t in D.t}:
                raise Fail(f"{what}: expected {len(D.t)} cases, got {len(h)}; missing {sorted({t['i'] for t in D.t}-set(h))[:5]}")
            for t in D.t:
                c = h[t["i"]]
                eq(f'{what}: status of {t["i"]}', c.get("status"), "CASE_STATUS_" + sts[t["st"]])
                eq(f"{what}: subject", custom(c, "v"), t["subj"])
                if msgs:
                    eq(
                        f'{what}: messages of {t["i"]}',
                        [list(m["body"].values())[0] for m in c.get("messages", [])],
                        [f'Wort {t["i"]}.{k}' for k in range(t["com"])],
                    )
                eq(f"{what}: opened", norm(c["opened"]["at"]), t["upd"])

        n = R.sync(timeout=240)
        d = n.nums()
        truth("first night")
        eq("new", d["new"], len(D.t))
        f1 = [x[3] for x in D.log if x[3]]
        hits = D.hits
        w = [D.log[k + 1][0] - D.log[k][0] for k, x in enumerate(D.log[:-1]) if x[3] == "429"]
        if w and min(w) < 1.9:
            raise Fail(f"429 with Retry-After 2: expected a wait of 2 s, got {min(w):.1f}")
        shown = "asks to wait" in n.err + n.out
        n = R.sync(timeout=240)
        d = n.nums()
        eq("second night", (d["new"], d["changed"]), (0, 0))
        h2 = D.hits - hits
        now = datetime.datetime(2026, 11, 20, tzinfo=datetime.timezone.utc)
        D.t[4].update(st=(D.t[4]["st"] + 1) % 3, upd=D.t[4]["upd"])
        old = dict(D.t[4])
        D.t[4]["upd"] = now
        D.t.append(dict(i=26, upd=now, subj="Gerät 26 summt", st=1, com=2))
        n = R.sync(timeout=240)
        d = n.nums()
        eq("third night", (d["new"], d["changed"]), (1, 1))
        # a ticket's opened is its upd here, so compare statuses only
        h = index(hub_of(R).get(kind, []), lambda c: int(custom(c, "nr")) - off, "hub")
        eq("third night at hub", len(h), 26)
        eq("changed status", h[5]["status"], "CASE_STATUS_" + sts[D.t[4]["st"]])
        return f"25 of 25 through {', '.join(f1)} ({'wait shown' if shown else 'wait not shown at --progress none'}), {hits} requests; second night 0 sent ({h2} requests); then 1 new 1 changed"

    PARTS.append((f"3 http {kind}", f))


for k in SPEC:
    one(k)


@part("3 http wrong token, HTML, endless, other host")
def http_wrong_token_html_endless_other_host():
    res = []
    R = Region("HLIE", "", part="http")
    src_ = []
    Ds = {k: Desk(k) for k in ("loop", "html", "evil")}
    Z = Desk("freshdesk")
    for k, D in Ds.items():
        R.put(
            f"{k}.yaml",
            f"source: {k}\nformat: {{type: json, records: rows}}\ntime_zone: Etc/UTC\nkey: id\nfields: {{case_number: id, subject: subject, kind: {{const: inquiry}}}}\n",
        )
        src_.append(f'  - mapping: {k}.yaml\n    http: {{url: "{D.url}/{k}", paging: {{next: next}}}}\n')
    src_.append(f"  - pack: freshdesk\n    url: {Z.url}\n    token: falsch\n")
    R.sources("".join(src_))
    n = R.sync(ok=6, timeout=200)
    t = n.out + n.err
    has("messages", t, r"401", r"(?i)html", r"(?i)host|127\.0\.0\.1:9", r"(?i)again|loop|page")
    if "falsch" in t:
        raise Fail("the token stands in the output")
    return "exit 6, each named: " + str(len([l for l in t.splitlines() if l.strip()])) + " lines"
