"""A whole evaluation with a scripted assistant; results on disk, floors, comparison, and the command."""

from __future__ import annotations

import json
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from taqa.errors import CorpusError, InputError
from taqa.evaluation import answers
from taqa.evaluation.compare import Change, compare
from taqa.evaluation.fidelity import check_texts
from taqa.evaluation.gate import EPSILON, Floor, Floors, gate, new_floors, read_floors, write_floors
from taqa.evaluation.report import print_changes, print_result
from taqa.evaluation.result import Made, Result, commit_of, read, to_json, write
from taqa.evaluation.run import index_of, run, score_answers
from taqa.wire import from_answer
from tests.evaluation_cases import DOCUMENTS, ONE, TWO, Scripted, answer, case, cite, gold, unanswerable

MADE = Made("abc", False, "test", "corpus-1", "questions-1", "index-1", {"model": ""})
CASES = [
    case("a", gold=[gold("100", "trains forty inspectors")], facts=["forty"]),
    case("b", type="list", gold=[gold("200", "The host country pays.")], facts=["host country"]),
    case(
        "c",
        type="followup",
        question="And who pays?",
        history=[{"role": "user", "content": "Where?"}],
        standalone="Who pays for the centre?",
        gold=[gold("200", "host country")],
        facts=["pays"],
    ),
    unanswerable("u"),
    case("v", type="unanswerable", answerable=False, note="near miss: there is no chair"),
]
QUOTATIONS = {"a": [cite(ONE, 1)], "b": [cite(TWO, 1), cite(TWO, 2)], "v": [cite(TWO, 3)]}
HITS = {
    "What about a?": [(ONE, 1), (ONE, 2)],
    "What about b?": [(TWO, 1), (TWO, 3), (TWO, 2)],
    "Where? And who pays?": [(TWO, 2)],
    "Who pays for the centre?": [(TWO, 1), (TWO, 3)],
}


def evaluated(quotations: dict = QUOTATIONS, hits: dict = HITS) -> Result:  # type: ignore[type-arg]
    return run(Scripted(quotations, hits), DOCUMENTS.values(), CASES, MADE, lambda done: None)


def test_a_whole_run() -> None:
    assistant = Scripted(QUOTATIONS, HITS)
    steps: list[int] = []
    result = run(assistant, DOCUMENTS.values(), CASES, MADE, steps.append)
    assert steps == [1, 2, 3, 4, 5]
    assert assistant.searched == ["What about a?", "What about b?", "Where? And who pays?", "Who pays for the centre?"]
    values = {name: found.value for name, found in result.measures.items()}
    assert values["success@1"] == pytest.approx(2 / 3)
    assert values["success@5"] == 1
    assert values["mrr"] == pytest.approx((1 + 1 / 3 + 1) / 3)
    assert (values["followup_recall@5"], values["standalone_recall@5"], values["followup_loss@5"]) == (1, 0, -1)
    assert {kind: (found.value, found.n) for kind, found in result.by_kind.items()} == {
        "off topic": (1, 1),
        "near miss": (0, 1),
    }
    assert [(row["kind"], row["first_right"]) for row in result.rows] == [
        ("", True),
        ("", False),
        ("", False),
        ("off topic", False),
        ("near miss", False),
    ]
    assert [(each.n, each.confidence, each.right) for each in result.calibration] == [(5, 0.5, 0.2)]
    assert result.risk_coverage[-1].risk == 0.8
    assert values["citation_recall"] == pytest.approx(2 / 3)
    assert values["citation_precision"] == pytest.approx(2 / 3)
    assert values["citation_precision_all"] == pytest.approx(2 / 4)
    assert values["fact_recall"] == pytest.approx(2 / 3)
    assert values["fully_right"] == pytest.approx(2 / 3)
    assert values["refusal_precision"] == 0.5
    assert values["refusal_recall"] == 0.5
    assert values["quote_fidelity"] == 1
    assert values["citations_per_answer"] == pytest.approx(4 / 3)
    assert [(row["id"], row["fully_right"]) for row in result.rows] == [
        ("a", True),
        ("b", True),
        ("c", False),
        ("u", True),
        ("v", False),
    ]


