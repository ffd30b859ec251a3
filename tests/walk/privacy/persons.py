"""Persons whose every value is known, from a seed."""

import random
import unicodedata

from .ids_europe import de_idnr
from .ids_world import br_cpf, cl_run, jp_my
from .numbers import card, ibans, imei, mac

R = random.Random(20261128)


COLS = [
    "Id",
    "Kind",
    "Opened",
    "Updated",
    "Closed",
    "Status",
    "Country",
    "Lang",
    "Category",
    "Model",
    "Serial",
    "Bought",
    "CustNo",
    "Name",
    "Reading",
    "Mail",
    "Phone",
    "Street",
    "City",
    "Zip",
    "Birth",
    "Gender",
    "NidKind",
    "Nid",
    "Org",
    "Handle",
    "Card",
    "Ip",
    "Geo",
    "AgeNote",
    "Staff",
    "Subject",
    "Description",
    "Answer",
    "Comment",
    "File",
    "Imei",
    "Health",
    "Secret",
    "Plate",
    "Income",
]


FIRST = dict(
    DE=["Anneliese", "Jürgen", "Käthe", "Wolfgang", "Sören", "Mechthild", "Björn", "Gisela"],
    CL=["Rodrigo", "Macarena", "Ignacio", "Javiera"],
    BR=["Thiago", "Larissa", "Anderson", "Jéssica", "Rafaela", "Márcio"],
    JP=["健太", "美咲", "大輔", "陽子", "拓也", "直美"],
)


LAST = dict(
    DE=["Drechselmeier", "Großkreutz", "Hühnerbein", "Zwickenpflug", "Oßwaldt", "Wüstenhagen", "Quandtner", "Plöchinger"],
    CL=["Huenchullán", "Sepúlveda", "Cárcamo", "Oyarzún"],
    BR=["Figueiredo", "Nakagawa", "Albuquerque", "Cavalcanti", "Guimarães", "Bittencourt"],
    JP=["佐々木", "小笠原", "長谷川", "五十嵐", "久保田", "石川"],
)


READ = {
    "健太": "けんた",
    "美咲": "みさき",
    "大輔": "だいすけ",
    "陽子": "ようこ",
    "拓也": "たくや",
    "直美": "なおみ",
    "佐々木": "ささき",
    "小笠原": "おがさわら",
    "長谷川": "はせがわ",
    "五十嵐": "いがらし",
    "久保田": "くぼた",
    "石川": "いしかわ",
}


ROM = {
    "健太": "Kenta",
    "美咲": "Misaki",
    "大輔": "Daisuke",
    "陽子": "Yoko",
    "拓也": "Takuya",
    "直美": "Naomi",
    "佐々木": "Sasaki",
    "小笠原": "Ogasawara",
    "長谷川": "Hasegawa",
    "五十嵐": "Igarashi",
    "久保田": "Kubota",
    "石川": "Ishikawa",
}


def ascii_(s):
    return "".join(c for c in unicodedata.normalize("NFD", s.replace("ß", "ss").replace("ø", "o")) if not unicodedata.combining(c))


def two(s):
    for a, b in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss"), ("Ä", "Ae"), ("Ö", "Oe"), ("Ü", "Ue")):
        s = s.replace(a, b)
    return s


def full(s):
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in s)


def digits(s):
    return "".join(c for c in s if c.isdigit())


