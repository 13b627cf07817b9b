"""Plots as SVG, without any library: lines over two axes, the vertical one logarithmic where values spread widely."""
from __future__ import annotations

from html import escape
from math import ceil, floor, log10

from .figures import Plot, number

WIDTH, HEIGHT = 760, 420
LEFT, RIGHT, TOP, BOTTOM = 70, 190, 40, 50
COLOURS = ("#1f77b4", "#d62728", "#2ca02c", "#9467bd", "#ff7f0e", "#17becf", "#8c564b", "#e377c2", "#7f7f7f", "#bcbd22")
#: From this ratio of the largest to the smallest value on, the axis is logarithmic.
WIDE = 20


def svg(plot: Plot) -> str:
    """The whole picture; one that says so where there is nothing to be drawn."""
    points = [point for line in plot.lines for point in line.points]
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" '
        f'viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="12">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>',
        _text(LEFT, 22, plot.title, size=15),
    ]
    if not points:
        return "\n".join([*parts, _text(LEFT, HEIGHT / 2, "no data"), "</svg>\n"])
    across = Axis([x for x, _ in points], LEFT, WIDTH - RIGHT, is_log=False)
    upward = Axis([y for _, y in points], HEIGHT - BOTTOM, TOP, is_log=_is_wide([y for _, y in points]))
    parts += _grid(plot, across, upward)
    for index, line in enumerate(plot.lines):
        colour = COLOURS[index % len(COLOURS)]
        places = [f"{across.place(x):.1f},{upward.place(y):.1f}" for x, y in line.points]
        parts.append(f'<polyline points="{" ".join(places)}" fill="none" stroke="{colour}" stroke-width="1.6"/>')
        for place in places:
            x, y = place.split(",")
            parts.append(f'<circle cx="{x}" cy="{y}" r="2.2" fill="{colour}"/>')
        row = TOP + 12 + 18 * index
        parts.append(f'<rect x="{WIDTH - RIGHT + 14}" y="{row - 9}" width="10" height="10" fill="{colour}"/>')
        parts.append(_text(WIDTH - RIGHT + 30, row, line.label))
    return "\n".join([*parts, "</svg>\n"])


class Axis:
    """Turns values into places between two ends of the picture."""

    def __init__(self, values: list[float], start: float, end: float, is_log: bool) -> None:
        self._start, self._end, self._is_log = start, end, is_log
        if is_log:
            self._low, self._high = float(floor(log10(min(values)))), float(ceil(log10(max(values))))
            self._high = max(self._high, self._low + 1)
            self.ticks = [10.0 ** power for power in range(int(self._low), int(self._high) + 1)]
        else:
            step = _step(max(values))
            self._low, self._high = 0.0, step * max(1, ceil(max(values) / step - 1e-9))
            self.ticks = [step * index for index in range(round(self._high / step) + 1)]

    def place(self, value: float) -> float:
        value = log10(max(value, 10.0 ** self._low)) if self._is_log else value
        share = (value - self._low) / (self._high - self._low)
        return self._start + share * (self._end - self._start)


def _is_wide(values: list[float]) -> bool:
    return min(values) > 0 and max(values) / min(values) >= WIDE


def _step(most: float) -> float:
    """A round distance between ticks, so that there are three to seven of them."""
    if most <= 0:
        return 1.0
    power = 10.0 ** floor(log10(most))
    return next(step * power for step in (0.2, 0.5, 1.0, 2.0) if most / (step * power) <= 6)


def _grid(plot: Plot, across: Axis, upward: Axis) -> list[str]:
    parts = []
    for tick in upward.ticks:
        y = upward.place(tick)
        parts.append(f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}" stroke="#ddd"/>')
        parts.append(_text(LEFT - 8, y + 4, _tick(tick), anchor="end"))
    for tick in across.ticks:
        x = across.place(tick)
        parts.append(f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{TOP}" y2="{HEIGHT - BOTTOM}" stroke="#eee"/>')
        parts.append(_text(x, HEIGHT - BOTTOM + 18, _tick(tick), anchor="middle"))
    parts.append(_text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 10, plot.x, anchor="middle"))
    middle = (TOP + HEIGHT - BOTTOM) / 2
    turned = f' transform="rotate(-90 16 {middle:.0f})"'
    parts.append(_text(16, middle, plot.y, anchor="middle", more=turned))
    return parts


def _tick(value: float) -> str:
    return number(value) if value >= 1 or value == 0 else f"{value:g}"


def _text(x: float, y: float, text: str, *, anchor: str = "start", size: int = 12, more: str = "") -> str:
    return (f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size}"{more}>'
            f"{escape(text)}</text>")
