"""Pages that are pictures: left without tesseract, read again once it is there, and not read again for nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from taqa import build
from taqa.domain import Document
from taqa.library.index import BuildReport
from taqa.retrieval.indexing import build_index, open_index
from taqa.retrieval.rows import RECIPE
from taqa.settings import Settings

from ..fakes import HashingEncoder
from ..unit.test_pdf import tesseract
from .test_sandbox import pdf_of

SHELL = "/usr/bin:/bin"


def mixed() -> bytes:
    """A page of text, a blank one, and one that is a picture of a black bar."""
    text = b"BT /F1 12 Tf 72 720 Td (1. Hives are warm.) Tj ET"
    bar = b"100 300 400 40 re f"
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] %s >>"
    return pdf_of(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R 4 0 R 5 0 R] /Count 3 >>",
            page % b"/Contents 6 0 R /Resources << /Font << /F1 8 0 R >> >>",
            page % b"",
            page % b"/Contents 7 0 R",
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(text), text),
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(bar), bar),
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        ]
    )


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "programs").mkdir()
    (tmp_path / "corpus" / "mixed.pdf").write_bytes(mixed())
    (tmp_path / "corpus" / "plain.txt").write_text("1. One is here.\n", "utf-8")
    monkeypatch.setenv("PATH", f"{tmp_path / 'programs'}:{SHELL}")
    return Settings(corpus=tmp_path / "corpus", index=tmp_path / "index")


def ingested(settings: Settings) -> tuple[BuildReport, list[str]]:
    """What an ingest says, and which files it read."""
    read: list[str] = []
    found = build.corpus(settings)
    with build.sandbox(settings) as reader:

        def noted(file: build.CorpusFile) -> Document:
            read.append(file.name)
            return reader.read(file)

        material = build.material(found, noted, build.pictures_by(settings, found))
        return build_index(material, HashingEncoder(), settings.index_dir), read


def reason(report: BuildReport) -> str:
    return next(verdict.reason for verdict in report.verdicts if verdict.name == "mixed.pdf")


def held(settings: Settings) -> list[str]:
    opened = open_index(settings.index_dir, HashingEncoder(), RECIPE)
    return [unit.text for unit in opened.index.documents[0].units]


def test_pages_left_unread_are_read_once_tesseract_is_there(settings: Settings, tmp_path: Path) -> None:
    report, read = ingested(settings)
    assert read == ["mixed.pdf", "plain.txt"]
    assert reason(report) == "mixed.pdf: no text on page 3: install tesseract or supply a text."
    assert ingested(settings)[1] == []

    tesseract(tmp_path / "programs", "cat >/dev/null; echo '2. Bees are few.'")
    report, read = ingested(settings)
    assert read == ["mixed.pdf"]
    assert reason(report) == ""
    assert held(settings) == ["1. Hives are warm.", "2. Bees are few."]
    assert ingested(settings)[1] == []


def test_what_was_read_whole_is_kept_when_what_reads_pictures_changes(settings: Settings, tmp_path: Path) -> None:
    tesseract(tmp_path / "programs", "cat >/dev/null; echo '2. Bees are few.'")
    assert ingested(settings)[1] == ["mixed.pdf", "plain.txt"]
    (tmp_path / "programs" / "tesseract").unlink()
    report, read = ingested(settings)
    assert (read, reason(report)) == ([], "")
    assert held(settings) == ["1. Hives are warm.", "2. Bees are few."]
    more = settings.model_copy(update={"parse_seconds": 60})
    tesseract(tmp_path / "programs", "cat >/dev/null; echo '2. Bees are few.'")
    assert ingested(more)[1] == []


def test_more_time_reads_again_what_had_too_little(settings: Settings, tmp_path: Path) -> None:
    tesseract(tmp_path / "programs", "exec sleep 20")
    short = settings.model_copy(update={"parse_seconds": 2})
    report, _ = ingested(short)
    assert reason(report) == (
        "mixed.pdf: no text on page 3: tesseract had no time left, raise TAQA_PARSE_SECONDS or supply a text."
    )
    assert ingested(short)[1] == []
    tesseract(tmp_path / "programs", "cat >/dev/null; echo '2. Bees are few.'")
    assert ingested(settings)[1] == ["mixed.pdf"]
