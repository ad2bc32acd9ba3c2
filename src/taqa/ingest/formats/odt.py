"""OpenDocument texts (.odt): paragraphs with the numbers that a writer prints, tables by row, notes, changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from taqa.errors import Damaged
from taqa.ingest.formats.archive import Archive
from taqa.ingest.formats.numerals import short_number, short_style
from taqa.ingest.formats.source import LineKind, LineStyle, MarkKind, Number, Row, Source
from taqa.ingest.formats.tables import Laid, heading_rows, is_masthead
from taqa.ingest.formats.trees import Element
from taqa.ingest.formats.writing import Piece, Writer, trimmed

_NS = "{urn:oasis:names:tc:opendocument:xmlns:"
TEXT, TABLE, STYLE = f"{_NS}text:1.0}}", f"{_NS}table:1.0}}", f"{_NS}style:1.0}}"
OFFICE, DRAW, FO = f"{_NS}office:1.0}}", f"{_NS}drawing:1.0}}", f"{_NS}xsl-fo-compatible:1.0}}"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
_LEVELS = (TEXT + "list-level-style-number", TEXT + "list-level-style-bullet", TEXT + "outline-level-style")
_INDEXES = frozenset(
    TEXT + name
    for name in ("table-of-content", "alphabetical-index", "illustration-index", "table-index", "user-index")
)
_GROUPS = frozenset({TEXT + "section", TEXT + "index-body", TEXT + "index-title", DRAW + "text-box", DRAW + "frame"})


def read_odt(path: Path, content: bytes) -> Source:
    """Text and styles of an ODT file. Raises Unreadable where it is damaged."""
    archive = Archive(path.name, content)
    root, common = archive.tree("content.xml"), archive.tree("styles.xml")
    body = None if root is None else root.find(f"{OFFICE}body/{OFFICE}text")
    if body is None:
        raise Damaged(f"{path.name} is not an ODT file, or a damaged one; open and save it anew.")
    reader = _Reader(_read_styles([tree for tree in (common, root) if tree is not None]), _deletions(body))
    reader.margins(common, "header")
    reader.blocks(body)
    reader.margins(common, "footer")
    return reader.writer.source()


# -- styles -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Level:
    """One level of a list style: how it counts and prints."""

    form: str
    prefix: str
    suffix: str
    start: int
    shown: int
    bullet: str


@dataclass(frozen=True, slots=True)
class _Styles:
    """List styles by name (the outline's is ""), styles by name: parent, whether bold, hidden, list style."""

    lists: Mapping[str, Mapping[int, _Level]]
    parents: Mapping[str, str]
    weights: Mapping[str, bool]
    displays: Mapping[str, bool]
    listed: Mapping[str, str]

    def bold(self, name: str | None) -> bool:
        return next((self.weights[each] for each in self._chain(name) if each in self.weights), False)

    def shown(self, name: str | None) -> bool:
        return next((self.displays[each] for each in self._chain(name) if each in self.displays), True)

    def unlisted(self, name: str | None) -> bool:
        """Whether a style says outright that its paragraphs are in no list, not even in that of the headings."""
        return next((self.listed[each] == "" for each in self._chain(name) if each in self.listed), False)

    def _chain(self, name: str | None) -> Iterator[str]:
        seen: set[str] = set()
        while name and name not in seen:
            seen.add(name)
            yield name
            name = self.parents.get(name)


def _read_styles(trees: list[Element]) -> _Styles:
    lists: dict[str, dict[int, _Level]] = {}
    parents: dict[str, str] = {}
    weights: dict[str, bool] = {}
    displays: dict[str, bool] = {}
    listed: dict[str, str] = {}
    for tree in trees:
        for style in tree.iter(TEXT + "list-style", TEXT + "outline-style"):
            name = style.get(STYLE + "name", "") if style.tag == TEXT + "list-style" else ""
            found = (each for each in style if each.tag in _LEVELS)
            lists[name] = {_whole(each.get(TEXT + "level"), 1): _level(each) for each in found}
        for style in tree.iter(STYLE + "style"):
            name = style.get(STYLE + "name", "")
            parents[name] = style.get(STYLE + "parent-style-name", "")
            if (list_style := style.get(STYLE + "list-style-name")) is not None:
                listed[name] = list_style
            properties = style.find(STYLE + "text-properties")
            weight = None if properties is None else properties.get(FO + "font-weight")
            if properties is not None and (display := properties.get(TEXT + "display")) is not None:
                displays[name] = display != "none"
            if weight is not None:
                weights[name] = weight == "bold" or (weight.isdecimal() and int(weight) >= 600)
    return _Styles(lists, parents, weights, displays, listed)


def _level(element: Element) -> _Level:
    bullet = element.get(TEXT + "bullet-char", "•") if element.tag.endswith("bullet") else ""
    form = element.get(STYLE + "num-format", "")
    return _Level(
        form=form * 2 if form in ("a", "A") and element.get(STYLE + "num-letter-sync") == "true" else form,
        prefix=element.get(STYLE + "num-prefix", ""),
        suffix=element.get(STYLE + "num-suffix", ""),
        start=_whole(element.get(TEXT + "start-value"), 1),
        shown=_whole(element.get(TEXT + "display-levels"), 1),
        bullet=(bullet if bullet in "-‐‑‒–—−" else "•") if bullet else "",
    )


def _is_marked(row: Element) -> bool:
    """Whether a row is one of those repeated at the top of each page."""
    return bool(row.getparent().tag == TABLE + "table-header-rows")


def _spans(cells: list[Element], what: str) -> int:
    """Rows or columns that the widest of some cells takes."""
    return max((_whole(cell.get(f"{TABLE}number-{what}-spanned"), 1) for cell in cells), default=1)


def _whole(text: str | None, default: int) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 7 else default


def _deletions(body: Element) -> dict[str, str]:
    """Text that tracked changes delete, by change."""
    found: dict[str, str] = {}
    for region in body.iter(TEXT + "changed-region"):
        deleted = region.find(TEXT + "deletion")
        if deleted is not None:
            paragraphs = ("".join(each.itertext()) for each in deleted.iter(TEXT + "p", TEXT + "h"))
            found[region.get(TEXT + "id") or region.get(XML_ID) or ""] = " ".join(paragraphs)
    return found


# -- text -------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Open:
    """An open list: its style, its counters by level."""

    style: str
    values: dict[int, int]


@dataclass(slots=True)
class _Reader:
    """Reads blocks in order and writes their lines."""

    styles: _Styles
    deletions: Mapping[str, str]
    writer: Writer = field(default_factory=Writer)
    label: Number | None = None
    outline: _Open = field(default_factory=lambda: _Open("", {}))
    by_style: dict[str, _Open] = field(default_factory=dict)
    by_id: dict[str, _Open] = field(default_factory=dict)
    notes: list[tuple[str, str, Element]] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    inserting: int = 0
    hidden: bool = False
    tables: int = 0
    kind: LineKind = "paragraph"
    text_begun: bool = False
    cell: list[Piece] | None = None
    """The text so far of the cell that is being read."""

    def blocks(self, parent: Element) -> None:
        for child in parent:
            if child.tag == TEXT + "p":
                self._line(child, LineStyle(0, 0, self.kind))
            elif child.tag == TEXT + "h":
                self._heading(child)
            elif child.tag == TEXT + "list":
                self._list(child, None, 1)
            elif child.tag == TABLE + "table":
                self._table(child)
            elif child.tag in _INDEXES:
                before, self.kind = self.kind, "contents"
                self.blocks(child)
                self.kind = before
            elif child.tag in _GROUPS:
                self.blocks(child)
            else:
                self._change(child)

    def margins(self, common: Element | None, kind: LineKind) -> None:
        """Headers or footers of all page styles, each text once."""
        seen: set[str] = set()
        for margin in (
            common.iter(STYLE + kind, f"{STYLE}{kind}-first", f"{STYLE}{kind}-left") if common is not None else ()
        ):
            for paragraph in margin.iter(TEXT + "p"):
                pieces = trimmed(list(self._inline(paragraph, bold=False)))
                text = "".join(piece.text for piece in pieces)
                if text not in seen:
                    self.writer.line(pieces, LineStyle(0, 0, kind))
                seen.add(text)

    def _heading(self, element: Element) -> None:
        level = _whole(element.get(TEXT + "outline-level"), 1)
        bare = element.get(TEXT + "is-list-header") == "true" or self.styles.unlisted(element.get(TEXT + "style-name"))
        if self.label is None and self.styles.lists.get("") and not bare:
            self.label = self._count(self.outline, level, "outline", None)
        kind: LineKind = "heading" if self.kind == "paragraph" else self.kind
        self._line(element, LineStyle(0, 0, kind, level))

    def _line(self, element: Element, style: LineStyle) -> None:
        pieces = trimmed(list(self._inline(element, self.styles.bold(element.get(TEXT + "style-name")))))
        label, self.label = self.label, None
        if label is not None:
            mark: MarkKind | None = "list mark" if label.style == "bullet" else None
            pieces = [Piece(f"{label.label} ", mark, bold=True), *pieces]
            kind: LineKind = "list item" if style.kind == "paragraph" else style.kind
            style = replace(style, kind=kind, level=style.level or label.level, number=label)
        if self.cell is not None:
            self.cell += [Piece(" ")] if pieces and self.cell else []
            self.cell += [replace(piece, text=piece.text.replace("\t", " ")) for piece in pieces]
            return
        written = self.writer.line(pieces, style)
        self.text_begun = self.text_begun or written is not None
        self._write_what_hangs_on_it()

    def _write_what_hangs_on_it(self) -> None:
        notes, self.notes = self.notes, []
        for key, mark, body in notes:
            pieces = [Piece(f"{mark} ")]
            for paragraph in body.iter(TEXT + "p", TEXT + "h"):
                pieces += [*self._inline(paragraph, bold=False), Piece(" ")]
            place = self.writer.calls.get(key)
            self.writer.line(pieces, LineStyle(0, 0, "footnote", note=mark, called_at=place))
        boxes, self.boxes = self.boxes, []
        for box in boxes:
            self.blocks(box)

    # -- lists ------------------------------------------------------------------------------------------

    def _list(self, element: Element, within: _Open | None, level: int) -> None:
        opened = within or self._opened(element)
        style = element.get(TEXT + "style-name") or opened.style
        for item in element:
            if item.tag not in (TEXT + "list-item", TEXT + "list-header"):
                continue
            first = True
            for child in item:
                if child.tag == TEXT + "list":
                    self._list(child, opened, level + 1)
                    continue
                if first and item.tag == TEXT + "list-item" and child.tag in (TEXT + "p", TEXT + "h"):
                    start = item.get(TEXT + "start-value")
                    self.label = self._count(_Open(style, opened.values), level, style, start)
                first = False
                self.blocks([child])

    def _opened(self, element: Element) -> _Open:
        """The list that an element begins or goes on with."""
        style = element.get(TEXT + "style-name", "")
        before = self.by_id.get(element.get(TEXT + "continue-list", ""))
        if before is None and element.get(TEXT + "continue-numbering") == "true":
            before = self.by_style.get(style)
        opened = before or _Open(style, {})
        self.by_style[style] = opened
        if identity := element.get(XML_ID):
            self.by_id[identity] = opened
        return opened

    def _count(self, opened: _Open, at: int, series: str, start: str | None) -> Number | None:
        levels = self.styles.lists.get(opened.style, {})
        level = levels.get(at)
        if level is None:
            return None
        values = opened.values
        for above in (k for k in range(1, at) if k not in values and k in levels):
            values[above] = levels[above].start
        first = _whole(start, level.start)
        values[at] = first if start is not None or at not in values else values[at] + 1
        for deeper in [k for k in values if k > at]:
            del values[deeper]
        if level.bullet:
            return Number(level.bullet, values[at], "bullet", at, series)
        if not level.form:
            return None
        shown = [k for k in range(max(1, at - level.shown + 1), at + 1) if k == at or levels.get(k, level).form]
        numbers = (short_number(levels.get(k, level).form, values.get(k, levels.get(k, level).start)) for k in shown)
        printed = level.prefix + ".".join(numbers) + level.suffix
        return Number(printed.strip(), values[at], "dotted" if len(shown) > 1 else short_style(level.form), at, series)

    # -- tables -----------------------------------------------------------------------------------------

    def _table(self, table: Element) -> None:
        rows = [row for row in table.iter(TABLE + "table-row") if next(row.iterancestors(TABLE + "table")) is table]
        laid = [[cell for cell in row if cell.tag == TABLE + "table-cell"] for row in rows]
        marked = bool(rows) and _is_marked(rows[0])
        masthead = not self.text_begun and is_masthead(rows, marked)
        if self.cell is not None or masthead or all(len(cells) < 2 for cells in laid):
            for cells in laid:
                for cell in cells:
                    self.blocks(cell)
            return
        self.tables += 1
        table_number = self.tables
        read = [
            Laid([self._cell(cell) for cell in cells], _is_marked(row), _spans(cells, "rows"), _spans(cells, "columns"))
            for row, cells in zip(rows, laid, strict=True)
        ]
        heads = heading_rows(read)
        for n, row in enumerate(read, start=1):
            self.writer.row(row.cells, LineStyle(0, 0, "table row", row=Row(table_number, n, n <= heads, ())))
        self._write_what_hangs_on_it()

    def _cell(self, cell: Element) -> list[Piece]:
        """All text of a cell in one line, with the numbers of its lists."""
        self.cell = []
        self.blocks(cell)
        joined, self.cell = self.cell, None
        return joined

    # -- inline text ------------------------------------------------------------------------------------

    def _inline(self, element: Element, bold: bool) -> Iterator[Piece]:
        before = self.hidden
        self.hidden = before or not self.styles.shown(element.get(TEXT + "style-name"))
        yield from self._inside(element, bold)
        self.hidden = before

    def _inside(self, element: Element, bold: bool) -> Iterator[Piece]:
        yield from self._string(element.text, bold)
        for child in element:
            yield from self._child(child, bold)
            yield from self._string(child.tail, bold)

    def _child(self, child: Element, bold: bool) -> Iterator[Piece]:
        if child.tag == TEXT + "s":
            yield Piece(" " * min(_whole(child.get(TEXT + "c"), 1), 100))
        elif child.tag == TEXT + "tab":
            yield Piece("\t")
        elif child.tag == TEXT + "line-break":
            yield Piece(" ")
        elif child.tag == TEXT + "note":
            yield from self._note(child)
        elif child.tag == TEXT + "change":
            if deleted := self.deletions.get(child.get(TEXT + "change-id", "")):
                yield Piece(deleted, "deleted text")
        elif child.tag in (TEXT + "change-start", TEXT + "change-end"):
            self._change(child)
        elif child.tag in (DRAW + "frame", DRAW + "text-box"):
            self.boxes += child.iter(DRAW + "text-box")
        elif child.tag not in (OFFICE + "annotation", TEXT + "ruby-text", TEXT + "tracked-changes"):
            named = child.get(TEXT + "style-name") if child.tag == TEXT + "span" else None
            yield from self._inline(child, self.styles.bold(named) if named in self.styles.weights else bold)

    def _note(self, note: Element) -> Iterator[Piece]:
        citation, body = note.find(TEXT + "note-citation"), note.find(TEXT + "note-body")
        if citation is None or body is None:
            return
        mark = "".join(citation.itertext()).strip()
        key = f"{note.get(TEXT + 'id', '')} {len(self.writer.calls)} {len(self.notes)}"
        self.notes.append((key, mark, body))
        yield Piece(mark, "footnote mark", call=key)

    def _change(self, element: Element) -> None:
        """Follow the beginning and end of inserted text."""
        if element.tag == TEXT + "change-start":
            self.inserting += 1
        elif element.tag == TEXT + "change-end":
            self.inserting = max(0, self.inserting - 1)

    def _string(self, text: str | None, bold: bool) -> Iterator[Piece]:
        if text:
            mark: MarkKind | None = "hidden text" if self.hidden else "inserted" if self.inserting else None
            yield Piece(" ".join(text.split("\n")), mark, bold)
