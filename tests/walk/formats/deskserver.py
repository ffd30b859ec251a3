"""A help desk in the cloud that pages, throttles, cuts and lies, in the shape of several vendors."""

import base64
import datetime
import http.server
import json
import threading
import time
import urllib.parse


def iso(t):
    return t.strftime("%Y-%m-%dT%H:%M:%SZ")


class Desk:
    def __init__(s, kind, n=25):
        s.kind, s.n, s.lock, s.hits, s.log, s.faults, s.extra = kind, n, threading.Lock(), 0, [], {}, None
        s.t = [
            dict(
                i=i,
                upd=datetime.datetime(2026, 11, 1, 8, tzinfo=datetime.timezone.utc) + datetime.timedelta(hours=i),
                subj=f"Gerät {i} summt",
                st=i % 3,
                com=i % 4,
            )
            for i in range(1, n + 1)
        ]
        # three of the same second, over the end of a page
        for i in (9, 10, 11):
            s.t[i - 1]["upd"] = s.t[8]["upd"]
        d = s

        class H(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *a):
                pass

            def do_GET(self):
                u = urllib.parse.urlsplit(self.path)
                q = dict(urllib.parse.parse_qsl(u.query, keep_blank_values=True))
                with d.lock:
                    d.hits += 1
                    h = d.hits
                    d.log.append((time.time(), h, self.path, d.faults.get(h)))
                f = d.faults.get(h)
                if f == "429":
                    return self.say(429, {"error": "slow"}, {"Retry-After": "2"})
                if f == "503":
                    return self.say(503, {"error": "busy"}, {"Retry-After": "1"})
                if f == "500":
                    return self.say(500, {"error": "boom"})
                if not d.auth(self.headers):
                    return self.say(401, {"error": "who"})
                try:
                    r = d.answer(u.path, q)
                except Exception as x:
                    return self.say(500, {"error": repr(x)})
                if r is None:
                    return self.say(404, {"error": "none " + u.path})
                body, hd = r if isinstance(r, tuple) else (r, {})
                self.say(200, body, hd, cut=f == "cut")

            def say(self, code, body, hd={}, cut=False):
                b = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
                self.send_response(code)
                self.send_header("Content-Type", "text/html" if b.startswith(b"<") else "application/json")
                self.send_header("Content-Length", str(len(b)))
                for k, v in hd.items():
                    self.send_header(k, v)
                self.end_headers()
                if cut:
                    self.wfile.write(b[: len(b) // 2])
                    self.wfile.flush()
                    self.close_connection = True
                    self.connection.close()
                    return
                self.wfile.write(b)

        s.srv = http.server.ThreadingHTTPServer(("127.0.0.1", 0), H)
        s.url = f"http://127.0.0.1:{s.srv.server_port}"
        threading.Thread(target=s.srv.serve_forever, daemon=True).start()

    def auth(s, h):
        a = h.get("Authorization", "")
        if s.kind in ("hubspot", "loop", "html", "evil"):
            return a == "Bearer geheim" or s.kind != "hubspot"
        u, p = base64.b64decode(a[6:]).decode().split(":", 1) if a.startswith("Basic ") else ("", "")
        return (u, p) == {
            "zendesk": ("ich@example.com/token", "geheim"),
            "freshdesk": ("geheim", "X"),
            "servicenow": ("ich", "geheim"),
            "jira": ("ich@example.com", "geheim"),
        }[s.kind]

    def sorted(s):
        return sorted(s.t, key=lambda x: (x["upd"], x["i"]))

    def answer(s, p, q):
        return getattr(s, s.kind)(p, q)

    # zendesk: incremental by cursor
    def zendesk(s, p, q):
        if p.endswith("/comments.json"):
            i = int(p.split("/")[-2])
            t = s.t[i - 1]
            size = 2
            a = int(q.get("page[after]", 0))
            c = [
                dict(
                    id=i * 100 + k,
                    type="Comment",
                    author_id=1000 + i if k % 2 == 0 else 2,
                    body=f"Wort {i}.{k}",
                    plain_body=f"Wort {i}.{k}",
                    public=k % 2 == 0,
                    attachments=[],
                    created_at=iso(t["upd"]),
                )
                for k in range(t["com"])
            ]
            more = a + size < len(c)
            return dict(
                comments=c[a : a + size],
                users=[dict(id=1000 + i, name=f"Kunde {i}", role="end-user", email=f"k{i}@example.org"), dict(id=2, name="Agent Zwei", role="agent")],
                meta={"has_more": more},
                links={"next": s.url + p + f"?include=users&page%5Bsize%5D=2&page%5Bafter%5D={a+size}" if more else None},
            )
        if not p.endswith("/incremental/tickets/cursor.json"):
            return None
        l = s.sorted()
        if "cursor" in q:
            at = int(base64.b64decode(q["cursor"]).decode())
        else:
            st = int(q["start_time"])
            at = sum(1 for t in l if t["upd"].timestamp() < st)
        pg = l[at : at + 10]
        end = at + 10 >= len(l)
        cur = base64.b64encode(str(at + len(pg)).encode()).decode()
        stat = ["new", "open", "solved"]
        return dict(
            tickets=[
                dict(
                    id=t["i"],
                    subject=t["subj"],
                    raw_subject=t["subj"],
                    description="erste",
                    status=stat[t["st"]],
                    priority="high",
                    type="problem",
                    requester_id=1000 + t["i"],
                    assignee_id=2,
                    group_id=5,
                    organization_id=None,
                    brand_id=7,
                    tags=["a"],
                    via={"channel": "web"},
                    created_at=iso(t["upd"]),
                    updated_at=iso(t["upd"]),
                    satisfaction_rating={"score": "good"},
                    custom_fields=[{"id": 360003, "value": f'SN{t["i"]}'}],
                    generated_timestamp=int(t["upd"].timestamp()),
                )
                for t in pg
            ],
            users=[dict(id=1000 + t["i"], name=f'Kunde {t["i"]}', email=f'k{t["i"]}@example.org', role="end-user") for t in pg]
            + [dict(id=2, name="Agent Zwei", role="agent")],
            groups=[dict(id=5, name="Technik")],
            organizations=[],
            brands=[dict(id=7, name="Marke")],
            metric_sets=[],
            after_cursor=cur,
            after_url=f"{s.url}/api/v2/incremental/tickets/cursor.json?cursor={urllib.parse.quote(cur)}",
            before_url=None,
            end_of_stream=end,
        )

    # freshdesk: pages of ten, updated_since
    def freshdesk(s, p, q):
        if p.endswith("/conversations"):
            i = int(p.split("/")[-2])
            t = s.t[i - 1]
            a = int(q.get("page", 1))
            c = [
                dict(
                    id=i * 100 + k,
                    body_text=f"Wort {i}.{k}",
                    body=f"<p>Wort {i}.{k}</p>",
                    incoming=k % 2 == 0,
                    private=False,
                    user_id=3,
                    created_at=iso(t["upd"]),
                )
                for k in range(t["com"])
            ]
            pg = c[(a - 1) * 2 : a * 2]
            return (pg, {"Link": f'<{s.url}{p}?per_page=100&page={a+1}>; rel="next"'} if a * 2 < len(c) else {})
        if p != "/api/v2/tickets":
            return None
        since = datetime.datetime.fromisoformat(q["updated_since"].replace("Z", "+00:00"))
        since = since if since.tzinfo else since.replace(tzinfo=datetime.timezone.utc)
        l = [t for t in s.sorted() if t["upd"] >= since]
        a = int(q.get("page", 1))
        pg = l[(a - 1) * 10 : a * 10]
        return [
            dict(
                id=t["i"],
                subject=t["subj"],
                description_text="erste",
                description="<p>erste</p>",
                status=[2, 3, 5][t["st"]],
                priority=4,
                source=2,
                type="Problem",
                requester_id=1000 + t["i"],
                requester=dict(id=1000 + t["i"], name=f'Kunde {t["i"]}', email=f'k{t["i"]}@example.org'),
                stats=dict(closed_at=iso(t["upd"]) if t["st"] == 2 else None, resolved_at=None),
                tags=["a"],
                spam=False,
                created_at=iso(t["upd"]),
                updated_at=iso(t["upd"]),
                due_by=iso(t["upd"]),
                is_escalated=False,
                custom_fields={},
            )
            for t in pg
        ], {"X-RateLimit-Remaining": "100"}

    # servicenow
    def servicenow(s, p, q):
        f = lambda t: t.strftime("%Y-%m-%d %H:%M:%S")
        if p.endswith("/sys_journal_field"):
            i = int(q["sysparm_query"].split("^")[0].split("=")[1][-4:])
            t = s.t[i - 1]
            o = int(q.get("sysparm_offset", 0))
            return {
                "result": [
                    dict(element="comments" if k % 2 == 0 else "work_notes", value=f"Wort {i}.{k}", sys_created_on=f(t["upd"]), sys_created_by="agent")
                    for k in range(t["com"])
                ][o : o + 2]
            }
        if "/sys_user/" in p:
            return {"result": dict(name="Kunde " + p[-4:], email="k@example.org", phone="")}
        if not p.endswith("/table/incident"):
            return None
        w = q["sysparm_query"].split("^")
        since = datetime.datetime.strptime(w[0].split(">=")[1], "%Y-%m-%d %H:%M:%S").replace(tzinfo=datetime.timezone.utc)
        l = [t for t in s.t if t["upd"] >= since]
        o = int(q.get("sysparm_offset", 0))
        pg = l[o : o + 10]
        return {
            "result": [
                dict(
                    number=f'INC{t["i"]:07}',
                    sys_id=f'{"a"*28}{t["i"]:04}',
                    state=["1", "2", "7"][t["st"]],
                    hold_reason="",
                    priority="3",
                    severity="3",
                    short_description=t["subj"],
                    description="erste",
                    opened_at=f(t["upd"]),
                    sys_created_on=f(t["upd"]),
                    sys_updated_on=f(t["upd"]),
                    closed_at=f(t["upd"]) if t["st"] == 2 else "",
                    resolved_at="",
                    caller_id={"link": "x", "value": f'{"c"*28}{t["i"]:04}'},
                    assigned_to="",
                    contact_type="phone",
                    category="hw",
                    subcategory="",
                    impact="2",
                    urgency="2",
                    comments="",
                    work_notes="",
                    close_notes="",
                    close_code="",
                )
                for t in pg
            ]
        }

    # jira
    def jira(s, p, q):
        if p != "/rest/api/3/search/jql":
            return None
        j = q["jql"]
        since = datetime.datetime.strptime(j.split('"')[1], "%Y/%m/%d %H:%M").replace(tzinfo=datetime.timezone.utc)
        l = [t for t in s.t if t["upd"] >= since]
        o = int(q.get("nextPageToken", "0"))
        pg = l[o : o + 10]
        last = o + 10 >= len(l)
        adf = lambda x: {"type": "doc", "version": 1, "content": [{"type": "paragraph", "content": [{"type": "text", "text": x}]}]}
        f = lambda t: t.strftime("%Y-%m-%dT%H:%M:%S.000+0000")
        r = {
            "issues": [
                dict(
                    id=str(10000 + t["i"]),
                    key=f'HD-{t["i"]}',
                    fields=dict(
                        summary=t["subj"],
                        description=adf("erste"),
                        status={
                            "name": ["Offen", "Waiting for customer", "Fertig"][t["st"]],
                            "statusCategory": {"key": ["new", "indeterminate", "done"][t["st"]]},
                        },
                        priority={"name": "High"},
                        issuetype={"name": "Incident"},
                        project={"key": "HD"},
                        reporter={"accountId": f'u{t["i"]}', "displayName": f'Kunde {t["i"]}'},
                        assignee=None,
                        created=f(t["upd"]),
                        updated=f(t["upd"]),
                        resolutiondate=f(t["upd"]) if t["st"] == 2 else None,
                        labels=["a"],
                        resolution=None,
                        attachment=[],
                        comment={
                            "comments": [
                                dict(
                                    id=str(k),
                                    body=adf(f'Wort {t["i"]}.{k}'),
                                    created=f(t["upd"]),
                                    jsdPublic=True,
                                    author={"accountType": "customer", "displayName": "x"},
                                )
                                for k in range(t["com"])
                            ]
                        },
                    ),
                )
                for t in pg
            ],
            "isLast": last,
        }
        if not last:
            r["nextPageToken"] = str(o + 10)
        return r

    # hubspot
    def hubspot(s, p, q):
        if "/contacts/" in p:
            i = int(p.split("/")[-1]) - 1000
            return dict(id=str(1000 + i), properties=dict(firstname="Kunde", lastname=str(i), email=f"k{i}@example.org", phone=None, company=None))
        if p != "/crm/v3/objects/tickets":
            return None
        o = int(q.get("after", 0))
        pg = s.t[o : o + 10]
        r = {
            "results": [
                dict(
                    id=str(30700 + t["i"]),
                    properties=dict(
                        subject=t["subj"],
                        content="erste",
                        hs_pipeline="0",
                        hs_pipeline_stage=["1", "3", "4"][t["st"]],
                        hs_ticket_priority="HIGH",
                        hs_ticket_category=None,
                        source_type="EMAIL",
                        createdate=iso(t["upd"]),
                        hs_lastmodifieddate=iso(t["upd"]),
                        closed_date=None,
                        hubspot_owner_id="9",
                        hs_resolution=None,
                    ),
                    createdAt=iso(t["upd"]),
                    updatedAt=iso(t["upd"]),
                    archived=False,
                    associations={"contacts": {"results": [{"id": str(1000 + t["i"]), "type": "ticket_to_contact"}]}},
                )
                for t in pg
            ]
        }
        if o + 10 < len(s.t):
            r["paging"] = {"next": {"after": str(o + 10), "link": "x"}}
        return r

    # liars, for a plain http source
    def loop(s, p, q):
        return {"rows": [dict(id=1, subject="x")], "next": s.url + "/a"}

    def html(s, p, q):
        return b"<html><body>Please sign in</body></html>"

    def evil(s, p, q):
        return {"rows": [dict(id=1, subject="x")], "next": "http://127.0.0.1:9/steal"}
