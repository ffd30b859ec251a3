"""Encodings, named and detected, and times, era dates and decimal commas."""

import json
import re

from .base import Fail, PARTS, Region, eq, get, has, part, short
from .cases import custom, diff, hub_of, index, mapping, norm, number, pre_of, rows, src, verify
from .dialects import csvt

L = {
    "ru": [
        "Телефон не включается после обновления программы",
        "Аккумулятор вздулся и сильно нагревается при зарядке",
        "Прошу вернуть деньги за неисправный принтер",
    ],
    "ja": ["電源が入りません。修理をお願いします", "バッテリーが膨張して発熱しています", "画面に線が表示されて操作できない"],
    "zh": ["设备无法开机,请尽快处理", "电池发热并且有异味", "打印机一直显示卡纸错误"],
    "tw": ["裝置無法開機,請盡快處理", "電池發熱並且有異味", "印表機一直顯示卡紙錯誤"],
    "ko": ["전원이 켜지지 않습니다 수리를 부탁드립니다", "배터리가 부풀어 올랐습니다", "프린터에 용지 걸림 오류가 계속됩니다"],
    "de": [
        "Das Gerät lässt sich nicht mehr einschalten – bitte prüfen",
        "Der Akku ist aufgebläht und wird beim Laden heiß",
        "Rückerstattung für beschädigte Lieferung gewünscht",
    ],
    "pl": [
        "Urządzenie się nie włącza, proszę o pilną naprawę",
        "Bateria spuchła i bardzo się nagrzewa podczas ładowania",
        "Żądam zwrotu pieniędzy za uszkodzoną drukarkę",
    ],
    "el": ["Η συσκευή δεν ανοίγει μετά την ενημέρωση", "Η μπαταρία φούσκωσε και ζεσταίνεται πολύ", "Θέλω επιστροφή χρημάτων για τον εκτυπωτή"],
    "tr": ["Cihaz açılmıyor, lütfen acilen inceleyin", "Pil şişti ve şarj olurken çok ısınıyor", "Arızalı yazıcı için para iadesi istiyorum ğüş"],
}


ENC = [
    ("utf-8", "utf-8", "de"),
    ("utf8bom", "utf-8-sig", "ru", "utf-8"),
    ("utf16le", "utf-16", "ja", "utf-16"),
    ("utf16be", None, "ko", "utf-16"),
    ("win1252", "cp1252", "de", "windows-1252"),
    ("win1250", "cp1250", "pl", "windows-1250"),
    ("win1251", "cp1251", "ru", "windows-1251"),
    ("koi8r", "koi8-r", "ru", "koi8-r"),
    ("cp932", "cp932", "ja", "cp932"),
    ("eucjp", "euc-jp", "ja", "euc-jp"),
    ("iso2022", "iso-2022-jp", "ja", "iso-2022-jp"),
    ("gb18030", "gb18030", "zh", "gb18030"),
    ("big5", "big5", "tw", "big5"),
    ("cp949", "cp949", "ko", "ks_c_5601-1987"),
    ("win1253", "cp1253", "el", "windows-1253"),
    ("win1254", "cp1254", "tr", "windows-1254"),
    ("cp866", "cp866", "ru", "cp866"),
    ("mac", "mac-roman", "de", "macintosh"),
    ("utf16nobom", "utf-16-le", "ru", "utf-16"),
]


S = {}


