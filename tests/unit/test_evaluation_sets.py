"""Question sets of others: a small one made up here, read, asked and measured; values worked out by hand."""

from __future__ import annotations

import gzip
import json
import math
import random
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from taqa.build import Models
from taqa.domain import Turn
from taqa.errors import InputError
from taqa.evaluation import external, retrieval, sets, sets_result
from taqa.evaluation.command import evaluate_command
from taqa.evaluation.external import Outcome
from taqa.evaluation.selective import (
    Bin,
    Point,
    Threshold,
    auroc,
    calibration,
    calibration_error,
    refused_at_kept,
    risk_coverage,
)
from taqa.evaluation.sets import Query
from tests.fakes import HashingEncoder

PASSAGES = [
    {
        "id": "a 1",
        "doc": "a",
        "title": "Lake rules",
        "text": "The ferry crosses the lake every morning. It rests at noon.",
    },
    {"id": "a 2", "doc": "a", "title": "Lake rules", "text": "Fishing licences cost eleven crowns."},
    {"id": "b1", "doc": "b", "title": "1.", "text": "Fishing licences of the river cost nothing."},
    {"id": "b2", "doc": "b", "title": "2.", "text": "The mill grinds rye."},
    {"id": "b3", "doc": "b", "title": "3.", "text": " \n"},
]
QUERIES: list[dict[str, Any]] = [
    {"id": "ferry", "question": "When does the ferry cross the lake?", "gold": ["a 1"], "answerable": True},
    {"id": "lake", "question": "What do fishing licences cost?", "gold": ["a 2"], "answerable": True, "doc": "a"},
    {"id": "river", "question": "What do fishing licences cost?", "gold": ["b1"], "answerable": True, "doc": "b"},
    {"id": "none", "question": "Who painted zebras?", "gold": [], "answerable": False},
]


