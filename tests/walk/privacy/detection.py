"""Detectors: values of many countries go, and texts without any are left alone."""

import collections
import json
import random
import re

from .core import BIN, KNOWN, LOG, sh, want
from .ids import IDS, LANG
from .leak import fold
from .numbers import card, ibans, imei, mac
from .persons import full


def detect(rows, *a):
    p = sh(BIN + "/calltracking-agent", "detect", *a, inp="\n".join(json.dumps(x, ensure_ascii=False) for x in rows) + "\n", ok=0, log="detect")
    out = []
    for x, l in zip(rows, p.stdout.splitlines()):
        o = json.loads(l)
        u = x["text"].encode("utf-16-le")
        out.append(([(f["entity"], u[f["start"] * 2 : f["end"] * 2].decode("utf-16-le")) for f in o["findings"]], o["redacted"]))
    return out


def norm(s):
    return s.strip("()").replace(" ", "")


def planted_values_are_found():
    r = random.Random(4711)
    rows = []
    exp = []
    for rep in range(6):
        for cc, e, f, s in IDS:
            v = f(r)
            rows.append(dict(text=s.format(v), country=cc, lang=LANG[cc]))
            exp.append((cc + " " + e, v))
        # the same with spaces for dashes and points, full width
        for cc, e, f, s in IDS:
            if rep == 0:
                v = full(f(r))
                rows.append(dict(text=s.format(v), country=cc, lang=LANG[cc]))
                exp.append((cc + " " + e + " full width", v))
    more = []

    def m(kind, v, text, cc="US", lang="en"):
        rows.append(dict(text=text.format(v), country=cc, lang=lang))
        exp.append((kind, v))

    for _ in range(12):
        for pre, n in (("4", 16), ("51", 16), ("2221", 16), ("34", 15), ("36", 14), ("6011", 16), ("35", 16), ("62", 16), ("4", 13), ("5018", 18)):
            c = card(r, pre, n)
            m("card", c, "My card {} was used twice.")
            if n == 16:
                m("card groups", " ".join(c[i : i + 4] for i in range(0, 16, 4)), "Kartennummer {} wurde belastet.", "DE", "de")
        for cc, v in ibans(r).items():
            m("IBAN", v, "Please wire to {} today.")
            m("IBAN groups", " ".join(v[i : i + 4] for i in range(0, len(v), 4)), "Bitte auf {} überweisen.", "DE", "de")
        m("mail", f"jo.{r.randint(100,999)}+x@sub.example-{r.randint(10,99)}.co.uk", "Write to {}, please.")
        m("mail intl", f"ジョン{r.randint(10,99)}@例え.jp", "連絡先は {} です。", "JP", "ja")
        m("mail intl", f"jürgen{r.randint(10,99)}@müller-söhne.de", "Antwort an {} bitte.", "DE", "de")
        m("ip", f"{r.randint(11,99)}.{r.randint(10,250)}.{r.randint(10,250)}.{r.randint(10,250)}", "Login from {} was refused.")
        m("ipv6", f"2001:db8:{r.randint(0x1000,0xffff):x}::{r.randint(0x1000,0xffff):x}", "Client {} timed out.")
        m("mac", mac(r), "The router shows {} as offline.")
        m("mac cisco", (lambda x: x[:4] + "." + x[4:8] + "." + x[8:])(mac(r).replace(":", "")), "MAC address {} in the log.")
        m("imei", imei(r), "The IMEI is {} on the box.")
        m("token", "ghp_" + "".join(r.choice("abcdefABCDEF0123456789ghijkLMNOP") for _ in range(36)), "I used {} for the API.")
        m("token", "AKIA" + "".join(r.choice("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567") for _ in range(16)), "Key {} leaked.")
        m(
            "token",
            "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI"
            + "".join(r.choice("abcdefghijk0123456") for _ in range(12))
            + "."
            + "".join(r.choice("abcdefghijkLMNOP0123456") for _ in range(43)),
            "Header was {} there.",
        )
        m("coordinates", f"{r.uniform(40,55):.5f}, {r.uniform(-9,20):.5f}", "I am at {} now.")
        m("crypto", "0x" + "".join(r.choice("0123456789abcdef") for _ in range(40)), "Refund to {} please.")
        m("birth", f"{r.randint(13,28)}.0{r.randint(1,9)}.19{r.randint(50,99)}", "Ich bin geboren am {}, bitte prüfen.", "DE", "de")
        m("birth", f"{r.randint(1,12)}/{r.randint(13,28)}/19{r.randint(50,99)}", "My date of birth is {} for the check.")
        m("birth", f"19{r.randint(50,99)}年{r.randint(1,12)}月{r.randint(13,28)}日", "生年月日は{}です。", "JP", "ja")
        m("address", f"{r.randint(100,9999)} Maple Street", "I live at {}, come after six.")
        m("address", f"Lindenstraße {r.randint(10,199)}", "Ich wohne in der {} im zweiten Stock.", "DE", "de")
        m("address", f"Rua das Flores, {r.randint(10,1999)}", "Moro na {} perto da praça.", "BR", "pt")
        m("address", f"{r.randint(10,199)} rue de la République", "J'habite {} à côté.", "FR", "fr")
        m("address", f"東京都港区六本木{r.randint(1,9)}丁目{r.randint(10,30)}番{r.randint(10,30)}号", "住所は{}です。", "JP", "ja")
        for cc, lang, t, v in (
            ("US", "en", "Call me at {} after six.", f"(415) 555-{r.randint(2000,9999)}"),
            ("DE", "de", "Bitte rufen Sie {} an.", f'0{r.choice(["151","160","171"])} {r.randint(20000000,99999999)}'),
            ("FR", "fr", "Rappelez-moi au {} svp.", f"06 {r.randint(10,99)} {r.randint(10,99)} {r.randint(10,99)} {r.randint(10,99)}"),
            ("GB", "en", "Ring me on {} please.", f"07700 900{r.randint(100,999)}"),
            ("JP", "ja", "電話は{}です。", f"090-{r.randint(1000,9999)}-{r.randint(1000,9999)}"),
            ("BR", "pt", "Meu telefone é {}.", f"(11) 9{r.randint(5000,9999)}-{r.randint(1000,9999)}"),
            ("IN", "en", "Reach me on {} anytime.", f"+91 98{r.randint(100,999)} {r.randint(10000,99999)}"),
            ("KR", "ko", "전화번호는 {}입니다.", f"010-{r.randint(2000,9999)}-{r.randint(1000,9999)}"),
            ("CN", "zh", "我的电话是{}。", f"138{r.randint(10000000,99999999)}"),
            ("ES", "es", "Mi teléfono es {} gracias.", f"6{r.randint(10,99)} {r.randint(100,999)} {r.randint(100,999)}"),
        ):
            m("phone", v, t, cc, lang)
    res = detect(rows)
    miss = collections.defaultdict(list)
    tot = collections.Counter()
    for (k, v), x, (g, red) in zip(exp, rows, res):
        tot[k] += 1
        if v in red or fold(v) in fold(red):
            miss[k].append(x["text"] + " → " + red)
        elif len(fold(red)) > 0 and sum(ch.isdigit() for ch in re.sub(r"\[[A-Z]+_\d+\]", "", red)) >= 4:
            miss[k].append(x["text"] + " → " + red)
    with open(LOG + "/detect-missed.log", "w") as f:
        for k, l in miss.items():
            for t in l:
                f.write(f"{k}: {t}\n")
    allowed = 0
    want("values that survive detect", {}, {k: (len(l), tot[k], l[0][:90]) for k, l in miss.items()})
    KNOWN[
        "detfig"
    ] = f"{sum(tot.values())-sum(len(l) for l in miss.values())} of {sum(tot.values())} values of {len(tot)} kinds ({len(IDS)} identifiers of {len(set(c for c,*_ in IDS))} countries) gone"
    return KNOWN["detfig"]


