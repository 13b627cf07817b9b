"""What every scenario works with."""
from __future__ import annotations

import contextlib
import json
import os
import socket
import subprocess
import time
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Callable, Iterator, Mapping

from .database import Database
from .figures import Outcome
from .load import LoadTools, Request
from .processes import BenchError, Program, cpu_seconds
from .service import Broker, Nginx, Service, fetch, own_topics


@dataclass(frozen=True)
class Profile:
    """How long and how often. Figures of the quick one mean nothing: it shows that everything works."""

    name: str
    #: Runs by turns, of which the median counts.
    rounds: int
    #: Of one run of either load tool.
    seconds: int
    #: During which jobs are sent, where they are done meanwhile or later.
    job_seconds: float
    #: How many jobs wait, and how many clients.
    waiting_jobs: int
    waiting_clients: int
    idle_connections: int
    #: How long an idle service is watched, and how often it is started.
    idle_seconds: int
    starts: int
    #: Of conversations, for memory.
    conversations: int
    #: Leaves out what `bench-guard` does not compare.
    ratios_only: bool = False

    @property
    def is_quick(self) -> bool:
        return self.rounds == 1


FULL = Profile("full", 5, 3, 4, 100_000, 5_000, 10_000, 10, 9, 100_000)
QUICK = Profile("quick", 1, 1, 1, 5_000, 500, 1_000, 2, 2, 3_000)
GUARD = Profile("guard", 5, 2, 2, 0, 0, 0, 0, 0, 0, ratios_only=True)


@dataclass(frozen=True)
class Scenario:
    """One thing that is measured. `includes` says what the figures are made of."""

    name: str
    group: str
    title: str
    includes: str
    run: Callable[["Bench", Outcome], None]
    #: Whether it belongs to a run in which none is named.
    is_usual: bool = True


class Bench:
    """The machine's cores, the database and the programs of one run."""

    def __init__(self, root: Path, profile: Profile, minutes: int) -> None:
        self.root = root
        self.profile = profile
        #: Of the soak.
        self.minutes = minutes
        self.folder = root / ".local/bench"
        self.folder.mkdir(parents=True, exist_ok=True)
        self._work = self.folder / "work"
        self._work.mkdir(exist_ok=True)
        self.materials = root / "Benchmarks/http"
        self.binary = Path(os.environ.get("GIGAOFFICE_BINARY") or root / ".build/release/gigaoffice").resolve()
        cores = sorted(os.sched_getaffinity(0))
        #: For the comparison of servers, and for their load; a load tool that never sleeps must not share a core.
        self.server_core = cores[0] if len(cores) > 1 else None
        self.load_core = cores[1] if len(cores) > 1 else None
        self.tools = LoadTools(root, self._work, self.load_core)
        self.database = Database(root, self._work)

    @property
    def work(self) -> Path:
        """Logs, and files of the load tools. It holds no .env."""
        return self._work

    def free_port(self) -> int:
        with socket.socket() as one:
            one.bind(("127.0.0.1", 0))
            return int(one.getsockname()[1])

    def settings(self, more: Mapping[str, str]) -> dict[str, str]:
        """All that a process of the service is told."""
        return {
            **self.database.settings,
            "RESOURCES_DIR": str(self.root / "resources"),
            "MIGRATIONS_DIR": str(self.root / "migrations"),
            **more,
        }

    def command(self, *words: str) -> str:
        """Runs one of the program's other commands and returns what it prints."""
        environment = {**os.environ, **self.settings({})}
        done = subprocess.run(
            [str(self.binary), *words], capture_output=True, text=True, cwd=self.work, env=environment,
            stdin=subprocess.DEVNULL, check=False)
        if done.returncode != 0:
            raise BenchError(f"gigaoffice {words[0]}: {done.stderr.strip()}")
        return done.stdout.strip()

    @contextlib.contextmanager
    def nginx(self) -> Iterator[Nginx]:
        nginx = Nginx(self.materials, self.work / "nginx", self.free_port(), self.server_core)
        try:
            yield nginx
        finally:
            nginx.program.stop()

    @contextlib.contextmanager
    def running(self, program: Program) -> Iterator[Program]:
        try:
            yield program
        finally:
            program.stop()

    @contextlib.contextmanager
    def services(
        self, outcome: Outcome, roles: str = "all", settings: Mapping[str, str] | None = None, *, pinned: bool = False
    ) -> Iterator["Deployment"]:
        """Starts processes on an empty database, one for each word of `roles`, with a key of their own.

        Several processes need a broker outside of them, which is a `dev-broker` where no Kafka is named. On a Kafka
        each scenario has topics and a group of its own, or it would get the messages of the one before.
        """
        self.database.empty()
        self.command("migrate")
        key = self.command("keys", "create", "--name", "bench", "--scopes", "submit,read,metrics", "--rate", "0")
        words, known = roles.split(), dict(settings or {})
        broker = None
        if os.environ.get("KAFKA_BOOTSTRAP_SERVERS"):
            known.update(own_topics(uuid.uuid4().hex[:12]))
        elif len(words) > 1:
            broker = Broker(self.binary, self.work, dict(os.environ))
            known.update(broker.settings)
        started: list[Service] = []
        try:
            for index, role in enumerate(words):
                log = self.work / f"service-{index}.log"
                core = self.server_core if pinned else None
                started.append(Service(self.binary, role, self.settings(known), log, self.work, core))
            yield Deployment(self, started, key)
        finally:
            for one in reversed(started):
                outcome.peak_memory = max(outcome.peak_memory, one.stop())
            if broker is not None:
                broker.program.stop()


