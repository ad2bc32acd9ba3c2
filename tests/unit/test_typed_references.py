"""References as people type and paste them: many spellings of symbols of many organs, and of decisions in reports."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from urllib.parse import quote

import pytest

from taqa.domain import Document
from taqa.errors import InputError
from taqa.references import asked, incoming, references, resolve

from ..documents import made, parsed

SYMBOLS = (
    "UNEP/POPS/COP.1/31",
    "UNEP/CHW.13/17",
    "UNEP/FAO/RC/COP.8/INF/24",
    "UNEP(DTIE)/Hg/INC.1/9",
    "UNEP/GCSS/IX.6/Add.2",
    "FCCC/CP/2017/11/Add.2",
    "FCCC/SBI/2008/L.28",
    "CBD/COP/14/8",
    "CBD/WG2020/3/INF/5",
    "ECE/MP.PP/AC.1/2007/L.5",
    "E/CN.4/Sub.2/AC.2/1987/WP.4",
    "S/2022/501",
    "A/RES/73/7",
)
DECISIONS = ("1/CP.21", "2/CMA.3", "SC-1/15", "BC-14/12", "RC-5/11", "MC-1/5", "VII/32", "15/4")

PAPER = """
    1. One.

    2. Two:

    (a) First;

    (b) Second.

    Annex I

    1. Of the annex.
"""
REPORT = """
    Decision {0}

    The Conference of the Parties,

    Recalling its earlier work,

    Noting with concern the lack of resources,

    1. Decides to continue;

    2. Requests the Secretariat:

    (a) To report;

    (b) To prepare a note;

    3. Invites Parties to take part.

    Annex

    1. First provision of the annex.

    2. Second provision of the annex.

    Decision {0}1

    The Conference of the Parties,

    Recalling its decision {0}, paragraph 2 (b), and its decision {0}1,

    1. Approves the budget, as in paragraph 3 of decision {0};

    2. Takes note of the report.