def enc():
    if S:
        return S
    R = Region("ENC", "", part="enc")
    out = []
    for how in ("n", "d"):
        for k, e in enumerate(ENC):
            n, py, lang = e[:3]
            net = e[3] if len(e) > 3 else e[1]
            T = rows(30, 50 + k, texts=L[lang])
            for t in T:
                t["text"] = L[lang][int(t["id"][2:]) % 3]
            s = csvt(T, ",", nl="\r\n" if k % 2 else "\n")
            b = b"\xfe\xff" + s.encode("utf-16-be") if py is None else s.encode(py)
            if n == "utf16nobom" and how == "n":
                net = "utf-16le"
            nm = f"{how}-{n}".replace("utf-8", "utf8")
            R.put(f"{nm}/a.csv", b)
            R.put(f"{nm}.yaml", mapping(nm, "{type: delimited, encoding: %s}" % (net if how == "n" else "detect")))
            out.append(src(f"{nm}.yaml", f"{nm}/*"))
            S[nm] = T
    R.sources("\n".join(out))
    n = R.sync(ok=(0, 1, 6))
    S["_"] = (R, n, pre_of(R), hub_of(R))
    return S


def encpart(how, word):
    def f():
        s = enc()
        R, n, p, h = s["_"]
        bad = []
        ok = 0
        refused = []
        for k in [x for x in s if x.startswith(how + "-")]:
            m = re.search(r"(?m)^%s/a.csv: The encoding is not certain enough: (\S+ \S+)," % k, n.err)
            if m and how == "d":
                refused.append(f"{k[2:]} ({m[1]})")
                eq(f"{k}: refused, so no case", len(h.get(k, [])), 0)
                continue
            try:
                if how == "n":
                    verify(R, s[k], k, p, h)
                else:
                    diff({int(x["id"][2:]): x for x in s[k]}, index(h.get(k, []), lambda c: int(custom(c, "nr")), "hub"), k + " hub", False, hub=True)
                ok += 1
            except Fail as x:
                bad.append(str(x))
        if bad or ok < 12:
            raise Fail(f"expected {len(ENC)} of {len(ENC)} equal, got {ok}: " + " | ".join(bad)[:400])
        return f"{ok} encodings equal in every character" + (f", {len(refused)} refused as uncertain: " + ", ".join(refused) if refused else "")

    PARTS.append((f"5 encodings {word}", f))


encpart("n", "named")


encpart("d", "detected")


@part("5 encodings uncertain one refused, readings side by side")
def encodings_uncertain_one_refused_readings_side_by_side():
    R = Region("UNC", src(), part="enc")
    T = rows(12, 70, texts=["Printer jam", "No power"])
    T[3]["subject"] = "Café order"
    R.put("inbox/a.csv", csvt(T, ",").encode("cp1252"))
    R.put("m.yaml", mapping("unc", "{type: delimited, encoding: detect}"))
    n = R.sync(ok=(0, 6))
    c = len(R.cases())
    if n.rc == 0:
        raise Fail(f"expected the file refused, got exit 0 and {c} cases")
    eq("cases", c, 0)
    rc, out, err = R.agent("check", "--offline", "--readings", "yes")
    t = out + err
    has("readings", t, r"Caf")
    lines = [l for l in t.splitlines() if "Caf" in l]
    if len(lines) < 2:
        raise Fail("side by side: expected 2 readings or more of the line, got " + short(lines))
    return f"exit 6, 0 cases; check shows {len(lines)} readings"


@part("5 undecodable byte: file, offset, row")
def undecodable_byte_file_offset_row():
    R = Region("UNDEC", src(), part="enc")
    T = rows(50, 71, texts=["größer", "Straße"])
    b = csvt(T, ",").encode("utf-8")
    mark = b"\r\nC-00021,"
    at = b.index(b"gr\xc3\xb6", b.index(mark)) if b"gr\xc3\xb6" in b[b.index(mark) : b.index(b"C-00022")] else b.index(b"Stra\xc3", b.index(mark)) + 2
    at = b.index(b"\xc3", b.index(mark))
    bb = b[:at] + b"\xff" + b[at + 1 :]
    R.put("inbox/a.csv", bb)
    R.put("m.yaml", mapping("undec", "{type: delimited}"))
    n = R.sync(ok=(0, 6))
    eq("cases", n.nums()["cases"], 49)
    q = R.rejects()
    eq("quarantine", [(x.get("reason")) for x in q], ["undecodable"])
    t = json.dumps(q[0])
    _, o2, _ = R.agent("quarantine", "show", q[0].get("id") or q[0].get("entry"))
    rc, o3, e3 = R.agent("preview", "--rejected", "--limit", "100")
    if str(at) not in (t + o2 + o3 + e3).replace(",", ""):
        raise Fail(f"expected byte offset {at}, got {short(t, 300)}")
    has("file and row", t + o2, r"a\.csv", r"21\b")
    verify(R, [x for x in T if x["id"] != "C-00021"], "undec")
    # mojibake of U+FFFD already in the file
    R.put("inbox/b.csv", csvt([dict(T[0], id="C-00099", subject="Gr\ufffd\ufffde")], ","))
    n = R.sync(ok=(0, 6))
    eq("U+FFFD", [x["reason"] for x in R.rejects() if x["reason"] != "undecodable"], ["damaged-text"])
    return f"row 21 at byte {at} named, 49 others equal; U+FFFD in the file waits as damaged-text"


