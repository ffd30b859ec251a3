"""Pseudonyms: one for a person however spelled, other ones elsewhere, after a restore and after a rotation."""

import collections
import json
import os
import re
import shutil

from .core import KNOWN, STATE, agent, cases, fresh, sync, write, want
from .persons import full


def resolve(r, cls, purpose, values):
    p = agent(r, "keys", "resolve", "--class", cls, "--purpose", purpose, inp="\n".join(values) + "\n", log="resolve")
    return p


def one_pseudonym_for_a_person():
    fig = []
    for r in ("DE", "JP", "BR"):
        cs = [c for c in KNOWN["v1"] if c["region"] == r]
        tr = [t for t in KNOWN["truth"].values() if t["region"] == r and fresh(t)]
        mails = collections.Counter(json.dumps(c["case"]["customer"]["emails"][0]["pseudonym"]["value"]) for c in cs)
        nums = collections.Counter(c["case"]["customer"]["number"]["pseudonym"]["value"] for c in cs)
        pers = set(t["Mail"].lower() for t in tr)
        want(f"{r}: pseudonyms of e-mail", len(pers), len(mails))
        want(f"{r}: pseudonyms of customer number", len(set(t["CustNo"] for t in tr)), len(nums))
        pair = set((c["case"]["customer"]["emails"][0]["pseudonym"]["value"], c["case"]["customer"]["number"]["pseudonym"]["value"]) for c in cs)
        want(f"{r}: pairs", len(pers), len(pair))
        fig.append(f"{r} {len(pair)}")
    t = next(t for t in KNOWN["truth"].values() if t["region"] == "DE" and t["Country"] == "DE")
    m = t["Mail"]

    def ps(vals, cls="email", pur="customer-link", r="de"):
        p = resolve(r, cls, pur, vals)
        return [l for l in p.stdout.splitlines() if re.match(r"\d+\t", l)]

    sp = [m, m.upper(), full(m), "mailto:" + m, f"X <{m}>", m.replace("@", "\u200b@")]
    o = ps(sp)
    KNOWN["resolve"] = o
    ids = [re.findall(r"[A-Za-z0-9+/]{22}==|[0-9a-f]{32}", l) for l in o]
    want("spellings of one address resolve to", 1, len(set(x[0] for x in ids if x)))
    stored = [c for c in KNOWN["v1"] if c["region"] == "DE" and ids and ids[0] and ids[0][0] in json.dumps(c)]
    import base64

    n = sum(1 for x in KNOWN["truth"].values() if x["region"] == "DE" and x["Mail"] == m)
    KNOWN["m"] = m
    key = ids[0][0] if ids and ids[0] else ""
    b = base64.b64encode(bytes.fromhex(key)).decode() if re.fullmatch("[0-9a-f]{32}", key) else key
    got = sum(1 for c in KNOWN["v1"] if c["region"] == "DE" and c["case"]["customer"]["emails"][0]["pseudonym"]["value"] == b)
    old = len([1 for x in KNOWN["truth"].values() if x["region"] == "DE" and x["Mail"] == m and x["row"]["Updated"][:4] == "2019"])
    want("cases found by it", True, n - old <= got <= n and got > 0)
    oth = [re.findall(r"[A-Za-z0-9+/]{22}==|[0-9a-f]{32}", l) for l in ps([m], pur="case-link")]
    want("another purpose gives another pseudonym", True, bool(oth and oth[0]) and oth[0][0] != ids[0][0])
    ph = ["+49 171 5839201", "0171/5839201", "0049-171-58 39 201", "+49 (0)171 5839201", full("0171 5839201")]
    o = [re.findall(r"[A-Za-z0-9+/]{22}==|[0-9a-f]{32}", l) for l in ps(ph, "phone")]
    want("spellings of one phone", 1, len(set(x[0] for x in o if x)))
    want("all of them answered", 5, len([x for x in o if x]))
    nm = ["Hans Müller", "HANS MÜLLER", "Ｈａｎｓ　Müller", "Hans  Mu\u0308ller", "hans müller"]
    o = [re.findall(r"[A-Za-z0-9+/]{22}==|[0-9a-f]{32}", l) for l in ps(nm, "name")]
    want("spellings of one name", 1, len(set(x[0] for x in o if x)))
    # other region, other pseudonym
    o = [re.findall(r"[A-Za-z0-9+/]{22}==|[0-9a-f]{32}", l) for l in ps([m], r="jp")]
    want("another region gives another", True, o[0][0] != ids[0][0])
    # restore on a new machine
    write(STATE + "/pass", "a passphrase of many letters\n")
    agent("de", "keys", "export", STATE + "/de.key", "--passphrase-file", STATE + "/pass", ok=0)
    shutil.rmtree(STATE + "/de2", ignore_errors=True)
    os.makedirs(STATE + "/de2")
    shutil.copy(STATE + "/de/agent.yaml", STATE + "/de2/")
    shutil.copy(STATE + "/de/mapping.yaml", STATE + "/de2/")
    os.makedirs(STATE + "/de2/inbox")
    agent("de2", "keys", "import", STATE + "/de.key", "--passphrase-file", STATE + "/pass", ok=0)
    o = [re.findall(r"[A-Za-z0-9+/]{22}==|[0-9a-f]{32}", l) for l in ps([m], r="de2")]
    want("restored key, same pseudonym", ids[0][0], o[0][0] if o and o[0] else None)
    write(STATE + "/pass2", "another passphrase here\n")
    want(
        "wrong passphrase refused", True, agent("de2", "keys", "import", STATE + "/de.key", "--passphrase-file", STATE + "/pass2", "--replace").returncode != 0
    )
    shutil.rmtree(STATE + "/de2")
    # rotation at BR
    before = {c["case_uid"]: c["case"]["customer"]["emails"][0]["pseudonym"] for c in KNOWN["v1"] if c["region"] == "BR"}
    agent("br", "keys", "rotate", ok=0)
    sync("br")
    now = {c["case_uid"]: c["case"]["customer"]["emails"][0]["pseudonym"] for c in cases("--region", "BR")}
    want("same uids after rotation", set(before), set(now))
    want("key version after rotation", {2}, set(x["key_version"] for x in now.values()))
    want("pseudonyms of before that stand still", 0, len(set(x["value"] for x in before.values()) & set(x["value"] for x in now.values())))
    bm = next(t["Mail"] for t in KNOWN["truth"].values() if t["region"] == "BR")
    l = ps([bm], r="br")
    ids2 = re.findall(r"[A-Za-z0-9+/]{22}==|[0-9a-f]{32}", " ".join(l))
    want("both versions resolve", 2, len(set(ids2)))
    return f'one per person over spellings ({", ".join(fig)}), restore same, rotation leaves none of {len(set(x["value"] for x in before.values()))}'
