"""Retrieval measures, sums over questions and intervals, against values worked out by hand or computed another way."""

from __future__ import annotations

import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taqa.evaluation.bootstrap import estimate
from taqa.evaluation.measures import Row, by_document, by_type, summarise
from taqa.evaluation.retrieval import Judged, judge, measure
from taqa.evaluation.score import Score
from tests.evaluation_cases import DOCUMENTS, ONE, case, gold


def judged(gold_units: str, right_units: str = "") -> Judged:
    return Judged(frozenset(gold_units), frozenset(gold_units + right_units))


def test_measures_of_a_ranking() -> None:
    found = measure({"q": tuple("xaybz")}, {"q": judged("ac", "b")})["q"]
    assert found["success@1"] == 0
    assert found["success@5"] == found["success@10"] == 1
    assert found["recall@1"] == 0
    assert found["recall@5"] == found["recall@10"] == 0.5
    assert found["mrr"] == 0.5
    ideal = 1 + 1 / math.log2(3) + 1 / math.log2(4)
    assert found["ndcg@10"] == pytest.approx((1 / math.log2(3) + 1 / math.log2(5)) / ideal)


def test_alternatives_count_for_success_and_not_for_recall() -> None:
    found = measure({"q": tuple("bxyzuva")}, {"q": judged("a", "b")})["q"]
    assert (found["success@1"], found["recall@1"], found["recall@5"], found["recall@10"]) == (1, 0, 0, 1)
    assert found["mrr"] == 1


def test_nothing_found_is_nought() -> None:
    found = measure({"none": (), "wrong": ("x",)}, {"none": judged("a"), "wrong": judged("a")})
    assert set(found) == {"none", "wrong"}
    assert all(value == 0 for values in found.values() for value in values.values())
    assert found["none"].keys() == found["wrong"].keys()


@given(st.permutations("abcdefghij"), st.sets(st.sampled_from("abcdefghijk"), min_size=1))
def test_measures_equal_their_definitions(ranked: list[str], wanted: set[str]) -> None:
    found = measure({"q": tuple(ranked)}, {"q": judged("".join(wanted))})["q"]
    ranks = [rank for rank, unit in enumerate(ranked, start=1) if unit in wanted]
    for k in (1, 5, 10):
        within = sum(rank <= k for rank in ranks)
        assert found[f"success@{k}"] == (within > 0)
        assert found[f"recall@{k}"] == pytest.approx(within / len(wanted))
    assert found["mrr"] == pytest.approx(1 / ranks[0] if ranks else 0)


def test_right_units_hold_half_of_the_shorter() -> None:
    wanted = case("q", gold=[gold("100", "trains forty inspectors")], alt_gold=[gold("200", "host country")])
    assert judge(wanted, DOCUMENTS) == Judged(frozenset({"100#100:1"}), frozenset({"100#100:1", "200#200:2"}))
    across = case("q", gold=[gold("200", "country pays. Nothing else is said.")])
    assert judge(across, DOCUMENTS).gold == {"200#200:2", "200#200:3"}


def test_a_place_that_no_unit_holds_by_half_goes_to_the_unit_that_holds_most() -> None:
    quote = " ".join(ONE.text[ONE.text.index("travel") : ONE.text.index("of service")].split())
    assert judge(case("q", gold=[gold("100", quote)]), DOCUMENTS).gold == {"100#100:2"}


def row(name: str, *, kind: str = "factoid", docs: tuple[str, ...] = ("1",), **fields: object) -> Row:
    record: dict[str, object] = {
        "answerable": True,
        "status": "answered",
        "gold": 1,
        "gold_hit": 1,
        "citations": 1,
        "right": 1,
        "facts": 0,
        "facts_missed": (),
        "quotes": 1,
        "faults": (),
        "words": 10,
        "ms": 1.0,
    }
    retrieval = fields.pop("retrieval", {})
    return Row(Score(id=name, type=kind, docs=docs, **(record | fields)), retrieval)  # type: ignore[arg-type]


ROWS = [
    row("a", gold=2, gold_hit=1, citations=3, right=1, quotes=3, facts=2, facts_missed=("x",), retrieval={"mrr": 1.0}),
    row("b", docs=("1", "2"), facts=1, words=20, retrieval={"mrr": 0.5}),
    row(
        "c", status="not_found", gold_hit=0, citations=0, right=0, quotes=2, faults=("f",), facts=1, facts_missed=("y",)
    ),
    row("d", kind="unanswerable", docs=(), answerable=False, gold=0, gold_hit=0, citations=2, right=0, quotes=2),
    row(
        "e",
        kind="unanswerable",
        docs=(),
        answerable=False,
        status="not_found",
        gold=0,
        gold_hit=0,
        citations=0,
        right=0,
        quotes=0,
    ),
]


def test_sums_over_questions() -> None:
    values = {name: (found.value, found.n) for name, found in summarise(ROWS).items()}
    expected = {
        "mrr": (0.75, 2),
        "citation_recall": ((0.5 + 1 + 0) / 3, 3),
        "citation_precision": (2 / 4, 2),
        "citation_precision_all": (2 / 6, 3),
        "fact_recall": ((0.5 + 1 + 0) / 3, 3),
        "fully_right": (1 / 3, 3),
        "refusal_precision": (1 / 2, 2),
        "refusal_recall": (1 / 2, 2),
        "answered": (2 / 3, 3),
        "quote_fidelity": (7 / 8, 4),
        "citations_per_answer": (6 / 3, 3),
        "words_per_answer": (40 / 3, 3),
        "ms": (1.0, 5),
    }
    assert values == {name: (pytest.approx(value), n) for name, (value, n) in expected.items()}


def test_groups() -> None:
    kinds = by_type(ROWS)
    assert list(kinds) == ["factoid", "unanswerable"]
    assert "citation_recall" not in kinds["unanswerable"]
    assert kinds["unanswerable"]["refusal_recall"].value == 0.5
    documents = by_document(ROWS)
    assert {doc: summary["citation_recall"].n for doc, summary in documents.items()} == {"1": 3, "2": 1}


def test_an_interval_without_spread_is_a_point() -> None:
    found = estimate([(2, 4), (1, 2), (0, 0)])
    assert found is not None
    assert (found.value, found.low, found.high, found.n) == (0.5, 0.5, 0.5, 2)


def test_nothing_to_count_has_no_value() -> None:
    assert estimate([(0, 0), (0, 0)]) is None
    assert estimate([]) is None


def test_the_interval_is_the_same_at_every_run_and_holds_the_value() -> None:
    parts = [(float(n % 3 == 0), 1.0) for n in range(60)]
    found = estimate(parts)
    assert found is not None
    assert found == estimate(parts)
    assert found != estimate(parts, seed=1)
    assert found.low < found.value < found.high


def test_the_interval_agrees_with_a_bootstrap_written_otherwise() -> None:
    rng = random.Random(7)
    parts = [(float(rng.randrange(0, 4)), float(rng.randrange(4, 6))) for _ in range(80)]
    resamples = []
    for _ in range(4000):
        drawn = rng.choices(parts, k=len(parts))
        resamples.append(sum(up for up, _ in drawn) / sum(down for _, down in drawn))
    resamples.sort()
    found = estimate(parts)
    assert found is not None
    assert found.low == pytest.approx(resamples[100], abs=0.01)
    assert found.high == pytest.approx(resamples[3900], abs=0.01)
