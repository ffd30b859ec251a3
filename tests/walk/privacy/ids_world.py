"""Identifiers of Asia, Africa, Oceania and the Americas with sound check digits."""


from .check_digits import D, luhn_digit, retry, verhoeff, ws, ymd


def jp_my(r):
    s = D(r, 11, "123456789")
    w = [6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]
    t = ws(s, w) % 11
    return s + str(0 if t < 2 else 11 - t)


def cn_id(r):
    y, m, d = ymd(r)
    s = r.choice(["110101", "310104", "440305"]) + f"{y}{m:02}{d:02}" + D(r, 3)
    return s + "10X98765432"[ws(s, [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]) % 11]


def hkid(r):
    l = r.choice("ABCDEGHKPZ")
    s = D(r, 6)
    t = 36 * 9 + (ord(l) - 55) * 8 + ws(s, [7, 6, 5, 4, 3, 2])
    c = 11 - t % 11
    c = {11: "0", 10: "A"}.get(c, str(c))
    return f"{l}{s}({c})"


TW = "A10B11C12D13E14F15G16H17I34J18K19L20M21N22O35P23Q24R25S26T27U28V29W32X30Y31Z33"


def tw_id(r):
    l = r.choice("ABCDEFGHJK")
    i = TW.index(l)
    n = TW[i + 1 : i + 3]
    s = n + r.choice("12") + D(r, 7)
    t = ws(s, [1, 9, 8, 7, 6, 5, 4, 3, 2, 1])
    return l + s[2:] + str((10 - t % 10) % 10)


def kr_rrn(r):
    y, m, d = ymd(r)
    s = f"{y%100:02}{m:02}{d:02}" + r.choice("12") + D(r, 5)
    return s[:6] + "-" + s[6:] + str((11 - ws(s, [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5]) % 11) % 10)


def sg_nric(r):
    s = D(r, 7)
    return "S" + s + "JZIHGFEDCBA"[ws(s, [2, 7, 6, 5, 4, 3, 2]) % 11]


def th_id(r):
    s = r.choice("12345") + r.choice(["10", "31", "50", "83"]) + D(r, 9)
    return s + str((11 - ws(s, range(13, 1, -1)) % 11) % 10)  # a province that there is


def id_nik(r):
    y, m, d = ymd(r)
    return "317402" + f"{d:02}{m:02}{y%100:02}" + D(r, 4)


def my_kad(r):
    y, m, d = ymd(r)
    return f"{y%100:02}{m:02}{d:02}-14-" + D(r, 4, "5")


@retry
def aadhaar(r):
    s = D(r, 11, "23456789")
    v = s + verhoeff(s)
    return f"{v[:4]} {v[4:8]} {v[8:]}"


def pan(r):
    return "".join(r.choice("ABCDEFGHKL") for _ in range(3)) + "P" + r.choice("ABCDM") + D(r, 4, "123456789") + r.choice("ABCDEFGH")


@retry
def au_tfn(r):
    s = D(r, 8, "123456789")
    t = ws(s, [1, 4, 3, 7, 5, 8, 6, 9])
    for c in range(10):
        if (t + 10 * c) % 11 == 0:
            return f"{s[:3]} {s[3:6]} {s[6:]}{c}"


def au_medicare(r):
    s = D(r, 8, "23456")
    v = s + str(ws(s, [1, 3, 7, 9, 1, 3, 7, 9]) % 10) + "1"
    return f"{v[:4]} {v[4:9]} {v[9]}"


@retry
def nz_ird(r):
    s = D(r, 7, "56789")
    s = "0" + s if False else D(r, 1, "4567") + s[1:] + D(r, 1) if False else s
    # 8 digits: pad to 9
    b = "0" + s
    t = (11 - ws(b, [3, 2, 7, 6, 5, 4, 3, 2]) % 11) % 11
    if t == 10:
        return None
    v = s + str(t)
    return f"{v[:2]}-{v[2:5]}-{v[5:]}"


def ru_inn(r):
    s = D(r, 10, "1234567")
    a = str(ws(s, [7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) % 11 % 10)
    return s + a + str(ws(s + a, [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) % 11 % 10)


def ru_snils(r):
    s = D(r, 9, "123456789")
    t = ws(s, range(9, 0, -1)) % 101
    t = 0 if t == 100 else t
    return f"{s[:3]}-{s[3:6]}-{s[6:]} {t:02}"


def tr_id(r):
    s = D(r, 9, "123456789")
    o = sum(int(c) for c in s[0::2])
    e = sum(int(c) for c in s[1::2])
    a = str((7 * o - e) % 10)
    return s + a + str((o + e + int(a)) % 10)


def sa_id(r):
    s = D(r, 9, "1")
    return s + luhn_digit(s)


def ae_id(r):
    s = "784" + str(r.randint(1960, 1999)) + D(r, 7)
    return f"{s[:3]}-{s[3:7]}-{s[7:]}-" + luhn_digit(s)


def za_id(r):
    y, m, d = ymd(r)
    s = f"{y%100:02}{m:02}{d:02}" + D(r, 4, "5") + "08"
    return s + luhn_digit(s)


def il_id(r):
    s = D(r, 8, "23456")
    return s + luhn_digit(s)


def br_cpf(r):
    s = D(r, 9)
    a = str(ws(s, range(10, 1, -1)) * 10 % 11 % 10)
    b = str(ws(s + a, range(11, 1, -1)) * 10 % 11 % 10)
    return f"{s[:3]}.{s[3:6]}.{s[6:]}-{a}{b}"


def ar_cuil(r):
    while True:
        s = "20" + D(r, 8, "23")
        t = 11 - ws(s, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11
        if t != 10:
            return f"{s[:2]}-{s[2:]}-{0 if t==11 else t}"


def cl_run(r):
    s = D(r, 8, "1")
    t = sum(int(c) * (2 + i % 6) for i, c in enumerate(reversed(s)))
    c = 11 - t % 11
    c = {11: "0", 10: "K"}.get(c, str(c))
    return f"{s[:2]}.{s[2:5]}.{s[5:]}-{c}"


def mx_curp(r):
    A = "0123456789ABCDEFGHIJKLMNÑOPQRSTUVWXYZ"
    y, m, d = ymd(r)
    s = (
        "".join(r.choice("BCDFGHLMPRST") for _ in range(1))
        + r.choice("AEO")
        + "".join(r.choice("BCDFGHLMPRST") for _ in range(2))
        + f"{y%100:02}{m:02}{d:02}"
        + r.choice("HM")
        + r.choice(["DF", "JC", "NL"])
        + "".join(r.choice("BCDFGHLMPRST") for _ in range(3))
        + "0"
    )
    t = sum(A.index(c) * (18 - i) for i, c in enumerate(s))
    return s + str((10 - t % 10) % 10)


def ca_sin(r):
    s = D(r, 8, "1234567")
    v = s + luhn_digit(s)
    return f"{v[:3]} {v[3:6]} {v[6:]}"


def us_ssn(r):
    return f"{r.randint(100,599):03}-{r.randint(10,99)}-{r.randint(1000,9999)}"
