"""Question sets of others: passages to search and questions with the passages that answer them, from a folder that the
user gives.

A set is a folder with `corpus.jsonl.gz`, one `queries_<split>.jsonl.gz` for each split, and `meta.json`, which says
where it comes from.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from taqa.domain import Turn
from taqa.errors import InputError
from taqa.evaluation.questions import json_objects

CORPUS = "corpus.jsonl.gz"
ALSO_CALLED = {"squad2": "squad", "privacyqa": "privacyqa_lbrag"}
"""Names of sets, and the folders that they stand in where there is none of the name."""
_SPEAKERS: Mapping[str, Literal["user", "assistant"]] = {"user": "user", "agent": "assistant"}


@dataclass(frozen=True, slots=True)
class Passage:
    """What is found or not: one entry of the corpus, and the document that it belongs to."""

    id: str
    text: str
    doc: str
    title: str


@dataclass(frozen=True, slots=True)
class Query:
    """A question; `gold` are ids of the passages that answer it, `doc` the document to search, empty for all."""

    id: str
    text: str
    gold: frozenset[str]
    answerable: bool
    doc: str = ""
    history: tuple[Turn, ...] = ()


@dataclass(frozen=True, slots=True)
class ExternalSet:
    """A set with the questions of one split, of which the split has `of`; `fingerprint` is that of the corpus file."""

    name: str
    split: str
    passages: tuple[Passage, ...]
    queries: tuple[Query, ...]
    of: int
    fingerprint: str
    meta: Mapping[str, Any]


def load(data: Path, name: str, split: str, limit: int | None = None) -> ExternalSet:
    """The set `name` below `data` or `data/qa`. With `limit`, that many questions, evenly spaced. Raises InputError."""
    folder = _folder(data, name)
    asked = folder / f"queries_{split}.jsonl.gz"
    if not asked.exists():
        splits = (path.name.removeprefix("queries_").removesuffix(".jsonl.gz") for path in folder.glob("queries_*.gz"))
        raise InputError(f"The set {name} has no split {split}; it has: {', '.join(sorted(splits)) or 'none'}.")
    passages = [_passage(record, where) for where, record in _records(folder / CORPUS)]
    queries = [_query(record, where) for where, record in _records(asked)]
    _once([passage.id for passage in passages], folder / CORPUS)
    _once([query.id for query in queries], asked)
    documents = {passage.doc for passage in passages}
    for query in queries:
        if query.doc and query.doc not in documents:
            raise InputError(
                f"The question {query.id} in {asked} is about the document {query.doc}, which has no passage."
            )
    return ExternalSet(
        name=name,
        split=split,
        passages=tuple(passages),
        queries=tuple(spaced(queries, limit)),
        of=len(queries),
        fingerprint=hashlib.sha256((folder / CORPUS).read_bytes()).hexdigest(),
        meta=_meta(folder / "meta.json"),
    )


def spaced(queries: Sequence[Query], limit: int | None) -> list[Query]:
    """`limit` questions at even distances, so that a file in order of kind is sampled fairly; all without a limit."""
    if limit is None or limit >= len(queries):
        return list(queries)
    return [queries[number * len(queries) // limit] for number in range(limit)]


def whole_documents(passages: Sequence[Passage]) -> dict[str, list[Passage]]:
    """Passages with words, by document, each in the order of the corpus."""
    found: dict[str, list[Passage]] = {}
    for passage in passages:
        if passage.text.strip():
            found.setdefault(passage.doc, []).append(passage)
    return found


def _folder(data: Path, name: str) -> Path:
    if not data.is_dir():
        raise InputError(f"There is no folder {data}; --data names the one that holds the question sets.")
    for called in dict.fromkeys((name, ALSO_CALLED.get(name, name))):
        for folder in (data / called, data / "qa" / called):
            if (folder / CORPUS).is_file():
                return folder
    held = sorted({path.parent.name for pattern in ("*", "qa/*") for path in data.glob(f"{pattern}/{CORPUS}")})
    raise InputError(f"There is no set {name} in {data}; it holds: {', '.join(held) or f'none with a {CORPUS}'}.")


def _records(file: Path) -> list[tuple[str, dict[str, Any]]]:
    """The JSON objects of a compressed file, each with the words that say where it stands."""
    try:
        with gzip.open(file, "rt", encoding="utf-8", newline="\n") as opened:
            content = opened.read()
    except (OSError, EOFError, zlib.error, UnicodeDecodeError) as error:
        raise InputError(f"{file} cannot be read as compressed UTF-8 text: {error}.") from error
    return [(f"{file}, line {number},", record) for number, record in json_objects(content, file)]


def _meta(file: Path) -> Mapping[str, Any]:
    try:
        found = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    except (OSError, ValueError) as error:
        raise InputError(f"{file} cannot be read as JSON: {error}.") from error
    if not isinstance(found, dict):
        raise InputError(f"{file} is not a JSON object.")
    return found


def _passage(record: Mapping[str, Any], where: str) -> Passage:
    own = _text(record, "id", where)
    return Passage(own, _text(record, "text", where), str(record.get("doc") or own), str(record.get("title") or ""))


def _query(record: Mapping[str, Any], where: str) -> Query:
    gold = record.get("gold")
    if not isinstance(gold, list) or not all(isinstance(each, str) for each in gold):
        raise InputError(f"{where} has no list “gold” of passage ids.")
    answerable = record.get("answerable", bool(gold))
    if not isinstance(answerable, bool) or answerable > bool(gold):
        raise InputError(f"{where} is no question that is either answerable, with gold passages, or not.")
    return Query(
        id=_text(record, "id", where),
        text=_text(record, "question", where),
        gold=frozenset(gold) if answerable else frozenset(),
        answerable=answerable,
        doc=str(record.get("doc") or ""),
        history=_history(record),
    )


def _history(record: Mapping[str, Any]) -> tuple[Turn, ...]:
    """What was said before, where it is told as turns of speakers; other things that sets call a history are left."""
    turns = record.get("history") or ()
    told = [turn for turn in turns if isinstance(turn, dict) and turn.get("speaker") in _SPEAKERS]
    return tuple(Turn(_SPEAKERS[turn["speaker"]], str(turn.get("text", ""))) for turn in told)


def _text(record: Mapping[str, Any], key: str, where: str) -> str:
    value = record.get(key)
    if not isinstance(value, str):
        raise InputError(f"{where} has no text “{key}”.")
    return value


def _once(ids: Sequence[str], file: Path) -> None:
    seen: set[str] = set()
    for each in ids:
        if each in seen:
            raise InputError(f"{file} has the id {each} twice.")
        seen.add(each)
