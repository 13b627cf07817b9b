"""`make bench-guard`: compares ratios with the committed ones, since times of different machines say little."""
from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Mapping

#: A ratio may get so much worse before that is called a loss.
ALLOWED_LOSS = 0.2
#: The machine is noisy: a scenario with a loss is run again so often, and its best run counts.
REPEATS = 2
#: What is compared; each is a scenario that has ratios.
SCENARIOS = ("gets", "submissions", "accept", "through", "through-2", "chat")
RENEW = "scripts/bench guard --renew"


def is_cost(name: str) -> bool:
    """Of a cost less is better, of all others more."""
    return name.startswith("cost ")


def loss(name: str, before: float, now: float) -> float:
    """How much worse, as a share: 0.2 for four fifths of the throughput, or for a quarter more cost."""
    if before <= 0 or now <= 0:
        return 1.0 if now <= 0 < before else 0.0
    return 1 - (before / now if is_cost(name) else now / before)


def better(name: str, one: float, other: float) -> float:
    return min(one, other) if is_cost(name) else max(one, other)


def merge(known: Mapping[str, float], found: Mapping[str, float]) -> dict[str, float]:
    """The better of each ratio, of two runs of one scenario."""
    both = {name: better(name, known[name], found[name]) for name in known if name in found}
    return {**known, **found, **both}


@dataclass(frozen=True)
class Comparison:
    """One ratio and what it was; `now` is none where it was not measured any more."""

    name: str
    before: float
    now: float | None

    @property
    def is_lost(self) -> bool:
        return self.now is None or loss(self.name, self.before, self.now) > ALLOWED_LOSS

    def __str__(self) -> str:
        if self.now is None:
            return f"{self.name}: {self.before:.4g} -> not measured any more"
        change = -loss(self.name, self.before, self.now) * 100
        return f"{self.name}: {self.before:.4g} -> {self.now:.4g} ({change:+.0f} %){'  LOST' if self.is_lost else ''}"


def compare(baseline: Mapping[str, float], found: Mapping[str, float]) -> list[Comparison]:
    return [Comparison(name, before, found.get(name)) for name, before in baseline.items()]


def read(file: Path) -> dict[str, dict[str, float]]:
    """The committed ratios, by scenario."""
    ratios = json.loads(file.read_text())["ratios"]
    assert isinstance(ratios, dict)
    return ratios


def write(file: Path, circumstances: Mapping[str, Any], ratios: Mapping[str, Mapping[str, float]]) -> None:
    rounded = {name: {key: float(f"{value:.4g}") for key, value in of.items()} for name, of in ratios.items()}
    about = {key: circumstances[key] for key in ("date", "commit", "machine", "versions")}
    about["renew"] = f"{RENEW}, on an idle machine; see docs/performance.md"
    file.write_text(json.dumps({**about, "ratios": rounded}, ensure_ascii=False, indent=1) + "\n")
