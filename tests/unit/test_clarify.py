"""Questions that may mean several things are asked back, with questions that each mean one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from taqa import build
from taqa.answering.authority import authority
from taqa.answering.clarify import openings
from taqa.assistant import Assistant
from taqa.domain import Choice, DocumentMeta, Question, Turn
from taqa.references import catalogue
from taqa.references.candidates import candidates
from taqa.retrieval.indexing import build_index
from taqa.settings import Settings

from ..documents import corpus, made
from ..fakes import HashingEncoder

TEXTS = {
    "bee.md": """
# Bee Convention on hives and honey

## Article 1

## Objective

1. The objective of this Convention is to protect bees.

## Article 2

## Fees

1. Keepers pay a fee of ten jars of honey.

2. The fee is due in May.

## Article 3

Disputes are settled by dance.
""",
    "ant.md": """
# Ant Convention

## Article 1

## Scope

1. This Convention covers ants of all colours.

## Article 2

## Depositary

1. The Queen is the depositary of this Convention.

## Article 3

The texts in all languages are equally authentic.
""",
    "moth.md": """
# Moth Protocol to the Bee Convention

## Article 1

Lamps are put out at midnight.

## Article 2

Moths may enter at any time.

## Article 3

No reservations may be made.
""",
    "report.md": """
Report of the Conference

Decision 2/BEE.1
Budget of the hives

The Conference of the Parties,

1. Decides that the budget is forty jars;

2. Requests the secretariat to count them.

Decision 3/BEE.1
Honey

The Conference of the Parties,

1. Decides that honey is golden;

2. Invites keepers to taste it.
""",
    "older.md": """
Report of an older conference

Decision 2/BEE.0
Stings

The Conference of the Parties,

1. Decides that stings are deplored;

