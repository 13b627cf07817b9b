"""Minutes of mixed load, connections coming and going, while the server's memory is watched."""
from __future__ import annotations

import os
import random
import re
import time
from pathlib import Path

from ..bench import Bench, Scenario
from ..figures import Outcome, Plot, Series, at_most
from ..load import Request
from ..processes import BenchError, Program, memory
from ..service import BenchmarkServer
from ..sweep import check
from .chat import allowed_growth, growth

SLICE_SECONDS, READING_SECONDS = 20, 2


def _soak(bench: Bench, outcome: Outcome) -> None:
    slice_seconds = 8 if bench.profile.is_quick else SLICE_SECONDS
    slices = 2 if bench.profile.is_quick else bench.minutes * 60 // SLICE_SECONDS
    loops = len(os.sched_getaffinity(0))
    server = BenchmarkServer(bench.root, bench.work / "server.log", None, loops)
    readings: list[tuple[float, int]] = []
    answers, began = 0, time.monotonic()
    with bench.running(server.program):
        submit = Request(server.url, ("/api/ai/process",), body=bench.materials / "submit.json")
        for _ in range(slices):
            gets = _h2load(bench.work / "h2load.out", server.url, slice_seconds)
            end = time.monotonic() + slice_seconds
            while time.monotonic() < end - READING_SECONDS / 2:
                burst = bench.tools.wrk(submit, READING_SECONDS, connections=random.randrange(16, 80))
                check(outcome, "wrk", burst.failed)
                answers += burst.requests
                readings.append((time.monotonic() - began, memory(server.program.pid)))
            gets.wait(slice_seconds + 15)
            answers += _h2load_answers(outcome, bench.work / "h2load.out")
        if not server.program.is_running:
            raise BenchError("the server is gone")
    sizes = [size for _, size in readings]
    outcome.add("requests answered", answers, "", note="POSTs by wrk, GETs by h2load")
    outcome.add(
        "memory, growth of the last third", growth(sizes) / 1e6, "MB", at_most(allowed_growth(sizes) / 1e6),
        f"{sizes[-1] / 1e6:.1f} MB at the end")
    points = [(second, size / 1e6) for second, size in readings]
    outcome.plots.append(
        Plot("soak-memory", "Resident memory over time", "seconds", "MB", [Series("HTTPBenchmarkServer", points)]))


def _h2load(output: Path, url: str, seconds: int) -> Program:
    connections = random.randrange(16, 80)
    return Program(["h2load", "--h1", "-t1", f"-c{connections}", "-D", str(seconds), url + "/livez"], output=output)


def _h2load_answers(outcome: Outcome, output: Path) -> int:
    text = output.read_text()
    codes = re.search(r"^status codes: (\d+) 2xx, 0 3xx, 0 4xx, 0 5xx$", text, re.MULTILINE)
    if not codes or not re.search(r" 0 failed, 0 errored, 0 timeout$", text, re.MULTILINE):
        outcome.problems.append("h2load: requests failed or got other answers than 2xx")
        return 0
    return int(codes[1])


SCENARIOS = [
    Scenario(
        "soak", "soak", "Minutes of mixed load",
        "HTTPBenchmarkServer with one loop a core; wrk with submissions and h2load with GETs side by side, with other "
        "numbers of connections all the time", _soak, is_usual=False),
]
