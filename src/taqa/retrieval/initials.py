"""What the acronyms of a question are short for where no document introduces them: words whose initials they are.

"DGD" is read as "decision guidance document" where the corpus has this phrase often and hardly another of its initials.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from taqa.references import fold
from taqa.retrieval.terms import STOP, stem

SHORTEST, LONGEST = 3, 7
"""Letters of an acronym that is read so."""
OFTEN = {3: 3}
"""Times that a phrase of so many letters must stand in the documents: three fit many phrases; eval/README.md, "acronyms
by their initials"."""
OFTEN_ENOUGH = 2
"""The same of more letters."""
CLEARLY = 2.0
"""... and that many times as often as another of the same initials; eval/README.md, "acronyms by their initials"."""
NAMED = 3
"""What a phrase counts for where just those words have capitals: "Clean Development Mechanism"."""
_CAPITALS = re.compile(r"[^A-Z]")
MANY = 4
"""Acronyms of one text that are looked for."""
KEPT = 10_000
"""Acronyms whose phrase is remembered."""
_LINKS = r"(?:of|and|the|for|in|on|to|with|by|an?)"
_NO_LETTER = r"(?:and|the|for|in|on|to|with|by|an?)"
"""Words that give no letter; "of" does in "COP"."""
_SMALL = rf"(?:{_LINKS}[ -]){{0,3}}"
_TYPED = re.compile(r"(?<![\w/.-])(?:[A-Z]{3,7}|[a-z]{3,8})(?:(?<=[A-Z])s)?(?![\w/(]|[.-]\w| ?\d)")
_GOES_ON = re.compile(r"[ -](?:(?:of|and|the|for|in|on|to)[ -]){0,3}[A-Z]")
_REPEATED = re.compile(r"\b(\w+)(?:[ -]\1\b)+", re.IGNORECASE)
_END = "\n\n"


@dataclass(frozen=True)
class Initials:
    """The phrases of some texts by their initials; a text is looked through once for each acronym asked for.

    `words` are how many texts have a folded word, `known` acronyms that are not looked for.
    """

    texts: tuple[str, ...]
    words: Mapping[str, int]
    known: Collection[str] = ()
    language: Collection[str] = ()
    _found: dict[str, str] = field(default_factory=dict, repr=False)

    def spelt_out(self, text: str) -> str:
        """The text with each acronym that nobody introduces as what it is short for, where that is plain."""
        shouted = text.isupper()
        left = MANY

        def full(match: re.Match[str]) -> str:
            nonlocal left
            typed = match.group().removesuffix("s")
            acronym = typed.upper()
            if not SHORTEST <= len(acronym) <= LONGEST or acronym in self.known or typed.lower() in STOP:
                return match.group()
            if not left or ((typed.islower() or shouted) and self._is_word(match.group())):
                return match.group()
            left -= 1
            return self.phrase(acronym) or match.group()

        return _TYPED.sub(full, text)

    def _is_word(self, typed: str) -> bool:
        word = fold(typed)
        return any(each in self.words or each in self._spoken for each in (word, word.removesuffix("s")))

    def phrase(self, acronym: str) -> str:
        """The phrase that an acronym is short for; empty where none stands out, or where the texts rather use the
        acronym."""
        found = self._found.get(acronym)
        if found is None:
            found = self._phrase(acronym)
            if len(self._found) < KEPT:
                self._found[acronym] = found
        return found

    def _phrase(self, acronym: str) -> str:
        letters = (rf"(?!{_NO_LETTER}\b){letter}[a-z]+" for letter in acronym)
        pattern = re.compile(rf"(?<![\w-]){(rf'[ -]{_SMALL}').join(letters)}(?![\w-])", re.IGNORECASE)
        found: defaultdict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
        for match in pattern.finditer(self._whole):
            words = re.split(r"[ -]+", match.group().lower())
            if words[0] not in STOP and words[-1] not in STOP:
                named = _CAPITALS.sub("", match.group()) == acronym and not _GOES_ON.match(self._whole, match.end())
                found[tuple(map(stem, words))][match.group().lower()] += NAMED if named else 1
        counts = sorted((forms.total() for forms in found.values()), reverse=True)
        if not counts or counts[0] < OFTEN.get(len(acronym), OFTEN_ENOUGH):
            return ""
        if (
            len(counts) > 1
            and counts[0] < CLEARLY * counts[1]
            or counts[0] < CLEARLY * self.words.get(fold(acronym), 0)
        ):
            return ""
        forms = max(found.values(), key=Counter.total)
        return min(forms, key=lambda form: (-forms[form], form))

    def make(self) -> None:
        """Make what looking needs, so that no question waits for it."""
        _ = (self._whole, self._spoken)

    @cached_property
    def _whole(self) -> str:
        """All texts; of a word that is repeated, in which there are too many ways to find initials, only one."""
        return _REPEATED.sub(r"\1", _END.join(self.texts))

    @cached_property
    def _spoken(self) -> frozenset[str]:
        return frozenset(self.language)
