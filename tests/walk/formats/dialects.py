"""Exports in every dialect of files that a source may have, written by Python, each with the cases that are true of it."""

import csv
import datetime
import email.message
import email.policy
import email.utils
import gzip
import io
import json
import subprocess
import zipfile

from .base import LOG, Region
from .cases import COLS, hub_of, mapping, pre_of, rows, src
from .database import pguri, psql
from .workbook import serial, xlsx

TX = [
    'Größe "XL" defekt',
    "a;b,c|d",
    "Zeile1\nZeile2",
    "O'Brien sagt: 50 % – nein",
    "=1+1",
    "0012",
    "Emoji 🙂 漢字",
    "back\\slash",
    "tab\tdrin",
    "#kein Kommentar",
    "Summe: keine",
]


def csvt(T, delim=";", cols=COLS, header=True, nl="\r\n", quoting=csv.QUOTE_MINIMAL):
    s = io.StringIO()
    w = csv.writer(s, delimiter=delim, lineterminator=nl, quoting=quoting)
    if header:
        w.writerow(cols)
    for r in T:
        w.writerow([r[c] for c in cols])
    return s.getvalue()


def fixed(s, w):
    return s[:w].ljust(w)


def myq(s):
    return "'" + s.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n").replace('"', '\\"') + "'"


STATE = {}


