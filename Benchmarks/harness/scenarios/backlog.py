"""A hundred thousand jobs that wait."""
from __future__ import annotations

from ..bench import Bench, Scenario
from ..figures import Outcome, at_most, number
from ..processes import memory
from ..sweep import check, time_plot

SUBMIT_RATE = 5_000
STATUS_RATE = 500
#: Jobs of ten minutes: of those that wait, next to none starts; and the end does not wait for those that run.
SETTINGS = {"DRYRUN_DELAY_MS": "600000", "MAX_PROCESSING_TIME": "3600", "DRAIN_TIMEOUT_MS": "500"}
#: Jobs of which the status is asked for.
SAMPLE = 1_000


def _backlog(bench: Bench, outcome: Outcome) -> None:
    count = bench.profile.waiting_jobs
    with bench.services(outcome, settings=SETTINGS) as service:
        sizes = []
        for _ in range(2):
            found = bench.tools.open_loop(service.submission, SUBMIT_RATE, count / 2 / SUBMIT_RATE, warm_up=0)
            check(outcome, "submissions", found.failed)
            ids = [row[0] for row in bench.database.sql(
                f"SELECT id FROM ai_requests ORDER BY random() LIMIT {SAMPLE}")]
            request = service.request(*(f"/api/ai/status/{one}" for one in ids))
            found = bench.tools.open_loop(request, STATUS_RATE, 2 * bench.profile.seconds, slices=30)
            check(outcome, "status", found.failed)
            sizes.append((service.open_jobs(), memory(service.pid), found))
    (half_jobs, half, _), (jobs, whole, status) = sizes
    if jobs < count:
        outcome.problems.append(f"of {count} jobs {jobs} wait")
    note = f"{number(jobs)} jobs wait"
    outcome.add(f"GET status at {STATUS_RATE}/s, p50", status.p50_ms, "ms")
    outcome.add(f"GET status at {STATUS_RATE}/s, p99", status.p99_ms, "ms", at_most(5), note)
    outcome.add("resident memory", whole / 1e6, "MB", at_most(150), note)
    outcome.add(
        "memory, for each further waiting job", (whole - half) / max(1, jobs - half_jobs), "bytes",
        note=f"{half / 1e6:.1f} MB with {number(half_jobs)}")
    outcome.plots.append(time_plot("backlog", f"GET status while {number(jobs)} jobs wait", status.over_time("status")))


SCENARIOS = [
    Scenario(
        "backlog", "backlog", "A queue of many waiting jobs",
        f"one process with API, worker and broker; all slots taken by jobs that do not end; then GET status of "
        f"{SAMPLE} of the waiting jobs, with place and forecast, at a fixed rate", _backlog),
]
