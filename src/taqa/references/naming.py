"""Which document a typed reference names: by symbol, alias, title or file, in any spelling."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import islice, takewhile

from taqa.domain import Document, Kind
from taqa.references import instruments
from taqa.references.context import Context
from taqa.references.folding import fold, level
from taqa.references.mentions import CHAIN, REST_OF_CHAIN
from taqa.references.referents import treaty_key
from taqa.references.words import KINDS, tokens

_RUN = re.compile(r"[^\W\d_]+|\d+")
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
_FIRST = 3
"""Units among which a treaty prints its name."""
_TREATY = re.compile(r"\b(?:Convention|Protocol|Agreement|Treaty|Covenant|Charter)\b", re.IGNORECASE)
_LINKS = frozenset("the of on and for to in".split())
_INITIALS, _LONGEST = 3, 8
"""Letters that initials have."""
_ACTS = frozenset({"decision", "resolution", "dec", "res", "recommendation"})
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


@dataclass(frozen=True, slots=True)
class _Name:
    """A name as its runs of letters and of digits, with what is printed between them."""

    document: Document
    runs: tuple[str, ...]
    gaps: tuple[str, ...]


def named(wanted: str, documents: Sequence[Document]) -> Named:
    """The documents that a reference names, at its beginning or else anywhere. The longest name wins."""
    text = level(wanted)
    names = [_name(document, name) for document in documents for name in called(document)]
    runs = list(_RUN.finditer(text))
    for number, run in enumerate(runs):
        if run.start() and not (_chained(text, run) or _START.match(text, run.start())):
            continue
        ends = [(end, name.document) for name in names if (end := _end(name, text, runs, number))]
        if ends:
            longest = max(end for end, _ in ends)
            chain = [
                at for at in range(number + 1, len(runs)) if runs[at].start() < longest and _chained(text, runs[at])
            ]
            joined = [name.document for name in names if any(_end(name, text, runs, at) for at in chain)]
            found = {d.id: d for d in (*(document for end, document in ends if end == longest), *joined)}
            longest = max(
                [longest, *(name.end for name in _treaties(text, found.values()) if name.start == run.start())]
            )
            return Named(_current(found), _before(wanted[: run.start()]), wanted[longest:])
    if (by_file := _by_file(wanted, documents)) is not None:
        return by_file
    for name in instruments.names(text):
        if treaties := {d.id: d for d in documents if Context(d).is_called(treaty_key(name))}:
            return Named(_current(treaties), _before(wanted[: name.start]), wanted[name.end :])
    return _by_first_words(wanted, documents)


def _by_file(wanted: str, documents: Sequence[Document]) -> Named | None:
    """The documents whose file name begins with the first word of a reference, or with the last, of letters only."""
    first, last = (re.search(pattern, wanted) for pattern in (r"^[^\s,:]+", r"[^\W\d_]+$"))
    for word in filter(None, (first, last)):
        head = word.group().casefold()
        telling = len(head) >= _TELLING and not KINDS & set(tokens(head))
        if telling and (found := {d.id: d for d in documents if d.file.casefold().startswith(head)}):
            return Named(_current(found), _before(wanted[: word.start()]), wanted[word.end() :])
    return None


def _treaties(text: str, documents: Iterable[Document]) -> list[instruments.Name]:
    """The names of treaties in a text that are those of one of the documents."""
    held = [Context(document) for document in documents]
    return [name for name in instruments.names(text) if any(own.is_called(treaty_key(name)) for own in held)]


def _chained(text: str, run: re.Match[str]) -> bool:
    """Whether a symbol begins here that a hyphen joins to the one before it."""
    return run.start() > 0 and CHAIN.match(text, run.start() - 1) is not None


def called(document: Document) -> Iterator[str]:
    """Everything that a document may be called; a symbol also without its first parts ("COP.8/17")."""
    meta = document.meta
    names = (*meta.aliases, meta.cited_as, meta.title, document.id, document.file, *meta.other_names)
    yield from filter(None, names)
    yield from treaty_names(document)
    for symbol in CHAIN.split(level(meta.symbol)) if meta.symbol else ():
        parts = symbol.split("/")
        yield from ("/".join(parts[at:]) for at in range(max(1, len(parts) - 1)) if re.search(r"\d", parts[-1]))
    if meta.symbol:
        yield meta.symbol


def treaty_names(document: Document) -> Iterator[str]:
    """What a treaty is called: its first heading, that without its subject, and its initials ("UNFCCC")."""
    headings = [unit.text for unit in document.units[:_FIRST] if unit.kind is Kind.HEADING]
    title, noun = next(((text, match) for text in headings if (match := _TREATY.search(text))), ("", None))
    if noun is None or not any(unit.address[0].startswith("art. ") for unit in document.units):
        return
    yield title
    letters = "".join(word[0] for word in re.findall(r"[^\W\d_]+", title) if fold(word) not in _LINKS)
    if _INITIALS <= len(letters) <= _LONGEST:
        yield letters.upper()
    head = title[: noun.end()]
    if len(head.split()) > 1 and head != title:
        yield head


def nearest(wanted: str, documents: Sequence[Document]) -> tuple[Document, str] | None:
    """The document whose name is most like the beginning of a reference, and the rest of the reference."""
    best: tuple[float, Document, str] | None = None
    for match in islice(re.finditer(r"[\s,;:]|$", wanted), _HEADS):
        head = fold(re.sub(r"[\s./()_-]+", "", level(wanted[: match.start()])))
        if len(head) < 4:
            continue
        for document in documents:
            for name in called(document):
                ratio = SequenceMatcher(None, head, fold(re.sub(r"[\s./()_-]+", "", level(name)))).ratio()
                if ratio >= _ALIKE and (best is None or ratio > best[0]):
                    best = (ratio, document, wanted[match.start() :])
    return best[1:] if best else None


def _name(document: Document, name: str) -> _Name:
    text = level(name)
    runs = list(_RUN.finditer(text))
    ends = [*(run.start() for run in runs[1:]), len(text)]
    gaps = tuple(re.sub(r"\s+", "", text[run.end() : end]) for run, end in zip(runs, ends, strict=True))
    return _Name(document, tuple(fold(run.group()) for run in runs), gaps)


def _end(name: _Name, text: str, runs: Sequence[re.Match[str]], at: int) -> int:
    """Where the name ends that begins at a run of the text; 0 where the text does not have it there.

    The name must end there: `INC.1/1` is not found in `INC.1/10` or `INC.1/1/Add.1`.
    """
    own = runs[at : at + len(name.runs)]
    if len(runs) > len(name.runs) and _is_word_of_references(name):
        return 0
    if not name.runs or [fold(run.group()) for run in own] != list(name.runs):
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


def _is_word_of_references(name: _Name) -> bool:
    """Whether a name, such as the id of a file "decision.html", means something else before a number."""
    return len(name.runs) == 1 and (name.runs[0] in _ACTS or bool(KINDS & set(tokens(name.runs[0]))))


def _before(text: str) -> str:
    """What stands before a name, without what leads to it ("of document") and the first symbols of a chain."""
    if text.endswith("-"):
        text = text[: -len(re.split(r"\s", text)[-1])]
    while text != (shorter := _LEADS.sub("", text)):
        text = shorter
    return text.strip(" \t\n,;:([")


def _by_first_words(wanted: str, documents: Sequence[Document]) -> Named:
    """The documents whose short title or title begins with the most words of the reference, at least two."""
    words = list(re.finditer(r"\w+", wanted))
    starts = [at for at, word in enumerate(words) if not word.start() or _LED.search(wanted[: word.start()])]
    best: tuple[int, int] = (1, 0)
    found: dict[str, Document] = {}
    for document in documents:
        for title in (re.findall(r"\w+", name) for name in (document.meta.cited_as, document.meta.title)):
            for at in starts:
                count = sum(1 for _ in takewhile(_same, zip(words[at:], title, strict=False)))
                if count > best[0]:
                    best, found = (count, at), {}
                if count > 1 and (count, at) == best:
                    found[document.id] = document
    if not found:
        return Named((), "", wanted)
    first, last = words[best[1]], words[best[1] + best[0] - 1]
    return Named(_current(found), _before(wanted[: first.start()]), wanted[last.end() :])


def _current(found: Mapping[str, Document]) -> tuple[Document, ...]:
    """Of documents by id that share a name, those that none of the others supersedes."""
    return tuple(document for document in found.values() if document.successor not in found)


def _same(pair: tuple[re.Match[str], str]) -> bool:
    return fold(pair[0].group()) == fold(pair[1])
