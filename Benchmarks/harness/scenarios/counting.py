"""What counting costs the HTTP server."""
from __future__ import annotations

from ..bench import Bench, Scenario
from ..figures import Outcome, at_most, median
from ..load import Request
from ..service import BenchmarkServer
from ..sweep import check

PAIRS = 3


def _counting(bench: Bench, outcome: Outcome) -> None:
    counting = BenchmarkServer(bench.root, bench.work / "counting.log", bench.server_core)
    plain = BenchmarkServer(bench.root, bench.work / "plain.log", bench.server_core, counts=False)
    with bench.running(counting.program), bench.running(plain.program):
        for name, path, body in [
            ("GET /livez", "/livez", None),
            ("POST not stored", "/api/ai/process", bench.materials / "submit.json"),
        ]:
            costs = []
            for turn in range(bench.profile.rounds * PAIRS):
                # Who comes first changes, so that what drifts with time favours neither.
                order = [counting, plain] if turn % 2 else [plain, counting]
                rates = {}
                for server in order:
                    request = Request(server.url, (path,), body=body)
                    burst = bench.tools.wrk(request, min(2, bench.profile.seconds), pinned=True)
                    check(outcome, name, burst.failed)
                    rates[server.url] = burst.per_second
                costs.append((1 - rates[counting.url] / rates[plain.url]) * 100)
            note = f"the median of {len(costs)} pairs"
            outcome.add(f"{name}, cost of counting", median(costs), "%", at_most(3), note)


SCENARIOS = [
    Scenario(
        "counting", "metrics", "The cost of counting",
        "two HTTPBenchmarkServers, with metrics and as with METRICS_ENABLED=false, loaded by wrk by turns; runs that are "
        "neighbours are compared", _counting, is_usual=False),
]
