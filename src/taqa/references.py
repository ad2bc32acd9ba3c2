"""Symbols, decisions, articles and paragraph references: recognise, fold, print, resolve.

Facts of form come from the UN Editorial Manual: a symbol is organ / subsidiary body / nature / number / modification,
joint documents chain several with hyphens, decisions are written BC-15/27 or II/8, paragraphs `para. 29 (c) (viii)`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from taqa.domain import Address, Document, Unit

_HYPHENS = dict.fromkeys(map(ord, "‐‑‒–—―−­"), "-")
_QUOTES = {ord(c): "'" for c in "‘’‚‛′`´"} | {ord(c): '"' for c in "“”„‟″«»"}

_PART = r"[A-Za-z0-9]+(?:\([A-Za-z]+\))?(?:\.[A-Za-z0-9]+)*"
_SYMBOL = re.compile(
    rf"(?<![\w/.@-])[A-Z][A-Za-z]*(?:\([A-Z][A-Za-z]*\))?(?:/{_PART})+(?:/(?:Add|Corr|Rev|Amend)\.\d+)*(?![\w/@])"
)
_SYMBOL_SHAPE = re.compile(r"/[A-Za-z0-9.()]*\d|/(?:INF|CRP|L|WP|RES|SR)\b")
_CHAIN = re.compile(r"-(?=[A-Z][A-Za-z]*(?:\([A-Z]+\))?/)")
_DECISION = re.compile(r"(?<![\w/-])(?:[A-Z]{2,5}-\d{1,3}/\d{1,3}|[IVXL]{1,6}/\d{1,3})(?![\w/])")
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


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a typed reference leads to: a document, a unit of it, or the one reason why not."""

    document: Document | None
    unit: Unit | None
    reason: str


def fold(text: str) -> str:
    """Text for comparing and searching: case, hyphens, quotation marks and white space made equal.

    Not of the same length as the text: offsets do not carry over.
    """
    plain = unicodedata.normalize("NFKC", text).translate(_HYPHENS).translate(_QUOTES)
    return " ".join(plain.casefold().split())


def symbol_key(text: str) -> str:
    """Folded form of a symbol or decision: spaces go, hyphens become ordinary ones, case goes."""
    return re.sub(r"\s+", "", fold(text))


def is_symbol(text: str) -> bool:
    """Whether a whole line is a document symbol (or a chain of them) and nothing else."""
    plain = _level(text.strip())
    match = _SYMBOL.match(plain)
    if not match or not _SYMBOL_SHAPE.search(plain):
        return False
    return all(_SYMBOL.fullmatch(part) for part in _CHAIN.split(plain.rstrip(".")))


def find(text: str) -> list[Mention]:
    """All references in a text, in order. A chain of symbols gives one mention for each symbol."""
    plain = _level(text)
    mentions = list(_symbols(text, plain))
    taken = [(mention.start, mention.end) for mention in mentions]
    for match in _DECISION.finditer(plain):
        if not any(start <= match.start() < end for start, end in taken):
            mentions.append(_mention("decision", text, *match.span()))
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
        for part in _CHAIN.split(run.group()):
            lead = len(part) - len(part.lstrip("([\"'“"))
            match = _SYMBOL.match(part[lead:].rstrip("."))
            if match and _SYMBOL_SHAPE.search(match.group()):
                start = offset + lead
                yield _mention("symbol", text, start, start + match.end())
            offset += len(part) + 1


def _mention(kind: MentionKind, text: str, start: int, end: int) -> Mention:
    return Mention(kind, text[start:end], start, end, symbol_key(text[start:end]))


def _level(text: str) -> str:
    """Same length, hyphens and no-break spaces ordinary."""
    return text.translate(_HYPHENS).replace("\u00a0", " ")


def slug(address: Address) -> str:
    """Address as one URL-safe word: ("29", "(c)", "(viii)") -> "29.c.viii"."""
    return ".".join(compact(part) for part in address)


def compact(part: str) -> str:
    """Letters and digits of one part of an address, folded; the asterisks of a note stay."""
    return re.sub(r"[^\w*]+", "", fold(part))


def label(address: Address) -> str:
    """Address as a UN editor prints it: ("29", "(c)") -> "para. 29 (c)"."""
    text = ""
    for part in address:
        if part[0].isdigit() and not text.endswith("quoting"):
            text += f", para. {part}" if text else f"para. {part}"
        elif part.startswith("("):
            text += f" {part}" if text else f"item {part}"
        else:
            text += f", {part}" if text else part
    return text


