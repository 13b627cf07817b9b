"""Programs that run beside the harness, and what they use of the machine."""
from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import time
from pathlib import Path
from typing import Callable, Mapping, Sequence

STOP_SECONDS = 60
TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")
PR_SET_PDEATHSIG = 1


class BenchError(Exception):
    """A measurement cannot go on; the text says why."""


def _die_with_parent() -> None:
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


class Program:
    """A running program. Should the harness be killed, the program ends too."""

    def __init__(
        self,
        words: Sequence[str],
        *,
        core: int | None = None,
        environment: Mapping[str, str] | None = None,
        folder: Path | None = None,
        output: Path | None = None,
        errors: Path | None = None,
    ) -> None:
        """`core` keeps it on one core; without `output` it is silent; `errors` is `output` where none is named."""
        self.name = Path(words[0]).name
        self.output = output
        target = open(output, "wb") if output else open(os.devnull, "wb")
        complaints = open(errors, "wb") if errors else target
        pinned = ["taskset", "-c", str(core), *words] if core is not None else list(words)
        # A session of its own, so that a Ctrl-C reaches the harness only.
        self._process = subprocess.Popen(
            pinned,
            stdin=subprocess.DEVNULL,
            stdout=target,
            stderr=complaints,
            cwd=folder,
            env=dict(environment) if environment is not None else None,
            start_new_session=True,
            preexec_fn=_die_with_parent,
        )
        target.close()
        if complaints is not target:
            complaints.close()
        _running.append(self)

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def is_running(self) -> bool:
        return self._process.poll() is None

    def wait(self, seconds: float) -> None:
        """Until it ends by itself; an error when that takes longer, or when it failed."""
        try:
            code = self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.stop()
            raise BenchError(f"{self.name}: not over after {seconds:.0f} s") from None
        _running.remove(self)
        if code != 0:
            raise BenchError(f"{self.name}: ended with code {code}{self._last_lines()}")

    def stop(self) -> None:
        """Ends it in order, and by force when that takes too long."""
        if self not in _running:
            return
        _running.remove(self)
        if self.is_running:
            self._process.terminate()
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def line(self, wanted: Callable[[str], bool], seconds: float = 30) -> str:
        """The first line of its output that is wanted, once it is there."""
        if self.output is None:
            raise BenchError(f"{self.name}: its output is not kept")
        end = time.monotonic() + seconds
        while True:
            is_running = self.is_running
            # What was written before it ended counts; a line without an end may still grow.
            for line in self.output.read_text(errors="replace").splitlines(keepends=True):
                if line.endswith("\n") and wanted(line):
                    return line.rstrip("\n")
            if not is_running or time.monotonic() > end:
                raise BenchError(f"{self.name}: did not say what was awaited{self._last_lines()}")
            time.sleep(0.01)

    def _last_lines(self) -> str:
        if self.output is None or not self.output.exists():
            return ""
        return ":\n" + "\n".join(self.output.read_text(errors="replace").splitlines()[-20:])


_running: list[Program] = []


def stop_all() -> None:
    """Ends what was started last first."""
    for program in reversed(list(_running)):
        program.stop()


def cpu_seconds(pid: int) -> float:
    """Processor time of a process and of those children that it has waited for; 0 when it is gone."""
    try:
        words = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(int(word) for word in words[11:15]) / TICKS_PER_SECOND


def children(pid: int) -> list[int]:
    """The processes that a process with one thread has started and that live."""
    try:
        return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def memory(pid: int, what: str = "VmRSS") -> int:
    """Bytes of resident memory now, or with `VmHWM` the most that there were; 0 when the process is gone."""
    try:
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith(what + ":"):
                return int(line.split()[1]) * 1024
    except OSError:
        pass
    return 0
