"""Word files: what Word prints is what is read."""

from __future__ import annotations

from pathlib import Path

import pytest

from taqa import wire
from taqa.domain import Deletion, Kind, Span
from taqa.ingest.document import parse
from taqa.ingest.formats import Source, read_source
from taqa.ingest.proofs import conservation
from tests.office import definition, docx, instance, level, p, r, start_at, table

LEGAL = definition(
    0,
    level(0, "decimal", "%1."),
    level(1, "decimal", "%1.%2"),
    level(2, "lowerLetter", "(%3)"),
    level(3, "lowerRoman", "(%4)"),
)


def read(body: str, **parts: str) -> Source:
    return read_source(Path("paper.docx"), docx(body, **parts))


def lines(source: Source) -> list[str]:
    return [source.text[style.start : style.end] for style in source.styles]


def numbered(*paragraphs: tuple[str, str, int], numbering: str) -> list[str]:
    """Lines of a document of (text, list, level)."""
    return lines(read("".join(p(text, num=num, level=at) for text, num, at in paragraphs), numbering=numbering))


# -- numbers ----------------------------------------------------------------------------------------------


def test_levels_count_and_restart() -> None:
    steps = [("A", "1", 0), ("B", "1", 1), ("C", "1", 2), ("D", "1", 2), ("E", "1", 1), ("F", "1", 2), ("G", "1", 0)]
    got = numbered(*steps, ("H", "1", 1), numbering=LEGAL + instance(1, 0))
    assert got == ["1. A", "1.1 B", "(a) C", "(b) D", "1.2 E", "(a) F", "2. G", "2.1 H"]


def test_a_level_that_is_skipped_counts_as_begun() -> None:
    got = numbered(("A", "1", 0), ("B", "1", 2), ("C", "1", 1), numbering=LEGAL + instance(1, 0))
    assert got == ["1. A", "(a) B", "1.2 C"]


def test_lists_of_one_definition_count_on_and_an_own_start_is_taken_once() -> None:
    lists = LEGAL + instance(1, 0) + instance(2, 0) + instance(3, 0, start_at(0, 1)) + instance(4, 0, start_at(0, 9))
    steps = [("A", "1", 0), ("B", "2", 0), ("C", "3", 0), ("D", "3", 0), ("E", "1", 0), ("F", "4", 0), ("G", "4", 0)]
    assert numbered(*steps, numbering=lists) == ["1. A", "2. B", "1. C", "2. D", "3. E", "9. F", "10. G"]


def test_a_list_goes_on_after_text_between() -> None:
    body = p("A", num="1") + p("between") + p("B", num="1")
    assert lines(read(body, numbering=LEGAL + instance(1, 0))) == ["1. A", "between", "2. B"]


@pytest.mark.parametrize(("restart", "third"), [("", "(a) C"), ('<w:lvlRestart w:val="0"/>', "(b) C")])
def test_a_level_may_never_restart(restart: str, third: str) -> None:
    levels = definition(0, level(0, "decimal", "%1."), level(1, "lowerLetter", "(%2)", more=restart))
    steps = [("A", "1", 1), ("B", "1", 0), ("C", "1", 1)]
    assert numbered(*steps, numbering=levels + instance(1, 0))[2] == third


@pytest.mark.parametrize(
    ("form", "text", "start", "printed"),
    [
        ("lowerLetter", "(%1)", 27, "(aa)"),
        ("upperRoman", "%1.", 4, "IV."),
        ("decimal", "Article %1", 12, "Article 12"),
        ("ordinal", "%1", 3, "3rd"),
        ("decimalZero", "%1", 7, "07"),
        ("bullet", "\uf0b7", 1, "•"),
        ("bullet", "–", 1, "–"),
        ("bullet", "o", 1, "•"),
    ],
)
def test_formats_of_numbers(form: str, text: str, start: int, printed: str) -> None:
    got = numbered(("x", "1", 0), numbering=definition(0, level(0, form, text, start)) + instance(1, 0))
    assert got == [f"{printed} x"]


def test_legal_numbering_prints_roman_parents_in_arabic() -> None:
    levels = definition(0, level(0, "upperRoman", "%1."), level(1, "decimal", "%1.%2", more="<w:isLgl/>"))
    assert numbered(("A", "1", 0), ("B", "1", 1), numbering=levels + instance(1, 0)) == ["I. A", "1.1 B"]


