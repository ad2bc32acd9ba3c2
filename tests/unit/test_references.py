"""References: recognised, folded, printed, resolved."""

from __future__ import annotations

import re
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
    under,
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
        ("as approved in its resolution 58/318 of 2004; 58/319", [("decision", "58/318")]),
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
    "UNEP(DTIE)/Hg/INC.1/9, paragraph 29, sub-paragraph (c), item (viii)",
    "UNEP(DTIE)/Hg/INC.1/9, paras. 29 (c) (viii).",
    "UNEP(DTIE)/Hg/INC.1/9 ¶ 29 (c) (viii)",
    "UNEP(DTIE)/Hg/INC.1/9 §29 (c) (viii)",
    "UNEP(DTIE)/Hg/INC.1/9: 29.c.viii",
    "UNEP(DTIE)/Hg/INC.1/9 29 (c) (viii)",
    "UNEP(DTIE)/Hg/INC.1/9 para. 29c(viii)",
    "UNEP(DTIE)/Hg/INC.1/9 para 29 c) viii)",
    "UNEP(DTIE)/Hg/INC.1/9, para. 29 [c] [viii]",
    "UNEP[DTIE]/Hg/INC.1/9, para. 29 (c) (viii)",
    "UNEP-DTIE-Hg-INC.1-9 para 29 (c) (viii)",
    "UNEP‑(DTIE)/Hg/INC.1/9, para. 29 (c) (viii)",
    "unep dtie hg inc 1 9 para 29 c viii",
    "unep/dtie/hg/inc.1/9 29 c viii",
    "unep_dtie_hg_inc_1_9 para 29 c viii",
    "Hg/INC.1/9, para. 29 (c) (viii)",
    "INC.1/9, 29.c.viii",
    "INC.1/9 29 c viii",
    "INC 1/9 29 c viii",
    "inc 1 9 §29 c viii",
    "INC1/9 par. 29 (c) (viii)",
    "inc.1/9: para 29 (c) (viii)",
    "para. 29 (c) (viii) of UNEP(DTIE)/Hg/INC.1/9",
    "paragraph 29 (c) (viii) of document INC.1/9",
    "subparagraph (c) (viii) of paragraph 29 of INC.1/9",
    "item (viii) of subparagraph (c) of paragraph 29 of the document INC.1/9",
    "see UNEP(DTIE)/Hg/INC.1/9, para. 29 (c) (viii)",
    "(UNEP(DTIE)/Hg/INC.1/9, para. 29 (c) (viii))",
    "“UNEP(DTIE)/Hg/INC.1/9, para. 29 (c) (viii)”",
    "[3] UNEP(DTIE)/Hg/INC.1/9, para. 29 (c) (viii)",
    "UNEP(DTIE)/Hg/INC.1/9, sect. I.D, para. 29 (c) (viii)",
    "UNEP/CHW.13/17-UNEP(DTIE)/Hg/INC.1/9, para. 29 (c) (viii)",
    f"{NOTE}:29.c.viii",
    f"{NOTE} para. 29 (c) (viii)",
    f"{NOTE}.txt, para. 29 (c) (viii)",
    "002 para. 29 (c) (viii)",
]


