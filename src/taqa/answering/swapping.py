"""What "and X?" puts in the place of its like in the question before it: a name, a reference, an item, a year."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from taqa.references import Mention, find, fold
from taqa.retrieval.names import names_in, spaced
from taqa.retrieval.terms import terms

LEAD = re.compile(
    r"^(?:what about|how about|what of|and what about|(?:the )?same (?:question )?(?:for|in|under)|likewise for|"
    r"in the case of|in|for|under|with|by|at)\b\s*",
    re.IGNORECASE,
)
_FILLER = re.compile(
    r"\b(?:the|a|an|in|for|under|of|at|with|by|on|one|ones|that|this|same|then|too|also|please|instead|article|decision|"
    r"paragraph|document|paper|note)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_SESSION = re.compile(r"\b[A-Z]{2,6}[- .]\d{1,2}\b(?![/.]?\d)")
_NUMBER = re.compile(r"\d{1,3}(?: ?\([a-z]{1,5}\))*")
_ITEM = re.compile(r"(?<![\w(])\((?:[a-z]|[ivx]{1,4})\)")
_TREATY = re.compile(r"^(?P<name>.+?) (?P<kind>conventions?|protocol|agreement|treaty)$", re.IGNORECASE)
_ENDS = r"(?=\s*(?:[?.,;:)]|$)| (?:and|or|in|for|under|by|on|to|do|does|say|pay|have|has|is|are)\b)"
"""What may follow a name that stands by itself and not before a noun: then an article before it goes with it."""


@dataclass(frozen=True, slots=True)
class Operand:
    """What is put in the place of its like, as typed: a "name", "item", "year", "session", "number", or a reference."""

    kind: str
    text: str
    the: str = ""
    """The article that was typed before a name, with a space."""


def operand_of(bare: str, text: str, names: Collection[str]) -> Operand | None:
    """What a question names and nothing else: "what about X", "and in the X one", "and X"."""
    lead = LEAD.match(bare)
    rest = bare[lead.end() :] if lead else bare
    rest = rest.strip(" ?.!,;:")
    left = " ".join(_FILLER.sub(" ", rest).split())
    references = find(rest)
    if references and not _unsaid(rest, references):
        return Operand(references[0].kind, references[0].text)
    if item := re.fullmatch(r"(?:sub-?paragraph |item )?(\((?:[a-z]|[ivx]{1,4})\))", left, re.IGNORECASE):
        return Operand("item", item.group(1))
    for kind, pattern in (("year", _YEAR), ("session", _SESSION), ("number", _NUMBER)):
        if pattern.fullmatch(left):
            return Operand(kind, left)
    named = _named_operand(left, bare != text or lead is not None, names)
    return replace(named, the="the ") if named and re.match(r"the\b", rest, re.IGNORECASE) else named


def _unsaid(rest: str, references: Sequence[Mention]) -> list[str]:
    """Content words of a question beside its references."""
    for mention in references:
        rest = rest.replace(mention.text, " ")
    return terms(_FILLER.sub(" ", rest))


def _named_operand(left: str, led: bool, names: Collection[str]) -> Operand | None:
    found = names_in(left, names)
    if len(found) == 1:
        beside = spaced(fold(left)).replace(f" {fold(found[0])} ", " ").split()
        if set(beside) <= {"convention", "protocol", "centre", "centres"}:
            return Operand("name", left)
    unknown = re.fullmatch(r"[A-Z][\w-]*(?: [A-Z][\w-]*)* (?:Convention|Protocol|Agreement)|[A-Z]{3,}", left)
    return Operand("name", left) if unknown and led else None


def swapped(earlier: str, operand: Operand, names: Collection[str]) -> str:
    """The earlier question with its own name, reference, item or year replaced; empty where it has no like."""
    if operand.kind == "name":
        return with_name(earlier, operand.text, names, operand.the)
    spans = _likes(earlier, operand)
    if not spans or earlier[slice(*spans[-1])] == operand.text:
        return ""
    start, end = spans[-1]
    numbered = operand.kind in ("article", "paragraph", "number")
    new = _as_long(earlier[start:end], operand.text) if numbered else operand.text
    return earlier[:start] + new + earlier[end:]


def _likes(text: str, operand: Operand) -> list[tuple[int, int]]:
    """Where a text has what an operand can take the place of; a number alone takes that of any article or paragraph."""
    patterns = {"item": _ITEM, "year": _YEAR, "session": _SESSION}
    if operand.kind in patterns:
        return [match.span() for match in patterns[operand.kind].finditer(text)]
    kinds = ("article", "paragraph") if operand.kind == "number" else (operand.kind,)
    return [(mention.start, mention.end) for mention in find(text) if mention.kind in kinds]


def _as_long(old: str, new: str) -> str:
    """A reference in the words of the one it replaces: "paragraph 2" and "para. 4" or "4" give "paragraph 4"."""
    word, number = re.match(r"[A-Za-z.]*", old), re.search(r"\d.*", new)
    same = not new[:1].isalpha() or (word is not None and word.group()[:4].casefold() == new[:4].casefold())
    return f"{word.group()} {number.group()}" if word and number and same else new


def with_name(earlier: str, name: str, names: Collection[str], the: str = "") -> str:
    """The earlier question about another mechanism; a treaty replaces a treaty where there is one.

    `the` goes before a name that stands by itself.
    """
    own = names_in(name, names)
    old = [known for known in names_in(earlier, names) if known not in own]
    if not old or any(known in own for known in names_in(earlier, names)):
        return ""
    treaties = [known for known in old if is_treaty(known, names)]
    replaced = treaties[-1] if treaties and is_treaty(fold(name), names) else old[-1]
    parts = _TREATY.match(replaced)
    kept = parts is not None and not _TREATY.match(name) and is_treaty(fold(name), names)
    replaced = parts.group("name") if parts and kept else replaced
    flags = 0 if replaced.isupper() else re.IGNORECASE
    if kept or (_TREATY.match(name) and _TREATY.match(replaced)):
        return re.sub(rf"\b{re.escape(replaced)}\b", lambda _: name, earlier, flags=flags)
    pattern = rf"(?P<alone>(?:\bthe )?\b{re.escape(replaced)}{_ENDS})|\b{re.escape(replaced)}\b"
    return re.sub(pattern, lambda match: f"{the}{name}" if match["alone"] else name, earlier, flags=flags)


def is_treaty(name: str, names: Collection[str]) -> bool:
    """Whether a folded name is that of a treaty: "basel convention", or "basel" where that is known."""
    return bool(_TREATY.match(name)) or f"{name} convention" in names or f"{name} protocol" in names


def holds(text: str, words: str) -> bool:
    """Whether a text has these words, whole and in this order."""
    return f" {fold(words)} " in spaced(fold(text))
