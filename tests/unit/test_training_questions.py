"""Our own questions that the reader is trained on: well formed, and about nothing that it is judged on."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
TRAINING = ROOT / "training" / "questions"
UNANSWERABLE = {"near miss", "later event", "missing figure", "false presupposition"}
ANSWERABLE = {"fact", "list", "definition", "provision", "reason", "two"}


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def questions() -> list[dict[str, Any]]:
    return [row for path in sorted(TRAINING.glob("part-*.jsonl")) for row in rows(path)]


def wordings() -> list[dict[str, Any]]:
    return rows(TRAINING / "wordings.jsonl")


def documents(folder: Path) -> list[dict[str, str]]:
    found: list[dict[str, str]] = json.loads((folder / "documents.json").read_text("utf-8"))
    return found


def test_each_question_has_a_kind_a_document_and_words_of_it() -> None:
    named = {Path(row["path"]).name for row in documents(TRAINING)}
    for row in questions():
        assert set(row) == {"id", "doc", "question", "answerable", "kind", "quotes"}, row["id"]
        assert row["kind"] in (ANSWERABLE if row["answerable"] else UNANSWERABLE), row["id"]
        assert row["doc"] in named, row["id"]
        assert row["question"].strip(), row["id"]
        assert all(quote.strip() for quote in row["quotes"]), row["id"]
        assert row["quotes"], row["id"]


def test_ids_and_questions_are_unique() -> None:
    found = questions()
    assert len({row["id"] for row in found}) == len(found)
    assert len({row["question"].casefold() for row in found}) == len(found)


def test_another_wording_is_of_one_question_and_in_other_words() -> None:
    asked = {row["id"]: row["question"].casefold() for row in questions()}
    found = wordings()
    assert len({row["id"] for row in found}) == len(found)
    for row in found:
        assert set(row) == {"id", "question"}, row["id"]
        assert row["question"].strip(), row["id"]
        assert row["question"].casefold() != asked[row["id"]], row["id"]


@pytest.mark.parametrize("split", ["dev", "test"])
@pytest.mark.parametrize("folder", ["questions", "questions/second"])
def test_no_question_is_one_that_the_product_is_judged_on(folder: str, split: str) -> None:
    asked = {row["question"].casefold() for row in rows(ROOT / "eval" / folder / f"{split}.jsonl")}
    assert asked.isdisjoint(row["question"].casefold() for row in [*questions(), *wordings()])


def test_no_document_is_one_that_the_product_is_judged_on() -> None:
    judged = {row["sha256"] for row in documents(ROOT / "eval" / "questions" / "second")}
    judged |= {source["sha256"] for source in json.loads((ROOT / "corpus" / "manifest.json").read_text())["documents"]}
    assert judged.isdisjoint(row["sha256"] for row in documents(TRAINING))
