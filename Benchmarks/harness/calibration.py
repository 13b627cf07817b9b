"""A fixed piece of work, so that figures of machines and hours that differ can be compared."""
from __future__ import annotations

import time

_TURNS = 200_000


def loop_nanoseconds() -> float:
    """Processor time of one turn of a small loop: the best of several tries, so that an interruption does not count."""
    return min(_try() for _ in range(7))


def _try() -> float:
    value = 1
    began = time.process_time_ns()
    for _ in range(_TURNS):
        value = (value * 1_103_515_245 + 12_345) & 0x7FFFFFFF
    return (time.process_time_ns() - began) / _TURNS
