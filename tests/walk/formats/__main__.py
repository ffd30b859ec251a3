"""Walks the parts that were asked for, or all of them: python3 -m formats [PART...]"""
import concurrent.futures
import importlib
import os
import signal
import sys
import time

from . import hub
from .base import PARTS, Fail, results, run_part

# The longest ones first; the parts of a module share a region and follow each other.
MODULES = "killed http_desks joins commands encodings files samples sql limits".split()


def parts_by_module(wanted):
    groups = []
    for module in MODULES:
        known = len(PARTS)
        importlib.import_module(f".{module}", __package__)
        groups.append([part for part in PARTS[known:] if not wanted or wanted & set(part[0].replace(",", " ").replace(":", " ").split())])
    return [group for group in groups if group]


def walk(groups):
    hub.prepare()
    process = hub.start()

    def ended(*_):
        hub.stop(process)
        os._exit(143)

    signal.signal(signal.SIGTERM, ended)
    try:
        with concurrent.futures.ThreadPoolExecutor(6) as pool:
            list(pool.map(lambda group: [run_part(name, show) for name, show in group], groups))
    finally:
        hub.stop(process)


def main():
    began = time.time()
    groups = parts_by_module(set(sys.argv[1:]))
    if not groups:
        print(f"No part has the number or word {' '.join(sys.argv[1:])}.")
        return 2
    try:
        walk(groups)
    except Fail as problem:
        print(f"FAILED: {problem}")
        return 1
    count = {word: sum(line.startswith(word) for _, line in results) for word in ("OK", "FAIL", "SKIP")}
    skipped = f", {count['SKIP']} SKIP" if count["SKIP"] else ""
    print(f"formats: {count['OK']} of {len(results)} parts OK, {count['FAIL']} FAIL{skipped}, {time.time() - began:.0f} s; logs in .run/walk/formats/log")
    return 1 if count["FAIL"] else 0


sys.stdout.reconfigure(line_buffering=True)
sys.exit(main())
