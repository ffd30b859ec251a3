"""One kind of case for most parts, with its truth: what each case must be at the region and at headquarters."""

import datetime
import json
import random
import re

from .base import Fail, get, short

WORDS = {"New": "new", "Open": "open", "Done": "closed"}


ST = {
    "new": "CASE_STATUS_NEW",
    "open": "CASE_STATUS_OPEN",
    "closed": "CASE_STATUS_CLOSED",
    "pending_customer": "CASE_STATUS_PENDING_CUSTOMER",
    "on_hold": "CASE_STATUS_ON_HOLD",
    "resolved": "CASE_STATUS_RESOLVED",
    "cancelled": "CASE_STATUS_CANCELLED",
}


def rows(n, seed=1, start=1, texts=None, tz=None):
    r = random.Random(seed)
    out = []
    t0 = datetime.datetime(2026, 9, 1, 8, 0)
    for i in range(start, start + n):
        t = t0 + datetime.timedelta(minutes=37 * i)
        subj = (texts[i % len(texts)] if texts else "Gerät summt") + f" {i}"
        out.append(
            dict(
                id=f"C-{i:05}",
                opened=t.strftime("%Y-%m-%d %H:%M"),
                status=r.choice(list(WORDS)),
                subject=subj,
                text=f"Zeile {i} mit Text",
                price=f"{r.randint(1,99999)/100:.2f}",
            )
        )
    return out


COLS = ["id", "opened", "status", "subject", "text", "price"]


def mapping(source, fmt, key="id", c=None, tz="Europe/Berlin", top="", fields="", custom="", opened=None, price=None, status=None):
    c = c or {}
    k = lambda x: json.dumps(c.get(x, x), ensure_ascii=False)
    st = ", ".join(f"{w}: {v}" for w, v in WORDS.items())
    return f"""source: {source}
format: {fmt}
time_zone: {tz}
{top}
key: {k(key)}
fields:
  case_number: {k('id')}
  kind: {{const: inquiry}}
  opened: {opened or k('opened')}
  status: {status or '{from: %s, values: {%s}}' % (k('status'), st)}
  subject: {k('subject')}
  description: {k('text')}
{fields}
custom_fields:
  v: {{from: {k('subject')}, class: technical}}
  nr: {{from: {k('id')}, class: technical, type: integer, pattern: '(\\d+)$'}}
  price: {price or '{from: %s, class: technical, type: number}' % k('price')}
{custom}
"""


def utc(local, tz="Europe/Berlin"):
    from zoneinfo import ZoneInfo

    return datetime.datetime.fromisoformat(local).replace(tzinfo=ZoneInfo(tz)).astimezone(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def custom(c, name):
    for f in c.get("custom_fields", c.get("customFields", [])) or []:
        if f.get("name") == name:
            for k, v in f.items():
                if k in ("name", "class", "data_class", "dataClass", "holds"):
                    continue
                while isinstance(v, dict) and len(v) == 1:
                    v = list(v.values())[0]
                return v


def number(c):
    n = c.get("case_number")
    return n.get("clear") if isinstance(n, dict) else n


def index(cs, name, where):
    got = {}
    for c in cs:
        n = name(c)
        if n in got:
            raise Fail(f"{where}: case {n} stands twice")
        got[n] = c
    return got


def pre_of(reg, ok=(0, 6)):
    d = {}
    for c in reg.preview(ok=ok):
        d.setdefault(c["source"], []).append(c)
    return d


def hub_of(reg):
    d = {}
    for c in reg.cases():
        d.setdefault(c["case"]["source"], []).append(c["case"])
    return d


def verify(reg, truth, source=None, pre=None, h=None, full=True):
    "every case before redaction and at the hub against what the generator wrote"
    want = {r["id"]: r for r in truth}
    source = source or reg.code.lower()
    p = (pre if pre is not None else pre_of(reg)).get(source, [])
    diff(want, index(p, number, "preview"), source + " preview", full)
    hh = (h if h is not None else hub_of(reg)).get(source, [])
    diff({int(re.search(r"(\d+)$", k)[1]): v for k, v in want.items()}, index(hh, lambda c: int(custom(c, "nr")), "hub"), source + " hub", False, hub=True)
    return len(hh)


def diff(want, got, where, full, hub=False):
    if set(want) != set(got):
        raise Fail(
            f"{where}: expected {len(want)} cases, got {len(got)}; missing {sorted(set(want)-set(got))[:3]}, surplus {sorted(map(str,set(got)-set(want)))[:3]}"
        )
    for n, r in want.items():
        c = got[n]
        bad = []
        if not hub:
            if r.get("subject") is not None and get(c, "subject") != r["subject"]:
                bad.append(("subject", r["subject"], get(c, "subject")))
            if full and r.get("text") is not None and get(c, "description") != r["text"]:
                bad.append(("description", r["text"], get(c, "description")))
        st = c.get("status")
        st = ST.get(st, st)
        if r.get("status") and st != ST[WORDS.get(r["status"], r["status"])]:
            bad.append(("status", r["status"], st))
        if r.get("subject") is not None and custom(c, "v") != r["subject"]:
            bad.append(("v", r["subject"], custom(c, "v")))
        if r.get("price") is not None and (custom(c, "price") is None or abs(float(custom(c, "price")) - float(r["price"])) > 1e-9):
            bad.append(("price", r["price"], custom(c, "price")))
        o = c.get("opened")
        o = o.get("at") if isinstance(o, dict) else o
        if r.get("opened") and norm(o) != norm(r.get("opened_utc") or utc(r["opened"])):
            bad.append(("opened", r.get("opened_utc") or utc(r["opened"]), o))
        if bad:
            raise Fail(f"{where}: case {n}, field {bad[0][0]}: expected {short(bad[0][1])}, got {short(bad[0][2]) if bad[0][2] is not None else None}")


def norm(t):
    if not t:
        return None
    return datetime.datetime.fromisoformat(str(t).replace("Z", "+00:00")).astimezone(datetime.timezone.utc).replace(microsecond=0)


def src(mapping="m.yaml", files="inbox/*", more=""):
    return f'  - mapping: {mapping}\n    files: "{files}"\n    settle: 0\n{more}'
