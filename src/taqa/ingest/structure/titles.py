"""Titles told from text by their form: short, capital, no stop at the end, something new after them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from taqa.ingest.drafts import is_terminal
from taqa.ingest.structure.lists import list_readings
from taqa.ingest.structure.manuscript import Manuscript

HEADING_CHARS = 200
HEADING_LINES = 8
"""A heading of more lines is text set in bold."""
RUN_IN_WORDS = 14

_NUMBER = r"(?:\d+(?:[.-]\d+)*|[IVXLC]+|[A-Z])\b"
_CAPTION = re.compile(
    rf"^(?:figure|fig\.|table|box|chart|graph|map|plate|tableau|encadré|cuadro|gráfico|mapa)\s+{_NUMBER}", re.I
)
_PART = re.compile(
    rf"^(?:part|chapter|title|partie|chapitre|titre|parte|capítulo|título)\s+(?:{_NUMBER}|one|two|three)", re.I
)
_NUMBERED = re.compile(rf"^(?P<word>[^\W\d_]+)\s+{_NUMBER}")


@dataclass(frozen=True, slots=True)
class Block:
    """Lines up to the next blank line or label: their text (no more than tells a heading) and the index after them."""

    text: str
    stop: int


def block(paper: Manuscript, i: int) -> Block:
    """The block that begins at line `i`; a label alone on its line takes the next line with it, labelled or not."""
    lines, label = paper.lines, paper.labels[i]
    alone = label is not None and not lines[i].text[label.length :]
    text = lines[i].text
    stop = i + 1
    while stop < len(lines) and not lines[stop].blank_before and not lines[stop].bullet:
        if (paper.labels[stop] and not alone) or stop - i > HEADING_LINES:
            break
        alone = False
        text += " " + lines[stop].text
        stop += 1
    return Block(text, stop)


def is_title(text: str) -> bool:
    """Whether words after a heading number can be a title."""
    return len(text) <= HEADING_CHARS and not is_terminal(text) and text[:1].isupper()


def is_caption(text: str) -> bool:
    """Whether a heading is that of a figure or a table: "Figure 4", "Table 2. Hives"."""
    return bool(_CAPTION.match(text))


def heads_part(text: str) -> bool:
    """Whether a heading is that of a part or chapter: "Part 2 Hives"."""
    return bool(_PART.match(text))


def alike(text: str, other: str) -> bool:
    """Whether two headings begin with one word and a number each: "Rule 1", "Rule 2"."""
    first, second = _NUMBERED.match(text), _NUMBERED.match(other)
    return first is not None and second is not None and first["word"].casefold() == second["word"].casefold()


def is_short(text: str) -> bool:
    """Whether a line is as short as a heading inside a paragraph, and no sentence."""
    return len(text.split()) <= RUN_IN_WORDS and text[:1].isupper() and not is_terminal(text)


def stands_alone(paper: Manuscript, i: int) -> bool:
    """Whether an unnumbered line is a heading: short and capital, and a new beginning follows."""
    found = block(paper, i)
    ends = paper.apart_below(found.stop - 1) or paper.labels[found.stop] is not None
    short = len(found.text.split()) <= RUN_IN_WORDS or (found.text.isupper() and len(found.text) <= HEADING_CHARS)
    capital = found.text.lstrip("“‘\"'")[:1].isupper()
    return ends and short and capital and not is_terminal(found.text) and not found.text.endswith(",")


def opens_list(paper: Manuscript, i: int) -> bool:
    """Whether a short line of its own stands before the first item of a list."""
    line = paper.lines[i]
    if not is_short(line.text) or i + 1 >= len(paper.lines) or not (line.blank_before or line.page_start):
        return False
    return any(reading.value == 1 for reading in list_readings(paper.labels[i + 1]))
