"""GETs of the real service, one loop, beside nginx with one worker on the same core."""
from __future__ import annotations

import json

from ..bench import Bench, Deployment, Scenario
from ..figures import Outcome, at_least, median, median_ratio, number
from ..load import Request
from ..processes import BenchError
from ..sweep import by_turns, stretch, sweep, sweep_plot, time_plot

JOBS = 200
LOAD_SHARE = 0.7
BARS = {"GET /livez": 0.8, "GET presets": 0.5}


def _finished_jobs(service: Deployment) -> list[str]:
    body = (service.bench.materials / "job.json").read_bytes()
    ids = [str(service.ask("/api/ai/process", body)[1]["request_id"]) for _ in range(JOBS)]
    if left := service.await_end():
        raise BenchError(f"{left} of {JOBS} jobs do not end")
    return ids


def _requests(service: Deployment) -> dict[str, Request]:
    ids = _finished_jobs(service)
    status, answer = service.ask(f"/api/ai/result/{ids[0]}")
    if status != 200 or not answer["success"]:
        raise BenchError(f"no result is there: {json.dumps(answer)}")
    return {
        "GET /livez": service.request("/livez"),
        "GET presets": service.request("/api/prompts/presets"),
        "GET status": service.request(*(f"/api/ai/status/{one}" for one in ids)),
        "GET result": service.request(*(f"/api/ai/result/{one}" for one in ids)),
    }


def _gets(bench: Bench, outcome: Outcome) -> None:
    with bench.nginx() as nginx, bench.services(outcome, settings={"HTTP_LOOPS": "1"}, pinned=True) as service:
        service.do_one_job()
        subjects = {"nginx": Request(nginx.url, ("/",)), **_requests(service)}
        rates = by_turns(bench, outcome, subjects)
        most = {name: median(found) for name, found in rates.items()}
        outcome.add("nginx", most["nginx"], "requests/s", note="fixed body of 3 bytes, one worker")
        for name, rate in list(most.items())[1:]:
            bar = at_least(BARS[name]) if name in BARS else None
            share = median_ratio(rates[name], rates["nginx"])
            outcome.add(f"{name}, share of nginx", share, "", bar, f"{number(rate)} requests/s")
            outcome.ratios[f"{name} to nginx"] = share
        if not bench.profile.ratios_only:
            _latencies(bench, outcome, subjects, most)


def _latencies(bench: Bench, outcome: Outcome, subjects: dict[str, Request], most: dict[str, float]) -> None:
    lines, over_time = [], []
    for name, request in subjects.items():
        found = stretch(bench, outcome, name, request, most[name] * LOAD_SHARE, pinned=True, slices=30)
        note = f"{number(found.rate)} requests/s; p99 of the tool's own delay {number(found.own_p99_ms)} ms"
        outcome.add(f"{name} at 70 % load, p50", found.p50_ms, "ms")
        outcome.add(f"{name} at 70 % load, p99", found.p99_ms, "ms", note=note)
        over_time += found.over_time(name)
        lines.append(sweep(bench, outcome, name, request, most[name], pinned=True))
    outcome.plots.append(sweep_plot("gets", lines))
    outcome.plots.append(time_plot("gets", "GETs at 70 % load", over_time))


SCENARIOS = [
    Scenario(
        "gets", "http", "GETs beside nginx",
        "the whole service with one loop, nginx with one worker on the same core, wrk on another: 64 connections, by "
        f"turns, the median; presets from memory, status and result of {JOBS} finished jobs from PostgreSQL. At 70 % "
        "load: HTTPLoad at a fixed rate, from the moment each request was meant to be sent", _gets),
]
