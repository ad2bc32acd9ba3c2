"""The same question as others would type it, by rule: an answer should not hang on any of this."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from string import ascii_lowercase

from taqa.references import Mention, find, fold
from taqa.retrieval.terms import STOP

LONG = 5
"""Letters of a word in which a typing error is made."""
_WORD = re.compile(r"(?<![\w./'-])[A-Za-z]+(?![\w/'(-]|\.\w)")
_BEFORE = (
    "Could you please tell me: {}",
    "Hello, I would like to know {}",
    "Please, {}",
    "Good morning! Can you tell me {}",
    "Hi, a quick question: {}",
)
_AFTER = (
    "{} Thanks!",
    "{} Thank you very much in advance.",
    "{} please",
    "{} Many thanks for your help",
    "{} Thanks a lot, best regards",
)
_SPELLINGS = (
    "programme program, centre center, metre meter, labour labor, favour favor, behaviour behavior, colour color, "
    "neighbour neighbor, honour honor, defence defense, sulphur sulfur, aluminium aluminum, catalogue catalog, "
    "analyse analyze, organis organiz, utilis utiliz, recognis recogniz, prioritis prioritiz, mobilis mobiliz, "
    "harmonis harmoniz, minimis minimiz, maximis maximiz, summaris summariz, finalis finaliz, authoris authoriz, "
    "specialis specializ, stabilis stabiliz, formalis formaliz, industrialis industrializ"
)
_PAIRS = tuple((pair.split()[0], pair.split()[1]) for pair in _SPELLINGS.split(", "))
"""Beginnings of words as they are spelt in Britain and in America."""


@dataclass(frozen=True, slots=True)
class Language:
    """What the variants need to know of the corpus: the full names of its acronyms, and its nouns, words that stand
    behind an article or the like somewhere."""

    acronyms: Mapping[str, str]
    nouns: Collection[str]


Rule = Callable[[str, Language, random.Random], str]
"""A question to a variant of it; the question itself where the rule finds nothing to change."""

_BEHIND_ARTICLE = re.compile(r"\b(?:the|a|an|of|its|their|these|such|any|each|all) ([a-z]{3,})\b")


def language(texts: Collection[str], acronyms: Mapping[str, str]) -> Language:
    """The language of the units of a corpus."""
    nouns = frozenset(match.group(1) for text in texts for match in _BEHIND_ARTICLE.finditer(text))
    return Language(acronyms, nouns)


def spelt_out(text: str, corpus: Language) -> str:
    """Every acronym by its full name, in the plural where it is."""

    def name(match: re.Match[str]) -> str:
        word = match.group()
        full = corpus.acronyms.get(word, "")
        plural = corpus.acronyms.get(word[:-1], "") if word.endswith("s") else ""
        return full or (plural if plural.endswith("s") or not plural else f"{plural}s") or word

    return _WORD.sub(name, text)


def shortened(text: str, corpus: Language) -> str:
    """Every full name by its acronym, longest names first."""
    for acronym, name in sorted(corpus.acronyms.items(), key=lambda item: -len(item[1])):
        text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", acronym, text, flags=re.IGNORECASE)
    return text


def other_number(text: str, corpus: Language, chance: random.Random) -> str:
    """One noun in the plural, or one plural in the singular: a noun of which the corpus prints both."""
    words = [match for match in _WORD.finditer(text) if match.group().islower() and match.group() not in STOP]
    found = [(match, other) for match in words if (other := _other_number(match.group(), corpus))]
    return _with(text, *chance.choice(found)) if found else text


def _other_number(word: str, corpus: Language) -> str:
    if len(word) < LONG - 1:
        return ""
    forms = (f"{word[:-1]}ies" if re.search(r"[^aeiou]y$", word) else f"{word}s", f"{word}es")
    if word.endswith("s") and not word.endswith("ss"):
        forms = (f"{word[:-3]}y" if word.endswith("ies") else word[:-1], word[:-2])
    return next((form for form in forms if {form, word} <= set(corpus.nouns)), "")


def symbols_in_lower_case(text: str) -> str:
    """Symbols and numbers of decisions in small letters."""
    return _each_symbol(text, str.lower)


def symbols_with_spaces(text: str) -> str:
    """Symbols with spaces around the slashes, another hyphen."""
    return _each_symbol(text, lambda symbol: symbol.replace("/", " / ").replace("-", "\u2011"))


def symbols_without_brackets(text: str) -> str:
    """Symbols with spaces for brackets and hyphens."""
    return _each_symbol(text, lambda symbol: " ".join(re.sub(r"[()-]", " ", symbol).split()).replace(" /", "/"))


def _each_symbol(text: str, change: Callable[[str], str]) -> str:
    mentions: list[Mention] = [mention for mention in find(text) if mention.kind in ("symbol", "decision")]
    for mention in reversed(mentions):
        text = text[: mention.start] + change(mention.text) + text[mention.end :]
    return text


def asked_kindly(text: str, chance: random.Random) -> str:
    """A greeting or "could you tell me" before the question."""
    return chance.choice(_BEFORE).format(text)


def thanked_for(text: str, chance: random.Random) -> str:
    """Thanks behind the question."""
    return chance.choice(_AFTER).format(text)


def plain(text: str) -> str:
    """Small letters and no question mark; symbols stay, another rule is about them."""
    kept = [(mention.start, mention.end) for mention in find(text) if mention.kind in ("symbol", "decision")]
    lowered = text.lower() if len(text.lower()) == len(text) else text
    for start, end in kept:
        lowered = lowered[:start] + text[start:end] + lowered[end:]
    return lowered.rstrip("? ")


def dropped(text: str, chance: random.Random) -> str:
    """One letter left out of one word."""
    return _mistyped(text, chance, lambda word, at: word[:at] + word[at + 1 :])


def doubled(text: str, chance: random.Random) -> str:
    """One letter of one word typed twice."""
    return _mistyped(text, chance, lambda word, at: word[:at] + word[at] + word[at:])


def swapped(text: str, chance: random.Random) -> str:
    """Two letters of one word in the wrong order."""
    return _mistyped(text, chance, lambda word, at: word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :])


def replaced(text: str, chance: random.Random) -> str:
    """One letter of one word another one."""
    letter = chance.choice(ascii_lowercase)
    return _mistyped(text, chance, lambda word, at: word[:at] + letter + word[at + 1 :])


def _mistyped(text: str, chance: random.Random, error: Callable[[str, int], str]) -> str:
    """One typing error in one content word that is no acronym."""
    words = [
        match
        for match in _WORD.finditer(text)
        if len(match.group()) >= LONG and not match.group().isupper() and fold(match.group()) not in STOP
    ]
    made = [(match, error(match.group(), at)) for match in words for at in range(len(match.group()))]
    made = [(match, word) for match, word in made if word != match.group()]
    return _with(text, *chance.choice(made)) if made else text


def across_the_sea(text: str) -> str:
    """British words spelt as in America, American ones as in Britain."""
    return _WORD.sub(lambda match: _across(match.group()), text)


def _across(word: str) -> str:
    for british, american in _PAIRS:
        for here, there in ((british, american), (american, british)):
            if word.casefold().startswith(here):
                rest = word[len(here) :]
                return word[0] + there[1:] + rest if not rest.startswith("m") else word
    return word


def _with(text: str, match: re.Match[str], word: str) -> str:
    return text[: match.start()] + word + text[match.end() :]


RULES: Mapping[str, Rule] = {
    "acronyms spelt out": lambda text, corpus, _: spelt_out(text, corpus),
    "full names shortened": lambda text, corpus, _: shortened(text, corpus),
    "one noun in its other number": lambda text, corpus, chance: other_number(text, corpus, chance),
    "symbols in lower case": lambda text, _, __: symbols_in_lower_case(text),
    "symbols with spaces": lambda text, _, __: symbols_with_spaces(text),
    "symbols without brackets and hyphens": lambda text, _, __: symbols_without_brackets(text),
    "asked kindly": lambda text, _, chance: asked_kindly(text, chance),
    "thanked for": lambda text, _, chance: thanked_for(text, chance),
    "lower case, no question mark": lambda text, _, __: plain(text),
    "a letter dropped": lambda text, _, chance: dropped(text, chance),
    "a letter doubled": lambda text, _, chance: doubled(text, chance),
    "two letters swapped": lambda text, _, chance: swapped(text, chance),
    "a letter replaced": lambda text, _, chance: replaced(text, chance),
    "British or American spelling": lambda text, _, __: across_the_sea(text),
}


def variant(kind: str, text: str, corpus: Language, seed: str) -> str:
    """The variant of a kind of a question, the same for the same seed; the question itself where there is none."""
    chance = random.Random(f"{kind} {seed}")  # noqa: S311 - nothing secret hangs on it
    return RULES[kind](text, corpus, chance)
