"""Which document a typed reference names: by symbol, alias, title or file, in any spelling."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import islice, takewhile

from taqa.domain import Document
from taqa.references import instruments
from taqa.references.catalogue import RUN, Catalogue, Entry, Name
from taqa.references.folding import fold, level
from taqa.references.mentions import CHAIN, REST_OF_CHAIN
from taqa.references.referents import treaty_key
from taqa.references.words import KINDS, tokens

_LOOSE = re.compile(r"[\s/.()\[\]_\\|-]*")
"""What people put between the parts of a symbol."""
_START = re.compile(r"(?<![\w/().-])[^\W_]|(?<=[(\[])[^\W_]")
_GOES_ON = re.compile(r"\w|/|[.-](?!(?:para|sect|art|annex|fn|footnote))\w", re.IGNORECASE)
_CHANGED = re.compile(r"[\s/.(,-]{0,3}(?:add|corr|rev|amend|inf|crp|wp|l)\b[\s.]*\d", re.IGNORECASE)
"""A modification makes another document of the symbol before it."""
_LEADS = re.compile(
    r"(?:^|[\s,;:]+)(?:of|in|at|from|to|see|also|cf|the|document|doc|paper|note)\b[\s.(]*$", re.IGNORECASE
)
_LED = re.compile(r"(?:\b(?:of|in|from|to|the|see)\s+|[,:;(]\s*)$", re.IGNORECASE)
_ALIKE = 0.75
_TELLING = 3
"""Letters of a word that may begin the name of a file."""
_HEADS = 12
"""Words of a reference among which a misspelt name is looked for."""


@dataclass(frozen=True, slots=True)
class Named:
    """The documents that a reference names, and what stands before and after the name."""

    documents: tuple[Document, ...]
    before: str
    after: str

    @property
    def rest(self) -> str:
        """The address, in the order in which it was typed."""
        return f"{self.before}, {self.after}" if self.before else self.after


def named(wanted: str, held: Catalogue) -> Named:
    """The documents that a reference names, at its beginning or else anywhere. The longest name wins."""
    text = level(wanted)
    runs = list(RUN.finditer(text))
    folded = [fold(run.group()) for run in runs]

    def ending(at: int) -> list[tuple[int, Name]]:
        names = held.names_at(folded, at)
        return [(end, name) for name in names if (end := _end(name, text, runs[at : at + len(name.runs)], len(runs)))]

    for number, run in enumerate(runs):
        if run.start() and not (_chained(text, run) or _START.match(text, run.start())):
            continue
        if ends := ending(number):
            longest = max(end for end, _ in ends)
            chain = [
                at for at in range(number + 1, len(runs)) if runs[at].start() < longest and _chained(text, runs[at])
            ]
            joined = sorted((name for at in chain for _, name in ending(at)), key=lambda name: name.order)
            first = (name for end, name in ends if end == longest)
            found = {name.document.id: name.document for name in (*first, *joined)}
            treaties = _treaties(text, [held.entry(document) for document in found.values()])
            longest = max([longest, *(name.end for name in treaties if name.start == run.start())])
            return Named(_current(found), _before(wanted[: run.start()]), wanted[longest:])
    if (by_file := _by_file(wanted, held)) is not None:
        return by_file
    for name in instruments.names(text):
        key = treaty_key(name)
        if called_so := {entry.document.id: entry.document for entry in held.treaties if entry.context.is_called(key)}:
            return Named(_current(called_so), _before(wanted[: name.start]), wanted[name.end :])
    return _by_first_words(wanted, held)


def _by_file(wanted: str, held: Catalogue) -> Named | None:
    """The documents whose file name begins with the first word of a reference, or with the last, of letters only."""
    first, last = (re.search(pattern, wanted) for pattern in (r"^[^\s,:]+", r"[^\W\d_]+$"))
    for word in filter(None, (first, last)):
        head = word.group().casefold()
        telling = len(head) >= _TELLING and not KINDS & set(tokens(head))
        if telling and (found := held.files_beginning(head)):
            return Named(_current(found), _before(wanted[: word.start()]), wanted[word.end() :])
    return None


def _treaties(text: str, entries: Iterable[Entry]) -> list[instruments.Name]:
    """The names of treaties in a text that are those of one of the documents."""
    held = [entry.context for entry in entries]
    return [name for name in instruments.names(text) if any(own.is_called(treaty_key(name)) for own in held)]


def _chained(text: str, run: re.Match[str]) -> bool:
    """Whether a symbol begins here that a hyphen joins to the one before it."""
    return run.start() > 0 and CHAIN.match(text, run.start() - 1) is not None


def nearest(wanted: str, held: Catalogue) -> tuple[Document, str] | None:
    """The document whose name is most like the beginning of a reference, and the rest of the reference."""
    names = [(entry.document, name, Counter(name)) for entry in held.entries for name in entry.plain]
    best: tuple[float, Document, str] | None = None
    for match in islice(re.finditer(r"[\s,;:]|$", wanted), _HEADS):
        head = fold(re.sub(r"[\s./()_-]+", "", level(wanted[: match.start()])))
        if len(head) < 4:
            continue
        letters = Counter(head)
        for document, name, own in names:
            least = best[0] if best else 0.0
            if not _may_be_alike(letters, own, max(least, _ALIKE)):
                continue
            ratio = SequenceMatcher(None, head, name).ratio()
            if ratio >= _ALIKE and (best is None or ratio > best[0]):
                best = (ratio, document, wanted[match.start() :])
    return best[1:] if best else None


def _may_be_alike(one: Counter[str], other: Counter[str], least: float) -> bool:
    """Whether two words have letters enough in common, in whatever order, for a ratio of similarity."""
    both = one.total() + other.total()
    if both == 0 or 2 * min(one.total(), other.total()) < least * both:
        return False
    return 2 * (one & other).total() >= least * both


def _end(name: Name, text: str, own: Sequence[re.Match[str]], runs: int) -> int:
    """Where the name ends that begins with some runs of the text, out of so many; 0 where the text has another there.

    The name must end there: `INC.1/1` is not found in `INC.1/10` or `INC.1/1/Add.1`.
    """
    if runs > len(name.runs) and name.is_word:
        return 0
    for before, after, gap in zip(own, own[1:], name.gaps, strict=False):
        between = text[before.end() : after.start()]
        if re.sub(r"\s+", "", between) != gap and not _LOOSE.fullmatch(between):
            return 0
    end = own[-1].end()
    if name.gaps[-1] and text.startswith(name.gaps[-1], end):
        end += len(name.gaps[-1])
    if chain := REST_OF_CHAIN.match(text, end):
        return chain.end()
    return 0 if _GOES_ON.match(text, end) or _CHANGED.match(text, end) else end


def _before(text: str) -> str:
    """What stands before a name, without what leads to it ("of document") and the first symbols of a chain."""
    if text.endswith("-"):
        text = text[: -len(re.split(r"\s", text)[-1])]
    while text != (shorter := _LEADS.sub("", text)):
        text = shorter
    return text.strip(" \t\n,;:([")


def _by_first_words(wanted: str, held: Catalogue) -> Named:
    """The documents whose short title or title begins with the most words of the reference, at least two."""
    words = list(re.finditer(r"\w+", wanted))
    folded = [fold(word.group()) for word in words]
    starts = [at for at, word in enumerate(words[:-1]) if not word.start() or _LED.search(wanted[: word.start()])]
    titles = [
        (order, at, document, title) for at in starts for order, document, title in held.titled(*folded[at : at + 2])
    ]
    best: tuple[int, int] = (1, 0)
    found: dict[str, Document] = {}
    for _, at, document, title in sorted(titles, key=lambda each: each[:2]):
        count = sum(1 for _ in takewhile(_same, zip(folded[at:], title, strict=False)))
        if count > best[0]:
            best, found = (count, at), {}
        if (count, at) == best:
            found[document.id] = document
    if not found:
        return Named((), "", wanted)
    first, last = words[best[1]], words[best[1] + best[0] - 1]
    return Named(_current(found), _before(wanted[: first.start()]), wanted[last.end() :])


def _current(found: Mapping[str, Document]) -> tuple[Document, ...]:
    """Of documents by id that share a name, those that none of the others supersedes."""
    return tuple(document for document in found.values() if document.successor not in found)


def _same(pair: tuple[str, str]) -> bool:
    return pair[0] == pair[1]
