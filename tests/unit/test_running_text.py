"""References in running text: how they are printed, what they are part of, where they lead."""

from __future__ import annotations

import re
import time
from dataclasses import replace

import pytest

from taqa.domain import Document
from taqa.ingest.proofs import conservation
from taqa.references import Incoming, asked, fold, incoming, references

from ..documents import corpus, made


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        (
            "Paragraphs 2\u20134 of article 12 of the Stockholm Convention state:",
            "stockholm convention, art. 12, para. 2; stockholm convention, art. 12, para. 3; "
            "stockholm convention, art. 12, para. 4; stockholm convention, art. 12",
        ),
        ("UNEP/POPS/COP.1/31, /32 and Add.1", "unep/pops/cop.1/31; unep/pops/cop.1/32; unep/pops/cop.1/32/add.1"),
        ("UNEP/A.1/7\u2013UNEP/B.2/8", "unep/a.1/7; unep/b.2/8"),
        ("paragraph 11 d) of document ECE/MP/2008/L.1 (draft", "ece/mp/2008/l.1, para. 11 (d); ece/mp/2008/l.1"),
        ("(see paragraphs 20-21 below)", "para. 20; para. 21"),
        ("the annex to decision SC\u20111/15", "sc-1/15, annex; sc-1/15"),
        ("listed in Annex A, B or C that are", "annex a; annex b; annex c"),
        ("annexes I to III", "annex i; annex ii; annex iii"),
        ("an annex, its annexes and Annex-like things", ""),
        ("Annex I, A Party may", "annex i"),
        ("resolutions 4 (1967), 8 (1973) and 3 (VI)", "resolution 4 (1967); resolution 8 (1973); resolution 3 (vi)"),
        ("resolutions on Sudan, in particular 15 (2005) and 16 (2005)", "resolution 15 (2005); resolution 16 (2005)"),
        ("resolution 2166 (XXI) and resolution 44/228", "resolution 2166 (xxi); resolution 44/228"),
        ("decisions 1/CP.1, para. 6, 2/CP.2, annex, 5/CP.3", "1/cp.1; 1/cp.1, para. 6; 2/cp.2; 2/cp.2, annex; 5/cp.3"),
        ("Articles III, IV and V shall", "art. iii; art. iv; art. v"),
        ("articles 31 and 32 does not", "art. 31; art. 32"),
        ("paragraph 3, 12 Parties", "para. 3"),
        ("paragraph 1 (a) and (d) of Article 6; or", "art. 6, para. 1 (a); art. 6, para. 1 (d); art. 6"),
        ("subparagraphs a, b and d of paragraph 2", "para. 2 (a); para. 2 (b); para. 2 (d); para. 2"),
        ("paragraphs 1 (a) (i)-(iii) and 5", "para. 1 (a) (i); para. 1 (a) (ii); para. 1 (a) (iii); para. 5"),
        ("subparagraphs (a) to (c) of paragraph 2 above", "para. 2 (a); para. 2 (b); para. 2 (c); para. 2"),
        ("art. 12 (4) and art. 7.2 (b)", "art. 12, para. 4; art. 7, para. 2 (b)"),
        ("paragraph 3 of annex II to decision 1/CP.16", "1/cp.16, annex ii, para. 3; 1/cp.16, annex ii; 1/cp.16"),
        ("decision 1/CP.16, paragraph 3 of annex II", "1/cp.16; 1/cp.16, annex ii, para. 3; 1/cp.16, annex ii"),
        ("article 12, paragraph 3, of the Rome Statute", "rome statute, art. 12; rome statute, art. 12, para. 3"),
        ("Article 33 of the Charter of the United Nations", "charter of the united nations, art. 33"),
        ("footnotes 4 and 5 above", "footnote 4; footnote 5"),
        ("paragraph 2 of Part II of Annex B", "annex b, sect. ii, para. 2; annex b"),
        ("in 2018, 3/4 of it and 24/7 service", ""),
    ],
)  # fmt: skip
def test_keys(text: str, keys: str) -> None:
    found = references(f"As in {text}")
    assert "; ".join(item.key for item in found) == keys


def test_articles_of_three_treaties_in_one_sentence_keep_apart() -> None:
    text = (
        "Article 16, paragraph 1 (g) of the Basel Convention, Article 19, paragraph 2 (b) of the Rotterdam Convention "
        "and Article 20, paragraph 2 (b) of the Stockholm Convention"
    )
    assert [item.key for item in references(text) if item.kind == "article"] == [
        "basel convention, art. 16",
        "rotterdam convention, art. 19",
        "stockholm convention, art. 20",
    ]


