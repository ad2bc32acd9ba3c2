"""What a document says about itself."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from taqa.domain import DocumentMeta
from taqa.ingest import read_document
from taqa.ingest.document import parse
from taqa.ingest.formats import Source
from taqa.ingest.imprint import (
    agenda_item_of,
    date_of,
    distribution_of,
    language_of,
    names_body,
    relations_of,
    session_of,
)
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
    assert (meta.distribution, meta.body, meta.session) == ("Limited", "Assembly of the Bee Treaty", "Second session")
    assert (meta.aliases, meta.conventions, meta.cited_as, meta.agenda_item, meta.relations) == ((), (), "", "", ())


def test_each_fact_leads_to_where_it_stands() -> None:
    paper = made(PAPER)
    places = {name: re.fullmatch(r"(.*) \(characters (\d+)-(\d+)\)", how) for name, how in paper.meta.known.items()}
    read = {name: paper.text[int(m.group(2)) : int(m.group(3))] for name, m in places.items() if m}
    assert read == {
        "symbol": "XYZ/BEE/ASM.1/4",
        "distribution": "Distr.: Limited",
        "date": "24 April 2019",
        "language": "Original: French",
        "body": "Assembly of the Bee Treaty",
        "session": "Second session",
        "title": "Care of hives in winter",
        "type": "Note by the bureau",
    }
    assert {m.group(1) for m in places.values() if m} == {
        "printed in the masthead",
        "printed at the head of the document",
    }


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
    assert meta.title == "CARE OF HIVES IN WINTER"
    assert meta.known == {"title": "printed at the head of the document (characters 0-23)"}


def test_the_manifest_goes_before_the_masthead_and_keeps_what_is_known() -> None:
    entry = ManifestEntry("", DocumentMeta(title="Hives", known={"title": "stated"}))
    meta = parse("x.txt", "0", Source(PAPER), entry).meta
    assert (meta.title, meta.symbol) == ("Hives", "XYZ/BEE/ASM.1/4")
    assert (meta.known["title"], meta.known["symbol"]) == ("stated", "printed in the masthead (characters 1-16)")


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


# -- made-up mastheads -----------------------------------------------------------------------------------

JOINT = """
UNEP/BEE.13/17
UNEP/WAX/RC/COP.8/17

Distr.: General
8 March 2017

English only

**Conference of the Parties to the
Bee Convention
Thirteenth meeting**
Geneva, 24 April–5 May 2017
Item 4 (d) (i) of the provisional agenda\\*

**Conference of the Parties to the
Wax Convention
Eighth meeting**
Geneva, 24 April–5 May 2017
Item 5 (d) of the provisional agenda

Technical assistance

Note by the secretariat