@part("5 times in gaps and overlaps, era dates, decimal commas")
def times_in_gaps_and_overlaps_era_dates_decimal_commas():
    R = Region("TIMES", src(), part="enc")
    H = "id;opened;status;subject;text;price;era;excel\n"
    L_ = [
        ("C-1", "29.03.2026 02:30", "1.234,56", "令和6年5月1日", "45292.5"),
        ("C-2", "25.10.2026 02:30", "-0,5", "昭和64年1月7日", "1"),
        ("C-3", "01.02.2026 09:05", "1234,5", "平成元年1月8日", "36526.25"),
        ("C-4", "31.12.2025 23:59", "12.34", "令和7年12月31日", "45000"),
        ("C-5", "01.03.2026 00:00", "1.234.567,89", "R6年5月1日", "100"),
    ]
    R.put("inbox/a.csv", H + "".join(f"{i};{o};New;s {i};t;{p};{e};{x}\n" for i, o, p, e, x in L_))
    R.put(
        "m.yaml",
        mapping(
            "times",
            '{type: delimited, delimiter: ";"}',
            top="culture: de-DE",
            opened="{from: opened, format: dd.MM.yyyy HH:mm}",
            fields='  customer.birth_date: {from: era, format: ["ggy年M月d日"], calendar: japanese, culture: ja-JP}\n  closed: {from: excel, format: excel, time_zone: Etc/UTC}\n',
        ),
    )
    n = R.sync(ok=(0, 6))
    p = index(R.preview(), number, "preview")
    out = []
    rej = {x.get("row"): x for x in R.rejects()}
    c = p["C-1"]
    eq("gap", c["opened"].get("caution"), "TIME_CAUTION_GAP")
    eq("gap reading", norm(c["opened"]["at"]), norm("2026-03-29T01:30:00Z"))
    c = p["C-2"]
    eq("overlap", c["opened"].get("caution"), "TIME_CAUTION_OVERLAP")
    eq("overlap reading", norm(c["opened"]["at"]), norm("2026-10-25T00:30:00Z"))
    eq("era", get(c, "customer.birth_date"), "1989-01-07")
    eq("decimal commas", [custom(p[k], "price") for k in ("C-1", "C-2", "C-3")], [1234.56, -0.5, 1234.5])
    eq("reiwa", get(p["C-1"], "customer.birth_date"), "2024-05-01")
    eq("heisei", get(p["C-3"], "customer.birth_date"), "1989-01-08")
    eq("excel day", norm(p["C-1"]["closed"]["at"]), norm("2024-01-01T12:00:00Z"))
    c4 = p.get("C-4")
    got = custom(c4, "price") if c4 else "quarantine"
    if got == 1234:
        raise Fail("12.34 under de-DE: expected a refusal, got 1234")
    return f"GAP and OVERLAP flagged with both readings, 3 eras, commas; 12.34 under de-DE: {got}; 1.234.567,89: {custom(p['C-5'], 'price') if 'C-5' in p else 'quarantine'}"
