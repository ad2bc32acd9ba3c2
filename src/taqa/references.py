"""Symbols, decisions, articles and paragraph references: recognise, fold, print, resolve.

Facts of form come from the UN Editorial Manual: a symbol is organ / subsidiary body / nature / number / modification,
joint documents chain several with hyphens, decisions are written BC-15/27 or II/8, paragraphs `para. 29 (c) (viii)`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Literal

from taqa.domain import Address, Document, Unit

_HYPHENS = dict.fromkeys(map(ord, "‐‑‒–—―−­"), "-")
_QUOTES = {ord(c): "'" for c in "‘’‚‛′`´"} | {ord(c): '"' for c in "“”„‟″«»"}

_PART = r"[A-Za-z0-9]+(?:\([A-Za-z]+\))?(?:\.[A-Za-z0-9]+)*"
_SYMBOL = re.compile(
    rf"(?<![\w/.@-])(?:[A-Z]{{2,}}\.\d+|[A-Z][A-Za-z]*(?:\([A-Z][A-Za-z]*\))?)(?:/{_PART})+(?:/(?:Add|Corr|Rev|Amend)\.\d+)*(?![\w/@])"
)
_SYMBOL_SHAPE = re.compile(r"/[A-Za-z0-9.()]*\d|/(?:INF|CRP|L|WP|RES|SR)\b")
_CHAIN = re.compile(r"-(?=[A-Z][A-Za-z]*(?:\([A-Z]+\))?/)")
_DECISION = re.compile(r"(?<![\w/-])(?:[A-Z]{2,5}-\d{1,3}/\d{1,3}|[IVXL]{1,6}/\d{1,3})(?![\w/])")
_ARTICLE = re.compile(r"\b(?:articles?|arts?\.)\s+(\d{1,3}(?:\s*\(?(?:bis|ter)\)?)?)", re.IGNORECASE)
_PARAGRAPH = re.compile(
    r"\b(?:paragraphs?|paras?\.?)\s+(\d{1,4})((?:\s*\([a-z]{1,5}\))*)(?:\s*(?:-|to|and)\s*(\d{1,4}))?", re.IGNORECASE
)
_REST_OF_CHAIN = re.compile(rf"(?:-[A-Z][A-Za-z]*(?:\([A-Za-z]+\))?(?:/{_PART})+)+(?![\w/])")
_SLUG = re.compile(r"[\w*]+(?:\.[\w*]+)*")
_ADDRESS = re.compile(
    r"unnumbered para(?:graph)?s?\.? (?P<count>\d+)|(?:footnote|fn\.?|note) (?P<note>\d+|\*+)"
    r"|\bsect(?:ion|\.)? ?(?P<sect>[\w.]+)|\b(?P<word>quoted provision|masthead|annex(?: [ivxlcdm]+)?|title)\b"
    r"|(?P<named>\b(?:item|block|bullet|heading) \d+)"
    r"|(?:\bpara(?:graph)?s?\.? ?|\bart(?:icle|\.)? ?|¶ ?)?(?P<number>\b\d+)\b|\((?P<lower>[a-z]{1,6}|\d+)\)"
    r"|\"(?P<quoted>[^\"]+)\""
)
_FILLER = re.compile(r"\b(?:of|in|at|and|the|see|cf|document|sub-?paragraphs?|paragraphs?|paras?)\b")
_SHORT = (
    dict.fromkeys(("paragraph", "paragraphs", "paras", "par", "¶"), "para")
    | dict.fromkeys(("section", "sections", "sec"), "sect")
    | dict.fromkeys(("article", "articles", "arts"), "art")
    | dict.fromkeys(("fn", "note"), "footnote")
)
_NOISE = frozenset({"of", "in", "at", "the", "see", "document", "subparagraph", "subparagraphs", "sub"})
_OMITTED = (frozenset[str](), frozenset({"unnumbered"}), frozenset({"para", "sect"}))
"""What a hurried typist leaves out besides brackets; what is typed is never left out."""

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

    Not of the same length as the text: offsets do not carry over. Folding twice changes nothing more.
    """
    plain = unicodedata.normalize("NFKC", text.translate(_QUOTES))
    plain = unicodedata.normalize("NFKC", plain.casefold()).translate(_HYPHENS).translate(_QUOTES)
    return " ".join(plain.split())