NEUT = [
    (
        "en",
        "US",
        [
            "Order {a} was shipped on {d} with part {p}.",
            "Error {e} appears after firmware {f}; the serial is {s}.",
            "Invoice {a} of {m} USD was paid on {d}, reference {p}.",
            "The drum turns at {n} rpm and {n} W, spare part no. {p}.",
            "Ticket #{a} and batch {p}: replaced hose {q} x 2 at {h}.",
            "Tracking number {t}, weight 12.5 kg, size 60 x 85 x 55 cm.",
        ],
    ),
    (
        "de",
        "DE",
        [
            "Bestellung {a} vom {d}, Ersatzteil {p} fehlt.",
            "Fehlercode {e} nach Firmware {f}, Seriennummer {s}.",
            "Rechnung {a} über {m} EUR, Artikelnummer {q}.",
            "Die Trommel dreht mit {n} U/min, Leistung {n} Watt, Teil {p}.",
            "Sendungsnummer {t}, Lieferung {d} gegen {h} Uhr.",
        ],
    ),
    ("ja", "JP", ["注文番号{a}の部品{p}が届きません。", "エラー{e}が表示されます。製造番号は{s}です。", "{d}に型番{p}を購入、価格は{n}円。", "伝票番号{t}、お届けは{h}頃。"]),
    (
        "pt",
        "BR",
        [
            "Pedido {a} com a peça {p} em falta.",
            "Erro {e} depois do firmware {f}, número de série {s}.",
            "Nota fiscal {a} de R$ {m}, código {q}.",
            "Protocolo {t} aberto em {d} às {h}.",
        ],
    ),
    ("es", "ES", ["Pedido {a} con la pieza {p} pendiente.", "Error {e} tras el firmware {f}, número de serie {s}.", "Factura {a} de {m} EUR, referencia {q}."]),
    (
        "fr",
        "FR",
        [
            "Commande {a} avec la pièce {p} manquante.",
            "Erreur {e} après le firmware {f}, numéro de série {s}.",
            "Facture {a} de {m} EUR, référence {q}, suivi {t}.",
        ],
    ),
]


