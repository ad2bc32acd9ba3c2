"""References found in running text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from taqa.references.folding import level, symbol_key

_PART = r"[A-Za-z0-9]+(?:\([A-Za-z]+\))?(?:\.[A-Za-z0-9]+)*"
_SYMBOL = re.compile(
    rf"(?<![\w/.@-])(?:[A-Z]{{2,}}\.\d+|[A-Z][A-Za-z]*(?:\([A-Z][A-Za-z]*\))?)(?:/{_PART})+(?:/(?:Add|Corr|Rev|Amend)\.\d+)*(?![\w/@])"
)
_SYMBOL_SHAPE = re.compile(r"/[A-Za-z0-9.()]*\d|/(?:INF|CRP|L|WP|RES|SR)\b")
CHAIN = re.compile(r"-(?=[A-Z][A-Za-z]*(?:\([A-Z]+\))?/)")
"""The hyphen between two symbols of a joint document."""
REST_OF_CHAIN = re.compile(rf"(?:-[A-Z][A-Za-z]*(?:\([A-Za-z]+\))?(?:/{_PART})+)+(?![\w/])")
"""The symbols that a chain goes on with after its first."""
_DECISION = re.compile(
    r"(?<![\w/-])(?:[A-Z]{2,5}-\d{1,3}/\d{1,3}|[IVXL]{1,6}/\d{1,3}"
    r"|\d{1,3}/(?!(?:ADD|CORR|REV|AMEND)\.)[A-Z]{2,6}\.\d{1,3}"
    r"|(?:(?<=resolution )|(?<=resolutions )|(?<=decision )|(?<=decisions ))\d{1,3}/\d{1,3})(?![\w/])"
)
"""Numbers of decisions and resolutions; one without letters only behind the word."""
_ARTICLE = re.compile(r"\b(?:articles?|arts?\.)\s+(\d{1,3}(?:\s*\(?(?:bis|ter)\)?)?)", re.IGNORECASE)
_PARAGRAPH = re.compile(
    r"\b(?:paragraphs?|paras?\.?)\s+(\d{1,4})((?:\s*\([a-z]{1,5}\))*)(?:\s*(?:-|to|and)\s*(\d{1,4}))?", re.IGNORECASE
)

MentionKind = Literal["symbol", "decision", "article", "paragraph"]


@dataclass(frozen=True, slots=True)
class Mention:
    """A reference found in a text: `key` is its folded form, equal for all spellings of one reference."""

    kind: MentionKind
    text: str
    start: int
    end: int
    key: str


def is_symbol(text: str) -> bool:
    """Whether a whole line is a document symbol (or a chain of them) and nothing else."""
    plain = level(text.strip())
    match = _SYMBOL.match(plain)
    if not match or not _SYMBOL_SHAPE.search(plain):
        return False
    return all(_SYMBOL.fullmatch(part) for part in CHAIN.split(plain.rstrip(".")))


def find(text: str) -> list[Mention]:
    """All references in a text, in order. A chain of symbols gives one mention for each symbol."""
    plain = level(text)
    mentions = list(_symbols(text, plain))
    taken = {at for mention in mentions for at in range(mention.start, mention.end)}
    mentions += [
        _mention("decision", text, *match.span()) for match in _DECISION.finditer(plain) if match.start() not in taken
    ]
    for match in _ARTICLE.finditer(plain):
        key = f"article {match.group(1).casefold()}"
        mentions.append(Mention("article", text[match.start() : match.end()], *match.span(), key))
    for match in _PARAGRAPH.finditer(plain):
        key = "para " + " ".join(filter(None, (match.group(1), *re.findall(r"\(\w+\)", match.group(2).casefold()))))
        mentions.append(Mention("paragraph", text[match.start() : match.end()], *match.span(), key))
    return sorted(mentions, key=lambda mention: (mention.start, mention.end))


def _symbols(text: str, plain: str) -> Iterable[Mention]:
    """Symbols of one text; of a chain of them each on its own."""
    for run in re.finditer(r"[^\s,;]+", plain):
        offset = run.start()
        for part in CHAIN.split(run.group()):
            lead = len(part) - len(part.lstrip("([\"'“"))
            match = _SYMBOL.match(part[lead:].rstrip("."))
            if match and _SYMBOL_SHAPE.search(match.group()) and not _DECISION.fullmatch(match.group()):
                start = offset + lead
                yield _mention("symbol", text, start, start + match.end())
            offset += len(part) + 1


def _mention(kind: MentionKind, text: str, start: int, end: int) -> Mention:
    return Mention(kind, text[start:end], start, end, symbol_key(text[start:end]))
