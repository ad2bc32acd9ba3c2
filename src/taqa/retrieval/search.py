"""From words to units: dense and lexical rankings of rows, fused into one ranking of units."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, reduce
from typing import Protocol

import numpy as np

from taqa.domain import Kind
from taqa.library.index import Index
from taqa.references import Catalogue, catalogue, fold
from taqa.retrieval.acronyms import Acronyms, expand, mine
from taqa.retrieval.bearers import bearers, named_in, named_together
from taqa.retrieval.exact import Articles, Mentions, mention_index, mentioning, quoted_provisions
from taqa.retrieval.fusion import weighted
from taqa.retrieval.initials import Initials
from taqa.retrieval.names import known_names
from taqa.retrieval.newer import counterparts, former_named
from taqa.retrieval.pinpoints import Pinpoint, pinpoint_in
from taqa.retrieval.ranking import Ranker, Ranking, Vectors, best
from taqa.retrieval.reader import Reader
from taqa.retrieval.rows import context_of, name_of, passage_of
from taqa.retrieval.spelling import Spelling, printed_words
from taqa.retrieval.stems import Stems, stems_of
from taqa.retrieval.symbols import Parts, as_printed, by_parts
from taqa.retrieval.terms import content_words, terms

DENSE_ROWS = 400
LEXICAL_ROWS = 200
"""Rows that each ranking brings to the fusion; eval/README.md, "depth"."""
WEIGHTS = (0.4, 0.2, 0.3, 0.2)
"""Dense, lexical, coverage, best sentence in the fused score; eval/README.md, "fusion weights"."""
READ = 10
"""Units that the reader reads; eval/README.md, "reader"."""
TEMPERATURE = 4.0
"""The reader's logits are divided by it, so that what it is nearly sure of still differs; eval/README.md, "reader"."""
READ_WEIGHT = 0.5
"""Share of the reader in the score of what it read; same measurement."""


class QueryEncoder(Protocol):
    """Texts of questions to unit vectors, shape (n, d), float32."""

    def encode_queries(self, texts: Sequence[str]) -> Vectors: ...


@dataclass(frozen=True, slots=True)
class Found:
    """A unit found: its number in the index, its score (0..1: fused, and read where a reader read it), its cosine."""

    unit: int
    score: float
    cosine: float


@dataclass(frozen=True, slots=True)
class Findings:
    """What a search brought: units best first, the query in the form that was searched for, and its vector to score
    their sentences with.

    `read` has, for each row that the reader read, how far it answers (0..1); `pinpoint` is the place that the
    text names by its reference.
    """

    query: str
    units: tuple[Found, ...]
    vector: Vectors
    read: Mapping[int, float] = field(default_factory=dict)
    pinpoint: Pinpoint | None = None