def symbol_key(text: str) -> str:
    """Folded form of a symbol or decision: spaces go, hyphens become ordinary ones, case goes."""
    return unicodedata.normalize("NFKC", re.sub(r"\s+", "", fold(text)))


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
        for part in _CHAIN.split(run.group()):
            lead = len(part) - len(part.lstrip("([\"'“"))
            match = _SYMBOL.match(part[lead:].rstrip("."))
            if match and _SYMBOL_SHAPE.search(match.group()) and not _DECISION.fullmatch(match.group()):
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
    short titles; before or after them a printed address. `INC.1/1` never matches `INC.1/10`.
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
    rest = re.sub(r"^(?:\W|_)*(?:(?:of|in|at|see|the|document)\b\W*)*$", "", rest, flags=re.IGNORECASE)
    if not rest:
        return Resolution(document, None, "")
    unit = find_address(document, rest)
    if unit is None:
        asked = " ".join(rest.split()).strip(" ,:;")
        if re.search(r"\d\s*(?:[-–‑]|to|and)\s*\d", asked):
            return Resolution(document, None, f"“{asked}” names several paragraphs of {document.name}; name one.")
        return Resolution(document, None, f"{document.name} has no “{asked}”.")
    return Resolution(document, unit, "")


def find_address(document: Document, text: str) -> Unit | None:
    """The unit that an address means: the end of a unit id, a label as printed, or either in another spelling."""
    bare = text.strip(" \t\n,;:")
    tail = next((unit for unit in document.units if unit.id.partition(":")[2] == bare), None)
    if tail is not None:
        return tail
    words = _words(bare)
    labels = [(unit, _words(unit.label)) for unit in document.units] if words else []
    if spelled := [unit for unit, own in labels if own == words]:
        return spelled[0]
    for omitted in _OMITTED:
        if omitted & set(words):
            continue
        fits = [unit for unit, own in labels if _without(omitted, own) == _without(omitted, words)]
        if len(fits) == 1:
            return fits[0]
    if words[:1] == ["art"]:
        quoting = ["quoting", *words]
        fits = [unit for unit in document.units if _words(unit.label)[-len(quoting) :] == quoting]
        return fits[0] if len(fits) == 1 else None
    return find_unit(document, address_tokens(bare))


def find_unit(document: Document, tokens: Sequence[str]) -> Unit | None:
    """The unit whose address compacts to the tokens, else the only one that ends with them.

    A bare number is never taken for the end of an address: "para. 4" is not paragraph 4 of the one article that has it.
    """
    if not tokens:
        return None
    ending: list[Unit] = []
    for unit in document.units:
        own = [compact(part) for part in unit.address]
        if own == list(tokens):
            return unit
        if own[-len(tokens) :] == list(tokens) and not tokens[0].isdigit():
            ending.append(unit)
    return ending[0] if len(ending) == 1 else None


def address_tokens(text: str) -> list[str]:
    """Compacted parts of a typed address: "para. 29(c)(viii)", "29.c.viii" -> ["29", "c", "viii"].

    Empty for a text that is something else than an address.
    """
    plain = fold(text).replace("∗", "*").strip(" ,.;:")
    if _SLUG.fullmatch(plain) and not plain.startswith(("para", "sect", "art")):
        return plain.split(".")
    if re.search(r"[^\W_]", _FILLER.sub(" ", _ADDRESS.sub(" ", plain))):
        return []
    tokens: list[str] = []
    for match in _ADDRESS.finditer(plain):
        kind, value = match.lastgroup, match.group(match.lastgroup or 0)
        prefix = {"count": "unnumberedpara", "note": "footnote", "sect": "sect"}.get(kind or "", "")
        tokens.append(prefix + compact(value))
    return tokens


