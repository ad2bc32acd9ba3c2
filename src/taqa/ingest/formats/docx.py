"""Word files (.docx): paragraphs with the numbers that Word prints, tables by row, notes, changes, headers.

Opened by hand and not through a library: reading must stay inside limits and know strict files, and nothing else of
a library would be used.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from taqa.errors import Damaged
from taqa.ingest.formats.archive import Archive
from taqa.ingest.formats.numerals import word_number
from taqa.ingest.formats.source import LineKind, LineStyle, MarkKind, Row, Source
from taqa.ingest.formats.tables import HEADING_ROWS, Laid, heading_rows, is_masthead
from taqa.ingest.formats.trees import Element
from taqa.ingest.formats.word_numbering import Counters, read_lists
from taqa.ingest.formats.word_parts import R, W, WordParts, flag, inner, number, value
from taqa.ingest.formats.word_runs import PLACE, Runs
from taqa.ingest.formats.word_styles import Styles, read_styles
from taqa.ingest.formats.writing import Piece, Writer, trimmed

_DEFAULT_NOTES = {"footnote": "decimal", "endnote": "lowerRoman"}
FIRST_ROW = 0x20
"""Bit of a table's look: its first row has a dress of its own."""
_SEPARATORS = frozenset({"separator", "continuationSeparator", "continuationNotice"})


def read_docx(path: Path, content: bytes) -> Source:
    """Text and styles of a Word file. Raises Unreadable where it is damaged or no Word file."""
    parts = WordParts(Archive(path.name, content))
    root = parts.tree(parts.main)
    body = None if root is None else root.find(W + "body")
    if body is None:
        raise Damaged(f"{path.name} is not a Word file, or a damaged one; open and save it anew.")
    styles = read_styles(parts.related("styles"))
    counters = Counters(read_lists(parts.related("numbering"), styles))
    notes = _Notes(parts, list(body.iter(W + "sectPr")))
    reader = _Reader(styles, counters, notes)
    headers = _Furniture(parts, styles, list(body.iter(W + "sectPr")))
    headers.write(reader.writer, "header")
    reader.blocks(body)
    reader.writer.line(reader.held, LineStyle(0, 0))
    headers.write(reader.writer, "footer")
    return reader.writer.source()


@dataclass(slots=True)
class _Notes:
    """The notes of a file: their marks as they are called, their texts."""

    parts: WordParts
    sections: list[Element]
    section: int = 0
    counts: dict[str, int] = field(default_factory=dict)
    called: list[tuple[str, str, str]] = field(default_factory=list)
    """Kind, id and mark of the notes called but not yet written."""
    texts: dict[str, dict[str, Element]] = field(default_factory=dict)

    def call(self, kind: str, note_id: str, custom: str) -> str:
        """The mark that is printed where a note is called."""
        mark = custom
        if not custom:
            self.counts[kind] = self.counts.get(kind, self._setting(kind, "numStart", 1) - 1) + 1
            mark = word_number(self._form(kind), self.counts[kind])
        self.called.append((kind, note_id, mark))
        return mark

    def body(self, kind: str, note_id: str) -> Element | None:
        """The element that holds the text of a note."""
        if kind not in self.texts:
            root = self.parts.related(f"{kind}s")
            found = root.iterfind(W + kind) if root is not None else ()
            self.texts[kind] = {e.get(W + "id", ""): e for e in found if e.get(W + "type") not in _SEPARATORS}
        return self.texts[kind].get(note_id)

    def next_section(self) -> None:
        self.section += 1
        for kind in list(self.counts):
            if self._value(kind, "numRestart") == "eachSect":
                del self.counts[kind]

    def _properties(self, kind: str) -> Iterator[Element]:
        here = self.sections[min(self.section, len(self.sections) - 1)] if self.sections else None
        settings = self.parts.related("settings")
        for holder in (here, settings):
            found = None if holder is None else holder.find(f"{W}{kind}Pr")
            if found is not None:
                yield found

    def _value(self, kind: str, name: str) -> str | None:
        return next((found for each in self._properties(kind) if (found := value(each, name)) is not None), None)

    def _form(self, kind: str) -> str:
        return self._value(kind, "numFmt") or _DEFAULT_NOTES[kind]

    def _setting(self, kind: str, name: str, default: int) -> int:
        return next((n for each in self._properties(kind) if (n := number(each, name)) is not None), default)


