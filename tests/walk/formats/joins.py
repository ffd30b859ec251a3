"""Joins, folds and snapshots: side files, event logs over several files, cases that vanished."""

import datetime
import json
import os
import random

from .base import Region, eq, get, has, part
from .cases import ST, WORDS, custom, hub_of, index, mapping, number, rows, src, verify
from .dialects import TX, csvt


@part("4 join tickets users comments")
def join_tickets_users_comments():
    R = Region("JOIN", src("m.yaml", "in/tickets*.jsonl"), part="join")
    r = random.Random(4)
    T = rows(300, 41, texts=TX)
    users = [dict(id=str(k), name=f"Frau Muster{k}", mail=f"u{k}@example.org", role="kunde" if k % 5 else "agent") for k in range(1, 61)]
    for t in T:
        t["user"] = r.choice(users)["id"]
    T[7]["user"] = "999"
    T[8]["user"] = "998"
    T[9]["user"] = None
    com = []
    for k in range(900):
        com.append(
            dict(
                nr=k,
                ticket=r.choice(T)["id"],
                at=(datetime.datetime(2026, 10, 1) + datetime.timedelta(minutes=r.randint(0, 9999))).isoformat(),
                text=f'Wort {k}; "q"',
                art="ö" if k % 3 else "i",
            )
        )
    R.put("in/tickets-1.jsonl", "".join(json.dumps(dict(t, user=int(t["user"]) if t["user"] else None), ensure_ascii=False) + "\n" for t in T))
    R.put("in/users.csv", "id;name;mail;role\n" + "".join(f"{u['id']};{u['name']};{u['mail']};{u['role']}\n" for u in users))
    R.put("in/comments.json", json.dumps({"c": com}, ensure_ascii=False))
    R.put(
        "m.yaml",
        mapping(
            "joined",
            "{type: jsonl}",
            top="""join:
  - {as: requester, files: users.csv, format: {type: delimited, delimiter: ";"}, key: id, on: user, missing: reject}
  - {as: comments, files: comments.json, format: {type: json, records: c}, key: ticket, on: id, many: true, order: at, where: {from: art, equals: ö}}
""",
            fields="  customer.name: requester.name\n  messages: {each: comments, fields: {body: text, at: at}}\n",
        ),
    )
    n = R.sync(ok=(0, 6))
    d = n.nums()
    eq("quarantined (2 users unknown)", d["quarantined"], 2)
    ok = [t for t in T if t["user"] not in ("998", "999")]
    verify(R, ok, "joined")
    for c in R.preview():
        t = next(x for x in T if x["id"] == number(c))
        u = next((x for x in users if x["id"] == t["user"]), None)
        eq("name", get(c, "customer.name"), u["name"] if u else None)
        w = [x["text"] for x in sorted((x for x in com if x["ticket"] == t["id"] and x["art"] == "ö"), key=lambda x: (x["at"], x["nr"]))]
        eq("messages of " + t["id"], [get(m, "body") for m in c.get("messages", [])], w)
    # a comment more, a name changed: exactly those cases travel again
    com.append(dict(nr=900, ticket=T[50]["id"], at="2026-11-20T00:00:00", text="neu", art="ö"))
    R.put("in/comments.json", json.dumps({"c": com}, ensure_ascii=False))
    n = R.sync()
    d = n.nums()
    eq("after one more comment", (d["new"], d["changed"]), (0, 1))
    # the comments' file cut at a record's end: told
    R.put("in/comments.json", json.dumps({"c": com[:450]}, ensure_ascii=False))
    rc, out, err = R.agent("drift")
    has("drift tells of the cut side file", out + err, r"doubtful", r"join 'comments'")
    eq("drift rc", rc, 7)
    return f'298 cases with names and {sum(1 for x in com if x["art"] == "ö")} comments in order, 2 without user in quarantine; one comment more changed 1 case; cut comments told (drift 7)'


