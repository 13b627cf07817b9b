"""What is measured and what stands around it: the service itself, a broker, the stand-in for GigaChat, nginx."""
from __future__ import annotations

import json
import os
import time
import urllib.request
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Mapping

from .processes import BenchError, Program, memory

READY_SECONDS = 30
_opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

#: All features on: metrics, logs at info, keys. Limits that concern one client are off, since all load is one client's.
USUAL = {
    "METRICS_ENABLED": "true",
    "LOG_LEVEL": "info",
    "LOG_FORMAT": "json",
    "GIGACHAT_RUN_MODE": "dryrun",
    "DRYRUN_DELAY_MS": "0",
    "MAX_QUEUE_SIZE": "10000000",
}
FIXED = {
    "HOST": "127.0.0.1",
    "PORT": "0",
    "API_KEYS_REQUIRED": "true",
    "RATE_LIMIT_PROCESS": "0",
    "RATE_LIMIT_CLASSIFY": "0",
    "HTTP_MAX_CONNECTIONS_PER_CLIENT": "0",
}


def fetch(
    url: str, fields: Mapping[str, str] | None = None, body: bytes | None = None, seconds: float = 60
) -> tuple[int, bytes]:
    """One request; status and content. An error where there is no answer at all."""
    request = urllib.request.Request(url, data=body, headers=dict(fields or {}))
    try:
        with _opener.open(request, timeout=seconds) as answer:
            return int(answer.status), answer.read()
    except urllib.error.HTTPError as refusal:
        return refusal.code, refusal.read()
    except OSError as error:
        raise BenchError(f"{url}: {error}") from error


class Service:
    """One process of the real program, started and ready."""

    def __init__(
        self,
        binary: Path,
        role: str,
        settings: Mapping[str, str],
        log: Path,
        folder: Path,
        core: int | None,
    ) -> None:
        """`folder` is one without a .env file, so that nothing but the environment has a say."""
        self.role = role
        environment = {**os.environ, **_with_defaults(USUAL), **FIXED, **settings}
        began = time.monotonic()
        self.program = Program(
            [str(binary), "serve", "--role", role], core=core, environment=environment, folder=folder, output=log)
        #: Empty for a worker, which has no address for clients.
        self.url = ""
        if role == "worker":
            self.program.line(lambda line: '"message":"ready"' in line, READY_SECONDS)
        else:
            where = self.program.line(lambda line: '"message":"listening"' in line, READY_SECONDS)
            self.url = str(json.loads(where)["address"])
            self._await_ready()
        #: From the start of the process to its first "ready".
        self.seconds_to_ready = time.monotonic() - began

    def _await_ready(self) -> None:
        end = time.monotonic() + READY_SECONDS
        while True:
            status, body = fetch(self.url + "/readyz")
            if status == 200:
                return
            if time.monotonic() > end or not self.program.is_running:
                raise BenchError(f"the service did not get ready: {body.decode(errors='replace')}")
            time.sleep(0.002)

    def stop(self) -> int:
        """Ends it; returns the most memory that it had, in bytes."""
        peak = memory(self.program.pid, "VmHWM")
        self.program.stop()
        return peak


def _with_defaults(settings: Mapping[str, str]) -> dict[str, str]:
    """What the environment says counts more."""
    return {key: os.environ.get(key, value) for key, value in settings.items()}


def own_topics(mark: str) -> dict[str, str]:
    """Settings for topics and a group that nobody else has."""
    names = {"KAFKA_TOPIC_REQUESTS": "requests", "KAFKA_TOPIC_RESPONSES": "responses", "KAFKA_TOPIC_DLQ": "dlq",
             "KAFKA_CONSUMER_GROUP": "group"}
    return {key: f"gigaoffice-bench-{mark}-{name}" for key, name in names.items()}


class Broker:
    """`gigaoffice dev-broker`, for several processes without a Kafka."""

    def __init__(self, binary: Path, folder: Path, environment: Mapping[str, str]) -> None:
        self.program = Program(
            [str(binary), "dev-broker", "--partitions", "8"], environment=environment, folder=folder,
            output=folder / "broker.log")
        line = self.program.line(lambda line: "bootstrap_servers" in line)
        self.settings = {"KAFKA_BOOTSTRAP_SERVERS": str(json.loads(line)["bootstrap_servers"])}


