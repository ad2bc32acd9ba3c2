"""XML treaty and law files in Akoma Ntoso: numbers, headings and content as their elements say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from taqa.errors import Unsupported
from taqa.ingest.formats.source import LineStyle, MarkKind, Row, Source
from taqa.ingest.formats.trees import Element, parse_xml
from taqa.ingest.formats.writing import Piece, Writer, collapsed

_BEGINS = re.compile(rb"^(?:\xef\xbb\xbf)?\s*(?:<\?xml\s|<(?:\w+:)?akomaNtoso[\s>])")
_DROPPED = frozenset({"meta", "componentInfo", "toc"})
_TEXT = frozenset({"p", "block", "heading", "subheading", "num", "docTitle", "longTitle", "formula", "li", "span"})
_NAMED = frozenset({"preface", "preamble", "body", "mainBody", "conclusions", "attachments", "akomaNtoso"})


def looks_like_xml(content: bytes) -> bool:
    """Whether a file begins as XML does."""
    return bool(_BEGINS.match(content[:1024]))


def read_xml(path: Path, content: bytes) -> Source:
    """Text and styles of an Akoma Ntoso file. Raises Unsupported for XML of any other kind."""
    root = parse_xml(path.name, content)
    if _name(root) != "akomaNtoso":
        raise Unsupported(f"{path.name} is XML of a kind that is not read; save it as HTML, .docx or PDF.")
    reader = _Reader()
    reader.blocks(root, 0)
    return reader.writer.source()


def _name(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _child(element: Element, name: str) -> Element | None:
    return next((child for child in element if _name(child) == name), None)


@dataclass(slots=True)
class _Reader:
    """Reads elements in order. A number waits for the text it stands before."""

    writer: Writer = field(default_factory=Writer)
    number: str = ""
    notes: list[tuple[str, str, Element]] = field(default_factory=list)
    tables: int = 0

    def blocks(self, parent: Element, level: int) -> None:
        """Read what an element holds; `level` is how many numbered elements stand around it."""
        for child in parent:
            name = _name(child)
            if name in _DROPPED:
                continue
            if name == "table":
                self._table(child)
            elif name in ("num", "heading", "subheading"):
                continue
            elif name in _TEXT:
                self._text(child)
            elif _child(child, "num") is not None or _child(child, "heading") is not None:
                self._numbered(child, level + 1)
            elif (child.text or "").strip():
                self._text(child)
            else:
                self.blocks(child, level)

    def _numbered(self, element: Element, level: int) -> None:
        number, heading = _child(element, "num"), _child(element, "heading")
        label = " ".join("".join(number.itertext()).split()) if number is not None else ""
        if heading is not None or (label and not label[:1].isdigit() and not label.startswith("(") and len(label) > 3):
            pieces = [Piece(f"{label} ")] if label else []
            if heading is not None and label[:1].isalpha() and " " in label:  # "Article 2", its subject below it
                self._write(pieces, LineStyle(0, 0, "heading", level))
                pieces = []
            if heading is not None:
                pieces += self._inline(heading)
            self._write(pieces, LineStyle(0, 0, "heading", level))
        else:
            self.number = " ".join(filter(None, (self.number, label)))
        self.blocks(element, level)
        if self.number:
            self._write([], LineStyle(0, 0))

    def _text(self, element: Element) -> None:
        self._write(list(self._inline(element)), LineStyle(0, 0))

    def _write(self, pieces: list[Piece], style: LineStyle) -> None:
        if self.number and style.kind == "paragraph":
            pieces = [Piece(f"{self.number} "), *pieces]
            self.number = ""
        self.writer.line(collapsed(pieces), style)
        notes, self.notes = self.notes, []
        for key, mark, note in notes:
            place = self.writer.calls.get(key)
            text = [Piece(f"{mark} "), *self._inline(note)]
            self.writer.line(collapsed(text), LineStyle(0, 0, "footnote", note=mark, called_at=place))

    def _table(self, table: Element) -> None:
        self.tables += 1
        rows = [row for row in table.iter() if _name(row) == "tr"]
        for n, row in enumerate(rows, start=1):
            cells = [cell for cell in row if _name(cell) in ("td", "th")]
            head = bool(cells) and all(_name(cell) == "th" for cell in cells)
            style = LineStyle(0, 0, "table row", row=Row(self.tables, n, head and n < len(rows), ()))
            self.writer.row([collapsed(self._inline(cell)) for cell in cells], style)

    def _inline(self, element: Element, mark: MarkKind | None = None, bold: bool = False) -> Iterator[Piece]:
        if _name(element) == "ins":
            mark = "inserted"
        elif _name(element) == "del":
            mark = "deleted text"
        bold = bold or _name(element) in ("b", "th")
        yield from _string(element.text, mark, bold)
        for child in element:
            if _name(child) == "authorialNote":
                printed = child.get("marker") or str(len(self.writer.calls) + len(self.notes) + 1)
                key = f"note {len(self.writer.calls) + len(self.notes)}"
                self.notes.append((key, printed, child))
                yield Piece(printed, "footnote mark", call=key)
            else:
                if _name(child) in ("br", "eol", "p", "block"):
                    yield Piece(" ", mark)
                yield from self._inline(child, mark, bold)
            yield from _string(child.tail, mark, bold)


def _string(text: str | None, mark: MarkKind | None, bold: bool) -> Iterator[Piece]:
    if text:
        yield Piece(re.sub(r"\s+", " ", text), mark, bold)