"""


@cache
def library() -> tuple[Document, ...]:
    """Papers with the symbols, and for each of them one whose symbol begins or ends like it."""
    found = []
    for symbol in SYMBOLS:
        for name in (symbol, f"{symbol}1", f"{symbol}/Rev.1"):
            paper = made(PAPER)
            found.append(
                replace(
                    paper,
                    id=name.replace("/", "_"),
                    file=f"{name.replace('/', '_')}.txt",
                    meta=replace(paper.meta, symbol=name),
                )
            )
    return tuple(found)


def symbols_typed(symbol: str) -> list[str]:
    """A symbol as people type and paste it."""
    spaced = symbol.replace("/", " / ")
    return list(
        dict.fromkeys(
            [
                symbol,
                symbol.lower(),
                symbol.upper(),
                symbol.title(),
                spaced,
                spaced.lower(),
                symbol.replace("/", "/ "),
                symbol.replace("/", " /"),
                symbol.replace(".", ". "),
                symbol.replace(".", " ."),
                symbol.replace("/", "\u2044"),
                symbol.replace("/", "_"),
                symbol.replace("/", "-"),
                symbol.replace("/", "\u2011"),
                symbol.replace("/", "\u2013"),
                symbol.replace("/", " "),
                symbol.replace("/", "."),
                symbol.replace("/", "\\"),
                re.sub(r"(?<=[a-zA-Z])\.(?=\d)", "", symbol),
                symbol.replace("(", " (").replace(")", ") "),
                symbol.replace("(", "[").replace(")", "]"),
                symbol.replace("/", "/\u00a0"),
                symbol.replace("/", "/\u00ad"),
                f"({symbol})",
                f"\u201c{symbol}\u201d",
                f"{symbol}.",
                f"document {symbol}",
                f"doc. {symbol}",
                f"see {symbol}",
                f"[7] {symbol}",
                f"  {symbol}\t",
                f"{symbol};",
                f"in {symbol}",
                f"the paper {symbol}",
                f"cf. {symbol}",
                f"symbol: {symbol}".removeprefix("symbol: "),
                f"{symbol}:",
                f"\u00ab{symbol}\u00bb",
                f"to {symbol}",
                symbol.replace("/", "/\u200b"),
                f"\u202a{symbol}\u202c",
                f"https://undocs.org/{symbol}",
                f"https://undocs.org/en/{symbol}",
                f"docs.un.org/en/{symbol}",
                f"https://undocs.org/{quote(symbol, safe='')}",
                f"https://undocs.org/Home/Mobile?FinalSymbol={quote(symbol, safe='')}&Language=E",
                quote(symbol, safe=""),
            ]
        )
    )


PLACES = (
    *(
        ", para. 2 (a)",
        " para 2(a)",
        ", paragraph 2 (a)",
        ", PARAGRAPH 2 (A)",
        " ¶ 2 (a)",
        " §2(a)",
        ", par. 2 a)",
        " 2(a)",
    ),
    *(
        ", para.2(a)",
        ",\u00a0para.\u00a02\u00a0(a)",
        ", paragraph 2, sub-paragraph (a)",
        ", subparagraph 2 (a)",
        ": 2.a",
    ),
    *(", paragraphe 2 a)", ", párrafo 2 a)", ", paragraphe 2, alinéa a)", ", párrafo 2, apartado a)", ", op. 2 (a)"),
    *(", OP2 (a)", ", operative paragraph 2 (a)", ", second paragraph (a)", ", paras. 2 (a)"),
)


def ids(reference: str, documents: tuple[Document, ...]) -> list[str]:
    found = resolve(reference, documents)
    assert bool(found.reason) != bool(found.document), found
    return [place.unit.label for place in found.found]


@pytest.mark.parametrize("symbol", SYMBOLS)
def test_every_spelling_of_a_symbol_is_that_document_and_no_other(symbol: str) -> None:
    spellings = symbols_typed(symbol)
    assert len(spellings) >= 30
    for typed in spellings:
        found = resolve(typed, library())
        assert found.document is not None, (typed, found.reason)
        assert found.document.meta.symbol == symbol, typed


@pytest.mark.parametrize("symbol", SYMBOLS)
def test_every_spelling_of_a_place_is_that_paragraph(symbol: str) -> None:
    for place in PLACES:
        found = resolve(f"{symbol}{place}", library())
        assert [item.unit.label for item in found.found] == ["para. 2 (a)"], (place, found.reason)
        assert found.document is not None
        assert found.document.meta.symbol == symbol
    for lead in ("para. 2 (a) of {}", "subparagraph (a) of paragraph 2 of {}", "paragraphe 2 a) du document {}"):
        assert ids(lead.format(symbol), library()) == ["para. 2 (a)"], lead


@pytest.mark.parametrize("symbol", SYMBOLS)
@pytest.mark.parametrize("change", ["{}2", "{}11", "{}/Add.7", "{}/Corr.1", "{}/Rev.2", "X{}", "{}/3"])
def test_a_symbol_that_is_not_held_is_never_taken_for_another(symbol: str, change: str) -> None:
    found = resolve(f"{change.format(symbol)}, para. 1", library())
    assert (found.document, found.found) == (None, ())
    assert found.reason.count(".") >= 1


def test_a_number_that_another_begins_with() -> None:
    def paper(symbol: str) -> Document:
        return replace(parsed("1. One.\n\n2. Two.\n"), id=symbol, meta=replace(made(PAPER).meta, symbol=symbol))

    only = (paper("XY/INC.1/21"),)
    for typed in ("INC.1/2", "inc 1 2", "XY/INC.1/2", "XY INC.1 2", "INC.1/2, para. 1", "para. 1 of INC.1/2"):
        assert resolve(typed, only).found == (), typed
        assert resolve(typed, only).document is None, typed
    both = (paper("XY/INC.1/2"), *only)
    for typed in ("INC.1/2", "inc 1 / 2", "XY/INC.1/2", "INC.1/2, para. 1", "para. 1 of INC.1/2"):
        assert resolve(typed, both).document is both[0], typed


# -- decisions that stand in a report ---------------------------------------------------------------------


@cache
def report(number: str) -> tuple[Document, ...]:
    document = made(REPORT.format(number))
    return (replace(document, meta=replace(document.meta, symbol="UN/REP.1/7")),)


def decisions_typed(number: str) -> list[str]:
    spaced = number.replace("/", " / ")
    return list(
        dict.fromkeys(
            [
                f"decision {number}",
                f"Decision {number}",
                f"DECISION {number}",
                f"decision {number.lower()}",
                f"dec. {number}",
                f"dec {number}",
                f"Dec. {number.lower()}",
                f"decision {spaced}",
                f"decision\u00a0{number}",
                f"decision {number.replace('-', chr(0x2011))}",
                f"decision {number.replace('-', chr(0x2013))}",
                f"decision {number.replace('.', '. ')}",
                f"decision {number.replace('/', '/ ')}",
                f"decisión {number}",
                f"décision {number}",
                f"decision no. {number}",
                f"see decision {number}",
                f"“decision {number}”",
                f"(decision {number})",
                f"UN/REP.1/7, decision {number}",
                f"decision {number} (UN/REP.1/7)",
                f"decision {number} of UN/REP.1/7",
                f"decision {number}.",
                f"[3] decision {number}",
                f"decision  {number}",
                f"decisions {number}",
                f"its decision {number}",
                f"by decision {number}",
                f"decision {number};",
                f"the decision {number}",
            ]
        )
    )


@pytest.mark.parametrize("number", DECISIONS)
def test_every_spelling_of_a_decision(number: str) -> None:
    held = report(number)
    typed = decisions_typed(number)
    assert len(typed) >= 26
    for reference in typed:
        assert ids(reference, held) == [f"decision {number}"], reference


@pytest.mark.parametrize("number", DECISIONS)
@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ("decision {}, paragraph 2 (a)", ", para. 2 (a)"),
        ("decision {}, para 2(a)", ", para. 2 (a)"),
        ("dec. {} ¶2 (a)", ", para. 2 (a)"),
        ("decision {} OP2 (a)", ", para. 2 (a)"),
        ("paragraph 2 (a) of decision {}", ", para. 2 (a)"),
        ("subparagraph (a) of paragraph 2 of decision {}", ", para. 2 (a)"),
        ("décision {}, paragraphe 2 a)", ", para. 2 (a)"),
        ("párrafo 2 a) de la decisión {}", ", para. 2 (a)"),
        ("decision {}, preambular paragraph 2", ", preambular para. 2"),
        ("decision {}, PP2", ", preambular para. 2"),
        ("decision {} pp 2", ", preambular para. 2"),
        ("second preambular paragraph of decision {}", ", preambular para. 2"),
        ("decision {}, annex, paragraph 2", ", annex, para. 2"),
        ("annex to decision {}, para. 2", ", annex, para. 2"),
        ("paragraph 2 of the annex to decision {}", ", annex, para. 2"),
        ("the annex to decision {}", ", annex"),
        ("decision {}, operative paragraph 3", ", para. 3"),
    ],
)
def test_a_place_in_a_decision(number: str, typed: str, place: str) -> None:
    assert ids(typed.format(number), report(number)) == [f"decision {number}{place}"]


@pytest.mark.parametrize("number", DECISIONS)
def test_several_places_and_those_that_are_not_there(number: str) -> None:
    held, own = report(number), f"decision {number}"
    assert ids(f"{own}, paras. 1-3", held) == [f"{own}, para. {n}" for n in (1, 2, 3)]
    assert ids(f"{own}, preamble", held) == [f"{own}, preambular para. {n}" for n in (1, 2)]
    assert ids(f"{own}, para. 1; {own}1, para. 2", held) == [f"{own}, para. 1", f"{own}1, para. 2"]
    assert (
        resolve(f"{own}, para. 9", held).reason
        == f"UN/REP.1/7 has no “para. 9”; it has {own}, para. 1 to {own}, para. 3."
    )
    assert resolve(f"{own}2", held).found == ()
    assert f"{own}2" in resolve(f"{own}2", held).reason
    assert resolve(f"{own}, page 3", held).reason == "Pages are not cited; name a paragraph of UN/REP.1/7."


@pytest.mark.parametrize("word", ["Décision", "Decisión"])
@pytest.mark.parametrize(
    "typed",
    [
        "décision 3/CP.9, paragraphe 2 a)", "Decisión 3/CP.9, párrafo 2 a)", "decision 3/CP.9, para. 2 (a)",
        "dec 3/cp.9 §2(a)",
    ],
)  # fmt: skip
def test_a_place_in_a_decision_in_french_or_spanish(word: str, typed: str) -> None:
    act = "1. Décide de poursuivre ;\n\n2. Prie le secrétariat :\n\na) De rendre compte ;\n\nb) De publier.\n"
    held = made(f"{word} 3/CP.9\n\nLa Conférence des Parties,\n\nRappelant l’article 4,\n\n{act}")
    assert ids(typed, (held,)) == [f"{word.casefold()} 3/CP.9, para. 2 (a)"]


@pytest.mark.parametrize("number", DECISIONS)
def test_a_file_that_is_called_like_a_word_of_references_hides_no_decision(number: str) -> None:
    named = replace(report(number)[0], id="decision", file="decision.html")
    assert ids(f"decision {number}, para. 2", (named,)) == [f"decision {number}, para. 2"]
    assert resolve("decision", (named,)).document == named
    assert resolve("decision.html", (named,)).document == named


@pytest.mark.parametrize("number", DECISIONS)
def test_mentions_of_a_decision_that_is_held_are_all_of_them_and_none_of_a_longer_one(number: str) -> None:
    held = report(number)
    found = incoming(held)

    def places(reference: str) -> list[str]:
        return [item.unit.label for item in asked(reference, found, held) if item.unit.kind != "heading"]

    budget = f"decision {number}1"
    assert places(f"decision {number}") == [f"{budget}, preambular para. 1", f"{budget}, para. 1"]
    assert places(f"dec. {number.lower()}") == places(f"decision {number}")
    assert places(f"decision {number}, para. 2 (b)") == [f"{budget}, preambular para. 1"]
    assert places(f"paragraph 3 of decision {number}") == [f"{budget}, para. 1"]
    assert places(f"decision {number}, para. 99") == []
    assert places(budget) == [f"{budget}, preambular para. 1"]
    for key in {item.key for item in found if item.path[0].endswith(number.lower())}:
        assert len(asked(key, found, held)) == sum(item.key == key for item in found), key


BOTH = """
    Decision 1/CP.21

    The Conference of the Parties,

    1. Decides to go on;

    2. Requests more.

    Resolution 1/CP.21

    The Conference of the Parties,

    1. Thanks the host, as decision 1/CP.21 and resolution 1/CP.21 say.
