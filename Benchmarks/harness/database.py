"""A PostgreSQL of the benchmarks' own, with fsync on, as `scripts/postgres` makes it."""
from __future__ import annotations

import os
import re
import shlex
import subprocess
from pathlib import Path

from .processes import BenchError, children, cpu_seconds

NAME = "bench"


class Database:
    """The cluster `bench` of this checkout, running until `stop`."""

    def __init__(self, root: Path, folder: Path) -> None:
        self._script = root / "scripts/postgres"
        self._folder = folder
        self._call("start")
        self.programs = Path(self._call("bin").strip())
        self.settings = {}
        for line in self._call("env").splitlines():
            key, _, value = line.partition("=")
            self.settings[key] = shlex.split(value)[0]
        self._environment = {
            **{key: value for key, value in os.environ.items() if not key.startswith("PG")},
            "PGHOST": self.settings["DB_HOST"],
            "PGPORT": self.settings["DB_PORT"],
            "PGUSER": self.settings["DB_USER"],
            "PGDATABASE": self.settings["DB_NAME"],
        }

    def _call(self, command: str) -> str:
        words = [str(self._script), command] + ([NAME] if command != "bin" else [])
        return _run(words, None)

    def stop(self) -> None:
        self._call("stop")

    def sql(self, text: str) -> list[list[str]]:
        """Runs one statement and returns its rows; null is an empty text."""
        words = [str(self.programs / "psql"), "-X", "-A", "-t", "-q", "-F", "\t", "-v", "ON_ERROR_STOP=1", "-c", text]
        return [line.split("\t") for line in _run(words, self._environment).splitlines()]

    def number(self, text: str) -> float:
        """The only value of a statement; 0 for null."""
        return float(self.sql(text)[0][0] or 0)

    def empty(self) -> None:
        """What one scenario leaves behind must not slow the next."""
        self.sql("SET client_min_messages = warning; DROP SCHEMA public CASCADE; CREATE SCHEMA public")
        self.sql("CHECKPOINT")

    def cpu_seconds(self) -> float:
        """Processor time of all of the cluster's processes so far."""
        postmaster = int(self.sql("SELECT split_part(pg_read_file('postmaster.pid'), E'\\n', 1)")[0][0])
        return cpu_seconds(postmaster) + sum(map(cpu_seconds, children(postmaster)))

    def inserts_per_second(self, seconds: int, clients: int = 16) -> float:
        """Durable single-row transactions by pgbench: what this machine and its disk can do by themselves."""
        self.sql("DROP TABLE IF EXISTS calibration")
        self.sql("CREATE TABLE calibration (id bigserial PRIMARY KEY, body text)")
        script = self._folder / "insert.sql"
        script.write_text("INSERT INTO calibration (body) VALUES (repeat(md5(random()::text), 16));\n")
        words = [str(self.programs / "pgbench"), "-n", "-c", str(clients), "-j", "1", "-T", str(seconds)]
        answer = _run(words + ["-f", str(script)], self._environment)
        self.sql("DROP TABLE calibration")
        found = re.search(r"^tps = ([0-9.]+)", answer, re.MULTILINE)
        if not found:
            raise BenchError(f"pgbench did not tell its rate: {answer}")
        return float(found[1])


def _run(words: list[str], environment: dict[str, str] | None) -> str:
    done = subprocess.run(words, stdin=subprocess.DEVNULL, capture_output=True, text=True, env=environment, check=False)
    if done.returncode != 0:
        raise BenchError(f"{Path(words[0]).name} failed: {done.stderr.strip()}")
    return done.stdout
