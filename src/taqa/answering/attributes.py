"""What a question asks for by kind or name, without which words do not answer it: a number, a sum, a year, a treaty."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from taqa.answering.question import Asks, Reading
from taqa.answering.swapping import is_treaty
from taqa.references import fold
from taqa.retrieval.names import names_in, spaced

_QUANTITY = re.compile(
    r"\bhow (?:many|much)\b|\bwhat (?:share|percentage|proportion|number|amount)\b|"
    r"^(?:the |what (?:is|was) the )?(?:total |overall |exact )?(?:number|amount|percentage|share) of\b",
    re.IGNORECASE,
)
_TEEN = r"(?:thir|four|fif|six|seven|eigh|nine)teen"
_NUMBER = re.compile(
    rf"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|{_TEEN}(?:th)?|hundredth|half|thirds?|"
    r"(?:twen|thir|for|fif|six|seven|eigh|nine)t(?:y|ieth)|quarters?|dozens?|hundreds?|thousands?|millions?|billions?|"
    r"per ?cent|majority|both|none|no)\b",
    re.IGNORECASE,
)
"""Small ordinals ("second session") count nothing; "the fiftieth instrument" does."""
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_DATED = re.compile(
    rf"\b(?:in|since|of|by|for|from|until|to|and|between|biennium|period|year|{_MONTHS}),? (?:the (?:year|period) )?"
    r"(?:19|20)\d\d(?:\s?[–-]\s?(?:\d\d){1,2})?\b",
    re.IGNORECASE,
)
"""A year as a date; elsewhere four digits may count something."""
_RANGE = re.compile(r"\b((?:19|20)\d\d)\s?[–-]\s?((?:19|20)\d\d|\d\d)\b")
_OPEN = re.compile(
    r"\b(?:since|after|before|from|until|till|between)(?: the year)? (?:19|20)\d\d(?:\s?(?:and|to|–|-)\s?\d{2,4})?"
)
"""A time that a question leaves open on one side, or names by its ends: other years lie in it."""
_SUM = re.compile(
    r"^(?:(?:what(?:'s| is| was| are| were)|the) )*(?:(?!(?:of|on|for|in|to|by|under)\b)[\w'’-]+ ){0,4}?"
    r"(?:budgets?|costs?|salar(?:y|ies)|prices?|fees?|interest rates?)(?= (?:of|in|for|on|under|per)\b|\W*$|[,;:–-])",
    re.IGNORECASE,
)
_HOW_MUCH_MONEY = re.compile(
    r"\bhow much (?:money|funding|(?:did|do|does|has|have|was|were|is|are|will|can|must|may) (?:[\w-]+ ){0,8}?"
    r"(?:pa(?:y|id)|contribut\w+|costs?|spen[dt]|raised?|donated?))\b",
    re.IGNORECASE,
)
_ASKS_OTHERWISE = re.compile(
    r"^(?:is|are|was|were|can|may|must)\b|\b(?:who|which|when|where|why|do|does|did|how (?!much|many)|"
    r"what (?!is|are|was|were)\w+)\b",
    re.IGNORECASE,
)
_MONEY = re.compile(
    r"[$€£¥%]|\b(?:USD|EUR|CHF|GBP|dollars?|euros?|francs?|pounds?|millions?|billions?|per ?cent|free|no fees?)\b|"
    r"\b\d{1,3}(?:[,.'’ ]\d{3})+\b",
    re.IGNORECASE,
)
_PAST = re.compile(r"\b(?:did|was|were|had|happened|outcome|decided|adopted|elected|paid|spent)\b", re.IGNORECASE)
_AHEAD = re.compile(
    r"\b(?:for|by|until|biennium|period|to)(?: the (?:year|biennium|period))? (?:19|20)\d\d\b", re.IGNORECASE
)
"""A year that something is decided for, perhaps before it."""
_OFFICE = re.compile(
    r"\bwho (?:co-|vice-)?(?P<does>chair)(?:s|ed)\b|"
    r"\bwho(?:'s| is| was| were)(?: elected| appointed| made)?(?: as)?(?: the)?(?: (?:executive|deputy|first|current))?"
    r" (?:co-|vice-)?(?P<is>chair|president|rapporteur|director|registrar)",
    re.IGNORECASE,
)
_TREATY = re.compile(r" (?:convention|protocol|agreement|treaty)$")


@dataclass(frozen=True, slots=True)
class Attributes:
    """What the words of an answer must have: a number, a sum of money, the name of an office; what they, read in their
    context, must have: all of the years, one of the treaties (folded). `done`: in the years, something was done."""

    number: bool = False
    money: bool = False
    office: str = ""
    years: tuple[str, ...] = ()
    done: bool = False
    treaties: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return self != Attributes()


def asked_for(reading: Reading, names: Collection[str]) -> Attributes:
    """What a question asks for so; nothing of the sides of a comparison. `names` are those that the corpus knows.

    Each kind is measured in eval/README.md, "refusal".
    """
    if reading.asks is Asks.COMPARISON:
        return Attributes()
    own = reading.asked or reading.text
    office = _OFFICE.search(own)
    return Attributes(
        number=_QUANTITY.search(own) is not None,
        money=bool(_HOW_MUCH_MONEY.search(own) or (_SUM.search(own) and not _ASKS_OTHERWISE.search(own))),
        office=(office["does"] or office["is"]).casefold() if office else "",
        years=tuple(_YEAR.findall(_OPEN.sub("", reading.text))),
        done=_PAST.search(own) is not None and not _AHEAD.search(reading.text),
        treaties=tuple(fold(_TREATY.sub("", name)) for name in names_in(own, names) if is_treaty(name, names)),
    )


def lacks(asked: Attributes, words: str, context: str, dated: str) -> bool:
    """Whether words lack something of that. `context` is all that they are read with, their unit's other words too;
    `dated` the date of their document, if it has one: before that year nothing can be told of what was done in it."""
    if asked.number and not _NUMBER.search(_DATED.sub("", words)) or asked.money and not _MONEY.search(words):
        return True
    if asked.office not in context.casefold() or not set(asked.years) <= _years(f"{context} {dated}"):
        return True
    written = max(_YEAR.findall(dated), default="")
    if asked.done and asked.years and written and written < min(asked.years):
        return True
    held = spaced(fold(context))
    return bool(asked.treaties) and not any(f" {name} " in held for name in asked.treaties)


def _years(text: str) -> set[str]:
    """The years of a text, those inside its ranges too ("2018–2021", "2010-11")."""
    found = set(_YEAR.findall(text))
    for first, last in _RANGE.findall(text):
        until = int(last) if len(last) == 4 else int(first[:2] + last)
        found |= {str(year) for year in range(int(first), min(until, int(first) + 99) + 1)}
    return found