class Deployment:
    """Running processes of the service; the first is the one that clients speak to."""

    def __init__(self, bench: Bench, processes: list[Service], key: str) -> None:
        self.bench = bench
        self.processes = processes
        self.key = key
        self._service_before = self._service_seconds()
        self._database_before = bench.database.cpu_seconds()

    @property
    def pid(self) -> int:
        return self.processes[0].program.pid

    @property
    def url(self) -> str:
        return self.processes[0].url

    @property
    def fields(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.key}"}

    def request(self, *paths: str, body: Path | None = None) -> Request:
        """With the key of the clients."""
        fields = tuple(f"{name}: {value}" for name, value in self.fields.items())
        return Request(self.url, paths, fields, body)

    @property
    def submission(self) -> Request:
        """A small job, as a spreadsheet plugin sends it."""
        return self.request("/api/ai/process", body=self.bench.materials / "job.json")

    def ask(self, path: str, body: bytes | None = None, **fields: str) -> tuple[int, Any]:
        """One request with the key; status and JSON."""
        known = {name.replace("_", "-"): value for name, value in fields.items()}
        if body is not None:
            known["Content-Type"] = "application/json"
        status, content = fetch(self.url + path, {**self.fields, **known}, body)
        return status, json.loads(content)

    def do_one_job(self) -> None:
        """A worker joins its group some seconds after the start; then what it left is taken away."""
        body = (self.bench.materials / "job.json").read_bytes()
        status, answer = self.ask("/api/ai/process", body, Prefer="wait=40")
        if status != 200:
            raise BenchError(f"the worker does no jobs: {status} {answer}")
        self.bench.database.sql("DELETE FROM ai_requests")
        self._service_before = self._service_seconds()
        self._database_before = self.bench.database.cpu_seconds()

    def open_jobs(self) -> int:
        return int(self.bench.database.number(
            "SELECT count(*) FROM ai_requests WHERE status IN ('pending', 'queued', 'processing')"))

    def await_end(self, seconds: float = 120) -> int:
        """Until no job waits or runs, or so long; returns how many still do."""
        end = time.monotonic() + seconds
        # Each has an index of its own; to read the table, or to ask more often, would slow down what is measured.
        query = "SELECT " + " OR ".join(
            f"EXISTS (SELECT FROM ai_requests WHERE status = '{state}')" for state in ("queued", "processing"))
        while self.bench.database.sql(query)[0][0] == "t":
            if time.monotonic() > end:
                return self.open_jobs()
            time.sleep(1)
        return 0

    def _service_seconds(self) -> float:
        return sum(cpu_seconds(one.program.pid) for one in self.processes)

    def cpu_microseconds(self, jobs: int) -> tuple[float, float]:
        """Processor time of the service's processes and of PostgreSQL since the start, for each of so many jobs."""
        service = self._service_seconds() - self._service_before
        database = self.bench.database.cpu_seconds() - self._database_before
        return service * 1e6 / max(1, jobs), database * 1e6 / max(1, jobs)