def plain_texts_are_left_alone():
    r = random.Random(99)
    rows = []
    for lang, cc, ts in NEUT:
        for _ in range(150):
            t = r.choice(ts).format(
                a=r.randint(10 ** r.choice([7, 9, 11]), 10**12 - 1),
                d=f"{r.randint(13,28)}.{r.randint(10,12)}.2026",
                p=f'{r.choice("ABCGX")}{r.choice("KLM")}-{r.randint(1000,99999)}-{r.randint(10,99)}',
                e=f'{r.choice("EF")}{r.randint(10,999)}',
                f=f"{r.randint(1,9)}.{r.randint(0,20)}.{r.randint(0,99)}",
                s=f"SN{r.randint(10**8,10**10)}",
                m=f"{r.randint(10,999)},{r.randint(10,99)}",
                n=r.randint(400, 3000),
                q=f"{r.randint(100,999)}.{r.randint(100,999)}.{r.randint(10,99)}",
                h=f"{r.randint(8,19)}:{r.randint(10,59)}",
                t=f"1Z{r.randint(10**9,10**10)}" if r.random() < 0.5 else str(r.randint(10**11, 10**13)),
            )
            rows.append(dict(text=t, country=cc, lang=lang))
    res = detect(rows)
    hits = [(x["country"], g, x["text"]) for x, (gs, _) in zip(rows, res) for g in gs if g[0] not in ("URL", "DOMAIN_NAME", "DATE_TIME")]
    n = sum(len(x["text"]) for x in rows)
    rate = len(hits) / n * 10000
    with open(LOG + "/neutral-hits.log", "w") as f:
        for h in hits:
            f.write(repr(h) + "\n")
    by = collections.Counter((h[0], h[1][0]) for h in hits)
    want("false hits per 10,000 characters at most 1", True, rate <= 1) if rate <= 1 else want(
        "false hits per 10,000 characters", "<= 1", f"{rate:.2f}: {dict(by.most_common(5))}, e.g. {hits[0][2]!r} {hits[0][1]}"
    )
    return f"{len(hits)} false hits in {n} characters, {rate:.2f} per 10,000"
