"""What a measurement has to say: figures with their bars, points to be drawn, and what went wrong."""
from __future__ import annotations

from dataclasses import dataclass, field
from statistics import median as middle
from typing import Any, Literal, Sequence

Direction = Literal["≥", "≤"]


@dataclass(frozen=True)
class Bar:
    """What a figure has to reach (`≥`) or to stay below (`≤`)."""

    direction: Direction
    limit: float

    def is_met(self, value: float) -> bool:
        return value >= self.limit if self.direction == "≥" else value <= self.limit

    def __str__(self) -> str:
        return f"{self.direction} {number(self.limit)}"


def at_least(limit: float) -> Bar:
    return Bar("≥", limit)


def at_most(limit: float) -> Bar:
    return Bar("≤", limit)


@dataclass(frozen=True)
class Figure:
    """One measured number. `note` says in a few words what it was made from."""

    name: str
    value: float
    unit: str
    bar: Bar | None = None
    note: str = ""

    @property
    def is_met(self) -> bool | None:
        """None where there is no bar."""
        return None if self.bar is None else self.bar.is_met(self.value)

    def as_json(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "value": self.value,
            "unit": self.unit,
            "bar": None if self.bar is None else {"direction": self.bar.direction, "limit": self.bar.limit},
            "met": self.is_met,
            "note": self.note,
        }


@dataclass(frozen=True)
class Series:
    """Points of one line of a plot."""

    label: str
    points: list[tuple[float, float]]


@dataclass(frozen=True)
class Plot:
    """A picture of several lines; latencies are drawn on a logarithmic axis."""

    name: str
    title: str
    x: str
    y: str
    lines: list[Series]

    def as_json(self) -> dict[str, Any]:
        lines = [{"label": line.label, "points": [list(point) for point in line.points]} for line in self.lines]
        return {"name": self.name, "title": self.title, "x": self.x, "y": self.y, "lines": lines}


@dataclass
class Outcome:
    """All that one scenario has shown."""

    figures: list[Figure] = field(default_factory=list)
    plots: list[Plot] = field(default_factory=list)
    #: Requests that failed and the like: with any of them the figures mean nothing.
    problems: list[str] = field(default_factory=list)
    #: What `bench-guard` compares, by name; see `guard.py`.
    ratios: dict[str, float] = field(default_factory=dict)
    #: The most resident memory that a process of the service had, in bytes.
    peak_memory: int = 0
    seconds: float = 0.0

    def add(self, name: str, value: float, unit: str, bar: Bar | None = None, note: str = "") -> None:
        self.figures.append(Figure(name, value, unit, bar, note))


def median(values: Sequence[float]) -> float:
    """The middle one, or the mean of the middle two; there must be one."""
    return float(middle(values))


def median_ratio(ones: Sequence[float], others: Sequence[float]) -> float:
    """The median of the ratios of neighbouring runs, so that what the machine does to both falls out."""
    return median([one / other for one, other in zip(ones, others, strict=True)])


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest of the values that at least `share` (0 to 1) of them do not exceed; there must be one."""
    ordered = sorted(values)
    rank = max(1, -(-len(ordered) * share // 1))
    return ordered[min(len(ordered), int(rank)) - 1]


def number(value: float) -> str:
    """For people: three digits that count, whole numbers with blanks between thousands."""
    if abs(value) >= 100 or value == int(value):
        return f"{round(value):,}".replace(",", " ")
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"
