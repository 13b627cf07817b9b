"""The HTTP server and the API by themselves, over a store that keeps nothing: HTTPBenchmarkServer."""
from __future__ import annotations

import resource
from typing import Any

from ..bench import Bench, Scenario
from ..figures import Outcome, at_least, at_most, median, median_ratio, number
from ..load import Request, Stretch
from ..processes import BenchError
from ..service import BenchmarkServer
from ..sweep import by_turns, check

DESCRIPTORS_MIN = 11_000
SLOW_HEADS, SLOW_READERS = 0.5, 0.1


def _submissions(bench: Bench, outcome: Outcome) -> None:
    server = BenchmarkServer(bench.root, bench.work / "server.log", bench.server_core)
    with bench.nginx() as nginx, bench.running(server.program):
        subjects = {
            "nginx": Request(nginx.url, ("/",)),
            "POST": Request(server.url, ("/api/ai/process",), body=bench.materials / "submit.json"),
        }
        rates = by_turns(bench, outcome, subjects)
    share = median_ratio(rates["POST"], rates["nginx"])
    note = f"{number(median(rates['POST']))} requests/s"
    outcome.add("POST not stored, share of nginx", share, "", at_least(0.5), note)
    outcome.ratios["POST not stored to nginx"] = share


def _crowds(bench: Bench, outcome: Outcome) -> None:
    """Each on a fresh server: one that has been full keeps memory for the next time."""
    limit = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    if limit < DESCRIPTORS_MIN:
        raise BenchError(f"a process may have {limit} open files here (ulimit -H -n); {DESCRIPTORS_MIN} are needed")
    count = bench.profile.idle_connections
    # So long that the time is measured at which the server cuts off the slow heads, all in one second.
    settle = "1" if bench.profile.is_quick else "8"
    idle = _crowd(bench, outcome, "idle", ["--idle", str(count)])
    each = [(one["memory_after"] - one["memory_before"]) / max(1, one["crowd"]["idle"]["in_place"]) for one in idle]
    outcome.add("an idle connection", median(each), "bytes", at_most(8192), f"{count} of them")
    _ratio(outcome, f"p99 beside {count} idle connections, to p99 alone", idle)
    heads, readers = int(count * SLOW_HEADS), int(count * SLOW_READERS)
    words = ["--slow-heads", str(heads), "--slow-readers", str(readers), "--slow-path", BenchmarkServer.big_path]
    slow = _crowd(bench, outcome, "slow", words + ["--settle", settle])
    _ratio(outcome, f"p99 beside {heads} slow heads and {readers} slow readers, to p99 alone", slow)


def _crowd(bench: Bench, outcome: Outcome, what: str, words: list[str]) -> list[dict[str, Any]]:
    reports = []
    for _ in range(min(3, bench.profile.rounds)):
        server = BenchmarkServer(bench.root, bench.work / "server.log", bench.server_core)
        with bench.running(server.program):
            request = Request(server.url, ("/livez",))
            rate = bench.tools.wrk(request, 1, pinned=True).per_second / 2
            extra = words + ["--process", str(server.program.pid)]
            reports.append(bench.tools.http_load(request, rate, bench.profile.seconds, 0.5, 64, True, extra))
    for report in reports:
        for part in ("alone", "beside"):
            check(outcome, f"{what}, {part}", Stretch.read(report[part]).failed)
    return reports


def _ratio(outcome: Outcome, name: str, reports: list[dict[str, Any]]) -> None:
    ratios = [one["beside"]["latency_us"]["p99"] / one["alone"]["latency_us"]["p99"] for one in reports]
    outcome.add(name, median(ratios), "", at_most(2))


SCENARIOS = [
    Scenario(
        "submissions", "http", "Submissions that are not stored",
        "HTTPBenchmarkServer, which is the API over a store that keeps nothing, with one loop beside nginx; a body of "
        "0.4 kB is decoded, validated, given an id and answered with 202", _submissions),
    Scenario(
        "crowds", "http", "Crowds of idle and slow clients",
        "HTTPBenchmarkServer at half of its most, then beside connections that asked once and stay open; and beside "
        "clients that send a byte of a head a second, and others that read 300 bytes a second of 1 MB. Kernel memory "
        "of the sockets is not in it", _crowds),
]
