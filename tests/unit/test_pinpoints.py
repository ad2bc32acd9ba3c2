"""Places of documents that a question names by their reference."""

from __future__ import annotations

from pathlib import Path

import pytest

from taqa import build
from taqa.assistant import Assistant
from taqa.domain import Document, Question
from taqa.references import catalogue
from taqa.retrieval.indexing import build_index
from taqa.retrieval.pinpoints import Pinpoint, pinpoint_in, references_in
from taqa.settings import Settings

from ..documents import made
from ..fakes import HashingEncoder

CHARTER = """
Bee Charter

Article 1

Scope

1. This Charter covers bees.

2. It covers hives:

(a) Of wood;

(b) Of straw.

Article 2

Fees

Keepers pay a fee of ten jars.
"""


@pytest.fixture
def charter() -> Document:
    return made(CHARTER)


@pytest.mark.parametrize(
    ("question", "reference"),
    [
        ("charter art 16 please", "charter art 16"),
        ("What does the Bee Charter say in art. 5 about staff?", "Bee Charter, art. 5"),
        ("could you show me the full text of Art. 5 of the Charter", "Art. 5 of the Charter"),
        ("decision 16/BEE.2 para 9, what does it request", "decision 16/BEE.2 para 9"),
        ("Who may propose fees under Article 21 of the Bee Charter?", "Article 21 of the Bee Charter"),
    ],
)
def test_the_reference_of_a_question_is_among_those_tried(question: str, reference: str) -> None:
    assert reference in references_in(question)


@pytest.mark.parametrize("question", ["How many jars in 2020?", "who pays?", "What is an articulated hive?"])
def test_questions_without_an_address_have_none(question: str) -> None:
    assert references_in(question) == ()


def place(question: str, document: Document) -> Pinpoint | None:
    return pinpoint_in(question, catalogue([document]), {unit.id: number for number, unit in enumerate(document.units)})


@pytest.mark.parametrize(
    ("question", "labels", "besides"),
    [
        ("Bee Charter art 2", ["art. 2, unnumbered para. 1"], set()),
        ("what does article 1 para 2 say", ["art. 1, para. 2", "art. 1, para. 2 (a)", "art. 1, para. 2 (b)"], set()),
        ("text of art. 1 (2) (b) please", ["art. 1, para. 2 (b)"], set()),
        ("What does article 2 say about fees?", ["art. 2, unnumbered para. 1"], {"fee"}),
    ],
)
def test_a_place_is_all_that_stands_there_but_headings(
    question: str, labels: list[str], besides: set[str], charter: Document
) -> None:
    found = place(question, charter)
    assert found is not None
    assert [charter.units[number].label for number in found.units] == labels
    assert found.besides == besides


@pytest.mark.parametrize("question", ["EX/COP.1/2", "what does article 7 say", "art. 1 (9)", "INC.1/9, para. 3"])
def test_no_place_where_the_documents_have_none(question: str, charter: Document) -> None:
    assert place(question, charter) is None


# -- asked of the assistant ------------------------------------------------------------------------------


@pytest.fixture
def assistant(tmp_path: Path) -> Assistant:
    """The assistant over the charter, a treaty that has an article 2 too, and a note."""
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "bee_charter.txt").write_text(CHARTER, encoding="utf-8")
    (folder / "wasp_treaty.txt").write_text(CHARTER.replace("Bee Charter", "Wasp Treaty").replace("ten", "two"))
    (folder / "note.txt").write_text("Note\n\n1. Fees of all kinds are paid by keepers, who keep bees and wasps.\n")
    settings, model = Settings(corpus=folder, index=tmp_path / "index"), HashingEncoder(dimension=512)
    build_index(build.material(build.corpus(settings)), model, settings.index_dir)
    return build.assistant(settings, models=build.Models(model, None))


@pytest.mark.parametrize(
    ("question", "cited"),
    [
        ("Bee Charter art 2", ["bee_charter:art2.unnumberedpara1"]),
        ("wasp art. 2 please", ["wasp_treaty:art2.unnumberedpara1"]),
        (
            "what does article 1 of the Wasp Treaty say?",
            [f"wasp_treaty:art1.{tail}" for tail in ("1", "2", "2.a", "2.b")],
        ),
        ("what does article 1 of the Bee Charter say about straw", ["bee_charter:art1.2.b"]),
        ("what does article 1 of the Bee Charter say about snow", []),
        ("what does article 9 of the Bee Charter say", []),
    ],
)
def test_what_stands_at_a_place_is_quoted(question: str, cited: list[str], assistant: Assistant) -> None:
    answer = assistant.ask(Question(question))
    assert [c.quotation.unit.id for c in answer.citations] == cited
    assert answer.status == ("answered" if cited else "not_found")


def test_a_place_that_is_named_is_found_first(assistant: Assistant) -> None:
    found = [hit.unit.id for hit in assistant.search("fees in article 2 of the Wasp Treaty", 5)]
    assert found[0] == "wasp_treaty:art2.unnumberedpara1"
