"""SQL sources: cursors with an overlap, numeric cursors, snapshots, and what is told when a database is away."""

import datetime
import os
import re
import sqlite3

from .base import RUN, Region, eq, get, has, part
from .cases import hub_of, mapping, number, pre_of, rows, src, verify
from .database import lit, psql
from .dialects import TX, csvt


def walk_sql(R, put, delete, src_name):
    base = datetime.datetime(2026, 11, 1, 12, 0)
    T = rows(40, 31 if src_name == "lite" else 32, texts=TX)
    for i, r in enumerate(T):
        r["changed"] = (base + datetime.timedelta(minutes=i)).strftime("%Y-%m-%d %H:%M:%S")
    put(*T)
    n = R.sync()
    eq("first night", n.nums()["new"], 40)
    verify(R, T, src_name)
    n = R.sync()
    eq("second night", (n.nums()["new"], n.nums()["changed"]), (0, 0))
    again = n.nums()["rows"]
    new = rows(3, 33, start=800)
    hi = T[-1]["changed"]
    new[0]["changed"] = hi  # a tie
    new[1]["changed"] = (base + datetime.timedelta(minutes=39 - 10)).strftime("%Y-%m-%d %H:%M:%S")  # a late commit within 15 min
    new[2]["changed"] = (base + datetime.timedelta(minutes=60)).strftime("%Y-%m-%d %H:%M:%S")
    up = dict(T[0], status="Done" if T[0]["status"] != "Done" else "New", changed=(base + datetime.timedelta(minutes=61)).strftime("%Y-%m-%d %H:%M:%S"))
    put(up, *new)
    T[0] = up
    n = R.sync()
    eq("third night", (n.nums()["new"], n.nums()["changed"]), (3, 1))
    verify(R, T + new, src_name)
    n = R.sync()
    eq("fourth night", (n.nums()["new"], n.nums()["changed"]), (0, 0))
    return f"40 cases, then a tie, a late commit within the overlap, a new and a changed one arrived; second night read {again} rows and sent 0"


MAPX = dict(fields="  updated: changed\n")


@part("2 sql sqlite cursor and overlap")
def sql_sqlite_cursor_and_overlap():
    R = Region("SLITE", "", part="sql")
    db = R.dir / "desk.db"
    con = sqlite3.connect(db)
    con.execute("create table t(id text primary key, opened text, status text, subject text, text text, price real, changed text)")
    con.commit()

    def put(*rs):
        for r in rs:
            con.execute(
                "insert or replace into t values(?,?,?,?,?,?,?)", [r["id"], r["opened"], r["status"], r["subject"], r["text"], float(r["price"]), r["changed"]]
            )
        con.commit()

    R.put("m.yaml", mapping("lite", "{type: table}", top="updated: changed\nduplicates: latest", **MAPX))
    R.sources(
        '  - mapping: m.yaml\n    sql:\n      provider: sqlite\n      connection: "Data Source=desk.db"\n      query: "select * from t where changed >= @cursor order by changed"\n      cursor: changed\n      start: 2020-01-01\n'
    )
    return walk_sql(R, put, None, "lite")


@part("2 sql postgresql cursor and overlap")
def sql_postgresql_cursor_and_overlap():
    R = Region("SPG", "", part="sql")
    psql(
        'drop table if exists t2; create table t2(id text primary key, opened timestamp, status text, subject text, "text" text, price numeric(12,2), changed timestamp, tags text[])'
    )

    def put(*rs):
        psql(
            "".join(
                f"insert into t2 values({lit(r['id'])},{lit(r['opened'])},{lit(r['status'])},{lit(r['subject'])},{lit(r['text'])},{r['price']},{lit(r['changed'])},array['a b','c']) on conflict(id) do update set status=excluded.status, changed=excluded.changed;"
                for r in rs
            )
        )

    R.put("m.yaml", mapping("pgs", "{type: table}", top="updated: changed\nduplicates: latest", fields="  updated: changed\n  tags: tags\n"))
    con = (RUN / "pgurl").read_text().strip().replace("Database=postgres", "Database=walkdesk")
    con = re.sub("Password=[^;]*", "Password=${env:DESKPW}", con)
    os.environ["DESKPW"] = re.search("Password=([^;]*)", (RUN / "pgurl").read_text())[1]
    R.sources(
        '  - mapping: m.yaml\n    sql:\n      provider: postgresql\n      connection: "%s"\n      query: "select * from t2 where changed >= @cursor order by changed"\n      cursor: changed\n      start: 2020-01-01\n'
        % con
    )
    m = walk_sql(R, put, None, "pgs")
    c = R.preview(1)[0]
    eq("tags", [t.get("clear") for t in c.get("tags", [])], ["a b", "c"])
    return m


