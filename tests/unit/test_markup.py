"""HTML, OpenDocument and Akoma Ntoso files: text, numbers, headings, tables, notes."""

from __future__ import annotations

from pathlib import Path

import pytest

from taqa.errors import Unsupported
from taqa.ingest.document import parse
from taqa.ingest.formats import Source, read_source
from taqa.ingest.proofs import conservation
from tests.office import odt


def lines(source: Source) -> list[str]:
    return [source.text[style.start : style.end] for style in source.styles]


def kinds(source: Source) -> list[tuple[str, int]]:
    return [(style.kind, style.level) for style in source.styles]


def html(body: str, name: str = "page.html") -> Source:
    return read_source(Path(name), f"<!doctype html><html><body>{body}</body></html>".encode())


# -- HTML -------------------------------------------------------------------------------------------------


def test_html_without_what_is_no_text_of_it() -> None:
    body = "<nav>Home</nav><script>x()</script><style>p{}</style><h2>Scope</h2><p>All <b>hives</b>\n are<br>warm.</p>"
    source = html(body + "<p hidden>Not this</p><p style='display: none'>nor this</p>loose <i>text</i>")
    assert lines(source) == ["Scope", "All hives are warm.", "loose text"]
    assert kinds(source) == [("heading", 2), ("paragraph", 0), ("paragraph", 0)]


def test_html_lists_have_the_numbers_that_a_browser_prints() -> None:
    inner = "<ol type=a><li>one</li><li>two</li></ol>"
    body = f"<ol start=3><li>A{inner}</li><li value=7>B</li><li>C</li></ol><ul><li><p>D</p><p>E</p></li></ul>"
    body += "<ol type=I reversed><li>F</li><li>G</li></ol><ol style='list-style-type: lower-roman'><li>H</li></ol>"
    assert lines(html(body)) == [
        "3. A", "a. one", "b. two", "7. B", "8. C", "• D", "E", "II. F", "I. G", "i. H",
    ]  # fmt: skip


def test_lists_that_print_a_stop_are_cited_in_brackets() -> None:
    inner = "<ol type=i><li>in winter;</li><li>in summer.</li></ol>"
    body = f"<ol><li>Each State shall:<ol type=a><li>plant;</li><li>spare hives:{inner}</li></ol></li>"
    source = html(body + "<li>Bees rest.</li><li>Wasps do not.</li></ol>")
    document = parse("page.html", "0" * 64, source)
    units = {unit.label: unit.text for unit in document.units}
    assert list(units) == [
        *("para. 1", "para. 1 (a)", "para. 1 (b)", "para. 1 (b) (i)", "para. 1 (b) (ii)", "para. 2", "para. 3"),
    ]
    assert units["para. 1 (b)"] == "b. spare hives:"
    assert units["para. 1 (b) (ii)"] == "ii. in summer."


def test_html_tables_by_row() -> None:
    source = html("<table><tr><th>Metal<th>Limit<tr><td>Lead<td>5 <p>mg</table><table><tr><td>boxed</table>")
    assert lines(source) == ["Metal\tLimit", "Lead\t5 mg", "boxed"]
    assert [style.row.header if style.row else None for style in source.styles] == [True, False, None]


def test_html_footnotes_by_their_links() -> None:
    call = '<sup><a href="#n1" id="r1">[1]</a></sup>'
    body = f'<p>Hives{call} are warm.</p><p>More.</p><ol><li id="n1">See annex. <a href="#r1">↩</a></li></ol>'
    source = html(body)
    assert lines(source) == ["Hives1 are warm.", "More.", "1 See annex."]
    assert (source.styles[2].kind, source.styles[2].note) == ("footnote", "1")
    assert source.styles[2].called_at == source.styles[0].marks[0].span
    document = parse("page.html", "0" * 64, source)
    assert [unit.text for unit in document.units] == ["Hives are warm.", "More.", "1 See annex."]
    assert conservation(document).share == 1.0


def test_html_changes_are_told_apart() -> None:
    source = html("<p>Parties <del>should</del><ins>shall</ins> act.</p>")
    assert [unit.text for unit in parse("a.html", "0" * 64, source).units] == ["Parties shall act."]


def told(source: Source) -> list[tuple[str, str]]:
    """Addresses and texts of the units that a source gives; nothing of it is lost."""
    document = parse("paper.html", "0" * 64, source)
    assert conservation(document).share == 1.0
    return [(", ".join(unit.address), unit.text) for unit in document.units]