@dataclass(slots=True)
class _Reader:
    """Reads blocks in order and writes their lines."""

    styles: Styles
    counters: Counters
    notes: _Notes
    writer: Writer = field(default_factory=Writer)
    tables: int = 0
    text_begun: bool = False
    """Whether a line of the body has been written: a table before it is the masthead."""
    held: list[Piece] = field(default_factory=list)
    """Text of paragraphs whose end a tracked change deletes: it belongs to the next one."""
    runs: Runs = field(init=False)

    def __post_init__(self) -> None:
        self.runs = Runs(self.styles, self.notes.call)

    # -- blocks -----------------------------------------------------------------------------------------

    def blocks(self, parent: Element) -> None:
        for block in inner(parent):
            if block.tag == W + "p":
                self._paragraph(block)
            elif block.tag == W + "tbl":
                self._table(block)
            elif block.tag in (W + "ins", W + "del", W + "moveTo", W + "moveFrom"):
                self.blocks(block)

    def _paragraph(self, paragraph: Element) -> None:
        pieces, style = self._numbered(paragraph)
        if self.held:
            return
        written = self.writer.line(pieces, style)
        self.text_begun = self.text_begun or written is not None
        self._write_what_hangs_on_it()
        if paragraph.find(f"{W}pPr/{W}sectPr") is not None:
            self.notes.next_section()

    def _write_what_hangs_on_it(self) -> None:
        """The notes called and the text boxes anchored in what was written last."""
        boxes, self.runs.boxes = self.runs.boxes, []
        self._write_notes()
        for box in boxes:
            self.blocks(box)

    def _numbered(self, paragraph: Element) -> tuple[list[Piece], LineStyle]:
        """The pieces of a paragraph with its number before them, and what is known of the line."""
        properties = paragraph.find(W + "pPr")
        named = value(properties, "pStyle")
        named = named if named in self.styles.by_id else self.styles.paragraph
        contents = self.runs.fields.contents or self.styles.contents(named)
        held, self.held = self.held, []
        pieces = trimmed([*held, *self.runs.pieces(paragraph, named)])
        contents = contents or (self.runs.fields.contents and bool(pieces))
        if pieces and all(piece.mark in ("deleted text", "hidden text") or not piece.text.strip() for piece in pieces):
            return pieces, LineStyle(0, 0)
        if pieces and flag(None if properties is None else properties.find(W + "rPr"), "del"):
            self.held = pieces
            return [], LineStyle(0, 0)
        section_break = not pieces and properties is not None and properties.find(W + "sectPr") is not None
        place = None if section_break else self._place(properties, named)
        given = self.counters.next(*place) if place else None
        pieces = [self._listnum(piece, place) if piece.text == PLACE else piece for piece in pieces]
        level = self._outline(properties, named)
        kind: LineKind = "heading" if level else "paragraph"
        if given is not None:
            label, glued = given
            inserted = flag(properties.find(W + "rPr"), "ins") if properties is not None else None
            mark: MarkKind | None = "list mark" if label.style == "bullet" else "inserted" if inserted else None
            pieces = [Piece(label.label + ("" if glued else " "), mark, bold=True), *pieces]
            kind = kind if level else "list item"
        if contents:
            kind = "contents"
        elif self.styles.caption(named):
            kind = "caption"
        number_ = given[0] if given else None
        return pieces, LineStyle(0, 0, kind, level or (number_.level if number_ else 0), number=number_)

    def _place(self, properties: Element | None, named: str | None) -> tuple[str, int] | None:
        direct = None if properties is None else properties.find(W + "numPr")
        return self.counters.lists.place(self.styles, named, direct)

    def _listnum(self, piece: Piece, place: tuple[str, int] | None) -> Piece:
        num_id, at = place or (None, 0)
        return Piece(self.counters.field(piece.call, num_id, at), piece.mark, piece.bold)

    def _outline(self, properties: Element | None, named: str | None) -> int:
        direct = number(properties, "outlineLvl")
        if direct is not None:
            return 0 if direct >= 9 else direct + 1
        return self.styles.outline(named)

    # -- tables -----------------------------------------------------------------------------------------

    def _table(self, table: Element) -> None:
        rows = [row for row in _rows(table) if _cells(row)]
        held = [row for row in rows if not _is_deleted(row)]
        marked = bool(held) and _is_marked(held[0])
        masthead = not self.text_begun and is_masthead(held, marked)
        if masthead or all(len(_cells(row)) < 2 for row in held):
            for row in rows:
                for cell in _cells(row):
                    self.blocks(cell)
            return
        self.tables += 1
        table_number = self.tables
        laid = [
            Laid([self._cell(cell) for cell in _cells(row)], _is_marked(row), _reach(held, n), _breadth(row))
            for n, row in enumerate(held)
        ]
        if laid and self._has_bold_head(table):
            cells = [[replace(piece, bold=True) for piece in cell] for cell in laid[0].cells]
            laid[0] = replace(laid[0], cells=cells)
        heads, n = heading_rows(laid), 0
        for row in rows:
            if _is_deleted(row):
                self._deleted_row(row)
                continue
            style = LineStyle(0, 0, "table row", row=Row(table_number, n + 1, n < heads, ()))
            self.writer.row(laid[n].cells, style)
            n += 1
        self._write_what_hangs_on_it()

    def _has_bold_head(self, table: Element) -> bool:
        """Whether the style of a table, as it is applied, has the first row in bold."""
        properties = table.find(W + "tblPr")
        look = None if properties is None else properties.find(W + "tblLook")
        if look is None:
            return False
        bits = look.get(W + "val", "")
        set_ = bool(int(bits, 16) & FIRST_ROW) if re.fullmatch("[0-9A-Fa-f]{1,8}", bits) else False
        first = look.get(W + "firstRow", "")
        return (first in ("1", "true", "on") if first else set_) and self.styles.head_bold(
            value(properties, "tblStyle")
        )

    def _deleted_row(self, row: Element) -> None:
        """A row that a tracked change deletes: none of its text is that of the document, and it does not count."""
        cells = [self._cell(cell) for cell in _cells(row)]
        gone = [[replace(piece, mark="deleted text", call="") for piece in cell] for cell in cells]
        self.writer.row(gone, LineStyle(0, 0))

    def _cell(self, cell: Element) -> list[Piece]:
        """All text of a cell in one line: its paragraphs, those of tables inside it."""
        joined: list[Piece] = []
        for paragraph in _paragraphs(cell):
            pieces, _ = self._numbered(paragraph)
            if pieces and joined:
                joined.append(Piece(" "))
            joined += [Piece(p.text.replace("\t", " "), p.mark, p.bold, p.call) for p in trimmed(pieces)]
        joined += self.held
        self.held = []
        return joined

    # -- notes ------------------------------------------------------------------------------------------

    def _write_notes(self) -> None:
        called, self.notes.called = self.notes.called, []
        for kind, note_id, mark in called:
            body = self.notes.body(kind, note_id)
            if body is None:
                continue
            pieces = [Piece(f"{mark} ")]
            for paragraph in _paragraphs(body):
                pieces += [*self.runs.pieces(paragraph, value(paragraph, "pPr", "pStyle")), Piece(" ")]
            place = self.writer.calls.get(f"{kind} {note_id}")
            self.writer.line(pieces, LineStyle(0, 0, "footnote", note=mark, called_at=place))