"""


def test_a_resolution_is_not_the_decision_of_the_same_number() -> None:
    both = made(BOTH)
    assert ids("decision 1/CP.21, para. 1", (both,)) == ["decision 1/CP.21, para. 1"]
    assert ids("resolution 1/CP.21, para. 1", (both,)) == ["resolution 1/CP.21, para. 1"]
    last = [item for item in incoming((both,)) if item.unit.kind == "paragraph"]
    assert [item.unit_to and item.unit_to.label for item in last] == ["decision 1/CP.21", "resolution 1/CP.21"]


# -- treaties -----------------------------------------------------------------------------------------------

TREATY = """
    # Lakes Convention on the Protection of Still Waters

    ## Article 1

    For this Convention:

    (a) “Lake” means a lake;

    (b) “Pond” means a pond.

    ## Article 2

    1. Each Party shall protect lakes.

    2. As article 1 of this Convention says, and article 2 bis.

    ## Article 2 bis

    1. Ponds too.

    ## Article 3

    1. Nothing else.

    ## Annex I

    ## Part A

    1. Small lakes.

    ## Part B

    1. Large lakes.
"""


@pytest.mark.parametrize(
    "typed",
    [
        "Lakes Convention, article 2, paragraph 1",
        "Lakes Convention on the Protection of Still Waters, art. 2, para. 1",
        "lakes convention on the protection of still waters art 2 para 1",
        "article 2, paragraph 1, of the Lakes Convention",
        "paragraph 1 of article 2 of the Lakes Convention on the Protection of Still Waters",
        "LCPSW art. 2.1",
        "LCPSW, Article 2(1)",
        "Convention Lakes art. 2, para. 1".replace("Convention Lakes", "Convention de Lakes"),
        "Article II, paragraph 1, of the Lakes Convention",
    ],
)
def test_a_treaty_by_its_name_without_its_subject_and_by_its_initials(typed: str) -> None:
    assert ids(typed, (made(TREATY),)) == ["art. 2, para. 1"]


@pytest.mark.parametrize(
    ("typed", "labels"),
    [
        ("Lakes Convention, article 2 bis", ["art. 2 bis"]),
        ("Lakes Convention art. 2bis, para. 1", ["art. 2 bis, para. 1"]),
        ("Lakes Convention, articles 2 and 3", ["art. 2", "art. 3"]),
        ("Lakes Convention, articles 2, 3", ["art. 2", "art. 3"]),
        ("articles 1, 2 and 3 of the Lakes Convention", ["art. 1", "art. 2", "art. 3"]),
        ("Lakes Convention, article 1 (b)", ["art. 1, unnumbered para. 1 (b)"]),
        ("Lakes Convention, article 1, paragraph (b)", ["art. 1, unnumbered para. 1 (b)"]),
        ("Lakes Convention, annex I", ["annex I"]),
        ("Lakes Convention, annex 1", ["annex I"]),
        ("annex I to the Lakes Convention", ["annex I"]),
    ],
)
def test_places_of_a_treaty(typed: str, labels: list[str]) -> None:
    assert ids(typed, (made(TREATY),)) == labels


def test_articles_of_several_treaties_in_one_list() -> None:
    text = "articles 12 of the Stockholm Convention, 16 of the Rotterdam Convention and 14 of the Minamata Convention"
    assert [item.key for item in references(f"See {text}.")] == [
        "stockholm convention, art. 12",
        "rotterdam convention, art. 16",
        "minamata convention, art. 14",
    ]
    assert [item.key for item in references("paragraphs 3 of article 12 and 5 of article 13")] == [
        *("art. 12, para. 3", "art. 12", "art. 13, para. 5", "art. 13"),
    ]


def test_pages_are_not_preambles() -> None:
    held = report("1/CP.21")
    assert "Pages are not cited" in resolve("decision 1/CP.21, pp. 2-3", held).reason
    assert "Pages are not cited" in resolve("decision 1/CP.21, p. 2", held).reason


def test_mentions_of_a_place_in_a_treaty_that_is_not_held_are_found_however_it_is_typed() -> None:
    held = (
        made(
            "Note\n\n1. Recalling paragraphs 2-4 of article 12 of the Stockholm Convention, it spoke.\n\n2. It ended."
        ),
    )
    found = incoming(held)
    places = (
        "Stockholm Convention art. 12 para 3",
        "Stockholm Convention art. 12(3)",
        "stockholm convention art 12 para 3",
    )
    for typed in (*places, "art 12.3 Stockholm Convention", "article 12, paragraph 3, of the Stockholm Convention"):
        assert [item.key for item in asked(typed, found, held)] == ["stockholm convention, art. 12, para. 3"], typed
    assert asked("Stockholm Convention art. 13", found, held) == ()
    for typed in ("Stockholm Convention", "the stockholm convention"):
        with pytest.raises(InputError, match="name a place in it"):
            asked(typed, found, held)
