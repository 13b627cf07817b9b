"""The report: one JSON, and the same for people as Markdown."""
from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Mapping, Sequence

from .figures import Outcome, at_most, number
from .plot import svg

PEAK_BAR_MB = 150


def build(
    circumstances: Mapping[str, Any], profile: str, found: Sequence[tuple[Any, Outcome]], seconds: float
) -> dict[str, Any]:
    """`found` are scenarios with what they have shown. Adds the memory under all of it."""
    scenarios = [
        {
            "name": scenario.name,
            "title": scenario.title,
            "includes": scenario.includes,
            "seconds": round(outcome.seconds, 1),
            "figures": [figure.as_json() for figure in outcome.figures],
            "ratios": outcome.ratios,
            "peak_memory_bytes": outcome.peak_memory,
            "plots": [plot.as_json() for plot in outcome.plots],
            "problems": outcome.problems,
        }
        for scenario, outcome in found
    ]
    if memory := memory_outcome([(scenario.name, outcome.peak_memory) for scenario, outcome in found]):
        scenarios.append({
            "name": "memory",
            "title": "Memory under all of it",
            "includes": "the most resident memory (VmHWM) of any one process of the service",
            "seconds": 0,
            "figures": [figure.as_json() for figure in memory.figures],
            "ratios": {},
            "peak_memory_bytes": memory.peak_memory,
            "plots": [],
            "problems": [],
        })
    return {**circumstances, "profile": profile, "seconds": round(seconds, 1), "scenarios": scenarios}


def memory_outcome(peaks: Sequence[tuple[str, int]]) -> Outcome | None:
    """The greatest of the peaks; nothing where no process was looked at."""
    peaks = [(name, peak) for name, peak in peaks if peak > 0]
    if not peaks:
        return None
    outcome = Outcome(peak_memory=max(peak for _, peak in peaks))
    worst = ", ".join(f"{name} {peak / 1e6:.0f}" for name, peak in sorted(peaks, key=lambda one: -one[1])[:3])
    outcome.add("peak resident memory", outcome.peak_memory / 1e6, "MB", at_most(PEAK_BAR_MB), worst)
    return outcome


def write(folder: Path, stem: str, report: Mapping[str, Any], found: Sequence[tuple[Any, Outcome]]) -> list[Path]:
    """Writes STEM.json, STEM.md and the plots; returns the files."""
    files = [folder / f"{stem}.json", folder / f"{stem}.md"]
    files[0].write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n")
    pictures = []
    for _, outcome in found:
        for plot in outcome.plots:
            picture = folder / f"{stem}-{plot.name}.svg"
            picture.write_text(svg(plot))
            pictures.append(picture)
    files[1].write_text(markdown(report, [picture.name for picture in pictures]))
    return files + pictures


def markdown(report: Mapping[str, Any], pictures: Sequence[str] = ()) -> str:
    """The whole report for people."""
    parts = ["# Measured", ""]
    if report["profile"] != "full":
        parts += ["**A quick run: it shows that everything works; its figures mean nothing.**", ""]
    parts += [summary(report), "", tables(report)]
    problems = [f"* {one['name']}: {text}" for one in report["scenarios"] for text in one["problems"]]
    if problems:
        parts += ["Problems, so that figures mean nothing:", "", *problems, ""]
    parts += [f"![{picture}]({picture})" for picture in pictures]
    return "\n".join(parts).rstrip() + "\n"


def summary(report: Mapping[str, Any]) -> str:
    """Machine, versions and date in one paragraph."""
    machine, versions = report["machine"], report["versions"]
    named = {"swift": "Swift", "postgresql": "PostgreSQL", "librdkafka": "librdkafka", "nginx": "nginx", "wrk": "wrk"}
    words = ", ".join(f"{name} {versions[key]}" for key, name in named.items() if versions.get(key))
    settings = ", ".join(f"{name}={value}" for name, value in report["settings"].items())
    return (
        f"{report['date']}, commit {report['commit']}, {number(report['seconds'])} s. {machine['processor']}, "
        f"{machine['cores']} cores, {machine['memory_mib']} MiB; {machine['system']}, Linux {machine['kernel']}; load "
        f"average before: {machine['load_average_before']}. {words}; {report['broker']} broker; fsync on."
        + (f" Set: {settings}." if settings else ""))


def tables(report: Mapping[str, Any]) -> str:
    """A table for each scenario, as they stand in docs/performance.md: a missed bar's figure is bold."""
    parts: list[str] = []
    for scenario in report["scenarios"]:
        parts += [f"### {scenario['title']}", "", sentence(scenario["includes"]), ""]
        parts += ["| What | Bar | Figure | Note |", "|---|---|---|---|"]
        parts += [row(figure) for figure in scenario["figures"]]
        parts.append("")
    return "\n".join(parts)


def row(figure: Mapping[str, Any]) -> str:
    unit = f" {figure['unit']}" if figure["unit"] else ""
    value = number(figure["value"]) + unit
    bar = figure["bar"]
    limit = f"{bar['direction']} {number(bar['limit'])}{unit}" if bar else ""
    shown = f"**{value}**" if figure["met"] is False else value
    return f"| {figure['name']} | {limit} | {shown} | {figure['note']} |"


def sentence(text: str) -> str:
    return text[0].upper() + text[1:] + "."


def missed(report: Mapping[str, Any]) -> list[str]:
    """The figures that missed their bars."""
    return [
        f"{scenario['name']}: {figure['name']}"
        for scenario in report["scenarios"] for figure in scenario["figures"] if figure["met"] is False
    ]


def problems(report: Mapping[str, Any]) -> list[str]:
    return [f"{one['name']}: {text}" for one in report["scenarios"] for text in one["problems"]]
