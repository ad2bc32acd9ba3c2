"""What a question asks for: its kind, the names and references in it, what it takes over from the conversation."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from taqa.domain import Question, Turn
from taqa.references import Mention, find, fold
from taqa.retrieval.exact import articles_named
from taqa.retrieval.terms import terms


class Asks(StrEnum):
    """What would be a complete answer."""

    FACT = "fact"
    DEFINITION = "definition"
    LIST = "list"
    PROVISION = "provision"
    MENTIONS = "mentions"
    COMPARISON = "comparison"


class Expects(StrEnum):
    """What kind of words the answer must hold."""

    NUMBER = "number"
    DATE = "date"
    DEFINITION = "definition"


@dataclass(frozen=True, slots=True)
class Reading:
    """How a question is understood. `text` is the question as it is searched for, made whole from the history."""

    text: str
    asks: Asks
    mentions: tuple[Mention, ...]
    names: tuple[str, ...]
    expects: frozenset[Expects]
    asked: str = ""
    """The question's own words, where `text` adds to them from the conversation."""


_COMPARISON = re.compile(
    r"\b(?:compar\w+|differ\w*|versus|vs|contrast\w*|unlike|as opposed to|similarit\w+|in common|same as|"
    r"distinguish\w*|how (?:do|does) .+ (?:and|or) .+ (?:differ|compare))\b",
    re.IGNORECASE,
)
_LIST = re.compile(
    r"\b(?:list|enumerate|name (?:all|the)|what are (?:the|all)|which are|what were|all (?:the|of)|how many kinds|"
    r"(?:which|what) (?:\w+[ -]){0,5}(?:activities|criteria|outputs|indicators|functions|services|objectives|"
    r"principles|areas|priorities|steps|elements|themes|conditions|requirements|tasks|roles|types|kinds|categories|means|options|"
    r"results|benefits|measures|items|topics|tools|countries|agencies|organi[sz]ations|partners|centres|centers|regions|sectors))\b",
    re.IGNORECASE,
)
_DEFINES = re.compile(r"\b(?:defin\w+|mean(?:s|t|ing)?|stands? for|understood|the term)\b", re.IGNORECASE)
_MENTIONS = re.compile(
    r"\b(?:mention\w*|refer(?:s|red|ring|ences?|enced)?|cit(?:e|es|ed|ing|ation)|appear\w*|quot(?:e|es|ed)|occur\w*|"
    r"find|found|where|which paragraphs?|which documents?|come up)\b",
    re.IGNORECASE,
)
_SAYS = re.compile(
    r"\b(?:say|says|said|state|states|provide|provides|read|reads|text|wording|require|requires|oblige\w*|"
    r"stipulate\w*|call(?:s)? for|quote|cover|covers|contain|contains|content)\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"\b(?:how (?:many|much|large|big|often)|number of|percent\w*|per cent|share of|proportion|amounts?|budget\w*|"
    r"costs?|total|figure|rate)\b",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"\b(?:when|(?:what|which|in what|since what|by what) (?:year|date|month|period|biennium)|how long|until when|"
    r"since when|dates?|deadline|year)\b",
    re.IGNORECASE,
)
_ELLIPTIC = re.compile(
    r"^(?:and|or|but|so|also|then|what about|how about|same (?:for|question)|in (?:which|what) year|since when|why|who|"
    r"when|where|which ones?|how many|how much|how so|by whom)\b",
    re.IGNORECASE,
)
_CONTINUES = re.compile(r"^(?:and|or|but|so|also|then|what about|how about|same)\b", re.IGNORECASE)
_SWAP = re.compile(
    r"^(?:and |but |so )?(?:what about|how about|and|same (?:question )?for|in|for|under)\s+(?P<rest>.+?)\s*\??$",
    re.IGNORECASE,
)
_PRONOUN = re.compile(
    r"\b(?:it|its|they|them|their|theirs|he|she|this|that|these|those|there|one|ones|the (?:same|former|latter|other)|"
    r"both|such)\b",
    re.IGNORECASE,
)
FOLLOW_UP_WORDS = 4
"""Content words below which a question that opens like a continuation cannot stand alone."""


def read_question(question: Question, names: Collection[str]) -> Reading:
    """Reading of a question. `names` are the proper names that the corpus knows, folded."""
    own = names_in(question.text, names)
    follow_up = is_follow_up(question, own)
    text = complete(question, own, names) if follow_up else question.text
    mentions = tuple(find(text))
    found = names_in(text, names)
    asks = _asks(question.text, mentions, found)
    own_words = question.text if follow_up and text != question.text else ""
    return Reading(text, asks, mentions, found, _expects(question.text), own_words)


def restrict(reading: Reading, name: str) -> Reading:
    """The reading with one of the compared names only."""
    text = reading.text
    for other in reading.names:
        if other != name:
            text = re.sub(rf"\b{re.escape(other)}\b", " ", text, flags=re.IGNORECASE)
    return replace(reading, text=" ".join(text.split()), names=(name,))


def names_in(text: str, names: Collection[str]) -> tuple[str, ...]:
    """Names of the corpus in a text, in order of appearance; a name inside a longer one does not count."""
    plain = " " + re.sub(r"[^\w-]+", " ", fold(text)) + " "
    places: list[tuple[int, int, str]] = []
    for name in names:
        at = plain.find(f" {name} ")
        if at >= 0:
            places.append((at, at + len(name) + 2, name))
    kept = [p for p in places if not any(q[0] <= p[0] and p[1] <= q[1] and q[2] != p[2] for q in places)]
    return tuple(name for _, _, name in sorted(kept))


def is_follow_up(question: Question, own_names: Sequence[str]) -> bool:
    """Whether the question cannot be understood without the conversation before it."""
    if not any(turn.role == "user" for turn in question.history):
        return False
    content = terms(question.text)
    if _SWAP.match(question.text) and len(content) <= FOLLOW_UP_WORDS + 2:
        return True
    if _PRONOUN.search(question.text):
        return True
    continues = bool(_CONTINUES.match(question.text.strip()))
    return len(content) <= 1 or (continues and (len(content) <= FOLLOW_UP_WORDS or not own_names))


def complete(question: Question, own: Sequence[str], names: Collection[str]) -> str:
    """The question made whole: with the document cited last for a paragraph named alone; else the last question with
    the new name in place of its own; else both together."""
    if any(mention.kind == "paragraph" for mention in find(question.text)):
        said = " ".join(turn.content for turn in question.history if turn.role == "assistant")
        cited = [mention.text for mention in find(said) if mention.kind == "symbol"]
        if cited:
            return f"{question.text} ({cited[-1]})"
    earlier = _last_whole(question.history)
    swap = _SWAP.match(question.text.strip())
    if swap and own and len(terms(question.text)) <= FOLLOW_UP_WORDS + 2:
        old = names_in(earlier, names)
        if old and old[-1] not in own:
            typed = re.search(rf"\b{re.escape(own[0])}\b", question.text, re.IGNORECASE)
            name = typed.group() if typed else own[0]
            pattern = rf"\b{re.escape(old[-1])}\b"
            swapped = re.sub(pattern, lambda _: name, earlier, count=1, flags=re.IGNORECASE)
            if swapped != earlier:
                return swapped
    return f"{question.text} ({' '.join(_topic(earlier))})"


def _topic(earlier: str) -> list[str]:
    """The words of an earlier question that say what it is about."""
    words = [word.strip("?.,;:!()\"'“”") for word in earlier.split()]
    return [word for word in words if terms(word)]


def _last_whole(history: Sequence[Turn]) -> str:
    """The last user question that can stand alone, with the ones after it."""
    asked = [turn.content for turn in history if turn.role == "user"]
    kept: list[str] = []
    for text in reversed(asked):  # a follow-up of a follow-up leans on both
        kept.insert(0, text)
        if not (_ELLIPTIC.match(text) or _PRONOUN.search(text)) or len(kept) == 2:
            break
    return " ".join(kept)


def _asks(asked: str, mentions: Sequence[Mention], names: Sequence[str]) -> Asks:
    kinds = {mention.kind for mention in mentions}
    named = any(mention.kind in ("article", "paragraph") for mention in find(asked))
    if kinds & {"symbol", "decision"} and _MENTIONS.search(asked) and not _LIST.match(asked):
        return Asks.MENTIONS
    if articles_named(asked) or (kinds & {"article", "paragraph"} and (named or _SAYS.search(asked))):
        return Asks.PROVISION
    if _COMPARISON.search(asked) and len(names) != 1:
        return Asks.COMPARISON
    if _LIST.search(asked):
        return Asks.LIST
    if _DEFINES.search(asked):
        return Asks.DEFINITION
    return Asks.FACT


def _expects(asked: str) -> frozenset[Expects]:
    found = {Expects.NUMBER} if _NUMBER.search(asked) else set()
    found |= {Expects.DATE} if _DATE.search(asked) else set()
    found |= {Expects.DEFINITION} if _DEFINES.search(asked) else set()
    return frozenset(found)
