"""The same answer however a question is typed, in whatever order documents came, on however many threads."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from taqa import build, wire
from taqa.assistant import Assistant
from taqa.domain import Answer, Question, Turn
from taqa.ingest import scan
from taqa.retrieval.encoder import SentenceEncoder
from taqa.retrieval.indexing import build_index, open_index
from taqa.retrieval.search import Searcher
from taqa.settings import Settings

from ..documents import CORPUS


def said(answer: Answer) -> str:
    """Everything that an answer says but the question as typed and the time it took."""
    return wire.from_answer(replace(answer, ms=0.0, question=Question("same"))).model_dump_json()


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        (
            "What are the core functions of the Basel Convention regional centres?",
            "Hello, could you tell me what are the core funtions of the Basel Convention regional centres? Thanks!",
        ),
        ("When was the Quick Start Programme launched?", "When was the Quick Start Program lauched?"),
        ("Where is decision SC-1/15 mentioned?", "where is decision sc\u20111 / 15 mentionned? please"),
        (
            "What does paragraph 6 of UNEP(DTIE)/Hg/INC.1/9 say?",
            "Please tell me: what does paragraph 6 of unep dtie/hg/inc.1/9 say?",
        ),
        (
            "Who services the International PRTR Coordinating Group?",
            "Who services the International Pollutant Release and Transfer Register Coordinating Group?",
        ),
        (
            "Who takes part in the Environment and Security Initiative?",
            "who takes part in the enviroment and security initiative?",
        ),
    ],
)
def test_slips_courtesy_and_spellings_change_nothing(real_assistant: Assistant, written: str, typed: str) -> None:
    first, second = (real_assistant.ask(Question(text)) for text in (written, typed))
    assert first.status == "answered"
    assert [c.quotation for c in second.citations] == [c.quotation for c in first.citations]
    assert second.text == first.text


def test_the_question_is_shown_as_it_was_read(real_assistant: Assistant) -> None:
    answer = real_assistant.ask(Question("Hi! Which countries does the stockhom convetion ask to repport? Thanks"))
    assert answer.interpreted_question == "Which countries does the Stockholm convention ask to report?"
    assert answer.question.text == "Hi! Which countries does the stockhom convetion ask to repport? Thanks"


def test_earlier_questions_are_read_so_too(real_assistant: Assistant) -> None:
    def asked(earlier: str) -> Answer:
        return real_assistant.ask(Question("and who pays for it?", (Turn("user", earlier), Turn("assistant", "…"))))

    plain, slipped = (asked("What is the Multilateral Fund?"), asked("Could you tell me what is the multilatral fund?"))
    assert "Multilateral Fund" in plain.interpreted_question
    assert slipped.interpreted_question.casefold() == plain.interpreted_question.casefold()
    assert [c.quotation for c in slipped.citations] == [c.quotation for c in plain.citations]


@pytest.mark.parametrize(
    "question",
    [
        "Shall Parties report by 31 December 2009?",
        "should 147 countries pay 0.30 per cent?",
        "May Parties not required to report do so?",
    ],
)
def test_numbers_and_modal_verbs_stay(real_assistant: Assistant, question: str) -> None:
    assert real_assistant.searcher.as_meant(question).casefold() == question.casefold()


def test_answers_are_the_same_on_one_thread_and_on_two(real_settings: Settings) -> None:
    questions = ("How long is the mandate of a WHO collaborating centre?", "What is technology transfer?")
    answers = []
    for threads in (1, 2):
        assistant = build.assistant(real_settings.model_copy(update={"threads": threads}))
        answers.append([said(assistant.ask(Question(text))) for text in questions])
    assert answers[0] == answers[1]


def test_answers_are_the_same_in_another_order_of_documents(tmp_path: Path, real_encoder: SentenceEncoder) -> None:
    names = sorted(path.name for path in CORPUS.glob("00[12]*.txt"))
    answers = []
    for order in (names, names[::-1]):
        folder, index = tmp_path / order[0] / "corpus", tmp_path / order[0] / "index"
        folder.mkdir(parents=True)
        for name in order:  # one after the other, as they are added
            (folder / name).write_bytes((CORPUS / name).read_bytes())
            made = build.material(scan(folder))
            build_index(made, real_encoder, index)
        opened = open_index(index, real_encoder, made.recipe)
        assistant = Assistant(Searcher(opened.index, real_encoder, opened.dense, opened.lexical))
        answers.append([said(assistant.ask(Question(text))) for text in ("What is a register?", "Who reports?")])
    assert len(names) == 2
    assert answers[0] == answers[1]
