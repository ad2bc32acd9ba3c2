"""PDF files: the text of every page in reading order, and what the places of its lines tell of them.

PDFium gives the glyphs and their places; `layout`, `margins`, `order` and `paragraphs` make lines of them. pypdf
reads what PDFium cannot (docs/decisions has the measurement). A page that is a picture is read by tesseract where it
is installed. The text has a line for each line of print, a blank line where a paragraph begins, and "\\f" after a page.
"""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from taqa.domain import PageGap
from taqa.errors import CorpusError, Damaged, Encrypted, NoText
from taqa.ingest.formats.gaps import nothing
from taqa.ingest.formats.layout import rows
from taqa.ingest.formats.margins import part_margins
from taqa.ingest.formats.ocr import DPI, SHARE, Ocr, find_ocr
from taqa.ingest.formats.order import in_order
from taqa.ingest.formats.paper import Paper
from taqa.ingest.formats.paragraphs import paragraphs, type_of
from taqa.ingest.formats.pdfium import NotOpened, Sheet, WrongPassword, inked, opened, picture, read_sheet
from taqa.ingest.formats.source import Source

_UNUSABLE = re.compile("[\x00\ud800-\udfff]")
"""What no text can hold: a NUL, half a surrogate pair."""
SECONDS = 30.0
"""What reading a file may take where nobody says otherwise."""
_BLANK: PageGap = "blank"
ILLEGIBLE = 0.2
"""Share of a page's characters without a meaning (no Unicode value) from which another reader is tried."""
_PRIVATE = re.compile("[\ue000-\uf8ff\ufffd]")


def read_pdf(path: Path, content: bytes, password: str = "", seconds: float = SECONDS) -> Source:
    """Text of a PDF file, page by page. Raises NoText, Encrypted or Damaged where there is none to be had.

    `seconds` are what reading it may take; tesseract gets its share of them.
    """
    until = time.monotonic() + SHARE * seconds
    second = _Second(path, content, password)
    try:
        with opened(content, password) as document:
            source = _read(document, second, until)
    except WrongPassword as error:
        raise _locked(path, password) from error
    except NotOpened:
        source = _plain(second.all_pages())
    if not any(page.state != "empty" for page in source.pages) or not source.text.strip():
        raise NoText(f"{path.name}: {nothing(source.pages)}." if source.pages else f"{path.name} has no pages.")
    return source


def _locked(path: Path, password: str) -> Encrypted:
    if password:
        return Encrypted(f"{path.name} is encrypted, and not with the given password; give its own or save it without.")
    return Encrypted(f"{path.name} is encrypted; give its password (--password, TAQA_PASSWORD) or save it without one.")


# -- PDFium -----------------------------------------------------------------------------------------------


def _read(document: object, second: _Second, until: float) -> Source:
    sheets = [_sheet(document, n) for n in range(len(document))]  # type: ignore[arg-type]
    margins = part_margins([rows(sheet.glyphs) if sheet else [] for sheet in sheets])
    printed = [
        in_order(margin.body, sheet.rules if sheet else ()) for margin, sheet in zip(margins, sheets, strict=True)
    ]
    kind = type_of(printed)
    pictures = _Pictures(document, until)
    paper = Paper()
    for n, (sheet, margin, lines) in enumerate(zip(sheets, margins, printed, strict=True)):
        if sheet is None or _illegible(sheet):
            other = second.page(n)
            if other.strip() and (sheet is None or _share(other) < ILLEGIBLE):
                paper.plain_page(_clean(other), "text")
                continue
        if sheet is None:
            paper.page_without_text("damaged")
        elif sheet.glyphs or sheet.turned:
            texts = paragraphs(lines, sheet.rules, kind, sheet.width)
            paper.page(margin, texts, sheet.turned)
        else:
            text, gap = ("", _BLANK) if sheet.blank else pictures.read(n)
            paper.page_without_text(gap) if gap else paper.plain_page(_clean(text), "ocr")
    return paper.source()


@dataclass(slots=True)
class _Pictures:
    """Reads pages that are pictures; looks for tesseract when the first one comes."""

    document: object
    until: float
    found: Ocr | PageGap = ""

    def read(self, n: int) -> tuple[str, PageGap]:
        """Text of page `n`, or why there is none."""
        try:
            if not inked(self.document, n):
                return "", _BLANK
            self.found = self.found or find_ocr(self.until)
            return self.found.read(picture(self.document, n, DPI)) if isinstance(self.found, Ocr) else ("", self.found)
        except NotOpened:
            return "", "damaged"


def _sheet(document: object, n: int) -> Sheet | None:
    try:
        return read_sheet(document, n)
    except NotOpened:
        return None


def _illegible(sheet: Sheet) -> bool:
    return _share("".join(glyph.char for glyph in sheet.glyphs)) >= ILLEGIBLE


def _share(text: str) -> float:
    return len(_PRIVATE.findall(text)) / len(text) if text else 0.0


# -- pypdf ------------------------------------------------------------------------------------------------


class _Second:
    """The second reader, opened when it is needed."""

    def __init__(self, path: Path, content: bytes, password: str) -> None:
        self._path = path
        self._content = content
        self._password = password
        self._texts: list[str] | None = None

    def page(self, n: int) -> str:
        """Text of page `n`, from 0; empty where this reader fails, too."""
        try:
            texts = self.all_pages()
        except CorpusError:
            texts = []
        return texts[n] if n < len(texts) else ""

    def all_pages(self) -> list[str]:
        """Text of every page. Whatever a hostile file makes pypdf raise is reported as one sentence."""
        if self._texts is None:
            self._texts = self._read()
        return self._texts

    def _read(self) -> list[str]:
        import io

        from pypdf import PdfReader  # slow to import: only files that PDFium cannot read pay for it
        from pypdf.errors import DependencyError

        try:
            with _quiet("pypdf"):
                reader = PdfReader(io.BytesIO(self._content))
                if reader.is_encrypted and not reader.decrypt(self._password):
                    raise _locked(self._path, self._password)
                return [page.extract_text() for page in reader.pages]
        except CorpusError:
            raise
        except DependencyError as error:
            raise _locked(self._path, self._password) from error
        except Exception as error:
            reason = f"{self._path.name} is a damaged PDF ({type(error).__name__}); open and save it anew."
            raise Damaged(reason) from error


def _plain(texts: Sequence[str]) -> Source:
    """A source of pages that are text and nothing else."""
    paper = Paper()
    for text in texts:
        if text.strip():
            paper.plain_page(_clean(text), "text")
        else:
            paper.page_without_text("damaged")
    return paper.source()


def _clean(text: str) -> str:
    return _UNUSABLE.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


@contextmanager
def _quiet(logger: str) -> Iterator[None]:
    """Keep an engine's remarks about damage it could mend off the user's terminal."""
    log = logging.getLogger(logger)
    before = log.level
    log.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        log.setLevel(before)
