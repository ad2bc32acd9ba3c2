"""Questions with passages to read, from public question sets: what the reader is trained on.

A group is one question, some passages, and which of them answer it; a group without a right passage teaches when
nothing answers. Passages are cut as units of a document are: a sentence, a few, or a paragraph, with the title of
their document as context. Wrong passages come from the same paragraph and document and share words with the question,
so that shared words alone do not win.

Sets are folders of gzipped JSON lines (`corpus.jsonl.gz`, `queries_*.jsonl.gz`); see README.md here for those that are
read, their licences and why others are not.
"""

from __future__ import annotations

import gzip
import json
import math
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from taqa import sentences

PASSAGES = 4
"""Passages a group, the right ones included."""
WORDS = 100
"""Words of a passage that are read."""
HARD = 12
"""Wrong passages are drawn from this many that share most with the question."""
UNANSWERED = 0.15
"""Share of the answerable questions whose right passage is taken away."""
MISSED = 0.2
"""Share of the answerable questions that are turned into near misses: another year, number or name is asked for."""
CARELESS = 0.15
"""Share of the questions that are typed without most of their small words."""
_WORD = re.compile(r"[a-z0-9]+")
_NUMBER = re.compile(r"\b\d[\d,.]*\d\b|\b\d\b")
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][\w.'-]+(?: (?:of|the|de) [A-Z][\w'-]+| [A-Z][\w'-]+)*")
_SMALL = frozenset(
    "a an the of in on at to for by with from as is are was were be been do does did has have had that this these "
    "those it its their there which what".split()
)


@dataclass(frozen=True, slots=True)
class Group:
    """A question, its passages, and the numbers of those that answer (none: nothing answers)."""

    question: str
    passages: tuple[str, ...]
    right: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A passage of a document: its context, its words, the text that it was cut from."""

    context: str
    text: str
    source: str

    @property
    def shown(self) -> str:
        return f"{self.context}: {self.text}" if self.context else self.text


def lines(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a gzipped JSON-lines file."""
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        for line in stream:
            yield json.loads(line)


def read_groups(data: Path, amounts: Mapping[str, int], seed: int) -> list[Group]:
    """Groups of all sets named in `amounts`, at most that many of each, shuffled."""
    rng = random.Random(seed)
    groups: list[Group] = []
    for name, amount in amounts.items():
        folder = data / name
        made = [group for group in _READERS[name](folder, amount, rng) if len(group.passages) > 1]
        rng.shuffle(made)
        groups += made[:amount]
    rng.shuffle(groups)
    return groups


def spans(folder: Path, split: str, amount: int, rng: random.Random, titled: bool) -> Iterator[Group]:
    """Sets whose answer is a span of a passage: SQuAD, QED, COVID-QA, PolicyQA."""
    corpus = {row["id"]: row for row in lines(folder / "corpus.jsonl.gz")}
    by_document: dict[str, list[str]] = defaultdict(list)
    for key, row in corpus.items():
        by_document[row.get("doc", "")].append(key)
    queries = [row for row in lines(folder / f"queries_{split}.jsonl.gz") if row["answerable"] and row["gold"]]
    rng.shuffle(queries)
    weights = _weights(row["text"] for row in corpus.values())
    everything = list(corpus)
    for query in queries[: int(amount * 1.15)]:
        row = corpus[query["gold"][0]]
        title = str(row.get("title", "")).replace("_", " ") if titled else ""
        near = [key for key in by_document[row.get("doc", "")] if key != row["id"]]
        near = near if len(near) >= PASSAGES else everything
        near = [key for key in rng.sample(near, min(len(near), 40)) if key != row["id"]]
        size = rng.choice((1, 1, 1, 2, 2, 3, 4))
        own = list(_cut(row["text"], size, title, rng))
        held = [piece for piece in own if any(_folded(a) in _folded(piece.text) for a in query["answers"])]
        if not held:
            continue
        asked = _words(query["question"])
        held.sort(key=lambda piece: -_shared(asked, piece.text, weights))
        others = [piece for piece in own if piece not in held]
        for key in near:
            others += [
                piece
                for piece in _cut(corpus[key]["text"], size, title, rng)
                if not any(_folded(a) in _folded(piece.text) for a in query["answers"])
            ]
        if rng.random() < MISSED and (other := _swapped(query["question"], held[0], others, rng)):
            yield _missed(other, [held[0], *others], weights, rng)
        else:
            yield _group(query["question"], held[:1], others, asked, weights, rng)


def unanswerable(folder: Path, amount: int, rng: random.Random) -> Iterator[Group]:
    """SQuAD 2.0: questions that people wrote so that a paragraph seems to answer them; of every other article."""
    corpus = {row["id"]: row for row in lines(folder / "corpus.jsonl.gz")}
    articles = sorted({row["doc"] for key, row in corpus.items() if key.startswith("dev:")})[::2]
    weights = _weights(row["text"] for row in corpus.values())
    queries = [row for row in lines(folder / "queries_dev.jsonl.gz") if corpus[row["context"]]["doc"] in articles]
    rng.shuffle(queries)
    for query in queries[:amount]:
        row = corpus[query["context"]]
        title = str(row.get("title", "")).replace("_", " ")
        own = list(_cut(row["text"], rng.choice((1, 1, 2, 3)), title, rng))
        asked = _words(query["question"])
        held = [piece for piece in own if any(_folded(a) in _folded(piece.text) for a in query["answers"])]
        if len(own) < 2:
            continue
        if not query["answerable"]:
            yield _missed(query["question"], own, weights, rng)
        elif held:
            held.sort(key=lambda piece: -_shared(asked, piece.text, weights))
            yield _group(
                query["question"], held[:1], [piece for piece in own if piece not in held], asked, weights, rng
            )


def evidence(folder: Path, split: str, amount: int, rng: random.Random, question: str, titled: bool) -> Iterator[Group]:
    """Sets whose gold is a list of short passages of one document: CUAD, ContractNLI, ConditionalQA."""
    corpus = {row["id"]: row for row in lines(folder / "corpus.jsonl.gz")}
    by_document: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in corpus.values():
        if len(row["text"].split()) > 3:
            by_document[row["doc"]].append(row)
    weights = _weights(row["text"] for row in corpus.values())
    queries = list(lines(folder / f"queries_{split}.jsonl.gz"))
    rng.shuffle(queries)
    for query in queries[: amount * 2]:
        gold = [corpus[key] for key in query["gold"] if key in corpus]
        document = query.get("doc") or (gold[0]["doc"] if gold else None)
        if document is None:
            continue
        title = str(gold[0]["title"]).replace("-", " ") if titled and gold else ""
        asked = _words(query[question])
        ids = {row["id"] for row in gold}
        others = [Piece(title, _short(row["text"]), row["id"]) for row in by_document[document] if row["id"] not in ids]
        right = [Piece(title, _short(row["text"]), row["id"]) for row in gold]
        rng.shuffle(right)
        if len(others) >= 2:
            yield _group(query[question], right[:2], others, asked, weights, rng)


def claims(folder: Path, split: str, rng: random.Random) -> Iterator[Group]:
    """WiCE: which sentences of a page support a claim."""
    rows = list(lines(folder / f"nli_claim_{split}.jsonl.gz"))
    weights = _weights(" ".join(row["evidence"]) for row in rows)
    for row in rows:
        supporting = {number for group in row.get("supporting_sentences", []) for number in group}
        texts = row["evidence"]
        right = [Piece("", _short(texts[n]), str(n)) for n in sorted(supporting) if n < len(texts)]
        others = [Piece("", _short(t), str(n)) for n, t in enumerate(texts) if n not in supporting and len(t) > 30]
        if len(others) >= 3 and (right or row.get("label") == "not_supported"):
            yield _group(row["claim"], right[:2], others, _words(row["claim"]), weights, rng)


def negated(folder: Path, split: str, rng: random.Random) -> Iterator[Group]:
    """CondaQA: a yes-or-no question that its passage answers, or does not."""
    corpus = {row["id"]: row for row in lines(folder / "corpus.jsonl.gz")}
    keys = list(corpus)
    weights = _weights(row["text"] for row in corpus.values())
    for query in lines(folder / f"queries_{split}.jsonl.gz"):
        own = Piece("", _short(corpus[query["context"]]["text"]), query["context"])
        others = [Piece("", _short(corpus[key]["text"]), key) for key in rng.sample(keys, 10)]
        others = [piece for piece in others if piece.source != own.source]
        asked = _words(query["question"])
        if query["answerable"]:
            yield _group(query["question"], [own], others, asked, weights, rng)
        else:
            chosen = [own, *others[: PASSAGES - 2]]
            yield Group(query["question"], tuple(piece.shown for piece in chosen), ())


def _group(
    question: str,
    right: Sequence[Piece],
    others: Sequence[Piece],
    asked: frozenset[str],
    weights: Mapping[str, float],
    rng: random.Random,
) -> Group:
    """Right passages among hard wrong ones; now and then without the right ones."""
    if right and rng.random() < UNANSWERED:
        right = ()
    ranked = sorted(others, key=lambda piece: -_shared(asked, piece.text, weights))
    hard = ranked[:HARD]
    rng.shuffle(hard)
    wrong = hard[: PASSAGES - len(right)]
    chosen = [*right, *wrong]
    order = list(range(len(chosen)))
    rng.shuffle(order)
    numbers = tuple(place for place, number in enumerate(order) if number < len(right))
    return Group(_typed(question, rng), tuple(chosen[number].shown for number in order), numbers)


def _missed(question: str, others: Sequence[Piece], weights: Mapping[str, float], rng: random.Random) -> Group:
    """A question that nothing answers, with the passages that share most with it."""
    asked = _words(question)
    near = sorted(others, key=lambda piece: -_shared(asked, piece.text, weights))[:PASSAGES]
    rng.shuffle(near)
    return Group(_typed(question, rng), tuple(piece.shown for piece in near), ())


def _swapped(question: str, right: Piece, others: Sequence[Piece], rng: random.Random) -> str:
    """The question about another year, number or name, one that the passage which answers it does not have; empty
    where it names none of what the passage has."""
    for pattern in rng.sample((_NUMBER, _NAME), 2):
        held = [match for match in pattern.finditer(question) if match.group() in right.shown]
        if not held:
            continue
        found = {match.group() for piece in others for match in pattern.finditer(piece.text)}
        same = [each for each in sorted(found) if each not in right.shown and each not in question]
        chosen = rng.choice(held)
        if pattern is _NUMBER:
            same = [each for each in same if len(each) == len(chosen.group())]
        if same:
            return question[: chosen.start()] + rng.choice(same) + question[chosen.end() :]
    return ""


def _typed(question: str, rng: random.Random) -> str:
    """The question as people type it: some without capitals, some without the mark, some without small words."""
    if rng.random() < CARELESS:
        words = [word for word in question.rstrip("?. ").split() if word.lower() not in _SMALL or rng.random() < 0.2]
        if len(words) > 2:
            return " ".join(words).lower() if rng.random() < 0.5 else " ".join(words)
    chance = rng.random()
    if chance < 0.1:
        return question.lower()
    return question.rstrip("?. ") if chance < 0.2 else question


def _cut(text: str, size: int, title: str, rng: random.Random) -> Iterator[Piece]:
    """Pieces of `size` sentences; the first is sometimes shorter, so that cuts fall anywhere."""
    places = sentences.split(text)
    start = 0
    step = rng.randint(1, size)
    while start < len(places):
        part = places[start : start + step]
        yield Piece(title, _short(text[part[0][0] : part[-1][1]]), text)
        start += step
        step = size


def _short(text: str) -> str:
    return " ".join(text.split()[:WORDS])


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.casefold()))