def test_answers_in_a_file_score_as_the_same_answers_asked(tmp_path: Path) -> None:
    file = tmp_path / "answers.jsonl"
    lines = [from_answer(Scripted(QUOTATIONS, HITS).ask(each.asked())).model_dump_json() for each in CASES]
    file.write_text("\n".join(reversed(lines)) + "\n", encoding="utf-8")
    given = answers.load(file, CASES)
    assert index_of(given) == "index-1"
    result = score_answers(given, DOCUMENTS.values(), CASES, MADE)
    asked = evaluated()
    assert "mrr" not in result.measures
    for name, found in result.measures.items():
        assert asked.measures[name] == found
    file.write_text("\n".join(lines[1:]))
    with pytest.raises(InputError, match="no answer to 1 of 5 questions, first a"):
        answers.load(file, CASES)
    file.write_text("\n".join(lines + lines[:1]))
    with pytest.raises(InputError, match="answers the question a twice"):
        answers.load(file, CASES)
    file.write_text("\n".join(lines))
    with pytest.raises(InputError, match="answers 1 questions that were not asked"):
        answers.load(file, CASES[1:])


def test_answers_of_two_indexes_are_refused() -> None:
    one = answers.parse(from_answer(answer(CASES[0].asked(), cite(ONE, 1))).model_dump(mode="json"), "x")
    with pytest.raises(InputError, match="2 different indexes"):
        index_of([one, replace(one, index="index-2")])


def test_a_result_is_read_as_it_was_written(tmp_path: Path) -> None:
    result = evaluated()
    path = write(result, tmp_path / "results")
    assert path.name == "abc-test.json"
    again = read(path)
    assert to_json(again) == to_json(result)
    assert again.measures == result.measures
    path.write_text("{}")
    with pytest.raises(InputError, match="not the result"):
        read(path)
    with pytest.raises(InputError, match="cannot be read"):
        read(tmp_path / "none.json")


def test_outside_a_repository_there_is_no_commit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert commit_of(tmp_path) == ("nogit", False)


def floors_of(result: Result) -> Floors:
    return new_floors(result, None, lower=False)


def test_a_result_holds_the_floors_it_set() -> None:
    result = evaluated()
    floors = floors_of(result)
    assert floors.floors["quote_fidelity"] == Floor(1.0, 0.0)
    assert floors.floors["success@1"] == Floor(0.666666, EPSILON)
    assert gate(result, floors) == []


def test_a_broken_floor_is_one_sentence() -> None:
    worse = evaluated({"a": QUOTATIONS["a"], "v": QUOTATIONS["v"]})
    problems = gate(worse, floors_of(evaluated()))
    assert "citation_recall is 0.3333, below its floor of 0.6667 (allowance 0.02)." in problems
    assert all(problem.endswith(".") for problem in problems)
    assert not any("success" in problem for problem in problems)


def test_the_allowance_is_honoured_to_its_edge() -> None:
    result = evaluated()
    value = result.measures["mrr"].value

    def held(floor: float) -> list[str]:
        return gate(result, Floors("test", "corpus-1", "questions-1", {"mrr": Floor(floor, 0.02)}))

    assert held(value + 0.0199) == []
    assert len(held(value + 0.0201)) == 1


def test_floors_hold_only_for_what_they_were_set_on() -> None:
    result, floors = evaluated(), floors_of(evaluated())
    assert "another corpus" in gate(replace(result, made=replace(MADE, corpus="corpus-2")), floors)[0]
    assert "another question set" in gate(replace(result, made=replace(MADE, questions="q2")), floors)[0]
    assert "split test, but dev" in gate(replace(result, made=replace(MADE, split="dev")), floors)[0]
    unmeasured = replace(result, measures={})
    assert "could not be measured" in gate(unmeasured, floors)[0]