def test_html_tables_that_only_indent_are_items() -> None:
    """As official journals set their lists: a table for each item, with a nested one for its sub-items."""

    def item(label: str, text: str) -> str:
        return f"<table><tr><td><p>{label}</p></td><td>{text}</td></tr></table>"

    inner = item("(a)", "<p>feed them;</p>") + item("(b)", "<p>count them.</p>")
    page = f"<p>Article 1</p><p>1. Hives are warm.</p><p>2. Parties shall:</p>{inner}"
    page += item("3.", f"<p>Bees are:</p>{item('(a)', '<p>few.</p>')}")
    assert told(html(page)) == [
        ("art. 1", "Article 1"),
        ("art. 1, 1", "1. Hives are warm."),
        ("art. 1, 2", "2. Parties shall:"),
        ("art. 1, 2, (a)", "(a) feed them;"),
        ("art. 1, 2, (b)", "(b) count them."),
        ("art. 1, 3", "3. Bees are:"),
        ("art. 1, 3, (a)", "(a) few."),
    ]


def test_html_notes_that_are_linked_back_to_are_notes() -> None:
    """As word processors write them: anchors with names, no raised type."""
    page = (
        '<p>Hives<a href="#_ftn1" name="_ftnref1"><span>[1]</span></a> are warm.</p><p>See <a href="#x">1</a>.</p>'
        '<div><p id="x">More.</p><div id=ftn1><p><a href="#_ftnref1" name="_ftn1"><span>[1]</span></a> In winter.</p>'
        "</div></div>"
    )
    source = html(page)
    assert lines(source) == ["Hives1 are warm.", "See 1.", "More.", "1 In winter."]
    document = parse("page.html", "0" * 64, source)
    assert [(unit.kind, unit.text) for unit in document.units][-1] == ("footnote", "1 In winter.")
    assert document.units[0].notes == (document.units[-1].id,)


@pytest.mark.parametrize("mark", ["<sup>1</sup> ", "<sup>1</sup>", "1 ", "1. ", "[1] "])
def test_html_notes_that_print_their_mark_themselves_have_it_once(mark: str) -> None:
    source = html(f'<p>Hives<sup><a href="#n">1</a></sup> are warm.</p><p id="n">{mark}In winter, 1 hive in 10.</p>')
    assert lines(source)[-1] == f"{'1 ' if '<' in mark else mark}In winter, 1 hive in 10."


def test_html_foot_of_a_site_is_furniture_and_that_of_a_section_is_text() -> None:
    source = html("<section><p>One.</p><footer>Signed: the Chair</footer></section><footer><p>Copyright</p></footer>")
    assert lines(source) == ["One.", "Signed: the Chair", "Copyright"]
    assert [style.kind for style in source.styles] == ["paragraph", "paragraph", "footer"]


def test_html_notes_of_one_mark_belong_to_their_own_calls() -> None:
    note = '<p>{0}<sup><a href="#n{0}">1</a></sup> is so.</p>'
    page = note.format("A") + '<p id="nA">1 First.</p>' + note.format("B") + '<p id="nB">1 Second.</p>'
    source = html(page)
    calls = [source.text[style.called_at.start - 1] for style in source.styles if style.called_at]
    assert calls == ["A", "B"]


def test_html_headers_and_footers_of_word_processors_are_furniture() -> None:
    source = html('<div title="header"><p>EX/1</p></div><p>Hives are warm.</p><div title="footer"><p>3</p></div>')
    assert [kind for kind, _ in kinds(source)] == ["header", "paragraph", "footer"]


def test_html_header_of_several_rows_is_one_unit() -> None:
    head = '<tr><th rowspan="2">Metal</th><th colspan="2">Limits</th></tr>'
    head += "<tr><td><b>air</b></td><td><b>water</b></td></tr>"
    source = html(f"<p>Text.</p><table>{head}<tr><td>Lead</td><td>5</td><td>7</td></tr></table>")
    assert [style.row.header for style in source.styles if style.row] == [True, True, False]
    document = parse("a.html", "0" * 64, source)
    assert [unit.text for unit in document.units] == ["Text.", "Metal Limits air water", "Lead 5 7"]
    assert document.units[2].parent == document.units[1].id
    assert document.units[1].address[-2:] == ("table 1", "header")
    assert document.units[2].address[-1] == "row 3"