def test_every_reference_stands_where_it_says() -> None:
    text = "By its\u00a0decision SC\u20111/15, paragraph 3, and articles 4\n and 7"
    assert [(item.key, text[item.start : item.end]) for item in references(text)] == [
        ("sc-1/15", "SC\u20111/15"),
        ("sc-1/15, para. 3", "paragraph 3"),
        ("art. 4", "articles 4"),
        ("art. 7", "7"),
    ]


NOTE = """
    1. The Stockholm Convention on Persistent Organic Pollutants (hereinafter “the Convention”) has rules.

    2. See paragraph 1 above and paragraph 3 below, article 7 of the Convention and annex I to the present note.

    3. By decision SC-1/15 the parties agreed; paragraph 2 of that decision says so, as does the same decision.

    4. See paragraph 9 above, decision SC-9/9 and article 5 of the Protocol.

    Annex I

    1. A paragraph of the annex.

    2. As paragraph 1 above says.
"""


UNHELD = "The corpus neither holds nor quotes it: stockholm convention, art. 7."


def leads(document: Document) -> list[tuple[str, str, str]]:
    """(where, key, where to or why not) of every reference."""
    return [
        (item.unit.label, item.key, item.unit_to.label if item.unit_to else item.reason)
        for item in incoming((document,))
    ]


def test_what_above_below_the_note_and_the_convention_are() -> None:
    assert leads(made(NOTE)) == [
        ("para. 2", "para. 1", "para. 1"),
        ("para. 2", "para. 3", "para. 3"),
        ("para. 2", "stockholm convention, art. 7", UNHELD),
        ("para. 2", "annex i", "annex I"),
        ("para. 3", "sc-1/15", "The corpus does not hold SC-1/15."),
        ("para. 3", "sc-1/15, para. 2", "The corpus does not hold SC-1/15."),
        ("para. 3", "sc-1/15", "The corpus does not hold SC-1/15."),
        ("para. 3", "sc-1/15", "The corpus does not hold SC-1/15."),
        ("para. 4", "para. 9", "made.txt has no “para. 9”."),
        ("para. 4", "sc-9/9", "The corpus does not hold SC-9/9."),
        ("para. 4", "art. 5", "Nothing says which Protocol is meant."),
        ("annex I, para. 2", "para. 1", "annex I, para. 1"),
    ]  # fmt: skip


def test_implied_words_are_marked() -> None:
    assert [item.text for item in incoming((made(NOTE),)) if item.implied] == ["that decision", "the same decision"]


def test_offsets_lead_to_the_source() -> None:
    for item in incoming(corpus()):
        shown = "".join(item.document.text[span.start : span.end] for span in item.spans)
        assert re.sub(r"\s", "", shown) == re.sub(r"\s", "", item.text)


# -- those asked for, against a full scan of the files --------------------------------------------------


def scanned(key: str) -> int:
    """Times that a symbol or decision stands in the files, page headers and lists of links left out."""
    pattern = re.compile(rf"(?<![\w/.]){re.escape(key)}(?![\d/]|\.\d|\w)")
    total = 0
    for document in corpus():
        text = list(document.text)
        for piece in document.furniture:
            if piece.kind not in ("markup", "list mark", "footnote mark"):
                text[piece.span.start : piece.span.end] = " " * (piece.span.end - piece.span.start)
        joined = re.sub(r"(?<=[-/\u2011])\s*\n\s*", "", "".join(text))
        total += len(pattern.findall(fold(joined)))
    return total


def everything() -> tuple[Incoming, ...]:
    return incoming(corpus())


def test_totals_equal_a_full_scan_of_the_files() -> None:
    found = everything()
    keys = {item.path[0] for item in found if item.kind in ("symbol", "decision") and len(item.path) == 1}
    assert len(keys) > 30
    totals = {key: len(asked(key, found, corpus())) for key in keys}
    assert totals == {key: scanned(key) for key in keys}


@pytest.mark.parametrize(
    ("reference", "total"),
    [
        ("SC-1/15", 5),
        ("sc 1/15", 5),
        ("decision SC\u20111/15", 5),
        ("UNEP(DTIE)/Hg/INC.1/9", 6),
        ("INC.1/9", 6),
        ("unep dtie hg inc 1 9", 6),
        ("002", 6),
        ("INC.1/2", 0),
        ("INC.1/91", 0),
        ("UNEP/CHW.13/1", 1),
        ("CHW.13/17", 1),
        ("article 12 of the Stockholm Convention", 5),
        ("Stockholm Convention on Persistent Organic Pollutants, article 12", 5),
        ("paragraph 4 of article 12 of the Stockholm Convention", 5),
        ("Stockholm Convention, art. 12 (4)", 5),
        ("article 12 of the Basel Convention", 0),
        ("article 14 of the Basel Convention", 3),
        ("article 14", 3),
        ("technical assistance plan, annex", 2),
        ("annex to SC-1/15", 1),
        ("001, para. 20", 1),
        ("something else", 0),
    ],
)
def test_those_asked_for(reference: str, total: int) -> None:
    assert len(asked(reference, everything(), corpus())) == total


