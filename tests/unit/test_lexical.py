from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from taqa.retrieval.lexical import LexicalIndex

TEXTS = [
    "training of customs officers",
    "the parties train officers",
    "releases of pollutants, unep(dtie)/hg/inc.1/9",
    "façade and facade",
    "",
]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> LexicalIndex:
    return LexicalIndex.build(TEXTS, tmp_path_factory.mktemp("words") / "lexical")


def rows(index: LexicalIndex, query: str) -> list[int]:
    return sorted(index.search(query, 10).rows.tolist())


def test_words_match_by_their_stem_and_without_accents(index: LexicalIndex) -> None:
    assert rows(index, "trained") == [0, 1]
    assert rows(index, "pollutant release") == [2]
    assert rows(index, "facade") == [3]
    assert rows(index, "FAÇADE") == [3]


def test_symbols_are_cut_into_letters_and_digits(index: LexicalIndex) -> None:
    assert index.tokens("UNEP(DTIE)/Hg/INC.1/9") == ["unep", "dtie", "hg", "inc", "1", "9"]
    assert rows(index, "hg inc.1") == [2]


def test_one_segment_with_rows_in_order(tmp_path: Path) -> None:
    LexicalIndex.build([f"word{number % 7} common" for number in range(5000)], tmp_path / "x")
    assert len(list((tmp_path / "x").glob("*.store"))) == 1
    assert LexicalIndex.load(tmp_path / "x").search("common", 5).rows.tolist() == [0, 1, 2, 3, 4]


def test_scores_of_chosen_rows(index: LexicalIndex) -> None:
    everything = index.search("training officers", 10)
    known = dict(zip(everything.rows.tolist(), everything.scores.tolist(), strict=True))
    assert index.scores("training officers", [4, 1, 0]).tolist() == [0.0, known[1], known[0]]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=300))
def test_no_text_is_an_error(index: LexicalIndex, text: str) -> None:
    assert set(rows(index, text)) <= set(range(len(TEXTS)))


@pytest.mark.parametrize(
    "text",
    [
        "text:training",
        '"customs training"~2',
        "training AND NOT officers",
        "row:0",
        "train*",
        "/train.*/",
        "+ - (",
        "\x00",
    ],
)
def test_nothing_is_read_as_a_query_language(index: LexicalIndex, text: str) -> None:
    words = " ".join("".join(c if c.isalnum() else " " for c in text).split())
    assert rows(index, text) == rows(index, words)


def test_very_long_words_and_texts(tmp_path: Path) -> None:
    index = LexicalIndex.build(
        ["x" * 100_000 + " short", "word " * 50_000, "\u0645\u0631\u062d\u0628\u0627 \u4f60\u597d"], tmp_path / "x"
    )
    assert rows(index, "short") == [0]
    assert rows(index, "y" * 100_000) == []
    assert rows(index, "word " * 10_000) == [1]
    assert rows(index, "\u0645\u0631\u062d\u0628\u0627") == [2]


def test_no_texts(tmp_path: Path) -> None:
    LexicalIndex.build([], tmp_path / "x")
    index = LexicalIndex.load(tmp_path / "x")
    assert len(index) == 0
    assert index.search("word", 5).rows.tolist() == []


def test_opens_in_a_folder_that_cannot_be_locked(tmp_path: Path) -> None:
    """A folder in the place of the lock file stands for a read-only file system, which needs root to make."""
    LexicalIndex.build(TEXTS, tmp_path / "x")
    (tmp_path / "x" / ".tantivy-meta.lock").mkdir()
    assert rows(LexicalIndex.load(tmp_path / "x"), "training") == [0, 1]


def test_still_answers_when_its_files_are_removed(tmp_path: Path) -> None:
    """A server keeps the generation that it opened, whatever a later ingest removes."""
    LexicalIndex.build(TEXTS, tmp_path / "x")
    index = LexicalIndex.load(tmp_path / "x")
    shutil.rmtree(tmp_path / "x")
    assert rows(index, "training") == [0, 1]


def test_leaves_no_lock_behind(tmp_path: Path) -> None:
    LexicalIndex.build(TEXTS, tmp_path / "x")
    assert not list((tmp_path / "x").glob(".*.lock"))


def test_what_is_not_an_index_is_a_value_error(tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    with pytest.raises(ValueError, match="Failed to open"):
        LexicalIndex.load(tmp_path / "x")
