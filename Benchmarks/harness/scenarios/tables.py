"""Jobs with a table of a megabyte."""
from __future__ import annotations

import json
import random

from ..bench import Bench, Scenario
from ..figures import Outcome, at_most, number
from ..sweep import check, time_plot

BYTES = 1_000_000
RATE, QUICK_RATE = 10, 3


def table_job(size: int) -> bytes:
    """A job whose JSON has about so many bytes, always the same: names, numbers and dates."""
    source = random.Random(1)
    rows: list[list[object]] = [["Товар", "Количество", "Цена", "Дата"]]
    length = 0
    while length < size:
        row: list[object] = [
            f"Товар {source.randrange(10_000)}", source.randrange(1_000), round(source.random() * 1_000, 2),
            f"2026-{source.randrange(1, 13):02}-{source.randrange(1, 29):02}"]
        rows.append(row)
        length += len(json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode()) + 1
    job = {"query_text": "Найди строки с ценой больше 500", "category": "analysis",
           "input_range": f"A1:D{len(rows)}", "input_data": rows}
    return json.dumps(job, ensure_ascii=False, separators=(",", ":")).encode()


def _tables(bench: Bench, outcome: Outcome) -> None:
    body = table_job(BYTES)
    file = bench.work / "table.json"
    file.write_bytes(body)
    rate = QUICK_RATE if bench.profile.is_quick else RATE
    with bench.services(outcome) as service:
        service.do_one_job()
        request = service.request("/api/ai/process", body=file)
        found = bench.tools.open_loop(request, rate, 3 * bench.profile.seconds, warm_up=0, slices=20)
        check(outcome, "tables", found.failed)
        if left := service.await_end():
            outcome.problems.append(f"{left} jobs have no end")
        ended, failed = map(int, bench.database.sql(
            "SELECT count(*) FILTER (WHERE status = 'completed'), count(*) FILTER (WHERE status <> 'completed')"
            " FROM ai_requests")[0])
        whole = bench.database.number(
            "SELECT percentile_cont(0.99) WITHIN GROUP (ORDER BY extract(epoch FROM completed_at - created_at) * 1000)"
            " FROM ai_requests WHERE status = 'completed'")
        if failed:
            outcome.problems.append(f"{failed} jobs with large tables did not complete")
    note = f"{number(len(body))} bytes each, {rate} a second"
    outcome.add("answer to the submission, p50", found.p50_ms, "ms")
    outcome.add("answer to the submission, p99", found.p99_ms, "ms", note=note)
    outcome.add("commit to end, p99", whole, "ms", note=f"{ended} jobs")
    outcome.add("peak resident memory", outcome.peak_memory / 1e6, "MB", at_most(150))
    outcome.plots.append(time_plot("tables", f"Tables of 1 MB, {rate} a second", found.over_time("POST process")))


SCENARIOS = [
    Scenario(
        "tables", "tables", "Tables of a megabyte",
        f"{RATE} jobs a second with a table of 1 MB each, dry run without delay, whose answer holds the data and the "
        "prompt", _tables),
]
