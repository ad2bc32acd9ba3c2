"""References: recognised, folded, printed, resolved."""

from __future__ import annotations

from dataclasses import replace

import pytest

from taqa.domain import Document
from taqa.references import (
    address_tokens,
    compact,
    find,
    find_address,
    find_unit,
    fold,
    is_symbol,
    label,
    resolve,
    slug,
    symbol_key,
)

from ..documents import corpus, made, parsed, real, unit

NOTE = "002_1e631d3bd8709de2"


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Straße  \n\u00a0X", "strasse x"),
        ("capacity\u2011building – “so”", 'capacity-building - "so"'),
        ("l’annexe ‘a’ ´b´", "l'annexe 'a' 'b'"),
        ("ﬁnance ½", "finance 1\u20442"),
        ("", ""),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_symbol_key() -> None:
    assert symbol_key("UNEP (DTIE)/Hg/\u00a0INC.1/9") == "unep(dtie)/hg/inc.1/9"
    assert symbol_key("SC\u20111/15") == "sc-1/15"


@pytest.mark.parametrize(
    "text",
    [
        *("UNEP(DTIE)/Hg/INC.1/9", "ECE/MP.PP/AC.1/2007/L.5", "UNEP/POPS/COP.1/27", "UNEP/GCSS/IX.6/Add.2"),
        *("E/CN.4/Sub.2/AC.2/1987/WP.4/Add.1", "UNEP/FAO/RC/COP.8/INF/24", "UNEP(DTIE)/Hg/OEWG.2/10", "A/RES/73/7"),
        "UNEP/CHW.13/17-UNEP/FAO/RC/COP.8/17-UNEP/POPS/COP.8/17",
        "UNEP/CHW.13/17\u2013UNEP/POPS/COP.8/17.",
    ],
)
def test_symbols(text: str) -> None:
    assert is_symbol(text)
    mentions = find(f"See ({text}), please.")
    assert {mention.kind for mention in mentions} == {"symbol"}
    assert "-".join(mention.key for mention in mentions) == symbol_key(text.rstrip("."))


@pytest.mark.parametrize(
    "text",
    [
        "and/or",
        "UNIDO/UNEP",
        "UNEP/GRID-Arendal",
        "https://a.example/B.1",
        "3/4",
        "per cent",
        "",
        "24/7",
        "I/O",
        "UNEP/CHW.13/1 says",
    ],
)
def test_no_symbols(text: str) -> None:
    assert not is_symbol(text)


@pytest.mark.parametrize(
    "text", ["and/or", "UNIDO/UNEP", "UNEP/GRID-Arendal", "http://www.unep.ch/roe/B.1", "needs/priorities"]
)
def test_nothing_found(text: str) -> None:
    assert find(f"The {text} is so.") == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("decisions SC-1/15 and SC\u20112/9", [("decision", "sc-1/15"), ("decision", "sc-2/9")]),
        ("By its decision II/8, and in", [("decision", "ii/8")]),
        ("Paragraph 4 of article 12", [("paragraph", "para 4"), ("article", "article 12")]),
        ("Article 16, paragraph 2 (c), of", [("article", "article 16"), ("paragraph", "para 2 (c)")]),
        ("(see paragraphs 20-21 below)", [("paragraph", "para 20")]),
        ("art. 5 bis", [("article", "article 5 bis")]),
        ("ECE/MP.PP/2005/16, para. 59", [("symbol", "ece/mp.pp/2005/16"), ("paragraph", "para 59")]),
        ("in (UNEP/GCSS/IX.6/Add.2).", [("symbol", "unep/gcss/ix.6/add.2")]),
    ],
)
def test_find(text: str, found: list[tuple[str, str]]) -> None:
    mentions = find(text)
    assert [(mention.kind, mention.key) for mention in mentions] == found
    assert all(text[mention.start : mention.end] == mention.text for mention in mentions)