def test_floors_rise_freely_and_fall_only_when_told() -> None:
    good, bad = evaluated(), evaluated({"v": QUOTATIONS["v"]})
    high, low = floors_of(good), floors_of(bad)
    raised = new_floors(good, low, lower=False)
    assert raised.floors["citation_recall"].floor == pytest.approx(2 / 3, abs=2e-6)
    with pytest.raises(InputError, match="only --lower-floors"):
        new_floors(bad, high, lower=False)
    assert new_floors(bad, high, lower=True).floors["citation_recall"].floor == 0
    with pytest.raises(InputError, match="was not measured"):
        new_floors(replace(good, measures={}), high, lower=False)


def test_within_the_allowance_the_old_floor_stays() -> None:
    result = evaluated()
    slightly_higher = replace(floors_of(result), floors={"mrr": Floor(result.measures["mrr"].value + 0.01, 0.02)})
    assert new_floors(result, slightly_higher, lower=False).floors["mrr"] == slightly_higher.floors["mrr"]


def test_another_question_set_does_not_lower_floors() -> None:
    high = replace(floors_of(evaluated()), questions="older")
    with pytest.raises(InputError, match="only --lower-floors"):
        new_floors(evaluated({"v": QUOTATIONS["v"]}), high, lower=False)


def test_floors_on_disk(tmp_path: Path) -> None:
    path = tmp_path / "floors.json"
    assert read_floors(path) is None
    floors = floors_of(evaluated())
    write_floors(floors, path)
    assert read_floors(path) == floors
    assert json.loads(path.read_text())["version"] == 1
    path.write_text("{}")
    with pytest.raises(InputError, match="does not hold floors"):
        read_floors(path)


def test_gains_and_losses() -> None:
    before = evaluated({"a": QUOTATIONS["a"], "v": QUOTATIONS["v"]})
    now = evaluated({"b": QUOTATIONS["b"]}, {})
    changes = {change.outcome: change for change in compare(now, before)}
    assert changes["fully right"] == Change("fully right", ("b",), ("a",))
    assert changes["found in the top 5"].lost == ("a", "b", "c")
    assert changes["refused as it should be"].gained == ("v",)
    assert all(change.gained == change.lost == () for change in compare(now, now))
    with pytest.raises(InputError, match="another corpus"):
        compare(now, replace(before, made=replace(MADE, corpus="corpus-2")))
    with pytest.raises(InputError, match="none of these questions"):
        compare(now, replace(before, rows=()))


def test_the_report_names_everything() -> None:
    out = StringIO()
    console = Console(file=out, width=200)
    result = evaluated()
    print_result(result, console)
    print_changes(compare(result, result), console)
    text = out.getvalue()
    for words in (
        *result.measures,
        "5 questions (test)",
        "followup",
        "near miss",
        "calibration error 0.300",
        "200",
        "95 %",
        "fully right",
    ):
        assert words in text


def test_the_text_that_is_scored_is_that_of_the_file(tmp_path: Path) -> None:
    paths = {document.file: tmp_path / document.file for document in DOCUMENTS.values()}
    for document in DOCUMENTS.values():
        paths[document.file].write_bytes(document.text.encode())
    check_texts(paths, DOCUMENTS.values())
    paths["200.txt"].write_bytes(TWO.text.replace("\n", "\r\n").encode())
    with pytest.raises(CorpusError, match=r"200\.txt is not that of the file"):
        check_texts(paths, DOCUMENTS.values())


def test_no_floor_below_one_for_quotations() -> None:
    result = evaluated()
    unfaithful = {"quote_fidelity": replace(result.measures["quote_fidelity"], value=0.99)}
    floors = new_floors(replace(result, measures=unfaithful), None, lower=True)
    assert floors.floors == {"quote_fidelity": Floor(1.0, 0.0)}
    assert "quote_fidelity is 0.9900" in gate(replace(result, measures=unfaithful), floors)[0]