@part("2 sql numeric cursor, join rows folded, snapshot query")
def sql_numeric_cursor_join_rows_folded_snapshot_query():
    R = Region("SNUM", "", part="sql")
    db = R.dir / "desk.db"
    con = sqlite3.connect(db)
    con.executescript(
        "create table t(id integer primary key, opened text, status text, subject text, text text, price real); create table m(id integer primary key, t int, body text)"
    )
    T = rows(60, 34)
    for i, r in enumerate(T, 1):
        con.execute("insert into t values(?,?,?,?,?,?)", [i, r["opened"], r["status"], r["subject"], r["text"], float(r["price"])])
        r["id"] = str(i)
        for j in range(i % 4):
            con.execute("insert into m(t, body) values(?,?)", [i, f"Wort {i}.{j}"])
    con.commit()
    R.put(
        "m.yaml",
        mapping(
            "num", "{type: table}", top="fold: {by: id}", fields="  messages: {each: events, where: {from: message_id, is_null: false}, fields: {body: body}}\n"
        ),
    )
    R.put("s.yaml", mapping("snap", "{type: table}"))
    R.sources(
        """  - mapping: m.yaml
    sql:
      provider: sqlite
      connection: "Data Source=desk.db"
      query: "select t.*, m.id as message_id, m.body from t left join m on m.t = t.id where t.id >= @cursor order by t.id, m.id"
      cursor: id
      start: 0
      overlap: 10
  - mapping: s.yaml
    snapshot: {max_vanished: 50%}
    sql: {name: all, provider: sqlite, connection: "Data Source=desk.db", query: "select * from t"}
"""
    )
    n = R.sync()
    eq("first night", n.nums()["new"], 120)
    p = pre_of(R)
    verify(R, T, "num", p)
    verify(R, T, "snap", p)
    for c in p["num"]:
        eq("messages", [get(m, "body") for m in c.get("messages", [])], [f"Wort {number(c)}.{j}" for j in range(int(number(c)) % 4)])
    con.execute("delete from t where id in (3, 5, 7)")
    con.execute("insert into t values(61,'2026-11-01 10:00','New','neu 61','x',1)")
    con.commit()
    n = R.sync()
    d = n.nums()
    eq("after 3 deletions and one new", (d["new"], d["gone"]), (2, 3))
    h = hub_of(R)
    eq("hub", (len(h["num"]), len(h["snap"])), (61, 58))
    return "60 cases twice, 90 messages in order; 3 deleted rows are gone from the snapshot query, kept in the cursor query"


@part("2 sql wrong query, database away")
def sql_wrong_query_database_away():
    R = Region("SERR", "", part="sql")
    con = sqlite3.connect(R.dir / "desk.db")
    con.execute("create table t(id text)")
    con.commit()
    R.put("m.yaml", mapping("err", "{type: table}"))
    R.put("k.yaml", mapping("fine", "{type: delimited}"))
    R.put("k/a.csv", csvt(rows(10, 35), ","))
    R.sources(
        '  - mapping: m.yaml\n    sql: {provider: sqlite, connection: "Data Source=desk.db", query: "select nix from t"}\n  - mapping: m.yaml\n    sql: {name: two, provider: sqlite, connection: "Data Source=weg.db", query: "select * from t"}\n'
        + src("k.yaml", "k/*")
    )
    n = R.sync(ok=6)
    has("messages", n.out + n.err, r"nix", r"weg\.db|unable to open|cannot be opened")
    eq("sound source", len(hub_of(R).get("fine", [])), 10)
    return "exit 6, both told, the sound source arrived"
