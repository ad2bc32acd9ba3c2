"""Files to text. One module a format; the text that comes out is what every offset refers to."""

from __future__ import annotations

from pathlib import Path

from taqa.errors import Damaged, Encrypted, Unsupported
from taqa.ingest.formats.archive import ZIP, Archive
from taqa.ingest.formats.docx import read_docx
from taqa.ingest.formats.html import looks_like_html, read_html
from taqa.ingest.formats.odt import read_odt
from taqa.ingest.formats.pdf import SECONDS, read_pdf
from taqa.ingest.formats.plain import read_plain
from taqa.ingest.formats.source import LineStyle, Source
from taqa.ingest.formats.xml import looks_like_xml, read_xml

PLAIN_SUFFIXES = frozenset({".txt", ".md", ".markdown", ".text"})
HTML_SUFFIXES = frozenset({".html", ".htm", ".xhtml"})
ARCHIVE_SUFFIXES = frozenset({".docx", ".odt"})
XML_SUFFIXES = frozenset({".xml", ".akn"})
SUFFIXES = PLAIN_SUFFIXES | HTML_SUFFIXES | ARCHIVE_SUFFIXES | XML_SUFFIXES | {".pdf"}
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How Word's old files begin, and encrypted new ones."""
_PDF = b"%PDF-"
_RTF = b"{\\rtf"

__all__ = ["PLAIN_SUFFIXES", "SECONDS", "SUFFIXES", "LineStyle", "Source", "may_hold_pictures", "read_source"]


def read_source(path: Path, content: bytes, password: str = "", seconds: float = SECONDS) -> Source:
    """Text of a file's bytes, whose beginning says more than its name. Raises Unreadable when TAQA cannot read it.

    `password` opens an encrypted PDF file; `seconds` are what reading may take, as far as the reader can tell.
    """
    suffix = path.suffix.lower()
    known = content.startswith((_OLD_OFFICE, _RTF, ZIP))
    if content.startswith(_PDF) or (suffix == ".pdf" and not known and not looks_like_html(content)):
        return read_pdf(path, content, password, seconds)
    if content.startswith(_OLD_OFFICE):
        if suffix == ".docx":
            raise Encrypted(f"{path.name} is encrypted or an old Word file; save it as .docx without a password.")
        raise Unsupported(f"{path.name} is a file of an old office format; save it as .docx and try again.")
    if content.startswith(_RTF):
        raise Unsupported(f"{path.name} is an RTF file; save it as .docx and try again.")
    if content.startswith(ZIP) and (suffix in ARCHIVE_SUFFIXES or _is_office(content)):
        return _read_archive(path, content)
    if suffix in ARCHIVE_SUFFIXES:
        raise Damaged(f"{path.name} is not what its name says, or is damaged; open and save it anew.")
    if suffix == ".pdf":
        what = "a web page, perhaps of an error" if looks_like_html(content) else "an archive"
        raise Damaged(f"{path.name} is no PDF but {what}; get the document itself, or name it as what it is.")
    if looks_like_html(content) or suffix in HTML_SUFFIXES:
        return read_html(path, content)
    if suffix in XML_SUFFIXES or looks_like_xml(content):
        return read_xml(path, content)
    return read_plain(path, content)


def may_hold_pictures(path: Path) -> bool:
    """Whether what is read of a file may depend on whether pictures can be read."""
    return path.suffix.lower() == ".pdf"


def _is_office(content: bytes) -> bool:
    """Whether an archive is that of an office format; a damaged one is nothing."""
    try:
        return bool({"mimetype", "[Content_Types].xml"} & Archive("", content).parts)
    except Damaged:
        return False


def _read_archive(path: Path, content: bytes) -> Source:
    archive = Archive(path.name, content)
    if "mimetype" in archive.parts:
        kind = archive.read("mimetype").strip()
        if kind.startswith(b"application/vnd.oasis.opendocument.text"):
            return read_odt(path, content)
        raise Unsupported(f"{path.name} is no text document; save its text as .docx, .odt or PDF and try again.")
    if any(part.startswith(("xl/", "ppt/")) for part in archive.parts):
        raise Unsupported(f"{path.name} is a spreadsheet or a presentation; save it as PDF and try again.")
    return read_docx(path, content)
