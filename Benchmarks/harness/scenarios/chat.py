"""What the service adds to a conversation."""
from __future__ import annotations

from dataclasses import dataclass

from ..bench import Bench, Deployment, Scenario
from ..figures import Bar, Outcome, at_most, median, median_ratio, number
from ..load import CONNECTIONS, Request, Stretch
from ..processes import memory
from ..service import FakeGigaChat
from ..sweep import check, time_plot

RATE = 1_000
MEMORY_RATE = 2_000
READINGS = 20
P50_BAR_MS, P99_BAR_MS = 0.3, 1.5
GROWTH_SHARE, GROWTH_BYTES = 0.05, 2 << 20


@dataclass(frozen=True)
class _Ways:
    """The same question, directly and through the service."""

    direct: Request
    service: Request


def _ways(bench: Bench, fake: FakeGigaChat, service: Deployment, question: str) -> _Ways:
    host, _, path = fake.chat_url.removeprefix("http://").partition("/")
    fields = (f"Authorization: Bearer {fake.token()}", "User-Agent: bench")
    body = bench.materials / question
    return _Ways(
        Request(f"http://{host}", ("/" + path,), fields, body), service.request("/v1/chat/completions", body=body))


def _added(bench: Bench, outcome: Outcome, ways: _Ways, what: str, bars: tuple[Bar | None, Bar | None]) -> None:
    """At a fixed rate, by turns."""
    direct: list[Stretch] = []
    through: list[Stretch] = []
    for _ in range(bench.profile.rounds):
        for request, found in ((ways.direct, direct), (ways.service, through)):
            found.append(bench.tools.open_loop(request, RATE, bench.profile.seconds + 1, slices=30))
            check(outcome, what, found[-1].failed)
    for name, bar, of in (
        ("p50", bars[0], lambda one: one.p50_ms),
        ("p99", bars[1], lambda one: one.p99_ms),
    ):
        alone, whole = median(list(map(of, direct))), median(list(map(of, through)))
        note = f"{number(alone)} ms directly, {number(whole)} ms through the service"
        outcome.add(f"{what}, added to {name}", whole - alone, "ms", bar, note)
    lines = direct[-1].over_time("directly") + through[-1].over_time("through the service")
    outcome.plots.append(time_plot(f"chat-{what}", f"Conversations ({what}) at {RATE} a second", lines))


def _most(bench: Bench, outcome: Outcome, ways: _Ways, what: str) -> None:
    rates: dict[str, list[float]] = {"direct": [], "service": []}
    for _ in range(min(3, bench.profile.rounds)):
        for name, request in (("direct", ways.direct), ("service", ways.service)):
            burst = bench.tools.wrk(request, bench.profile.seconds)
            check(outcome, f"{what}, {name}", burst.failed)
            rates[name].append(burst.per_second)
    direct, through = rates["direct"], rates["service"]
    outcome.add(f"{what}, most", median(through), "conversations/s", note=f"{number(median(direct))} directly")
    outcome.ratios[f"{what} conversations to direct ones"] = median_ratio(through, direct)


def _memory(bench: Bench, outcome: Outcome, service: Deployment, request: Request) -> None:
    each = bench.profile.conversations / READINGS
    readings = []
    for _ in range(READINGS):
        found = bench.tools.open_loop(request, MEMORY_RATE, max(0.1, each / MEMORY_RATE), warm_up=0)
        check(outcome, "memory", found.failed)
        readings.append(memory(service.pid))
    outcome.add(
        "memory, growth of the last third", growth(readings) / 1e6, "MB", at_most(allowed_growth(readings) / 1e6),
        f"{number(bench.profile.conversations)} conversations; {readings[-1] / 1e6:.1f} MB at the end")


def growth(readings: list[int]) -> float:
    """The median of the last third above that of the second."""
    third = len(readings) // 3
    return median(readings[2 * third:]) - median(readings[third:2 * third])


def allowed_growth(readings: list[int]) -> float:
    """What still counts as flat."""
    third = len(readings) // 3
    return max(GROWTH_SHARE * median(readings[third:2 * third]), GROWTH_BYTES)


def _chat(bench: Bench, outcome: Outcome) -> None:
    fake = FakeGigaChat(bench.binary, bench.work, ["--concurrency", "100000"])
    settings = {**fake.settings, "GIGACHAT_MAX_CONCURRENT": str(CONNECTIONS)}
    with bench.running(fake.program), bench.services(outcome, "api", settings) as service:
        whole = _ways(bench, fake, service, "chat.json")
        stream = _ways(bench, fake, service, "chat-stream.json")
        bench.tools.open_loop(whole.service, 100, 1, warm_up=0)
        _most(bench, outcome, whole, "JSON")
        _most(bench, outcome, stream, "SSE")
        if bench.profile.ratios_only:
            return
        _added(bench, outcome, whole, "JSON", (at_most(P50_BAR_MS), at_most(P99_BAR_MS)))
        _added(bench, outcome, stream, "SSE", (None, None))
        _memory(bench, outcome, service, whole.service)


SCENARIOS = [
    Scenario(
        "chat", "chat", "Conversations",
        "the same question to a stand-in for GigaChat directly and through /v1/chat/completions, whole and as a stream "
        f"of events; {RATE} a second over {CONNECTIONS} connections by turns, the difference of the medians, "
        "then as fast as it goes", _chat),
]
