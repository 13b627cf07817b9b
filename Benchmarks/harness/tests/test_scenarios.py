from __future__ import annotations

import unittest

from ..scenarios import ALL, chosen


class ScenarioTests(unittest.TestCase):
    def test_names_are_told_apart(self) -> None:
        names = [one.name for one in ALL]
        self.assertEqual(len(names), len(set(names)))

    def test_a_group_stands_for_all_of_its_scenarios(self) -> None:
        self.assertEqual([one.name for one in chosen(["jobs"])], ["accept", "through", "through-2", "start"])

    def test_without_a_name_all_usual_ones_are_run(self) -> None:
        names = {one.name for one in chosen([])}
        self.assertNotIn("soak", names)
        self.assertLessEqual({"idle", "ready", "gets", "accept", "through", "slots", "chat", "backlog"}, names)

    def test_an_unknown_name_is_refused_with_those_there_are(self) -> None:
        with self.assertRaisesRegex(ValueError, "no scenario is called jbos; there are: .*jobs"):
            chosen(["jbos"])
