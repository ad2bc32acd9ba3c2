"""Splitting questions into sides: repeatable, and what is there stays when a part is added."""

from __future__ import annotations

import importlib.util
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

EVAL = Path(__file__).parents[2] / "eval"
QUESTIONS = EVAL / "questions"


@pytest.fixture(scope="module")
def split() -> Iterator[ModuleType]:
    """The module of eval/ that splits."""
    spec = importlib.util.spec_from_file_location("split_questions", EVAL / "split.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["split_questions"] = module
    spec.loader.exec_module(module)
    yield module
    del sys.modules["split_questions"]


def about(name: str, *paragraphs: str, kind: str = "factoid") -> dict[str, Any]:
    return {"id": name, "type": kind, "gold": [{"doc": "001", "para": paragraph} for paragraph in paragraphs]}


def write(path: Path, *questions: dict[str, Any]) -> Path:
    path.write_text("".join(json.dumps(question) + "\n" for question in questions), "utf-8")
    return path


def ids(path: Path) -> list[str]:
    return [json.loads(line)["id"] for line in path.read_text("utf-8").splitlines()]


def test_the_sides_of_this_repository_are_what_the_program_makes(split: ModuleType, tmp_path: Path) -> None:
    first, second, *later = (str(QUESTIONS / "raw" / f"part-{letter}.jsonl") for letter in "abcd")
    assert split.main([first, second], tmp_path) == 0
    for part in later:
        assert split.main(["--append", part], tmp_path) == 0
    for side in ("dev.jsonl", "test.jsonl"):
        assert (tmp_path / side).read_bytes() == (QUESTIONS / side).read_bytes()


def test_no_first_place_of_this_repository_is_on_both_sides(split: ModuleType) -> None:
    dev, test = ({split.place(q) for q in split.read(QUESTIONS / f"{side}.jsonl")} for side in ("dev", "test"))
    assert dev & test == set()


def test_a_new_question_goes_where_its_place_is(split: ModuleType, tmp_path: Path) -> None:
    dev = write(tmp_path / "dev.jsonl", about("d", "1", "5"), about("e", "2", "6"))
    test = write(tmp_path / "test.jsonl", about("t", "3", "6"), about("u", "4", "1"))
    before = dev.read_bytes(), test.read_bytes()
    new = [
        about("first", "3"),
        about("first before further", "1"),
        about("further", "5"),
        about("its other place", "9", "4"),
        about("on both sides, so its other place", "6", "2"),
    ]
    assert split.main(["--append", str(write(tmp_path / "new.jsonl", *new))], tmp_path) == 0
    assert ids(dev) == ["d", "e", "first before further", "further", "on both sides, so its other place"]
    assert ids(test) == ["t", "u", "first", "its other place"]
    assert dev.read_bytes().startswith(before[0])
    assert test.read_bytes().startswith(before[1])


def test_what_binds_nothing_evens_the_sides_out(split: ModuleType, tmp_path: Path) -> None:
    dev = write(tmp_path / "dev.jsonl", about("d", "1"), about("e", "2"))
    test = write(tmp_path / "test.jsonl", about("t", "3", kind="list"))
    new = [about("f", "7"), about("g", "8"), about("h", "8")]
    assert split.main(["--append", str(write(tmp_path / "new.jsonl", *new))], tmp_path) == 0
    assert (ids(dev), ids(test)) == (["d", "e", "f"], ["t", "g", "h"])


def test_refusals(split: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    part = str(write(tmp_path / "part.jsonl", about("a", "1"), about("b", "2")))
    assert split.main([part], tmp_path) == 0
    sides = (tmp_path / "dev.jsonl").read_bytes(), (tmp_path / "test.jsonl").read_bytes()
    for arguments, message in (
        ([part], "The questions are split already; add a new part with --append PART."),
        (["--append"], "Name the parts to append."),
        (["--append", part], "Already there: a, b; give new questions new ids."),
    ):
        assert split.main(arguments, tmp_path) == 2
        assert message in capsys.readouterr().err
    assert sides == ((tmp_path / "dev.jsonl").read_bytes(), (tmp_path / "test.jsonl").read_bytes())
