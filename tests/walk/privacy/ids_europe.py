"""Identifiers of Europe with sound check digits."""


from .check_digits import D, luhn_digit, mod11_10, retry, ws, ymd


@retry
def gb_nhs(r):
    s = D(r, 9, "4")
    c = 11 - ws(s, range(10, 1, -1)) % 11
    c = 0 if c == 11 else c
    if c == 10:
        return None
    v = s + str(c)
    return f"{v[:3]} {v[3:6]} {v[6:]}"


def gb_utr(r):
    s = D(r, 9)
    return "21987654321"[ws(s, [6, 7, 8, 9, 10, 5, 4, 3, 2]) % 11] + s


def gb_nino(r):
    s = D(r, 6)
    return f'AB {s[:2]} {s[2:4]} {s[4:]} {r.choice("ABCD")}'


@retry
def de_idnr(r):
    # one digit twice, one missing, rest once
    ds = list("0123456789")
    miss = r.choice(ds)
    ds.remove(miss)
    ds.append(r.choice(ds))
    r.shuffle(ds)
    s = "".join(ds)
    if s[0] == "0":
        return None
    return s + mod11_10(s)


def fr_nir(r):
    y, m, _ = ymd(r)
    s = r.choice("12") + f"{y%100:02}{m:02}75" + D(r, 3, "12345") + D(r, 3, "12345")
    k = 97 - int(s) % 97
    return f"{s[0]} {s[1:3]} {s[3:5]} {s[5:7]} {s[7:10]} {s[10:]} {k:02}"


def es_nif(r):
    s = D(r, 8, "12345678")
    return s + "TRWAGMYFPDXBNJZSQVHLCKE"[int(s) % 23]


def es_nie(r):
    s = D(r, 7)
    return "X" + s + "TRWAGMYFPDXBNJZSQVHLCKE"[int(s) % 23]


def it_cf(r):
    odd = dict(
        zip(
            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ",
            [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23],
        )
    )
    ev = lambda c: int(c) if c.isdigit() else ord(c) - 65
    y, m, d = ymd(r)
    s = "".join(r.choice("BCDFGLMNPRST") for _ in range(6)) + f"{y%100:02}" + "ABCDEHLMPRST"[m - 1] + f"{d:02}" + r.choice(["H501", "F205", "L219"])
    return s + chr(65 + sum(odd[c] if i % 2 == 0 else ev(c) for i, c in enumerate(s)) % 26)


@retry
def nl_bsn(r):
    s = D(r, 8, "1234")
    c = ws(s, range(9, 1, -1)) % 11
    return None if c == 10 else s + str(c)


def be_nn(r):
    y, m, d = ymd(r)
    s = f"{y%100:02}{m:02}{d:02}" + f"{r.randint(1,997):03}"
    k = 97 - int(s) % 97
    return f"{s[:2]}.{s[2:4]}.{s[4:6]}-{s[6:]}.{k:02}"


def pl_pesel(r):
    y, m, d = ymd(r)
    s = f"{y%100:02}{m:02}{d:02}" + D(r, 4)
    return s + str((10 - ws(s, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3]) % 10) % 10)


def se_pn(r):
    y, m, d = ymd(r)
    s = f"{y%100:02}{m:02}{d:02}" + D(r, 3, "123456789")
    v = s + luhn_digit(s)
    return f"{v[:6]}-{v[6:]}"


@retry
def no_fnr(r):
    y, m, d = ymd(r, 1955, 1998)
    s = f"{d:02}{m:02}{y%100:02}" + f"{r.randint(100,499)}"
    a = (11 - ws(s, [3, 7, 6, 1, 8, 9, 4, 5, 2]) % 11) % 11
    if a == 10:
        return None
    b = (11 - ws(s + str(a), [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11) % 11
    return None if b == 10 else s + f"{a}{b}"


def fi_hetu(r):
    y, m, d = ymd(r)
    n = f"{r.randint(2,899):03}"
    k = int(f"{d:02}{m:02}{y%100:02}{n}") % 31
    return f"{d:02}{m:02}{y%100:02}-{n}" + "0123456789ABCDEFHJKLMNPRSTUVWXY"[k]


def dk_cpr(r):
    y, m, d = ymd(r)
    return f"{d:02}{m:02}{y%100:02}-" + D(r, 4, "0123")


def ie_pps(r):
    s = D(r, 7)
    return s + "WABCDEFGHIJKLMNOPQRSTUV"[ws(s, range(8, 1, -1)) % 23]


@retry
def pt_nif(r):
    s = D(r, 8, "12")
    c = 11 - ws(s, range(9, 1, -1)) % 11
    return s + str(0 if c >= 10 else c)


def ro_cnp(r):
    y, m, d = ymd(r)
    s = r.choice("12") + f"{y%100:02}{m:02}{d:02}" + f"{r.randint(1,40):02}" + f"{r.randint(1,999):03}"
    c = ws(s, [2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9]) % 11
    return s + str(1 if c == 10 else c)


@retry
def cz_rc(r):
    y, m, d = ymd(r)
    s = f"{y%100:02}{m+r.choice([0,50]):02}{d:02}" + D(r, 3)
    for c in range(10):
        if int(s + str(c)) % 11 == 0:
            return f"{s[:6]}/{s[6:]}{c}"


def bg_egn(r):
    y, m, d = ymd(r)
    s = f"{y%100:02}{m:02}{d:02}" + D(r, 3)
    return s + str(ws(s, [2, 4, 8, 5, 10, 9, 7, 3, 6]) % 11 % 10)


def hr_oib(r):
    s = D(r, 10, "123456789")
    return s + mod11_10(s)


def ee_ik(r):
    y, m, d = ymd(r)
    s = r.choice("34") + f"{y%100:02}{m:02}{d:02}" + D(r, 3)
    c = ws(s, [1, 2, 3, 4, 5, 6, 7, 8, 9, 1]) % 11
    if c == 10:
        c = ws(s, [3, 4, 5, 6, 7, 8, 9, 1, 2, 3]) % 11 % 10
    return s + str(c)


def gr_amka(r):
    y, m, d = ymd(r)
    s = f"{d:02}{m:02}{y%100:02}" + D(r, 4)
    return s + luhn_digit(s)


def ch_ahv(r):
    s = "756" + D(r, 9)
    t = sum(int(c) * (1 if i % 2 == 0 else 3) for i, c in enumerate(s))
    v = s + str((10 - t % 10) % 10)
    return f"{v[:3]}.{v[3:7]}.{v[7:11]}.{v[11:]}"
