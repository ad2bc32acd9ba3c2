"""Words as the corpus spells them: mistyped ones, and those that Britain and America spell in two ways."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from taqa.references import fold
from taqa.retrieval.terms import MODAL, STOP, stem

LONG = 5
"""Letters that a word must have to be read as another: of shorter ones too many are near."""
CLEARLY = 4
"""How many times as many units must have the nearest word as the next nearest. A mistyped rare word is left alone."""
OPENING = 3
"""Letters at the beginning of a word that tell whether it can be one."""
ACRONYM = 7
"""Letters of a word all in capitals; longer ones are words of headings."""
_TOKEN = re.compile(r"[\w.@/’'-]+")
_LETTERS = re.compile(r"[^\W\d_]+")
_NO_WORDS = re.compile(r"[\d_@/]|\w\.\w")
"""What a symbol, a number, an address or an abbreviation has in it."""
_ENDINGS = (
    ("s", ""),
    ("es", ""),
    ("ies", "y"),
    ("ed", ""),
    ("ed", "e"),
    ("ing", ""),
    ("ing", "e"),
    ("er", ""),
    ("er", "e"),
    ("ers", ""),
    ("ly", ""),
)
"""Endings of words, and what stands there without them."""
_VERB = "(?=(?:e|es|ed|er|ers|ing|ation|ations|ational)$)"
_NOUN = "(?=(?:s|ed|ing|al|able)?$)"
_PLURAL = "(?=s?$)"
_TWO_WAYS = (
    ("is", "iz", _VERB),
    ("ys", "yz", _VERB),
    ("our", "or", _NOUN),
    ("tre", "ter", _PLURAL),
    ("mme", "m", _PLURAL),
    ("ogue", "og", _PLURAL),
    ("ence", "ense", _PLURAL),
    ("ll", "l", "(?=(?:ed|ing|er|ers)$)"),
    ("phur", "fur", ""),
    ("inium", "inum", _PLURAL),
)
_SISTERS = tuple(
    (re.compile(f"(?<=..){here}{end}"), there)
    for british, american, end in _TWO_WAYS
    for here, there in ((british, american), (american, british))
)
"""What Britain and America spell in two ways inside a word, and the other way of it."""


_ENDS = '.:!?)“"'
"""What goes before the first word of a sentence or an item."""


def printed_words(texts: Iterable[str]) -> Mapping[str, int]:
    """Words as texts print them, in capitals or not, with the number of texts that have each.

    A word that is printed with a capital only where it opens a sentence or an item counts as one in small letters.
    """
    counts: Counter[str] = Counter()
    opening: Counter[str] = Counter()
    for text in texts:
        words = {(match.group(), _opens(match)) for match in _LETTERS.finditer(text)}
        counts.update({word for word, opens in words if not opens})
        opening.update({word for word, opens in words if opens and (word, False) not in words})
    for word, count in opening.items():
        counts[word if word in counts else word.lower()] += count
    return counts


def _opens(match: re.Match[str]) -> bool:
    """Whether a word with a capital stands where any word would have one."""
    before = match.string[: match.start()].rstrip()
    return match.group().istitle() and (not before or before[-1] in _ENDS)


@dataclass(frozen=True)
class Spelling:
    """The words of a corpus (`printed_words`), and words of the language, the commonest first, which are never taken
    for mistyped ones; without those nothing is."""

    printed: Mapping[str, int]
    language: Sequence[str]

    @cached_property
    def words(self) -> Mapping[str, int]:
        """Folded words of the corpus with the number of units that have each."""
        counts: Counter[str] = Counter()
        for word, count in self.printed.items():
            counts[fold(word)] += count
        return counts

    @cached_property
    def _ranks(self) -> Mapping[str, int]:
        return {word: rank for rank, word in enumerate(self.language, start=1)}

    @cached_property
    def _stems(self) -> frozenset[str]:
        return frozenset(map(stem, self.words))

    @cached_property
    def _openings(self) -> frozenset[str]:
        """How words begin: one that begins otherwise has a wrong letter there."""
        return frozenset(word[:OPENING] for word in (*self.words, *self.language))

    @cached_property
    def _letters(self) -> str:
        return "".join(sorted({letter for word in self.words for letter in word}))

    def make(self) -> None:
        """Make what reading needs, so that no question waits for it."""
        _ = (self._ranks, self._stems, self._openings, self._letters, self._capitals)

    def mended(self, text: str) -> str:
        """The text with each word that nobody knows as the one that it was meant to be, where that is plain: the same
        word as the corpus spells it, else a word of the corpus that is one typing error away (a letter too many,
        missing or wrong, or two swapped), else one of the language with a letter too many or missing or two swapped.

        Numbers, symbols, acronyms and modal verbs stay as they are.
        """
        return _each_word(text, self._mended)

    def in_one_spelling(self, text: str) -> str:
        """The text with each word that is spelt in two ways in the way that more units of the corpus have."""
        return _each_word(text, lambda word: self._sister(word, self.words.get(word, 0)))

    def in_capitals(self, text: str) -> str:
        """The text with each word in small letters that the corpus never prints so as it prints it: "Basel", "UNEP"."""

        def word(match: re.Match[str]) -> str:
            typed = match.group()
            return self._capitals.get(typed, typed) if typed not in STOP else typed

        return _TOKEN.sub(lambda match: _LETTERS.sub(word, match.group()), text)

    @cached_property
    def _capitals(self) -> Mapping[str, str]:
        best: dict[str, str] = {}
        for word, count in sorted(self.printed.items()):
            small = word.lower()
            if small not in self.printed and count > self.printed.get(best.get(small, ""), 0):
                best[small] = word
        return {small: word for small, word in best.items() if not word.isupper() or len(word) <= ACRONYM}

    def _mended(self, word: str) -> str:
        if word in self.words:
            return word
        sister = self._sister(word, 0)
        return sister if sister != word or self._is_word(word) else self._nearest(word)

    def _is_word(self, word: str) -> bool:
        """Whether a word is one of the language, has an ending more than one, or has a stem that the corpus has."""
        if not self.language or word in self._ranks:
            return True
        if any(once in self.words or once in self._ranks for once in _undoubled(word)):
            return False
        if stem(word) in self._stems:
            return True
        bases = (word.removesuffix(end) + other for end, other in _ENDINGS if word.endswith(end))
        return not word.endswith("ss") and any(base in self._ranks for base in bases)

    def _sister(self, word: str, held: int) -> str:
        """The other spelling of a word where more than `held` units have it; the word itself where not."""
        others = {rule.sub(other, word) for rule, other in _SISTERS if rule.search(word)}
        most, best = max(((self.words.get(other, 0), other) for other in others), default=(0, word))
        return best if most > held else word

    def _nearest(self, word: str) -> str:
        slips = set(_slips(word, self._letters))
        near = slips | set(_wrong_letters(word, self._letters, first=word[:OPENING] not in self._openings))
        if near & MODAL:
            return word
        held = {each: self.words[each] for each in near if len(each) >= LONG and each in self.words}
        if best := _plainest(held):
            return best
        known = {each: 1 / self._ranks[each] for each in slips if len(each) >= LONG and each in self._ranks}
        undoubled = known.keys() & set(_undoubled(word))
        if not undoubled and any(stem(each) == stem(word) for each in known):
            return word
        return _plainest(known) or word


def _plainest(near: Mapping[str, float]) -> str:
    """The commonest of some words, where those of other stems are clearly rarer; else none."""
    best = min(near, key=lambda word: (-near[word], word), default="")
    others = (near[word] for word in near if stem(word) != stem(best))
    return best if near and near[best] >= CLEARLY * max(others, default=0) else ""


def _each_word(text: str, change: Callable[[str], str]) -> str:
    """The text with each folded word that may be changed as `change` has it, capitals kept."""

    def word(match: re.Match[str]) -> str:
        typed = match.group()
        plain = fold(typed)
        capitals = sum(map(str.isupper, typed))
        if len(typed) < LONG or len(plain) != len(typed) or capitals > 1 or plain in STOP:
            return typed
        changed = change(plain)
        if changed == plain:
            return typed
        return changed.capitalize() if capitals else changed

    def token(match: re.Match[str]) -> str:
        return match.group() if _NO_WORDS.search(match.group()) else _LETTERS.sub(word, match.group())

    return _TOKEN.sub(token, text)


def _undoubled(word: str) -> Iterator[str]:
    """What a word is with one letter for two that are alike."""
    return (word[:at] + word[at + 1 :] for at in range(len(word) - 1) if word[at] == word[at + 1])


def _slips(word: str, letters: str) -> Iterator[str]:
    """What a word is without a letter typed too much, with one forgotten, with two in their right order."""
    for at in range(len(word) + 1):
        head, tail = word[:at], word[at:]
        if tail:
            yield head + tail[1:]
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]
        yield from (head + letter + tail for letter in letters)


def _wrong_letters(word: str, letters: str, *, first: bool) -> Iterator[str]:
    """What a word is with another letter in one place; in the first one only where that may be the wrong one."""
    for at in range(0 if first else 1, len(word)):
        yield from (word[:at] + letter + word[at + 1 :] for letter in letters)
