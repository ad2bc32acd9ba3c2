"""How long an answer takes, beside the work that no answer can do without.

Starts `taqa serve`, then for each question of a file measures, in turn and in one run,

    ask    one POST /api/ask over an open connection
    floor  encoding that question and scanning the vectors for it, in this process, with the same model and index
    read   reading all the pairs of question and sentence that the answer reads, in this process, with the same reader
           (0 with TAQA_READER=none). A comparison reads for each of its sides, a question that asks two things for
           both: these pairs are counted, since an answer cannot do without them. What is read is found out beforehand
           by answering the question once in this process.

and prints the medians, the 95th percentiles, and the ratios of ask to floor and to floor and read together; besides,
what the server took to start and the most memory that it held. Needs an index (`taqa ingest`).

With `--units N` all this is measured on an index of at least N units that is made for the occasion out of the corpus
and made-up documents, whose vectors are not embedded but real ones turned at random (see made_corpus.py); `--keep DIR`
keeps that index, and takes it where it is there already.

    python benchmarks/answer_time.py [--questions eval/questions/dev.jsonl] [--rounds 3] [--every 1]
                                     [--units N [--keep DIR]] [--json FILE]
"""

from __future__ import annotations

import argparse
import http.client
import json
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import made_corpus

from taqa import build
from taqa.assistant import Assistant
from taqa.domain import Question
from taqa.errors import TaqaError
from taqa.retrieval.ranking import Scores
from taqa.retrieval.reader import Reader, load_reader
from taqa.retrieval.search import DENSE_ROWS
from taqa.settings import Settings, load

WARM_UP = 5
START_LIMIT = 600.0
ASKED = ("ask", "encode", "scan", "read")


@dataclass
class Listener:
    """A reader that remembers what it was given to read."""

    reader: Reader
    heard: list[tuple[str, list[str]]] = field(default_factory=list)

    @property
    def identity(self) -> str:
        return self.reader.identity

    def read(self, question: str, passages: Sequence[str]) -> Scores:
        self.heard.append((question, list(passages)))
        return self.reader.read(question, passages)


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


def measure(settings: Settings, questions: list[str], rounds: int) -> tuple[dict[str, list[float]], dict[str, float]]:
    """Milliseconds of each request (`ask`) and of the same question's encoding, scan and reading; what was held."""
    encoder, reader = build.encoder(settings), load_reader(settings)
    listener = Listener(reader) if reader else None
    assistant = build.assistant(settings, models=build.Models(encoder, listener))
    assistant.warm()
    dense = assistant.searcher.dense
    times: dict[str, list[float]] = {name: [] for name in (*ASKED, "pairs")}
    reads = {question: heard(listener, assistant, question) for question in questions}
    began = time.perf_counter()
    with server(settings) as open_connection:
        started_in = time.perf_counter() - began
        for question in questions[:WARM_UP]:
            ask(open_connection, question)
            dense.search(encoder.encode_queries([question])[0], DENSE_ROWS)
        for question in questions * rounds:
            open_connection.close()  # a server does not wait for ever on one that says nothing
            open_connection.connect()
            started = time.perf_counter()
            ask(open_connection, question)
            answered = time.perf_counter()
            vector = encoder.encode_queries([question])[0]
            encoded = time.perf_counter()
            dense.search(vector, DENSE_ROWS)
            scanned = time.perf_counter()
            for asked, passages in reads[question]:
                if reader:
                    reader.read(asked, passages)
            read = time.perf_counter()
            spent = (answered - started, encoded - answered, scanned - encoded, read - scanned)
            for name, seconds in zip(ASKED, spent, strict=True):
                times[name].append(seconds * 1000)
            times["pairs"].append(sum(len(passages) for _, passages in reads[question]))
    index = assistant.index
    held: dict[str, float] = {"documents": len(index.documents), "units": len(index.units), "rows": len(index.rows)}
    return times, {**held, "start_s": round(started_in, 1), "server_mib": round(most_memory())}


def heard(listener: Listener | None, assistant: Assistant, question: str) -> list[tuple[str, list[str]]]:
    """What the answer to a question reads: a question and passages for each time that it reads."""
    if listener is None:
        return []
    listener.heard.clear()
    assistant.ask(Question(question))
    return list(listener.heard)


def most_memory() -> float:
    """MiB that the largest process started here held at most."""
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return most / (1024 * 1024 if sys.platform == "darwin" else 1024)


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


@contextmanager
def measured_on(settings: Settings, units: int, keep: Path | None) -> Iterator[Settings]:
    """The settings for an index of so many units, made where there is none; for 0 as they are."""
    if not units:
        yield settings
        return
    with tempfile.TemporaryDirectory(prefix="taqa-made-") as folder:
        index = keep or Path(folder)
        if not (index / "current").exists():
            made_corpus.make(settings, units, index)
        yield settings.model_copy(update={"index": index})


def main() -> None:
    parser = argparse.ArgumentParser(description="Time of an answer beside encoding its question and scanning.")
    parser.add_argument("--questions", type=Path, default=Path("eval/questions/dev.jsonl"))
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--every", type=int, default=1, help="take every so-many-th question")
    parser.add_argument("--units", type=int, default=0, help="measure on a made-up index of so many units")
    parser.add_argument("--keep", type=Path, help="folder that the made-up index is kept in")
    parser.add_argument("--json", type=Path, help="also write the result to this file")
    options = parser.parse_args()
    try:
        lines = options.questions.read_text(encoding="utf-8").splitlines()[:: options.every]
        with measured_on(load(), options.units, options.keep) as settings:
            times, held = measure(settings, [json.loads(line)["question"] for line in lines], options.rounds)
    except (TaqaError, OSError) as error:
        raise SystemExit(str(error)) from error
    result = {**held, **summary(times)}
    for name, value in result.items():
        print(f"{name:24} {value}")
    if options.json:
        options.json.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
