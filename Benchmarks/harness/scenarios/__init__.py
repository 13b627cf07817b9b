"""What is measured, in the order of a whole run."""
from __future__ import annotations

from ..bench import Scenario
from . import backlog, chat, counting, footprint, gets, jobs, server, slots, soak, tables, waiting

ALL: list[Scenario] = [
    *footprint.SCENARIOS,
    *gets.SCENARIOS,
    *server.SCENARIOS,
    *jobs.SCENARIOS,
    *slots.SCENARIOS,
    *chat.SCENARIOS,
    *waiting.SCENARIOS,
    *tables.SCENARIOS,
    *backlog.SCENARIOS,
    *counting.SCENARIOS,
    *soak.SCENARIOS,
]


def chosen(names: list[str]) -> list[Scenario]:
    """Those of these names or groups, in the usual order; without a name, all usual ones."""
    if not names:
        return [one for one in ALL if one.is_usual]
    known = {one.name for one in ALL} | {one.group for one in ALL}
    unknown = [name for name in names if name not in known]
    if unknown:
        raise ValueError(f"no scenario is called {unknown[0]}; there are: {' '.join(sorted(known))}")
    return [one for one in ALL if one.name in names or one.group in names]
