"""Terms that documents define are found with their place, and nothing that defines none."""

from __future__ import annotations

import pytest

from taqa.retrieval.definitions import definitions

from ..documents import corpus, made


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The Global Environment Facility (GEF) pays.", [("GEF", "Global Environment Facility", "acronym")]),
        (
            "“Party” means a State that has consented; it binds.",
            [("Party", "a State that has consented; it binds", "definition")],
        ),
        ('"Disposal" means any operation;', [("Disposal", "any operation", "definition")]),
        ("‘Sink’ shall mean any process. It is more.", [("Sink", "any process", "definition")]),
        ("“Export” and “import” mean, in turn, a movement.", [("Export", "in turn, a movement", "definition")]),
        (
            "The Committee on Trade (hereinafter referred to as “the Committee”) met.",
            [("Committee", "Committee on Trade", "short name")],
        ),
        (
            "the Framework Convention on Climate Change, hereinafter “the Convention”, is",
            [("Convention", "Framework Convention on Climate Change", "short name")],
        ),
        (
            "We recall the definition of the term “transfer” in a glossary. That definition is as follows: “To give.”",
            [("transfer", "To give.", "definition")],
        ),
        ("He said “yes” and meant it (twice).", []),
    ],
)
def test_of_a_paragraph(text: str, found: list[tuple[str, str, str]]) -> None:
    items = definitions((made(f"1. {text}\n"),))
    assert [(item.term, item.text, item.kind) for item in items] == found


def test_every_term_of_the_corpus_stands_at_its_place() -> None:
    items = definitions(corpus())
    for item in items:
        assert item.term.casefold() in item.unit.text[item.start : item.end].casefold()
        assert "".join(item.document.text[s.start : s.end] for s in item.unit.source_spans(item.start, item.end))
    places = {(item.term, item.label) for item in items}
    assert ("GEF", "UNEP(DTIE)/Hg/INC.1/9, para. 15") in places
    assert ("technology transfer", "UNEP(DTIE)/Hg/INC.1/10, para. 2") in places
    [transfer] = [item for item in items if item.term == "technology transfer"]
    assert transfer.text.startswith("Transmission of know-how, equipment and products to governments")


def test_one_term_said_twice_is_listed_once() -> None:
    text = "1. The World Bank Group (WBG) pays.\n\n2. The World Bank Group (WBG) pays again.\n"
    assert [item.unit.label for item in definitions((made(text),))] == ["para. 1"]
