"""The two load tools: wrk, as fast as answers come, and our HTTPLoad, at a fixed rate."""
from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Sequence

from .figures import Series
from .processes import Program

CONNECTIONS = 64
PATIENCE_SECONDS = 30
#: What a slow moment has kept waiting is answered late, not lost.
GRACE_SECONDS = 20


@dataclass(frozen=True)
class Request:
    """What is asked for: with `body` it is posted as JSON; several paths are asked for in turn."""

    url: str
    paths: tuple[str, ...]
    fields: tuple[str, ...] = ()
    body: Path | None = None


@dataclass(frozen=True)
class Burst:
    """What wrk has seen."""

    requests: int
    seconds: float
    failed: int
    p50_ms: float
    p99_ms: float

    @property
    def per_second(self) -> float:
        return self.requests / self.seconds


@dataclass(frozen=True)
class Stretch:
    """What HTTPLoad has seen; latencies count from the moment at which a request was meant to be sent."""

    rate: float
    requests: int
    failed: int
    p50_ms: float
    p99_ms: float
    own_p99_ms: float
    #: Begin in seconds, requests, p50 and p99 in milliseconds.
    slices: list[tuple[float, int, float, float]]

    @classmethod
    def read(cls, report: dict[str, Any]) -> Stretch:
        slices = [(one["second"], one["requests"], one["p50"] / 1e3, one["p99"] / 1e3)
                  for one in report.get("timeline", [])]
        return cls(
            rate=report["rate"],
            requests=report["requests"],
            failed=report["refused"] + report["broken"] + report["unanswered"],
            p50_ms=report["latency_us"]["p50"] / 1e3,
            p99_ms=report["latency_us"]["p99"] / 1e3,
            own_p99_ms=report["own_delay_us"]["p99"] / 1e3,
            slices=slices,
        )

    def over_time(self, label: str) -> list[Series]:
        """Its lines for a plot of latency over time."""
        return [
            Series(f"{label}, p50", [(second, p50) for second, count, p50, _ in self.slices if count]),
            Series(f"{label}, p99", [(second, p99) for second, count, _, p99 in self.slices if count]),
        ]


class LoadTools:
    """Runs them one at a time, on a core of their own where there is one."""

    def __init__(self, root: Path, folder: Path, core: int | None) -> None:
        self._script = root / "Benchmarks/http/wrk.lua"
        self._binary = root / ".build/release/HTTPLoad"
        self._folder = folder
        self._core = core

    def wrk(self, request: Request, seconds: int, *, pinned: bool = False, connections: int = CONNECTIONS) -> Burst:
        """Each connection asks again when it has its answer, for so many seconds."""
        words = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "-s", str(self._script)]
        for one in request.fields:
            words += ["-H", one]
        words += [request.url + request.paths[0], "--"]
        words += ["--body", str(request.body)] if request.body else []
        words += ["--paths", str(self._write_paths(request))] if len(request.paths) > 1 else []
        text = self._run(words, seconds, pinned, "wrk")
        report = json.loads(text.strip().splitlines()[-1])
        latencies = report["latency_us"]
        return Burst(
            report["requests"], report["seconds"], report["failed"], latencies["p50"] / 1e3, latencies["p99"] / 1e3)

    def open_loop(
        self,
        request: Request,
        rate: float,
        seconds: float,
        *,
        warm_up: float = 0.5,
        slices: int = 0,
        pinned: bool = False,
        connections: int = CONNECTIONS,
    ) -> Stretch:
        """So many requests a second, whether or not the server keeps up."""
        extra = ["--slices", str(slices)] if slices else []
        report = self.http_load(request, rate, seconds, warm_up, connections, pinned, extra)
        return Stretch.read(report["alone"])

    def http_load(
        self,
        request: Request,
        rate: float,
        seconds: float,
        warm_up: float,
        connections: int,
        pinned: bool,
        extra: Sequence[str],
    ) -> dict[str, Any]:
        """HTTPLoad's own report, with whatever options it has."""
        words = [str(self._binary), request.url.removeprefix("http://"), "--rate", f"{max(1, rate):.0f}"]
        words += ["--connections", str(connections), "--warm-up", str(warm_up), "--seconds", str(seconds)]
        words += ["--grace", str(GRACE_SECONDS), "--paths", str(self._write_paths(request))]
        words += ["--body", str(request.body)] if request.body else []
        for one in request.fields:
            words += ["--header", one]
        report = json.loads(self._run(words + list(extra), seconds + warm_up + 60, pinned, "HTTPLoad"))
        assert isinstance(report, dict)
        return report

    def _run(self, words: list[str], seconds: float, pinned: bool, name: str) -> str:
        output = self._folder / f"{name}.out"
        program = Program(words, core=self._core if pinned else None, output=output)
        program.wait(seconds + PATIENCE_SECONDS)
        return output.read_text()

    def _write_paths(self, request: Request) -> Path:
        file = self._folder / "paths"
        file.write_text("\n".join(request.paths) + "\n")
        return file