def resolve(reference: str, documents: Sequence[Document]) -> Resolution:
    """The unit that a typed or pasted reference means, or the one reason why there is none.

    Understands unit ids, symbols and aliases in any spelling, document ids or unique beginnings of file names,
    short titles; followed by a printed address. `INC.1/1` never matches `INC.1/10`.
    """
    wanted = reference.strip()
    if not wanted:
        return Resolution(None, None, "The reference is empty; type a symbol and a paragraph.")
    for document in documents:
        unit = next((unit for unit in document.units if unit.id == wanted), None)
        if unit is not None:
            return Resolution(document, unit, "")
    found, rest = _find_document(wanted, documents)
    if not found:
        return _without_document(wanted, documents)
    if len(found) > 1:
        return Resolution(None, None, f"“{wanted}” fits {len(found)} documents; name one: {_names(found)}.")
    document = found[0]
    tokens = address_tokens(rest)
    if not tokens:
        return Resolution(document, None, "")
    unit = find_unit(document, tokens)
    if unit is None:
        return Resolution(document, None, f"{document.name} has no {' '.join(rest.split()).strip(' ,')}.")
    return Resolution(document, unit, "")


def find_unit(document: Document, tokens: Sequence[str]) -> Unit | None:
    """The unit whose address compacts to the tokens, else the only one that ends with them."""
    ending: list[Unit] = []
    for unit in document.units:
        own = [compact(part) for part in unit.address]
        if own == list(tokens):
            return unit
        if own[-len(tokens) :] == list(tokens):
            ending.append(unit)
    return ending[0] if len(ending) == 1 else None


def address_tokens(text: str) -> list[str]:
    """Compacted parts of a typed address: "para. 29(c)(viii)", "29.c.viii" -> ["29", "c", "viii"]."""
    plain = fold(text).strip(" ,.;:")
    if re.fullmatch(r"[\w*]+(?:\.[\w*]+)*", plain) and not plain.startswith(("para", "sect", "art")):
        return plain.split(".")
    tokens: list[str] = []
    for match in re.finditer(
        r"unnumbered para(?:graph)?s?\.? (?P<count>\d+)|(?:footnote|fn\.?|note) (?P<note>\d+|\*+)"
        r"|sect(?:ion|\.)? ?(?P<sect>[\w.]+)|\b(?P<word>quoted provision|masthead|annex(?: [ivxlcdm]+)?|title)\b"
        r"|(?P<named>\b(?:item|block|bullet|heading) \d+)"
        r"|(?:\bpara(?:graph)?s?\.? ?|\bart(?:icle|\.)? ?|¶ ?)?(?P<number>\b\d+)\b|\((?P<lower>[a-z]{1,6}|\d+)\)"
        r"|\"(?P<quoted>[^\"]+)\"",
        plain,
    ):
        kind, value = match.lastgroup, match.group(match.lastgroup or 0)
        prefix = {"count": "unnumberedpara", "note": "footnote", "sect": "sect"}.get(kind or "", "")
        tokens.append(prefix + compact(value))
    return tokens


def _find_document(wanted: str, documents: Sequence[Document]) -> tuple[list[Document], str]:
    symbols = [mention for mention in find(wanted) if mention.kind == "symbol"]
    if symbols:
        keys = {mention.key for mention in symbols}
        found = [d for d in documents if keys & {symbol_key(s) for s in (d.meta.symbol, *d.meta.aliases) if s}]
        return found, wanted[symbols[-1].end :]
    plain = fold(wanted)
    spaceless = symbol_key(wanted)
    for document in documents:
        for symbol in filter(None, (document.meta.symbol, *document.meta.aliases)):
            key = symbol_key(symbol)
            if spaceless.startswith(key) and not re.match(r"[\w/]", spaceless[len(key) :]):
                return [document], spaceless[len(key) :].lstrip(",")
    head, _, tail = plain.partition(" ")
    head = head.rstrip(",:")
    if ":" in head:
        head, _, tail = plain.partition(":")
    by_id = [d for d in documents if fold(d.id) == head or fold(d.file) == head]
    by_id = by_id or [d for d in documents if len(head) >= 3 and d.file.casefold().startswith(head)]
    if by_id:
        return by_id, tail
    for document in documents:
        for name in filter(None, (document.meta.cited_as, document.meta.title)):
            if plain.startswith(fold(name)):
                return [document], plain[len(fold(name)) :]
    return [], wanted


def _without_document(wanted: str, documents: Sequence[Document]) -> Resolution:
    symbols = [mention.text for mention in find(wanted) if mention.kind in ("symbol", "decision")]
    if symbols:
        return Resolution(None, None, f"The corpus does not hold {symbols[0]} itself; ask where it is mentioned.")
    tokens = address_tokens(wanted)
    holders = [(d, unit) for d in documents if tokens and (unit := find_unit(d, tokens))]
    if len(holders) == 1:
        return Resolution(*holders[0], "")
    if holders:
        names = _names([document for document, _ in holders])
        return Resolution(None, None, f"“{wanted}” fits {len(holders)} documents; put one before it: {names}.")
    return Resolution(None, None, f"No document of the corpus is called “{wanted}”; `taqa list` shows their names.")


def _names(documents: Sequence[Document]) -> str:
    return "; ".join(document.name for document in documents)
