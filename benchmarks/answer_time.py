"""How long an answer takes, beside the work that no answer can do without.

Starts `taqa serve`, then for each question of a file measures, in turn and in one run,

    ask    one POST /api/ask over an open connection
    floor  encoding that question and scanning the vectors for it, in this process, with the same model and index
    read   reading the sentences of the units found, in this process, with the same reader (0 with TAQA_READER=none)

and prints the medians, the 95th percentiles, and the ratios of ask to floor and to floor and read together. Needs an
index (`taqa ingest`).

    python benchmarks/answer_time.py [--questions eval/questions/dev.jsonl] [--rounds 3] [--json FILE]
"""

from __future__ import annotations

import argparse
import http.client
import json
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from taqa import build
from taqa.errors import TaqaError
from taqa.retrieval.search import DENSE_ROWS, READ
from taqa.settings import Settings, load

WARM_UP = 5
START_LIMIT = 120.0


@contextmanager
def server(settings: Settings) -> Iterator[http.client.HTTPConnection]:
    """A connection to a server on a free port, started for the occasion."""
    command = [sys.executable, "-c", "from taqa.cli import main; main()", "serve", "--port", "0"]
    command += ["--corpus", str(settings.corpus), "--index", str(settings.index_dir)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield connection(process)
        finally:
            process.terminate()


def connection(process: subprocess.Popen[str]) -> http.client.HTTPConnection:
    """Connection to the address that the server prints when it is ready."""
    assert process.stdout is not None
    for line in process.stdout:
        if found := re.search(r"http://\S+", line):
            address = urlsplit(found.group())
            return http.client.HTTPConnection(address.hostname or "", address.port, timeout=START_LIMIT)
    raise SystemExit(f"The server ended with code {process.wait()} before it was ready.")


def ask(connection: http.client.HTTPConnection, question: str) -> None:
    """One answer, read to the end."""
    body = json.dumps({"question": question})
    connection.request("POST", "/api/ask", body, {"Content-Type": "application/json"})
    response = connection.getresponse()
    answer = response.read()
    if response.status != http.HTTPStatus.OK:
        raise SystemExit(f"POST /api/ask gave {response.status}: {answer.decode()[:200]}")


def measure(settings: Settings, questions: list[str], rounds: int) -> dict[str, list[float]]:
    """Milliseconds of each request (`ask`) and of the same question's encoding, scan and reading."""
    assistant = build.assistant(settings)
    assistant.warm()
    searcher = assistant.searcher
    encoder, dense = searcher.encoder, searcher.dense
    times: dict[str, list[float]] = {"ask": [], "encode": [], "scan": [], "read": []}
    with server(settings) as open_connection:
        for question in questions[:WARM_UP]:
            ask(open_connection, question)
            dense.search(encoder.encode_queries([question])[0], DENSE_ROWS)
        for question in questions * rounds:
            started = time.perf_counter()
            ask(open_connection, question)
            answered = time.perf_counter()
            vector = encoder.encode_queries([question])[0]
            encoded = time.perf_counter()
            dense.search(vector, DENSE_ROWS)
            scanned = time.perf_counter()
            units = [found.unit for found in searcher.find(question).units[:READ]]
            searched = time.perf_counter()
            searcher.read(question, units)
            read = time.perf_counter()
            spent = (answered - started, encoded - answered, scanned - encoded, read - searched)
            for name, seconds in zip(times, spent, strict=True):
                times[name].append(seconds * 1000)
    return times


def summary(times: dict[str, list[float]]) -> dict[str, float]:
    """Medians, 95th percentiles, and the ratios of an answer to its floor and to floor and reading, pair by pair."""
    floor = [encode + scan for encode, scan in zip(times["encode"], times["scan"], strict=True)]
    ratios = [whole / least for whole, least in zip(times["ask"], floor, strict=True)]
    least = [part + read for part, read in zip(floor, times["read"], strict=True)]
    with_reading = [whole / part for whole, part in zip(times["ask"], least, strict=True)]
    result: dict[str, float] = {"requests": len(ratios)}
    columns = {**times, "floor": floor, "ratio": ratios, "ratio_with_reading": with_reading}
    for name, values in columns.items():
        result[f"{name}_p50"] = round(statistics.median(values), 3)
        result[f"{name}_p95"] = round(statistics.quantiles(values, n=20)[-1], 3)
    result["ratio_of_medians"] = round(statistics.median(times["ask"]) / statistics.median(floor), 3)
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description="Time of an answer beside encoding its question and scanning.")
    parser.add_argument("--questions", type=Path, default=Path("eval/questions/dev.jsonl"))
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", type=Path, help="also write the result to this file")
    options = parser.parse_args()
    try:
        lines = options.questions.read_text(encoding="utf-8").splitlines()
        result = summary(measure(load(), [json.loads(line)["question"] for line in lines], options.rounds))
    except (TaqaError, OSError) as error:
        raise SystemExit(str(error)) from error
    for name, value in result.items():
        print(f"{name:24} {value}")
    if options.json:
        options.json.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