@dataclass(frozen=True)
class Searcher:
    """The engines over one index."""

    index: Index
    encoder: QueryEncoder
    dense: Ranker[Vectors]
    lexical: Ranker[str]
    reader: Reader | None = None
    language: Sequence[str] = ()
    """Words of the language, the commonest first: what is none, and near a word of the corpus, is taken for it."""
    weights: tuple[float, ...] = WEIGHTS

    @cached_property
    def catalogue(self) -> Catalogue:
        return catalogue(self.index.documents)

    @cached_property
    def acronyms(self) -> Acronyms:
        return mine(held.unit.text for held in self.index.units)

    @cached_property
    def names(self) -> frozenset[str]:
        return known_names((held.unit.text for held in self.index.units), self.acronyms)

    @cached_property
    def spelling(self) -> Spelling:
        return Spelling(printed_words(held.unit.text for held in self.index.units), self.language)

    @cached_property
    def symbols(self) -> Mapping[Parts, str]:
        """Symbols that documents have and print, by their parts."""
        metas = [document.meta for document in self.index.documents]
        own = (symbol for meta in metas for symbol in (meta.symbol, *meta.aliases) if symbol)
        places = (place for key, found in self.mentions.places.items() if "/" in key for place in found)
        return by_parts((*own, *(self.index.units[at.unit].unit.text[at.start : at.end] for at in places)))

    def as_meant(self, text: str) -> str:
        """A text that somebody typed in the spelling of the corpus: its symbols, its words, their capitals."""
        return self.spelling.in_capitals(self.spelling.mended(as_printed(text, self.symbols)))

    @cached_property
    def initials(self) -> Initials:
        held = {document.id for document in self.index.documents}
        texts = tuple(each.unit.text for each in self.index.units if each.document.successor not in held)
        return Initials(texts, self.spelling.words, self.acronyms, self.language)

    def in_one_form(self, text: str) -> str:
        """One text for all that differ only in an acronym or its full name, or in the spelling of a word."""
        return self.spelling.in_one_spelling(self.acronyms.in_one_form(text, self._prefers_acronym))

    def _prefers_acronym(self, acronym: str) -> bool:
        """Whether at least as many units have an acronym as have its full name."""
        if acronym not in self._preferred:
            name = self.acronyms[acronym].removesuffix("s")
            holding = min((self.held_stems.units.get(each, ()) for each in terms(name)), key=len, default=())
            named = sum(fold(name) in fold(self.index.units[unit].unit.text) for unit in holding)
            self._preferred[acronym] = self.spelling.words.get(fold(acronym), 0) >= named
        return self._preferred[acronym]

    @cached_property
    def _preferred(self) -> dict[str, bool]:
        return {}

    @cached_property
    def mentions(self) -> Mentions:
        return mention_index(self.index.units)

    @cached_property
    def articles(self) -> Articles:
        return Articles(self.index.units)

    @cached_property
    def held_stems(self) -> Stems:
        return stems_of(self.index.units)

    @cached_property
    def row_numbers(self) -> Mapping[int, tuple[int, ...]]:
        """Rows of each unit."""
        rows: dict[int, list[int]] = {}
        for number, row in enumerate(self.index.rows):
            rows.setdefault(row.unit, []).append(number)
        return {unit: tuple(numbers) for unit, numbers in rows.items()}

    @cached_property
    def _numbers(self) -> Mapping[str, int]:
        return {held.unit.id: number for number, held in enumerate(self.index.units)}

    def make_tables(self) -> None:
        """Make what look-ups need, so that no question waits for it."""
        self.catalogue.make()
        _ = (self.articles.quoting, self.articles.naming, self.mentions.by_end, self.enumerations, self._counterparts)
        _ = (self.symbols, self.index.partial)
        self.spelling.make()
        self.initials.make()

    def number(self, unit_id: str) -> int:
        """Number of a unit in the index. Raises KeyError for one that is not held."""
        return self._numbers[unit_id]

    @cached_property
    def enumerations(self) -> Mapping[tuple[str, tuple[str, ...]], tuple[int | None, tuple[int, ...]]]:
        """(document id, address of the whole) -> number of what announces the list, numbers of all its items."""
        items: dict[tuple[str, tuple[str, ...]], list[int]] = {}
        heads: dict[tuple[str, tuple[str, ...]], int] = {}
        for number, held in enumerate(self.index.units):
            heads.setdefault((held.document.id, held.unit.address), number)
            if held.unit.kind in (Kind.SUBPARAGRAPH, Kind.CHAPEAU, Kind.QUOTED):
                for depth in range(1, len(held.unit.address)):
                    items.setdefault((held.document.id, held.unit.address[:depth]), []).append(number)
        return {key: (heads.get(key), tuple(members)) for key, members in items.items() if len(members) > 1}

    @cached_property
    def bearers(self) -> Mapping[str, str]:
        return bearers(self.index.documents, self.index.units, self.held_stems)

    def find(self, text: str, documents: Collection[str] = (), vector: Vectors | None = None) -> Findings:
        """Units for a text, best first; of a document that it names also those for what it asks of that document.

        `documents` restricts to those ids.
        """
        found = self._find(text, documents, vector)
        spelt = self.initials.spelt_out(text)
        if spelt != text and not found.pinpoint:
            found = _together(found, self._find(spelt, documents))
        if documents or found.pinpoint:
            return found
        named = named_in(found.query, self.bearers)
        each = (named,) if named else tuple(named_together(found.query, self.bearers).values())
        return reduce(_together, (self._find(one.asked, (one.document,)) for one in each), found)

    def _find(self, text: str, documents: Collection[str] = (), vector: Vectors | None = None) -> Findings:
        rows = self.index.rows_in(documents) if documents else None
        if not self.index.rows or rows == []:
            return Findings(text, (), np.zeros(0, np.float32))
        asked = self.in_one_form(text)
        expanded = expand(asked, self.acronyms)
        query = self.encoder.encode_queries([asked])[0] if vector is None else vector
        near = self.dense.search(query, DENSE_ROWS, rows)
        dense = self._by_unit(near)
        lexical = self._by_unit(self.lexical.search(" ".join(content_words(expanded)), LEXICAL_ROWS, rows))
        covering = self._covering(asked, {*dense.rows.tolist(), *lexical.rows.tolist()})
        rankings = [dense, lexical, covering, self._by_sentence(near)]
        fused = self._fuse(rankings, DENSE_ROWS + LEXICAL_ROWS)
        cosines = dict(zip(dense.rows.tolist(), dense.scores.tolist(), strict=True))
        scores = dict(zip(fused.rows.tolist(), fused.scores.tolist(), strict=True))
        newer = self.newer(text, documents)
        quoted = [unit for unit in quoted_provisions(text, self.articles) if self._inside(unit, documents)]
        pinpoint = self._pinpoint(text, documents)
        there = pinpoint.units if pinpoint else ()
        if pinpoint and pinpoint.besides:
            there = tuple(sorted(there, key=lambda unit: -scores.get(unit, 0.0)))
        mentioned = [unit for unit in mentioning(text, self.mentions) if self._inside(unit, documents)]
        exact = dict.fromkeys((*in_place(quoted, newer), *there, *mentioned))
        order = [*exact, *(unit for unit in scores if unit not in exact)]
        found = [Found(unit, 1.0 if unit in exact else scores[unit], cosines.get(unit, 0.0)) for unit in order]
        return self._reread(Findings(asked, _newest(found, newer), query, pinpoint=pinpoint), exact)

    def _pinpoint(self, text: str, documents: Collection[str]) -> Pinpoint | None:
        return pinpoint_in(text, self.asked_of(text, documents), self._numbers)

    def asked_of(self, text: str, documents: Collection[str] = ()) -> Catalogue:
        """Documents that a question is put to: of versions of one the newest, and former ones that it names."""
        allowed = self.catalogue
        if documents:
            allowed = allowed.only([document for document in allowed.documents if document.id in documents])
        if not allowed.former:
            return allowed
        held, former = {document.id for document in allowed.documents}, former_named(text, allowed)
        current = (d for d in allowed.documents if d.successor not in held or d.id in former)
        return allowed.only(list(current))

    def newer(self, text: str, documents: Collection[str] = ()) -> Mapping[int, int]:
        """Units of former versions -> the same provision of the newest one, which a question is answered from instead.

        Nothing of a former version that the question asks for, nor where it is put to chosen documents.
        """
        if documents or not self._counterparts:
            return {}
        asked = former_named(text, self.catalogue)
        if not asked:
            return self._counterparts
        return {old: new for old, new in self._counterparts.items() if self.index.units[old].document.id not in asked}

    @cached_property
    def _counterparts(self) -> Mapping[int, int]:
        return counterparts(self.index.units)

    def read(self, text: str, units: Collection[int]) -> Mapping[int, float]:
        """Row -> how far it answers (0..1), for every sentence of some units; nothing without a reader."""
        rows = [row for unit in units for row in self.sentence_rows(unit)]
        if self.reader is None or not rows:
            return {}
        logits = self.reader.read(text, [self.passage(row) for row in rows])
        return dict(zip(rows, (1 / (1 + np.exp(-logits.astype(np.float64) / TEMPERATURE))).tolist(), strict=True))

    def sentence_rows(self, unit: int) -> tuple[int, ...]:
        """Rows of a unit's sentences: of the whole unit where it has only one."""
        rows = self.row_numbers.get(unit, ())
        return rows[1:] or rows

    def _reread(self, findings: Findings, exact: Collection[int]) -> Findings:
        """The first units in the order that the reader and the fused score give them together; `exact` stay first."""
        first = findings.units[:READ]
        read = self.read(findings.query, [found.unit for found in first])
        if not read:
            return findings

        def together(found: Found) -> Found:
            if found.unit in exact:
                return found
            answers = max((read[row] for row in self.sentence_rows(found.unit)), default=0.0)
            return replace(found, score=(1 - READ_WEIGHT) * found.score + READ_WEIGHT * answers)

        ordered = sorted(map(together, first), key=lambda found: -found.score)
        rest = (replace(found, score=(1 - READ_WEIGHT) * found.score) for found in findings.units[READ:])
        return replace(findings, units=(*ordered, *rest), read=read)

    def passage(self, row: int) -> str:
        """A row as the reader is given it."""
        place = self.index.rows[row]
        held = self.index.units[place.unit]
        return passage_of(held.unit, held.document, place.start, place.end)

    def coverage(self, wanted: Collection[str], held: Collection[str]) -> float:
        """Share of the wanted stems that are held, each weighed by its rarity; 1 where nothing is wanted."""
        total = sum(self.weight(term) for term in wanted)
        return sum(self.weight(term) for term in wanted if term in held) / total if total else 1.0

    def stems(self, unit: int) -> frozenset[str]:
        """Stems of a unit read in its context: its headings, its chapeau, the name of its document."""
        if unit not in self._stems:
            held = self.index.units[unit]
            context = context_of(held.unit, held.document)
            self._stems[unit] = frozenset(terms(f"{name_of(held.document)} {context} {held.unit.text}"))
        return self._stems[unit]

    @cached_property
    def _stems(self) -> dict[int, frozenset[str]]:
        return {}

    def _fuse(self, rankings: Sequence[Ranking], limit: int) -> Ranking:
        return weighted(rankings, self.weights, limit)

    def _covering(self, text: str, units: Collection[int]) -> Ranking:
        wanted = tuple(dict.fromkeys(terms(text)))
        numbers = np.array(sorted(units), dtype=np.int64)
        return best(numbers, self.held_stems.coverage(wanted, numbers).astype(np.float32), len(numbers))

    def _inside(self, unit: int, documents: Collection[str]) -> bool:
        return not documents or self.index.units[unit].document.id in documents

    def cosines(self, vector: Vectors, units: Sequence[int]) -> Mapping[int, float]:
        """Cosine of the query with every row of some units, by row."""
        rows = [row for unit in units for row in self.row_numbers.get(unit, ())]
        if not rows:
            return {}
        ranking = self.dense.search(vector, len(rows), rows)
        return dict(zip(ranking.rows.tolist(), ranking.scores.tolist(), strict=True))

    def weight(self, term: str) -> float:
        """Inverse document frequency of a stem over the units."""
        return self.held_stems.weight(term)

    def _by_unit(self, ranking: Ranking) -> Ranking:
        """The ranking of whole units: rows of single sentences left out."""
        pairs = zip(ranking.rows.tolist(), ranking.scores.tolist(), strict=True)
        scores = {self.index.rows[row].unit: score for row, score in pairs if self._is_whole(row)}
        units = np.array(list(scores), dtype=np.int64)
        return best(units, np.array(list(scores.values()), dtype=np.float32), len(scores))

    def _by_sentence(self, ranking: Ranking) -> Ranking:
        """The ranking of units by their best sentence."""
        scores: dict[int, float] = {}
        for row, score in zip(ranking.rows.tolist(), ranking.scores.tolist(), strict=True):
            unit = self.index.rows[row].unit
            if row in self.sentence_rows(unit):
                scores.setdefault(unit, score)
        units = np.array(list(scores), dtype=np.int64)
        return best(units, np.array(list(scores.values()), dtype=np.float32), len(scores))

    def _is_whole(self, row: int) -> bool:
        return self.row_numbers[self.index.rows[row].unit][0] == row


