"""Reading question sets and checking them against the corpus; the set of this repository passes."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from taqa.errors import InputError
from taqa.evaluation.check import check
from taqa.evaluation.questions import TYPES, fingerprint, load
from tests.evaluation_cases import DOCUMENTS, case, gold, unanswerable

ROOT = Path(__file__).parents[2]
TEXTS = {name: document.text for name, document in DOCUMENTS.items()}
GOOD = gold("100", "trains forty inspectors")


def line(**fields: Any) -> str:
    record = {
        "id": "q",
        "type": "factoid",
        "question": "How many?",
        "history": [],
        "answerable": True,
        "gold": [GOOD],
        "alt_gold": [],
        "facts": ["forty"],
        "note": "",
    }
    return json.dumps(record | fields) + "\n"


def test_a_folder_is_read_by_split(tmp_path: Path) -> None:
    (tmp_path / "dev.jsonl").write_text(line(id="d") + "\n" + line(id="e", added="ignored"))
    (tmp_path / "test.jsonl").write_text(line(id="t", question="With \u2028 inside?"))
    assert [each.id for each in load(tmp_path, "dev")] == ["d", "e"]
    assert [each.id for each in load(tmp_path, "test")] == ["t"]
    assert [each.id for each in load(tmp_path)] == ["d", "e", "t"]
    assert [each.id for each in load(tmp_path / "test.jsonl", "dev")] == ["t"]


def test_history_is_passed_on(tmp_path: Path) -> None:
    turns = [{"role": "user", "content": "First?"}, {"role": "assistant", "content": "Yes."}]
    file = tmp_path / "q.jsonl"
    file.write_text(line(history=turns))
    asked = load(file)[0].asked()
    assert [(turn.role, turn.content) for turn in asked.history] == [("user", "First?"), ("assistant", "Yes.")]
    assert (asked.id, asked.text) == ("q", "How many?")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "no questions"),
        ("{\n", "line 1, is not JSON"),
        ("[1]\n", "not a JSON object"),
        (line() + line(), "occurs twice"),
        (line(question=" "), "question must be a text"),
        (line(answerable="yes"), "true or false"),
        (line(gold="x"), "gold must be a list"),
        (line(gold=[{"doc": "100"}]), "line 1, is not a question of the contract: 'quote'"),
        (line(history=[{"role": "system", "content": "x"}]), "role must be"),
    ],
)
def test_what_is_no_question_set_is_said_in_a_sentence(tmp_path: Path, content: str, message: str) -> None:
    file = tmp_path / "q.jsonl"
    file.write_text(content)
    with pytest.raises(InputError, match=message):
        load(file)


def test_missing_files_and_splits(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="does not exist"):
        load(tmp_path)
    with pytest.raises(InputError, match="no split 'train'"):
        load(tmp_path, "train")


def test_the_fingerprint_is_of_the_content() -> None:
    one, two = case("a", gold=[GOOD], facts=["forty"]), unanswerable("b")
    assert fingerprint([one, two]) == fingerprint([two, one])
    assert fingerprint([one]) != fingerprint([case("a", gold=[GOOD], facts=["fifty"])])


def test_a_good_set_has_no_findings() -> None:
    findings = check([case("a", gold=[GOOD], facts=["forty"]), unanswerable("b")], TEXTS)
    assert (findings.errors, findings.notes) == ([], [])


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"gold": [gold("100", "trains fifty")]}, "is not in the document 100"),
        ({"gold": [gold("100", "due semi\u2013 annually")]}, "differs from the document in its hyphens"),
        ({"gold": [gold("900", "trains")]}, "must fit exactly one"),
        ({"gold": []}, "at least one gold place"),
        ({"facts": ["sixty"]}, "neither in a quotation nor near one"),
        ({"type": "riddle"}, "is none of"),
        ({"type": "followup"}, "needs a history"),
        ({"standalone": "How many inspectors?"}, "only a question with a history"),
        ({"history": [{"role": "user", "content": "x"}], "standalone": "What about a? "}, "the question itself"),
        ({"answerable": False}, "contradict each other"),
        ({"type": "unanswerable", "answerable": False}, "has no places and no facts"),
        ({"gold": [gold("100", "trains forty inspectors" + " " * 300)]}, "characters, over 300"),
    ],
)
def test_findings(fields: dict[str, Any], message: str) -> None:
    record: dict[str, Any] = {"gold": [GOOD], "facts": ["forty"]}
    errors = check([case("a", **(record | fields))], TEXTS).errors
    assert any(message in error for error in errors), errors


@pytest.mark.parametrize(
    ("note", "kind"),
    [
        ("later event", "later event"),
        ("Wrong symbol: article 12 is the last.", "wrong symbol"),
        ("off topic; and more", "off topic"),
        ("no date is given", "kind not told"),
        ("a near miss", "kind not told"),
        ("near missiles", "kind not told"),
        ("", "kind not told"),
    ],
)
def test_the_note_tells_the_kind_of_an_unanswerable_question(note: str, kind: str) -> None:
    asked = case("b", type="unanswerable", answerable=False, note=note)
    assert asked.kind == kind
    assert (check([asked], TEXTS).notes == []) == (kind != "kind not told")
    assert case("a", gold=[GOOD], note=note).kind == ""


def test_a_stand_alone_form_is_part_of_the_question() -> None:
    turns = [{"role": "user", "content": "Who trains?"}]
    bare = case("a", gold=[GOOD], history=turns)
    worded = case("a", gold=[GOOD], history=turns, standalone=" How many are trained? ")
    assert (bare.standalone, worded.standalone) == ("", "How many are trained?")
    assert worded.asked() == bare.asked()
    assert fingerprint([worded]) != fingerprint([bare])


def test_notes() -> None:
    twice = [case("a", gold=[GOOD], facts=["forty"]), case("b", gold=[GOOD], facts=["forty"], question="What about a?")]
    assert check(twice, TEXTS).notes == ["b: the same question as a."]
    often = case("a", gold=[gold("100", "years"), GOOD], facts=["travel"])
    assert "stands near" in check([often], TEXTS).notes[0]
    repeated = {"100.txt": "trains forty inspectors and trains forty inspectors"}
    assert "stands 2 times" in check([case("a", gold=[GOOD], facts=["forty"])], repeated).notes[0]


def test_the_questions_of_this_repository() -> None:
    cases = load(ROOT / "eval" / "questions")
    texts = {path.name: path.read_bytes().decode("utf-8") for path in (ROOT / "corpus").glob("*.txt")}
    assert check(cases, texts).errors == []
    assert len(cases) >= 120
    for split in ("dev", "test"):
        half = load(ROOT / "eval" / "questions", split)
        assert {each.type for each in half} == set(TYPES)
        assert len({doc for each in half for doc in each.docs}) == len(texts)
        assert 0.4 < len(half) / len(cases) < 0.6
    assert max(Counter(each.id for each in cases).values()) == 1
