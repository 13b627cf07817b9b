#!/usr/bin/env python3
"""Submits jobs at a fixed rate, whether earlier ones have been answered or not.

usage: open-loop.py HOST PORT RATE SECONDS

Prints `accepted refused p50 p99`, the latencies of the answers in milliseconds from the moment at which each request
was due. A closed loop would slow down together with the service and so hide what waiting clients see.
"""
import asyncio
import sys
import time

BODY = (
    '{"query_text":"Посчитай сумму по столбцу B","category":"analysis","input_range":"A1:B3",'
    '"input_data":[["Товар","Сумма"],["Чай",120],["Кофе",250]]}'
).encode()
HEAD = (
    "POST /api/ai/process HTTP/1.1\r\nHost: {}:{}\r\nContent-Type: application/json\r\n"
    "Content-Length: {}\r\n\r\n"
)
CONNECTIONS = 64


async def read_status(reader):
    head = await reader.readuntil(b"\r\n\r\n")
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            await reader.readexactly(int(line.split(b":")[1]))
    return int(head.split(b" ", 2)[1])


async def connection(host, port, due, outcomes):
    reader, writer = await asyncio.open_connection(host, port)
    request = HEAD.format(host, port, len(BODY)).encode() + BODY
    while (moment := await due.get()) is not None:
        writer.write(request)
        status = await read_status(reader)
        outcomes.append((status, time.monotonic() - moment))
    writer.close()


async def main(host, port, rate, seconds):
    due, outcomes = asyncio.Queue(), []
    tasks = [asyncio.create_task(connection(host, port, due, outcomes)) for _ in range(CONNECTIONS)]
    start = time.monotonic()
    for number in range(rate * seconds):
        moment = start + number / rate
        if (pause := moment - time.monotonic()) > 0:
            await asyncio.sleep(pause)
        due.put_nowait(moment)
    for _ in tasks:
        due.put_nowait(None)
    await asyncio.gather(*tasks)
    latencies = sorted(latency * 1000 for _, latency in outcomes)
    accepted = sum(status == 202 for status, _ in outcomes)
    p50, p99 = (latencies[int(len(latencies) * share)] for share in (0.5, 0.99))
    print(f"{accepted} {len(outcomes) - accepted} {p50:.2f} {p99:.2f}")


asyncio.run(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])))