@dataclass(frozen=True)
class _FakeFacts:
    base_url: str
    auth_url: str
    credentials: str
    scope: str


class FakeGigaChat:
    """`gigaoffice fake-gigachat` in the cloud mode, without TLS."""

    def __init__(self, binary: Path, folder: Path, words: list[str], core: int | None = None) -> None:
        self.program = Program(
            [str(binary), "fake-gigachat", *words], core=core, environment=dict(os.environ), folder=folder,
            output=folder / "fake.log", errors=folder / "fake-errors.log")
        facts = json.loads(self.program.line(lambda line: "base_url" in line))
        self._facts = _FakeFacts(*(facts[name] for name in ("base_url", "auth_url", "credentials", "scope")))
        self.chat_url = self._facts.base_url + "/chat/completions"
        self._origin = self._facts.base_url.split("/api/")[0]

    @property
    def settings(self) -> dict[str, str]:
        """How the service gets to it."""
        return {
            "GIGACHAT_RUN_MODE": "cloud",
            "GIGACHAT_BASE_URL": self._facts.base_url,
            "GIGACHAT_AUTH_URL": self._facts.auth_url,
            "GIGACHAT_CREDENTIALS": self._facts.credentials,
            "GIGACHAT_SCOPE": self._facts.scope,
            "GIGACHAT_MODEL": "GigaChat-2",
            "GIGACHAT_MAX_REQUESTS_PER_MINUTE": "1000000",
        }

    def token(self) -> str:
        """For those who ask it directly."""
        fields = {
            "Authorization": f"Basic {self._facts.credentials}",
            "RqUID": str(uuid.uuid4()),
            "Content-Type": "application/x-www-form-urlencoded",
            "User-Agent": "bench",
        }
        status, body = fetch(self._facts.auth_url, fields, f"scope={self._facts.scope}".encode())
        if status != 200:
            raise BenchError(f"the stand-in gives out no token: {body.decode(errors='replace')}")
        return str(json.loads(body)["access_token"])

    def counters(self) -> dict[str, Any]:
        """What it has counted so far."""
        answer = json.loads(fetch(self._origin + "/__fake/counters")[1])
        assert isinstance(answer, dict)
        return answer


class Nginx:
    """One worker with a fixed answer, on a port that was free a moment ago."""

    def __init__(self, materials: Path, folder: Path, port: int, core: int | None) -> None:
        folder.mkdir(exist_ok=True)
        text = (materials / "nginx.conf").read_text().replace("PORT", str(port))
        (folder / "nginx.conf").write_text(text)
        words = ["/usr/sbin/nginx", "-p", f"{folder}/", "-c", "nginx.conf", "-e", "error.log", "-g", "daemon off;"]
        self.program = Program(words, core=core)
        self.url = f"http://127.0.0.1:{port}"
        end = time.monotonic() + 10
        while True:
            try:
                fetch(self.url + "/")
                return
            except BenchError:
                if time.monotonic() > end:
                    errors = (folder / "error.log").read_text() if (folder / "error.log").exists() else ""
                    raise BenchError(f"nginx did not start: {errors}") from None
                time.sleep(0.02)


class BenchmarkServer:
    """`HTTPBenchmarkServer`: the API over a store that keeps nothing."""

    #: The server has the same big answer to every id.
    big_path = "/api/ai/result/0190a5b4-c3d2-7e1f-8123-456789abcdef"
    _connections = 20_000

    def __init__(self, root: Path, log: Path, core: int | None, loops: int = 1, counts: bool = True) -> None:
        words = [str(root / ".build/release/HTTPBenchmarkServer"), "0", str(loops), str(self._connections)]
        self.program = Program(words + ([] if counts else ["no-metrics"]), core=core, output=log)
        self.url = self.program.line(lambda line: line.startswith("http://"))
