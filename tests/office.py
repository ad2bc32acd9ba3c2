"""Made-up office files, written by hand: a part is what the test says it is."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT = {
    WORD: "http://purl.oclc.org/ooxml/wordprocessingml/main",
    RELATIONS: "http://purl.oclc.org/ooxml/officeDocument/relationships",
}


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def docx(body: str, strict: bool = False, **parts: str) -> bytes:
    """A Word file: the inside of its body, and of its other parts by name ("numbering", "styles", "footnotes")."""
    names = 'xmlns:w="{W}" xmlns:r="{R}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    names = names.replace("{W}", WORD).replace("{R}", RELATIONS)
    roots = {"header": "hdr", "footer": "ftr"}
    written = {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": f"<w:document {names}><w:body>{body}</w:body></w:document>",
    }
    links = ""
    for name, inside in parts.items():
        root = roots.get(name, name)
        written[f"word/{name}.xml"] = f"<w:{root} {names}>{inside}</w:{root}>"
        links += f'<Relationship Id="{name}" Type="{RELATIONS}/{name}" Target="{name}.xml"/>'
    relations = "http://schemas.openxmlformats.org/package/2006/relationships"
    written["word/_rels/document.xml.rels"] = f'<Relationships xmlns="{relations}">{links}</Relationships>'
    main = f'<Relationship Id="a" Type="{RELATIONS}/officeDocument" Target="word/document.xml"/>'
    written["_rels/.rels"] = f'<Relationships xmlns="{relations}">{main}</Relationships>'
    if strict:
        for usual, other in STRICT.items():
            written = {name: text.replace(usual, other) for name, text in written.items()}
    return zipped(written)


def p(text: str = "", style: str = "", num: str = "", level: int = 0, more: str = "") -> str:
    """A paragraph of plain text; `num` is the list it is in, `more` stands in its properties."""
    given = f'<w:pStyle w:val="{style}"/>' if style else ""
    given += f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr>' if num else ""
    return f"<w:p><w:pPr>{given}{more}</w:pPr>{r(text)}</w:p>"


def r(text: str, more: str = "") -> str:
    """A run; `more` stands in its properties."""
    return f'<w:r><w:rPr>{more}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>' if text else ""


def level(n: int, form: str, text: str, start: int = 1, more: str = "") -> str:
    """A level of a list definition."""
    counts = f'<w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/>'
    return f'<w:lvl w:ilvl="{n}">{counts}</w:lvl>'


def definition(n: int, *levels: str) -> str:
    return f'<w:abstractNum w:abstractNumId="{n}">{"".join(levels)}</w:abstractNum>'


def instance(n: int, of: int, overrides: str = "") -> str:
    """A list of a definition."""
    return f'<w:num w:numId="{n}"><w:abstractNumId w:val="{of}"/>{overrides}</w:num>'


def start_at(at: int, value: int) -> str:
    """What makes a list begin a level with a number of its own."""
    return f'<w:lvlOverride w:ilvl="{at}"><w:startOverride w:val="{value}"/></w:lvlOverride>'


def table(*rows: list[str], heads: int = 0) -> str:
    """A table of cells with one paragraph each; the first `heads` rows are repeated on each page."""
    written = ""
    for n, cells in enumerate(rows):
        properties = "<w:trPr><w:tblHeader/></w:trPr>" if n < heads else ""
        written += f"<w:tr>{properties}{''.join(f'<w:tc>{p(cell)}</w:tc>' for cell in cells)}</w:tr>"
    return f"<w:tbl>{written}</w:tbl>"


def odt(body: str, automatic: str = "", common: str = "") -> bytes:
    """An OpenDocument text: the inside of its body, of its automatic and of its common styles."""
    spaces = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{space}:1.0"'
        for name, space in {
            "office": "office",
            "text": "text",
            "table": "table",
            "style": "style",
            "fo": "xsl-fo-compatible",
            "draw": "drawing",
        }.items()
    )
    content = f"<office:automatic-styles>{automatic}</office:automatic-styles>"
    content += f"<office:body><office:text>{body}</office:text></office:body>"
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f"<office:document-content{spaces}>{content}</office:document-content>",
            "styles.xml": f"<office:document-styles{spaces}>{common}</office:document-styles>",
        }
    )
