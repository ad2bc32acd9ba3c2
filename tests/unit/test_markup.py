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


# -- Akoma Ntoso ------------------------------------------------------------------------------------------

ACT = """<?xml version="1.0"?><akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><act><meta>no</meta>
<preface><p>Treaty of Hives</p></preface><body>
<article><num>Article 1</num><heading>Objective</heading><paragraph><num>1.</num><content><p>Warm<authorialNote
marker="2"><p>Above zero.</p></authorialNote> hives.</p></content></paragraph><paragraph><num>2.</num><intro><p>Parties
shall:</p></intro><point><num>(a)</num><content><p>feed;</p></content></point><point><num>(b)</num><content><p>fly.</p>
</content></point></paragraph></article></body></act></akomaNtoso>"""


def test_akoma_ntoso() -> None:
    source = read_source(Path("treaty.xml"), ACT.encode())
    assert lines(source)[:4] == ["Treaty of Hives", "Article 1 Objective", "1. Warm2 hives.", "2 Above zero."]
    assert lines(source)[4:] == ["2. Parties shall:", "(a) feed;", "(b) fly."]
    assert source.styles[1].kind == "heading"
    assert source.styles[3].called_at == source.styles[2].marks[0].span


def test_other_xml_is_refused() -> None:
    with pytest.raises(
        Unsupported, match=r"^a\.xml is XML of a kind that is not read; save it as HTML, \.docx or PDF\.$"
    ):
        read_source(Path("a.xml"), b"<?xml version='1.0'?><rss><p>Text.</p></rss>")
