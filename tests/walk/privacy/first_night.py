"""Three regions with known persons, and their first night: which form each class of data has at headquarters."""

import collections
import os
import shutil
import time

from .core import BULK, CLUSTER, EXAMPLES, KNOWN, LOG, COUNTS, DATABASE, STATE, agent, cases, form, hub, psql, publish, sh, start_hub, sync, write, want
from .exports import build


def three_regions_are_enrolled():
    shutil.rmtree(STATE, ignore_errors=True)
    os.makedirs(LOG)
    os.makedirs(STATE + "/hub/policies")
    KNOWN["libpq"] = sh(CLUSTER, "url", "--libpq", "--dir", DATABASE, ok=0).stdout.strip()
    psql("drop database if exists walk with (force)", "postgres")
    psql("create database walk encoding 'UTF8' template template0", "postgres")
    write(STATE + "/hub/database.txt", sh(CLUSTER, "url", "--dir", DATABASE, ok=0).stdout.strip().replace("Database=postgres", "Database=walk"))
    os.chmod(STATE + "/hub/database.txt", 0o600)
    write(
        STATE + "/hub/hub.yaml",
        'country: JP\nentity: Example Holdings K.K.\ndatabase: {connection_file: database.txt}\ngrpc: {listen: "127.0.0.1:0", host_names: [localhost, 127.0.0.1]}\nweb: {listen: "127.0.0.1:0"}\n',
    )
    shutil.copy(EXAMPLES + "/hub.yaml", STATE + "/hub/policies/")
    KNOWN["truth"] = build(STATE, BULK)
    hub("migrate", ok=0)
    publish("first version")
    start_hub()
    hub("dictionary", "import", "--starter", "--note", "starter", ok=0)
    for r, c, t in (("DE", "DE", "Dortmund"), ("JP", "JP", "Nagoya"), ("BR", "BR", "Recife")):
        write(
            f"{STATE}/{r.lower()}/agent.yaml",
            f'region: {r}\ncentre: {t}\ncountry: {c}\nhub: https://{KNOWN["grpc"]}\nsources:\n  - mapping: mapping.yaml\n    files: inbox/*.csv\n    settle: 0\n',
        )
        tok = hub("region", "add", r, "--centre", t, "--country", c, "--token", ok=0).stdout.split()[-1]
        agent(r.lower(), "enrol", "--token", tok, ok=0)
    return f'{len(KNOWN["truth"])} cases of {len(set((t["region"],t["person"]) for t in KNOWN["truth"].values()))} persons in 3 regions'


def first_night_has_the_forms_of_the_packs():
    fig = []
    for r in ("de", "jp", "br"):
        sync(r, 0, "--report", f"{STATE}/{r}/night.json")
    KNOWN["v1"] = cases()
    bycc = collections.Counter(c["case"]["customer_country"] for c in KNOWN["v1"])
    # what was too old is refused at the door: truth from the packs' retention (closed: EEA 3y, JP 5y, BR 2y, CL with DE: shortest of both; open: by updated 6/7/5y)
    exp = collections.Counter()
    for k, t in KNOWN["truth"].items():
        if t["Country"] == "CL":
            lim = (2, 5)
        else:
            lim = {"DE": (3, 6), "JP": (5, 7), "BR": (2, 5)}[t["Country"]]
        age = (time.time() - time.mktime(time.strptime(t["row"]["Updated"][:10], "%Y-%m-%d"))) / 86400 / 365.25
        if age < (lim[0] if t["row"]["Status"] == "closed" else lim[1]):
            exp[t["Country"]] += 1
    want("stored by country", dict(exp), dict(bycc))
    COUNTS["stored"] = len(KNOWN["v1"])
    # forms of each class of each case against the packs, as one reads them in YAML
    P = "pseudonym"
    A = "absent"
    g = "generalized"
    CLNEW = dict(
        name=A,
        emails=P,
        phones=g,
        lines=A,
        locality=A,
        postcode=g,
        birth_date=g,
        gender=A,
        national=A,
        number=P,
        case_number=P,
        serial=g,
        organisation=A,
        handles=A,
        payments=A,
        ip=A,
        coordinates=g,
        age_note=A,
        purchased=g,
        agent=A,
    )
    F = {
        "DE": dict(
            name=A,
            emails=P,
            phones=g,
            lines=A,
            locality="clear",
            postcode=g,
            birth_date=g,
            gender="clear",
            national=A,
            number=P,
            case_number=P,
            serial="clear",
            organisation=P,
            handles=A,
            payments=A,
            ip=A,
            coordinates=g,
            age_note=A,
            purchased=g,
            agent=A,
        ),
        "CL": CLNEW
        if time.strftime("%Y-%m-%d") >= "2026-12-01"
        else dict(
            name=A,
            emails=P,
            phones=A,
            lines=A,
            locality=A,
            postcode=A,
            birth_date=A,
            gender=A,
            national=A,
            number=P,
            case_number=P,
            serial=g,
            organisation=A,
            handles=A,
            payments=A,
            ip=A,
            coordinates=A,
            age_note=A,
            purchased=g,
            agent=A,
        ),
        "BR": dict(
            name=A,
            emails=P,
            phones=g,
            lines=A,
            locality=A,
            postcode=g,
            birth_date=g,
            gender=A,
            national=A,
            number=P,
            case_number=P,
            serial=g,
            organisation=A,
            handles=A,
            payments=A,
            ip=A,
            coordinates=g,
            age_note=A,
            purchased=g,
            agent=A,
        ),
        "JP": dict(
            name="masked",
            emails=P,
            phones=g,
            lines=A,
            locality="clear",
            postcode=g,
            birth_date=g,
            gender="clear",
            national=A,
            number=P,
            case_number="clear",
            serial="clear",
            organisation=A,
            handles=A,
            payments=A,
            ip=g,
            coordinates=g,
            age_note=A,
            purchased=g,
            agent=A,
        ),
    }
    bad = collections.Counter()
    n = 0

    def first(l):
        return l[0] if l else None

    for c in KNOWN["v1"]:
        k = c["case"]
        cu = k.get("customer", {})
        ad = first(cu.get("addresses", [])) or {}
        got = dict(
            name=form(cu.get("name")),
            emails=form(first(cu.get("emails"))),
            phones=form(first(cu.get("phones"))),
            lines=form(first(ad.get("lines"))),
            locality=form(ad.get("locality")),
            postcode=form(ad.get("postcode")),
            birth_date=form(cu.get("birth_date")),
            gender=form(cu.get("gender")),
            national=form((first(cu.get("national_ids")) or {}).get("value")),
            number=form(cu.get("number")),
            case_number=form(k.get("case_number")),
            serial=form(k.get("product", {}).get("serial")),
            organisation=form(cu.get("organisation")),
            handles=form(first(cu.get("handles"))),
            payments=form(first(cu.get("payments"))),
            ip=form(first(cu.get("ip_addresses"))),
            coordinates=form(cu.get("coordinates")),
            age_note=form(cu.get("age_note")),
            purchased=form(k.get("product", {}).get("purchased_on")),
            agent=form(k.get("agent", {}).get("name")),
        )
        for f, x in F[k["customer_country"]].items():
            n += 1
            if got[f] != x:
                bad[(k["customer_country"], f, x, got[f])] += 1
        for cf in k.get("custom_fields", []):
            if cf.get("text"):
                bad[(k["customer_country"], cf["name"], "absent", form(cf["text"]))] += 1
    want("forms that differ from the packs", {}, dict(bad))
    return f'{len(KNOWN["v1"])} cases stored ({dict(bycc)}), {n} forms as the packs say, old ones refused at the door'
