"""Documents made ready for look-up: what they are called and what stands in them, each table made once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from taqa.domain import Document, Kind, Unit
from taqa.references.context import Context
from taqa.references.folding import fold, level, symbol_key
from taqa.references.mentions import CHAIN
from taqa.references.places import OTHER_NUMERAL, Labels
from taqa.references.steps import decided
from taqa.references.words import JOINTS, KINDS, Words, bare, dotted, outermost_first, tokens, words

RUN = re.compile(r"[^\W\d_]+|\d+")
_FIRST = 3
"""Units among which a treaty prints its name."""
_TREATY = re.compile(r"\b(?:Convention|Protocol|Agreement|Treaty|Covenant|Charter)\b", re.IGNORECASE)
_LINKS = frozenset("the of on and for to in".split())
_INITIALS, _LONGEST = 3, 8
"""Letters that initials have."""
_ACTS = frozenset({"decision", "resolution", "dec", "res", "recommendation"})
_DECISION = re.compile(r"(d[ée]cisi[oó]n|r[ée]soluti[oó]n|resoluci[oó]n) (\S+/\S*\d)", re.IGNORECASE)
_DROPPED = JOINTS | {"para", "rule", "part"}
"""Words of an address that may be missing where it is found all the same."""
_LOOSENING = frozenset({"quoting", "unnumbered"})
"""Words beside which numbers and names may be missing, too."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name as its folded runs of letters and of digits, with what is printed between them.

    `is_word` is true for one that means something else before a number: the id of a file "decision.html".
    """

    order: int
    document: Document
    runs: tuple[str, ...]
    gaps: tuple[str, ...]
    is_word: bool


@dataclass(frozen=True, eq=False)
class Entry:
    """One document in a catalogue."""

    document: Document
    labels: Labels

    @cached_property
    def context(self) -> Context:
        return Context(self.document)

    @cached_property
    def called(self) -> tuple[str, ...]:
        """Everything that the document may be called."""
        return tuple(called(self.document))

    @cached_property
    def plain(self) -> tuple[str, ...]:
        """The same folded, with nothing between the parts."""
        return tuple(fold(re.sub(r"[\s./()_-]+", "", level(name))) for name in self.called)

    @cached_property
    def keys(self) -> frozenset[str]:
        return frozenset(map(symbol_key, self.called))

    @cached_property
    def symbols(self) -> frozenset[str]:
        """Its symbol and aliases as one spelling has them."""
        return frozenset(
            symbol_key(symbol) for symbol in (self.document.meta.symbol, *self.document.meta.aliases) if symbol
        )

    @cached_property
    def short_names(self) -> tuple[str, ...]:
        """Its short title and its title, folded."""
        return tuple(fold(name) for name in (self.document.meta.cited_as, self.document.meta.title) if name)

    @cached_property
    def titles(self) -> tuple[tuple[str, ...], ...]:
        """The folded words of its short title and its title."""
        meta = self.document.meta
        return tuple(tuple(map(fold, re.findall(r"\w+", name))) for name in (meta.cited_as, meta.title))

    @cached_property
    def decisions(self) -> Mapping[str, Unit]:
        """Decisions that stand in the document under a heading of their own, but for one that it is as a whole."""
        found: dict[str, Unit] = {}
        for unit in self.document.units:
            if unit.kind is Kind.HEADING and len(unit.address) == 1:
                match = _DECISION.fullmatch(level(unit.label))
                if match:
                    found.setdefault(decided(match[1], match[2]), unit)
        return {key: unit for key, unit in found.items() if key not in self.keys}

    def telling(self) -> set[str]:
        """What an address found in the document may be made of: words of labels and of headings that open annexes."""
        found = {word for typed in {own for _, own in self.labels.rows} for word in bare(typed)}
        for kind, headings in self.labels.attached.items():
            for _, text in headings:
                found |= {kind, *re.findall(r"[^\W\d_]+|\d+", text)}
        return found


@dataclass(frozen=True, eq=False)
class _Tables:
    """What is looked up, over all documents of a catalogue."""

    documents: tuple[Document, ...]

    @cached_property
    def entries(self) -> Mapping[str, Entry]:
        """Entries by the id of the document; a label that many documents have is read once."""
        read: dict[str, Words] = {}
        reduced: dict[Words, tuple[Words, ...]] = {}
        found: dict[str, Entry] = {}
        for document in self.documents:
            for unit in document.units:
                if unit.label not in read:
                    read[unit.label] = words(unit.label)
            rows = tuple((unit, read[unit.label]) for unit in document.units)
            found[document.id] = Entry(document, Labels(document, rows, reduced))
        return found

    @cached_property
    def names(self) -> Mapping[tuple[str, ...], tuple[Name, ...]]:
        """Names by their runs."""
        found: dict[tuple[str, ...], list[Name]] = {}
        order = 0
        for entry in self.entries.values():
            for called_ in entry.called:
                name = _name(order, entry.document, called_)
                found.setdefault(name.runs, []).append(name)
                order += 1
        return {runs: tuple(names) for runs, names in found.items() if runs}

    @cached_property
    def lengths(self) -> tuple[int, ...]:
        """How many runs names have."""
        return tuple(sorted({len(runs) for runs in self.names}))

    @cached_property
    def units(self) -> Mapping[str, Document]:
        return {unit.id: document for document in reversed(self.documents) for unit in document.units}

    @cached_property
    def files(self) -> tuple[tuple[str, Document], ...]:
        return tuple((document.file.casefold(), document) for document in self.documents)

    @cached_property
    def treaties(self) -> tuple[Entry, ...]:
        return tuple(entry for entry in self.entries.values() if entry.context.is_treaty)

    @cached_property
    def titled(self) -> Mapping[tuple[str, ...], tuple[tuple[int, Document, tuple[str, ...]], ...]]:
        """Titles by their first two words, each with its place in the order of all."""
        found: dict[tuple[str, ...], list[tuple[int, Document, tuple[str, ...]]]] = {}
        order = 0
        for entry in self.entries.values():
            for title in entry.titles:
                found.setdefault(title[:2], []).append((order, entry.document, title))
                order += 1
        return {first: tuple(titles) for first, titles in found.items() if len(first) == 2}

    @cached_property
    def decisions(self) -> Mapping[str, tuple[tuple[Document, Unit], ...]]:
        found: dict[str, list[tuple[Document, Unit]]] = {}
        for entry in self.entries.values():
            for key, unit in entry.decisions.items():
                found.setdefault(key, []).append((entry.document, unit))
        return {key: tuple(places) for key, places in found.items()}

    @cached_property
    def provisions(self) -> Mapping[str, tuple[tuple[Document, Unit], ...]]:
        found: dict[str, list[tuple[Document, Unit]]] = {}
        for document in self.documents:
            for unit in document.units:
                if unit.provision is not None:
                    found.setdefault(fold(unit.provision.article), []).append((document, unit))
        return {article: tuple(places) for article, places in found.items()}

    @cached_property
    def telling(self) -> Mapping[str, frozenset[str]]:
        """Word -> ids of the documents that have it in a label or in a heading that opens an annex."""
        found: dict[str, list[str]] = {}
        for entry in self.entries.values():
            for word in entry.telling():
                found.setdefault(word, []).append(entry.document.id)
        return {word: frozenset(ids) for word, ids in found.items()}

    @cached_property
    def closing(self) -> Mapping[str, frozenset[str]]:
        """Kind of step -> ids of the documents that have a label which ends with it: "title", never "para. 4"."""
        found: dict[str, set[str]] = {}
        for entry in self.entries.values():
            for own in {own for _, own in entry.labels.rows}:
                if own and own[-1] in KINDS:
                    found.setdefault(own[-1], set()).add(entry.document.id)
        return {word: frozenset(ids) for word, ids in found.items()}

    @cached_property
    def slugs(self) -> Mapping[str, frozenset[str]]:
        """End of the id of a unit -> ids of the documents that have one."""
        found: dict[str, set[str]] = {}
        for document in self.documents:
            for unit in document.units:
                found.setdefault(unit.id.partition(":")[2], set()).add(document.id)
        return {slug: frozenset(ids) for slug, ids in found.items()}


@dataclass(frozen=True, eq=False)
class Catalogue:
    """Some documents made ready for look-up. Those of `only` share what was made for all."""

    documents: tuple[Document, ...]
    _tables: _Tables

    def only(self, documents: Sequence[Document]) -> Catalogue:
        """Some of the documents; itself where they are all of them."""
        return self if len(documents) == len(self.documents) else Catalogue(tuple(documents), self._tables)

    def make(self) -> None:
        """Make all tables, so that no look-up waits for one."""
        tables = self._tables
        _ = (tables.lengths, tables.units, tables.files, tables.treaties, tables.titled, tables.decisions)
        _ = (
            tables.provisions,
            tables.telling,
            tables.closing,
            tables.slugs,
            self.current_symbols,
            self.symbols,
            self._order,
        )

    @cached_property
    def _ids(self) -> frozenset[str]:
        return frozenset(document.id for document in self.documents)

    def entry(self, document: Document) -> Entry:
        return self._tables.entries[document.id]

    def labels(self, document: Document) -> Labels:
        return self.entry(document).labels

    @property
    def entries(self) -> Iterator[Entry]:
        return (self._tables.entries[document.id] for document in self.documents)

    def with_unit(self, unit_id: str) -> Document | None:
        """The document that has a unit of that id."""
        document = self._tables.units.get(unit_id)
        return document if document is not None and document.id in self._ids else None

    def names_at(self, runs: Sequence[str], at: int) -> list[Name]:
        """The names whose runs stand in a text from one of its runs on, in the order of the documents."""
        found: list[Name] = []
        for length in self._tables.lengths:
            if at + length > len(runs):
                break
            found += self._tables.names.get(tuple(runs[at : at + length]), ())
        return sorted((name for name in found if name.document.id in self._ids), key=lambda name: name.order)

    def files_beginning(self, head: str) -> dict[str, Document]:
        """Documents by id whose file name begins so."""
        return {d.id: d for file, d in self._tables.files if file.startswith(head) and d.id in self._ids}

    @property
    def treaties(self) -> Iterator[Entry]:
        return (entry for entry in self._tables.treaties if entry.document.id in self._ids)

    def titled(self, first: str, second: str) -> list[tuple[int, Document, tuple[str, ...]]]:
        """Documents whose short title or title begins with two folded words: place in their order, title as words."""
        return [each for each in self._tables.titled.get((first, second), ()) if each[1].id in self._ids]

    def decisions(self, key: str) -> list[tuple[Document, Unit]]:
        """The headings under which documents hold a decision."""
        return self._within(self._tables.decisions.get(key, ()))

    def provisions(self, article: str) -> list[tuple[Document, Unit]]:
        """Units that quote an article of whatever treaty."""
        return self._within(self._tables.provisions.get(article, ()))

    def _within(self, places: Iterable[tuple[Document, Unit]]) -> list[tuple[Document, Unit]]:
        return [place for place in places if place[0].id in self._ids]

    def may_have(self, address: str, article: str) -> Iterator[Entry]:
        """Entries in which an address, or an article quoted, may be found: none of the others has its words."""
        held = {document.id for document, _ in self.provisions(article)} if article else set()
        held |= self._tables.slugs.get(address.strip(" \t\n,;:"), frozenset())
        for spelling in dict.fromkeys((address, outermost_first(address), dotted(address))):
            held |= self._with_words(words(spelling))
        held &= self._ids
        if len(held) > len(self.documents) // 2:
            return (entry for entry in self.entries if entry.document.id in held)
        return (self._tables.entries[each] for each in sorted(held, key=self._order.__getitem__))

    def _with_words(self, typed: Words) -> frozenset[str]:
        """Ids of the documents that have all words of an address that cannot be left out or read as others."""
        if _LOOSENING & set(typed) or sum(word in ("-", "to") for word in typed) > 1:
            return self._ids
        steps = [word for word in bare(typed) if word not in JOINTS]
        if steps and KINDS.issuperset(steps):
            ends = ("para", "sect") if steps[-1] in ("rule", "part") else ()
            return frozenset().union(*(self._tables.closing.get(word, ()) for word in (steps[-1], *ends)))
        by_word = [self._with_word(word) for word in set(steps) - _DROPPED]
        return frozenset.intersection(*sorted(by_word, key=len)) if by_word else self._ids

    def _with_word(self, word: str) -> frozenset[str]:
        telling = self._tables.telling
        other = "preambular" if word == "preamble" else OTHER_NUMERAL.get(word)
        return telling.get(word, frozenset()) | (telling.get(other, frozenset()) if other else frozenset())

    @cached_property
    def former(self) -> tuple[Entry, ...]:
        """Versions that others have superseded."""
        return tuple(entry for entry in self.entries if entry.document.successor)

    @cached_property
    def current_symbols(self) -> frozenset[str]:
        """Symbols of the documents that nothing has superseded."""
        return frozenset(key for entry in self.entries if not entry.document.successor for key in entry.symbols)

    @cached_property
    def symbols(self) -> frozenset[str]:
        """Symbols of all of them."""
        return frozenset(key for entry in self.entries for key in entry.symbols)

    @cached_property
    def _order(self) -> Mapping[str, int]:
        return {document.id: number for number, document in enumerate(self.documents)}


def catalogue(documents: Catalogue | Sequence[Document]) -> Catalogue:
    """Documents made ready for look-up, those that are so already as they are."""
    if isinstance(documents, Catalogue):
        return documents
    held = tuple({document.id: document for document in documents}.values())
    return Catalogue(held, _Tables(held))


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


def _name(order: int, document: Document, name: str) -> Name:
    text = level(name)
    runs = list(RUN.finditer(text))
    ends = [*(run.start() for run in runs[1:]), len(text)]
    gaps = tuple(re.sub(r"\s+", "", text[run.end() : end]) for run, end in zip(runs, ends, strict=True))
    folded = tuple(fold(run.group()) for run in runs)
    is_word = len(folded) == 1 and (folded[0] in _ACTS or bool(KINDS & set(tokens(folded[0]))))
    return Name(order, document, folded, gaps, is_word)
