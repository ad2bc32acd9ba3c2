"""Whether answers stay when a question is typed another way: `python eval/invariance.py [--second CORPUS INDEX]`.

Of each development question, of both sets with --second, one variant of every kind of `taqa.evaluation.variants` that
changes it; of a follow-up its last question. Prints a Markdown table: the questions that a kind changes, the share of
which status and cited places stay, the share of those answered whose first citation stays, and the measures of these
questions as they were written and as varied. `--sample N` asks about N questions of each kind, `--show KIND` prints the
variants of a kind whose answers do not stay.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from remembering import RememberingEncoder, RememberingReader

from taqa import build
from taqa.assistant import Assistant
from taqa.domain import Answer, Document
from taqa.evaluation import answers, questions
from taqa.evaluation.questions import Case
from taqa.evaluation.run import by_file
from taqa.evaluation.score import Score, score
from taqa.evaluation.variants import RULES, Language, language, variant
from taqa.settings import Settings, load
from taqa.wire import from_answer

MEASURES = ("citation precision", "citation recall", "fully right")


@dataclass(frozen=True)
class Asked:
    """A set of questions, what is asked, and what is needed to score it."""

    assistant: Assistant
    cases: tuple[Case, ...]
    corpus: Mapping[str, Document]
    language: Language

    def answer(self, case: Case) -> tuple[Answer, Score]:
        answer = self.assistant.ask(case.asked())
        given = answers.parse(from_answer(answer).model_dump(mode="json"), case.id)
        return answer, score(case, given, self.corpus)


@dataclass(frozen=True, slots=True)
class Pair:
    """A question as written and as varied, with both answers."""

    written: str
    varied: str
    before: tuple[Answer, Score]
    after: tuple[Answer, Score]

    @property
    def stays(self) -> bool:
        """Whether both answers have the same status and cite the same places."""
        first, second = self.before[0], self.after[0]
        return first.status == second.status and set(places(first)) == set(places(second))


def places(answer: Answer) -> list[str]:
    """Units cited, in order."""
    return [citation.quotation.unit.id for citation in answer.citations]


def opened(settings: Settings, folder: str) -> Asked:
    """A set of questions and the assistant over its corpus; each text is embedded once and each passage read once."""
    ready = build.ready_assistant(settings)
    held = ready.searcher
    reader = RememberingReader(held.reader) if held.reader else None
    once = replace(held, encoder=RememberingEncoder(build.encoder(settings)), reader=reader)
    texts = [unit.unit.text for unit in held.index.units]
    cases = questions.load(Path(folder), "dev")
    return Asked(replace(ready, searcher=once), cases, by_file(ready.documents), language(texts, dict(held.acronyms)))


def changed(asked: Asked, kind: str) -> list[tuple[Asked, Case, str]]:
    """The questions that a kind changes, each with its variant."""
    texts = [(case, variant(kind, case.question, asked.language, case.id)) for case in asked.cases]
    return [(asked, case, text) for case, text in texts if text != case.question]


def ask_again(asked: Asked, case: Case, text: str, known: dict[str, tuple[Answer, Score]]) -> Pair:
    """Both answers; that to the question as written is kept."""
    if case.id not in known:
        known[case.id] = asked.answer(case)
    return Pair(case.question, text, known[case.id], asked.answer(replace(case, question=text)))


def measures(scores: Sequence[Score]) -> list[float]:
    """Citation precision and recall of answerable questions, fully right of all."""
    answerable = [each for each in scores if each.answerable]
    return [
        sum(each.right for each in answerable) / max(1, sum(each.citations for each in answerable)),
        sum(each.gold_hit for each in answerable) / max(1, sum(each.gold for each in answerable)),
        sum(each.fully_right for each in scores) / max(1, len(scores)),
    ]


def row(kind: str, pairs: Sequence[Pair]) -> str:
    """A line of the table."""
    answered = [pair for pair in pairs if pair.before[0].status == "answered"]
    first = sum(places(pair.before[0])[:1] == places(pair.after[0])[:1] for pair in answered)
    before, after = (measures([score for _, score in side]) for side in _sides(pairs))
    told = (f"{old:.3f} → {new:.3f}" for old, new in zip(before, after, strict=True))
    stay = sum(pair.stays for pair in pairs) / len(pairs)
    return f"| {kind} | {len(pairs)} | {stay:.3f} | {first / max(1, len(answered)):.3f} | {' | '.join(told)} |"


def _sides(pairs: Sequence[Pair]) -> tuple[list[tuple[Answer, Score]], list[tuple[Answer, Score]]]:
    return [pair.before for pair in pairs], [pair.after for pair in pairs]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--second", nargs=2, type=Path, metavar=("CORPUS", "INDEX"))
    parser.add_argument(
        "--sample", type=int, default=0, metavar="N", help="about N questions of each kind, evenly spaced"
    )
    parser.add_argument("--show", nargs="*", default=[], metavar="KIND")
    given = parser.parse_args()
    sets = [opened(load(), "eval/questions")]
    if given.second:
        corpus, index = given.second
        sets.append(opened(load(corpus=corpus, index=index), "eval/questions/second"))
    known: dict[str, tuple[Answer, Score]] = {}
    print(f"| changed | questions | same answer | same first citation | {' | '.join(MEASURES)} |")
    print(f"|{'---|' * (4 + len(MEASURES))}")
    everything: list[Pair] = []
    for kind in RULES:
        found = [each for asked in sets for each in changed(asked, kind)]
        chosen = found[:: max(1, round(len(found) / given.sample))] if given.sample else found
        pairs = [ask_again(*each, known) for each in chosen]
        everything += pairs
        if pairs:
            print(row(kind, pairs), flush=True)
        for pair in pairs if kind in given.show else ():
            if not pair.stays:
                print(f"    {pair.varied}\n      {places(pair.before[0])}\n      {places(pair.after[0])}")
    print(row("all", everything))


if __name__ == "__main__":
    main()