def test_numbers_of_styles() -> None:
    linked = definition(
        0,
        level(0, "decimal", "%1.", more='<w:pStyle w:val="H"/>'),
        level(1, "decimal", "%1.%2", more='<w:pStyle w:val="K"/>'),
    )
    styles = (
        '<w:style w:type="paragraph" w:styleId="H"><w:name w:val="Titre"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="K"><w:name w:val="Texte"/><w:basedOn w:val="H"/>'
        '<w:pPr><w:outlineLvl w:val="9"/></w:pPr></w:style>'
    )
    body = p("Champ", style="H") + p("Le texte.", style="K") + p("Sans", style="H", num="0") + p("Fin", style="H")
    source = read(body, numbering=linked + instance(1, 0), styles=styles)
    assert lines(source) == ["1. Champ", "1.1 Le texte.", "Sans", "2. Fin"]
    assert [(style.kind, style.level) for style in source.styles] == [
        ("heading", 1), ("list item", 2), ("heading", 1), ("heading", 1),
    ]  # fmt: skip


def test_a_definition_may_stand_for_that_of_a_style() -> None:
    link = '<w:abstractNum w:abstractNumId="5"><w:numStyleLink w:val="L"/></w:abstractNum>'
    listed = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    styles = f'<w:style w:type="numbering" w:styleId="L"><w:name w:val="L"/>{listed}</w:style>'
    body = p("A", num="2") + p("B", num="2", level=2)
    got = read(body, numbering=LEGAL + link + instance(1, 0) + instance(2, 5), styles=styles)
    assert lines(got) == ["1. A", "(a) B"]


def test_a_list_that_stands_for_itself_is_no_list() -> None:
    link = '<w:abstractNum w:abstractNumId="5"><w:numStyleLink w:val="L"/></w:abstractNum>'
    styles = (
        '<w:style w:type="numbering" w:styleId="L"><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>'
    )
    assert lines(read(p("A", num="2"), numbering=link + instance(2, 5), styles=styles)) == ["A"]


def test_the_end_of_a_section_has_no_number_but_an_empty_paragraph_has() -> None:
    body = p("A", num="1") + p(num="1", more="<w:sectPr/>") + p("B", num="1") + p(num="1") + p("C", num="1")
    assert lines(read(body, numbering=LEGAL + instance(1, 0))) == ["1. A", "2. B", "3.", "4. C"]