def person(cc, i):
    f, l = R.choice(FIRST[cc]), R.choice(LAST[cc])
    p = dict(Country=cc, first=f, last=l, n=i)
    p["Name"] = l + " " + f if cc == "JP" else f + " " + l
    p["Reading"] = READ[l] + " " + READ[f] if cc == "JP" else ""
    rom = (ROM[f] + " " + ROM[l]) if cc == "JP" else ""
    p["romaji"] = rom
    a = ascii_(two(f)).lower() if cc != "JP" else ROM[f].lower()
    b = ascii_(two(l)).lower() if cc != "JP" else ROM[l].lower()
    p["Mail"] = f"{a}.{b}{R.randint(1000,9999)}@mail{R.randint(10,99)}.example.com"
    p["Phone"] = {
        "DE": lambda: f'+49 1{R.choice(["51","60","70","75"])} {R.randint(20000000,99999999)}',
        "CL": lambda: f"+56 9 {R.randint(5000,9999)} {R.randint(1000,9999)}",
        "BR": lambda: f"+55 11 9{R.randint(5000,9999)}-{R.randint(1000,9999)}",
        "JP": lambda: f"090-{R.randint(1000,9999)}-{R.randint(1000,9999)}",
    }[cc]()
    p["Street"] = {
        "DE": lambda: f"Kastanienallee {R.randint(100,999)}b",
        "CL": lambda: f"Avenida Los Alerces {R.randint(1000,9999)}",
        "BR": lambda: f"Rua das Palmeiras, {R.randint(1000,9999)}",
        "JP": lambda: f"千代田区丸の内{R.randint(1,9)}丁目{R.randint(10,99)}番{R.randint(10,99)}号",
    }[cc]()
    p["City"] = {
        "DE": R.choice(["Wuppertal", "Oldenburg", "Chemnitz"]),
        "CL": R.choice(["Temuco", "Valdivia"]),
        "BR": R.choice(["Campinas", "Sorocaba"]),
        "JP": R.choice(["横浜市", "札幌市"]),
    }[cc]
    p["Zip"] = {
        "DE": lambda: f"{R.randint(10000,99999)}",
        "CL": lambda: f"{R.randint(1000000,9999999)}",
        "BR": lambda: f"{R.randint(10000,99999)}-{R.randint(100,999)}",
        "JP": lambda: f"{R.randint(100,999)}-{R.randint(1000,9999)}",
    }[cc]()
    y, m, d = R.randint(1950, 2000), R.randint(1, 12), R.randint(13, 28)
    p["Birth"] = f"{y}-{m:02}-{d:02}"
    p["Gender"] = R.choice(["female", "male"])
    kind, mk = {"DE": ("DE_TAX_ID", de_idnr), "CL": ("CL_RUN", cl_run), "BR": ("BR_CPF", br_cpf), "JP": ("JP_MY_NUMBER", jp_my)}[cc]
    p["NidKind"], p["Nid"] = kind, mk(R)
    p["CustNo"] = f"K{R.randint(10000000,99999999)}"
    p["Org"] = f"{l} Handel{R.randint(1000,9999)} GmbH" if cc == "DE" else ""
    p["Handle"] = f"@{a[:6]}_x{R.randint(10000,99999)}"
    p["Card"] = card(R, R.choice(["4", "51", "37"]), 16)
    if p["Card"].startswith("37"):
        p["Card"] = card(R, "37", 15)
    p["Ip"] = f"{R.choice([84,91,177,200])}.{R.randint(10,250)}.{R.randint(10,250)}.{R.randint(10,250)}"
    p["Geo"] = f"{R.uniform(48,53):.6f},{R.uniform(7,13):.6f}"
    p["AgeNote"] = R.choice(["", "", "Sohn, 7 Jahre, Tobiasjunior"])
    p["Staff"] = "Sachbearbeiterin Kornelia Blumenthaler"
    p["Imei"] = imei(R)
    p["Health"] = "Diabetes mellitus Typ1"
    p["Secret"] = f"hunter{R.randint(10000,99999)}Zq"
    p["Plate"] = f"W-XK {R.randint(1000,9999)}"
    p["Income"] = f"EUR {R.randint(40,99)}.{R.randint(100,999)} p.a."
    p["Serial"] = f"SN-{R.randint(1000,9999)}-{R.randint(100000,999999)}"
    p["Bought"] = f"2025-{R.randint(1,12):02}-{R.randint(13,28):02}"
    p["File"] = f'Foto_{two(l)}_{digits(p["Phone"])[-8:]}.jpg' if cc != "JP" else f'写真_{l}_{digits(p["Phone"])[-8:]}.jpg'
    p["IbanT"] = ibans(R)[R.choice(["DE", "FR", "GB", "NL", "ES"])]
    p["Mac"] = mac(R)
    p["Token"] = "ghp_" + "".join(R.choice("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") for _ in range(36))
    p["IpT"] = f"79.{R.randint(100,250)}.{R.randint(100,250)}.{R.randint(100,250)}"
    p["Other"] = f"fremd.{R.randint(100000,999999)}@dritte.example.net"
    return p


