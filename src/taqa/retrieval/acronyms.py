"""Acronyms as the corpus itself introduces them: "Global Environment Facility (GEF)"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, partial

from taqa.references import fold

_INTRODUCED = re.compile(
    r"\((?:hereinafter |hereafter |or )?(?:the )?[\"'“‘]?"
    r"(?P<acronym>(?=[A-Z][A-Za-z]*[A-Z])[A-Z][A-Za-z]{1,12}?)s?[\"'”’]?[);,]"
)
"""Two capitals at least; what follows a comma or semicolon in the brackets is another matter."""
_SMALL = frozenset(
    ("of", "the", "and", "for", "in", "on", "to", "with", "by", "from", "under", "or", "de", "du", "la", "le", "et")
)
_PLAIN = str.maketrans({"\u2010": "-", "\u2011": "-", "\u2019": "'", "\u201c": '"', "\u201d": '"'})
MAX_WORDS = 14
REACH = 400
"""Words and characters before the brackets in which a name is looked for."""
MAX_SKIPS = 2
"""Words of a name that its acronym may pass over ("Inter-Organization Programme for the Sound ..." is IOMC)."""
_HEAD = 3
"""Letters of a name by which it is looked for."""


@dataclass(frozen=True, slots=True)
class Introduced:
    """An acronym in brackets after the name that it is short for; the brackets stand at `start`..`end`."""

    acronym: str
    name: str
    start: int
    end: int


def introduced(text: str) -> Iterator[Introduced]:
    """Every acronym that a text introduces, where the initials agree."""
    for match in _INTRODUCED.finditer(text):
        acronym = match.group("acronym")
        name = _name_before(text[max(0, match.start() - REACH) : match.start()], acronym)
        if name:
            yield Introduced(acronym, name, *match.span())


@dataclass(frozen=True, eq=False)
class Acronyms(Mapping[str, str]):
    """Acronym -> full name, in the order of the alphabet, made ready for finding those that a text holds."""

    names: Mapping[str, str]

    def __getitem__(self, acronym: str) -> str:
        return self.names[acronym]

    def __iter__(self) -> Iterator[str]:
        return iter(self.names)

    def __len__(self) -> int:
        return len(self.names)

    def in_words(self, words: Collection[str]) -> set[str]:
        """Acronyms that are one of some words; of more than three letters also without their capitals."""
        small = (acronym for word in words for acronym in self._small.get(word.casefold(), ()))
        return {word for word in words if word in self.names}.union(small)

    def named_in(self, folded: str) -> set[str]:
        """Acronyms whose full name stands somewhere in a text without capitals."""
        if len(self.names) < len(folded):
            return {acronym for acronym, name in self._names if name in folded}
        found: set[str] = set()
        for at in range(len(folded)):
            for acronym, name in self._by_head.get(folded[at : at + _HEAD], ()):
                if folded.startswith(name, at):
                    found.add(acronym)
        return found

    def in_one_form(self, text: str, prefers_acronym: Callable[[str], bool]) -> str:
        """The text with each acronym, and each full name of one, as the acronym where that is preferred, else as the
        name."""
        folded = fold(text)
        for short, full, acronym in self._longest_first:
            if short in folded or full in folded:
                text = self._changed(text, acronym, shorten=prefers_acronym(acronym))
        return text

    def _changed(self, text: str, acronym: str, *, shorten: bool) -> str:
        name = self.names[acronym]
        again = rf"(?: *\({acronym}s?\))?"
        full = re.compile(rf"(?<!\w){re.escape(name.removesuffix('s'))}s?(?!\w){again}", re.IGNORECASE)
        short = re.compile(rf"(?<![\w/.-]){acronym}s?(?![\w/(]|[.-]\w)")
        if shorten:
            return short.sub(acronym, full.sub(acronym, text))
        return text if full.search(text) else short.sub(name, text)

    @cached_property
    def _longest_first(self) -> tuple[tuple[str, str, str], ...]:
        """Acronyms folded, their names folded and in the singular, the acronyms; the longest names first."""
        made = ((fold(acronym), fold(name).removesuffix("s"), acronym) for acronym, name in self.names.items())
        return tuple(sorted(made, key=lambda each: (-len(each[1]), each)))

    @cached_property
    def order(self) -> Mapping[str, int]:
        return {acronym: number for number, acronym in enumerate(self.names)}

    @cached_property
    def _small(self) -> Mapping[str, list[str]]:
        found: dict[str, list[str]] = {}
        for acronym in self.names:
            if len(acronym) > 3:
                found.setdefault(acronym.casefold(), []).append(acronym)
        return found

    @cached_property
    def _by_head(self) -> Mapping[str, list[tuple[str, str]]]:
        """Acronyms with their names by the first letters of these, without capitals."""
        found: dict[str, list[tuple[str, str]]] = {}
        for acronym, name in self._names:
            found.setdefault(name[:_HEAD], []).append((acronym, name))
        return found

    @cached_property
    def _names(self) -> tuple[tuple[str, str], ...]:
        return tuple((acronym, name.casefold()) for acronym, name in self.names.items())


def mine(texts: Iterable[str]) -> Acronyms:
    """Acronym -> the full name most often printed before it, where the initials agree."""
    found: dict[str, Counter[str]] = {}
    for text in texts:
        for item in introduced(text):
            found.setdefault(item.acronym, Counter())[item.name] += 1
    return Acronyms({acronym: min(names, key=lambda n: (-names[n], n)) for acronym, names in sorted(found.items())})


def _name_before(text: str, acronym: str) -> str:
    """The shortest run of words just before that starts with the acronym's first letter and spells it, by its initials
    where that can be, else with more letters of each word ("Environment and Security Initiative" is ENVSEC)."""
    words = text.translate(_PLAIN).split()[-MAX_WORDS:]
    letters = acronym.casefold()
    for skips in range(MAX_SKIPS + 1):
        if found := _shortest(words, letters, partial(_spells, skips=skips)):
            return found
    return _shortest(words, letters, _syllables)


def _shortest(words: list[str], letters: str, spells: Callable[[list[str], str], bool]) -> str:
    for length in range(1, len(words) + 1):
        run = words[-length:]
        small = run[0].casefold() in _SMALL and run[0] != "The"
        if small or run[0].lstrip("\"'(")[:1].casefold() != letters[0]:
            continue
        parts = [part for word in run for part in re.split(r"[-'/\"(]", word) if part]
        if len(parts) <= 2 * MAX_WORDS and spells(parts, letters):
            return " ".join(run).strip(" ,;:\"'")
    return ""


def _spells(words: list[str], letters: str, skips: int = MAX_SKIPS) -> bool:
    """Whether the letters are taken from the words in order, each word giving its beginning, or nothing if it is small.

    Words after the last letter must begin with a small one ("... of the United Nations").
    """
    if not letters:
        return not words or words[0].casefold() in _SMALL
    if not words:
        return False
    word, rest = words[0].casefold(), words[1:]
    for take in range(min(2, len(letters), len(word)), 0, -1):
        if word.startswith(letters[:take]) and _spells(rest, letters[take:], skips):
            return True
    if word in _SMALL:
        return _spells(rest, letters, skips)
    return skips > 0 and _spells(rest, letters, skips - 1)


def _syllables(words: list[str], letters: str) -> bool:
    """Whether every word but a small one gives its first letter and perhaps more of its letters, in order.

    One word in capitals may be left at the end ("Initiative"), never two.
    """
    if not letters:
        return len(words) <= 1 and all(word[0].isupper() for word in words)
    if not words:
        return False
    word, rest = words[0].casefold(), words[1:]
    if word in _SMALL and _syllables(rest, letters):
        return True
    if word[0] != letters[0]:
        return False
    taken, at = 1, 1
    while taken < len(letters) and (at := word.find(letters[taken], at) + 1) > 0:
        taken += 1
    return any(_syllables(rest, letters[count:]) for count in range(taken, 0, -1))


def expand(text: str, acronyms: Acronyms) -> str:
    """The text followed by the other form of every acronym or full name that it holds."""
    short = acronyms.in_words(frozenset(re.findall(r"[A-Za-z][A-Za-z-]*", text)))
    full = acronyms.named_in(f" {text.casefold()} ")
    lacking = sorted(short ^ full, key=acronyms.order.__getitem__)
    return " ".join([text, *(acronyms[each] if each in short else each for each in lacking)])