def files_region():
    if "R" in STATE:
        return STATE
    S = {}
    out = []

    def add(name, fmt, data, T, files=None, more="", **k):
        S[name] = T
        m = f"{name}.yaml"
        for fn, d in data.items():
            R.put(f"{name}/{fn}", d)
        R.put(m, mapping(name, fmt, **k))
        out.append(src(m, files or f"{name}/*", more))

    R = Region("FA", "  []", part="files")
    # 1 semicolons, quotes with newlines, preamble, comments, footer, ragged
    T = rows(60, 1, texts=TX)
    body = csvt(T, ";").split("\r\n", 1)
    txt = (
        "Bericht der Zentrale\r\nStand;28.11.2026\r\n\r\n# ein Kommentar vor dem Kopf\r\n"
        + body[0]
        + '\r\n# noch einer; mit ; und "\r\n'
        + body[1]
        + "C-90001;2026-09-01 10:00;New;zu;viele;Zellen;hier;drin\r\nC-90002;2026-09-01 10:00\r\n"
        + "Gesamt;62\r\nErstellt von Amt\r\n"
    )
    add("semi", '{type: delimited, delimiter: ";", comment: "#", preamble: {until: "^id;"}, footer: {from: "^Gesamt"}}', {"a.csv": txt}, T)
    # 2 tabs, no header; texts without tabs
    T = rows(40, 2, texts=[x.replace("\t", " ").replace("\n", " ") for x in TX])
    add(
        "nohead",
        "{type: delimited, delimiter: tab, quote: none, header: false, columns: [id, opened, status, subject, text, price]}",
        {"a.tsv": "\n".join("\t".join(r[c] for c in COLS) for r in T)},
        T,
    )
    # 3 two-sign delimiter, backslash escape, UTF-8 BOM, CR line ends
    T = rows(40, 3, texts=[x for x in TX])
    q = lambda x: '"' + x.replace("\\", "\\\\").replace('"', '\\"') + '"'
    add(
        "pipes",
        r'{type: delimited, delimiter: "||", escape: "\\"}',
        {"a.txt": b"\xef\xbb\xbf" + "\r".join(["||".join(COLS)] + ["||".join(q(r[c]) for c in COLS) for r in T]).encode()},
        T,
    )
    # 4 fixed width in characters
    T = rows(40, 4, texts=["Größe XL", "漢字テスト", "normal"])
    add(
        "fixchar",
        "{type: fixed, columns: [{name: id, width: 8}, {name: opened, width: 16}, {name: status, width: 6}, {name: subject, width: 24}, {name: text, width: 24}, {name: price, width: 10, align: right}]}",
        {
            "a.dat": "".join(
                fixed(r["id"], 8)
                + fixed(r["opened"], 16)
                + fixed(r["status"], 6)
                + fixed(r["subject"], 24)
                + fixed(r["text"], 24)
                + r["price"].rjust(10)
                + "\r\n"
                for r in T
            )
        },
        T,
    )
    # 5 fixed records in bytes of cp932, no line ends
    T = rows(30, 5, texts=["発煙した", "ｶﾅ半角", "①髙"])
    for r in T:
        r["text"] = "説明 %s" % r["id"]
    fb = lambda s, n: s.encode("cp932").ljust(n, b" ")
    add(
        "fixbyte",
        "{type: fixed, encoding: cp932, unit: bytes, record_length: 84, columns: [{name: id, width: 8}, {name: opened, width: 16}, {name: status, width: 6}, {name: subject, width: 24}, {name: text, width: 20}, {name: price, width: 10, align: right}]}",
        {
            "a.dat": b"".join(
                fb(r["id"], 8) + fb(r["opened"], 16) + fb(r["status"], 6) + fb(r["subject"], 24) + fb(r["text"], 20) + r["price"].rjust(10).encode() for r in T
            )
        },
        T,
    )
    # 6 JSON nested, path to the records
    T = rows(40, 6, texts=TX)
    add(
        "jnest",
        "{type: json, records: data.tickets}",
        {
            "a.json": json.dumps(
                {
                    "meta": {"n": 40, "tickets": [1, 2]},
                    "data": {
                        "page": 1,
                        "tickets": [
                            dict(
                                id=r["id"],
                                opened=r["opened"],
                                state={"name": r["status"]},
                                subject=r["subject"],
                                body=[{"t": r["text"]}],
                                price=float(r["price"]),
                            )
                            for r in T
                        ],
                        "z": [],
                    },
                },
                ensure_ascii=False,
                indent=1,
            )
        },
        T,
        c={"status": "state.name", "text": "body[0].t"},
    )
    # 7 JSON lines, escapes
    T = rows(40, 7, texts=TX)
    add("jlines", "{type: jsonl}", {"a.jsonl": "".join(json.dumps(r) + "\n" + ("\n" if i % 9 == 0 else "") for i, r in enumerate(T))}, T)
    # 8 XML with namespaces, CDATA, entities
    T = rows(40, 8, texts=TX)
    e = lambda t: t.replace("&", "&amp;").replace("<", "&lt;").replace("\n", "&#10;").replace("\t", "&#9;")
    x = (
        '<?xml version="1.0" encoding="ISO-8859-15"?>\n<e:export xmlns:e="urn:exp" xmlns="urn:tick"><e:head><ticket nr="falsch"/></e:head><e:list>'
        + "".join(
            f'<ticket nr="{r["id"]}"><o>{r["opened"]}</o><st code="{r["status"]}"/><subj>{e(r["subject"])}</subj><body><![CDATA[{r["text"]}]]></body><p>{r["price"]}</p></ticket>'
            for r in T
        )
        + "</e:list></e:export>"
    )
    add(
        "xmlns",
        '{type: xml, records: "x:export/x:list/t:ticket", namespaces: {x: "urn:exp", t: "urn:tick"}}',
        {"a.xml": x.encode("iso-8859-15", "xmlcharrefreplace")},
        T,
        c={"id": "@nr", "opened": "t:o", "status": "t:st.@code", "subject": "t:subj", "text": "t:body", "price": "t:p"},
    )
    # 9 workbook: second sheet, header row 3, 1904, formula, numbers as text, rich text
    T = rows(40, 9, texts=[x for x in TX if "\t" not in x and not x.startswith("0")])
    wb = xlsx(
        {
            "Deckblatt": [["bitte", "umblättern"]],
            "Fälle": [["Bericht"], None, COLS]
            + [
                [
                    r["id"],
                    ("d", serial(r["opened"], True)),
                    r["status"],
                    ("inline", r["subject"]) if i % 2 else r["subject"],
                    ("f", "A1&B1", r["text"]),
                    ("n", r["price"]) if i % 3 else r["price"],
                ]
                for i, r in enumerate(T)
            ]
            + [["Summe", None, None, None, None, ("n", 1)]],
        },
        True,
    )
    add("xl1904", "{type: excel, sheet: Fälle, header_row: 3, stop_at: ^Summe}", {"a.xlsx": wb}, T)
    # 10 mysqldump
    T = rows(40, 10, texts=TX)
    d = "-- MySQL dump 10.13  Distrib 8.0.36, for Linux (x86_64)\n--\n/*!40101 SET NAMES utf8mb4 */;\nDROP TABLE IF EXISTS `other`;\nCREATE TABLE `other` (\n  `id` int NOT NULL\n);\nINSERT INTO `other` VALUES (1),(2);\nDROP TABLE IF EXISTS `tickets`;\nCREATE TABLE `tickets` (\n  `id` varchar(20) NOT NULL,\n  `opened` datetime DEFAULT NULL,\n  `status` enum('New','Open','Done') DEFAULT 'New',\n  `subject` text,\n  `text` longtext,\n  `price` decimal(10,2) DEFAULT NULL,\n  `blob_` blob,\n  PRIMARY KEY (`id`),\n  KEY `k` (`opened`)\n) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;\nLOCK TABLES `tickets` WRITE;\n"
    for k in range(0, 40, 13):
        d += (
            "INSERT INTO `tickets` VALUES "
            + ",".join(
                "("
                + ",".join([myq(r["id"]), myq(r["opened"] + ":00"), myq(r["status"]), myq(r["subject"]), myq(r["text"]), r["price"], "_binary '\\0x'"])
                + ")"
                for r in T[k : k + 13]
            )
            + ";\n"
        )
    d += "UNLOCK TABLES;\n-- Dump completed on 2026-11-28  1:00:00\n"
    add("mydump", "{type: sqldump, table: tickets}", {"a.sql": d}, T)
    # 11 pg_dump, the real one
    T = rows(40, 11, texts=TX)
    sql = (
        'drop table if exists t1; create table t1(id text primary key, opened timestamp, status text, subject text, "text" text, price numeric(10,2));\n'
        + "".join("insert into t1 values(" + ",".join("'" + r[c].replace("'", "''") + "'" for c in COLS) + ");\n" for r in T)
    )
    psql(sql)
    binf, uri = pguri()
    dump = subprocess.run([binf + "/pg_dump", uri, "-t", "t1"], capture_output=True)
    (LOG / "pgdump.log").write_bytes(dump.stderr)
    add("pgdump", "{type: sqldump, table: t1}", {"a.sql": dump.stdout}, T)
    # 12 maildir: a conversation is a case
    S["mail"] = None
    conv = 12
    for i in range(conv):
        for j in range(1 + i % 3):
            m = email.message.EmailMessage(policy=email.policy.SMTP)
            m["From"] = f"Kunde Größe{i} <k{i}@example.org>" if j % 2 == 0 else "Hilfe <hilfe@example.com>"
            m["To"] = "hilfe@example.com"
            m["Subject"] = ("" if j == 0 else "Re: ") + f"Gerät {i} summt – 漢字"
            m["Date"] = email.utils.format_datetime(datetime.datetime(2026, 9, 3, 8 + j, i, tzinfo=datetime.timezone(datetime.timedelta(hours=2))))
            m["Message-ID"] = f"<m{i}.{j}@example.org>"
            if j:
                m["In-Reply-To"] = f"<m{i}.{j-1}@example.org>"
                m["References"] = " ".join(f"<m{i}.{k}@example.org>" for k in range(j))
            m.set_content(f"Körper {i}.{j}\n> zitiert\n", charset="utf-8" if i % 2 else "iso-8859-1")
            if i % 4 == 0 and j == 0:
                m.add_alternative(f"<p>K&ouml;rper {i}.{j}</p>", subtype="html")
                m.add_attachment(b"x" * 777, maintype="image", subtype="png", filename="bild.png")
            R.put(f"mail/cur/{1000+i*10+j}.host:2,S", m.as_bytes())
    R.put(
        "mail.yaml",
        """source: mail
format: {type: mail, quoted: drop}
time_zone: Etc/UTC
fold: {by: thread, order: date}
key: thread
updated: date
fields:
  subject: events[0].subject
  opened: events[0].date
  customer.emails: events[0].from.address
  description: events[0].body
  messages: {each: events, fields: {at: date, body: body}}
  attachments: {each: "events[*].attachments[*]", fields: {file_name: name, media_type: type, size_bytes: size}}
custom_fields:
  nr: {from: "events[0].message_id", class: technical}
""",
    )
    out.append(src("mail.yaml", "mail/cur/*"))
    # 13 gz   14 zip with members   15 globs over folders
    T = rows(40, 13)
    add("gz", '{type: delimited, delimiter: ","}', {"a.csv.gz": gzip.compress(csvt(T, ",").encode())}, T)
    T = rows(60, 14)
    zb = io.BytesIO()
    z = zipfile.ZipFile(zb, "w", zipfile.ZIP_DEFLATED)
    z.writestr("x/one.csv", csvt(T[:30], ","))
    z.writestr("two.csv", csvt(T[30:], ","))
    z.writestr("readme.txt", "nichts")
    z.close()
    add("zip", '{type: delimited, delimiter: ","}', {"a.zip": zb.getvalue()}, T, more='    entries: "*.csv"\n')
    T = rows(60, 15)
    add(
        "glob",
        '{type: delimited, delimiter: ","}',
        {
            "2026/09/a-1.csv": csvt(T[:20], ","),
            "2026/10/a-2.csv": csvt(T[20:40], ","),
            "a-3.csv": csvt(T[40:], ","),
            "2026/10/b.txt": "nope",
            "a-4.csv.part": "id\n",
        },
        T,
        files="glob/**/a-*.csv",
    )
    R.sources("\n".join(out))
    n = R.sync(ok=(0, 6))
    STATE.update(R=R, S=S, n=n, pre=pre_of(R), hub=hub_of(R))
    return STATE