def _rows(table: Element) -> list[Element]:
    return [child for child in inner(table) if child.tag == W + "tr"]


def _cells(row: Element) -> list[Element]:
    return [child for child in inner(row) if child.tag == W + "tc"]


def _paragraphs(parent: Element) -> Iterator[Element]:
    """Paragraphs of a block that holds blocks, at any depth of its tables."""
    for child in inner(parent):
        if child.tag == W + "p":
            yield child
        elif child.tag == W + "tbl":
            for row in _rows(child):
                for cell in _cells(row):
                    yield from _paragraphs(cell)


def _is_deleted(row: Element) -> bool:
    return flag(row.find(W + "trPr"), "del") is not None


def _is_marked(row: Element) -> bool:
    """Whether Word repeats a row at the top of each page."""
    return bool(flag(row.find(W + "trPr"), "tblHeader"))


def _breadth(row: Element) -> int:
    """Columns that the widest cell of a row takes."""
    return max((number(cell, "tcPr", "gridSpan") or 1 for cell in _cells(row)), default=1)


def _reach(rows: list[Element], n: int) -> int:
    """Rows, this one included, that the longest cell of a row takes, as far as a heading may reach."""
    starts = {at for at, merge in _merges(rows[n]) if merge == "restart"}
    reach = 1
    while starts and n + reach < len(rows) and reach <= HEADING_ROWS:
        starts &= {at for at, merge in _merges(rows[n + reach]) if merge == "continue"}
        reach += bool(starts)
    return reach


def _merges(row: Element) -> Iterator[tuple[int, str]]:
    """For each cell the column it begins in, and whether it is merged with those below or above it."""
    column = 0
    for cell in _cells(row):
        merge = cell.find(f"{W}tcPr/{W}vMerge")
        yield column, "" if merge is None else merge.get(W + "val", "continue")
        column += number(cell, "tcPr", "gridSpan") or 1


@dataclass(slots=True)
class _Furniture:
    """Headers and footers: each text once, however many sections have it."""

    parts: WordParts
    styles: Styles
    sections: list[Element]

    def write(self, writer: Writer, kind: LineKind) -> None:
        written: set[str] = set()
        for section in self.sections:
            for reference in section.iterfind(f"{W}{kind}Reference"):
                _, part = self.parts.relations.get(reference.get(R + "id", ""), ("", ""))
                root = self.parts.tree(part) if part and part not in written else None
                written.add(part)
                for paragraph in _paragraphs(root) if root is not None else ():
                    pieces = trimmed(
                        Runs(self.styles, lambda *_: "").pieces(paragraph, value(paragraph, "pPr", "pStyle"))
                    )
                    text = "".join(piece.text for piece in pieces)
                    if text not in written:
                        writer.line(pieces, LineStyle(0, 0, kind))
                    written.add(text)
