"""Sentences of displayed text."""

from __future__ import annotations

import pytest

from taqa import sentences

from ..documents import real, text


def split(whole: str) -> list[str]:
    return [whole[start:end] for start, end in sentences.split(whole)]


@pytest.mark.parametrize(
    "pieces",
    [
        ["One came.", "Two went."],
        ["Did it?", "It did!", "Good."],
        ["It said “so.”", "Then it stopped."],
        ["He came (late.)", "(Nobody saw.)", "Then he left."],
        ["See para. 4 and art. 5 of the Treaty, e.g. the annex.", "It is short."],
        ["The U.S. delegation and Mr. Smith met Dr. B. Jones.", "They spoke."],
        ["It costs 4.5m USD.", "Two-year projects cost more."],
        ["It rose to 40 per cent.", "Then it fell."],
        ["It was agreed in 2009.", "It began in 2010."],
        ["29. At its first meeting it adopted the guidance.", "It was short."],
        ["(a) Advice is given.", "(b) follows."],
        ["No stop at the end"],
        ["Costs, taxes, etc. are paid by the centres every year.", "They are high."],
        ["The many costs, the taxes, etc.", "They are high."],
        ["Visit www.hive.example/a.b for more.", "It is free."],
    ],
)
def test_sentences(pieces: list[str]) -> None:
    assert split(" ".join(pieces)) == pieces


@pytest.mark.parametrize("whole", ["", " ", "\n\t"])
def test_no_sentences(whole: str) -> None:
    assert split(whole) == []


def test_white_space_around_is_left_out() -> None:
    assert sentences.split("  One came.  Two went. ") == [(2, 11), (13, 22)]


def test_sentences_of_a_real_paragraph() -> None:
    assert split(text(real("003"), "17")) == [
        "17. National ozone units have been established in 143 developing countries, increasing understanding of how "
        "to implement environmental regulations and the capacity and confidence to do so.",
        "Virtually all parties to the Protocol have been able to meet their phase-out targets and prospects are good "
        "that that rate will hold into the future.",
        "That success translates into a reduction in the levels of ozone-depleting substances in the stratosphere.",
    ]
