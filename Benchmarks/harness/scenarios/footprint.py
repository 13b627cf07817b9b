"""What the service costs when nobody asks, and how soon it is there."""
from __future__ import annotations

import time

from ..bench import Bench, Scenario
from ..figures import Outcome, at_most, median
from ..processes import cpu_seconds, memory

SETTLE_SECONDS = 3


def _idle(bench: Bench, outcome: Outcome) -> None:
    with bench.services(outcome) as service:
        time.sleep(SETTLE_SECONDS)
        before, began = cpu_seconds(service.pid), time.monotonic()
        time.sleep(bench.profile.idle_seconds)
        used = (cpu_seconds(service.pid) - before) / (time.monotonic() - began)
        outcome.add("resident memory, idle", memory(service.pid) / 1e6, "MB", at_most(40))
        outcome.add("processor, idle", used * 100, "% of a core", at_most(1))


def _ready(bench: Bench, outcome: Outcome) -> None:
    times = []
    for _ in range(bench.profile.starts):
        with bench.services(outcome) as service:
            times.append(service.processes[0].seconds_to_ready * 1e3)
    outcome.add("ready after", median(times), "ms", at_most(150), f"the median of {len(times)} starts")


SCENARIOS = [
    Scenario(
        "idle", "footprint", "A service that nobody asks",
        "API, worker and embedded broker in one process, a few seconds after its start", _idle),
    Scenario(
        "ready", "footprint", "From the start to ready",
        "from the start of the process to 200 from /readyz, with PostgreSQL up and all migrations done", _ready),
]
