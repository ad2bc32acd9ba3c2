"""The questions that one question asks: "which decision, and does it name registers?"."""

from __future__ import annotations

import re

from taqa.retrieval.terms import terms

PART_WORDS = 2
"""Content words that a part must have to be looked up by itself."""

_QUESTION = "which|what|who|whom|whose|how|when|where|why"
_VERB = "is|are|was|were|do|does|did|has|have|had|can|could|may|must|shall|should|will|would"
_LED = r"(?:(?:within|for|to|by|of|in|from|on|at|with|until|since|under) )?"
_AND = re.compile(
    rf"(?:[,;?]| [-–])? +and (?={_LED}(?:{_QUESTION}|{_VERB})\b)"
    rf"|[,;]\s+(?={_LED}(?:{_QUESTION})\b)| [-–] (?={_LED}(?:{_QUESTION})\b)"
    rf"|\?\s+(?={_LED}(?:{_QUESTION}|{_VERB})\b)",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"\b(?:which|what|who|whom|whose|how|when|where|why)\b"
    r"|^(?:is|are|was|were|do|does|did|has|have|can|could|may|must|shall|should|will|would)\b",
    re.IGNORECASE,
)


def parts(text: str) -> tuple[str, ...]:
    """What a question asks first and what it asks besides; the question itself where it asks one thing."""
    told = _AND.split(text)
    if len(told) < 2 or any(len(terms(each)) < PART_WORDS for each in told):
        return (text,)
    whole = asks(told[0]) or len(terms(told[0])) > PART_WORDS
    return tuple(each.strip() for each in told) if whole else (text,)


def asks(part: str) -> bool:
    """Whether a part of a question asks something itself, and does not only lead to what the next one asks."""
    return _ASKS.search(part) is not None
