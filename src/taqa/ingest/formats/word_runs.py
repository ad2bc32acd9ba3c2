"""Runs of a Word paragraph to pieces of text: fields, tracked changes, hidden text, symbols, calls of notes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from taqa.ingest.formats.source import MarkKind
from taqa.ingest.formats.trees import Element
from taqa.ingest.formats.word_parts import MC, M, W, flag, inner, value
from taqa.ingest.formats.word_styles import Styles
from taqa.ingest.formats.writing import Piece

LISTNUM = "LISTNUM"
"""The field that prints the next number of a list inside a paragraph; Word keeps no result of it."""
PLACE = "\ufffc"
"""Stands for such a number until the number of the paragraph is known."""
_SIGNS = {W + "tab": "\t", W + "ptab": "\t", W + "br": " ", W + "cr": " ", W + "noBreakHyphen": "\u2011"}
_CHANGES: dict[str, MarkKind] = {
    W + "ins": "inserted",
    W + "moveTo": "inserted",
    W + "del": "deleted text",
    W + "moveFrom": "deleted text",
}
_NOTES = {W + "footnoteReference": "footnote", W + "endnoteReference": "endnote"}
_GREEK = ("abcdefghiklmnopqrstuwxyzGDQLXPSYWFC", "αβχδεφγηικλμνοπθρστυωξψζΓΔΘΛΞΠΣΨΩΦΧ")
_MATHS = ("\xa3\xb3\xb1\xb4\xb8\xb0\xb9\xbb\xa5\xb7\xae\xac\xd6\xe5\xde-", "≤≥±×÷°≠≈∞•→←√∑⇒−")
_PICTURES = ("\xa8\xfe\xfc\xfb\xe0o\xa7\xd8nl", "☐☑✓✗→☐▪➢■●")
_SYMBOL = dict(zip(_GREEK[0] + _MATHS[0], _GREEK[1] + _MATHS[1], strict=True))
_WINGDINGS = dict(zip(*_PICTURES, strict=True))
"""Characters of fonts whose codes are not those of Unicode."""


@dataclass(slots=True)
class Fields:
    """Fields open at a place of the text; one may run over many paragraphs."""

    instructions: list[str] = field(default_factory=list)
    results: list[bool] = field(default_factory=list)

    @property
    def shown(self) -> bool:
        """Whether text here is printed: what stands before a field's result is its instruction."""
        return all(self.results)

    @property
    def contents(self) -> bool:
        """Whether text here is the result of a table of contents."""
        return any(each.split()[:1] in (["TOC"], ["INDEX"], ["TOA"]) for each in self.instructions)

    def take(self, element: Element) -> str:
        """Follow a field's beginning, middle or end; at its end, its instruction."""
        kind = element.get(W + "fldCharType")
        if kind == "begin":
            self.instructions.append("")
            self.results.append(False)
        elif self.results and kind == "separate":
            self.results[-1] = True
        elif self.results and kind == "end":
            self.results.pop()
            return self.instructions.pop()
        return ""

    def instruct(self, text: str) -> None:
        if self.instructions:
            self.instructions[-1] += text


