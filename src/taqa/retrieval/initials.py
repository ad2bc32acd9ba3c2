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
OFTEN_ENOUGH = 2
"""Times that the phrase must stand in the documents, of three letters, which many phrases have, more."""
CLEARLY = 2.0
"""... and that many times as often as another of the same initials; eval/README.md, "acronyms by their initials"."""
NAMED = 3
"""What a phrase counts for where just those words have capitals: "Clean Development Mechanism"."""
_CAPITALS = re.compile(r"[^A-Z]")
_SMALL = r"(?:(?:of|and|the|for|in|on|to|with|by|an?)[\s-]+)*"
_LENGTH = f"{{{SHORTEST},{LONGEST}}}"
_TYPED = re.compile(rf"(?<![\w/.-])(?:[A-Z]{_LENGTH}|[a-z]{_LENGTH}?)(?=s?(?![\w/(]|[.-]\w| ?\d))s?")
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

        def full(match: re.Match[str]) -> str:
            typed = match.group().removesuffix("s")
            small = typed.islower()
            if typed.upper() in self.known or ((small or shouted) and self._is_word(fold(match.group()))):
                return match.group()
            return self.phrase(typed.upper()) or match.group()

        return _TYPED.sub(full, text)

    def _is_word(self, word: str) -> bool:
        return any(each in self.words or each in self._spoken for each in (word, word.removesuffix("s")))

    def phrase(self, acronym: str) -> str:
        """The phrase that an acronym is short for; empty where none stands out, or where the texts rather use the
        acronym."""
        if acronym not in self._found:
            self._found[acronym] = self._phrase(acronym)
        return self._found[acronym]

    def _phrase(self, acronym: str) -> str:
        letters = (rf"{letter}[a-z]+" for letter in acronym)
        pattern = re.compile(rf"(?<![\w-]){(rf'[ -]{_SMALL}').join(letters)}(?![\w-])", re.IGNORECASE)
        found: defaultdict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
        for match in pattern.finditer(self._whole):
            words = re.split(r"[\s-]+", match.group().lower())
            if words[0] not in STOP and words[-1] not in STOP:
                named = _CAPITALS.sub("", match.group()) == acronym
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

    @cached_property
    def _whole(self) -> str:
        return _END.join(self.texts)

    @cached_property
    def _spoken(self) -> frozenset[str]:
        return frozenset(self.language)
