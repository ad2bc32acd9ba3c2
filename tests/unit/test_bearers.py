"""The document that a question names by a word that it alone bears."""

from __future__ import annotations

from dataclasses import replace

import pytest

from taqa.domain import Document
from taqa.library.index import HeldUnit
from taqa.retrieval.bearers import Named, bearers, named_in, named_together
from taqa.retrieval.stems import stems_of

from ..documents import made


def paper(name: str, *paragraphs: str) -> Document:
    text = "\n\n".join(f"{n}. {paragraph}" for n, paragraph in enumerate(paragraphs, 1))
    return replace(made(text), id=name, file=f"{name}.txt")


BEES = paper("bee_charter", "Hives stand in gardens.", "Keepers pay a fee.")
WASPS = paper("wasp_treaty", "Nests hang in gardens.", "Every nest is counted once a year.")


def borne(*documents: Document) -> dict[str, str]:
    units = [HeldUnit(document, unit) for document in documents for unit in document.units]
    return dict(bearers(documents, units, stems_of(units)))


def test_a_word_of_one_name_names_its_document() -> None:
    found = borne(BEES, WASPS)
    assert found["bee"] == "bee_charter"
    assert found["wasp"] == found["treati"] == "wasp_treaty"


def test_a_word_of_which_another_document_speaks_names_none() -> None:
    talk = paper("talk", "The bee is small.", "Wasps were not spoken of.")
    assert "bee" not in borne(BEES, WASPS, talk)


def test_a_word_of_two_names_names_neither_but_a_former_version_bears_none() -> None:
    newer = replace(BEES, id="bee_charter_2", file="bee_charter_2.txt")
    assert "bee" not in borne(BEES, newer)
    assert borne(replace(BEES, successor="bee_charter_2"), newer)["bee"] == "bee_charter_2"


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("bee charter: who pays?", Named("bee_charter", "who pays?")),
        (
            "How often are nests counted under the Wasp Treaty",
            Named("wasp_treaty", "How often are nests counted under the"),
        ),
        ("who pays, bees or wasps", None),
        ("who pays", None),
        ("the Bee Charter", None),
    ],
)
def test_what_is_asked_of_the_document(question: str, named: Named | None) -> None:
    assert named_in(question, borne(BEES, WASPS)) == named


def test_documents_named_side_by_side() -> None:
    names = borne(BEES, WASPS)
    together = named_together("who pays: bees and the wasps?", names)
    assert together == {"bees": Named("bee_charter", "who pays: ?"), "wasps": Named("wasp_treaty", "who pays: ?")}
    for text in (
        "fees: the Bee Charter, the Wasp Treaty",
        "fees of bees and of wasps",
        "fees: bees & wasps",
        "fees: bees/wasps",
    ):
        assert {named.document for named in named_together(text, names).values()} == {"bee_charter", "wasp_treaty"}
        assert "and" not in next(iter(named_together(text, names).values())).asked
    again = named_together("bees and wasps, or bees and the Bee Charter and wasps: who pays", names)
    assert [named.document for named in again.values()] == ["bee_charter", "wasp_treaty"]
    charters = named_together("Does the Wasp Treaty or the Bee Charter set a fee?", names)
    assert {named.document for named in charters.values()} == {"bee_charter", "wasp_treaty"}


@pytest.mark.parametrize(
    "question",
    [
        "who pays under the Bee Charter",
        "do bees pay when wasps are counted",
        "bees and wasps",
        "bees and the Bee Charter: who pays",
    ],
)
def test_documents_that_are_not_named_so(question: str) -> None:
    assert named_together(question, borne(BEES, WASPS)) == {}


def cited(document: Document, name: str) -> Document:
    return replace(document, meta=replace(document.meta, cited_as=name))


def test_how_a_short_title_begins_names_its_document() -> None:
    bees, wasps = cited(BEES, "Keeper paper on hives"), cited(WASPS, "Counting paper of nests")
    names = borne(bees, wasps)
    assert (names["keeper paper"], names["counting paper"]) == ("bee_charter", "wasp_treaty")
    assert named_in("who pays, in the keeper paper?", names) == Named("bee_charter", "who pays, in the ?")
    told = named_together("who pays? The Keeper paper has one body and the counting paper another", names)
    assert {word: each.document for word, each in told.items()} == {
        "Keeper paper": "bee_charter",
        "counting paper": "wasp_treaty",
    }
    assert "keeper paper" not in borne(bees, cited(WASPS, "Keeper paper on nests"))
    assert "keeper paper" not in borne(bees, paper("talk", "The keeper paper is short."))
    assert borne(cited(BEES, "The Bee"))["bee"] == "bee_charter"
    treaties = borne(cited(BEES, "Bee Convention"), cited(WASPS, "Wasp Convention"))
    assert named_together("Does the Bee Convention mention fees that the Wasp Convention sets?", treaties) == {}
    assert len(named_together("Bee Convention or Wasp Convention: who pays?", treaties)) == 2