@dataclass(slots=True)
class Runs:
    """Reads the runs of paragraphs. `note` gives the printed mark of a note ("footnote", id) when it is called."""

    styles: Styles
    note: Callable[[str, str, str], str]
    fields: Fields = field(default_factory=Fields)
    boxes: list[Element] = field(default_factory=list)
    """Text boxes met in the paragraphs read so far; who reads the paragraphs empties it."""

    def pieces(self, paragraph: Element, style: str | None) -> list[Piece]:
        """The text of a paragraph."""
        bold, hidden = self.styles.bold(style), self.styles.hidden(style)
        return list(self._inline(paragraph, None, (bold, hidden)))

    def _inline(self, element: Element, mark: MarkKind | None, dress: tuple[bool, bool]) -> Iterator[Piece]:
        for child in inner(element):
            if child.tag == W + "r":
                yield from self._run(child, mark, dress)
            elif child.tag in _CHANGES:
                change = _CHANGES[child.tag]
                yield from self._inline(child, "deleted text" if mark == "deleted text" else change, dress)
            elif child.tag in (W + "hyperlink", W + "fldSimple", W + "dir", W + "bdo"):
                yield from self._inline(child, mark, dress)
            elif child.tag.startswith(M):
                yield Piece("".join(each.text or "" for each in child.iter(M + "t")), mark)

    def _run(self, run: Element, mark: MarkKind | None, dress: tuple[bool, bool]) -> Iterator[Piece]:
        properties = run.find(W + "rPr")
        named = value(properties, "rStyle")
        own_bold, own_hidden = flag(properties, "b"), flag(properties, "vanish")
        bold = own_bold if own_bold is not None else (self.styles.bold(named) or dress[0])
        hidden = own_hidden if own_hidden is not None else (self.styles.hidden(named) or dress[1])
        if hidden and mark != "deleted text":
            mark = "hidden text"
        custom = ""
        for child in inner(run):
            if child.tag == W + "fldChar":
                yield from self._field(child, mark, bold)
            elif child.tag == W + "instrText":
                self.fields.instruct(child.text or "")
            elif not self.fields.shown:
                continue
            elif child.tag in _NOTES:
                if _is_on(child, "customMarkFollows"):
                    custom = _NOTES[child.tag] + " " + child.get(W + "id", "")
                elif mark != "deleted text":
                    yield self._call(_NOTES[child.tag], child.get(W + "id", ""), "", mark)
            elif custom and child.tag in (W + "t", W + "sym"):
                kind, _, note_id = custom.partition(" ")
                yield self._call(kind, note_id, _text(child).strip(), mark)
                custom = ""
            elif child.tag in (W + "drawing", W + "pict", W + "object"):
                self.boxes += _boxes(child)
            elif text := _text(child):
                yield Piece(text, mark, bold)

    def _field(self, element: Element, mark: MarkKind | None, bold: bool) -> Iterator[Piece]:
        ended = self.fields.take(element)
        if ended.split()[:1] == [LISTNUM] and self.fields.shown:
            yield Piece(PLACE, mark, bold, call=ended.strip())

    def _call(self, kind: str, note_id: str, custom: str, mark: MarkKind | None) -> Piece:
        printed = self.note(kind, note_id, custom)
        return Piece(printed, mark if mark == "hidden text" else "footnote mark", call=f"{kind} {note_id}")


def _is_on(element: Element, name: str) -> bool:
    """Whether a switch that is an attribute is on."""
    return element.get(W + name, "0") in ("1", "true", "on")


def _boxes(element: Element) -> list[Element]:
    """Text boxes of a drawing, each once: an older copy of a box stands beside it for older programs."""
    found: list[Element] = []
    for child in element:
        if child.tag == W + "txbxContent":
            found.append(child)
        elif child.tag == MC + "AlternateContent":
            choice = child.find(MC + "Choice")
            inside = _boxes(choice) if choice is not None else []
            fallback = child.find(MC + "Fallback")
            found += inside or (_boxes(fallback) if fallback is not None else [])
        elif isinstance(child.tag, str):
            found += _boxes(child)
    return found


def _text(element: Element) -> str:
    if element.tag in (W + "t", W + "delText"):
        return element.text or ""
    if element.tag == W + "sym":
        return _symbol(element.get(W + "font", ""), element.get(W + "char", ""))
    if element.tag == W + "ruby":
        base = element.find(W + "rubyBase")
        return "" if base is None else "".join(each.text or "" for each in base.iter(W + "t"))
    return _SIGNS.get(element.tag, "")


def _symbol(font: str, code: str) -> str:
    """The character that a symbol font shows at a code, the replacement character where it is not known."""
    try:
        at = int(code, 16)
    except ValueError:
        return ""
    letter = chr(at - 0xF000 if 0xF000 <= at <= 0xF0FF else at) if 0 < at < 0xD800 or 0xE000 <= at < 0x110000 else ""
    if font.casefold().startswith("wingdings"):
        return _WINGDINGS.get(letter, "\ufffd")
    if font.casefold() == "symbol":
        return _SYMBOL.get(letter, letter if letter < "\x7f" else "\ufffd")
    return letter
