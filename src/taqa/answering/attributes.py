"""What a question asks for by kind or name, without which words do not answer it: a number, a sum, a year, a treaty."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from taqa.answering.question import Asks, Reading
from taqa.references import fold
from taqa.retrieval.names import names_in

_QUANTITY = re.compile(
    r"\bhow (?:many|much)\b|\bwhat (?:share|percentage|proportion|number|amount)\b|"
    r"\b(?:number|amount|percentage) of\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|half|thirds?|quarters?|dozens?|hundreds?|"
    r"thousands?|millions?|billions?|per cent|percent)\b",
    re.IGNORECASE,
)
_SUM = re.compile(
    r"\b(?:budgets?|salar(?:y|ies)|prices?|fees?|interest rates?|(?:US )?dollars?|euros?)\b", re.IGNORECASE
)
_HOW_MUCH_MONEY = re.compile(
    r"\bhow much (?:money|funding|(?:\w+ ){0,6}(?:pay|paid|contribut\w+|costs?|spen[dt]|raised?))\b", re.IGNORECASE
)
_ASKS_OTHERWISE = re.compile(
    r"^(?:is|are|was|were|can|may|must)\b|\b(?:who|which|when|where|why|do|does|did|how (?!much|many)|"
    r"what (?!is|are|was|were)\w+)\b",
    re.IGNORECASE,
)
_MONEY = re.compile(
    r"[$€£¥%]|\b(?:USD|EUR|CHF|GBP|dollars?|euros?|francs?|pounds?|millions?|billions?|per cent|percent)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_PAST = re.compile(r"\b(?:did|was|were|had|happened|outcome|decided|adopted|elected|paid|spent)\b", re.IGNORECASE)
_OFFICE = re.compile(r"\bwho\b.*?\b(?:co-|vice-)?(chair|president|rapporteur|director|registrar)", re.IGNORECASE)
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
        office=office.group(1).casefold() if office else "",
        years=tuple(_YEAR.findall(reading.text)),
        done=_PAST.search(own) is not None,
        treaties=tuple(fold(_TREATY.sub("", name)) for name in names_in(own, names) if _is_treaty(name, names)),
    )


def lacks(asked: Attributes, words: str, context: str, dated: str) -> bool:
    """Whether words lack something of that. `context` is all that they are read with, their unit's other words too;
    `dated` the date of their document, if it has one: before that year nothing can be told of what was done in it."""
    if asked.number and not _NUMBER.search(_YEAR.sub("", words)) or asked.money and not _MONEY.search(words):
        return True
    if asked.office not in words.casefold() or any(year not in f"{context} {dated}" for year in asked.years):
        return True
    written = max(_YEAR.findall(dated), default="")
    if asked.done and asked.years and written and written < min(asked.years):
        return True
    return bool(asked.treaties) and not any(name in fold(context) for name in asked.treaties)


def _is_treaty(name: str, names: Collection[str]) -> bool:
    return _TREATY.search(name) is not None or f"{name} convention" in names or f"{name} protocol" in names
