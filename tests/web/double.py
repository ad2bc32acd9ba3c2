"""A small assistant that computes from documents by counting shared words; the real one has the same methods."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import cast

from taqa.assistant import Assistant
from taqa.domain import (
    Answer,
    AnswerEvent,
    Choice,
    Citation,
    Document,
    Evidence,
    Hit,
    Kind,
    Question,
    Quotation,
    Searched,
    Unit,
)
from taqa.domain import Statement as Said
from taqa.ingest import read_document
from taqa.ingest.verdicts import FileVerdict, Verdict, judged
from taqa.references import Resolution, resolve

SYMBOLS = {"alpha.txt": "EX(LIB)/INC.1/7"}
TEXTS = {
    "alpha.txt": """Note by the secretariat on lending libraries

1. At its meeting in Oslo the working group agreed that every region should keep a lending library of instruments.

I. Lending of instruments

2. The libraries shall lend instruments to any Government that asks for them in writing.

3. Priority shall be given to:

(a) Training of librarians in:

(i) Cataloguing of instruments;

(ii) Repair of thermometers;

(b) Replacement of broken barometers.

4. The annual cost of a regional library is 12,000 crowns, paid from the trust fund.

A. Hostile matter

5. A paragraph may hold <img src=x onerror="document.title='owned'"> or <script>document.title='owned'</script>.
""",
    "beta.txt": """Paper on thermometers without any symbol

Thermometers are lent for six months. They may be renewed once.

Broken thermometers are repaired by the regional library at no charge \U0001f321 to the borrower.
""",
}

_WORD = re.compile(r"\w+")
_STOP = frozenset(re.findall(r"\w+", "the a an of in to and is are what which who how does do say about it for by as"))


@dataclass(frozen=True, slots=True)
class IndexFacts:
    generation: str = "000001"
    fingerprint: str = "f00d"
    model: str = "word-counting"
    units: tuple[Unit, ...] = ()
    verdicts: tuple[FileVerdict, ...] = ()


@dataclass(slots=True)
class Double:
    """Answers with the sentences that share most words with the question."""

    documents: tuple[Document, ...]
    pause: float = 0.0
    asked: list[Question] = field(default_factory=list)

    def check(self, question: Question) -> Question:
        """The question trimmed, or the same refusals as the real assistant's."""
        return Assistant.check(cast("Assistant", self), question)

    @property
    def reader(self) -> str:
        return "reader-double"

    @property
    def max_question(self) -> int:
        return 2000

    @property
    def index(self) -> IndexFacts:
        units = tuple(unit for document in self.documents for unit in document.units)
        read = (judged(document, document.file) for document in self.documents)
        broken = FileVerdict("torn.pdf", Verdict.DAMAGED, "torn.pdf is a damaged PDF (EOF); open and save it anew.")
        return IndexFacts(units=units, verdicts=(*read, broken))

    def resolve(self, ref: str) -> Resolution:
        return resolve(ref, self.documents)

    def search(self, text: str, limit: int, documents: Sequence[str] = ()) -> list[Hit]:
        self.check(Question(text, documents=tuple(documents)))
        wanted = _words(text)
        hits = [
            Hit(document, unit, len(wanted & _words(unit.text)) / (1 + len(wanted)))
            for document in self.documents
            if not documents or document.id in documents
            for unit in document.units
            if unit.kind is not Kind.HEADING
        ]
        return sorted((hit for hit in hits if hit.score > 0), key=lambda hit: -hit.score)[:limit]

    def events(self, question: Question) -> Iterator[AnswerEvent]:
        question = self.check(question)
        self.asked.append(question)
        if "explode" in question.text:
            raise RuntimeError("the secret of the stack")
        earlier = [turn.content for turn in question.history if turn.role == "user"]
        read_as = f"{question.text} ({earlier[-1]})" if earlier else question.text
        hits = self.search(read_as, 5, question.documents)
        yield Evidence(read_as, tuple(hits))
        found = [hit for hit in hits if hit.score >= 0.34]
        citations = tuple(
            Citation(n, Quotation(hit.document, hit.unit, *_best_sentence(hit.unit.text, read_as)))
            for n, hit in enumerate(found, 1)
        )
        statements = tuple(Said(citation.quotation.text, (citation.n,)) for citation in citations)
        for statement in statements:
            time.sleep(self.pause)
            yield statement
        yield self._answer(question, read_as, hits, statements, citations)

    def ask(self, question: Question) -> Answer:
        *_, answer = self.events(question)
        assert isinstance(answer, Answer)
        return answer

    def _answer(
        self,
        question: Question,
        read_as: str,
        hits: list[Hit],
        statements: tuple[Said, ...],
        citations: tuple[Citation, ...],
    ) -> Answer:
        vague = not statements and len(_words(question.text)) == 0
        text = " ".join(statement.text for statement in statements)
        if not statements:
            text = "Please say what you mean." if vague else "The documents do not say."
        related = tuple(
            Citation(n, Quotation(hit.document, hit.unit, 0, len(hit.unit.text))) for n, hit in enumerate(hits, 1)
        )
        return Answer(
            question=question,
            interpreted_question=read_as,
            status="answered" if statements else "clarify" if vague else "not_found",
            text=text,
            confidence=max((hit.score for hit in hits), default=0.0),
            statements=statements,
            citations=citations,
            related=() if statements else related[:2],
            searched=Searched(
                len(question.documents) or len(self.documents),
                len(self.index.units),
                tuple(document for document in self.documents if document.empty_pages),
            ),
            index="f00d",
            ms=1.0,
            choices=_choices(self.documents) if vague else (),
        )


def _choices(documents: Sequence[Document]) -> tuple[Choice, ...]:
    """A question for each numbered paragraph of the first document that has a cost or holds markup."""
    found = [unit for unit in documents[0].units if "crowns" in unit.text or "<img" in unit.text]
    return tuple(
        Choice(f"What does {unit.label} say of {unit.text[unit.body :]}", unit.label, unit.text[unit.body :])
        for unit in found
    )


def read(folder: Path, texts: dict[str, str]) -> tuple[Document, ...]:
    """Documents made of texts by the real ingest."""
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    documents = (read_document(folder / name) for name in sorted(texts))
    return tuple(
        replace(document, meta=replace(document.meta, symbol=SYMBOLS.get(document.file, ""))) for document in documents
    )


def _best_sentence(text: str, question: str) -> tuple[int, int]:
    spans = [match.span() for match in re.finditer(r"\S.*?(?:[a-z][.;:](?=\s|$)|$)", text)]
    return max(spans, key=lambda span: len(_words(question) & _words(text[slice(*span)])))


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.casefold())) - _STOP
