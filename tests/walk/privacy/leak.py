"""Searches a dump of the database for every planted value."""

import base64
import collections
import re
import subprocess
import unicodedata

from .persons import MON, MONP, digits, two

DIG = {c: str(unicodedata.digit(chr(c))) for c in range(0x660, 0x10000) if unicodedata.category(chr(c)) == "Nd"}
NOT = re.compile(r"[^\w\x1f]|_")


def fold(s):
    """Letters and digits only, in one case, width and script of digits, without accents. \x1f stands."""
    return NOT.sub("", unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", s).casefold()).translate(DIG))


def values(p, reg):
    """(kind, folded value) that the policies of the walk let no trace of; kept classes are left out."""
    cc = p["Country"]
    out = []

    def add(k, *vs):
        for v in vs:
            f = fold(v)
            if len(f) >= 4 or (k == "name" and len(f) >= 2 and ord(f[0]) > 0x2000):
                out.append((k, f))

    add("name", p["last"], p["first"], two(p["last"]), two(p["first"]))
    if p["Reading"]:
        add("reading", *p["Reading"].split())
    m = p["Mail"]
    add("email", m, m.split("@")[0], m.replace("@", " at ").replace(".", " dot "), m.split("@")[0].replace(".", " dot "))
    ph = digits(p["Phone"])
    nat = {"DE": ph[2:], "CL": ph[2:], "BR": ph[2:], "JP": ph[1:]}[cc]
    add("phone", nat)
    add("street", p["Street"])
    y, mo, d = p["Birth"].split("-")
    add(
        "birth",
        p["Birth"],
        f"{d}.{mo}.{y}",
        f"{int(d)}. {MON[int(mo)-1]} {y}",
        f"{int(d)} de {MONP[int(mo)-1]} de {y}",
        f"{mo}/{d}/{y}",
        f"{y}年{int(mo)}月{int(d)}日",
    )
    add("nid", p["Nid"])
    add("custno", p["CustNo"], p["CustNo"][1:])
    add("handle", p["Handle"])
    add("card", p["Card"])
    add("ip", p["Ip"])
    add("geo", p["Geo"], p["Geo"].split(",")[0])
    add("imei", p["Imei"])
    add("health", p["Health"])
    add("secret", p["Secret"])
    add("plate", p["Plate"])
    add("income", p["Income"])
    add("staff", p["Staff"], "Blumenthaler")
    if p["AgeNote"]:
        add("child", p["AgeNote"])
    if cc != "JP":
        add("org", p["Org"]) if p["Org"] else None
    add("iban", p["IbanT"])
    add("mac", p["Mac"])
    add("token", p["Token"])
    add("other-mail", p["Other"])
    add("other-ip", p["IpT"])
    if cc in ("CL", "BR"):
        add("serial", p["Serial"])
        add("locality", p["City"])
    add("bought", p["Bought"])
    if len(fold(p["Zip"])) >= 5:
        add("zip", p["Zip"])
    return out


def dump(libpq, path):
    subprocess.run(["pg_dump", "--no-owner", "-f", path, libpq], check=True)
    return open(path, encoding="utf-8", errors="replace").read()


def decode(text):
    """The dump with every bytea in clear beside it."""

    def un(m):
        try:
            return bytes.fromhex(m.group(1)).decode("utf-8", "replace")
        except ValueError:
            return m.group(0)

    return re.sub(r"\\\\x([0-9a-f]{8,})", un, text)


def search(text, truth, kept_case_numbers=("JP",)):
    """All planted values against the whole dump. Returns {kind: [(value, excerpt)]}."""
    clear = decode(text)
    hits = collections.defaultdict(list)
    lines = clear.split("\n")
    # words of 5 folded letters index the lines, so that the search is one pass
    F = fold_text(clear)
    L = 8
    want = collections.defaultdict(list)
    seen = set()
    short = collections.defaultdict(list)
    for key, t in truth.items():
        for k, v in values(t, t["region"]):
            if (k, v) in seen:
                continue
            seen.add((k, v))
            if k in ("zip", "bought"):
                continue  # too little entropy for a whole dump
            if len(v) < L:
                short[v].append((k, t["Country"], key))
            else:
                want[v[:L]].append((v, k, t["Country"], key))
    digitsonly = re.compile(r"[0-9]+")
    for i in range(len(F) - L):
        w = want.get(F[i : i + L])
        if w:
            for v, k, c, key in w:
                if F.startswith(v, i):
                    if v.isdigit() and len(v) < 10 and re.search(r"[0-9a-f]{24,}", F[max(0, i - 24) : i + len(v) + 24]):
                        continue  # by chance in a hash
                    if k == "birth" and (F[i - 1 : i].isdigit() or F[i + len(v) : i + len(v) + 1].isdigit()):
                        continue
                    hits[k].append((v, F[max(0, i - 25) : i + len(v) + 25], c, key))
    for v, l in short.items():
        i = F.find(v)
        if i >= 0 and not v.isdigit():
            for k, c, key in l:
                hits[k].append((v, F[max(0, i - 25) : i + len(v) + 25], c, key))
    for m in re.finditer(r"\b(DE|BR)[-_ ]?7\d{5}\b", clear):
        if m.group(1) not in kept_case_numbers:
            hits["case_number"].append((m.group(0), clear[max(0, m.start() - 30) : m.end() + 30], m.group(1), m.group(0)))
    forms = []
    seen2 = set()
    for key, t in list(truth.items())[::7]:
        for v in (t["Mail"], t["Nid"], t["Card"], t["Secret"]):
            if v in seen2:
                continue
            seen2.add(v)
            raw = v.encode()
            forms += [(base64.b64encode(raw).decode()[:-4], "base64", v), (raw.hex(), "hex", v), (v.encode("utf-16-le").hex(), "utf-16", v)]
    T8 = collections.defaultdict(list)
    for n, k, v in forms:
        T8[n[:8]].append((n, k, v))
    for m in re.finditer(r"[A-Za-z0-9+/]{16,}", text):
        w = m.group(0)
        for i in range(min(len(w) - 8, 100000)):
            for n, k, v in T8.get(w[i : i + 8], ()):
                if w.startswith(n, i):
                    hits[k].append((v, "", "", ""))
    return hits, len(seen)


def fold_text(s):
    # fold without joining lines of the dump; \n within a text is written \n by pg_dump, and tabs part the columns
    s = s.replace("\\\\n", " ").replace("\\n", " ").replace("\\t", "\x1f")
    return fold(re.sub(r"[\t\x00-\x09\x0b-\x1f]|\n", "\x1f", s))
