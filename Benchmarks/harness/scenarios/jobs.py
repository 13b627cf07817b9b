"""Jobs: accepted, done from end to end, and started."""
from __future__ import annotations

import time

from ..bench import Bench, Deployment, Scenario
from ..calibration import loop_nanoseconds
from ..figures import Outcome, at_least, at_most, median, number
from ..sweep import check, stretch, sweep, sweep_plot, time_plot

START_RATE = 500
MANY_SLOTS = 64
CALIBRATION_SECONDS = 2
#: In which two members of a group share out the partitions: two rounds of joining, of 3 s each.
GROUP_SECONDS = 8


def _accept(bench: Bench, outcome: Outcome) -> None:
    """The calibrating inserts go before and after, so that what drifts with time is in both."""
    inserts = [bench.database.inserts_per_second(CALIBRATION_SECONDS)]
    with bench.services(outcome, "api") as service:
        bursts = [
            bench.tools.wrk(service.submission, bench.profile.seconds) for _ in range(min(3, bench.profile.rounds))]
        accepted = sum(burst.requests for burst in bursts)
        service_cpu, database_cpu = service.cpu_microseconds(accepted)
        stored = int(bench.database.number("SELECT count(*) FROM ai_requests"))
        for burst in bursts:
            check(outcome, "accept", burst.failed)
        if stored < accepted:
            outcome.problems.append(f"{accepted} jobs were accepted, {stored} are stored")
        rate = median([burst.per_second for burst in bursts])
        outcome.add("jobs accepted", rate, "jobs/s", at_least(12_000), _costs(service_cpu, database_cpu))
        outcome.add("answer, p50", median([burst.p50_ms for burst in bursts]), "ms")
        outcome.add("answer, p99", median([burst.p99_ms for burst in bursts]), "ms", at_most(15))
        if not bench.profile.ratios_only:
            _accept_plots(bench, outcome, service, rate)
    bench.database.empty()
    inserts.append(bench.database.inserts_per_second(CALIBRATION_SECONDS))
    outcome.add("pgbench, for comparison", median(inserts), "inserts/s", note="16 clients, a row and a commit each")
    outcome.ratios["jobs accepted to pgbench"] = rate / median(inserts)
    _cpu_ratios(outcome, "accepted", service_cpu, database_cpu)


def _accept_plots(bench: Bench, outcome: Outcome, service: Deployment, rate: float) -> None:
    line = sweep(bench, outcome, "POST process", service.submission, rate, pinned=False)
    found = stretch(bench, outcome, "POST process", service.submission, rate / 2, pinned=False, slices=30)
    outcome.plots.append(sweep_plot("accept", [line]))
    outcome.plots.append(time_plot("accept", "Submissions at half of the most", found.over_time("POST process")))


def _through(bench: Bench, outcome: Outcome, roles: str) -> None:
    """Twice: with many slots, as a model that answers at once can use, and with as many as there are by default."""
    _through_slots(bench, outcome, roles, MANY_SLOTS)
    if not bench.profile.ratios_only:
        _through_slots(bench, outcome, roles, None)


def _through_slots(bench: Bench, outcome: Outcome, roles: str, slots: int | None) -> None:
    inserts = bench.database.inserts_per_second(CALIBRATION_SECONDS)
    settings = {} if slots is None else {"WORKER_CONCURRENCY": str(slots)}
    with bench.services(outcome, roles, settings) as service:
        if roles != "all" and not bench.profile.is_quick:
            time.sleep(GROUP_SECONDS)
        service.do_one_job()
        burst = bench.tools.wrk(service.submission, int(bench.profile.job_seconds))
        check(outcome, "through", burst.failed)
        if left := service.await_end():
            outcome.problems.append(f"{left} jobs have no end")
        completed, seconds = map(float, bench.database.sql(
            "SELECT count(*), extract(epoch FROM max(completed_at) - min(created_at)) FROM ai_requests"
            " WHERE status = 'completed'")[0])
        service_cpu, database_cpu = service.cpu_microseconds(int(completed))
    note = f"{number(completed)} jobs; {_costs(service_cpu, database_cpu)}"
    kind = "by default" if slots is None else f"{slots} slots"
    outcome.add(f"jobs done, {kind}", completed / seconds, "jobs/s", at_least(8_000), note)
    outcome.add(f"accepted meanwhile, {kind}", burst.per_second, "jobs/s")
    if slots is None:
        return
    kind = "with one process" if roles == "all" else "with two processes"
    outcome.ratios[f"jobs done {kind} to pgbench"] = completed / seconds / inserts
    _cpu_ratios(outcome, f"done {kind}", service_cpu, database_cpu)


def _through_one(bench: Bench, outcome: Outcome) -> None:
    _through(bench, outcome, "all")


def _through_two(bench: Bench, outcome: Outcome) -> None:
    _through(bench, outcome, "all worker")


def _start(bench: Bench, outcome: Outcome) -> None:
    with bench.services(outcome) as service:
        service.do_one_job()
        _started_at_rate(bench, outcome, service)


def _started_at_rate(bench: Bench, outcome: Outcome, service: Deployment) -> None:
    seconds = 2 * bench.profile.job_seconds
    found = bench.tools.open_loop(service.submission, START_RATE, seconds, warm_up=0, slices=20)
    check(outcome, "start", found.failed)
    if left := service.await_end():
        outcome.problems.append(f"{left} jobs have no end")
    p50, p99, most = map(float, bench.database.sql(
        "SELECT round(share[1]::numeric, 3), round(share[2]::numeric, 3), round(share[3]::numeric, 3) FROM"
        " (SELECT percentile_cont(ARRAY[0.5, 0.99, 1]) WITHIN GROUP"
        " (ORDER BY extract(epoch FROM started_at - created_at) * 1000) AS share FROM ai_requests) AS measured")[0])
    outcome.add(f"commit to start at {START_RATE}/s, p50", p50, "ms", at_most(5))
    outcome.add(f"commit to start at {START_RATE}/s, p99", p99, "ms", at_most(25), f"the longest {number(most)} ms")
    outcome.add("answer to the submission, p99", found.p99_ms, "ms")
    outcome.plots.append(time_plot("start", f"Answers at {START_RATE} jobs/s", found.over_time("POST process")))


def _costs(service: float, database: float) -> str:
    return f"processor time a job: service {number(service)} µs, PostgreSQL {number(database)} µs"


def _cpu_ratios(outcome: Outcome, what: str, service: float, database: float) -> None:
    """In turns of the calibrating loop, of which less is better: the guard knows by the name."""
    turns = 1e3 / loop_nanoseconds()
    outcome.ratios[f"cost of a job {what}, service"] = service * turns
    outcome.ratios[f"cost of a job {what}, PostgreSQL"] = database * turns


SCENARIOS = [
    Scenario(
        "accept", "jobs", "Jobs accepted",
        "wrk over 64 connections on a process with --role api; each job is committed, fsync on, before its answer; "
        "the load tool runs on the same cores", _accept),
    Scenario(
        "through", "jobs", "Jobs from end to end, one process",
        "dry run without delay, with 64 slots and with 32, the default; API, worker and broker in one process; from the "
        "first commit to the last stored end, while the load tool submits as fast as it can and after", _through_one),
    Scenario(
        "through-2", "jobs", "Jobs from end to end, two worker processes",
        "the same with a second process that only works and has its share of the partitions by then, and a broker of its "
        "own beside them", _through_two),
    Scenario(
        "start", "jobs", "From commit to start",
        f"{START_RATE} jobs a second at a fixed rate; from created_at to started_at as the database has them", _start),
]
