"""Numbers of devices, cards and accounts with sound check digits."""


from .check_digits import D, luhn_digit


def mac(r):
    return ":".join(f"{r.randint(0,255):02x}" for _ in range(5)) + f":{r.randint(16,255):02x}"


def imei(r):
    s = "35" + D(r, 12)
    return s + luhn_digit(s)


def card(r, prefix="4", n=16):
    s = prefix + "".join(r.choice("0123456789") for _ in range(n - 1 - len(prefix)))
    return s + luhn_digit(s)


def iban(r, cc, bban):
    n = "".join(str(int(c, 36)) for c in bban + cc + "00")
    return cc + f"{98-int(n)%97:02}" + bban


def ibans(r):
    return {
        "DE": iban(r, "DE", D(r, 18)),
        "FR": iban(r, "FR", "30006" + "00001" + D(r, 11) + D(r, 2)),
        "GB": iban(r, "GB", "WEST" + D(r, 14)),
        "NL": iban(r, "NL", "ABNA" + D(r, 10)),
        "NO": iban(r, "NO", D(r, 11)),
        "BR": iban(r, "BR", D(r, 23) + "P1"),
        "TR": iban(r, "TR", "00061" + "0" + D(r, 16)),
        "SA": iban(r, "SA", "80" + D(r, 18)),
        "PL": iban(r, "PL", D(r, 24)),
        "ES": iban(r, "ES", D(r, 20)),
        "CH": iban(r, "CH", "00762" + D(r, 12)),
        "AE": iban(r, "AE", "033" + D(r, 16)),
    }