@part("4 fold event log over two files")
def fold_event_log_over_two_files():
    R = Region("FOLD", src("m.yaml", "in/log*.csv"), part="join")
    r = random.Random(5)
    ev = []
    truth = {}
    for i in range(1, 151):
        s = ["New", "Open", "Open", "Done"][: r.randint(1, 4)]
        for k, x in enumerate(s):
            ev.append((f"E-{i:04}", f"2026-10-{1+i%28:02} {8+k:02}:{i%60:02}", x, f"Schritt {k} von {i}"))
        truth[f"E-{i:04}"] = s
    r.shuffle(ev)
    h = len(ev) // 2
    f = lambda l: "nr,at,state,note\n" + "".join(",".join(x) + "\n" for x in l)
    R.put("in/log2.csv", f(ev[:h]))
    R.put("in/log1.csv", f(ev[h:]))
    R.put(
        "m.yaml",
        """source: ev
format: {type: delimited}
time_zone: Europe/Berlin
fold: {by: nr, order: {from: at, format: "yyyy-MM-dd HH:mm"}}
key: nr
fields:
  case_number: nr
  kind: {const: inquiry}
  opened: {from: "events[0].at", format: "yyyy-MM-dd HH:mm"}
  status: {from: state, values: {New: new, Open: open, Done: closed}}
  subject: note
  status_history: {each: events, distinct: status, fields: {status: {from: state, values: {New: new, Open: open, Done: closed}}, at: {from: at, format: "yyyy-MM-dd HH:mm"}}}
custom_fields: {nr: {from: nr, class: technical, type: integer, pattern: '(\\d+)$'}}
""",
    )
    n = R.sync()
    d = n.nums()
    eq("rows", (d["cases"], d["folded"], d["new"]), (150, len(ev) - 150, 150))

    def chk():
        hh = index(hub_of(R)["ev"], lambda c: f"E-{int(custom(c, 'nr')):04}", "hub")
        eq("cases", len(hh), 150)
        for k, s in truth.items():
            eq("status " + k, hh[k]["status"], ST[WORDS[s[-1]]])
            u = [x for j, x in enumerate(s) if j == 0 or s[j - 1] != x]
            eq("history " + k, [x["status"] for x in hh[k]["status_history"]], [ST[WORDS[x]] for x in u])

    chk()
    k = "E-0005"
    truth[k] = truth[k] + ["New"]
    (R.dir / "in/log3.csv").write_text(f([(k, "2026-11-20 10:00", "New", "wieder auf")]))
    n = R.sync()
    d = n.nums()
    eq("third file", (d["new"], d["changed"]), (0, 1))
    chk()
    os.remove(R.dir / "in/log1.csv")
    (R.dir / "in/log4.csv").write_text(f([("E-0006", "2026-11-21 10:00", "New", "x")]))
    n = R.sync(ok=(0, 1, 6))
    hh = hub_of(R)["ev"]
    eq("an earlier file is gone: cases at hub", len(hh), 150)
    lost = {e[0] for e in ev[h:]}
    want = 1 if "E-0006" in lost else 0
    eq("E-0006 waits as incomplete", sum(1 for x in R.rejects() if x.get("reason") == "incomplete-case"), want)
    return f"{len(ev)} events = 150 cases + {len(ev)-150} folded, histories equal; a later file changed 1; a file gone: nothing lost at the hub"


@part("4 snapshot: vanished, held, released, truncated")
def snapshot_vanished_held_released_truncated():
    R = Region("SNAP", src("m.yaml", "in/*.csv", "    snapshot: true\n"), part="join")
    T = rows(1000, 42)
    R.put("m.yaml", mapping("snap", "{type: delimited, end: line}"))
    w = lambda l: R.put("in/a.csv", csvt(l, ","))
    w(T)
    n = R.sync()
    eq("first", n.nums()["new"], 1000)
    T1 = T[:300] + T[315:]
    w(T1)
    n = R.sync()
    eq("15 vanished (1.5 %)", n.nums()["gone"], 15)
    eq("hub", len(R.cases()), 985)
    T2 = T1[:500] + T1[600:]
    w(T2)
    n = R.sync(ok=(0, 1, 6))
    eq("100 vanished: gone", n.nums()["gone"], 0)
    has("held", n.out + n.err, r"held: 100 of 985 cases vanished", r"vanished release")
    eq("hub still", len(R.cases()), 985)
    hr = n.rc
    R.agent("vanished", "release", "snap", ok=0)
    n = R.sync()
    eq("released: gone", n.nums()["gone"], 100)
    eq("hub", len(R.cases()), 885)
    full = csvt(T2, ",")
    R.put("in/a.csv", full[: len(full) * 995 // 1000])
    n = R.sync(ok=(0, 1, 6))
    eq("truncated by 0.5 %: gone", n.nums().get("gone", 0), 0)
    has("told", n.out + n.err, r"no case is taken for vanished|cut-off")
    eq("hub", len(R.cases()), 885)
    w([])
    n = R.sync(ok=(0, 1, 6))
    eq("empty export: gone", n.nums().get("gone", 0), 0)
    eq("hub", len(R.cases()), 885)
    w(T2)
    n = R.sync()
    eq("whole again", (n.nums()["new"], n.nums()["changed"], n.nums()["gone"]), (0, 0, 0))
    os.remove(R.dir / "in/a.csv")
    n = R.sync(ok=(0, 1, 6))
    eq("no file: gone", n.nums().get("gone", 0), 0)
    eq("hub", len(R.cases()), 885)
    nof = n.rc
    return f"15 gone; 100 held (exit {hr}) until released by one command, then gone; cut, empty and missing exports deleted nothing (missing: exit {nof})"
