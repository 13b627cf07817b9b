"""Many clients that wait for their jobs with `Prefer: wait`."""
from __future__ import annotations

import asyncio
import os
import signal
import time
from dataclasses import dataclass, field
from datetime import datetime, timezone

from ..bench import Bench, Deployment, Scenario
from ..figures import Outcome, at_most, percentile
from ..processes import memory
from ..sweep import check

DELAY_MS = 200
SLOTS = 250
#: How long the clients may take to come.
ARRIVAL_SECONDS = 30
WAIT_SECONDS = 60
#: New connections a second: a burst of all would overflow the listener's queue.
ARRIVALS = 2_000


@dataclass
class _Crowd:
    """What the clients have seen."""

    answered: int = 0
    #: From the stored end of a job to its client's answer, in milliseconds.
    lateness: list[float] = field(default_factory=list)
    others: dict[str, int] = field(default_factory=dict)
    waiting: int = 0

    def fail(self, reason: str) -> None:
        self.others[reason] = self.others.get(reason, 0) + 1


def _head(service: Deployment, length: int) -> bytes:
    lines = ["POST /api/ai/process HTTP/1.1", "Host: bench", "Content-Type: application/json",
             f"Content-Length: {length}", f"Prefer: wait={WAIT_SECONDS}", "Connection: close"]
    lines += [f"{name}: {value}" for name, value in service.fields.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


async def _client(host: str, port: int, request: bytes, delay: float, crowd: _Crowd, ends: dict[str, float]) -> None:
    await asyncio.sleep(delay)
    try:
        reader, writer = await asyncio.open_connection(host, port)
        writer.write(request)
        crowd.waiting += 1
        answer = await asyncio.wait_for(reader.read(), WAIT_SECONDS + 10)
        now = time.time()
        crowd.waiting -= 1
        writer.close()
    except (OSError, asyncio.TimeoutError) as error:
        crowd.fail(type(error).__name__)
        return
    head, _, _ = answer.partition(b"\r\n\r\n")
    if not head.startswith(b"HTTP/1.1 200 "):
        crowd.fail(head.split(b"\r\n")[0].decode(errors="replace"))
        return
    crowd.answered += 1
    for line in head.decode().split("\r\n"):
        if line.lower().startswith("content-location:"):
            ends[line.rpartition("/")[2].strip()] = now


async def _all(service: Deployment, count: int, crowd: _Crowd, ends: dict[str, float]) -> None:
    body = (service.bench.materials / "job.json").read_bytes()
    request = _head(service, len(body)) + body
    host, _, port = service.url.removeprefix("http://").partition(":")
    clients = [_client(host, int(port), request, turn / ARRIVALS, crowd, ends) for turn in range(count)]
    await asyncio.gather(*clients)


def _waiting(bench: Bench, outcome: Outcome) -> None:
    count = bench.profile.waiting_clients
    crowd, ends = _Crowd(), dict[str, float]()
    settings = {"DRYRUN_DELAY_MS": str(DELAY_MS), "WORKER_CONCURRENCY": str(SLOTS)}
    with bench.services(outcome, "api worker", settings) as service:
        service.do_one_job()
        worker = service.processes[1].program.pid
        # Nothing ends before all clients wait.
        os.kill(worker, signal.SIGSTOP)
        try:
            asyncio.run(_watched(bench, outcome, service, count, crowd, ends))
        finally:
            os.kill(worker, signal.SIGCONT)
        rows = bench.database.sql("SELECT id, completed_at AT TIME ZONE 'UTC' FROM ai_requests")
    for job, moment in rows:
        if job in ends and moment:
            stored = datetime.fromisoformat(moment).replace(tzinfo=timezone.utc).timestamp()
            crowd.lateness.append((ends[job] - stored) * 1e3)
    for reason, times in crowd.others.items():
        outcome.problems.append(f"{times} waiting clients got: {reason}")
    if len(crowd.lateness) != count:
        outcome.problems.append(f"of {count} waiting clients {len(crowd.lateness)} were told of their job's end")
        return
    outcome.add("from the stored end to the client, p50", percentile(crowd.lateness, 0.5), "ms")
    outcome.add("from the stored end to the client, p99", percentile(crowd.lateness, 0.99), "ms")


async def _watched(
    bench: Bench, outcome: Outcome, service: Deployment, count: int, crowd: _Crowd, ends: dict[str, float]
) -> None:
    """Reads memory, and how a client fares that asks something else, while the crowd waits; then lets jobs be done."""
    clients = asyncio.create_task(_all(service, count, crowd, ends))
    end = time.monotonic() + ARRIVAL_SECONDS
    while crowd.waiting < count and time.monotonic() < end:
        await asyncio.sleep(0.1)
    await asyncio.to_thread(_await_stored, service, count, end)
    waiting = crowd.waiting
    used = memory(service.pid)
    presets = service.request("/api/prompts/presets")
    found = await asyncio.to_thread(bench.tools.open_loop, presets, 200, 1, warm_up=0)
    check(outcome, "presets beside waiting clients", found.failed)
    outcome.add("resident memory while they wait", used / 1e6, "MB", at_most(150), f"{waiting} waiting")
    outcome.add("GET presets beside them at 200/s, p99", found.p99_ms, "ms")
    os.kill(service.processes[1].program.pid, signal.SIGCONT)
    began = time.monotonic()
    await clients
    outcome.add("clients answered", crowd.answered, "", note=f"in {time.monotonic() - began:.1f} s, once work went on")


def _await_stored(service: Deployment, count: int, end: float) -> None:
    while service.open_jobs() < count and time.monotonic() < end:
        time.sleep(0.1)


SCENARIOS = [
    Scenario(
        "waiting", "waiting", "Clients that wait for their jobs",
        f"each submits a job with Prefer: wait={WAIT_SECONDS} and a connection of its own; when all wait, a worker "
        f"begins, dry run of {DELAY_MS} ms, {SLOTS} slots. The clients are one Python process on the same machine, whose time is in the figures",
        _waiting),
]
