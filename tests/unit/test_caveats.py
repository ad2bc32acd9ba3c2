"""What a reader must know of a quotation: that it is not agreed, no longer current, or read from a picture."""

from __future__ import annotations

from dataclasses import replace

import pytest

from taqa.answering.caveats import Caution, caveats, label, newest, of_different_dates, read_in_part
from taqa.domain import Citation, Deletion, Document, DocumentMeta, Page, Quotation, Span, Statement
from taqa.references import resolve

from ..documents import made, unit

DRAFT = made(
    "1. Each Party shall [, as appropriate,] report every [two] [three [four]] years.\n\n"
    "2. [Funds shall be new. They shall be additional.]\n\n"
    "3. Parties shall meet. They shall elect a President.\n"
)


def cited(tail: str, words: str = "", document: Document = DRAFT, newer: Document | None = None) -> Citation:
    held = unit(document, tail)
    start = held.text.index(words) if words else 0
    return Citation(1, Quotation(document, held, start, start + len(words or held.text)), newer)


def said(citation: Citation) -> list[str]:
    return [caveat.text for caveat in caveats(citation)]


@pytest.mark.parametrize(
    ("tail", "words", "pieces"),
    [
        ("1", "", ["[, as appropriate,]", "[two]", "[three [four]]"]),
        ("1", "Each Party shall", []),
        ("1", "report every [two", ["[two"]),
        ("1", "four", ["four"]),
        ("2", "They shall be additional.", ["They shall be additional."]),
        ("3", "", []),
    ],
)
def test_which_words_of_a_quotation_stand_in_brackets(tail: str, words: str, pieces: list[str]) -> None:
    quotation = cited(tail, words).quotation
    assert [quotation.text[piece.start : piece.end] for piece in quotation.bracketed] == pieces


def test_a_sentence_inside_brackets_is_not_agreed_though_it_shows_none() -> None:
    assert said(cited("2", "They shall be additional.")) == ["not agreed: stands in square brackets"]
    assert said(cited("2")) == ["not agreed: stands in square brackets"]
    assert said(cited("1")) == ["not agreed in part: what is in square brackets"]
    assert said(cited("3")) == []


def test_a_former_version_names_what_has_taken_its_place() -> None:
    former = replace(DRAFT, successor="newer")
    newer = replace(DRAFT, id="newer", file="newer.txt", meta=replace(DRAFT.meta, symbol="EX/1/Rev.1"))
    assert newest(former, [DRAFT, newer]) == newer
    assert newest(newer, [former, newer]) is None
    assert said(cited("3", document=former, newer=newer)) == ["a former version, superseded by EX/1/Rev.1"]
    alike = replace(newer, meta=former.meta, file="draft.txt")
    assert said(cited("3", document=former, newer=replace(alike, file=former.file))) == [
        f"a former version, superseded by {former.file}"
    ]


def paper(name: str, date: str) -> Document:
    return replace(DRAFT, file=f"{name}.txt", meta=DocumentMeta(date=date))


@pytest.mark.parametrize(
    ("dates", "told"),
    [
        (("2010-04-01", "2017-03-08"), [["dated 1 April 2010"], ["dated 8 March 2017"]]),
        (("", "2017"), [["no date known"], ["dated 2017"]]),
        (("2017-03-08", "2017-03-08"), [[], []]),
        (("", ""), [[], []]),
    ],
)
def test_statements_of_different_dates_tell_them(dates: tuple[str, str], told: list[list[str]]) -> None:
    one, other = (paper(name, date) for name, date in zip(("a", "b"), dates, strict=True))
    found = (cited("3", document=one), replace(cited("3", document=other), n=2))
    statements = (Statement("one", (1,)), Statement("two", (2,)))
    assert [said(citation) for citation in of_different_dates(statements, found)] == told


def test_one_statement_of_papers_of_different_dates_tells_none() -> None:
    found = (cited("3", document=paper("a", "2010")), replace(cited("3", document=paper("b", "2017")), n=2))
    assert of_different_dates((Statement("one", (1, 2)),), found) == found


def test_a_label_with_its_date_leads_to_its_place() -> None:
    dated = replace(cited("1", document=paper("draft", "2017-03-08")), dated=True)
    assert label(dated).endswith("[dated 8 March 2017]")
    assert resolve(label(dated), [dated.quotation.document]).unit == dated.quotation.unit


def test_what_was_read_from_a_picture_says_so() -> None:
    second = unit(DRAFT, "2").start
    pages = (Page(1, "text", 0, second), Page(2, "ocr", second, len(DRAFT.text)), Page(3, "empty", 0, 0))
    scanned = replace(DRAFT, pages=pages)
    assert cited("1", document=scanned).quotation.page_state == "text"
    assert caveats(cited("3", document=scanned))[0].about is Caution.OCR
    assert cited("3").quotation.page_state is None


def test_tracked_changes_inside_a_quotation_are_told() -> None:
    third = unit(DRAFT, "3")
    start = third.text.index("They")
    put_in = replace(third, inserted=(Span(start, len(third.text)),))
    taken_out = replace(third, deleted=(Deletion(start, "It ", Span(0, 3)),))
    for changed in (put_in, taken_out):
        document = replace(DRAFT, units=(*DRAFT.units[:-1], changed))
        assert said(cited("3", "They shall elect", document)) == ["tracked changes: shown as if all were accepted"]
        assert said(cited("3", "Parties shall", document)) == []


def test_documents_read_in_part_are_named_and_then_counted() -> None:
    scans = [
        replace(DRAFT, file=f"scan{n}.pdf", pages=(Page(1, "text", 0, 9), *(Page(p, "empty", 9, 9) for p in pages)))
        for n, pages in enumerate([(3, 4, 5), (2,), (7, 9), (2,), (2,)])
    ]
    assert read_in_part([]) == ""
    assert read_in_part(scans[:1]) == "Read in part only: scan0.pdf (no text on pages 3-5)."
    assert read_in_part(scans) == (
        "Read in part only: scan0.pdf (no text on pages 3-5), scan1.pdf (no text on page 2), "
        "scan2.pdf (no text on pages 7, 9) and 2 more documents."
    )


def test_a_reference_pasted_with_its_caveats_still_leads_to_its_place() -> None:
    printed = label(cited("2", document=replace(DRAFT, successor="newer")))
    assert printed.endswith("para. 2 [not agreed: stands in square brackets] [a former version, superseded by newer]")
    assert resolve(printed, [DRAFT]).unit == unit(DRAFT, "2")