@pytest.mark.parametrize(
    ("address", "printed", "word"),
    [
        (("29", "(c)", "(viii)"), "para. 29 (c) (viii)", "29.c.viii"),
        (("3", "footnote 2"), "para. 3, footnote 2", "3.footnote2"),
        (("footnote **",), "footnote **", "footnote**"),
        (("sect. V.A.1", "(b)", "(iii)"), "sect. V.A.1 (b) (iii)", "sectva1.b.iii"),
        (("sect. 1", "unnumbered para. 4"), "sect. 1, unnumbered para. 4", "sect1.unnumberedpara4"),
        (("8", "National activities", "(e)"), "para. 8, National activities (e)", "8.nationalactivities.e"),
        (("art. 12", "2"), "art. 12, para. 2", "art12.2"),
        (("annex II", "3", "(a)"), "annex II, para. 3 (a)", "annexii.3.a"),
        (("“Aims”", "unnumbered para. 1"), "“Aims”, unnumbered para. 1", "aims.unnumberedpara1"),
    ],
)
def test_label_and_slug(address: tuple[str, ...], printed: str, word: str) -> None:
    assert (label(address), slug(address)) == (printed, word)


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("para. 29 (c) (viii)", ["29", "c", "viii"]),
        ("paragraph 29(c)(viii)", ["29", "c", "viii"]),
        ("29.c.viii", ["29", "c", "viii"]),
        ("¶ 29", ["29"]),
        ("para. 3, footnote 2", ["3", "footnote2"]),
        ("footnote **", ["footnote**"]),
        ("sect. V.A.1 (b) (iii)", ["sectva1", "b", "iii"]),
        ("section 1, unnumbered paragraph 4", ["sect1", "unnumberedpara4"]),
        ("masthead, block 6", ["masthead", "block6"]),
        ("“Aims”, item 2", ["aims", "item2"]),
        ("", []),
        ("see what is new", []),
        ("para. 4 of the new Treaty", []),
    ],
)
def test_address_tokens(text: str, tokens: list[str]) -> None:
    assert address_tokens(text) == tokens


def test_compact() -> None:
    assert [compact(part) for part in ("(c)", "sect. V.A", "footnote *", "unnumbered para. 4")] == [
        *("c", "sectva", "footnote*", "unnumberedpara4"),
    ]


SPELLINGS = [
    "UNEP(DTIE)/Hg/INC.1/9, para. 29 (c) (viii)",
    "unep(dtie)/hg/inc.1/9 para 29(c)(viii)",
    "UNEP (DTIE)/Hg/INC.1/9 paragraph 29 (c)(viii)",
    "UNEP(DTIE) / Hg / INC.1 / 9, paragraph 29 (c) (viii)",
    "UNEP(DTIE)/Hg/INC.1/9,para.29(c)(viii)",
    "UNEP(DTIE)/Hg/INC.1/9,\u00a0para.\u00a029\u00a0(c)\u00a0(viii)",
    "UNEP(DTIE)/Hg/INC.1/9, PARA. 29 (C) (VIII)",
    "UNEP(DTIE)/Hg/INC.1/9, para. 29, subparagraph (c) (viii)",
    "UNEP(DTIE)/Hg/INC.1/9, paras. 29 (c) (viii).",
    "UNEP(DTIE)/Hg/INC.1/9 ¶ 29 (c) (viii)",
    "UNEP(DTIE)/Hg/INC.1/9: 29.c.viii",
    "INC.1/9, 29.c.viii",
    "INC.1/9 29 c viii",
    "inc.1/9: para 29 (c) (viii)",
    "para. 29 (c) (viii) of UNEP(DTIE)/Hg/INC.1/9",
    "paragraph 29 (c) (viii) of document INC.1/9",
    "see UNEP(DTIE)/Hg/INC.1/9, para. 29 (c) (viii)",
    f"{NOTE}:29.c.viii",
    f"{NOTE} para. 29 (c) (viii)",
    f"{NOTE}.txt, para. 29 (c) (viii)",
    "002 para. 29 (c) (viii)",
]


@pytest.mark.parametrize("reference", SPELLINGS)
def test_spellings_of_one_reference(reference: str) -> None:
    found = resolve(reference, corpus())
    assert (found.document, found.unit, found.reason) == (real("002"), unit(real("002"), "29.c.viii"), "")


