"""Headings told from text by their form: short, capital, no stop at the end, something new after them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from taqa.ingest.acts import act_part
from taqa.ingest.drafts import is_terminal
from taqa.ingest.labels import Label
from taqa.ingest.lines import Line
from taqa.ingest.lists import list_readings
from taqa.ingest.sections import ARTICLE

HEADING_CHARS = 200
HEADING_LINES = 8
"""A heading of more lines is text set in bold."""
RUN_IN_WORDS = 14

_ANNEX = re.compile(
    r"^(?:(?:annexe?|appendix|enclosure|schedule|anexo|appendice|apéndice)\b(?:\s+(?:[IVXLC]+|\d+|[A-Z])(?:\s?[A-Z])?)?"
    r"|(?:annexe?s|appendices|anexos|apéndices)\s+(?:[IVXLC]+|\d+|[A-Z])(?:(?:,|,?\s+(?:and|et|y|to|à|a))\s+(?:[IVXLC]+|\d+|[A-Z]))+)$",
    re.IGNORECASE,
)
_DIVISION = re.compile(r"^part(?:ie|e)?\s+([IVXLC]{1,7}|\d{1,2}|[A-Z])\.?$", re.IGNORECASE)
_ARTICLE = re.compile(
    r"^(?:article|artículo|articulo)\s+(\d{1,3}|[IVXLC]{1,7}|premier)(?:\s+(bis|ter|quater))?\.?$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Block:
    """Lines up to the next blank line or label: their text (no more than tells a heading) and the index after them."""

    text: str
    stop: int


def block(lines: Sequence[Line], labels: Sequence[Label | None], i: int) -> Block:
    """The block that begins at line `i`; a label alone on its line takes the next line with it, labelled or not."""
    label = labels[i]
    alone = label is not None and not lines[i].text[label.length :]
    text = lines[i].text
    stop = i + 1
    while stop < len(lines) and not lines[stop].blank_before and not lines[stop].bullet:
        if (labels[stop] and not alone) or stop - i > HEADING_LINES:
            break
        alone = False
        text += " " + lines[stop].text
        stop += 1
    return Block(text, stop)


def is_title(text: str) -> bool:
    """Whether words after a heading number can be a title."""
    return len(text) <= HEADING_CHARS and not is_terminal(text) and text[:1].isupper()


def stands_alone(lines: Sequence[Line], labels: Sequence[Label | None], i: int) -> bool:
    """Whether an unnumbered line is a heading: short and capital, and a new beginning follows."""
    found = block(lines, labels, i)
    ends = found.stop >= len(lines) or lines[found.stop].blank_before or labels[found.stop] is not None
    short = len(found.text.split()) <= RUN_IN_WORDS or (found.text.isupper() and len(found.text) <= HEADING_CHARS)
    capital = found.text.lstrip("“‘\"'")[:1].isupper()
    return ends and short and capital and not is_terminal(found.text) and not found.text.endswith(",")


def opens_list(lines: Sequence[Line], labels: Sequence[Label | None], i: int) -> bool:
    """Whether a short line of its own stands before the first item of a list."""
    line = lines[i]
    if len(line.text.split()) > RUN_IN_WORDS or is_terminal(line.text) or i + 1 >= len(lines):
        return False
    apart = (line.blank_before or line.page_start) and line.text[0].isupper()
    return apart and any(reading.value == 1 for reading in list_readings(labels[i + 1]))


def annex_part(title: str) -> str:
    """Address part of an annex heading ("annex II"), empty for any other line."""
    if not _ANNEX.match(title.strip()):
        return ""
    word, *number = title.split()
    return " ".join((word.casefold(), *number))


def article_part(title: str) -> str:
    """Address part of an article heading ("art. 12"), empty for any other line."""
    match = _ARTICLE.match(title.strip())
    if match is None:
        return ""
    number, further = match.group(1).upper(), match.group(2)
    number = "1" if number == "PREMIER" else number
    return f"{ARTICLE}{number}" + (f" {further.casefold()}" if further else "")


def division_part(title: str) -> str:
    """Address part of the heading of a part of an annex ("part II"), empty for any other line."""
    match = _DIVISION.match(title.strip())
    return f"part {match.group(1).upper()}" if match else ""


def part_of(title: str) -> str:
    """Address part of the heading of an annex, an article or a decision, empty for any other line."""
    bare = title.rstrip("*∗† ")
    return annex_part(bare) or article_part(bare) or act_part(bare)


def titled_below(title: str) -> bool:
    """Whether the heading of a part is its number only: its title may follow on the next line."""
    return bool(article_part(title) or division_part(title)) or (bool(act_part(title)) and ":" not in title)
