"""The same sentence in several documents is one statement with all its addresses."""

from __future__ import annotations

from dataclasses import replace

import pytest

from taqa.answering.compose import Draft
from taqa.answering.evidence import whole
from taqa.answering.ground import ground
from taqa.answering.twins import twins_in
from taqa.assistant import Assistant
from taqa.domain import Document, Question
from taqa.ingest.document import parse
from taqa.ingest.formats import Source
from taqa.library.index import Index, Row, hold
from taqa.retrieval.rows import rows_of

SAYS = "The regional library of Oslo lends thermometers and barometers to every Government that asks for them"
QUOTES = "1. Paragraph 2 of article 2 of the Bee Convention reads:\n\n“2. The fee is due in May.”\n"
TREATY = """Bee Convention

Article 1

Hives are safe.

Article 2

1. Keepers pay a fee.

2. The fee is due in May.

Article 3

Bees are free.
"""
LIST = "Paper\n\n1. The office shall {verb}:\n\n(a) Thermometers of glass and mercury;\n\n(b) Nothing.\n"


def paper(name: str, text: str, kind: str = "") -> Document:
    document = parse(f"{name}.txt", name * 8, Source(text))
    return replace(document, meta=replace(document.meta, type=kind))


def index_of(*documents: Document) -> Index:
    units = hold(documents)
    numbers = {held.unit.id: number for number, held in enumerate(units)}
    rows = [Row(numbers[row.unit_id], row.start, row.end) for each in documents for row in rows_of(each)]
    return Index(documents, units, tuple(rows), "model", "recipe", "corpus", "print", "000001")


def statement(index: Index, unit_id: str, words: str = "") -> tuple[str, list[str]]:
    """What is said of a unit, or of some words of it, and the labels that it is cited with."""
    held = next(held for held in index.units if held.unit.id == unit_id)
    quoted = whole(held)
    if words:
        start = held.unit.text.index(words)
        quoted = replace(quoted, start=start, end=start + len(words))
    chapeau = held.document.unit(held.unit.parent or "")
    lead = () if chapeau is None or words else (whole(next(h for h in index.units if h.unit is chapeau)),)
    allowed = {document.id for document in index.documents}
    twins = twins_in(index)
    [said], citations = ground([Draft((quoted,), lead)], lambda draft: twins.of(draft, allowed))
    assert [citation.n for citation in citations] == list(said.citations)
    return said.text, [citation.label for citation in citations]


def test_a_sentence_is_cited_wherever_it_stands_best_authority_first() -> None:
    note = paper("note", f"Note\n\n1. It is late. {SAYS}. It is cold.\n", "note by the secretariat")
    report = paper("report", f"Report\n\n7. {SAYS.replace(' lends', chr(10) + 'LENDS')}!\n\n8. {SAYS};\n", "report")
    index = index_of(note, report)
    assert statement(index, "note:1", f"{SAYS}.") == (f"{SAYS};", ["report.txt, para. 8", "note.txt, para. 1"])


def test_every_address_is_an_exact_piece_of_its_own_document() -> None:
    index = index_of(paper("a", f"1. {SAYS}.\n"), paper("b", f"1. {SAYS.replace('Oslo', 'OSLO')} .\n"))
    twins = twins_in(index)
    draft = Draft((whole(index.units[0]),))
    one, other = twins.of(draft, {"a", "b"})
    assert (one.quotations[0].text, other.quotations[0].text) == (f"1. {SAYS}.", f"1. {SAYS.replace('Oslo', 'OSLO')} .")
    span = other.quotations[0].spans[0]
    assert index.documents[1].text[span.start : span.end] == other.quotations[0].text


def test_several_sentences_stand_elsewhere_only_in_a_row() -> None:
    two = f"{SAYS}. Librarians of all countries repair what comes back broken from the islands and from the mountains."
    index = index_of(
        paper("a", f"1. {two}\n"), paper("b", f"1. {two}\n"), paper("c", f"1. {SAYS}. It is so. {two[-96:]}\n")
    )
    assert statement(index, "a:1", two)[1] == ["a.txt, para. 1", "b.txt, para. 1"]
    assert statement(index, "a:1", f"{SAYS}.")[1] == ["a.txt, para. 1", "b.txt, para. 1", "c.txt, para. 1"]


