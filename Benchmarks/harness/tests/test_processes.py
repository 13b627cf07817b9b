from __future__ import annotations

import os
import tempfile
import unittest
from pathlib import Path

from ..processes import BenchError, Program, children, cpu_seconds, memory, stop_all


class ProgramTests(unittest.TestCase):
    def setUp(self) -> None:
        self._folder = tempfile.TemporaryDirectory()
        self.addCleanup(self._folder.cleanup)
        self.addCleanup(stop_all)
        self.output = Path(self._folder.name) / "output"

    def start(self, script: str) -> Program:
        return Program(["sh", "-c", script], output=self.output)

    def test_a_program_that_fails_is_an_error_with_its_last_words(self) -> None:
        with self.assertRaisesRegex(BenchError, "ended with code 3:\nno luck"):
            self.start("echo no luck; exit 3").wait(30)

    def test_a_program_that_takes_too_long_is_ended(self) -> None:
        program = self.start("exec sleep 60")
        with self.assertRaisesRegex(BenchError, "not over after 0 s"):
            program.wait(0.1)
        self.assertFalse(program.is_running)

    def test_an_awaited_line_is_found_among_others(self) -> None:
        program = self.start("echo first; sleep 0.2; echo second; exec sleep 60")
        self.assertEqual(program.line(lambda line: "sec" in line, 30), "second")

    def test_a_program_that_ends_without_the_awaited_line_is_an_error(self) -> None:
        with self.assertRaisesRegex(BenchError, "did not say what was awaited:\nfirst"):
            self.start("echo first").line(lambda line: "second" in line, 30)

    def test_everything_ends_together(self) -> None:
        programs = [self.start("exec sleep 60") for _ in range(3)]
        stop_all()
        self.assertEqual([one.is_running for one in programs], [False] * 3)


class UsageTests(unittest.TestCase):
    def test_time_and_memory_of_a_process_are_read(self) -> None:
        sum(range(3_000_000))
        self.assertGreater(cpu_seconds(os.getpid()), 0)
        self.assertGreater(memory(os.getpid()), 1_000_000)
        self.assertGreaterEqual(memory(os.getpid(), "VmHWM"), memory(os.getpid()))

    def test_a_process_that_is_gone_uses_nothing(self) -> None:
        gone = 2**22 + 1
        self.assertEqual((cpu_seconds(gone), memory(gone), children(gone)), (0.0, 0, []))