@pytest.mark.parametrize("reference", SPELLINGS)
def test_spellings_of_one_reference(reference: str) -> None:
    found = resolve(reference, corpus())
    assert (found.reason, [place.unit.id for place in found.found]) == ("", [f"{NOTE}:29.c.viii"])
    assert found.document is real("002")


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
        *("inc 1 99", "inc 1 1", "INC.1/2", "INC.1/21", "INC.19", "INC.1.99", "inc 1 9 add 1", "INC.1/9 (Rev.1)"),
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
    ("reference", "found"),
    [
        ("INC.1/9, paras. 20-21", "002:20 002:21"),
        ("INC.1/9 20–22", "002:20 002:21 002:22"),
        ("INC.1/9, paragraphs 2 to 4", "002:2 002:3 002:4"),
        ("paragraphs 2 through 4 of INC.1/9", "002:2 002:3 002:4"),
        ("INC.1/9 paras 3 and 5", "002:3 002:5"),
        ("INC.1/9 §§3, 5 & 7-9", "002:3 002:5 002:7 002:8 002:9"),
        ("INC.1/9, para. 5 and para. 3", "002:5 002:3"),
        ("INC.1/9, paras. 53 to para. 54", "002:53 002:54"),
        ("INC.1/9, paras 28-30", "002:28 002:29 002:30"),
        ("INC.1/9, para. 29 (a)-(c)", "002:29.a 002:29.b 002:29.c"),
        ("INC.1/9, para. 29 (a) to (c)", "002:29.a 002:29.b 002:29.c"),
        ("INC.1/9, para. 29 (l), (m) and 30", "002:29.l 002:29.m 002:30"),
        ("INC.1/9, para. 29 (c) (i) and (ii)", "002:29.c.i 002:29.c.ii"),
        ("001 paras 8-9", "001:8 001:9"),
        ("see paras. 20-21 of INC.1/9 above", "002:20 002:21"),
        ("INC.1/9, sect. I.A-C", "002:sectia 002:sectib 002:sectic"),
        ("INC.1/9 para 29 a, b and c", "002:29.a 002:29.b 002:29.c"),
        ("INC.1/10, sections A-C", "003:secta 003:sectb 003:sectc"),
        ("004 sections I-III", "004:secti 004:sectii 004:sectiii"),
        ("004 sections V.A.1 and V.A.2", "004:sectva1 004:sectva2"),
        ("004, sect. V.A.1 (a) (i) to (iii)", "004:sectva1.a.i 004:sectva1.a.ii 004:sectva1.a.iii"),
        ("001 footnotes 2-4", "001:1.footnote2 001:7.footnote3 001:8.regionalactivities.b.footnote4"),
        ("000, sect. 1, items 1 and 2", "000:sect1.item1 000:sect1.item2"),
        ("INC.1/9, para. 3; INC.1/10, para. 5", "002:3 003:5"),
        ("para. 3 of INC.1/9 and para. 5 of INC.1/10", "002:3 003:5"),
    ],
)
def test_ranges_and_lists(reference: str, found: str) -> None:
    assert tails_of(reference) == found


def tails_of(reference: str) -> str:
    """The units that a reference means, as the number of the file and the end of the id."""
    resolved = resolve(reference, corpus())
    assert bool(resolved.found) != bool(resolved.reason), resolved
    return " ".join(f"{place.document.file[:3]}:{place.unit.id.partition(':')[2]}" for place in resolved.found)


@pytest.mark.parametrize(
    ("reference", "found"),
    [
        ("INC.1/9, section D", "002:sectid"),
        ("INC.1/9, section I, section D", "002:sectid"),
        ("section I-D of INC.1/9", "002:sectid"),
        ("sect. III.B, 001", ""),
        ("001 sect. III.B", "001:sectiiib"),
        ("001, chapter 3", "001:sectiii"),
        ("001, third chapter", "001:sectiii"),
        ("000, section II", "000:sect2"),
        ("004 annex", "004:annex"),
        ("004, annex, para. 5", "004:5"),
        ("annex to the technical assistance plan", "004:annex"),
        ("004, section II, para. 9 (a)", "004:9.a"),
        ("001 footnote 4", "001:8.regionalactivities.b.footnote4"),
        ("001 fn 4", "001:8.regionalactivities.b.footnote4"),
        ("001, footnote 4 to para. 8", "001:8.regionalactivities.b.footnote4"),
        ("000, third unnumbered paragraph", "000:unnumberedpara3"),
        ("000, 2nd bullet of unnumbered para. 1 of section 3", "000:sect3.unnumberedpara1.bullet2"),
    ],
)
def test_sections_notes_and_what_taqa_counts(reference: str, found: str) -> None:
    if found:
        assert tails_of(reference) == found
    else:
        assert resolve(reference, corpus()).unit is None


