"""kill -9 while an index is being written."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from taqa.errors import IndexBusy
from taqa.library.generations import writing
from taqa.retrieval.indexing import OpenIndex, build_index, open_index

from ..fakes import HashingEncoder, make_material
from .writer import CONSTANT, corpus

KILLS = 52
WRITER = Path(__file__).with_name("writer.py")


@contextmanager
def writer(folder: Path, seed: int) -> Iterator[subprocess.Popen[str]]:
    """A writer that is about to begin; dead afterwards."""
    command = [sys.executable, str(WRITER), str(folder), str(seed)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert said(process) == "ready"
            yield process
        finally:
            process.kill()


def said(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def answers(folder: Path) -> OpenIndex:
    """The index opens, all hashes right, and finds the constant paper by its vectors and by its words."""
    encoder = HashingEncoder()
    held = open_index(folder, encoder, "lines-1")
    words = CONSTANT["constant.txt"].strip()
    for ranking in (held.dense.search(encoder.encode_queries([words])[0], 1), held.lexical.search(words, 1)):
        assert held.index.held(int(ranking.rows[0])).unit.text == words
    return held


def state(folder: Path, before: str) -> str:
    """What the kill left: for the record of how the kills were spread."""
    names = [path.name for path in (folder / "generations").iterdir()]
    if any(name.endswith(".part") for name in names):
        return "half built"
    return (
        "between generations" if (folder / "current").read_text(encoding="ascii")[:16] == before else "after a switch"
    )


@pytest.mark.slow
def test_killed_at_random_moments(tmp_path: Path) -> None:
    """After each kill the index that was current last answers, and the next ingest succeeds and tidies up.

    The moment lies anywhere in the first or second build of the writer, which take as long as they did the last time.
    """
    folder = tmp_path / "index"
    source = random.Random(20)
    build_index(make_material(corpus(source)), HashingEncoder(), folder)
    states: Counter[str] = Counter()
    length = 0.05
    for kill in range(KILLS):
        before = answers(folder).index.generation
        with writer(folder, seed=kill) as process:
            if kill % 2:
                started = time.monotonic()
                assert said(process) == "built"
                length = time.monotonic() - started
            time.sleep(source.uniform(0, length))
            os.kill(process.pid, signal.SIGKILL)
            assert process.wait() == -signal.SIGKILL
        states[state(folder, before)] += 1
        answers(folder)
        report = build_index(make_material(corpus(source)), HashingEncoder(), folder)
        assert answers(folder).index.generation == report.generation
        names = {path.name for path in (folder / "generations").iterdir()}
        assert report.generation in names
        assert len(names) <= 2
        assert not [name for name in names if name.endswith(".part")]
    assert sum(states.values()) == KILLS
    assert states["half built"] >= KILLS // 10, f"the kills missed the writing: {states}"


def test_killed_before_the_first_index_was_whole(tmp_path: Path) -> None:
    """A first build that dies leaves no index, or a whole one; the next ingest succeeds."""
    folder = tmp_path / "index"
    with writer(folder, seed=1) as process:
        while not (folder / "generations").is_dir():
            time.sleep(0.001)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
    build_index(make_material(CONSTANT), HashingEncoder(), folder)
    answers(folder)


def test_second_process_is_told_that_the_index_is_busy(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    folder.mkdir()
    busy = 0
    with writer(folder, seed=2):
        end = time.monotonic() + 10
        while not busy and time.monotonic() < end:
            try:
                with writing(folder):
                    time.sleep(0.001)
            except IndexBusy:
                busy += 1
    assert busy
    build_index(make_material(CONSTANT), HashingEncoder(), folder)
    answers(folder)


def test_readers_never_meet_a_half_written_index(tmp_path: Path) -> None:
    """While a writer replaces generation after generation, each opening sees a whole one."""
    folder = tmp_path / "index"
    build_index(make_material(CONSTANT), HashingEncoder(), folder)
    seen: set[str] = set()
    with writer(folder, seed=3):
        start = time.monotonic()
        while time.monotonic() < start + (3 if len(seen) > 1 else 60):
            seen.add(answers(folder).index.generation)
    assert len(seen) > 1
