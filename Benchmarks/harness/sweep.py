"""Load at several rates, for the picture of throughput against latency."""
from __future__ import annotations

from typing import Mapping

from .bench import Bench
from .figures import Outcome, Plot, Series
from .load import Request, Stretch

SHARES = (0.2, 0.4, 0.6, 0.8, 0.95)
QUICK_SHARES = (0.5,)


def check(outcome: Outcome, what: str, failed: int) -> None:
    """Figures with failed requests in them mean nothing."""
    if failed:
        outcome.problems.append(f"{what}: {failed} requests failed")


def by_turns(bench: Bench, outcome: Outcome, subjects: Mapping[str, Request]) -> dict[str, list[float]]:
    """Requests a second of each, one run of each in every round, so that what the machine does to one befalls all."""
    rates: dict[str, list[float]] = {name: [] for name in subjects}
    for _ in range(bench.profile.rounds):
        for name, request in subjects.items():
            burst = bench.tools.wrk(request, bench.profile.seconds, pinned=True)
            check(outcome, name, burst.failed)
            rates[name].append(burst.per_second)
    return rates


def stretch(
    bench: Bench, outcome: Outcome, what: str, request: Request, rate: float, *, pinned: bool, slices: int = 0
) -> Stretch:
    """One run at a fixed rate; failures are noted."""
    seconds = bench.profile.seconds
    found = bench.tools.open_loop(request, rate, seconds, pinned=pinned, slices=slices)
    check(outcome, what, found.failed)
    return found


def sweep(bench: Bench, outcome: Outcome, what: str, request: Request, most: float, *, pinned: bool) -> Series:
    """Requests a second against p99, at shares of the most that there can be."""
    shares = QUICK_SHARES if bench.profile.is_quick else SHARES
    points = [stretch(bench, outcome, what, request, most * share, pinned=pinned) for share in shares]
    return Series(what, [(point.rate, point.p99_ms) for point in points])


def sweep_plot(name: str, lines: list[Series]) -> Plot:
    return Plot(f"{name}-throughput", "Throughput against p99", "requests a second", "p99, ms", lines)


def time_plot(name: str, title: str, lines: list[Series]) -> Plot:
    return Plot(f"{name}-time", title, "seconds", "latency, ms", lines)