@pytest.mark.parametrize(
    ("reference", "number", "tail"),
    [
        ("INC.1/10 para 1", "003", "1"),
        ("INC.1/9 article 12, paragraph 2", "002", "28.quoted2"),
        ("INC.1/9 paragraph 2 of article 12", "002", "28.quoted2"),
        ("Technical assistance plan 2018-2021, V.A.1 (b) (iii)", "004", "sectva1.b.iii"),
        ("technical assistance plan, section V.A.1(b)(iii)", "004", "sectva1.b.iii"),
        ("sect. V.A.1 (b) (iii)", "004", "sectva1.b.iii"),
        ("presidency paper, sect. 1, para. 4", "000", "sect1.unnumberedpara4"),
        ("000, item 2", "000", "sect1.item2"),
        ("footnote 11", "001", "18.c.footnote11"),
        ("001 fn 2", "001", "1.footnote2"),
        ("001, para. 8, national activities (e)", "001", "8.nationalactivities.e"),
        ("004 footnote **", "004", "masthead.block7.footnote**"),
        ("004 section VIX", "004", "sectvix"),
        ("para. 54", "002", "54"),
    ],
)
def test_other_references(reference: str, number: str, tail: str) -> None:
    assert resolve(reference, corpus()).unit == unit(real(number), tail)


@pytest.mark.parametrize(
    "reference", ["UNEP(DTIE)/Hg/INC.1/10", "inc.1/10", "see INC.1/10", "003", "document INC.1/10."]
)
def test_a_document_alone(reference: str) -> None:
    found = resolve(reference, corpus())
    assert (found.document, found.unit, found.reason) == (real("003"), None, "")


@pytest.mark.parametrize(
    "reference",
    [
        *("INC.1/1", "INC.1/1, para. 1", "UNEP(DTIE)/Hg/INC.1/1", "UNEP(DTIE)/Hg/INC.1/1, para. 1", "INC.1/91 para. 2"),
        *("INC.1/9/Add.1", "UNEP(DTIE)/Hg/INC.1/9/Rev.1, para. 2", "XINC.1/9", "ECE/INC.1/9", "INC.1", "INC.11/9"),
    ],
)
def test_a_symbol_never_matches_a_longer_or_shorter_one(reference: str) -> None:
    found = resolve(reference, corpus())
    assert (found.document, found.unit) == (None, None)
    assert found.reason.endswith(".")


def test_a_short_symbol_and_a_longer_one_in_one_corpus() -> None:
    def named(symbol: str) -> Document:
        document = parsed("1. One.\n\n2. Two.\n")
        return replace(document, id=symbol, file=symbol, meta=replace(document.meta, symbol=symbol))

    one, ten = named("XYZ/INC.1/1"), named("XYZ/INC.1/10")
    for both in ([one, ten], [ten, one]):
        assert resolve("XYZ/INC.1/1, para. 2", both).document is one
        assert resolve("XYZ/INC.1/10, para. 2", both).document is ten
        assert resolve("XYZ/INC.1/1 10", both).unit is None


@pytest.mark.parametrize(
    ("reference", "reason"),
    [
        ("  ", "The reference is empty; type a symbol and a paragraph."),
        ("INC.1/9 para. 99", "UNEP(DTIE)/Hg/INC.1/9 has no “para. 99”."),
        ("INC.1/9 paras 20-21", "“paras 20-21” names several paragraphs of UNEP(DTIE)/Hg/INC.1/9; name one."),
        ("SC-1/15", "The corpus does not hold SC-1/15 itself; ask where it is mentioned."),
        ("capacity", "No document of the corpus is called “capacity”; give its symbol, title or file."),
    ],
)
def test_reasons(reference: str, reason: str) -> None:
    assert resolve(reference, corpus()).reason == reason


def test_a_reference_that_fits_several_documents_names_them() -> None:
    found = resolve("para. 26", corpus())
    assert (found.document, found.unit) == (None, None)
    assert found.reason.startswith("“para. 26” fits 3 documents; put one before it: UNEP(DTIE)/Hg/INC.1/9;")


def test_an_empty_corpus_holds_nothing() -> None:
    assert resolve("para. 1", []).reason.startswith("No document")


def test_find_unit_takes_an_ending_only_where_it_is_the_only_one() -> None:
    paper = made("1. One:\n\n(a) A;\n\n(b) B.\n\n2. Two:\n\n(a) C.\n")
    assert find_unit(paper, ["1", "a"]) is unit(paper, "1.a")
    assert find_unit(paper, ["b"]) is unit(paper, "1.b")
    assert find_unit(paper, ["a"]) is None
    assert find_unit(paper, []) is None


def test_find_address_is_strict_about_what_is_typed() -> None:
    paper = real("000")
    found = find_address(paper, "para. 3")
    assert found is unit(paper, "unnumberedpara3")
    assert find_address(paper, "sect. 3") is unit(paper, "sect3")
    assert find_address(paper, "para. 3 of the annex") is None
