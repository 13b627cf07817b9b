from __future__ import annotations

import json
import tempfile
import unittest
from pathlib import Path

from .. import guard
from ..scenarios import ALL


class LossTests(unittest.TestCase):
    def test_less_throughput_is_a_loss(self) -> None:
        self.assertAlmostEqual(guard.loss("GET /livez to nginx", 0.9, 0.72), 0.2)
        self.assertLess(guard.loss("GET /livez to nginx", 0.9, 0.95), 0)

    def test_more_cost_is_a_loss(self) -> None:
        self.assertAlmostEqual(guard.loss("cost of a job done, service", 100, 125), 0.2)
        self.assertLess(guard.loss("cost of a job done, service", 100, 90), 0)

    def test_nothing_left_is_all_lost(self) -> None:
        self.assertEqual(guard.loss("jobs done to pgbench", 0.5, 0), 1)


class ComparisonTests(unittest.TestCase):
    def found(self, now: dict[str, float]) -> list[bool]:
        return [one.is_lost for one in guard.compare({"a": 1.0, "cost b": 1.0}, now)]

    def test_a_fifth_may_be_lost_and_no_more(self) -> None:
        self.assertEqual(self.found({"a": 0.81, "cost b": 1.24}), [False, False])
        self.assertEqual(self.found({"a": 0.79, "cost b": 1.26}), [True, True])

    def test_a_ratio_that_is_not_measured_any_more_is_lost(self) -> None:
        self.assertEqual(self.found({"a": 1.0}), [False, True])

    def test_of_two_runs_the_better_counts(self) -> None:
        merged = guard.merge({"a": 0.5, "cost b": 3.0, "c": 1.0}, {"a": 0.9, "cost b": 2.0})
        self.assertEqual(merged, {"a": 0.9, "cost b": 2.0, "c": 1.0})

    def test_what_is_written_is_read_back(self) -> None:
        about = {"date": "d", "commit": "c", "machine": {}, "versions": {}, "settings": {}}
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "baseline.json"
            guard.write(file, about, {"gets": {"a": 0.123456}})
            self.assertEqual(guard.read(file), {"gets": {"a": 0.1235}})
            self.assertIn(guard.RENEW, json.loads(file.read_text())["renew"])


class BaselineTests(unittest.TestCase):
    def test_the_committed_baseline_has_ratios_of_every_scenario_that_is_compared(self) -> None:
        baseline = guard.read(Path(__file__).parents[2] / "baseline.json")
        self.assertEqual(sorted(baseline), sorted(guard.SCENARIOS))
        self.assertTrue(all(value > 0 for of in baseline.values() for value in of.values()))

    def test_every_scenario_that_is_compared_exists(self) -> None:
        self.assertLessEqual(set(guard.SCENARIOS), {one.name for one in ALL})
