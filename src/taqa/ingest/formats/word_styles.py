"""Styles of a Word file: what a paragraph or run has from its style and those that the style is based on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from taqa.ingest.formats.trees import Element
from taqa.ingest.formats.word_parts import W, flag, number, value

_HEADING = re.compile(r"^heading ([1-9])$", re.IGNORECASE)
_CONTENTS = re.compile(r"^(?:toc(?: \d| heading)|table of figures|index \d)", re.IGNORECASE)
BODY = 9
"""The outline level of text that is no heading."""


@dataclass(frozen=True, slots=True)
class WordStyle:
    """What one style sets itself; None means that it does not."""

    id: str
    name: str
    based_on: str | None
    num_id: str | None
    level: int | None
    outline: int | None
    bold: bool | None
    hidden: bool | None
    head_bold: bool | None
    """Of a table: whether its first row is bold."""


@dataclass(frozen=True, slots=True)
class Styles:
    """All styles by id; `paragraph` is the one of paragraphs that name none."""

    by_id: Mapping[str, WordStyle]
    paragraph: str

    def chain(self, style: str | None) -> list[WordStyle]:
        """A style and those it is based on, nearest first; a circle is cut."""
        found: list[WordStyle] = []
        while style is not None and style in self.by_id and len(found) < len(self.by_id):
            found.append(self.by_id[style])
            style = found[-1].based_on
        return found

    def outline(self, style: str | None) -> int:
        """Outline level from 1, 0 for text. The names of Word's own heading styles are English in every language."""
        for each in self.chain(style):
            if each.outline is not None:
                return 0 if each.outline >= BODY else each.outline + 1
            if match := _HEADING.match(each.name):
                return int(match.group(1))
        return 1 if self._named(style, "title") else 0

    def contents(self, style: str | None) -> bool:
        """Whether a style is that of entries in a table of contents or an index."""
        return any(_CONTENTS.match(each.name) for each in self.chain(style))

    def caption(self, style: str | None) -> bool:
        return self._named(style, "caption")

    def bold(self, style: str | None) -> bool:
        return next((each.bold for each in self.chain(style) if each.bold is not None), False)

    def hidden(self, style: str | None) -> bool:
        return next((each.hidden for each in self.chain(style) if each.hidden is not None), False)

    def head_bold(self, style: str | None) -> bool:
        """Whether a style of tables has their first row in bold."""
        return next((each.head_bold for each in self.chain(style) if each.head_bold is not None), False)

    def _named(self, style: str | None, name: str) -> bool:
        return any(each.name.casefold() == name for each in self.chain(style))


def read_styles(root: Element | None) -> Styles:
    """The styles of a file; none where it has no such part."""
    found: dict[str, WordStyle] = {}
    default = ""
    for style in root.iterfind(W + "style") if root is not None else ():
        properties, run = style.find(W + "pPr"), style.find(W + "rPr")
        numbered = None if properties is None else properties.find(W + "numPr")
        style_id = style.get(W + "styleId", "")
        if style.get(W + "type") == "paragraph" and style.get(W + "default") in ("1", "true", "on"):
            default = style_id
        found[style_id] = WordStyle(
            id=style_id,
            name=value(style, "name") or "",
            based_on=value(style, "basedOn"),
            num_id=value(numbered, "numId"),
            level=number(numbered, "ilvl"),
            outline=number(properties, "outlineLvl"),
            bold=flag(run, "b"),
            hidden=flag(run, "vanish"),
            head_bold=_head_bold(style),
        )
    return Styles(found, default)


def _head_bold(style: Element) -> bool | None:
    rows = (part for part in style.iterfind(W + "tblStylePr") if part.get(W + "type") == "firstRow")
    return next((flag(part.find(W + "rPr"), "b") for part in rows), None)