@pytest.mark.parametrize(
    ("reference", "found"),
    [
        ("article 14 of the Basel Convention", "002:4.quotedprovision 003:7.quotedprovision"),
        ("Basel Convention, art. 14, para. 1", "002:4.quotedprovision 003:7.quotedprovision"),
        ("paragraph 1 of article 14 of the Basel Convention", "002:4.quotedprovision 003:7.quotedprovision"),
        ("INC.1/10, Basel Convention, article 14", "003:7.quotedprovision"),
        ("art. 14 (1) of the Basel Convention as quoted in INC.1/10", "003:7.quotedprovision"),
        ("paragraph 3 of article 12 of the Stockholm Convention", "002:28.quoted3"),
        ("art 12(2) stockholm convention", "002:28.quoted2"),
        ("Stockholm Convention article 12.2", "002:28.quoted2"),
        ("Stockholm Convention, art. 12, paras. 2-3", "002:28.quoted2 002:28.quoted3"),
        ("INC.1/9, paragraphs 2–4 of article 12", "002:28.quoted2 002:28.quoted3 002:28.quoted4"),
        ("INC.1/9, para. 4 (quoting art. 14, para. 1)", "002:4.quotedprovision"),
        ("INC.1/9, para. 4 (quoting Basel Convention, art. 14, para. 1)", "002:4.quotedprovision"),
    ],
)
def test_provisions_that_are_quoted(reference: str, found: str) -> None:
    assert tails_of(reference) == found


@pytest.mark.parametrize(
    "reference",
    [
        "article 14 of the Stockholm Convention",
        "article 16 of the Rotterdam Convention",
        "Basel Convention, art. 14, para. 2",
        "article 12, paragraph 2 (a), of the Stockholm Convention",
        "INC.1/9, para. 4 (quoting Stockholm Convention, art. 14, para. 1)",
        "INC.1/9, para. 5 (quoting Basel Convention, art. 14, para. 1)",
        "INC.1/9 art. 9",
        "article 9",
    ],
)
def test_another_provision_is_never_put_in_its_place(reference: str) -> None:
    found = resolve(reference, corpus())
    assert found.found == ()
    assert found.reason.endswith(".")


HELD = "UNEP(DTIE)/Hg/INC.1/9"


@pytest.mark.parametrize(
    ("reference", "reason"),
    [
        ("  ", "The reference is empty; type a symbol and a paragraph."),
        ("?!", "The reference is empty; type a symbol and a paragraph."),
        ("INC.1/9 para. 99", f"{HELD} has no “para. 99”; it has para. 1 to para. 54."),
        ("INC.1/9 " * 200, "The reference is longer than 1,000 characters; type a symbol and a paragraph."),
        ("INC.1/9 99", f"{HELD} has no “99”; it has para. 1 to para. 54."),
        ("INC.1/9 paras 50-60", f"{HELD} has no “para. 60”; it has para. 1 to para. 54."),
        ("INC.1/9 para. 29 (z)", f"{HELD} has no “para. 29 (z)”; it has para. 29 (a) to para. 29 (m)."),
        ("INC.1/9 section K", f"{HELD} has no “section K”; it has sect. I."),
        ("INC.1/9 sect. I.E, para. 30", f"{HELD} has no “sect. I.E, para. 30”; the nearest is para. 30."),
        ("INC.1/9 pargraph 29", f"{HELD} has no “pargraph 29”; the nearest is para. 29."),
        (
            "INC.1/9 and INC.1/10",
            "“INC.1/9 and INC.1/10” names several documents as a whole; name one, or a paragraph of each.",
        ),
        (
            "INC.1/9-UNEP(DTIE)/Hg/INC.1/10, para. 3",
            f"“INC.1/9-UNEP(DTIE)/Hg/INC.1/10, para. 3” fits 2 documents; name one: {HELD}; UNEP(DTIE)/Hg/INC.1/10.",
        ),
        ("INC.1/9, page 3", f"Pages are not cited; name a paragraph of {HELD}."),
        ("INC.1/9 paras 22-20", "“paras 22-20” runs backwards; put the first paragraph first."),
        (
            "INC.1/9 (a)",
            f"“(a)” fits 4 places of {HELD}; name one: para. 6 (a); para. 29 (a); para. 42 (a); para. 43 (a).",
        ),
        (
            "UNPE(DTIE)/Hg/INC.1/9 para 29",
            "The corpus neither holds nor mentions UNPE(DTIE)/Hg/INC.1/9; the nearest that it holds is "
            f"{HELD}, para. 29.",
        ),
        (
            "tecnical asistance plan para 9",
            "No document of the corpus is called “tecnical asistance plan para 9”; the nearest that it holds is "
            "Technical assistance plan 2018–2021, para. 9.",
        ),
        (
            "ece inc 1 9 para 3",
            f"No document of the corpus is called “ece inc 1 9 para 3”; the nearest that it holds is {HELD}, para. 3.",
        ),
        ("18/Add.1", "No document of the corpus is called “18/Add.1”; give its symbol, title or file."),
        ("Fccc/Cp/2015/99/Add.1", "The corpus neither holds nor mentions Fccc/Cp/2015/99/Add.1."),
        ("fccc/cp/2015/99/add.1", "The corpus neither holds nor mentions FCCC/CP/2015/99/ADD.1."),
        ("SC-9/99", "The corpus neither holds nor mentions decision SC-9/99."),
        ("capacity", "No document of the corpus is called “capacity”; give its symbol, title or file."),
        (
            "article 16 of the Rotterdam Convention",
            "The corpus does not quote “article 16 of the Rotterdam Convention”; ask what is said of it instead.",
        ),
    ],
)
def test_reasons(reference: str, reason: str) -> None:
    assert (resolve(reference, corpus()).reason, resolve(reference, corpus()).found) == (reason, ())