def in_place(units: Iterable[int], newer: Mapping[int, int]) -> list[int]:
    """The units in order, each once, those of former versions replaced by what has taken their place."""
    return list(dict.fromkeys(newer.get(unit, unit) for unit in units))


def _together(found: Findings, inside: Findings) -> Findings:
    """What two searches found, each unit with the better score, each row with the better reading."""
    best = {each.unit: each for each in found.units}
    for each in inside.units:
        held = best.get(each.unit)
        best[each.unit] = replace(each, score=max(each.score, held.score)) if held else each
    read = {row: max(found.read.get(row, 0.0), inside.read.get(row, 0.0)) for row in {**found.read, **inside.read}}
    return replace(found, units=tuple(sorted(best.values(), key=lambda each: -each.score)), read=read)


def _newest(found: Sequence[Found], newer: Mapping[int, int]) -> tuple[Found, ...]:
    """The same with units of former versions replaced: each at the best place that one of its versions has."""
    if not newer:
        return tuple(found)
    cosines = {each.unit: each.cosine for each in found}
    kept: dict[int, Found] = {}
    for each in found:
        unit = newer.get(each.unit, each.unit)
        kept.setdefault(unit, replace(each, unit=unit, cosine=cosines.get(unit, each.cosine)))
    return tuple(kept.values())