def packed(path: Path, records: list[dict[str, Any]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress("".join(json.dumps(each) + "\n" for each in records).encode()))


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data" / "qa" / "made"
    packed(folder / sets.CORPUS, PASSAGES)
    packed(folder / "queries_dev.jsonl.gz", QUERIES)
    (folder / "meta.json").write_text('{"source": "made up"}')
    return tmp_path / "data"


def outcome(name: str, ranked: str = "", gold: str = "", confidence: float = 0.5, refused: bool = False) -> Outcome:
    found = tuple(ranked.split())
    query = Query(name, name, frozenset(gold.split()), bool(gold))
    return Outcome(query, found, found[0] if found else "", confidence, refused)


# -- reading ------------------------------------------------------------------------------------------------


def test_a_set_is_read_with_its_questions(data: Path) -> None:
    read = sets.load(data, "made", "dev")
    assert [passage.id for passage in read.passages] == ["a 1", "a 2", "b1", "b2", "b3"]
    assert read.queries[1] == Query("lake", "What do fishing licences cost?", frozenset({"a 2"}), True, "a")
    assert read.queries[3].answerable is False
    assert (read.of, read.meta) == (4, {"source": "made up"})
    assert sets.load(data / "qa", "made", "dev") == read


@pytest.mark.parametrize(("limit", "ids"), [(1, "ferry"), (2, "ferry river"), (3, "ferry lake river"), (9, "all")])
def test_a_sample_is_evenly_spaced(data: Path, limit: int, ids: str) -> None:
    found = [query.id for query in sets.load(data, "made", "dev", limit).queries]
    assert found == (ids.split() if ids != "all" else ["ferry", "lake", "river", "none"])


def test_a_set_may_be_called_by_its_common_name(data: Path) -> None:
    (data / "qa" / "made").rename(data / "qa" / "squad")
    assert sets.load(data, "squad2", "dev").name == "squad2"


def test_turns_of_speakers_are_a_conversation(data: Path) -> None:
    told = [{"speaker": "user", "text": "Which lakes?"}, {"speaker": "agent", "text": "Two."}]
    packed(data / "qa" / "made" / "queries_dev.jsonl.gz", [QUERIES[0] | {"history": told}])
    (query,) = sets.load(data, "made", "dev").queries
    assert query.history == (Turn("user", "Which lakes?"), Turn("assistant", "Two."))


@pytest.mark.parametrize(
    ("name", "split", "message"),
    [
        ("other", "dev", "There is no set other in .*; it holds: made."),
        ("made", "test", "The set made has no split test; it has: dev."),
    ],
)
def test_what_is_not_there_is_said_with_what_is(data: Path, name: str, split: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        sets.load(data, name, split)


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="There is no folder"):
        sets.load(tmp_path / "nowhere", "made", "dev")


@pytest.mark.parametrize(
    ("record", "message"),
    [
        ({"id": "x", "question": "Why?", "gold": "a 1"}, "line 1, has no list “gold”"),
        (
            {"id": "x", "question": "Why?", "gold": [], "answerable": True},
            "either answerable, with gold passages, or not",
        ),
        ({"id": "x", "gold": ["a 1"]}, "has no text “question”"),
        ({"id": "x", "question": "Why?", "gold": ["a 1"], "doc": "c"}, "the document c, which has no passage"),
    ],
)
def test_a_question_that_is_none(data: Path, record: dict[str, Any], message: str) -> None:
    packed(data / "qa" / "made" / "queries_dev.jsonl.gz", [record])
    with pytest.raises(InputError, match=message):
        sets.load(data, "made", "dev")


def test_an_id_that_comes_twice_and_a_file_that_is_broken(data: Path) -> None:
    folder = data / "qa" / "made"
    packed(folder / "queries_dev.jsonl.gz", [QUERIES[0], QUERIES[0]])
    with pytest.raises(InputError, match="has the id ferry twice"):
        sets.load(data, "made", "dev")
    (folder / sets.CORPUS).write_bytes((folder / sets.CORPUS).read_bytes()[:-9])
    with pytest.raises(InputError, match="cannot be read as compressed UTF-8 text"):
        sets.load(data, "made", "dev")


# -- asking -------------------------------------------------------------------------------------------------


def test_passages_become_units_as_they_stand(data: Path) -> None:
    first, second = (source.read() for source in external.material(sets.load(data, "made", "dev")).sources)
    assert [unit.id for unit in (*first.units, *second.units)] == ["a 1", "a 2", "b1", "b2"]
    assert (first.name, second.name) == ("Lake rules", "b")
    for document in (first, second):
        for unit in document.units:
            (span,) = unit.source_spans()
            assert document.text[span.start : span.end] == unit.text


def test_the_engines_find_the_passages_within_the_document(data: Path, tmp_path: Path) -> None:
    read = sets.load(data, "made", "dev")
    engines = external.searcher(read, Models(HashingEncoder(), None), tmp_path / "cache")
    told: list[int] = []
    ferry, lake, river, none = external.ask(engines, read.queries, told.append)
    assert ferry.ranked[0] == ferry.quoted == "a 1"
    assert set(ferry.ranked) == {"a 1", "a 2", "b1", "b2"}
    assert lake.ranked == ("a 2", "a 1")
    assert river.ranked == ("b1", "b2")
    assert none.refused
    assert none.confidence < ferry.confidence
    assert told == [1, 2, 3, 4]


def test_nothing_is_embedded_twice(data: Path, tmp_path: Path) -> None:
    read = sets.load(data, "made", "dev")
    first, second = HashingEncoder(), HashingEncoder()
    before = external.ask(external.searcher(read, Models(first, None), tmp_path), read.queries, lambda _: None)
    after = external.ask(external.searcher(read, Models(second, None), tmp_path), read.queries, lambda _: None)
    assert len(first.encoded) == 6  # four passages with words, one of them of two sentences
    assert second.encoded == []
    assert before == after


# -- measuring ----------------------------------------------------------------------------------------------


def test_measures_of_rankings_by_hand() -> None:
    ranked = {
        "two": ["a", "b", "c", "d"],
        "late": [f"p{n}" for n in range(1, 13)],
        "wrong": ["a", "b"],
        "empty": [],
    }
    gold = {"two": {"b", "d"}, "late": {"p6", "p11"}, "wrong": {"z"}, "empty": {"z"}}
    found = retrieval.measure_passages(ranked, gold)
    ideal = 1 + 1 / math.log2(3)
    assert found["two"] == pytest.approx(
        {
            "recall@10": 1,
            "map@10": (1 / 2 + 2 / 4) / 2,
            "mrr": 1 / 2,
            "ndcg@10": (1 / math.log2(3) + 1 / math.log2(5)) / ideal,
            "success@5": 1,
        }
    )
    assert found["late"] == pytest.approx(
        {"recall@10": 1 / 2, "map@10": 1 / 6 / 2, "mrr": 1 / 6, "ndcg@10": 1 / math.log2(7) / ideal, "success@5": 0}
    )
    assert set(found["wrong"].values()) == set(found["empty"].values()) == {0}


def test_a_second_library_agrees() -> None:
    """sentence-transformers has measures of its own, which share no code with trec_eval's."""
    from sentence_transformers.sentence_transformer.evaluation import InformationRetrievalEvaluator

    draw = random.Random(4)
    passages = [f"p{n}" for n in range(60)]
    ranked = {f"q{n}": draw.sample(passages, draw.randint(1, 40)) for n in range(200)}
    gold = {name: set(draw.sample(passages, draw.randint(1, 10))) for name in ranked}
    cuts: dict[str, Any] = {"mrr_at_k": [40], "ndcg_at_k": [10], "accuracy_at_k": [5], "map_at_k": [10]}
    judge = InformationRetrievalEvaluator(
        dict.fromkeys(ranked, ""), dict.fromkeys(passages, ""), gold, precision_recall_at_k=[10], **cuts
    )
    scored = [
        [{"corpus_id": passage, "score": float(-rank)} for rank, passage in enumerate(ranked[name])]
        for name in judge.queries_ids
    ]
    other = judge.compute_metrics(scored)
    own = retrieval.measure_passages(ranked, gold)
    mean = {name: sum(row[name] for row in own.values()) / len(own) for name in next(iter(own.values()))}
    assert mean == pytest.approx(
        {
            "recall@10": other["recall@k"][10],
            "map@10": other["map@k"][10],
            "mrr": other["mrr@k"][40],
            "ndcg@10": other["ndcg@k"][10],
            "success@5": other["accuracy@k"][5],
        }
    )


def test_auroc_by_hand() -> None:
    assert auroc([0.9, 0.5, 0.5], [0.5, 0.1]) == pytest.approx((2 + 1.5 + 1.5) / 6)
    assert auroc([0.2], [0.1]) == 1
    assert auroc([0.1], [0.2]) == 0


def test_what_is_refused_while_nine_in_ten_are_kept() -> None:
    answerable = [number / 10 for number in range(1, 11)]
    assert refused_at_kept(answerable, [0.05, 0.15, 0.2, 0.9]) == Threshold(0.2, 0.9, 0.5)
    assert refused_at_kept([0.3, 0.7], [0.5]) == Threshold(0.3, 1.0, 0.0)
    assert refused_at_kept([0.3, 0.7], [0.5], Fraction(1, 2)) == Threshold(0.7, 0.5, 1.0)


def test_one_kind_alone_tells_nothing() -> None:
    for measure in (auroc, refused_at_kept):
        with pytest.raises(ValueError, match="one of the two kinds is missing"):
            measure([0.5], [])


def test_risk_by_coverage_by_hand() -> None:
    answers = [(0.9, True), (0.2, False), (0.6, True), (0.6, False)]
    assert risk_coverage(answers, 4) == (
        Point(0.25, 0.0, 0.9),
        Point(0.5, 0.5, 0.6),
        Point(0.75, 1 / 3, 0.6),
        Point(1.0, 0.5, 0.2),
    )
    assert risk_coverage([], 4) == ()


def test_calibration_by_hand() -> None:
    parts = calibration([(0.1, False), (0.3, True), (0.8, True), (1.0, False), (0.9, True)], 2)
    assert parts == (Bin(0.0, 0.5, 2, 0.2, 0.5), Bin(0.5, 1.0, 3, pytest.approx(0.9), pytest.approx(2 / 3)))  # type: ignore[arg-type]
    assert calibration_error(parts) == pytest.approx((2 * 0.3 + 3 * (0.9 - 2 / 3)) / 5)
    assert calibration([(0.5, True)], 2) == (Bin(0.5, 1.0, 1, 0.5, 1.0),)
    assert calibration([], 2) == ()


def test_a_result_has_refusal_only_with_both_kinds(data: Path) -> None:
    read = sets.load(data, "made", "dev")
    asked = sets_result.Asked("c0ffee", False, "hashing-1", "none", 1.25, (0.3, 0.3, 0.4, 0.2))
    good = [outcome("x", "a b", "a", 0.9), outcome("y", "a b", "b", 0.4, refused=True)]
    bad = [outcome("z", "b", "", 0.3, refused=True)]
    result = sets_result.make(read, good + bad, asked)
    assert (result.answerable, result.unanswerable, result.passages, result.of) == (2, 1, 5, 4)
    assert result.measures["mrr"].value == 0.75
    assert result.measures["mrr"].n == 2
    assert result.refusal == sets_result.Refusal(1.0, Threshold(0.4, 1.0, 1.0), 1.0, 0.5)
    assert result.risk_coverage[-1] == Point(1.0, 2 / 3, 0.3)
    assert sets_result.make(read, good, asked).refusal is None
    assert "mrr" not in sets_result.make(read, bad, asked).measures


def test_the_run_is_one_that_any_tool_reads(tmp_path: Path) -> None:
    found = Outcome(Query("q", "?", frozenset({"b"}), True), ("a 1", "50%", "b"), "a 1", 0.5, False)
    sets_result.write_run([found], tmp_path / "out.trec")
    assert (tmp_path / "out.trec").read_text() == ("q Q0 a%201 1 100 taqa\nq Q0 50%25 2 99 taqa\nq Q0 b 3 98 taqa\n")


# -- the command --------------------------------------------------------------------------------------------


@pytest.fixture
def app() -> typer.Typer:
    made = typer.Typer(pretty_exceptions_enable=False)
    made.command()(evaluate_command)
    return made


def test_the_command_asks_the_models_that_taqa_carries(app: typer.Typer, data: Path, tmp_path: Path) -> None:
    options = ["--set", "made", "--data", str(data), "--cache", str(tmp_path / "kept"), "--json"]
    done = CliRunner().invoke(app, [*options, "--run", str(tmp_path / "out.trec")])
    assert done.exit_code == 0, done.output
    result = json.loads(done.stdout)
    assert {name: value["value"] for name, value in result["measures"].items()} == {
        "recall@10": 1,
        "map@10": 1,
        "mrr": 1,
        "ndcg@10": 1,
        "success@5": 1,
    }
    assert result["refusal"]["auroc"] == 1
    assert result["refusal"]["at_kept"]["refused"] == 1
    assert result["risk_coverage"][-1]["risk"] == 0.25
    assert result["reader"].startswith("taqa-reader-")
    assert (tmp_path / "out.trec").read_text().startswith("ferry Q0 a%201 1 100 taqa\n")


def test_the_command_prints_a_table_without_a_reader(
    app: typer.Typer, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TAQA_READER", "none")
    done = CliRunner().invoke(app, ["--set", "made", "--data", str(data), "--cache", str(tmp_path), "--limit", "2"])
    assert done.exit_code == 0, done.output
    assert "made (dev): 2 questions, a sample of 4, 0 of them unanswerable, over 5 passages" in done.stdout
    assert "reader none" in done.stdout


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--set", "made"], "Name the folder that holds the question sets: --data DIR."),
        (["--set", "made", "--data", "d", "--gate"], "--gate is for its own questions; leave it out."),
        (["--limit", "3"], "--limit is for a question set of others, which --set names; leave it out."),
        (["--split", "train"], "have the splits dev and test"),
    ],
)
def test_options_that_do_not_fit_together(app: typer.Typer, options: list[str], message: str) -> None:
    done = CliRunner().invoke(app, options)
    assert isinstance(done.exception, InputError)
    assert message in str(done.exception)
