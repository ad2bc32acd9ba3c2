"""What a document says about itself: the lines of its masthead, and the facts read off them.

Nothing is guessed: a fact that is not printed stays empty, and each carries where it was read.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from taqa.domain import DocumentMeta, Kind
from taqa.ingest.drafts import Draft
from taqa.ingest.lines import Line
from taqa.references import find, is_symbol

_DISTRIBUTION = re.compile(r"^Distr(?:\.|ibution)?\s*:", re.IGNORECASE)
_NOTE_BY = re.compile(
    r"^(Note|Report|Report by|Note verbale|Draft decision|Information paper)\b.{0,60}$", re.IGNORECASE
)
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_DATE = re.compile(rf"\b(\d{{1,2}}) ({'|'.join(_MONTHS)}) (\d{{4}})\b")
_LANGUAGE = re.compile(r"\b(?:Original:\s*)?(English|French|Spanish|Russian|Arabic|Chinese)(?: only)?$")
MASTHEAD_LINES = 80
TITLE_WORDS = 40


def masthead_region(lines: Sequence[Line]) -> tuple[int, tuple[int, int]]:
    """Number of masthead lines, and which of them are the title. (0, (0, 0)) where no "Distr.:" is printed."""
    head = lines[:MASTHEAD_LINES]
    if not any(_DISTRIBUTION.match(line.text) for line in head):
        return 0, (0, 0)
    stop = next((i for i, line in enumerate(head) if line.heading or _NOTE_BY.match(line.text)), 0)
    start = stop - 1
    while start > 0 and not lines[start].blank_before:
        start -= 1
    return stop, (start, stop) if stop else (0, 0)


def masthead_drafts(lines: Sequence[Line], title: tuple[int, int]) -> list[Draft]:
    """Units of the masthead: its blocks, counted, and the title."""
    drafts: list[Draft] = []
    blocks = 0
    for i, line in enumerate(lines):
        if i == title[0] < title[1]:
            drafts.append(Draft(Kind.HEADING, ("title",), None, (), "", [line]))
        elif drafts and (title[0] < i < title[1] or not (line.blank_before or i == title[1])):
            drafts[-1].lines.append(line)
        else:
            blocks += 1
            drafts.append(Draft(Kind.UNNUMBERED, ("masthead", f"block {blocks}"), None, (), "", [line], counted=True))
    return drafts


def read_off(lines: Sequence[Line], running_headers: Sequence[str], stop: int, title: tuple[int, int]) -> DocumentMeta:
    """The facts printed in the masthead, the running headers and the title line."""
    known: dict[str, str] = {}
    head = lines[:stop]
    symbol = _symbol(head, running_headers, known)
    date = language = ""
    for line in head:
        if not date and (match := _DATE.search(line.text)) and len(line.text) < 30:
            date = f"{match.group(3)}-{_MONTHS.index(match.group(2)) + 1:02}-{int(match.group(1)):02}"
            known["date"] = "printed in the masthead"
        if not language and len(line.text) < 30 and (found := _LANGUAGE.search(line.text)):
            language = {"English": "en", "French": "fr", "Spanish": "es"}.get(found.group(1), found.group(1))
            known["language"] = "printed in the masthead"
    text = " ".join(line.text for line in lines[slice(*title)]) if title[1] else _capital_title(lines)
    if text:
        known["title"] = "printed in the masthead" if title[1] else "printed at the head of the document"
    kind = next((m.group(1).casefold() for line in lines[: stop + 3] if (m := _NOTE_BY.match(line.text))), "")
    if kind:
        known["type"] = "printed at the head of the document"
    return DocumentMeta(title=text, symbol=symbol, type=kind, date=date, language=language, known=known)


def _symbol(head: Sequence[Line], running_headers: Sequence[str], known: dict[str, str]) -> str:
    for line in head:
        if is_symbol(line.text):
            known["symbol"] = "printed in the masthead"
            return find(line.text)[0].text
    repeated = Counter(running_headers).most_common(1)
    if repeated and (found := find(repeated[0][0])):
        known["symbol"] = "printed in the page headers"
        return found[0].text
    return ""


def _capital_title(lines: Sequence[Line]) -> str:
    """The first lines, where they are all capitals or a top heading."""
    words: list[str] = []
    for line in lines[:6]:
        if line.text.isupper() or line.heading == 1:
            words.append(line.text)
        else:
            break
    text = " ".join(words)
    return text if 0 < len(text.split()) <= TITLE_WORDS else ""
