"""What became of each question, kept in a small file: gains and losses, measures that moved, the file itself."""

from __future__ import annotations

import json
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from taqa.errors import InputError
from taqa.evaluation.compare import Change
from taqa.evaluation.outcomes import Moved, changes_since, keep, moved, read_outcomes, unfit, write_outcomes
from taqa.evaluation.report import print_since
from taqa.evaluation.result import Made, Result
from taqa.evaluation.run import run
from tests.evaluation_cases import DOCUMENTS, ONE, TWO, Scripted, case, cite, gold, unanswerable

MADE = Made("abc", False, "test", "corpus-1", "questions-1", "index-1", {"model": ""})
CASES = [
    case("a", gold=[gold("100", "trains forty inspectors")], facts=["forty"]),
    case("b", gold=[gold("200", "The host country pays.")]),
    unanswerable("u"),
]
HITS = {"What about a?": [(ONE, 1)]}


def evaluated(answered: str) -> Result:
    """A run that quotes rightly for these ids, and for u something."""
    right = {"a": [cite(ONE, 1)], "b": [cite(TWO, 2)], "u": [cite(TWO, 3)]}
    quoted = {name: right[name] for name in answered}
    return run(Scripted(quoted, HITS), DOCUMENTS.values(), CASES, MADE, lambda done: None)


def printed(result: Result, before: Result) -> str:
    out = StringIO()
    print_since(result, keep(before), Console(file=out, width=200, highlight=False))
    return out.getvalue()


def test_gains_and_losses_since_then() -> None:
    now, before = evaluated("b"), evaluated("au")
    changes = {change.outcome: change for change in changes_since(now, keep(before))}
    assert changes["fully right"] == Change("fully right", ("b",), ("a",))
    assert changes["refused as it should be"].gained == ("u",)
    assert changes["found in the top 5"] == Change("found in the top 5", (), ())
    assert Moved("refusal_recall", 0, 1) in moved(now, keep(before))
    assert Moved("citation_precision_all", 0.5, 1) in moved(now, keep(before))
    assert not any(each.name in ("fully_right", "ms") for each in moved(now, keep(before)))


def test_nothing_changed() -> None:
    now = evaluated("ab")
    assert all(change.gained == change.lost == () for change in changes_since(now, keep(now)))
    assert moved(now, keep(now)) == []
    assert "measures that moved: none" in printed(now, now)


def test_the_report_names_ids_and_measures() -> None:
    text = printed(evaluated("b"), evaluated("au"))
    for words in ("Since the floors were set, at commit abc", "1: b", "1: a", "refusal_recall 0.000 -> 1.000"):
        assert words in text


@pytest.mark.parametrize(("field", "what"), [("split", "split"), ("corpus", "corpus"), ("questions", "question set")])
def test_outcomes_of_something_else_tell_nothing(field: str, what: str) -> None:
    result = evaluated("ab")
    assert unfit(result, keep(result)) == ""
    other = replace(keep(result), **{field: "another"})
    assert unfit(result, other) == f"The kept outcomes are of another {what}; --write-floors keeps those of this one."


def test_the_file_has_marks_for_ids(tmp_path: Path) -> None:
    path = tmp_path / "outcomes.json"
    assert read_outcomes(path) is None
    kept = keep(evaluated("au"))
    write_outcomes(kept, path)
    assert read_outcomes(path) == kept
    assert json.loads(path.read_text())["rows"] == {"a": "++++.+", "b": "--.-.-", "u": "....-."}
    assert "inspectors" not in path.read_text()
    path.write_text(path.read_text().replace("++++.+", "++++"))
    with pytest.raises(InputError, match="does not hold outcomes"):
        read_outcomes(path)
    with pytest.raises(InputError, match="cannot be written"):
        write_outcomes(kept, tmp_path / "none" / "outcomes.json")