def test_part_of_a_sentence_is_not_looked_up() -> None:
    index = index_of(paper("a", f"1. {SAYS}.\n"), paper("b", f"1. {SAYS}.\n"))
    assert statement(index, "a:1", "lends thermometers") == ("lends thermometers", ["a.txt, para. 1"])


@pytest.mark.parametrize("said", ["The list is long.", f"At this meeting it was said that {SAYS.casefold()}."])
def test_formulas_and_what_a_paper_says_of_itself_are_not_the_same_elsewhere(said: str) -> None:
    index = index_of(paper("a", f"1. {said}\n"), paper("b", f"1. {said}\n"))
    assert statement(index, "a:1")[1] == ["a.txt, para. 1"]


def test_what_two_acts_say_of_themselves_is_not_the_same() -> None:
    first, second = paper("a", f"1. {SAYS}.\n", "resolution"), paper("b", f"1. {SAYS}.\n", "resolution")
    assert statement(index_of(first, second), "a:1")[1] == ["a.txt, para. 1"]
    bees = paper("bees", TREATY)
    ants = paper("ants", TREATY.replace("Bee", "Ant"))
    assert statement(index_of(bees, ants), "bees:art2.1")[1] == ["bees.txt, art. 2, para. 1"]


def test_a_treaty_stands_before_the_papers_that_quote_it() -> None:
    note, treaty = paper("note", QUOTES), paper("bees", TREATY)
    quoted = next(unit for unit in note.units if unit.provision)
    text, labels = statement(index_of(note, treaty), quoted.id, quoted.text)
    assert text == "The fee is due in May."
    assert labels == ["bees.txt, art. 2, para. 2", f"note.txt, {quoted.label}"]


def test_an_item_is_the_same_under_the_same_chapeau_only() -> None:
    lends, lent, burns = (
        paper(name, LIST.format(verb=verb)) for name, verb in (("a", "lend"), ("b", "lend"), ("c", "burn"))
    )
    wordy = "(a) Thermometers of glass and mercury which every Government may ask for in writing before May;"
    texts = [
        paper(each.id, each.text.replace("(a) Thermometers of glass and mercury;", wordy))
        for each in (lends, lent, burns)
    ]
    assert statement(index_of(*texts), "a:1.a", wordy[4:])[1] == ["a.txt, para. 1 (a)", "b.txt, para. 1 (a)"]


def test_only_documents_that_are_asked_of_are_looked_at() -> None:
    index = index_of(paper("a", f"1. {SAYS}.\n"), paper("b", f"1. {SAYS}.\n"))
    assert twins_in(index).of(Draft((whole(index.units[0]),)), {"a"}) == [Draft((whole(index.units[0]),))]


def test_what_is_cited_already_is_no_statement_again() -> None:
    index = index_of(paper("a", f"1. {SAYS}.\n"), paper("b", f"1. {SAYS}.\n"))
    twins = twins_in(index)
    drafts = [Draft((whole(held),)) for held in index.units]
    statements, citations = ground(drafts, lambda draft: twins.of(draft, {"a", "b"}))
    assert [(said.text, said.citations) for said in statements] == [(f"1. {SAYS}.", (1, 2))]
    assert [citation.label for citation in citations] == ["a.txt, para. 1", "b.txt, para. 1"]


def test_a_provision_that_two_papers_quote_is_cited_of_both(real_assistant: Assistant) -> None:
    answer = real_assistant.ask(Question("What does article 14 of the Basel Convention say?"))
    assert [said.citations for said in answer.statements] == [(1, 2)]
    assert [citation.label for citation in answer.citations] == [
        "UNEP(DTIE)/Hg/INC.1/9, para. 4 (quoting Basel Convention, art. 14, para. 1)",
        "UNEP(DTIE)/Hg/INC.1/10, para. 7 (quoting Basel Convention, art. 14, para. 1)",
    ]
    one, other = (citation.label for citation in answer.citations)
    assert answer.text.endswith(f"” ({one}; {other})")


def test_a_place_that_is_asked_for_is_cited_alone(real_assistant: Assistant) -> None:
    answer = real_assistant.ask(Question("What does UNEP(DTIE)/Hg/INC.1/9, para. 31, say?"))
    assert [citation.label for citation in answer.citations] == ["UNEP(DTIE)/Hg/INC.1/9, para. 31"]