def test_a_longer_symbol_is_another_one() -> None:
    document = made("1. See A/B/INC.1/2, A/B/INC.1/21 and A/B/INC.1/2/Add.1.\n\n2. See INC.1/21.\n")
    found = incoming((document,))
    assert [item.start for item in asked("INC.1/2", found, (document,))] == [document.units[0].text.index("A/B")]
    assert [item.text for item in asked("A/B/INC.1/21", found, (document,))] == ["A/B/INC.1/21"]
    assert [item.text for item in asked("INC.1/2/Add.1", found, (document,))] == ["A/B/INC.1/2/Add.1"]


def test_hostile_text_costs_no_more_than_its_length() -> None:
    started = time.perf_counter()
    for piece in (
        "paragraph 1, ",
        "article 1 of ",
        "annex I to annex ",
        "A/B/",
        "decision 1/CP.1, ",
        "Convention on A ",
    ):
        references(piece * 1000)
    assert time.perf_counter() - started < 20


def test_labels_of_a_range_in_one_bracket_and_lists_without_a_comma() -> None:
    assert [item.key for item in references("paragraph 23(c–e) above")] == [
        "para. 23 (c)",
        "para. 23 (d)",
        "para. 23 (e)",
    ]
    keys = [item.key for item in references("resolutions 2204 (2015) 2216 (2015), and 2266 (2016)")]
    assert keys == ["resolution 2204 (2015)", "resolution 2216 (2015)", "resolution 2266 (2016)"]
    assert [item.key for item in references("chapter XI.B of the annex (Use)")] == ["annex"]


def test_a_sub_paragraph_of_that_paragraph() -> None:
    text = "1. See sub-paragraphs (e) and (f) of paragraph 5 of Article VII or sub-paragraph (h) of that paragraph.\n"
    assert [key for _, key, _ in leads(made(text))][-1] == "art. vii, para. 5 (h)"


def test_the_convention_of_a_symbol() -> None:
    named = "1. The Framework Convention on Climate Change and the Aarhus Convention."
    document = made(f"{named}\n\n2. Article 4 of the Convention.\n")
    assert leads(document)[-1][2] == "Nothing says which Convention is meant."
    of_it = replace(document, meta=replace(document.meta, symbol="FCCC/CP/2001/5"))
    assert leads(of_it)[-1][1] == "framework convention on climate change, art. 4"


def test_references_beyond_links_are_of_the_treaty_that_is_named() -> None:
    link = "](../../../verdrag/convention/on/honey/README.md)"
    document = made(
        f"""
        # Protocol on Wax

        The Parties, *Being* Parties to the [Convention on Honey{link}, hereinafter referred to as “the Convention”,

        1. In accordance with [Articles 1{link} and [2 of the Convention{link}, the Parties shall meet.
        """
    )
    articles = [item for item in incoming((document,)) if item.unit.text.startswith("1.")]
    assert [(item.text, item.key) for item in articles] == [
        ("Articles 1", "convention on honey, art. 1"),
        ("2", "convention on honey, art. 2"),
    ]
    spans = articles[0].unit.source_spans(articles[0].start, articles[0].end)
    assert "".join(document.text[span.start : span.end] for span in spans) == "Articles 1"
    assert conservation(document).lost == ()


def test_a_bare_annex_is_that_of_the_convention_where_the_paper_sorts_parties_by_it() -> None:
    treaty = made(
        """
        # Convention on Honey

        ### Article 1

        1. Bees are kept by the Parties included in Annex I.

        ### Article 2

        1. Hives are warm.

        ### Article 3

        1. Honey is food.

        ### Annex I

        Beeland.
        """
    )
    treaty = replace(treaty, id="honey")
    says = "1. Under the Convention on Honey, hereinafter referred to as “the Convention”, bees vote."
    sorted_by = made(f"{says}\n\n2. Annex I Parties pay.\n\n3. A majority as a whole and in annex I decides.\n")
    plain = made(f"{says}\n\n2. All Parties pay.\n\n3. A majority as a whole and in annex I decides.\n")
    for paper, reached in ((sorted_by, "annex I"), (plain, None)):
        last = [item for item in incoming((treaty, paper)) if item.document is paper and item.unit.label == "para. 3"]
        assert [item.unit_to.label if item.unit_to else None for item in last] == [reached]
