"""HTML: headings, lists with the numbers a browser prints, tables by row, footnotes by their links; no navigation."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from taqa.ingest.formats.numerals import short_number, short_style
from taqa.ingest.formats.plain import decode
from taqa.ingest.formats.source import LineStyle, MarkKind, Number, Row, Source
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
    reader = _Reader(_notes(root))
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


def _notes(root: Element) -> dict[str, str]:
    """Ids of elements that are footnotes -> the mark that calls them: short links out of raised text."""
    ids = {element.get("id") for element in root.iter() if element.get("id")}
    found: dict[str, str] = {}
    for link in root.iter("a"):
        target = (link.get("href") or "").removeprefix("#")
        mark = _NOTE_MARK.match(_all_text(link).strip())
        if target == link.get("href") or target not in ids or not mark:
            continue
        raised = any(each.tag == "sup" for each in (*link.iterancestors(), *link.iter()))
        if raised or "noteref" in f"{link.get('role')} {link.get('class')}":
            found.setdefault(target, mark.group(1))
    return found


_PLAIN = LineStyle(0, 0)


@dataclass(slots=True)
class _Reader:
    """Walks the tree; inline text gathers until a block begins or ends."""

    notes: Mapping[str, str]
    writer: Writer = field(default_factory=Writer)
    pieces: list[Piece] = field(default_factory=list)
    style: LineStyle = _PLAIN
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
        if self.label is not None:
            mark: MarkKind | None = "list mark" if self.label.style == "bullet" else None
            pieces = [Piece(f"{self.label.label} ", mark, bold=pieces[0].bold), *pieces]
            style = replace(style, kind="list item", level=self.depth, number=self.label)
            self.label = None
        if style.kind == "footnote":
            style = replace(style, called_at=self.writer.calls.get(style.note))
            pieces = [Piece(f"{style.note} "), *pieces] if style.note else pieces
            self.style = LineStyle(0, 0, "footnote")
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
        note = self.notes.get(child.get("id") or "")
        if child.tag in _BLOCKS or note:
            self.flush()
            before = self.style
            if note:
                self.style, self.label = LineStyle(0, 0, "footnote", note=note), None
            self._block(child)
            self.flush()
            self.style = before
        else:
            self.pieces += self._inline(child, None, bold=False)

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
            note = self.notes.get(child.get("id") or "") or self._inner_note(child)
            bare = self.style.kind == "footnote" or form == "none"
            if note:
                self.style = LineStyle(0, 0, "footnote", note=note)
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

    def _inner_note(self, item: Element) -> str:
        """The mark of a note whose id stands on the first element inside an item."""
        first = next(iter(item), None)
        return self.notes.get(first.get("id") or "", "") if first is not None and not (item.text or "").strip() else ""

    # -- tables -----------------------------------------------------------------------------------------

    def _table(self, table: Element) -> None:
        rows = [row for row in table.iter("tr") if _owner(row) is table]
        laid = [[child for child in row if child.tag in ("td", "th")] for row in rows]
        for caption in table.iterchildren("caption"):
            self._child(caption)
        if all(len(cells) < 2 for cells in laid) or any(next(table.iter(tag), None) is not None for tag in _HEADINGS):
            for cells in laid:
                for cell in cells:
                    self.flow(cell)
                    self.flush()
            return
        self.tables += 1
        for n, (row, cells) in enumerate(zip(rows, laid, strict=True), start=1):
            head = bool(cells) and (all(c.tag == "th" for c in cells) or row.getparent().tag == "thead")
            style = LineStyle(0, 0, "table row", row=Row(self.tables, n, head and n < len(rows), ()))
            written = [collapsed(self._inline(cell, None, bold=False)) for cell in cells]
            self.writer.row(written, style)

    # -- inline text ------------------------------------------------------------------------------------

    def _inline(self, element: Element, mark: MarkKind | None, bold: bool) -> Iterator[Piece]:
        if _dropped(element):
            return
        if element.tag == "br" or element.tag in _BLOCKS:
            yield Piece(" ", mark)
        target = (element.get("href") or "").removeprefix("#") if element.tag == "a" else ""
        if self.notes.get(target):
            yield Piece(self.notes[target], "footnote mark", call=self.notes[target])
            return
        if self.style.kind == "footnote" and element.tag == "a" and (element.get("href") or "").startswith("#"):
            text = _all_text(element).strip()
            if _BACK.match(text) or _NOTE_MARK.match(text):
                return
        bold = bold or element.tag in _BOLD
        mark = mark or _CHANGES.get(element.tag)
        yield from self._string(element.text, element, mark, bold)
        for child in element:
            if isinstance(child.tag, str):
                yield from self._inline(child, mark, bold)
            yield from self._string(child.tail, element, mark, bold)

    def _string(
        self, text: str | None, element: Element, mark: MarkKind | None = None, bold: bool = False
    ) -> Iterator[Piece]:
        if text:
            yield Piece(re.sub(r"[ \t\n\r\f]+", " ", text), mark, bold or element.tag in _BOLD)


def _dropped(element: Element) -> bool:
    if not isinstance(element.tag, str) or element.tag in _DROPPED or element.get("hidden") is not None:
        return True
    return element.get("role") == "navigation" or bool(_HIDDEN.search(element.get("style") or ""))


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
