"""Without a sound bundle of policies nothing leaves a region."""

import os
import re
import shutil

from .core import HERE, STATE, agent, has, psql, sh, write, want


def nothing_leaves_without_a_sound_bundle():
    src = STATE + "/jp"
    x = STATE + "/jpx"
    so = STATE + "/shift.so"
    gcc = sh("gcc", "-shared", "-fPIC", "-O1", "-o", so, HERE + "/shift.c", "-ldl").returncode == 0

    def stored():
        return int(psql("select count(*) from cases where region='JP'"))

    def fresh(mut):
        shutil.rmtree(x, ignore_errors=True)
        shutil.copytree(src, x)
        b = x + "/state/identity/bundle.pb"
        d = bytearray(open(b, "rb").read())
        mut(b, d)

    def flip(at):
        def m(b, d):
            d[at] ^= 1
            open(b, "wb").write(d)

        return m

    size = os.path.getsize(src + "/state/identity/bundle.pb")
    # no way to another bundle: the hub's port is closed
    for name, m in [
        ("missing", lambda b, d: os.remove(b)),
        ("byte in the middle changed", flip(size // 2)),
        ("byte of the signature changed", flip(size - 60)),
        ("half", lambda b, d: open(b, "wb").write(d[: len(d) // 2])),
    ]:
        fresh(m)
        p = agent("jpx", "check", "--offline")
        want(f"check with bundle {name}", 4, p.returncode)
        if name in ("missing", "byte in the middle changed"):
            t = open(x + "/agent.yaml").read()
            write(x + "/agent.yaml", re.sub(r"hub: .*", "hub: https://127.0.0.1:9", t))
            p = agent("jpx", "sync", "--progress", "none", "--timeout", "2s")
            want(f"sync with bundle {name}, no hub", 3, p.returncode)
    want("cases of JP stored before its first night", 0, stored())
    if gcc:
        fresh(lambda b, d: None)
        p = agent("jpx", "check", "--offline", env=dict(LD_PRELOAD=so, WALK_SHIFT=str(50 * 86400)))
        want("check, bundle expired (clock +50 days)", 4, p.returncode)
        has("words of expiry", p.stdout + p.stderr, "expired")
        p = agent("jpx", "sync", "--progress", "none", "--timeout", "5s", env=dict(LD_PRELOAD=so, WALK_SHIFT=str(50 * 86400)))
        want("sync, bundle expired", 4, p.returncode)
        want("cases stored after it", 0, stored())
    shutil.rmtree(x)
    return "missing, cut, two bytes changed, expired by 5 days: rc 4 (3 without hub), 0 cases stored"
