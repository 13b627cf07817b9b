from __future__ import annotations

import json
import tempfile
import unittest
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from .. import report
from ..figures import Outcome, Plot, Series, at_least, at_most
from ..load import Stretch
from ..plot import Axis, svg

ABOUT = {
    "date": "2026-11-28T09:00:00Z", "commit": "0123456789ab", "broker": "embedded", "settings": {"HTTP_LOOPS": "1"},
    "machine": {"processor": "P", "cores": 2, "memory_mib": 1, "system": "S", "kernel": "K",
                "load_average_before": "0 0 0"},
    "versions": {"swift": "6.3", "nginx": "1"},
}


@dataclass
class Named:
    name: str
    title: str = "A title"
    includes: str = "what it includes"


def found() -> list[tuple[Named, Outcome]]:
    fast = Outcome(peak_memory=100_000_000, seconds=1.26)
    fast.add("share of nginx", 0.9, "", at_least(0.8))
    fast.add("p99", 20.5, "ms", at_most(15), "a note")
    fast.plots.append(Plot("fast-time", "Time", "seconds", "ms", [Series("a < b", [(0, 1), (1, 200)])]))
    broken = Outcome(peak_memory=160_000_000, problems=["3 requests failed"])
    return [(Named("fast"), fast), (Named("broken"), broken)]


class ReportTests(unittest.TestCase):
    def setUp(self) -> None:
        self.report = report.build(ABOUT, "full", found(), 12.34)

    def test_every_figure_says_whether_its_bar_is_met(self) -> None:
        figures = self.report["scenarios"][0]["figures"]
        self.assertEqual([figure["met"] for figure in figures], [True, False])
        self.assertEqual(figures[1]["bar"], {"direction": "≤", "limit": 15})

    def test_the_memory_under_all_of_it_is_that_of_the_worst(self) -> None:
        memory = self.report["scenarios"][-1]
        self.assertEqual(memory["name"], "memory")
        self.assertEqual(memory["figures"][0]["value"], 160)
        self.assertEqual(memory["figures"][0]["note"], "broken 160, fast 100")

    def test_missed_bars_and_problems_are_told_by_scenario(self) -> None:
        self.assertEqual(report.missed(self.report), ["fast: p99", "memory: peak resident memory"])
        self.assertEqual(report.problems(self.report), ["broken: 3 requests failed"])

    def test_a_missed_figure_is_bold(self) -> None:
        text = report.markdown(self.report)
        self.assertIn("| share of nginx | ≥ 0.80 | 0.90 |  |", text)
        self.assertIn("| p99 | ≤ 15 ms | **20.5 ms** | a note |", text)
        self.assertIn("* broken: 3 requests failed", text)
        self.assertIn("Set: HTTP_LOOPS=1.", text)
        self.assertNotIn("mean nothing.**", text)

    def test_a_quick_run_says_that_it_means_nothing(self) -> None:
        text = report.markdown(report.build(ABOUT, "quick", found(), 1))
        self.assertIn("its figures mean nothing.**", text)

    def test_all_files_are_written(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            files = report.write(Path(folder), "report", self.report, found())
            self.assertEqual([file.name for file in files], ["report.json", "report.md", "report-fast-time.svg"])
            self.assertEqual(json.loads(files[0].read_text()), self.report)
            self.assertIn("![report-fast-time.svg](report-fast-time.svg)", files[1].read_text())


class LoadTests(unittest.TestCase):
    def test_latencies_become_milliseconds_and_all_failures_count(self) -> None:
        stretch = Stretch.read({
            "rate": 100, "requests": 10, "refused": 1, "broken": 2, "unanswered": 3,
            "latency_us": {"p50": 1500, "p99": 2500}, "own_delay_us": {"p99": 20},
            "timeline": [{"second": 0, "requests": 4, "p50": 1000, "p99": 2000, "max": 9},
                         {"second": 1, "requests": 0, "p50": 0, "p99": 0, "max": 0}],
        })
        self.assertEqual((stretch.failed, stretch.p50_ms, stretch.p99_ms, stretch.own_p99_ms), (6, 1.5, 2.5, 0.02))
        self.assertEqual([line.points for line in stretch.over_time("x")], [[(0, 1.0)], [(0, 2.0)]])


class PlotTests(unittest.TestCase):
    def test_a_plot_is_sound_xml_with_a_line_for_each_series(self) -> None:
        lines = [Series("a < b", [(0, 1), (10, 500)]), Series("c", [(5, 20)])]
        root = ElementTree.fromstring(svg(Plot("p", "T & U", "x", "y", lines)))
        self.assertEqual(len(root.findall("{http://www.w3.org/2000/svg}polyline")), 2)
        self.assertEqual(len(root.findall("{http://www.w3.org/2000/svg}circle")), 3)

    def test_a_plot_without_points_says_so(self) -> None:
        self.assertIn("no data", svg(Plot("p", "T", "x", "y", [Series("a", [])])))

    def test_places_grow_with_values_on_either_axis(self) -> None:
        linear = Axis([0, 50, 100], 0, 200, is_log=False)
        self.assertEqual([linear.place(value) for value in (0, 50, 100)], [0, 100, 200])
        wide = Axis([1, 100], 300, 0, is_log=True)
        self.assertEqual([wide.place(value) for value in (1, 10, 100)], [300, 150, 0])

    def test_there_are_a_few_ticks_that_reach_beyond_the_largest_value(self) -> None:
        for most in (0.0, 0.3, 1.0, 7.0, 99.0, 145_000.0):
            ticks = Axis([0, most], 0, 1, is_log=False).ticks
            self.assertTrue(2 <= len(ticks) <= 8, (most, ticks))
            self.assertGreaterEqual(ticks[-1], most)