def _weights(texts: Iterable[str]) -> dict[str, float]:
    """Inverse document frequency of words."""
    counts: Counter[str] = Counter()
    total = 0
    for text in texts:
        total += 1
        counts.update(_words(text))
    return {word: math.log(1 + total / count) for word, count in counts.items()}


def _shared(asked: frozenset[str], text: str, weights: Mapping[str, float]) -> float:
    return math.fsum(weights.get(word, 0.0) for word in asked & _words(text))


_READERS = {
    "squad": lambda folder, amount, rng: spans(folder, "train", amount, rng, titled=True),
    "squad2": lambda folder, amount, rng: unanswerable(folder.parent / "squad", amount, rng),
    "qed_nq": lambda folder, amount, rng: spans(folder, "dev", amount, rng, titled=False),
    "covidqa": lambda folder, amount, rng: spans(folder, "test", amount, rng, titled=False),
    "policyqa": lambda folder, amount, rng: spans(folder, "dev", amount, rng, titled=False),
    "cuad": lambda folder, amount, rng: evidence(folder, "train", amount, rng, "question", titled=False),
    "contractnli": lambda folder, amount, rng: evidence(folder, "dev", amount, rng, "question", titled=False),
    "conditionalqa": lambda folder, amount, rng: evidence(folder, "train", amount, rng, "bare_question", titled=True),
    "condaqa": lambda folder, _, rng: negated(folder, "dev", rng),
    "wice": lambda folder, _, rng: claims(folder, "dev", rng),
}
