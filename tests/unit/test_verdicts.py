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
    ("gaps", "reason"),
    [
        (("", ""), ""),
        (("", "blank", "blank"), ""),
        (("", "no tesseract"), "a.pdf: no text on page 2: install tesseract or supply a text."),
        (
            ("no time", "no time", "no time", "", "no time", "blank", "no time"),
            "a.pdf: no text on pages 1-3, 5, 7: tesseract had no time left, raise TAQA_PARSE_SECONDS or supply a text.",
        ),
        (
            ("nothing found", "", "damaged"),
            "a.pdf: no text on page 1: tesseract found none there, supply one if there is any; "
            "on page 3: damaged, open and save the file anew or supply a text.",
        ),
    ],
)
def test_pages_left_unread_make_a_document_partial_and_blank_ones_do_not(gaps: tuple, reason: str) -> None:
    pages = tuple(Page(n, "empty" if gap else "text", 0, 0, gap) for n, gap in enumerate(gaps, start=1))
    verdict = judged(replace(made("1. One."), pages=pages), "a.pdf")
    assert verdict == FileVerdict("a.pdf", Verdict.PARTIAL if reason else Verdict.INDEXED, reason)
    assert verdict.good
