"""What a document says about itself."""

from __future__ import annotations

import pytest

from taqa.domain import DocumentMeta
from taqa.ingest.document import parse
from taqa.ingest.formats import Source
from taqa.ingest.manifest import ManifestEntry

from ..documents import made, real, tails, text

PAPER = """
XYZ/BEE/ASM.1/4

Distr.: Limited
24 April 2019
Original: French

Assembly of the Bee Treaty
Second session
Geneva, 3–7 June 2019

Care of hives in winter

Note by the bureau

1. Hives are cold.

2. They are warmed.
"""


def test_facts_are_read_off_and_say_where_they_stand() -> None:
    meta = made(PAPER).meta
    assert (meta.symbol, meta.date, meta.language) == ("XYZ/BEE/ASM.1/4", "2019-04-24", "fr")
    assert (meta.title, meta.type) == ("Care of hives in winter", "note")
    assert meta.known == {
        "symbol": "printed in the masthead",
        "date": "printed in the masthead",
        "language": "printed in the masthead",
        "title": "printed in the masthead",
        "type": "printed at the head of the document",
    }
    assert (meta.body, meta.aliases, meta.conventions, meta.cited_as) == ("", (), (), "")


def test_the_title_is_a_heading_and_the_rest_are_blocks() -> None:
    paper = made(PAPER)
    assert text(paper, "title") == "Care of hives in winter"
    assert tails(paper)[:4] == ["masthead.block1", "masthead.block2", "masthead.block3", "title"]
    assert text(paper, "masthead.block3") == "Assembly of the Bee Treaty Second session Geneva, 3–7 June 2019"


def test_nothing_is_guessed() -> None:
    meta = made("1. On 4 May 2010 the Assembly met in Paris.\n\n2. See XYZ/BEE.1/2, in English.\n").meta
    assert meta == DocumentMeta()


def test_a_title_in_capitals() -> None:
    meta = made("CARE OF HIVES\nIN WINTER\n\nBees are kept warm by many means.\n").meta
    assert (meta.title, meta.known) == ("CARE OF HIVES IN WINTER", {"title": "printed at the head of the document"})


def test_the_manifest_goes_before_the_masthead_and_keeps_what_is_known() -> None:
    entry = ManifestEntry("", DocumentMeta(title="Hives", known={"title": "stated"}))
    meta = parse("x.txt", "0", Source(PAPER), entry).meta
    assert (meta.title, meta.symbol) == ("Hives", "XYZ/BEE/ASM.1/4")
    assert (meta.known["title"], meta.known["symbol"]) == ("stated", "printed in the masthead")


@pytest.mark.parametrize(
    ("number", "name"),
    [
        ("000", "Presidency paper on a separate technical assistance mechanism"),
        ("001", "Information paper on a PRTR technical cooperation mechanism"),
        ("002", "UNEP(DTIE)/Hg/INC.1/9"),
        ("003", "UNEP(DTIE)/Hg/INC.1/10"),
        ("004", "Technical assistance plan 2018–2021"),
    ],
)
def test_names_of_the_five(number: str, name: str) -> None:
    assert real(number).name == name


def test_the_header_symbol_of_a_real_document_is_its_own() -> None:
    source = Source(real("003").text)
    assert parse("x.txt", "0", source).meta.symbol == "UNEP(DTIE)/Hg/INC.1/10"
    assert parse("x.txt", "0", Source(real("002").text)).meta.symbol == ""
    assert parse("x.txt", "0", Source(real("004").text)).meta.date == "2017-03-08"
