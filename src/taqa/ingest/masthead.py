"""What a document says about itself: the lines of its masthead, and the facts read off them.

Nothing is guessed: a fact that is not printed stays empty, and each carries where it was read.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile

from taqa.domain import DocumentMeta, Kind
from taqa.ingest.drafts import Draft, is_terminal
from taqa.ingest.imprint import (
    agenda_item_of,
    date_of,
    distribution_of,
    is_distribution,
    kind_of,
    language_of,
    names_body,
    nature_of,
    relations_of,
    session_in_title,
    session_of,
)
from taqa.ingest.lines import Line
from taqa.references import find, is_symbol

_NOTE_BY = re.compile(
    r"^(Note|Report|Report by|Note verbale|Draft decision|Information paper)\b.{0,60}$", re.IGNORECASE
)
_PART = re.compile(r"^(?:addendum|corrigendum|part\s+(?:one|two|three|\w)\b|contents|\[)", re.IGNORECASE)
_NUMBERED_TITLE = re.compile(r"^[A-Z]?\d+/\d+\.\s+")
MASTHEAD_LINES = 80
SHORT_HEAD = 30
"""Lines in which a typeset masthead ends."""
SHORT_FACT = 30
LINES_UNDER = 6
TITLE_WORDS = 40
TITLE_AT_HEAD = 6
"""Lines at the head of a document without a masthead that may be its title."""
_OF_A_PART = re.compile(
    r"\W*(?:\d|[IVXLC]+\b|[A-Z]\W"
    r"|(?i:annex|appendix|article|chapter|part|preamble|section|contents|introduction|summary)\b)"
)
_SHORT_TITLE = re.compile(
    r"(?!(?:The|This|Draft|International|Multilateral|Framework|Additional|Optional|Supplementary|European|General)\b)"
    r"[A-Z]\w+ (?:Convention|Protocol|Agreement|Treaty|Covenant|Charter)\b(?=.)"
)
"""What a treaty is called by those who cite it, where its title begins with that."""
_TREATY = re.compile(
    r"\b(?:Convention|Protocole?|Agreement|Treaty|Covenant|Charter|Accord|Traité|Convenio|Convención|Protocolo|Acuerdo|Tratado)\b",
    re.IGNORECASE,
)
ARTICLES = 3
"""Articles that make a text that is called a convention one."""
CAPITAL_WORDS = 3
TITLE_LINES = 16
"""Lines after the last fact of a masthead in which its title begins."""

Region = tuple[int, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Header:
    """A running header: what it says, and where it stands first."""

    text: str
    start: int


@dataclass(slots=True)
class _Facts:
    """Facts found so far, and how each is known."""

    values: dict[str, str] = field(default_factory=dict)
    known: dict[str, str] = field(default_factory=dict)

    def note(self, name: str, value: str, where: str, start: int, end: int) -> None:
        if value and name not in self.values:
            self.values[name] = value
            self.known[name] = f"{where} (characters {start}-{end})"

    def add(self, name: str, value: str, where: str, start: int, end: int) -> None:
        """Note one of several, as a joint meeting has them."""
        before = self.values.get(name, "")
        if value and value not in before.split("; "):
            self.values[name] = f"{before}; {value}" if before else value
            self.known[name] = (
                f"{self.known[name][:-1]}, {start}-{end})" if before else f"{where} (characters {start}-{end})"
            )


def masthead_region(lines: Sequence[Line], typeset: bool = False) -> Region:
    """Number of masthead lines, and which of them are the title; (0, (0, 0)) where there is no masthead.

    Without a line about distribution, the symbol that a paper begins with is all of its masthead.
    `typeset` says that bold lines are known by their type and not by marks; then the title is told by its type, too.
    """
    head = lines[:MASTHEAD_LINES]
    if not any(is_distribution(line.text) for line in head):
        return int(_opens_with_symbol(lines)), (0, 0)
    if typeset:
        return _typeset_region(lines)
    stop = next((i for i, line in enumerate(head) if line.heading or _NOTE_BY.match(line.text)), 0)
    if not stop:
        return _typeset_region(lines, plain=True)
    start = stop - 1
    while start > 0 and not lines[start].blank_before:
        start -= 1
    return stop, (start, stop)


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


def read_off(lines: Sequence[Line], headers: Sequence[Header], stop: int, title: tuple[int, int]) -> DocumentMeta:
    """The facts printed in the masthead, the running headers and the title."""
    facts = _Facts()
    head = lines[:stop]
    aliases = _symbols(head, headers, facts)
    for line in head:
        if line.text.casefold().startswith(
            "original"
        ):  # goes before that of the version: "French", "Original: English"
            facts.note("language", language_of(line.text), "printed in the masthead", line.start, line.end)
    for i, line in enumerate(head):
        _single(facts, line, head[i - 1] if i else None)
    _body(facts, head, title)
    titled = lines[slice(*title)] if title[1] else _head_title(lines[int(_opens_with_symbol(lines)) :])
    if titled:
        where = "printed in the masthead" if title[1] else "printed at the head of the document"
        text = " ".join(line.text for line in titled)
        facts.note("title", _NUMBERED_TITLE.sub("", text) if title[1] else text, where, titled[0].start, titled[-1].end)
        if not title[1] and (short := _SHORT_TITLE.match(text)):
            facts.note("cited_as", short.group(), "the beginning of the title", titled[0].start, titled[-1].end)
    _session_in_title(facts, titled)
    _kind(facts, lines, titled, stop)
    relations = relations_of(facts.values.get("symbol", "")) if facts.values.get("symbol") else ()
    if relations:
        facts.known["relations"] = "read off the symbol"
    return DocumentMeta(**facts.values, aliases=aliases, relations=relations, known=facts.known)  # type: ignore[arg-type]


# -- the region -------------------------------------------------------------------------------------------


def with_treaty(meta: DocumentMeta, articles: int) -> DocumentMeta:
    """The facts, with what title and articles tell together: a text in articles that is called so is a treaty."""
    if meta.type or articles < ARTICLES or not _TREATY.search(meta.title):
        return meta
    return replace(meta, type="treaty", known={**meta.known, "type": "told by its title and its articles"})


def _opens_with_symbol(lines: Sequence[Line]) -> bool:
    return bool(lines) and is_symbol(lines[0].text)


def _typeset_region(lines: Sequence[Line], plain: bool = False) -> Region:
    """The masthead as far as its last fact; the title is what stands out under it, of `plain` text the next block."""
    head = lines[:SHORT_HEAD]
    distr = next((i for i, line in enumerate(head) if is_distribution(line.text)), None)
    if distr is None:
        return 0, (0, 0)
    stop = distr + 1
    for i, line in enumerate(head):
        if line.bold and not line.blank_before and i and head[i - 1].bold:
            continue  # a date inside a title
        if _is_fact(line.text) or (i and is_distribution(head[i - 1].text) and distribution_of(line.text)):
            stop = max(stop, i + 1) if i < stop + TITLE_LINES else stop
    blocks = _blocks(lines, stop, stop + TITLE_LINES)
    for low, high in blocks:
        text = " ".join(line.text for line in lines[low:high])
        if _titles(lines[low:high], text, (low, high) == blocks[-1], plain):
            rest = [block for block in blocks if block[0] >= high]
            while rest and text.isupper() and " ".join(line.text for line in lines[slice(*rest[0])]).isupper():
                high = rest.pop(0)[1]
            if kind_of(text) == "resolution" and (named := _numbered(lines, rest)):
                low, high = named
            return high, (low, high)
    return stop, (0, 0)


def _is_fact(text: str) -> bool:
    printed = (is_symbol(text.rstrip("*")), date_of(text) and len(text) < SHORT_FACT, language_of(text))
    return any((*printed, is_distribution(text), session_of(text), agenda_item_of(text)))


def _blocks(lines: Sequence[Line], start: int, stop: int) -> list[tuple[int, int]]:
    """Stretches of lines between blank ones."""
    begins = [i for i in range(start, min(stop, len(lines))) if i == start or lines[i].blank_before]
    return [(low, next((i for i in range(low + 1, len(lines)) if lines[i].blank_before), len(lines))) for low in begins]


def _titles(lines: Sequence[Line], text: str, last: bool, plain: bool) -> bool:
    """Whether a block under the facts of a masthead is the title of the paper."""
    if _PART.match(text):
        return False
    bold = all(line.bold for line in lines) or (text.isupper() and len(text.split()) > CAPITAL_WORDS)
    bold = bold or (plain and _reads_as_title(text))
    if kind_of(text):
        return bold or text.endswith(("resolution", "decision"))
    return bold and not names_body(text) and not last


def _reads_as_title(text: str) -> bool:
    """Whether plain text has the form of a title: few words, a capital first, no stop or comma at the end."""
    short = len(text.split()) <= TITLE_WORDS and text[:1].isupper()
    return short and not is_terminal(text) and not text.endswith(",")


def _numbered(lines: Sequence[Line], blocks: Sequence[tuple[int, int]]) -> tuple[int, int] | None:
    """The block that opens with the number of a resolution ("73/7. Report of …")."""
    return next((block for block in blocks if _NUMBERED_TITLE.match(lines[block[0]].text)), None)


# -- the facts --------------------------------------------------------------------------------------------


def _symbols(head: Sequence[Line], headers: Sequence[Header], facts: _Facts) -> tuple[str, ...]:
    """Note the symbol; further ones, of a joint document or from further lines, are its aliases."""
    found: list[str] = []
    for line in head:
        if is_symbol(line.text.rstrip("*")):
            own = [mention.text.rstrip("*") for mention in find(line.text.rstrip("*"))]
            facts.note("symbol", own[0], "printed in the masthead", line.start, line.end)
            found += own
    repeated = Counter(header.text for header in headers).most_common(1)
    if not found and repeated and (mentions := find(repeated[0][0])):
        first = next(header for header in headers if header.text == repeated[0][0])
        start = first.start + mentions[0].start
        facts.note("symbol", mentions[0].text, "printed in the page headers", start, start + len(mentions[0].text))
    aliases = tuple(dict.fromkeys(symbol for symbol in found[1:] if symbol != found[0]))
    if aliases:
        facts.known["aliases"] = "printed in the masthead"
    return aliases


def _single(facts: _Facts, line: Line, before: Line | None) -> None:
    """Note what a line of the masthead says by itself."""
    where = "printed in the masthead", line.start, line.end
    if len(line.text) < SHORT_FACT:
        facts.note("date", date_of(line.text), *where)
        facts.note("language", language_of(line.text), *where)
    if is_distribution(line.text) or (before and is_distribution(before.text)):
        facts.note("distribution", distribution_of(line.text), *where)
    facts.add("session", session_of(line.text), *where)
    facts.add("agenda_item", agenda_item_of(line.text), *where)


def _body(facts: _Facts, head: Sequence[Line], title: tuple[int, int]) -> None:
    """Note each body: lines that name one, with those that go on with it; else what stands above the session."""
    before = [line for i, line in enumerate(head) if not title[0] <= i < title[1]]
    starts = [i for i, line in enumerate(before) if names_body(line.text) and _apart(before, i)]
    sitting = next((i for i, line in enumerate(before) if session_of(line.text)), 0)
    if not starts and sitting and not before[sitting].blank_before and not _is_fact(before[sitting - 1].text):
        at = sitting - 1
        while at and not before[at].blank_before:
            at -= 1
        starts = [at]
    for at in starts:
        end = at + 1
        while end < len(before) and not _apart(before, end) and not _is_fact(before[end].text):
            end += 1
        text = " ".join(line.text for line in before[at:end])
        facts.add("body", text, "printed in the masthead", before[at].start, before[end - 1].end)


def _apart(lines: Sequence[Line], i: int) -> bool:
    """Whether something new begins with a line."""
    return i == 0 or lines[i].blank_before or lines[i].bold != lines[i - 1].bold or _is_fact(lines[i - 1].text)


def _session_in_title(facts: _Facts, titled: Sequence[Line]) -> None:
    text = " ".join(line.text for line in titled)
    session, _, _ = session_in_title(text)
    if session:
        facts.note("session", session, "printed in the title", titled[0].start, titled[-1].end)


def _kind(facts: _Facts, lines: Sequence[Line], titled: Sequence[Line], stop: int) -> None:
    """Note the kind of paper: as its symbol says, else a line under the title, else the title."""
    symbol = facts.values.get("symbol", "")
    nature = nature_of(symbol)
    if nature in ("INF", "CRP"):
        facts.values["type"] = nature
        facts.known["type"] = "read off the symbol"
        return
    for line in lines[: stop + 3]:
        if match := _NOTE_BY.match(line.text):
            where = "printed at the head of the document"
            facts.note("type", match.group(1).casefold(), where, line.start, line.end)
    if stop:
        _kind_in_title(facts, lines, titled, stop)
    if nature and "type" not in facts.values:
        facts.values["type"] = nature
        facts.known["type"] = "read off the symbol"


def _kind_in_title(facts: _Facts, lines: Sequence[Line], titled: Sequence[Line], stop: int) -> None:
    """Note the kind that the line above a numbered title says, else the title, else the lines under it."""
    for line in lines[:stop]:
        if kind_of(line.text) == "resolution":
            facts.note("type", "resolution", "printed in the masthead", line.start, line.end)
    if titled:
        text = " ".join(line.text for line in titled)
        facts.note("type", kind_of(text), "printed in the title", titled[0].start, titled[-1].end)
    for line in lines[stop : stop + LINES_UNDER]:
        under = kind_of(line.text) if line.blank_before or line.text.endswith(("resolution", "decision")) else ""
        facts.note("type", under, "printed under the title", line.start, line.end)
        if line.text.endswith("."):
            break


def _head_title(lines: Sequence[Line]) -> list[Line]:
    """The first lines, where they are all capitals or top headings; else the first where it is a heading of any depth
    and not that of a part."""
    titled = list(takewhile(lambda line: line.text.isupper() or line.heading == 1, lines[:TITLE_AT_HEAD]))
    if not titled and lines and lines[0].heading and not _OF_A_PART.match(lines[0].text):
        titled = [lines[0]]
    return titled if 0 < sum(len(line.text.split()) for line in titled) <= TITLE_WORDS else []
