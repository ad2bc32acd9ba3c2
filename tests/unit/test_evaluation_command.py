"""`taqa eval` from its options to its exit code, over a made-up corpus and a file of answers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from taqa import build
from taqa.domain import Question
from taqa.errors import InputError
from taqa.evaluation.command import evaluate_command
from taqa.settings import Settings
from taqa.wire import from_answer
from tests.evaluation_cases import answer, cite, gold

TEXT = "1. The centre trains forty inspectors a year.\n\n2. The fund pays for travel.\n"


@pytest.fixture
def app() -> typer.Typer:
    made = typer.Typer(pretty_exceptions_enable=False)
    made.command()(evaluate_command)
    return made


@pytest.fixture
def options(tmp_path: Path) -> list[str]:
    """A corpus of one document, two questions, and right answers to both."""
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "100.txt").write_text(TEXT)
    document = build.documents(Settings(corpus=corpus))[0]
    number = next(n for n, unit in enumerate(document.units, start=1) if "forty" in unit.text)
    shared = {"history": [], "alt_gold": [], "note": ""}
    asked = [
        {"id": "a", "type": "factoid", "question": "How many inspectors?", "answerable": True}
        | {"gold": [gold("100", "forty inspectors")], "facts": ["forty"]},
        {"id": "u", "type": "unanswerable", "question": "Who?", "answerable": False, "gold": [], "facts": []},
    ]
    (tmp_path / "test.jsonl").write_text("".join(json.dumps(each | shared) + "\n" for each in asked))
    given = [answer(Question("How many?", id="a"), cite(document, number)), answer(Question("Who?", id="u"))]
    (tmp_path / "answers.jsonl").write_text("".join(from_answer(each).model_dump_json() + "\n" for each in given))
    return [
        *("--questions", str(tmp_path / "test.jsonl")),
        *("--corpus", str(corpus)),
        *("--out", str(tmp_path / "results")),
        *("--answers", str(tmp_path / "answers.jsonl")),
    ]


def test_answers_are_scored_and_kept(app: typer.Typer, options: list[str], tmp_path: Path) -> None:
    done = CliRunner().invoke(app, options)
    assert done.exit_code == 0, done.output
    assert "2 questions (test)" in done.output
    kept = list((tmp_path / "results").glob("*-test.json"))
    assert len(kept) == 1
    record = json.loads(kept[0].read_text())
    assert record["measures"]["fully_right"]["value"] == 1
    assert record["measures"]["refusal_recall"]["value"] == 1
    assert record["made"]["index"] == "index-1"


def test_json_is_the_kept_result(app: typer.Typer, options: list[str], tmp_path: Path) -> None:
    done = CliRunner().invoke(app, [*options, "--json"])
    assert done.stdout == next((tmp_path / "results").glob("*.json")).read_text()


def test_a_baseline_is_compared(app: typer.Typer, options: list[str], tmp_path: Path) -> None:
    CliRunner().invoke(app, options)
    kept = next((tmp_path / "results").glob("*.json"))
    done = CliRunner().invoke(app, [*options, "--baseline", str(kept)])
    assert "Against the baseline" in done.output


def test_pictures_are_drawn(app: typer.Typer, options: list[str], tmp_path: Path) -> None:
    done = CliRunner().invoke(app, [*options, "--plots", str(tmp_path / "pictures")])
    assert done.exit_code == 0, done.output
    names = sorted(path.name for path in (tmp_path / "pictures").iterdir())
    assert names == ["calibration-test.svg", "risk-coverage-test.svg"]


@pytest.mark.parametrize("option", ["--gate", "--write-floors", "--lower-floors"])
def test_floors_need_the_search(app: typer.Typer, options: list[str], option: str) -> None:
    done = CliRunner().invoke(app, [*options, option])
    assert isinstance(done.exception, InputError)
    assert "leave out --answers" in str(done.exception)


def test_the_gate_tells_what_changed_since_the_floors(app: typer.Typer, options: list[str], tmp_path: Path) -> None:
    asked = [*options[: options.index("--answers")], "--index", str(tmp_path / "index")]
    asked += ["--floors", str(tmp_path / "floors.json")]
    unset = CliRunner().invoke(app, [*asked, "--write-floors"])
    assert unset.exit_code == 0, unset.output
    kept = tmp_path / "outcomes.json"
    assert f"what became of each question to {kept}" in " ".join(unset.stderr.split())
    record = json.loads(kept.read_text())
    assert record["rows"]["a"][0] == "+"
    record["rows"]["a"] = record["rows"]["a"].replace("+", "-")
    kept.write_text(json.dumps(record))
    done = CliRunner().invoke(app, [*asked, "--gate", "--json"])
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)["count"] == 2
    assert "measures hold their floors" in done.stderr
    assert "Since the floors were set" in done.stderr
    assert any("found in the top 5" in line and "1: a" in line for line in done.stderr.splitlines())
    kept.unlink()
    assert "gains and losses are unknown" in CliRunner().invoke(app, [*asked, "--gate"]).stderr
