"""Mutants of good files: every one gets a verdict, none escapes, and the index stays as it was for the failed ones."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from taqa import build
from taqa.errors import Unreadable
from taqa.ingest.document import parse
from taqa.ingest.formats import read_source
from taqa.ingest.proofs import conservation
from taqa.retrieval.indexing import build_index
from taqa.settings import Settings

from ..documents import CORPUS
from ..fakes import HashingEncoder
from .test_sandbox import pdf_of

EVAL = Path(__file__).parents[2] / "eval"
COUNT = 150


@pytest.fixture(scope="module")
def maker() -> Iterator[ModuleType]:
    """The module of eval/ that makes mutants."""
    spec = importlib.util.spec_from_file_location("mutants", EVAL / "mutants.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["mutants"] = module
    spec.loader.exec_module(module)
    yield module
    del sys.modules["mutants"]


def pdf(text: bytes) -> bytes:
    stream = b"BT /F1 12 Tf 14 TL 72 720 Td " + b" T* ".join(b"(%s) Tj" % line for line in text.split(b"\n")) + b" ET"
    return pdf_of(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
            b"/Resources << /Font << /F1 5 0 R >> >> >>",
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        ]
    )


@pytest.fixture
def good(maker: ModuleType) -> list:
    texts = [path for path in sorted(CORPUS.glob("*.txt")) if path.stat().st_size < 30_000]
    papers = [maker.Sample(path.name, path.read_bytes()) for path in texts]
    return [
        *papers,
        *(made for paper in papers for made in maker.dressed(paper)),
        maker.Sample("a.pdf", pdf(b"1. Hives are cold.\n2. They are warmed in winter.")),
        maker.Sample("b.pdf", pdf(b"1. Bees are few.\n(a) In towns;\n(b) In fields.")),
    ]


def test_the_same_seed_makes_the_same_mutants_and_another_makes_others(maker: ModuleType, good: list) -> None:
    one, same, other = (list(maker.mutants(good, 30, seed)) for seed in (1, 1, 2))
    assert one == same
    assert one != other
    assert {sample.name.partition("-")[2].partition(".")[0] for sample in maker.mutants(good, 100, 1)} == set(
        maker.KINDS
    )


def test_a_text_is_the_same_in_every_dress(maker: ModuleType) -> None:
    said = "Hives are warm in winter and cold in summer, as every keeper of bees knows."
    text = maker.Sample("a.md", f"# Hives & bees\n\n{said}\n".encode())
    made = list(maker.dressed(text))
    assert [sample.name for sample in made] == ["a.html", "a.odt", "a.xml"]
    for sample in made:
        document = parse(sample.name, "0" * 64, read_source(Path(sample.name), sample.data))
        shown = " ".join(unit.text for unit in document.units)
        assert "Hives & bees" in shown
        assert said in shown


@pytest.mark.slow
def test_mutants_get_a_verdict_and_leave_the_index_as_it_was(maker: ModuleType, good: list, tmp_path: Path) -> None:
    settings = Settings(corpus=tmp_path / "corpus", index=tmp_path / "index", parse_seconds=20)
    settings.corpus.mkdir()
    for sample in good:
        (settings.corpus / f"good-{sample.name}").write_bytes(sample.data)
    failed = []
    with build.sandbox(settings) as reader:
        before = build_index(build.material(build.corpus(settings), reader.read), HashingEncoder(), tmp_path / "index")
        assert before.failed == ()
        for sample in maker.mutants(good, COUNT, seed=3):
            try:
                document = reader.parse(sample.name, sample.data)
            except Unreadable as error:
                assert str(error).endswith(".")  # noqa: PT017 - one of many
                failed.append(sample)
            else:
                assert conservation(document).doubled == ()
                assert conservation(document).share == 1.0
        assert 0 < len(failed) < COUNT
        assert reader.peak_mb <= settings.parse_memory_mb
        assert reader.faults == []
        for sample in failed:
            (settings.corpus / f"bad-{sample.name}").write_bytes(sample.data)
        after = build_index(build.material(build.corpus(settings), reader.read), HashingEncoder(), tmp_path / "index")
    assert len(after.failed) == len(failed)
    assert (after.kept, after.embedded, after.rows) == (before.added, 0, before.rows)
