from __future__ import annotations

import unittest

from ..figures import Bar, Figure, at_least, at_most, median, median_ratio, number, percentile
from ..scenarios.chat import allowed_growth, growth
from ..scenarios.tables import table_job


class FigureTests(unittest.TestCase):
    def test_a_bar_is_met_at_its_limit_and_missed_beyond(self) -> None:
        self.assertTrue(at_least(0.8).is_met(0.8))
        self.assertFalse(at_least(0.8).is_met(0.799))
        self.assertTrue(at_most(15).is_met(15))
        self.assertFalse(at_most(15).is_met(15.01))

    def test_a_figure_without_a_bar_is_neither_met_nor_missed(self) -> None:
        self.assertIsNone(Figure("a", 1, "ms").is_met)
        self.assertEqual(Figure("a", 1, "ms", Bar("≤", 2)).as_json()["met"], True)

    def test_the_median_of_an_even_number_is_between_the_middle_two(self) -> None:
        self.assertEqual(median([4, 1, 3, 2]), 2.5)
        self.assertEqual(median([9, 1, 5]), 5)

    def test_of_pairs_the_median_of_the_ratios_counts(self) -> None:
        # The quotient of the medians would be 1: a machine that slows down for both in one pair must not count.
        self.assertEqual(median_ratio([10, 4, 90], [10, 8, 100]), 0.9)

    def test_a_percentile_is_one_of_the_values_and_never_too_good(self) -> None:
        values = [float(value) for value in range(100, 0, -1)]
        self.assertEqual(percentile(values, 0.99), 99)
        self.assertEqual(percentile(values, 0.5), 50)
        self.assertEqual(percentile(values, 1), 100)
        self.assertEqual(percentile([7.0], 0.5), 7)
        self.assertEqual(percentile([1.0, 2.0], 0.51), 2)

    def test_numbers_show_the_digits_that_count(self) -> None:
        shown = [number(value) for value in (0.876, 12.345, 123.4, 20_886.4, 2.0, -3.456, 0)]
        self.assertEqual(shown, ["0.88", "12.3", "123", "20 886", "2", "-3.46", "0"])


class MemoryTests(unittest.TestCase):
    def test_growth_is_what_the_last_third_has_above_the_second(self) -> None:
        self.assertEqual(growth([0, 0, 0, 10, 11, 12, 15, 16, 17]), 5)
        self.assertEqual(growth([90, 90, 90, 10, 10, 10, 10, 10, 10]), 0)

    def test_flat_allows_five_percent_and_no_less_than_two_mebibytes(self) -> None:
        self.assertEqual(allowed_growth([1] * 9), 2 << 20)
        self.assertEqual(allowed_growth([100 << 20] * 9), 5 << 20)


class TableTests(unittest.TestCase):
    def test_a_table_has_the_size_that_was_asked_for_and_is_the_same_each_time(self) -> None:
        job = table_job(100_000)
        self.assertTrue(100_000 <= len(job) <= 101_000, len(job))
        self.assertEqual(job, table_job(100_000))
