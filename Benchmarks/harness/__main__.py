"""The command line of the harness; `scripts/bench` builds everything and calls it."""
from __future__ import annotations

import argparse
import json
import signal
import sys
import time
from dataclasses import replace
from pathlib import Path
from types import FrameType

from . import guard, report, scenarios
from .bench import FULL, GUARD, QUICK, Bench, Profile, Scenario
from .figures import Outcome
from .machine import circumstances
from .processes import BenchError, stop_all

ROOT = Path(__file__).resolve().parents[2]
BASELINE = ROOT / "Benchmarks/baseline.json"


def main() -> int:
    options = _options()
    if options.list:
        for one in scenarios.ALL:
            print(f"{one.name:12} {one.group:10} {one.title}{'' if one.is_usual else ' (only when named)'}")
        return 0
    if options.docs:
        return _print_docs()
    try:
        return _guard(options) if options.scenarios[:1] == ["guard"] else _measure(options)
    except (BenchError, ValueError) as error:
        print(f"scripts/bench: {error}", file=sys.stderr)
        return 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="scripts/bench", description="Measures the service and what it is made of; see docs/performance.md.")
    parser.add_argument("scenarios", nargs="*", metavar="SCENARIO", help="names or groups, else all; after `guard`: compare")
    parser.add_argument("--quick", action="store_true", help="shows within 3 minutes that all works; figures mean nothing")
    parser.add_argument("--seconds", type=int, help="of each load, in place of the usual time")
    parser.add_argument("--minutes", type=int, default=10, help="of the soak (10)")
    parser.add_argument("--list", action="store_true", help="list the scenarios")
    parser.add_argument("--docs", action="store_true", help="print the tables of the last whole run for the docs")
    parser.add_argument("--renew", action="store_true", help="with guard: keep what is measured as the new baseline")
    options = parser.parse_intermixed_args()
    if not 1 <= options.minutes <= 1440 or not (options.seconds is None or 1 <= options.seconds <= 600):
        parser.error("--minutes is 1 to 1440, --seconds 1 to 600")
    return options


def _print_docs() -> int:
    file = ROOT / ".local/bench/report.json"
    if not file.exists():
        print("scripts/bench: there is no .local/bench/report.json yet: run `make bench`", file=sys.stderr)
        return 1
    whole = json.loads(file.read_text())
    print(report.summary(whole) + "\n\n" + report.tables(whole))
    return 0


def _bench(options: argparse.Namespace, profile: Profile) -> Bench:
    if options.seconds is not None:
        profile = replace(profile, seconds=options.seconds, job_seconds=options.seconds)
    return Bench(ROOT, profile, options.minutes)


def _measure(options: argparse.Namespace) -> int:
    chosen = scenarios.chosen(options.scenarios)
    bench = _bench(options, QUICK if options.quick else FULL)
    began = time.monotonic()
    try:
        about = circumstances(ROOT, bench.database.programs)
        found = [(one, _run(bench, one)) for one in chosen]
    finally:
        stop_all()
        bench.database.stop()
    whole = report.build(about, bench.profile.name, found, time.monotonic() - began)
    stem = "chosen" if options.scenarios else "quick" if options.quick else "report"
    files = report.write(bench.folder, stem, whole, found)
    print(f"\n{report.markdown(whole)}\nKept in {files[1].relative_to(ROOT)} and {files[0].name}, "
          f"with {len(files) - 2} plots, after {whole['seconds']:.0f} s.")
    for text in report.missed(whole):
        print(f"bar missed: {text}")
    for text in report.problems(whole):
        print(f"scripts/bench: {text}: these figures mean nothing", file=sys.stderr)
    return 1 if report.problems(whole) else 0


def _run(bench: Bench, scenario: Scenario) -> Outcome:
    print(f"--- {scenario.title}", flush=True)
    outcome, began = Outcome(), time.monotonic()
    scenario.run(bench, outcome)
    outcome.seconds = time.monotonic() - began
    for figure in outcome.figures:
        print(f"  {report.row(figure.as_json())}", flush=True)
    for text in outcome.problems:
        print(f"  problem: {text}", flush=True)
    return outcome


def _guard(options: argparse.Namespace) -> int:
    baseline = guard.read(BASELINE) if BASELINE.exists() else {}
    chosen = [one for one in scenarios.chosen(options.scenarios[1:]) if one.name in guard.SCENARIOS]
    bench = _bench(options, GUARD)
    ratios: dict[str, dict[str, float]] = {}
    lost: list[guard.Comparison] = []
    try:
        about = circumstances(ROOT, bench.database.programs)
        for scenario in chosen:
            ratios[scenario.name] = _ratios(bench, scenario)
            known = {} if options.renew else baseline.get(scenario.name, {})
            for turn in range(1, guard.REPEATS + 1):
                if not any(one.is_lost for one in guard.compare(known, ratios[scenario.name])):
                    break
                print(f"  a loss; once more, {turn} of {guard.REPEATS}", flush=True)
                ratios[scenario.name] = guard.merge(ratios[scenario.name], _ratios(bench, scenario))
            lost += [one for one in guard.compare(known, ratios[scenario.name]) if one.is_lost]
    finally:
        stop_all()
        bench.database.stop()
    if options.renew:
        guard.write(BASELINE, about, {**baseline, **ratios})
        print(f"{BASELINE.relative_to(ROOT)} holds what was measured now; look at the change and commit it.")
        return 0
    print("\nTo the baseline:")
    for name, found in ratios.items():
        for one in guard.compare(baseline.get(name, {}), found):
            print(f"  {one}")
    if lost:
        share = f"{guard.ALLOWED_LOSS:.0%}"
        print(f"scripts/bench: {len(lost)} of the ratios lost more than {share}. A loss that is meant is kept by "
              f"`{guard.RENEW}`, on an idle machine.", file=sys.stderr)
    return 1 if lost else 0


def _ratios(bench: Bench, scenario: Scenario) -> dict[str, float]:
    outcome = _run(bench, scenario)
    if outcome.problems:
        raise BenchError(f"{scenario.name}: {outcome.problems[0]}: these figures mean nothing")
    return outcome.ratios


def _interrupted(number: int, _: FrameType | None) -> None:
    raise SystemExit(128 + number)


if __name__ == "__main__":
    for one in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(one, _interrupted)
    sys.exit(main())
