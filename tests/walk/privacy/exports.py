"""Three regions' exports, their mapping and their truth."""

import csv
import json
import os

from .persons import COLS, full, person, texts

MAP = """source: {src}
format: {{type: delimited, encoding: utf-8, delimiter: ";"}}
time_zone: {tz}
key: Id
updated: Updated
duplicates: latest
fields:
  case_number: Id
  kind: {{const: inquiry}}
  customer_country: Country
  language: Lang
  opened: Opened
  updated: Updated
  closed: Closed
  status: {{from: Status, values: {{open: open, closed: closed}}}}
  product.category: Category
  product.model: Model
  product.serial: Serial
  product.purchased_on: Bought
  subject: Subject
  description: Description
  resolution: Answer
  satisfaction.comment: Comment
  customer.number: CustNo
  customer.name: Name
  customer.name_reading: Reading
  customer.emails: Mail
  customer.phones: Phone
  customer.addresses.lines: Street
  customer.addresses.locality: City
  customer.addresses.postcode: Zip
  customer.birth_date: Birth
  customer.gender: Gender
  customer.national_ids: [{{kind: NidKind, value: Nid}}]
  customer.organisation: Org
  customer.handles: Handle
  customer.payments: Card
  customer.ip_addresses: Ip
  customer.coordinates: Geo
  customer.age_note: AgeNote
  agent.name: Staff
  attachments: [{{file_name: File}}]
custom_fields:
  device: {{from: Imei, class: device_id}}
  health: {{from: Health, class: special_category}}
  portal password: {{from: Secret, class: credential}}
  car: {{from: Plate, class: vehicle}}
  income: {{from: Income, class: demographic}}
"""


HAZ = {
    "DE": [
        ("Aus dem Gerät kam Rauch und es roch verbrannt.", "hazard.smoke"),
        ("Der Akku ist aufgebläht.", "hazard.swelling"),
        ("Mein Kind hat einen Stromschlag bekommen.", "hazard.shock"),
        ("Ohne Befund, Gerät läuft.", None),
    ],
    "CL": [("Salió humo del equipo.", "hazard.smoke"), ("La batería está hinchada.", "hazard.swelling"), ("Sin novedad.", None), ("Todo bien.", None)],
    "BR": [
        ("Saiu fumaça do aparelho.", "hazard.smoke"),
        ("A bateria está inchada.", "hazard.swelling"),
        ("Levei um choque ao ligar.", "hazard.shock"),
        ("Sem defeito visível.", None),
    ],
    "JP": [("本体から煙が出ました。", "hazard.smoke"), ("バッテリーが膨らんでいます。", "hazard.swelling"), ("感電しました。", "hazard.shock"), ("特に異常はありません。", None)],
}


LNG = dict(DE="de", CL="es", BR="pt", JP="ja")


def build(out, bulk):
    truth = {}
    for reg, ccs, n in (("DE", ["DE", "DE", "DE", "CL"], bulk), ("JP", ["JP"], 180), ("BR", ["BR"], 180)):
        rows = []
        os.makedirs(f"{out}/{reg.lower()}/inbox", exist_ok=True)
        persons = [person(ccs[i % len(ccs)], i) for i in range(120)]
        for i in range(n):
            p = dict(persons[i % len(persons)])
            cc = p["Country"]
            k = i // len(ccs)
            day = 1 + i % 28
            mon = 1 + (i // 28) % 10
            hz, code = HAZ[cc][(i // 4) % 4]
            closed = i % 3 == 0
            old = i % 29 == 0
            yr = 2019 if old else 2026
            row = dict(
                Id=f"{reg}-{700000+i}",
                Kind="inquiry",
                Opened=f"{yr}-{mon:02}-{day:02}T09:00:00Z",
                Updated=f"{yr}-{mon:02}-{day:02}T10:00:00Z",
                Closed=f"{yr}-{mon:02}-{day:02}T10:00:00Z" if closed else "",
                Status="closed" if closed else "open",
                Lang=LNG[cc],
                Category="BATTERY" if i % 2 else "WASHER",
                Model=f"PB-{20+i%5}K",
                Subject=texts(p, k + 3),
                Description=hz + " " + texts(p, k),
                Answer=texts(p, k + 7),
                Comment=texts(p, k + 11),
            )
            for c in COLS:
                row.setdefault(c, p.get(c, ""))
            if i >= 120:  # the same person, spelled otherwise
                row["Mail"] = [p["Mail"].upper(), f"{p['first']} {p['last']} <{p['Mail']}>", full(p["Mail"]), "mailto:" + p["Mail"], p["Mail"]][i % 5]
                row["CustNo"] = [p["CustNo"].lower(), p["CustNo"][:1] + " " + p["CustNo"][1:5] + "-" + p["CustNo"][5:], full(p["CustNo"])][i % 3]
            rows.append(row)
            truth[row["Id"]] = dict(region=reg, person=p["n"], code=code, **{k2: v for k2, v in p.items() if k2 != "n"}, **{"row": row})
        with open(f"{out}/{reg.lower()}/inbox/export_{reg}.csv", "w", newline="", encoding="utf-8") as f:
            w = csv.DictWriter(f, COLS, delimiter=";")
            w.writeheader()
            w.writerows(rows)
        tz = dict(DE="Europe/Berlin", JP="Asia/Tokyo", BR="America/Sao_Paulo")[reg]
        open(f"{out}/{reg.lower()}/mapping.yaml", "w").write(MAP.format(src="desk-" + reg.lower(), tz=tz))
    json.dump(truth, open(f"{out}/truth.json", "w"), ensure_ascii=False)
    return truth