1. Help is given.
"""


def test_a_joint_document_has_several_symbols_bodies_meetings_and_items() -> None:
    meta = made(JOINT).meta
    assert (meta.symbol, meta.aliases) == ("UNEP/BEE.13/17", ("UNEP/WAX/RC/COP.8/17",))
    assert meta.body == (
        "Conference of the Parties to the Bee Convention; Conference of the Parties to the Wax Convention"
    )
    assert (meta.session, meta.agenda_item) == ("Thirteenth meeting; Eighth meeting", "4 (d) (i); 5 (d)")
    assert (meta.language, meta.date, meta.distribution) == ("en", "2017-03-08", "General")


def head(*lines: str) -> DocumentMeta:
    return made("\n\n".join([*lines, "# Hives", "Report of the bureau", "1. One.", "2. Two."])).meta


@pytest.mark.parametrize(
    ("symbol", "relations"),
    [
        ("XYZ/BEE.1/4", ()),
        ("XYZ/BEE.1/4/Add.2", ("Add.2 to XYZ/BEE.1/4",)),
        ("XYZ/BEE.1/4/Rev.1", ("Rev.1 of XYZ/BEE.1/4",)),
        ("XYZ/BEE.1/4/Rev.2/Corr.1", ("Corr.1 to XYZ/BEE.1/4/Rev.2", "Rev.2 of XYZ/BEE.1/4")),
    ],
)
def test_what_a_symbol_says_of_other_papers(symbol: str, relations: tuple[str, ...]) -> None:
    assert relations_of(symbol) == relations
    assert head(symbol, "Distr.: General").relations == relations


@pytest.mark.parametrize(
    ("symbol", "kind"),
    [("XYZ/BEE.1/INF/4", "INF"), ("XYZ/BEE.1/CRP.4", "CRP"), ("XYZ/BEE.1/4", "report")],
)
def test_the_kind_that_a_symbol_says(symbol: str, kind: str) -> None:
    assert head(symbol, "Distr.: General").type == kind


@pytest.mark.parametrize("number", ["K1234567", "GE.07-12345", "GE.19-03298(E)", "22-09852 (E) 230622", "bee_1_4.pdf"])
def test_job_numbers_and_file_names_are_no_symbols(number: str) -> None:
    assert head("Distr.: General", number).symbol == ""


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("24 April 2019", "2019-04-24"),
        ("5 juin 2019", "2019-06-05"),
        ("1er août 2020*", "2020-08-01"),
        ("5 de junio de 2019", "2019-06-05"),
        ("~9 September 1971", ""),
        ("2014, and 27 November 2015,", ""),
        ("24.V.2012", ""),
        ("", ""),
    ],
)
def test_dates(text: str, date: str) -> None:
    assert date_of(text) == date


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Original: English", "en"),
        ("ORIGINAL: ENGLISH", "en"),
        ("Original : français", "fr"),
        ("Original: español", "es"),
        ("English only", "en"),
        ("Original: English/French", "en/fr"),
        ("in English", ""),
        ("English speakers", ""),
    ],
)
def test_languages(text: str, language: str) -> None:
    assert language_of(text) == language


def test_sessions_items_distribution_and_bodies() -> None:
    assert [session_of(t) for t in ("Seventy-third session", "Thirteenth meeting", "74º período de sesiones")] == [
        *("Seventy-third session", "Thirteenth meeting", "74º período de sesiones")
    ]
    assert session_of("fourth session") == session_of("The third session was long") == ""
    assert agenda_item_of("Agenda item 77") == "77"
    assert agenda_item_of("Items 4 and 5 (b) of the provisional agenda**") == "4 and 5 (b)"
    assert agenda_item_of("Item 4 is open") == ""
    assert [distribution_of(t) for t in ("Distr.: General", "GENERAL", "Distr.: Hives", "Hives")] == [
        *("General", "General", "", "")
    ]
    assert names_body("Security Council")
    assert not names_body("Security of hives")


FRENCH = """
XYZ/BEE/ASM.1/L.7
Distr. limitée
12 mai 2019
Français
Original : anglais

Conférence des Parties
Quatrième session
Point 5 a) de l’ordre du jour provisoire

Coopération technique entre les ruches

La Conférence des Parties,

Rappelant la décision 3/CP.9,

1. Décide de créer un fonds;

2. Invite les Parties à contribuer.
"""
SPANISH = """
XYZ/BEE/ASM.1/L.7
Distr. limitada
12 de mayo de 2019
Español
Original: inglés

Conferencia de las Partes
Cuarta reunión
Temas 4 y 5 a) del programa provisional

Cooperación técnica entre las colmenas

La Conferencia de las Partes,

Recordando la decisión 3/CP.9,

1. Decide crear un fondo;