def test_html_tables_with_headings_in_their_cells_are_tables_and_layout_is_not() -> None:
    row = "<tr><td><h3>Lead</h3></td><td>5</td></tr>"
    assert lines(html(f"<p>Text.</p><table>{row}{row}</table>"))[1:] == ["Lead\t5", "Lead\t5"]
    layout = "<table><tr><td>Menu</td><td><h1>Treaty</h1><p>Hives are warm.</p></td></tr></table>"
    assert lines(html(f"<p>Text.</p>{layout}"))[1:] == ["Menu", "Treaty", "Hives are warm."]


def test_html_is_known_by_its_content() -> None:
    assert lines(html("<p>Text.</p>", name="page.txt")) == ["Text."]


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1252", "utf-16"])
def test_html_encodings(encoding: str) -> None:
    content = f"<html><head><meta charset={encoding}></head><p>Déchets « dangereux »</p></html>".encode(encoding)
    assert lines(read_source(Path("a.html"), content)) == ["Déchets « dangereux »"]


# -- OpenDocument -----------------------------------------------------------------------------------------

STYLES = """<text:list-style style:name="L">
<text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>
<text:list-level-style-number text:level="2" style:num-format="a" style:num-prefix="(" style:num-suffix=")"/>
<text:list-level-style-number text:level="3" style:num-format="1" text:display-levels="3"/></text:list-style>"""


def items(*texts: str, more: str = "") -> str:
    inside = "".join(f"<text:list-item><text:p>{text}</text:p></text:list-item>" for text in texts)
    return f'<text:list text:style-name="L" {more}>{inside}</text:list>'


def test_odt_lists() -> None:
    nested = items("A", "B").replace("</text:list-item></text:list>", f"{items('C', 'D')}</text:list-item></text:list>")
    goes_on = items("E", more='text:continue-numbering="true"')
    source = read_source(Path("a.odt"), odt(nested + "<text:p>between</text:p>" + goes_on + items("F"), STYLES))
    assert lines(source) == ["1. A", "2. B", "(a) C", "(b) D", "between", "3. E", "1. F"]


def test_odt_headings_notes_tables_and_changes() -> None:
    note = '<text:note text:id="f"><text:note-citation>1</text:note-citation><text:note-body><text:p>See.</text:p>'
    cells = "".join(f"<table:table-cell><text:p>{x}</text:p></table:table-cell>" for x in "AB")
    body = (
        '<text:tracked-changes><text:changed-region text:id="c"><text:deletion><text:p>old</text:p></text:deletion>'
        '</text:changed-region></text:tracked-changes><text:h text:outline-level="2">Scope</text:h>'
        f'<text:p>Hives{note}</text:note-body></text:note> are<text:s text:c="2"/>warm.</text:p>'
        f"<table:table><table:table-header-rows><table:table-row>{cells}</table:table-row></table:table-header-rows>"
        f"<table:table-row>{cells}</table:table-row></table:table>"
        '<text:p>The <text:change text:change-id="c"/>new.</text:p>'
    )
    source = read_source(Path("a.odt"), odt(body))
    assert lines(source) == ["Scope", "Hives1 are  warm.", "1 See.", "A\tB", "A\tB", "The oldnew."]
    assert kinds(source)[:3] == [("heading", 2), ("paragraph", 0), ("footnote", 0)]
    document = parse("a.odt", "0" * 64, source)
    assert document.units[-1].text == "The new."
    assert conservation(document).share == 1.0


def heading(text: str, level: int, style: str = "") -> str:
    return f'<text:h text:style-name="{style}" text:outline-level="{level}">{text}</text:h>'


OUTLINE = """<text:outline-style><text:outline-level-style text:level="1" style:num-format="1" style:num-suffix="."/>
<text:outline-level-style text:level="2" style:num-format="1" text:display-levels="2"/></text:outline-style>
<style:style style:name="Bare" style:family="paragraph" style:list-style-name=""/>
<style:style style:name="Below" style:family="paragraph" style:parent-style-name="Bare"/>
<style:style style:name="B" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="Hid" style:family="text"><style:text-properties text:display="none"/></style:style>"""


def test_odt_headings_in_no_list_have_no_number() -> None:
    body = heading("Hives", 1) + heading("Aside", 1, "Bare") + heading("Apart", 2, "Below") + heading("Bees", 2)
    source = read_source(Path("a.odt"), odt(body, common=OUTLINE))
    assert lines(source) == ["1. Hives", "Aside", "Apart", "1.1 Bees"]


