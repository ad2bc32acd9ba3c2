"""The reader that TAQA carries, really loaded, and what a search makes of it."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from taqa.assistant import Assistant
from taqa.errors import ModelError
from taqa.retrieval import search
from taqa.retrieval.ranking import Scores
from taqa.retrieval.reader import WEIGHTS_SHA256, WITHOUT, PassageReader, load_reader
from taqa.settings import load

QUESTION = "How long is a collaborating centre designated for?"
PASSAGES = [
    "WHO collaborating centres are designated for a period of up to four years.",
    "WHO collaborating centres may be part of a university.",
    "The meeting rose at 6 p.m.",
]


@pytest.fixture(scope="module")
def reader() -> PassageReader:
    return PassageReader()


def test_what_answers_is_above_nothing_and_above_what_does_not(reader: PassageReader) -> None:
    scores = reader.read(QUESTION, PASSAGES)
    assert scores.dtype == np.float32
    assert scores.shape == (3,)
    assert scores[0] > 0 > scores[2]
    assert scores[0] > scores[1]


def test_neither_company_nor_threads_change_a_score(reader: PassageReader) -> None:
    together = reader.read(QUESTION, PASSAGES * 7)
    alone = [float(reader.read(QUESTION, [passage])[0]) for passage in PASSAGES]
    assert together.reshape(7, 3) == pytest.approx(np.tile(alone, (7, 1)), abs=0.0015)
    assert PassageReader(threads=1).read(QUESTION, PASSAGES) == pytest.approx(alone, abs=0.0015)


def test_nothing_to_read(reader: PassageReader) -> None:
    assert reader.read(QUESTION, []).shape == (0,)


def test_a_passage_too_long_counts_by_its_beginning(reader: PassageReader) -> None:
    long = PASSAGES[0] + " and so on" * 300
    first, second = reader.read(QUESTION, [long, long + " but not this"])
    assert first == pytest.approx(second, abs=0.0015)


def test_many_threads_at_once(reader: PassageReader) -> None:
    expected = reader.read(QUESTION, PASSAGES)
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: reader.read(QUESTION, PASSAGES), range(8)))
    assert all(np.array_equal(scores, expected) for scores in found)


def test_identity_is_known_without_loading() -> None:
    chosen = load_reader(load())
    assert chosen is not None
    assert chosen.identity == f"taqa-reader-{WEIGHTS_SHA256[:12]}"
    assert "_logits" not in vars(chosen)


def test_reading_can_be_turned_off_or_left_to_another_model() -> None:
    assert load_reader(load(reader=WITHOUT)) is None
    other = load_reader(load(reader="some/model"))
    assert other is not None
    assert other.identity == "some/model"


def test_a_model_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"^The reader .* cannot be loaded \(.*\)\.$") as caught:
        PassageReader(str(tmp_path)).read(QUESTION, PASSAGES)
    assert "\n" not in str(caught.value)


# -- in a search ----------------------------------------------------------------------------------------


class Wanting:
    """A reader for which a passage answers when it holds certain words."""

    identity = "wanting"

    def __init__(self, words: str) -> None:
        self.words = words
        self.passages: list[str] = []

    def read(self, question: str, passages: Sequence[str]) -> Scores:
        self.passages += passages
        return np.array([9.0 if self.words in passage else -9.0 for passage in passages], dtype=np.float32)


def test_what_the_reader_likes_comes_forward(real_assistant: Assistant) -> None:
    plain = replace(real_assistant.searcher, reader=None)
    before = plain.find("core functions of the regional centres").units
    liked = plain.index.units[before[4].unit]
    wanting = Wanting(liked.unit.text[-40:])
    after = replace(plain, reader=wanting).find("core functions of the regional centres")
    assert after.units[0].unit == before[4].unit
    assert {found.unit for found in after.units[: search.READ]} == {found.unit for found in before[: search.READ]}
    assert [found.unit for found in after.units[search.READ :]] == [found.unit for found in before[search.READ :]]
    scores = [found.score for found in after.units]
    assert scores == sorted(scores, reverse=True)
    assert after.units[0].score == pytest.approx(
        (1 - search.READ_WEIGHT) * before[4].score + search.READ_WEIGHT / (1 + np.exp(-9.0 / search.TEMPERATURE))
    )


def test_every_sentence_of_the_first_units_is_read_in_its_context(real_assistant: Assistant) -> None:
    wanting = Wanting("nothing")
    found = replace(real_assistant.searcher, reader=wanting).find("core functions of the regional centres")
    rows = {row for each in found.units[: search.READ] for row in real_assistant.searcher.sentence_rows(each.unit)}
    assert set(found.read) == rows
    assert len(wanting.passages) == len(rows)
    item = next(passage for passage in wanting.passages if "Identifying, developing and strengthening" in passage)
    assert item.startswith("UNEP(DTIE)/Hg/INC.1/9. ")


def test_a_provision_asked_for_stays_first(real_assistant: Assistant) -> None:
    unread = replace(real_assistant.searcher, reader=Wanting("no such words"))
    best = unread.find("article 12, paragraph 3, of the Stockholm Convention").units[0]
    assert best.score == 1.0
    assert unread.index.units[best.unit].unit.label == "para. 28 (quoting Stockholm Convention, art. 12, para. 3)"