@pytest.mark.parametrize(
    "reference", ["SC-1/15", "decision SC-1/15", "decision sc 1/15", "sc‑1/15", "Decision SC 1 15"]
)
def test_a_decision_that_is_only_mentioned_says_how_often(reference: str) -> None:
    count = sum(len(re.findall(r"\bSC[-‑]1/15\b", unit.text)) for document in corpus() for unit in document.units)
    assert count > 1
    assert (
        resolve(reference, corpus()).reason.replace("‑", "-").upper()
        == (
            f"The corpus does not hold decision SC-1/15 itself but mentions it in {count} places; "
            "ask “Where is decision SC-1/15 mentioned?” to see them."
        ).upper()
    )


@pytest.mark.parametrize("document", corpus(), ids=lambda document: document.file[:3])
def test_every_label_that_is_printed_leads_to_its_own_unit_and_no_other(document: Document) -> None:
    for own in document.units:
        printed = f"{document.name}, {own.label}"
        for reference in (
            printed,
            f"[12] {printed} (counted by TAQA, not printed)",
            f"“{printed}”.",
            printed.replace("-", "‑").replace(" ", "\u00a0"),
            f"{document.id}: {own.label}",
            own.id,
        ):
            found = resolve(reference, corpus())
            assert [(place.document, place.unit.id) for place in found.found] == [(document, own.id)], reference


def test_a_treaty_named_like_a_document_is_still_looked_for_where_it_is_quoted() -> None:
    titled = replace(made("1. One.\n"), id="plan", meta=replace(real("003").meta, symbol="", aliases=(), title="",
        cited_as="Stockholm Convention plan"))  # fmt: skip
    found = resolve("article 12, para. 3, of the Stockholm Convention", [titled, *corpus()])
    assert [place.unit.id for place in found.found] == [f"{NOTE}:28.quoted3"]


def test_an_address_that_is_printed_twice_means_both_places() -> None:
    paper = made("1. One.\n\n2. Two.\n\n3. Three.\n")
    twice = replace(paper, units=(*paper.units, replace(paper.units[1], id="made:2~2")))
    assert [place.unit.id for place in resolve("made.txt para. 2", [twice]).found] == ["made:2", "made:2~2"]


def test_a_lettered_section_is_not_taken_for_a_roman_one() -> None:
    assert resolve("INC.1/10 section 9", corpus()).unit is None
    assert resolve("INC.1/10 section I", corpus()).unit is unit(real("003"), "secti")


def test_what_stands_under_a_unit() -> None:
    assert [unit.label for unit in under(real("003"), unit(real("003"), "sectd"))] == ["para. 20"]
    assert [unit.label for unit in under(real("002"), unit(real("002"), "29.d"))] == [
        *("para. 29 (d) (i)", "para. 29 (d) (ii)"),
    ]
    assert under(real("002"), unit(real("002"), "54")) == ()


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
