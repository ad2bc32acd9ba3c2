"""kill -9 of the real command on real documents, with the real model."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from taqa.retrieval.encoder import SentenceEncoder
from taqa.retrieval.indexing import open_index
from taqa.retrieval.rows import RECIPE

CORPUS = Path(__file__).parents[2] / "corpus"
PAPERS = sorted(CORPUS.glob("*.txt"))
COMMAND = "from taqa.cli import main; main()"


def start(corpus: Path, index: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", COMMAND, "ingest", "--corpus", str(corpus), "--index", str(index)]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def papers_held(index: Path, encoder: SentenceEncoder) -> list[str]:
    held = open_index(index, encoder, RECIPE)
    query = encoder.encode_queries(["technical assistance"])[0]
    assert len(held.dense.search(query, 5).rows) == len(held.lexical.search("technical assistance", 5).rows) == 5
    return [document.file for document in held.index.documents]


@pytest.mark.slow
def test_killed_while_embedding(tmp_path: Path, real_encoder: SentenceEncoder) -> None:
    corpus, index = tmp_path / "corpus", tmp_path / "index"
    corpus.mkdir()
    shutil.copy(PAPERS[0], corpus)
    with start(corpus, index) as process:
        assert process.wait(timeout=300) == 0
    shutil.copy(PAPERS[3], corpus)
    with start(corpus, index) as process:
        time.sleep(8)
        os.kill(process.pid, signal.SIGKILL)
    assert papers_held(index, real_encoder)[0] == PAPERS[0].name
    with start(corpus, index) as process:
        assert process.wait(timeout=300) == 0
    assert papers_held(index, real_encoder) == [PAPERS[0].name, PAPERS[3].name]