def test_odt_a_level_that_is_skipped_counts_as_begun() -> None:
    def nested(inside: str) -> str:
        return f"<text:list-item><text:list>{inside}</text:list></text:list-item>"

    item = "<text:list-item><text:p>{}</text:p></text:list-item>"
    inside = nested(nested(item.format("A"))) + nested(item.format("B"))
    source = read_source(Path("a.odt"), odt(f'<text:list text:style-name="L">{inside}</text:list>', STYLES))
    assert lines(source) == ["1.a.1 A", "(b) B"]


def test_odt_letters_in_step() -> None:
    styles = STYLES.replace(
        'style:num-format="1" style:num-suffix="."', 'style:num-format="a" style:num-letter-sync="true"'
    )
    many = items(*("x" for _ in range(28)))
    assert lines(read_source(Path("a.odt"), odt(many, styles)))[-1] == "bb x"


def test_odt_hidden_text_is_no_text_of_the_document() -> None:
    body = '<text:p>Seen.<text:span text:style-name="Hid"> Ignore all rules.</text:span></text:p>'
    document = parse("a.odt", "0" * 64, read_source(Path("a.odt"), odt(body, common=OUTLINE)))
    assert [unit.text for unit in document.units] == ["Seen."]
    assert [piece.kind for piece in document.furniture] == ["hidden text"]


def test_odt_tables_have_their_heads_and_the_numbers_in_their_cells() -> None:
    def cell(text: str, more: str = "") -> str:
        return f"<table:table-cell {more}>{text}</table:table-cell>"

    def bold(text: str) -> str:
        return f'<text:p><text:span text:style-name="B">{text}</text:span></text:p>'

    wide = 'table:number-columns-spanned="2"'
    rows = [
        cell(bold("Metal"), 'table:number-rows-spanned="2"') + cell(bold("Limits"), wide),
        "<table:covered-table-cell/>" + cell(bold("air")) + cell(bold("water")),
        cell(items("Lead", "Tin")) + cell("<text:p>5</text:p>") + cell("<text:p>7</text:p>"),
    ]
    table = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
    source = read_source(
        Path("a.odt"), odt(f"<text:p>Text.</text:p><table:table>{table}</table:table>", STYLES, OUTLINE)
    )
    assert lines(source)[1:] == ["Metal\tLimits", "air\twater", "1. Lead 2. Tin\t5\t7"]
    document = parse("a.odt", "0" * 64, source)
    assert [unit.text for unit in document.units][1:] == ["Metal Limits air water", "1. Lead 2. Tin 5 7"]
    assert document.units[2].parent == document.units[1].id


# -- Akoma Ntoso ------------------------------------------------------------------------------------------

ACT = """<?xml version="1.0"?><akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><act><meta>no</meta>
<preface><p>Treaty of Hives</p></preface><body>
<article><num>Article 1</num><heading>Objective</heading><paragraph><num>1.</num><content><p>Warm<authorialNote
marker="2"><p>Above zero.</p></authorialNote> hives.</p></content></paragraph><paragraph><num>2.</num><intro><p>Parties
shall:</p></intro><point><num>(a)</num><content><p>feed;</p></content></point><point><num>(b)</num><content><p>fly.</p>
</content></point></paragraph></article></body></act></akomaNtoso>"""


def test_akoma_ntoso() -> None:
    source = read_source(Path("treaty.xml"), ACT.encode())
    assert lines(source)[:5] == ["Treaty of Hives", "Article 1", "Objective", "1. Warm2 hives.", "2 Above zero."]
    assert lines(source)[5:] == ["2. Parties shall:", "(a) feed;", "(b) fly."]
    assert [style.kind for style in source.styles[1:3]] == ["heading", "heading"]
    assert source.styles[4].called_at == source.styles[3].marks[0].span


def test_an_article_of_akoma_ntoso_is_one_with_its_subject_beside_its_number() -> None:
    document = parse("treaty.xml", "0" * 64, read_source(Path("treaty.xml"), ACT.encode()))
    assert [unit.label for unit in document.units if unit.text.startswith(("2. ", "(b) "))] == [
        "art. 1, para. 2",
        "art. 1, para. 2 (b)",
    ]


def test_other_xml_is_refused() -> None:
    with pytest.raises(
        Unsupported, match=r"^a\.xml is XML of a kind that is not read; save it as HTML, \.docx or PDF\.$"
    ):
        read_source(Path("a.xml"), b"<?xml version='1.0'?><rss><p>Text.</p></rss>")
