"""The second set of questions: its documents are named by content, and each side has documents of its own."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from taqa.evaluation.questions import load, source_of

EVAL = Path(__file__).parents[2] / "eval"


@pytest.fixture(scope="module")
def second() -> Iterator[ModuleType]:
    """The module of eval/ that lays the corpus out."""
    spec = importlib.util.spec_from_file_location("second_corpus", EVAL / "second_corpus.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["second_corpus"] = module
    spec.loader.exec_module(module)
    yield module
    del sys.modules["second_corpus"]


@pytest.fixture
def named(tmp_path: Path) -> Path:
    """A folder of questions whose documents.json names one file, treaties/a.md with the text "one"."""
    folder = tmp_path / "questions"
    folder.mkdir()
    row = {"path": "treaties/a.md", "sha256": hashlib.sha256(b"one").hexdigest(), "side": "dev", "kind": "treaty"}
    (folder / "documents.json").write_text(json.dumps([row]), "utf-8")
    return folder


def data(tmp_path: Path, content: str) -> Path:
    folder = tmp_path / "data"
    (folder / "treaties").mkdir(parents=True)
    (folder / "treaties" / "a.md").write_text(content, "utf-8")
    return folder


def test_the_named_files_are_copied_side_by_side(second: ModuleType, named: Path, tmp_path: Path) -> None:
    assert second.main([str(data(tmp_path, "one")), str(tmp_path / "corpus")], named) == 0
    assert (tmp_path / "corpus" / "a.md").read_text("utf-8") == "one"


def test_another_file_of_the_same_name_is_refused(
    second: ModuleType, named: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert second.main([str(data(tmp_path, "two")), str(tmp_path / "corpus")], named) == 2
    assert "a.md is not the file that the questions were written from" in capsys.readouterr().err
    assert not (tmp_path / "corpus").exists()


def test_a_missing_file_is_named(
    second: ModuleType, named: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert second.main([str(tmp_path / "nowhere"), str(tmp_path / "corpus")], named) == 2
    assert capsys.readouterr().err == f"{tmp_path / 'nowhere' / 'treaties' / 'a.md'} is missing.\n"


def test_a_folder_that_holds_something_is_left_alone(second: ModuleType, named: Path, tmp_path: Path) -> None:
    source = data(tmp_path, "one")
    assert second.main([str(source), str(source)], named) == 2
    assert [path.name for path in source.iterdir()] == ["treaties"]


def test_each_side_asks_about_its_own_documents_only(second: ModuleType) -> None:
    sides = {document.name: document.side for document in second.sources()}
    asked = {
        side: {source_of(gold.doc, sides) for case in load(EVAL / "questions" / "second", side) for gold in case.places}
        for side in ("dev", "test")
    }
    assert asked == {side: {name for name, own in sides.items() if own == side} for side in ("dev", "test")}
