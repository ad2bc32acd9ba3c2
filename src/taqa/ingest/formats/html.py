"""HTML: headings, lists with the numbers a browser prints, tables by row, footnotes by their links; no navigation."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal
from urllib.parse import unquote

from taqa.ingest.formats.numerals import short_number, short_style
from taqa.ingest.formats.plain import decode
from taqa.ingest.formats.source import LineStyle, MarkKind, Number, Row, Source
from taqa.ingest.formats.tables import Laid, heading_rows, is_masthead, only_indents
from taqa.ingest.formats.trees import Element, parse_html
from taqa.ingest.formats.writing import Piece, Writer, collapsed, trimmed

_BEGINS = re.compile(
    rb"^(?:\xef\xbb\xbf)?\s*(?:<!--.*?-->\s*)*(?:<\?xml[^>]*>\s*)?(?:<!doctype\s+html|<html[\s>])",
    re.IGNORECASE | re.DOTALL,
)
_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_DROPPED = frozenset(
    "script style noscript template nav head iframe svg math object embed button select option input textarea "
    "canvas audio video map dialog menu".split()
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCKS = frozenset(
    "html body main article section header footer aside div p blockquote pre center address figure figcaption "
    "ol ul li dl dt dd table caption thead tbody tfoot tr td th fieldset form details summary hr hgroup".split()
) | set(_HEADINGS)  # fmt: skip
_CHANGES: Mapping[str, MarkKind] = {
    "ins": "inserted",
    "del": "deleted text",
    "s": "deleted text",
    "strike": "deleted text",
}
_BOLD = frozenset({"b", "strong", "th"})
_NOTE_MARK = re.compile(r"^[\[(]?\s*(\d{1,3}|[a-z]|[ivx]{1,5}|[*∗†‡]{1,5})\s*[\])]?$")
_BACK = re.compile(r"^\W*$")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


def looks_like_html(content: bytes) -> bool:
    """Whether a file begins as HTML does."""
    return bool(_BEGINS.match(content[:4096]))


def read_html(path: Path, content: bytes) -> Source:
    """Text and styles of an HTML file."""
    root = parse_html(path.name, _decoded(path, content))
    if root is None:
        return Source("")
    reader = _Reader(*_notes(root))
    reader.flow(root)
    reader.flush()
    return reader.writer.source()


def _decoded(path: Path, content: bytes) -> str:
    """The characters of a file, by the encoding it names where that fits."""
    named = _CHARSET.search(content[:4096])
    if named:
        try:
            return content.decode(named.group(1).decode("ascii"))
        except (LookupError, UnicodeDecodeError):
            pass  # a wrong name is common; the bytes tell
    return decode(path, content)


@dataclass(frozen=True, slots=True)
class _Note:
    """A footnote: the mark that calls it, and a name that no other has."""

    mark: str
    key: str


def _notes(root: Element) -> tuple[dict[Element, _Note], dict[Element, _Note]]:
    """The blocks that are footnotes, and the links that call them.

    A short link calls a note where it is raised, says so, or is linked back to from where it leads, further on.
    """
    places: dict[str, Element] = {}
    order: dict[Element, int] = {}
    for n, element in enumerate(root.iter()):
        order[element] = n
        for name in (element.get("id"), element.get("name") if element.tag == "a" else None):
            if name:
                places.setdefault(name, element)
    notes: dict[Element, _Note] = {}
    calls: dict[Element, _Note] = {}
    for link in root.iter("a"):
        target = places.get(_inside(link))
        mark = _NOTE_MARK.match(_all_text(link).strip())
        if target is None or not mark or order[target] <= order[link]:
            continue
        raised = any(each.tag == "sup" for each in (*link.iterancestors(), *link.iter()))
        told = "noteref" in f"{link.get('role')} {link.get('class')}"
        back = _inside(target) if target.tag == "a" else ""
        if raised or told or (back and back in (link.get("id"), link.get("name"))):
            block = _block_of(target)
            calls[link] = notes.setdefault(block, _Note(mark.group(1), f"note {len(notes)}"))
    return notes, calls


def _inside(link: Element) -> str:
    """The place of this page that a link leads to, empty where it leads elsewhere."""
    target = link.get("href") or ""
    return unquote(target[1:]) if target.startswith("#") else ""


def _block_of(target: Element) -> Element:
    """The block that a place is in; the item of a list where it is at the beginning of one."""
    block = target
    while block.tag not in _BLOCKS and block.getparent() is not None:
        block = block.getparent()
    above = block.getparent()
    if above is not None and above.tag == "li" and above[0] is block and not (above.text or "").strip():
        return above
    return block


_PLAIN = LineStyle(0, 0)


@dataclass(slots=True)
class _Reader:
    """Walks the tree; inline text gathers until a block begins or ends."""

    notes: Mapping[Element, _Note]
    calls: Mapping[Element, _Note]
    writer: Writer = field(default_factory=Writer)
    pieces: list[Piece] = field(default_factory=list)
    style: LineStyle = _PLAIN
    note: _Note | None = None
    lead: str = ""
    """The label that a table sets off from the text that comes next."""
    label: Number | None = None
    depth: int = 0
    lists: int = 0
    tables: int = 0

    def flush(self) -> None:
        """Write the text gathered so far as a line."""
        pieces, self.pieces = trimmed(collapsed(self.pieces)), []
        if not pieces:
            return
        style = self.style
        if self.lead:
            pieces = [Piece(f"{self.lead}\t"), *pieces]
            self.lead = ""
        if self.label is not None:
            mark: MarkKind | None = "list mark" if self.label.style == "bullet" else None
            pieces = [Piece(f"{self.label.label} ", mark, bold=pieces[0].bold), *pieces]
            style = replace(style, kind="list item", level=self.depth, number=self.label)
            self.label = None
        if style.kind == "footnote":
            style = replace(style, called_at=self.writer.calls.get(self.note.key) if self.note else None)
            pieces = [Piece(f"{style.note} "), *pieces] if style.note and not _opens(pieces, style.note) else pieces
            self.style, self.note = LineStyle(0, 0, "footnote"), None
        self.writer.line(pieces, style)

    # -- blocks -----------------------------------------------------------------------------------------

    def flow(self, element: Element) -> None:
        """Read what stands in a block element."""
        self.pieces += self._string(element.text, element)
        for child in element:
            self._child(child)
            self.pieces += self._string(child.tail, element)

    def _child(self, child: Element) -> None:
        if _dropped(child):
            return
        note = self.notes.get(child)
        if child.tag in _BLOCKS or note:
            self.flush()
            before = self.style
            if note:
                self._begin_note(note)
            elif kind := _margin(child):
                self.style = LineStyle(0, 0, kind)
            self._block(child)
            self.flush()
            self.style = before
        else:
            self.pieces += self._inline(child, None, bold=False)

    def _begin_note(self, note: _Note) -> None:
        self.style, self.note = LineStyle(0, 0, "footnote", note=note.mark), note
        self.label, self.lead = None, ""

    def _block(self, element: Element) -> None:
        tag = element.tag
        if tag in _HEADINGS:
            self.style = LineStyle(0, 0, "heading", _HEADINGS[tag])
            self.flow(element)
        elif tag in ("ol", "ul"):
            self._list(element)
        elif tag == "table":
            self._table(element)
        elif tag in ("caption", "figcaption"):
            self.style = LineStyle(0, 0, "caption")
            self.flow(element)
        else:
            self.flow(element)

    def _list(self, element: Element) -> None:
        self.lists += 1
        series, self.depth = f"list {self.lists}", self.depth + 1
        items = [child for child in element if child.tag == "li"]
        down = element.get("reversed") is not None
        value = _whole(element.get("start"), len(items) if down else 1)
        for child in element:
            if child.tag != "li":
                self._child(child)
                continue
            value = _whole(child.get("value"), value)
            form = child.get("type") or element.get("type") or _css_form(element) or "1"
            note = self.notes.get(child)
            bare = self.style.kind == "footnote" or form == "none"
            if note:
                self._begin_note(note)
            elif element.tag == "ul":
                self.label = Number("•", value, "bullet", self.depth, series)
            elif not bare:
                label = f"{short_number(form, value)}."
                self.label = Number(label, value, short_style(form), self.depth, series)
            self.flow(child)
            self.flush()
            self.label = None
            if note:
                self.style = LineStyle(0, 0)
            value += -1 if down else 1
        self.depth -= 1

    # -- tables -----------------------------------------------------------------------------------------

    def _table(self, table: Element) -> None:
        rows = [row for row in table.iter("tr") if _owner(row) is table]
        laid = [[child for child in row if child.tag in ("td", "th")] for row in rows]
        for caption in table.iterchildren("caption"):
            self._child(caption)
        if not any(cell.tag == "th" for cells in laid for cell in cells) and self._items(laid):
            return
        marked = bool(rows) and _is_marked(rows[0])
        masthead = not self.writer.begun and is_masthead(rows, marked)
        headed = any(_is_laid_out(cell) for cells in laid for cell in cells)
        if masthead or headed or all(len(cells) < 2 for cells in laid):
            for cells in laid:
                for cell in cells:
                    self.flow(cell)
                    self.flush()
            return
        self.tables += 1
        table_number = self.tables
        read = [
            Laid(
                [collapsed(self._inline(cell, None, bold=False)) for cell in cells],
                _is_marked(row),
                _spans(cells, "rowspan"),
                _spans(cells, "colspan"),
            )
            for row, cells in zip(rows, laid, strict=True)
        ]
        heads = heading_rows(read)
        for n, row in enumerate(read, start=1):
            self.writer.row(row.cells, LineStyle(0, 0, "table row", row=Row(table_number, n, n <= heads, ())))

    def _items(self, laid: list[list[Element]]) -> bool:
        """Read a table that only sets off the labels of items from their text, False for any other."""
        if not only_indents([[" ".join(_all_text(cell).split()) for cell in cells] for cells in laid]):
            return False
        for sign, text in laid:
            self.flush()
            self.lead = " ".join(_all_text(sign).split())
            self.flow(text)
            self.flush()
            self.lead = ""
        return True

    # -- inline text ------------------------------------------------------------------------------------

    def _inline(self, element: Element, mark: MarkKind | None, bold: bool) -> Iterator[Piece]:
        if _dropped(element):
            return
        if element.tag == "br" or element.tag in _BLOCKS:
            yield Piece(" ", mark)
        if call := self.calls.get(element):
            yield Piece(call.mark, "footnote mark", call=call.key)
            return
        if self.style.kind == "footnote" and self._is_mark(element):
            return
        bold = bold or element.tag in _BOLD
        mark = mark or _CHANGES.get(element.tag)
        yield from self._string(element.text, element, mark, bold)
        for child in element:
            if isinstance(child.tag, str):
                yield from self._inline(child, mark, bold)
            yield from self._string(child.tail, element, mark, bold)

    def _is_mark(self, element: Element) -> bool:
        """Whether an element of a note only repeats its mark, or leads back to its call."""
        text = _all_text(element).strip()
        if element.tag == "a" and (element.get("href") or "").startswith("#"):
            return bool(_BACK.match(text) or _NOTE_MARK.match(text))
        mark = _NOTE_MARK.match(text) if element.tag == "sup" else None
        return mark is not None and mark.group(1) == self.style.note and not trimmed(collapsed(self.pieces))

    def _string(
        self, text: str | None, element: Element, mark: MarkKind | None = None, bold: bool = False
    ) -> Iterator[Piece]:
        if text:
            yield Piece(re.sub(r"[ \t\n\r\f]+", " ", text), mark, bold or element.tag in _BOLD)


def _dropped(element: Element) -> bool:
    if not isinstance(element.tag, str) or element.tag in _DROPPED or element.get("hidden") is not None:
        return True
    return element.get("role") == "navigation" or bool(_HIDDEN.search(element.get("style") or ""))


def _opens(pieces: list[Piece], mark: str) -> bool:
    """Whether a note prints its own mark at its start."""
    return bool(re.match(rf"[\[(]?{re.escape(mark)}[\])]?[.:]?\s", "".join(piece.text for piece in pieces)))


def _margin(element: Element) -> Literal["header", "footer"] | None:
    """Whether an element is a page's header or footer, as word processors write them, or the foot of a site's pages."""
    if element.tag not in ("div", "header", "footer"):
        return None
    above = element.getparent()
    if element.tag == "footer" and above is not None and above.tag == "body":
        return "footer"
    title = element.get("title") or ""
    return "header" if title == "header" else "footer" if title == "footer" else None


def _is_laid_out(cell: Element) -> bool:
    """Whether a cell holds a heading and what stands under it: the table lays out the page."""
    headings = list(cell.iter(*_HEADINGS))
    return bool(headings) and len(_all_text(cell).split()) > sum(len(_all_text(each).split()) for each in headings)


def _is_marked(row: Element) -> bool:
    """Whether a row says that it heads its table."""
    cells = [child for child in row if child.tag in ("td", "th")]
    return bool(cells) and (all(cell.tag == "th" for cell in cells) or row.getparent().tag == "thead")


def _spans(cells: list[Element], name: str) -> int:
    """Rows or columns that the widest of some cells takes."""
    return max((_whole(cell.get(name), 1) for cell in cells), default=1)


def _owner(row: Element) -> Element | None:
    return next(row.iterancestors("table"), None)


def _css_form(element: Element) -> str:
    """The type of numbers that a style attribute asks for."""
    match = re.search(r"list-style(?:-type)?\s*:\s*([\w-]+)", element.get("style") or "", re.IGNORECASE)
    forms = {"lower-alpha": "a", "upper-alpha": "A", "lower-latin": "a", "upper-latin": "A", "lower-roman": "i"}
    return (forms | {"upper-roman": "I", "none": "none"}).get(match.group(1).casefold(), "") if match else ""


def _whole(text: str | None, default: int) -> int:
    return int(text) if text and re.fullmatch(r"\s*-?\d{1,6}\s*", text) else default


def _all_text(element: Element) -> str:
    return "".join(element.itertext())
