"""What became of a file, and the errors that mean it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from taqa.domain import Page
from taqa.errors import CorpusError, Unreadable
from taqa.ingest.verdicts import FileVerdict, Verdict, judged, unreadable, verdict_of

from ..documents import made

BAD = [verdict for verdict in Verdict if verdict not in (Verdict.INDEXED, Verdict.PARTIAL)]


@pytest.mark.parametrize("verdict", BAD)
def test_every_bad_verdict_is_an_error_and_back(verdict: Verdict) -> None:
    error = unreadable(verdict, "Why.")
    assert isinstance(error, Unreadable)
    assert (verdict_of(error), str(error)) == (verdict, "Why.")
    assert not FileVerdict("a.txt", verdict, "Why.").good


def test_an_error_of_no_kind_is_damage() -> None:
    assert verdict_of(CorpusError("Why.")) is Verdict.DAMAGED


@pytest.mark.parametrize(
    ("states", "reason"),
    [
        (("text", "ocr"), ""),
        (("text", "empty"), "a.pdf: no text on page 2: install tesseract or supply a text."),
        (
            ("empty", "empty", "empty", "text", "empty", "ocr", "empty"),
            "a.pdf: no text on pages 1-3, 5, 7: install tesseract or supply a text.",
        ),
    ],
)
def test_pages_without_text_make_a_document_partial(states: tuple, reason: str) -> None:
    pages = tuple(Page(n, state, 0, 0) for n, state in enumerate(states, start=1))
    verdict = judged(replace(made("1. One."), pages=pages), "a.pdf")
    assert verdict == FileVerdict("a.pdf", Verdict.PARTIAL if reason else Verdict.INDEXED, reason)
    assert verdict.good
