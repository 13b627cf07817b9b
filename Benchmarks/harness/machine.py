"""On what, and of what, the figures are."""
from __future__ import annotations

import os
import platform
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from .calibration import loop_nanoseconds

_SECRET = re.compile("PASSWORD|KEY|CREDENTIALS")


def circumstances(root: Path, postgres_programs: Path) -> dict[str, Any]:
    """Machine, versions, commit and settings, for the report."""
    return {
        "date": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "commit": _commit(root),
        "machine": {
            "processor": _first(r"^model name\s*: (.*)$", Path("/proc/cpuinfo").read_text()),
            "cores": len(os.sched_getaffinity(0)),
            "memory_mib": int(_first(r"^MemTotal:\s+(\d+)", Path("/proc/meminfo").read_text()) or 0) // 1024,
            "system": _first(r'^PRETTY_NAME="(.*)"$', Path("/etc/os-release").read_text()),
            "kernel": platform.release(),
            "load_average_before": " ".join(Path("/proc/loadavg").read_text().split()[:3]),
            "loop_ns": round(loop_nanoseconds(), 2),
        },
        "versions": {
            "swift": _first(r"Swift version ([0-9.]+)", _output("swift", "--version")),
            "postgresql": _first(r"([0-9.]+)", _output(str(postgres_programs / "postgres"), "--version")),
            "librdkafka": _output("pkg-config", "--modversion", "rdkafka").strip(),
            "nginx": _first(r"nginx/([0-9.]+)", _output("/usr/sbin/nginx", "-v")),
            "wrk": _first(r"^wrk (?:debian/)?([0-9.]+)", _output("wrk", "-v")),
            "python": ".".join(map(str, sys.version_info[:3])),
        },
        "broker": "Kafka" if os.environ.get("KAFKA_BOOTSTRAP_SERVERS") else "embedded",
        "settings": _settings(root),
    }


def _commit(root: Path) -> str:
    commit = _output("git", "-C", str(root), "rev-parse", "--short=12", "HEAD").strip()
    if not re.fullmatch("[0-9a-f]{12}", commit):
        return "unknown"
    return commit + (", changed" if _output("git", "-C", str(root), "status", "--porcelain").strip() else "")


def _settings(root: Path) -> dict[str, str]:
    """Settings of the service that came from the environment, without secrets."""
    names = re.findall(r"^#? ?([A-Z][A-Z0-9_]+)=", (root / ".env.example").read_text(), re.MULTILINE)
    return {name: os.environ[name] for name in names if name in os.environ and not _SECRET.search(name)}


def _output(*words: str) -> str:
    try:
        done = subprocess.run(words, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    except OSError:
        return ""
    return done.stdout + done.stderr


def _first(pattern: str, text: str) -> str:
    found = re.search(pattern, text, re.MULTILINE)
    return found[1] if found else ""