def _words(text: str) -> list[str]:
    """Words, numbers and bracketed labels of an address, each word in its printed short form."""
    plain = fold(text).replace("∗", "*")
    words = [_SHORT.get(word, word) for word in re.findall(r"\(\w+\)|\w+|[*†‡]+", plain) if word not in _NOISE]
    if len(words) == 4 and words[0] == "para" and words[2] == "art":
        return [*words[2:], *words[:2]]
    return words


def _without(omitted: frozenset[str], words: Sequence[str]) -> list[str]:
    return [word.strip("()") for word in words if word not in omitted]


def _find_document(wanted: str, documents: Sequence[Document]) -> tuple[list[Document], str]:
    """Documents that a reference names, at its beginning or else anywhere, and the rest of it. Longest wins."""
    starts = [0, *(match.start() for match in re.finditer(r"(?<![\w/().-])\w", wanted) if match.start())]
    for at in starts:
        ends = [
            (end, document) for document in documents for name in _called(document) if (end := _spans(name, wanted, at))
        ]
        if ends:
            longest = max(end for end, _ in ends)
            named = {document.id: document for end, document in ends if end == longest}
            return list(named.values()), f"{wanted[:at]} {wanted[longest:]}"
    head = re.split(r"[\s,:]", wanted, maxsplit=1)[0].casefold()
    if len(head) >= 3 and (found := [d for d in documents if d.file.casefold().startswith(head)]):
        return found, wanted[len(head) :]
    return _by_first_words(wanted, documents)


def _by_first_words(wanted: str, documents: Sequence[Document]) -> tuple[list[Document], str]:
    """The documents whose short title or title begins with the most words of the reference, at least two."""
    words = list(re.finditer(r"\w+", wanted))
    shared: dict[int, list[Document]] = {}
    for document in documents:
        titles = (re.findall(r"\w+", title) for title in (document.meta.cited_as, document.meta.title))
        count = max(sum(1 for _ in takewhile(_same, zip(words, title, strict=False))) for title in titles)
        shared.setdefault(count, []).append(document)
    most = max(shared, default=0)
    return (shared[most], wanted[words[most - 1].end() :]) if most >= 2 else ([], wanted)


def _same(pair: tuple[re.Match[str], str]) -> bool:
    return fold(pair[0].group()) == fold(pair[1])


def _called(document: Document) -> Iterable[str]:
    """Everything that a document may be called."""
    meta = document.meta
    return filter(None, (meta.symbol, *meta.aliases, meta.cited_as, meta.title, document.id, document.file))


def _spans(name: str, text: str, at: int) -> int:
    """End of the name where the text has it at a place, in any case, hyphens and spacing; 0 where it has not.

    The name must end there: `INC.1/1` is not found in `INC.1/10` or `INC.1/1/Add.1`.
    """
    levelled = _level(text).translate(_QUOTES)
    for char in _level(name).translate(_QUOTES):
        if char.isspace():
            continue
        while at < len(levelled) and levelled[at].isspace():
            at += 1
        if at >= len(levelled) or levelled[at].casefold() != char.casefold():
            return 0
        at += 1
    if chain := _REST_OF_CHAIN.match(levelled, at):
        return chain.end()
    return 0 if re.match(r"\w|/|[.-]\w", levelled[at:]) else at


def _without_document(wanted: str, documents: Sequence[Document]) -> Resolution:
    symbols = [mention.text for mention in find(wanted) if mention.kind in ("symbol", "decision")]
    if symbols:
        return Resolution(None, None, f"The corpus does not hold {symbols[0]} itself; ask where it is mentioned.")
    addressed = bool(address_tokens(wanted))
    holders = [(d, unit) for d in documents if addressed and (unit := find_address(d, wanted))]
    if len(holders) == 1:
        return Resolution(*holders[0], "")
    if holders:
        names = _names([document for document, _ in holders])
        return Resolution(None, None, f"“{wanted}” fits {len(holders)} documents; put one before it: {names}.")
    return Resolution(None, None, f"No document of the corpus is called “{wanted}”; give its symbol, title or file.")


def _names(documents: Sequence[Document]) -> str:
    return "; ".join(document.name for document in documents)
