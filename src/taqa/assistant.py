"""The whole pipeline: a question in, a verified answer out."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from taqa.answering.caveats import label, newest, not_stated, of_different_dates, read_in_part
from taqa.answering.clarify import Doubt, doubt, openings
from taqa.answering.comparing import Compared, compared_in, compose_comparison, unspoken
from taqa.answering.compose import (
    MAX_ITEMS,
    Draft,
    compose_besides,
    compose_fact,
    compose_list,
    compose_mentions,
    compose_pinpoint,
    compose_units,
    compose_whole,
    stitch,
)
from taqa.answering.evidence import Weighed, quotation, weigh, within
from taqa.answering.ground import ground
from taqa.answering.parts import asks, parts
from taqa.answering.question import Asks, Reading, read_question
from taqa.answering.refuse import THRESHOLD, features, refusal_text, refuses, surest
from taqa.answering.twins import Twins, twins_in
from taqa.answering.typed import as_meant
from taqa.domain import Answer, Citation, Document, Evidence, Hit, Kind, Question, Searched, Statement
from taqa.errors import InputError, UnknownDocument
from taqa.library.index import Index
from taqa.references import Resolution, resolve
from taqa.retrieval.bearers import NONE
from taqa.retrieval.exact import (
    articles_named,
    mentioned_articles,
    named_documents,
    names_instrument,
    names_place,
    paragraphs_named,
    places_of,
    prints_article,
    quoted_provisions,
)
from taqa.retrieval.pinpoints import Pinpoint
from taqa.retrieval.search import Searcher, in_place

MAX_QUESTION = 2000
"""Characters; a question is a sentence or two, and the encoder reads 256 word pieces."""
INVITATION = "Type a question about the documents; the answer quotes them, with a reference to each paragraph."
RELATED = 3
SHOWN_HITS = 10


@dataclass(frozen=True)
class Assistant:
    """Answers questions over one index."""

    searcher: Searcher
    max_question: int = MAX_QUESTION
    threshold: float = THRESHOLD
    """Confidence below which the documents are said not to answer."""

    @property
    def index(self) -> Index:
        return self.searcher.index

    @property
    def documents(self) -> tuple[Document, ...]:
        return self.index.documents

    @property
    def reader(self) -> str:
        """Identity of the reading model; empty where reading is turned off."""
        return self.searcher.reader.identity if self.searcher.reader else ""

    @cached_property
    def twins(self) -> Twins:
        """The sentences that stand in several documents."""
        return twins_in(self.index)

    def warm(self) -> None:
        """Load what the first question would wait for: the model and everything mined from the corpus."""
        self.ask(Question("What do the documents say?"))
        self.searcher.make_tables()
        _ = self.twins

    def ask(self, question: Question) -> Answer:
        """The answer to a question. Raises InputError for a question that cannot be read."""
        for event in self.events(question):
            if isinstance(event, Answer):
                return event
        raise AssertionError("a question ends in an answer")

    def events(self, question: Question) -> Iterator[Evidence | Statement | Answer]:
        """What was retrieved, each statement once it is verified, then the answer."""
        started = time.perf_counter()
        question = self.check(question)
        borne = self._borne(question)
        reading = read_question(as_meant(question, self.searcher), self.searcher.names, borne)
        if reading.asks is Asks.NOTHING:
            yield Evidence(reading.text, ())
            held = self.searcher.asked_of(question.text, question.documents)
            begin = () if question.history else openings(held.documents, held)
            yield self._asked_back(question, question.text, Doubt(INVITATION, begin), started)
            return
        findings = self.searcher.find(reading.text, question.documents)
        if unclear := doubt(question, reading, findings, self.searcher):
            yield Evidence(reading.text, ())
            yield self._asked_back(question, reading.text, unclear, started)
            return
        reading = replace(reading, asks=_kind(reading.asks, findings.pinpoint))
        evidence = weigh(reading, findings, self.searcher, self._extra(reading, findings.pinpoint, question))
        yield Evidence(reading.text, tuple(self._hits(evidence)))
        found = features(evidence, self.searcher)
        comparing = reading.asks is Asks.COMPARISON
        compared = compared_in(reading, question.documents, borne, self.searcher) if comparing else []
        sides_found = [features(side.evidence, self.searcher) for side in compared]
        refused = refuses(found, reading.asks, self.threshold, sides_found)
        drafts = [] if refused else self._compose(reading, evidence, question, compared)
        statements, citations = ground(drafts, self._everywhere(reading, findings.pinpoint, question))
        yield from statements
        missing = unspoken(reading, citations, compared, self.searcher)
        sure = surest(found, *sides_found)
        yield self._answer(question, reading, evidence, statements, citations, missing, sure, started)

    def check(self, question: Question) -> Question:
        """The question trimmed. Raises InputError when it is empty, too long or names an unknown document."""
        text = " ".join(question.text.split())
        if not any(character.isalnum() for character in text):
            raise InputError("The question is empty; type a question in words.")
        if len(text) > self.max_question:
            raise InputError(f"The question has {len(text)} characters; shorten it to {self.max_question}.")
        if any(
            "\ud800" <= c <= "\udfff" for words in (text, *(turn.content for turn in question.history)) for c in words
        ):
            raise InputError("The question holds bytes that are no text; type it in UTF-8.")
        known = {document.id for document in self.documents} if question.documents else set()
        for document in question.documents:
            if document not in known:
                raise UnknownDocument(document)
        return replace(question, text=text)

    def search(self, text: str, limit: int = 10, documents: Sequence[str] = ()) -> list[Hit]:
        """Units nearest to a text, best first."""
        question = self.check(Question(text, documents=tuple(documents)))
        findings = self.searcher.find(as_meant(question, self.searcher).text, question.documents)
        return [self._hit(found.unit, found.score) for found in findings.units[:limit]]

    def resolve(self, reference: str) -> Resolution:
        """The document and unit that a typed reference means, or the reason why there is none."""
        return resolve(reference, self.searcher.catalogue)

    # -- steps ------------------------------------------------------------------------------------------

    def _extra(self, reading: Reading, place: Pinpoint | None, question: Question) -> Sequence[int]:
        """Units to weigh besides those found first: the place asked for; what mentions a provision that is not held."""
        if reading.asks is not Asks.PROVISION:
            return ()
        if place:
            return place.units[:MAX_ITEMS]
        mentioning = mentioned_articles(reading.text, self.searcher.articles)
        mentioning = in_place(mentioning, self.searcher.newer(reading.text, question.documents))
        return [unit for unit in mentioning[:RELATED] if self._allowed(unit, question)]

    def _compose(
        self, reading: Reading, evidence: Weighed, question: Question, compared: Sequence[Compared]
    ) -> list[Draft]:
        if self._unheld(reading, question):
            return []
        match reading.asks:
            case Asks.MENTIONS:
                return self._mentions(reading, question)
            case Asks.PROVISION:
                exact = self._provision(reading, question, evidence)
                return exact or ([] if self._absent(reading, question) else compose_fact(evidence, self.searcher))
            case Asks.COMPARISON:
                told = _once(compose_comparison(compared, self.searcher, self.threshold))
                return told or self._parts(reading, evidence, question)
            case Asks.LIST:
                return compose_list(evidence, self.searcher) or self._parts(reading, evidence, question)
        return self._parts(reading, evidence, question)

    def _parts(self, reading: Reading, evidence: Weighed, question: Question) -> list[Draft]:
        """What answers the question; what answers a second thing that it asks besides."""
        drafts = compose_fact(evidence, self.searcher)
        first, *others = parts(reading.asked or reading.text)
        for other in others:
            besides = replace(reading, text=f"{other} ({first})", asked=other)
            findings = self.searcher.find(besides.text, question.documents)
            said = drafts if asks(first) else ()
            drafts += compose_besides(weigh(besides, findings, self.searcher), self.searcher, said)
        return _once(drafts)

    def _mentions(self, reading: Reading, question: Question) -> list[Draft]:
        wanted = [mention for mention in reading.mentions if mention.kind in ("symbol", "decision")]
        places = [place for mention in wanted for place in places_of(mention, self.searcher.mentions)]
        allowed = [p for p in places if self._allowed(p.unit, question)]
        held, newer = {p.unit for p in allowed}, self.searcher.newer(reading.text, question.documents)
        return compose_mentions([p for p in allowed if newer.get(p.unit) not in held], self.searcher)

    def _provision(self, reading: Reading, question: Question, evidence: Weighed) -> list[Draft]:
        """The provision quoted whole; else what the named place says; else the best sentence that mentions it."""
        units = self.index.units
        newer = self.searcher.newer(reading.text, question.documents)
        quoted = in_place(
            (u for u in quoted_provisions(reading.text, self.searcher.articles) if self._allowed(u, question)), newer
        )
        if quoted:
            first = min(units[unit].document.id for unit in quoted)
            return compose_units([u for u in quoted if units[u].document.id == first], self.searcher)
        if place := evidence.findings.pinpoint:
            return self._at(place, evidence)
        named = self._named(reading, question)
        places = [unit for document in named for unit in paragraphs_named(reading.text, document)]
        if places:
            return compose_whole([self.searcher.number(unit.id) for unit in places], self.searcher)
        mentioning = [u for u in mentioned_articles(reading.text, self.searcher.articles) if self._allowed(u, question)]
        best = [sentence for sentence in evidence.sentences if sentence.unit in mentioning[:RELATED]]
        return [stitch(best[0], self.searcher)] if best else []

    def _at(self, place: Pinpoint, evidence: Weighed) -> list[Draft]:
        """A place whole; of one with several units, where something is asked about it, what has a word of that."""
        if not place.besides or len(place.units) == 1:
            return compose_pinpoint(place, self.searcher)
        return compose_fact(within(place, evidence, self.searcher), self.searcher)

    def _everywhere(
        self, reading: Reading, place: Pinpoint | None, question: Question
    ) -> Callable[[Draft], Sequence[Draft]]:
        """Adds to a draft the same words in other documents asked of; nothing where a place of a paper is asked for."""
        named = [self.index.units[unit].unit.kind for unit in place.named] if place else []
        if any(kind is not Kind.QUOTED for kind in named):
            return lambda draft: (draft,)
        asked_of = self.searcher.asked_of(reading.text, question.documents)
        documents = {document.id for document in named_documents(reading.text, asked_of) or asked_of.documents}
        return lambda draft: self.twins.of(draft, documents)

    def _named(self, reading: Reading, question: Question) -> list[Document]:
        """Documents that the question names, or the only one that it is put to; of versions of one the newest."""
        asked_of = self.searcher.asked_of(reading.text, question.documents)
        only = list(asked_of.documents) if len(asked_of.documents) == 1 else []
        return named_documents(reading.text, asked_of) or only

    def _unheld(self, reading: Reading, question: Question) -> bool:
        """Whether the question names a symbol or decision that the documents asked of neither are nor mention."""
        named = self.searcher.catalogue.symbols
        wanted = [m for m in reading.mentions if m.kind in ("symbol", "decision") and m.key not in named]
        places = [places_of(mention, self.searcher.mentions) for mention in wanted]
        return any(not any(self._allowed(place.unit, question) for place in each) for each in places)

    def _absent(self, reading: Reading, question: Question) -> bool:
        """Whether the provision asked for is not there: an article never printed, a number that a document lacks."""
        if articles := articles_named(reading.text):
            printed = any(prints_article(article, self.searcher.articles) for article in articles)
            return names_instrument(reading.text) or not printed
        return names_place(reading.text) and bool(self._named(reading, question))

    def _borne(self, question: Question) -> Mapping[str, str]:
        """What names one document in a question that is put to all of them."""
        return NONE if question.documents else self.searcher.bearers

    def _allowed(self, unit: int, question: Question) -> bool:
        return not question.documents or self.index.units[unit].document.id in question.documents

    def _answer(
        self,
        question: Question,
        reading: Reading,
        evidence: Weighed,
        statements: tuple[Statement, ...],
        citations: tuple[Citation, ...],
        missing: tuple[str, ...],
        sure: float,
        started: float,
    ) -> Answer:
        searched = self._searched(question)
        citations = self._told(citations)
        if reading.asks is not Asks.MENTIONS:
            citations = of_different_dates(statements, citations)
        related = () if statements else self._told(self._related(evidence))
        text = shown(statements, citations, missing) if statements else self._refusal(searched, bool(related))
        return Answer(
            question=question,
            interpreted_question=reading.text,
            status="answered" if statements else "not_found",
            text=text,
            confidence=round(sure, 4),
            statements=statements,
            citations=citations,
            related=related,
            searched=searched,
            index=self.index.fingerprint,
            ms=round((time.perf_counter() - started) * 1000, 1),
            not_stated=missing,
        )

    def _searched(self, question: Question) -> Searched:
        if not question.documents:
            return Searched(len(self.documents), len(self.index.units), self.index.partial)
        documents = [document for document in self.documents if document.id in question.documents]
        partial = tuple(document for document in documents if document.empty_pages)
        return Searched(len(documents), sum(len(document.units) for document in documents), partial)

    def _refusal(self, searched: Searched, related: bool) -> str:
        plain = refusal_text(searched.documents, searched.units, related)
        return " ".join(filter(None, (plain, read_in_part(searched.partial))))

    def _told(self, citations: Sequence[Citation]) -> tuple[Citation, ...]:
        """The citations, each with what has superseded its document."""
        return tuple(replace(each, newer=newest(each.quotation.document, self.documents)) for each in citations)

    def _asked_back(self, question: Question, read_as: str, unclear: Doubt, started: float) -> Answer:
        """What is said to a question that cannot be answered as it stands, or to a greeting: nothing is pretended."""
        return Answer(
            question=question,
            interpreted_question=read_as,
            status="clarify",
            text="\n".join((unclear.sentence, *(choice.question for choice in unclear.choices))),
            confidence=0.0,
            statements=(),
            citations=(),
            related=(),
            searched=Searched(0, 0),
            index=self.index.fingerprint,
            ms=round((time.perf_counter() - started) * 1000, 1),
            choices=unclear.choices,
        )

    def _related(self, evidence: Weighed) -> tuple[Citation, ...]:
        """The best sentence of each of the nearest units."""
        units: dict[int, Citation] = {}
        for sentence in evidence.sentences:
            if sentence.unit not in units and len(units) < RELATED:
                held = self.index.units[sentence.unit]
                quote = quotation(held, sentence.start, sentence.end)
                units[sentence.unit] = Citation(len(units) + 1, quote)
        return tuple(units.values())

    def _hits(self, evidence: Weighed) -> list[Hit]:
        return [self._hit(found.unit, found.score) for found in evidence.findings.units[:SHOWN_HITS]]

    def _hit(self, unit: int, score: float) -> Hit:
        held = self.index.units[unit]
        return Hit(held.document, held.unit, round(score, 6))


def _kind(asks: Asks, place: Pinpoint | None) -> Asks:
    """The kind of a question, known what it names: a place and nothing besides asks for what stands there."""
    plain = place is not None and not place.besides and asks not in (Asks.MENTIONS, Asks.COMPARISON)
    return Asks.PROVISION if plain else asks


def _once(drafts: Sequence[Draft]) -> list[Draft]:
    return [draft for i, draft in enumerate(drafts) if draft not in drafts[:i]]


def shown(statements: Sequence[Statement], citations: Sequence[Citation], missing: Sequence[str] = ()) -> str:
    """The answer as text: each statement with the references that carry it and what to know of them; then the sides of
    a comparison that none speaks of."""
    labels = {citation.n: label(citation) for citation in citations}
    lines: list[str] = []
    for statement in statements:
        references = "; ".join(labels[n] for n in statement.citations)
        lines.append(f"“{statement.text}” ({references})")
    return "\n".join([*lines, *filter(None, [not_stated(missing)])])