2. Invita a las Partes a contribuir.
"""


@pytest.mark.parametrize(
    ("paper", "facts"),
    [
        (
            FRENCH,
            (
                "Limitée",
                "Conférence des Parties",
                "Quatrième session",
                "5 a)",
                "Coopération technique entre les ruches",
            ),
        ),
        (
            SPANISH,
            (
                "Limitada",
                "Conferencia de las Partes",
                "Cuarta reunión",
                "4 y 5 a)",
                "Cooperación técnica entre las colmenas",
            ),
        ),
    ],
)
def test_mastheads_of_plain_text_in_french_and_spanish(paper: str, facts: tuple[str, ...]) -> None:
    read = made(paper)
    meta = read.meta
    assert (meta.symbol, meta.date, meta.type) == ("XYZ/BEE/ASM.1/L.7", "2019-05-12", "draft (L.)")
    assert (meta.distribution, meta.body, meta.session, meta.agenda_item, meta.title) == facts
    assert meta.language == "en"
    assert [tail for tail in tails(read) if "preambular" in tail] == ["preambularpara1"]
    assert text(read, "1").startswith("1. D")


def test_what_stands_under_a_plain_masthead_is_no_title_where_it_is_a_sentence() -> None:
    meta = made("XYZ/BEE/ASM.1/4\nDistr.: General\n24 April 2019\n\n1. Hives are cold.\n\n2. They are warmed.\n").meta
    assert (meta.symbol, meta.date, meta.title) == ("XYZ/BEE/ASM.1/4", "2019-04-24", "")


@pytest.mark.parametrize(
    ("title", "articles", "kind"),
    [
        ("Bee Convention", 3, "treaty"),
        ("Protocole sur les ruches", 4, "treaty"),
        ("Bee Convention", 2, ""),
        ("Bees", 3, ""),
    ],
)
def test_a_text_in_articles_that_is_called_a_treaty_is_one(title: str, articles: int, kind: str) -> None:
    text = "".join(f"## Article {n}\n\nBees rest in hive {n}.\n\n" for n in range(1, articles + 1))
    meta = made(f"# {title}\n\n{text}").meta
    assert meta.type == kind
    assert meta.known.get("type", "") == ("told by its title and its articles" if kind else "")


# -- real mastheads, read by eye -------------------------------------------------------------------------

DATA = os.environ.get("UN_DOCUMENTS", "")
"""A folder with real PDF files; CONTRIBUTING says which."""
PARTIES = "Conference of the Parties"
COUNCIL = ("Security Council", "", "General", "en", "draft resolution")
KYOTO = "serving as the meeting of the Parties to the Kyoto Protocol"

EXPECTED = [
    ("S_2016_1100-EN", "S/2016/1100", "2016-12-23", *COUNCIL, "Malaysia, New Zealand, Senegal and"),
    ("S_2017_77-EN", "S/2017/77", "2017-01-27", *COUNCIL, "France: draft resolution"),
    ("S_2018_1021-EN", "S/2018/1021", "2018-11-15", *COUNCIL, "United States of America: draft resolution"),
    ("S_2022_501-EN", "S/2022/501", "2022-06-22", *COUNCIL, "Gabon: draft resolution"),
    ("S_2024_835-EN", "S/2024/835", "2024-11-20", *COUNCIL, "Algeria, Ecuador, Guyana, Japan, Malta"),
    (
        *("A_RES_73_7-EN", "A/RES/73/7", "2018-10-31", "General Assembly", "Seventy-third session", "General", ""),
        *("resolution", "Report of the International Criminal Court"),
    ),
    (
        *("cma2023_12", "FCCC/PA/CMA/2023/12", "2023-11-14"),
        f"{PARTIES} serving as the meeting of the Parties to the Paris Agreement",
        *("Fifth session", "General", "en", "report"),
        "Nationally determined contributions under the Paris Agreement",
    ),
    (
        *("1_11_CP_24", "FCCC/CP/2018/10/Add.1", "2019-03-19", PARTIES, "twenty-fourth session", "General", "en"),
        *("report", f"Report of the {PARTIES} on its twenty-fourth session, held in Katowice"),
    ),
    (
        *("1_10_CMP_5", "FCCC/KP/CMP/2009/21/Add.1", "2010-03-30", f"{PARTIES} {KYOTO}".upper(), "fifth session"),
        *("General", "en", "report", f"Report of the {PARTIES} {KYOTO} on its fifth session, held in Copenhagen"),
    ),
    (
        *("1_11_CMP_2", "FCCC/KP/CMP/2006/10/Add.1", "2007-03-02", f"{PARTIES} {KYOTO}".upper(), "second session"),
        *("General", "en", "report", f"Report of the {PARTIES} {KYOTO} on its second session, held at Nairobi"),
    ),
    (
        *("1_14_CP_7", "FCCC/CP/2001/13/Add.1", "2002-01-21", PARTIES.upper(), "SEVENTH SESSION", "General", "en"),
        *("report", f"REPORT OF THE {PARTIES.upper()} ON ITS SEVENTH SESSION, HELD AT MARRAKESH"),
    ),
    (
        *("1_17_CP_2", "FCCC/CP/1996/15/Add.1", "1996-10-29", PARTIES.upper(), "SECOND SESSION", "General", "en"),
        *("report", f"REPORT OF THE {PARTIES.upper()} ON ITS SECOND SESSION, HELD AT GENEVA"),
    ),
    (
        *("1971-09-29_A_L.632-EN", "A/L.632", "", "", "", "Limited", "en", "draft resolution"),
        "RESTORATION OF THE LAWFUL RIGHTS OF THE PEOPLE'S REPUBLIC OF CHINA IN THE UNITED NATIONS",
    ),
    ("2e905f_fulltext", "", "", "", "", "", "", "", ""),
    ("Minutes_ETWDC2009", "", "", "", "", "", "", "", ""),
]


@pytest.mark.skipif(not DATA, reason="name a folder of real documents in UN_DOCUMENTS (CONTRIBUTING)")
@pytest.mark.parametrize("expected", EXPECTED, ids=lambda expected: expected[0])
def test_real_mastheads(expected: tuple[str, ...]) -> None:
    name, *facts, title = expected
    path = next(Path(DATA).rglob(f"{name}.pdf"), None)
    if path is None:
        pytest.skip(f"UN_DOCUMENTS has no {name}.pdf")
    meta = read_document(path).meta
    assert [meta.symbol, meta.date, meta.body, meta.session, meta.distribution, meta.language, meta.type] == facts
    assert meta.title.startswith(title) if title else not meta.title
    assert set(meta.known) == {name for name in vars_of(meta) if getattr(meta, name)}


def vars_of(meta: DocumentMeta) -> list[str]:
    return [name for name in meta.__slots__ if name != "known"]


def test_a_conference_room_paper_without_a_distribution_has_the_symbol_that_it_begins_with() -> None:
    act = "The Conference of the Parties,\n\nRecalling bees,\n\n1. Decides to act;\n\n2. Requests money.\n"
    paper = made(f"EX/COP.3/CRP.2\n\nDRAFT DECISION ON BEES\n\n{act}")
    assert (paper.meta.symbol, paper.meta.title, paper.meta.type) == ("EX/COP.3/CRP.2", "DRAFT DECISION ON BEES", "CRP")
    assert paper.meta.known["symbol"] == "printed in the masthead (characters 0-14)"
    assert [unit.label for unit in paper.units[:2]] == ["masthead, block 1", "title"]


@pytest.mark.parametrize(
    ("head", "title", "cited_as"),
    [
        ("#### Hive Convention on the care of bees", "Hive Convention on the care of bees", "Hive Convention"),
        ("#### Convention on the care of bees", "Convention on the care of bees", ""),
        ("### International Convention on bees", "International Convention on bees", ""),
        ("HIVE CONVENTION", "HIVE CONVENTION", ""),
        ("### 2.1 Hives", "", ""),
        ("## Annex II", "", ""),
    ],
)
def test_the_heading_that_a_document_begins_with_is_its_title(head: str, title: str, cited_as: str) -> None:
    meta = made(f"{head}\n\nThe Parties have agreed as follows:\n\n1. Bees are kept.\n").meta
    assert (meta.title, meta.cited_as) == (title, cited_as)
    assert ("cited_as" in meta.known) == bool(cited_as)
