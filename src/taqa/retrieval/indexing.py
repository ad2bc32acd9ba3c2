"""Making an index and opening one: documents, vectors and words, together in one generation."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import numpy as np

from taqa.domain import Document
from taqa.errors import CorpusError, IndexDamaged, IndexProblem
from taqa.library import codec
from taqa.library.generations import (
    MEND,
    Contents,
    DocumentRecord,
    Expected,
    Generation,
    format_name,
    is_current,
    open_current,
    publish,
    writing,
)
from taqa.library.index import BuildReport, Index, IndexRow, Material, Row, Source, hold
from taqa.library.progress import Progress, silent
from taqa.retrieval.dense import DenseIndex
from taqa.retrieval.encoder import Encoder
from taqa.retrieval.lexical import LexicalIndex
from taqa.retrieval.ranking import Vectors

_DENSE = "dense.faiss"
_LEXICAL = "lexical"
_ROWS = "rows.json"


@dataclass(frozen=True, slots=True)
class OpenIndex:
    """An index with its engines; row numbers mean the same in all three."""

    index: Index
    dense: DenseIndex
    lexical: LexicalIndex

    def __post_init__(self) -> None:
        rows = len(self.index.rows)
        if len(self.lexical) > rows:
            raise ValueError(f"{len(self.lexical)} lexical rows for {rows} rows")
        numbers = self.dense.rows()
        if len(numbers) and numbers[-1] >= rows:
            raise ValueError(f"vector {numbers[-1]} for {rows} rows")


@dataclass(frozen=True, slots=True)
class _Former:
    """What an earlier generation has to give: documents by source identity, vectors by key."""

    documents: Mapping[str, Document] = field(default_factory=dict)
    vectors: Mapping[str, Vectors] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Draft:
    """A generation before it is written. `keys[i]` belongs to `rows[i]`; "" where the row has no vector."""

    documents: tuple[Document, ...]
    rows: tuple[Row, ...]
    keys: tuple[str, ...]
    dense_texts: Mapping[str, str]
    lexical_texts: tuple[str, ...]


def open_index(index_dir: Path, encoder: Encoder, recipe: str, corpus: str | None = None) -> OpenIndex:
    """The current index, made with this encoder and recipe (and, when given, from this corpus), or an IndexProblem."""
    while True:
        generation = open_current(index_dir, Expected(encoder.identity, recipe, corpus))
        try:
            return _open(generation)
        except (ValueError, KeyError, TypeError, OSError, RuntimeError) as error:
            if is_current(index_dir, generation):
                raise IndexDamaged(f"The index in {index_dir} is damaged ({error}): {MEND}.") from error


def build_index(material: Material, encoder: Encoder, index_dir: Path, progress: Progress = silent) -> BuildReport:
    """Brings the index up to its material; does nothing when it is. Raises IndexBusy, IndexWriteError, CorpusError.

    Documents whose source is unchanged are not read again, and texts that the encoder has seen are not embedded
    again. A damaged index gives nothing to the new one.
    """
    with writing(index_dir):
        current = _current(index_dir)
        if current and _up_to_date(current, material, encoder):
            return _report(material.sources, current, current, embedded=0)
        former = _former(current)
        draft = _draft(material, encoder, former, progress)
        vectors, embedded = _vectors(draft, encoder, former, progress)
        contents = _contents(material, encoder, draft)
        made = publish(index_dir, contents, lambda folder: _write(folder, draft, vectors, progress))
        return _report(material.sources, current, made, embedded)


def _current(index_dir: Path) -> Generation | None:
    try:
        return open_current(index_dir)
    except IndexProblem:
        return None  # missing, damaged or of another version: made anew from the sources


def _up_to_date(generation: Generation, material: Material, encoder: Encoder) -> bool:
    made = generation.manifest.contents
    return (made.encoder, made.recipe, made.corpus) == (encoder.identity, material.recipe, material.corpus) and [
        (record.name, record.identity) for record in made.documents
    ] == [(source.name, source.identity) for source in material.sources]


def _former(generation: Generation | None) -> _Former:
    if generation is None:
        return _Former()
    try:
        records = generation.manifest.contents.documents
        documents = {record.identity: codec.decode(generation.read(record.file)) for record in records}
        _, keys = _read_rows(generation)
        dense = DenseIndex.load(generation.path / _DENSE)
        known = {keys[row]: vector for row, vector in zip(dense.rows().tolist(), dense.vectors(), strict=True)}
    except (ValueError, KeyError, TypeError, IndexError, OSError, RuntimeError):
        return _Former()  # written by something else: made anew from the sources
    return _Former(documents, known)


def _draft(material: Material, encoder: Encoder, former: _Former, progress: Progress) -> _Draft:
    documents = tuple(_documents(material.sources, former, progress))
    if len({document.id for document in documents}) != len(documents):
        ids = sorted(document.id for document in documents)
        twice = next(one for one, other in pairwise(ids) if one == other)
        raise CorpusError(f"Two files of the corpus give the document id {twice}; rename one of them.")
    rows: list[Row] = []
    keys: list[str] = []
    dense_texts: dict[str, str] = {}
    lexical_texts: list[str] = []
    first = 0
    for document in documents:
        numbers = {unit.id: first + number for number, unit in enumerate(document.units)}
        for row in material.rows_of(document):
            key = _key(encoder, row)
            rows.append(Row(numbers[row.unit_id], row.start, row.end))
            keys.append(key)
            lexical_texts.append(row.lexical_text)
            if key:
                dense_texts[key] = row.dense_text
        first += len(document.units)
    return _Draft(documents, tuple(rows), tuple(keys), dense_texts, tuple(lexical_texts))


def _documents(sources: Sequence[Source], former: _Former, progress: Progress) -> Iterable[Document]:
    for done, source in enumerate(sources):
        progress("Reading", done, len(sources))
        held = former.documents.get(source.identity)
        yield held if held is not None else source.read()
    progress("Reading", len(sources), len(sources))


def _key(encoder: Encoder, row: IndexRow) -> str:
    """Names a vector by what decides it; "" for a row without one."""
    if not row.dense_text:
        return ""
    return hashlib.sha256(f"{encoder.identity}\n{row.dense_text}".encode("utf-8", "surrogatepass")).hexdigest()


def _vectors(draft: _Draft, encoder: Encoder, former: _Former, progress: Progress) -> tuple[DenseIndex, int]:
    unseen = [key for key in draft.dense_texts if key not in former.vectors]
    known = dict(former.vectors)
    if unseen:
        made = encoder.encode_passages([draft.dense_texts[key] for key in unseen], progress)
        known.update(zip(unseen, made, strict=True))
    rows = [row for row, key in enumerate(draft.keys) if key]
    vectors = np.zeros((len(rows), encoder.dimension), dtype=np.float32)
    for position, row in enumerate(rows):
        vectors[position] = known[draft.keys[row]]
    return DenseIndex.build(vectors, rows), len(unseen)


def _contents(material: Material, encoder: Encoder, draft: _Draft) -> Contents:
    digest = hashlib.sha256()
    for part in (format_name(), encoder.identity, material.recipe, material.corpus):
        digest.update(f"{part}\n".encode())
    for document in draft.documents:
        digest.update(hashlib.sha256(codec.encode(document)).digest())
    digest.update(_rows_json(draft))
    digest.update(json.dumps(draft.lexical_texts).encode())
    records = tuple(
        DocumentRecord(source.name, source.identity, f"documents/{number:06}.json")
        for number, source in enumerate(material.sources)
    )
    units = sum(len(document.units) for document in draft.documents)
    return Contents(
        encoder.identity, material.recipe, material.corpus, digest.hexdigest(), records, units, len(draft.rows)
    )


def _write(folder: Path, draft: _Draft, vectors: DenseIndex, progress: Progress) -> None:
    (folder / "documents").mkdir()
    for number, document in enumerate(draft.documents):
        progress("Writing", number, len(draft.documents))
        (folder / f"documents/{number:06}.json").write_bytes(codec.encode(document))
    (folder / _ROWS).write_bytes(_rows_json(draft))
    vectors.save(folder / _DENSE)
    LexicalIndex.build(draft.lexical_texts, folder / _LEXICAL)
    progress("Writing", len(draft.documents), len(draft.documents))


def _rows_json(draft: _Draft) -> bytes:
    rows = [[row.unit, row.start, row.end, key] for row, key in zip(draft.rows, draft.keys, strict=True)]
    return json.dumps(rows, separators=(",", ":")).encode()


def _read_rows(generation: Generation) -> tuple[tuple[Row, ...], list[str]]:
    entries = json.loads(generation.read(_ROWS))
    return tuple(Row(unit, start, end) for unit, start, end, _ in entries), [key for *_, key in entries]


def _open(generation: Generation) -> OpenIndex:
    made = generation.manifest.contents
    documents = tuple(codec.decode(generation.read(record.file)) for record in made.documents)
    rows, _ = _read_rows(generation)
    index = Index(
        documents=documents,
        units=hold(documents),
        rows=rows,
        model=made.encoder,
        recipe=made.recipe,
        corpus=made.corpus,
        fingerprint=made.fingerprint,
        generation=generation.name,
    )
    dense = DenseIndex.load(generation.path / _DENSE)
    return OpenIndex(index, dense, LexicalIndex.load(generation.path / _LEXICAL))


def _report(sources: Sequence[Source], before: Generation | None, after: Generation, embedded: int) -> BuildReport:
    earlier = {record.name: record.identity for record in before.manifest.contents.documents} if before else {}
    names = {source.name for source in sources}
    return BuildReport(
        added=tuple(source.name for source in sources if source.name not in earlier),
        changed=tuple(
            source.name for source in sources if earlier.get(source.name, source.identity) != source.identity
        ),
        removed=tuple(name for name in earlier if name not in names),
        kept=tuple(source.name for source in sources if earlier.get(source.name) == source.identity),
        embedded=embedded,
        rows=after.manifest.contents.rows,
        generation=after.name,
        fingerprint=after.manifest.contents.fingerprint,
        built=before is None or before.name != after.name,
    )