MON = ["Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"]
MONP = ["janeiro", "fevereiro", "março", "abril", "maio", "junho", "julho", "agosto", "setembro", "outubro", "novembro", "dezembro"]


def texts(p, k):
    """Spellings of the case's own values and of values of others. Returns text and what must not survive of it."""
    cc = p["Country"]
    ph = digits(p["Phone"])
    nat = {"DE": "0" + ph[2:], "CL": ph[2:], "BR": ph[2:], "JP": ph}[cc]
    y, m, d = p["Birth"].split("-")
    card_ = p["Card"]
    nid = digits(p["Nid"])
    W = dict(DE="rief an", CL="llamó", BR="ligou", JP="様より連絡。")[cc]
    tel = dict(DE="Telefon", CL="teléfono", BR="telefone", JP="電話")[cc]
    lng = [
        f"{p['Name']} {W}; {p['Mail'].upper()}, {tel} {p['Phone']}.",
        f"{p['last']}, {p['first']} {W}. {tel}: {nat[:4]}/{nat[4:7]} {nat[7:]}. {p['Mail']}",
        f"{full(p['Name'])} {W}; {tel} {full(p['Phone'])}, {full(p['Mail'])}",
        f"{p['first']}\n{p['last']} {W}, {tel} {nat[:5]}\n{nat[5:]}",
        f"{p['Name'].upper()} {W}. {tel} 00{ph if cc!='JP' else '81'+ph[1:]}",
        f"{p['Mail'].replace('@',' at ').replace('.',' dot ')} / {p['CustNo']}, {p['CustNo'][1:5]}-{p['CustNo'][5:]}",
        f"{p['CustNo'][1:]} {p['Street']} {p['Zip']} {p['City']}",
        f"{p['Nid']} bzw. {' '.join(nid[i:i+2] for i in range(0,len(nid),2))} und {'-'.join(nid[i:i+3] for i in range(0,len(nid),3))}",
        f"{card_[:4]}-{card_[4:8]}-{card_[8:12]}-{card_[12:]}; {card_}; {full(card_)}",
        f"{d}.{m}.{y}; {int(d)}. {MON[int(m)-1]} {y}; {int(d)} de {MONP[int(m)-1]} de {y}; {m}/{d}/{y}; {y}年{int(m)}月{int(d)}日; {y}{m}{d}; {d}{m}{y[2:]}",
        f"{p['Ip']} {p['Handle']} {p['Imei']} {p['Imei'][:6]} {p['Imei'][6:14]} {p['Imei'][14:]} {p['Plate']} {p['Plate'].replace(' ','').replace('-','')} {p['Secret']} {p['Geo']}",
        f"IBAN {p['IbanT'][:4]} {p['IbanT'][4:8]} {p['IbanT'][8:12]} {p['IbanT'][12:16]} {p['IbanT'][16:]}, MAC {p['Mac']}, token {p['Token']}, cc: {p['Other']}; firmware update from {p['IpT']} failed",
        f"Kopie von {two(p['Name'])} ({p['Reading']}) {p['romaji']}; {p['Org']}; {p['File']}",
        f"{p['first'][0]}. {p['last']} {W}; {ascii_(p['Name'])}; {tel} {'.'.join(nat[i:i+2] for i in range(0,len(nat),2))}",
        "".join(chr(0x660 + int(c)) for c in nat) + " / " + "".join(chr(0x966 + int(c)) for c in nid) + " / " + p["Mail"].replace("@", "@\n"),
    ]
    return lng[k % len(lng)]