2. Thanks the beekeepers.
""",
}


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """One that holds three small treaties and two reports with decisions."""
    folder = tmp_path_factory.mktemp("clarify")
    (folder / "corpus").mkdir()
    for name, text in TEXTS.items():
        (folder / "corpus" / name).write_text(text.lstrip(), "utf-8")
    settings, model = Settings(corpus=folder / "corpus", index=folder / "index"), HashingEncoder(dimension=512)
    build_index(build.material(build.corpus(settings)), model, settings.index_dir)
    return build.assistant(settings, models=build.Models(model, None))


def asked_back(assistant: Assistant, text: str) -> list[str]:
    answer = assistant.ask(Question(text))
    return [choice.question for choice in answer.choices] if answer.status == "clarify" else []


@pytest.mark.parametrize(
    ("text", "choices"),
    [
        (
            "what does article 2 say?",
            [
                f"what does article 2 of the {name} say?"
                for name in ("Ant Convention", "Bee Convention", "Moth Protocol")
            ],
        ),
        (
            "article 2 of the convention",
            [f"article 2 of the {name}" for name in ("Ant Convention", "Bee Convention")],
        ),
        ("Article 2 (1)", ["Article 2 (1) of the Ant Convention", "Article 2 (1) of the Bee Convention"]),
        (
            "What does paragraph 1 say?",
            [f"What does paragraph 1 of decision {number} say?" for number in ("2/BEE.0", "2/BEE.1", "3/BEE.1")],
        ),
        (
            "paragraph 2 of report.md",
            ["paragraph 2 of decision 2/BEE.1", "paragraph 2 of decision 3/BEE.1"],
        ),
        ("decision 2", ["decision 2/BEE.0", "decision 2/BEE.1"]),
        (
            "What does the Convention say?",
            ["What does article 1 of the Ant Convention say?", "What does article 1 of the Bee Convention say?"],
        ),
    ],
)
def test_a_reference_that_fits_several_places_is_asked_back(
    assistant: Assistant, text: str, choices: list[str]
) -> None:
    assert [choice.casefold() for choice in asked_back(assistant, text)] == [choice.casefold() for choice in choices]


@pytest.mark.parametrize(
    "text",
    [
        "What does article 2 say about fees?",
        "What does the Convention say about ants?",
        "article 2 of the Bee Convention",
        "article 2 of the Wasp Convention",
        "article 9",
        "decision 3",
        "articles 1 and 2",
        "Where is decision 2/BEE.1 mentioned?",
        "Who pays a fee, and may it be waived?",
        "fees",
    ],
)
def test_what_a_search_can_answer_is_not_asked_back(assistant: Assistant, text: str) -> None:
    assert assistant.ask(Question(text)).status != "clarify"


@pytest.mark.parametrize(
    "text", ["what does article 2 say?", "What does paragraph 1 say?", "decision 2", "and who pays for it?"]
)
def test_every_choice_is_answered_with_its_place(assistant: Assistant, text: str) -> None:
    choices = assistant.ask(Question(text)).choices
    assert 2 <= len(choices) <= 4
    for choice in choices:
        answer = assistant.ask(Question(choice.question))
        assert answer.status == "answered"
        assert any(citation.label.startswith(choice.label) for citation in answer.citations)


def test_a_choice_shows_its_reference_and_first_words(assistant: Assistant) -> None:
    answer = assistant.ask(Question("What does Article 2 say?"))
    assert answer.choices[0] == Choice(
        "What does Article 2 of the Ant Convention say?", "Ant Convention, art. 2", "Depositary"
    )
    assert answer.choices[2].about == "Moths may enter at any time."
    assert answer.text.splitlines() == [
        "“Article 2” stands in 3 places. Which one is meant?",
        *(choice.question for choice in answer.choices),
    ]
    assert (answer.statements, answer.citations, answer.related, answer.confidence) == ((), (), (), 0.0)


def test_documents_that_the_user_chose_are_the_only_ones_that_may_be_meant(assistant: Assistant) -> None:
    two = assistant.ask(Question("What does article 2 say?", documents=("ant", "moth")))
    assert [choice.label for choice in two.choices] == ["Ant Convention, art. 2", "Moth Protocol, art. 2"]
    one = assistant.ask(Question("What does article 2 say?", documents=("moth",)))
    assert [citation.label for citation in one.citations] == ["Moth Protocol, art. 2, unnumbered para. 1"]


@pytest.mark.parametrize("text", ["and for the others?", "why?", "who pays for it?", "what about them"])
def test_a_first_question_that_points_to_nothing_is_asked_back(assistant: Assistant, text: str) -> None:
    answer = assistant.ask(Question(text))
    assert answer.status == "clarify"
    assert answer.text.startswith("The question points to something, and nothing was asked before it.")
    assert len(answer.choices) == 4


def test_after_another_question_the_same_words_are_a_follow_up(assistant: Assistant) -> None:
    history = (Turn("user", "What is the fee of the Bee Convention?"), Turn("assistant", "Ten jars."))
    assert assistant.ask(Question("who pays for it?", history)).status != "clarify"


def test_a_pronoun_in_a_question_put_to_one_document_means_it(assistant: Assistant) -> None:
    assert assistant.ask(Question("what does it cover?", documents=("ant",))).status != "clarify"


def test_a_greeting_is_answered_with_questions_to_begin_with(assistant: Assistant) -> None:
    answer = assistant.ask(Question("hello"))
    assert answer.choices == openings(assistant.documents, assistant.searcher.catalogue)
    assert [choice.label for choice in answer.choices] == [
        *("Ant Convention, art. 1", "Bee Convention, art. 1", "Moth Protocol, art. 1"),
        "older.md, decision 2/BEE.0, para. 1",
    ]


def test_of_the_real_papers_a_paragraph_that_all_have_is_asked_back(real_assistant: Assistant) -> None:
    answer = real_assistant.ask(Question("What does paragraph 12 say?"))
    assert [choice.label for choice in answer.choices] == [
        "Technical assistance plan 2018–2021, para. 12",
        "Information paper on a PRTR technical cooperation mechanism, para. 12",
        "UNEP(DTIE)/Hg/INC.1/9, para. 12",
        "UNEP(DTIE)/Hg/INC.1/10, para. 12",
    ]
    assert answer.choices[0].question == "What does paragraph 12 of the Technical assistance plan 2018–2021 say?"


def test_a_provision_that_is_quoted_is_one_with_the_treaty_that_is_held() -> None:
    quoting = made("Note\n\n1. Article 2 of the Bee Convention reads:\n\n“1. Bees shall be fed.”\n")
    held = made(TEXTS["bee.md"].lstrip())
    [quoted] = candidates("article 2", catalogue([quoting])).places
    assert (quoted.unit.text, quoted.treaty) == ("“1. Bees shall be fed.”", "Bee Convention")
    [one] = candidates("article 2", catalogue([quoting, held])).places
    assert (one.document, one.unit.label, one.treaty) == (held, "art. 2", "")


def test_the_best_authority_is_treaty_decision_plan_report_note_and_the_newer() -> None:
    note, *_ = corpus()

    def paper(kind: str, date: str = "") -> tuple[int, tuple[int, ...]]:
        return authority(replace(note, meta=DocumentMeta(type=kind, date=date)))

    treaty = authority(made(TEXTS["ant.md"].lstrip()))
    kinds = [paper("resolution"), paper("work plan"), paper("report"), paper("note by the secretariat")]
    assert sorted([*reversed(kinds), treaty]) == [treaty, *kinds]
    assert paper("report", "2018-10-31") < paper("report", "2018-02-08") < paper("report")
