from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from taqa.errors import InputError
from taqa.settings import load


@pytest.fixture(autouse=True)
def _no_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    import os

    for name in list(os.environ):
        if name.upper().startswith("TAQA_"):
            monkeypatch.delenv(name)


def test_defaults() -> None:
    settings = load()
    assert (settings.corpus, settings.host, settings.port, settings.model) == (Path("corpus"), "127.0.0.1", 8000, "")
    assert settings.index_dir == Path("indexes/corpus")


def test_index_is_named_after_the_corpus_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "papers").mkdir()
    monkeypatch.chdir(tmp_path / "papers")
    assert load(corpus=".").index_dir == Path("indexes/papers")
    assert load(corpus=tmp_path / "papers/").index_dir == Path("indexes/papers")
    assert load(corpus="/").index_dir == Path("indexes/root")
    assert load(index="elsewhere").index_dir == Path("elsewhere")


def test_environment_and_what_is_above_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TAQA_PORT", "9001")
    monkeypatch.setenv("TAQA_HOST", "::1")
    monkeypatch.setenv("TAQA_INDEX", "")
    assert load().port == 9001
    assert load(port=9002, host=None).port == 9002
    assert load(port=9002, host=None).host == "::1"
    assert load().index is None


def test_fusion_weights_are_a_list_of_four(monkeypatch: pytest.MonkeyPatch) -> None:
    assert load().fusion is None
    monkeypatch.setenv("TAQA_FUSION", "[0.1, 0.5, 0, 0.4]")
    assert load().fusion == (0.1, 0.5, 0.0, 0.4)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("fusion", "dense"),
        ("fusion", "[0.5]"),
        ("fusion", "[0, 0, 0, 0]"),
        ("fusion", "[2, 1, 1, 1]"),
        ("port", "70000"),
        ("port", "-1"),
        ("port", "x"),
        ("threads", "999"),
        ("max_question_chars", "0"),
        ("host", "h" * 300),
    ],
)
def test_bad_value_is_one_sentence_that_names_the_variable(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"TAQA_{name.upper()}", value)
    with pytest.raises(InputError) as caught:
        load()
    message = str(caught.value)
    assert message.startswith(f"The setting TAQA_{name.upper()} cannot be")
    assert message.endswith(".")
    assert "\n" not in message


def test_bad_override_is_named_without_prefix() -> None:
    with pytest.raises(InputError, match="The setting port cannot be 99999"):
        load(port=99999)


def test_unknown_variable_and_override_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(InputError, match="Unknown setting colour: TAQA knows TAQA_CORPUS"):
        load(colour="red")
    monkeypatch.setenv("TAQA_CORPS", "x")
    monkeypatch.setenv("TAQA_PROT", "x")
    with pytest.raises(InputError, match="Unknown environment variables TAQA_CORPS, TAQA_PROT: TAQA knows"):
        load()


def test_frozen() -> None:
    with pytest.raises(ValidationError):
        load().port = 1  # type: ignore[misc]
