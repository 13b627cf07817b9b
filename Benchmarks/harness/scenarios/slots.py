"""Whether the slots of a slow model stay busy."""
from __future__ import annotations

import time

from ..bench import Bench, Scenario
from ..figures import Outcome, at_least
from ..service import FakeGigaChat
from ..sweep import check

SLOTS, DELAY_MS = 10, 100
RATE = SLOTS * 1000 / DELAY_MS
SUBMIT_RATE = 1_000
READING_SECONDS = 0.02


def _slots(bench: Bench, outcome: Outcome) -> None:
    measured = 3.0 * bench.profile.seconds
    fake = FakeGigaChat(
        bench.binary, bench.work, ["--delay", str(DELAY_MS), "--concurrency", str(SLOTS), "--table"])
    settings = {**fake.settings, "GIGACHAT_MAX_CONCURRENT": str(SLOTS)}
    with bench.running(fake.program), bench.services(outcome, settings=settings) as service:
        service.do_one_job()
        # More work than there is time for, so that no slot ever waits for a job.
        submit_seconds = RATE * (measured + 4) / SUBMIT_RATE
        burst = bench.tools.open_loop(service.submission, SUBMIT_RATE, submit_seconds, warm_up=0)
        check(outcome, "submissions", burst.failed)
        time.sleep(1)
        before, began = fake.counters(), time.monotonic()
        under_way = []
        while time.monotonic() < began + measured:
            time.sleep(READING_SECONDS)
            under_way.append(fake.counters()["current"])
        after, seconds = fake.counters(), time.monotonic() - began
        if not service.open_jobs():
            outcome.problems.append("the jobs ran out while slots were watched")
        if after["peak"] > SLOTS:
            outcome.problems.append(f"{after['peak']} calls at a time, where {SLOTS} are allowed")
    calls = after["requests"]["chat"] - before["requests"]["chat"]
    busy = calls * DELAY_MS / 1e3 / (SLOTS * seconds)
    outcome.add("slots busy", busy * 100, "% of their time", at_least(98), f"{calls} calls in {seconds:.1f} s")
    outcome.add("calls under way, of the slots", sum(under_way) / len(under_way) / SLOTS * 100, "%",
                note=f"the mean of {len(under_way)} looks at the stand-in")


SCENARIOS = [
    Scenario(
        "slots", "slots", "The slots of a slow model",
        f"a stand-in for GigaChat that takes {DELAY_MS} ms for each answer, {SLOTS} slots, more jobs than slots: calls "
        f"that it has had, {DELAY_MS} ms each, of the time of all slots. What its own clock is late counts as idle",
        _slots),
]
