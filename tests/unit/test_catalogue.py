"""Documents made ready for look-up lead where the documents themselves do."""

from __future__ import annotations

import pytest

from taqa.references import catalogue, find_address, resolve

from ..documents import corpus

TYPED = (
    *("para. 29 (c)", "paragraph 3", "art 14", "annex I", "Annex II, para. 1", "sect. I", "section 2", "chapter 3"),
    *("the preamble", "part II", "rule 3", "third paragraph", "paras. 4-6", "footnote 2", "appendix 1", "29.c.viii"),
    *("article 12, paragraph 3", "paragraph 1 of article 5", "unnumbered para. 4", "item (a)", "title", "masthead"),
    *("paragraph", "article", "annex", "part", "sections", "footnote", "the annex, title"),
)


@pytest.mark.parametrize("typed", TYPED)
def test_no_document_that_has_an_address_is_passed_over(typed: str) -> None:
    held = catalogue(corpus())
    having = {document.id for document in corpus() if resolve(typed, [document]).found}
    assert having <= {entry.document.id for entry in held.may_have(typed, "14")}


def test_labels_of_all_units_are_found_through_the_words_they_are_made_of() -> None:
    held = catalogue(corpus())
    for document in corpus():
        for unit in document.units:
            if find_address(document, unit.label) is not None:
                assert document.id in {entry.document.id for entry in held.may_have(unit.label, "")}, unit.label


def test_some_of_the_documents_are_a_catalogue_of_their_own() -> None:
    held = catalogue(corpus())
    first = held.documents[0]
    alone = held.only([first])
    assert [entry.document for entry in alone.entries] == [first]
    assert alone.labels(first) is held.labels(first)
    assert alone.with_unit(first.units[0].id) is first
    assert alone.with_unit(held.documents[1].units[0].id) is None
    assert held.only(held.documents) is held
    assert resolve(held.documents[1].name, alone).document is None


def test_a_reason_is_one_sentence_that_is_worked_out_when_read() -> None:
    failed = resolve("para. 999 of INC.1/9", corpus())
    assert failed.failed
    assert failed.reason.endswith(".")
    assert not resolve("para. 29 (c) of INC.1/9", corpus()).failed
