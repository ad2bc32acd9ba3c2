"""Questions without courtesy."""

from __future__ import annotations

import pytest

from taqa.answering.typed import bare


@pytest.mark.parametrize(
    "typed",
    [
        "Could you please tell me what mercury is?",
        "Hello, could you tell me: what mercury is?",
        "Good morning! I would like to know what mercury is? Thanks!",
        "Hi there, quick question: what mercury is?",
        "Please tell me what mercury is?",
        "Dear colleagues, we were wondering what mercury is? Many thanks for your help, best regards",
        "do you know what mercury is?",
        "what mercury is? thank you very much in advance.",
    ],
)
def test_courtesy_is_left_out(typed: str) -> None:
    assert bare(typed) == "what mercury is?"


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Could you list the outputs please?", "list the outputs"),
        ("rotterdam art 16 please", "rotterdam art 16"),
        ("Can you tell me about mercury", "tell me about mercury"),
        ("I would like to know if Parties shall report", "if Parties shall report"),
    ],
)
def test_what_is_asked_stays(typed: str, read: str) -> None:
    assert bare(typed) == read


@pytest.mark.parametrize(
    "typed",
    [
        "hello",
        "Thanks!",
        "ok, thank you",
        "please",
        "Could Parties tell the Secretariat?",
        "Who thanked the Government of Japan?",
        "Would you expect Parties to report?",
        "question 7: what is it?",
        "May Parties withdraw?",
        "What is the kind regard of mercury?",
    ],
)
def test_what_is_no_courtesy_or_nothing_else_stays(typed: str) -> None:
    assert bare(typed) == typed