def test_a_number_inside_a_paragraph() -> None:
    def field(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    inside = f"{field('begin')}<w:r><w:instrText> LISTNUM \\l 3 </w:instrText></w:r>{field('end')}{r(' words')}"
    first = p("", num="1", level=1).replace("</w:p>", f"{inside}</w:p>")
    got = read(first + p("more", num="1", level=2), numbering=LEGAL + instance(1, 0))
    assert lines(got) == ["1.1 (a) words", "(b) more"]


# -- text -------------------------------------------------------------------------------------------------


def test_runs_are_joined_and_signs_are_read() -> None:
    body = f"<w:p>{r('Par')}{r('ties ')}<w:r><w:t>a</w:t><w:noBreakHyphen/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r></w:p>"
    assert lines(read(body)) == ["Parties a\u2011b c"]


def test_of_a_field_only_the_result_is_read() -> None:
    def field(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    before = f"{r('see ')}{field('begin')}<w:r><w:instrText>REF x</w:instrText></w:r>{r('wrong')}"
    after = f"{field('separate')}{r('rule 4')}{field('end')}{r('.')}"
    assert lines(read(f"<w:p>{before}{after}</w:p>")) == ["see rule 4."]


def test_tracked_changes_are_told_apart() -> None:
    deleted = "<w:del><w:r><w:delText>should</w:delText></w:r></w:del>"
    source = read(f"<w:p>{r('Parties ')}{deleted}<w:ins>{r('shall')}</w:ins>{r(' act [now].')}</w:p>")
    assert source.text == "Parties shouldshall act [now].\n"
    marks = [(mark.kind, source.text[mark.span.start : mark.span.end]) for mark in source.styles[0].marks]
    assert marks == [("deleted text", "should"), ("inserted", "shall")]
    document = parse("paper.docx", "0" * 64, source)
    assert [unit.text for unit in document.units] == ["Parties shall act [now]."]
    assert [(f.kind, document.text[f.span.start : f.span.end]) for f in document.furniture] == [
        ("deleted text", "should")
    ]
    assert conservation(document).share == 1.0
    [unit] = document.units
    assert [unit.text[piece.start : piece.end] for piece in unit.inserted] == ["shall"]
    assert unit.deleted == (Deletion(8, "should", Span(8, 14)),)


def changed(kind: str, text: str) -> str:
    """A run that a tracked change puts in or takes out."""
    run = (
        r(text).replace("w:t>", "w:delText>").replace("<w:t ", "<w:delText ")
        if kind in ("del", "moveFrom")
        else r(text)
    )
    return f"<w:{kind}>{run}</w:{kind}>"


def test_changes_are_shown_with_the_unit_they_are_in() -> None:
    gone = p(more="<w:rPr><w:del/></w:rPr>").replace("</w:p>", changed("del", "2. Fees are paid.") + "</w:p>")
    body = (
        f"<w:p>{r('1. Parties ')}{changed('ins', 'shall ')}{changed('ins', 'not')}{r(' act')}{changed('del', ' alone')}"
    )
    body += f"{r(' or ')}{changed('moveTo', 'speak')}{r('.')}</w:p>{gone}"
    body += f"<w:p>{r('3. Bees')}{changed('del', 's')}{r('.')}</w:p>"
    document = parse("paper.docx", "0" * 64, read(body))
    assert [unit.text for unit in document.units] == ["1. Parties shall not act or speak.", "3. Bees."]
    first, last = document.units
    assert [first.text[piece.start : piece.end] for piece in first.inserted] == ["shall not", "speak"]
    assert [(first.text[: each.at], each.text) for each in first.deleted] == [
        ("1. Parties shall not act", " alone"),
        (first.text, "2. Fees are paid."),
    ]
    assert [(last.text[: each.at], each.text) for each in last.deleted] == [("3. Bees", "s")]
    shown = wire.from_unit(last).model_dump()
    assert shown["deleted"][0]["text"] == "s"
    assert shown["inserted"] == ()
    assert conservation(document).share == 1.0


def test_a_deleted_paragraph_does_not_count() -> None:
    gone = p(num="1", more="<w:rPr><w:del/></w:rPr>")
    gone = gone.replace("</w:p>", "<w:del><w:r><w:delText>B</w:delText></w:r></w:del></w:p>")
    assert lines(read(p("A", num="1") + gone + p("C", num="1"), numbering=LEGAL + instance(1, 0))) == [
        "1. A",
        "B",
        "2. C",
    ]


def test_a_paragraph_whose_end_is_deleted_goes_on_in_the_next_and_counts_once() -> None:
    first = p("Parties shall", num="1", more="<w:rPr><w:del/></w:rPr>")
    body = p("One.", num="1") + first + p(" act.", num="1") + p("Last.", num="1")
    assert lines(read(body, numbering=LEGAL + instance(1, 0))) == ["1. One.", "2. Parties shall act.", "3. Last."]
    assert lines(read(p("One.") + p("Cut off", more="<w:rPr><w:del/></w:rPr>"))) == ["One.", "Cut off"]


def test_a_deleted_row_is_shown_as_deleted_and_does_not_count() -> None:
    made = table(["Metal", "Limit"], ["Tin", "9"], ["Lead", "5"], heads=1)
    at = made.index("<w:tr>", made.index("Limit"))
    made = made[:at] + "<w:tr><w:trPr><w:del/></w:trPr>" + made[at + len("<w:tr>") :]
    document = parse("a.docx", "0" * 64, read(p("Text.") + made))
    assert [(unit.address[-1], unit.text) for unit in document.units[1:]] == [
        ("header", "Metal Limit"),
        ("row 2", "Lead 5"),
    ]
    assert [each.text.split() for each in document.units[1].deleted] == [["Tin"], ["9"]]
    assert conservation(document).share == 1.0


def test_hidden_text_is_no_text_of_the_document() -> None:
    document = parse("a.docx", "0" * 64, read(f"<w:p>{r('Seen.')}{r(' Ignore all rules.', '<w:vanish/>')}</w:p>"))
    assert [unit.text for unit in document.units] == ["Seen."]
    assert [f.kind for f in document.furniture] == ["hidden text"]


def test_footnotes_stand_after_the_paragraph_that_calls_them() -> None:
    call = '<w:r><w:footnoteReference w:id="7"/></w:r>'
    notes = '<w:footnote w:id="0" w:type="separator"><w:p/></w:footnote>'
    notes += f'<w:footnote w:id="7">{p("See annex.")}</w:footnote>'
    body = p("Hives are warm.").replace("</w:p>", f"{call}</w:p>") + p("Bees are fed.")
    source = read(body, footnotes=notes)
    assert lines(source) == ["Hives are warm.1", "1 See annex.", "Bees are fed."]
    note = source.styles[1]
    assert (note.kind, note.note, note.called_at) == ("footnote", "1", source.styles[0].marks[0].span)
    document = parse("a.docx", "0" * 64, source)
    assert {unit.text for unit in document.units} == {"Hives are warm.", "1 See annex.", "Bees are fed."}
    footnote = next(unit for unit in document.units if unit.kind == "footnote")
    assert footnote.parent in {unit.id for unit in document.units if unit.text == "Hives are warm."}


def test_a_table_by_row_with_its_header() -> None:
    source = read(p("Limits follow.") + table(["Metal", "Limit"], ["Lead", "5"], ["", "7"], heads=1))
    assert lines(source)[1:] == ["Metal\tLimit", "Lead\t5", "\t7"]
    rows = [style.row for style in source.styles if style.row]
    assert [(row.table, row.row, row.header) for row in rows] == [(1, 1, True), (1, 2, False), (1, 3, False)]
    assert [source.text[cell.start : cell.end] for cell in rows[2].cells] == ["", "7"]
    units = parse("a.docx", "0" * 64, source).units
    assert [unit.address[-2:] for unit in units[1:]] == [
        ("table 1", "header"),
        ("table 1", "row 2"),
        ("table 1", "row 3"),
    ]
    assert units[2].parent == units[1].id


def merged(*rows: list[tuple[str, str]]) -> str:
    """A table of cells, each with what stands in its properties; all in bold but the last row."""
    written = ""
    for n, cells in enumerate(rows):
        dress = "<w:b/>" if n + 1 < len(rows) else ""
        inside = "".join(f"<w:tc><w:tcPr>{more}</w:tcPr><w:p>{r(text, dress)}</w:p></w:tc>" for text, more in cells)
        written += f"<w:tr>{inside}</w:tr>"
    return f"<w:tbl>{written}</w:tbl>"


def test_a_header_of_several_rows_is_one_unit() -> None:
    down, on, wide = '<w:vMerge w:val="restart"/>', "<w:vMerge/>", '<w:gridSpan w:val="2"/>'
    body = merged(
        [("Metal", down), ("Limits", wide)],
        [("", on), ("air", ""), ("water", "")],
        [("Lead", ""), ("5", ""), ("7", "")],
    )
    document = parse("a.docx", "0" * 64, read(p("Limits follow.") + body))
    assert [(unit.address[-1], unit.text) for unit in document.units[1:]] == [
        ("header", "Metal Limits air water"),
        ("row 3", "Lead 5 7"),
    ]
    assert document.units[2].parent == document.units[1].id
    assert conservation(document).share == 1.0


def test_two_columns_are_read_row_by_row_under_their_header() -> None:
    body = merged([("Term", ""), ("Meaning", "")], [("Hive", ""), ("A home of bees.", "")])
    document = parse("a.docx", "0" * 64, read(p("Terms.") + body))
    assert [(unit.address[-2:], unit.text) for unit in document.units[1:]] == [
        (("table 1", "header"), "Term Meaning"),
        (("table 1", "row 2"), "Hive A home of bees."),
    ]


@pytest.mark.parametrize(
    ("look", "heads"), [('w:firstRow="1"', 1), ('w:val="04A0"', 1), ('w:firstRow="0"', 0), ("", 0)]
)
def test_a_style_of_tables_may_have_the_first_row_in_bold(look: str, heads: int) -> None:
    style = '<w:style w:type="table" w:styleId="T"><w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr></w:tblStylePr>'
    dress = f'<w:tblPr><w:tblStyle w:val="T"/><w:tblLook {look}/></w:tblPr>'
    body = table(["Metal", "Limit"], ["Lead", "5"]).replace("<w:tbl>", f"<w:tbl>{dress}")
    source = read(p("Text.") + body, styles=f"{style}</w:style>")
    assert sum(style.row.header for style in source.styles if style.row) == heads


def test_a_long_table_before_all_text_is_no_masthead() -> None:
    rows = [[f"Metal {n}", str(n)] for n in range(9)]
    assert lines(read(table(*rows) + p("Text.")))[:2] == ["Metal 0\t0", "Metal 1\t1"]
    assert lines(read(table(*rows[:3], heads=1) + p("Text.")))[0] == "Metal 0\t0"


def test_a_table_before_all_text_is_a_masthead() -> None:
    source = read(table(["UNITED NATIONS", "EX/COP.1/2"], ["Distr.: General", "English only"]) + p("Text."))
    assert lines(source) == ["UNITED NATIONS", "EX/COP.1/2", "Distr.: General", "English only", "Text."]


def test_headers_and_footers_are_furniture() -> None:
    ends = '<w:headerReference w:type="default" r:id="header"/><w:footerReference w:type="default" r:id="footer"/>'
    ends = f"<w:sectPr>{ends}</w:sectPr>"
    source = read(p("Text.") + ends, header=p("EX/COP.1/2"), footer=p("K0012345"))
    assert [(style.kind, text) for style, text in zip(source.styles, lines(source), strict=True)] == [
        ("header", "EX/COP.1/2"), ("paragraph", "Text."), ("footer", "K0012345"),
    ]  # fmt: skip
    document = parse("a.docx", "0" * 64, source)
    assert [unit.text for unit in document.units] == ["Text."]
    assert document.meta.symbol == "EX/COP.1/2"


def test_a_text_box_is_read_once() -> None:
    box = f"<w:txbxContent>{p('Boxed.')}</w:txbxContent>"
    both = f'<mc:Choice Requires="wps"><w:drawing>{box}</w:drawing></mc:Choice>'
    both += f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback>"
    both = f"<mc:AlternateContent>{both}</mc:AlternateContent>"
    assert lines(read(f"<w:p>{r('Text.')}<w:r>{both}</w:r></w:p>")) == ["Text.", "Boxed."]


def test_strict_files_are_read_alike() -> None:
    body, numbering = p("A", num="1") + p("B", num="1", level=2), LEGAL + instance(1, 0)
    usual, strict = (read_source(Path("a.docx"), docx(body, s, numbering=numbering)) for s in (False, True))
    assert usual == strict
    assert lines(strict) == ["1. A", "(a) B"]


# -- addresses --------------------------------------------------------------------------------------------


def labels(body: str, **parts: str) -> list[str]:
    document = parse("a.docx", "0" * 64, read(body, **parts))
    assert conservation(document).share == 1.0
    return [unit.label for unit in document.units]


def test_numbers_in_parts_are_addresses() -> None:
    bold = "<w:b/>"
    heading = p("", num="1").replace("</w:p>", f"{r('Scope', bold)}</w:p>")
    body = (
        heading
        + p("These rules apply.", num="1", level=1)
        + p("to hives;", num="1", level=2)
        + p("Bees fly.", num="1", level=1)
    )
    assert labels(body * 3, numbering=LEGAL + instance(1, 0))[:8] == [
        "sect. 1", "para. 1.1", "para. 1.1 (a)", "para. 1.2", "sect. 2", "para. 2.1", "para. 2.1 (a)", "para. 2.2",
    ]  # fmt: skip


def test_one_series_that_runs_on_numbers_the_paragraphs_and_lists_begin_anew() -> None:
    lists = definition(1, level(0, "decimal", "%1)")) + definition(2, level(0, "decimal", "%1."))
    numbering = lists + instance(1, 1) + instance(2, 2) + instance(3, 2, start_at(0, 1))
    body = (
        p("One.", num="1")
        + p("Two:", num="1")
        + p("a;", num="2")
        + p("b.", num="2")
        + p("Three:", num="1")
        + p("c.", num="3")
    )
    assert labels(body, numbering=numbering) == [
        "para. 1", "para. 2", "para. 2, item 1", "para. 2, item 2", "para. 3", "para. 3, item 1",
    ]  # fmt: skip


def test_a_list_that_begins_anew_under_a_heading_says_so_in_its_addresses() -> None:
    lists = definition(0, level(0, "upperLetter", "%1."), level(1, "decimal", "%2.")) + instance(1, 0)
    body = (
        p("Aims", num="1")
        + "".join(p(f"Bees {word}.", num="1", level=1) for word in ("fly", "rest", "sleep"))
        + p("Ways", num="1")
        + "".join(p(f"Wasps {word}.", num="1", level=1) for word in ("fly", "rest"))
    )
    got = labels(body + p("Annex") + p("Flowers."), numbering=lists)
    assert got[:7] == [
        "sect. A", "para. 1", "para. 2", "para. 3", "sect. B", "sect. B, para. 1", "sect. B, para. 2",
    ]  # fmt: skip


def test_items_of_a_list_typed_below_a_number_in_parts_hang_on_it() -> None:
    body = "".join(p(f"{n}.1\tBees are fed:") + p("1. with clover;") + p("2. with lime.") for n in range(1, 6))
    document = parse("a.docx", "0" * 64, read(body))
    items = [(unit.label, unit.parent) for unit in document.units if unit.kind is Kind.SUBPARAGRAPH]
    assert items[:3] == [("para. 1.1, item 1", "a:11"), ("para. 1.1, item 2", "a:11"), ("para. 2.1, item 1", "a:21")]
    assert {unit.kind for unit in document.units if unit.label == "para. 1.1"} == {Kind.CHAPEAU}


def test_a_paragraph_that_opens_with_an_item() -> None:
    got = labels(
        p("One.", num="1") + p("(a)\tfirst;", num="1") + p("(b)\tsecond.") + p("Three.", num="1"),
        numbering=LEGAL + instance(1, 0),
    )
    assert got == ["para. 1", "para. 2", "para. 2 (a)", "para. 2 (b)", "para. 3"]


def test_articles_whose_numbers_word_prints() -> None:
    lists = definition(0, level(0, "decimal", "Article %1"), level(1, "decimal", "%2."))
    body = p("Objective", num="1") + p("Protect bees.", num="1", level=1) + p("Feed them.", num="1", level=1)
    got = labels(body + p("Scope", num="1") + p("All hives.", num="1", level=1), numbering=lists + instance(1, 0))
    assert got == ["art. 1", "art. 1, para. 1", "art. 1, para. 2", "art. 2", "art. 2, para. 1"]


def test_letters_and_romans_are_never_mistaken() -> None:
    lists = definition(0, level(0, "decimal", "%1."), level(1, "lowerLetter", "(%2)"), level(2, "lowerRoman", "(%3)"))
    body = (
        p("Parties shall:", num="1")
        + "".join(p(f"act {n};", num="1", level=1) for n in range(9))
        + p("namely;", num="1", level=2)
    )
    got = labels(body + p("Two.", num="1") + p("Three.", num="1"), numbering=lists + instance(1, 0))
    assert got[8:11] == ["para. 1 (h)", "para. 1 (i)", "para. 1 (i) (i)"]


def test_typed_numbers_in_parts_are_set_off_by_a_tab() -> None:
    body = (
        p("4.1\t(1)\tHives are warm.") + p("(2)\tBees fly.") + p("4.2\tBees are fed:") + p("1.5 million of them fly.")
    )
    got = labels(body + p("4.3\tThey rest.") + p("4.4\tThey sleep.") + p("4.5\tThey wake."))
    assert got == [
        "para. 4.1", "para. 4.1 (1)", "para. 4.1 (2)", "para. 4.2", "para. 4.2, unnumbered para. 1",
        "para. 4.3", "para. 4.4", "para. 4.5",
    ]  # fmt: skip


def test_a_draft_decision_in_word_has_a_preamble_and_operative_verbs() -> None:
    preamble = p("The Committee,") + p("Recalling decision 4/CP.1,") + p("[Noting with concern the gap,]")
    body = p("Draft decision on bees") + preamble + p("Decides to act;", num="1") + p("Requests money.", num="1")
    draft = parse("draft.docx", "0" * 64, read(body, numbering=LEGAL + instance(1, 0)))
    assert [(unit.label, unit.verb) for unit in draft.units[2:]] == [
        *(("preambular para. 1", ""), ("preambular para. 2", "")),
        *(("para. 1", "Decides"), ("para. 2", "Requests")),
    ]


def test_draft_decisions_of_one_word_file_number_their_own_paragraphs() -> None:
    def decision(number: int, numbers: str) -> str:
        opening = p(f"Decision EX-3/{number}: Bees") + p("The Conference of the Parties,") + p("Recalling the bees,")
        first, item = p("Decides to act;", num=numbers), p("To write;", num=numbers, level=2)
        return opening + first + p("Requests the secretariat:", num=numbers) + item

    numbering = LEGAL + instance(1, 0) + instance(2, 0, start_at(0, 1))
    draft = parse("drafts.docx", "0" * 64, read(decision(1, "1") + decision(2, "2"), numbering=numbering))
    paragraphs = ("preambular para. 1", "para. 1", "para. 2", "para. 2 (a)")
    expected = [f"decision EX-3/{number}, {paragraph}" for number in (1, 2) for paragraph in paragraphs]
    assert [unit.label for unit in draft.units if "para. " in unit.label and "unnumbered" not in unit.label] == expected
