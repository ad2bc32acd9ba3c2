"""Making an index and opening one: documents, vectors and words, together in one generation."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from taqa.domain import Document
from taqa.errors import IndexDamaged, IndexProblem, NothingRead, Unreadable
from taqa.ingest.formats.gaps import unread
from taqa.ingest.verdicts import FileVerdict, judged, verdict_of
from taqa.ingest.versions import settled
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
from taqa.library.index import PICTURES, BuildReport, Index, IndexRow, Material, Row, Source, hold
from taqa.library.progress import Progress, silent
from taqa.library.staging import Staging
from taqa.retrieval.dense import DenseIndex
from taqa.retrieval.encoder import Encoder
from taqa.retrieval.lexical import LexicalIndex
from taqa.retrieval.ranking import Vectors

_DENSE = "dense.faiss"
_LEXICAL = "lexical"
_ROWS = "rows.json"
_VECTORS = "vectors-"
_BLOCK = 4096
"""Texts embedded before their vectors are kept: what an interruption costs at most."""


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
    """What an earlier generation has to give.

    Documents by source identity, and by that without what reads pictures; identities by file name; vectors by key.
    """

    documents: Mapping[str, Document] = field(default_factory=dict)
    stems: Mapping[str, Document] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    vectors: Mapping[str, Vectors] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Reading:
    """What became of the sources: the documents, the identity that each was read from, and a verdict on every file."""

    documents: tuple[Document, ...]
    identities: tuple[str, ...]
    verdicts: tuple[FileVerdict, ...]


@dataclass(frozen=True, slots=True)
class _Draft:
    """A generation before it is written. `keys[i]` belongs to `rows[i]`; "" where the row has no vector."""

    reading: _Reading
    rows: tuple[Row, ...]
    keys: tuple[str, ...]
    dense_texts: Mapping[str, str]
    lexical_texts: tuple[str, ...]

    @property
    def documents(self) -> tuple[Document, ...]:
        return self.reading.documents


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
    """Brings the index up to its material; does nothing when it is. Raises IndexBusy, IndexWriteError, NothingRead.

    Documents whose source is unchanged are not read again, and texts that the encoder has seen are not embedded
    again, neither in a former generation nor in a build that was interrupted. A source that cannot be read costs no
    other: its verdict says why, and a document read from an earlier version of it is kept. Such a source is tried
    again each time. A damaged index gives nothing to the new one.
    """
    with writing(index_dir):
        current = _current(index_dir)
        if current and _up_to_date(current, material, encoder):
            return _report(current, current, embedded=0)
        former = _former(current)
        staging = Staging(index_dir)
        draft = _draft(material, encoder, _read(material, former, staging, progress))
        contents = _contents(material, encoder, draft)
        if current and current.manifest.contents == contents:
            staging.clear()
            return _report(current, current, embedded=0)
        vectors, embedded = _vectors(draft, encoder, former, staging, progress)
        try:
            made = publish(index_dir, contents, lambda folder: _write(folder, draft, vectors, progress))
        except IndexProblem:
            staging.clear()  # its room may be what is missing
            raise
        staging.clear()
        return _report(current, made, embedded)


def _current(index_dir: Path) -> Generation | None:
    try:
        return open_current(index_dir)
    except IndexProblem:
        return None  # missing, damaged or of another version: made anew from the sources


def _up_to_date(generation: Generation, material: Material, encoder: Encoder) -> bool:
    made = generation.manifest.contents
    return (
        (made.encoder, made.recipe, made.corpus) == (encoder.identity, material.recipe, material.corpus)
        and [(record.name, record.identity) for record in made.documents]
        == [(source.name, source.identity) for source in material.sources]
        and all(verdict.good or verdict in material.others for verdict in made.verdicts)
        and set(material.others) <= set(made.verdicts)
    )


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
    stems = {_stem(identity): document for identity, document in documents.items()}
    return _Former(documents, stems, {record.name: record.identity for record in records}, known)


def _read(material: Material, former: _Former, staging: Staging, progress: Progress) -> _Reading:
    """The documents of all sources that can be read, and a verdict on every file. Raises NothingRead for none."""
    documents: list[Document] = []
    identities: list[str] = []
    verdicts: list[FileVerdict] = []
    for done, source in enumerate(material.sources):
        progress("Reading", done, len(material.sources))
        identity = source.identity
        try:
            document = _document(source, former, staging)
            verdicts.append(judged(document, source.name))
        except Unreadable as error:
            identity = former.names.get(source.name, "")
            kept = former.documents.get(identity)
            verdicts.append(FileVerdict(source.name, verdict_of(error), str(error), former=kept is not None))
            if kept is None:
                continue
            document = kept
        documents.append(document)
        identities.append(identity)
    progress("Reading", len(material.sources), len(material.sources))
    if not documents:
        raise NothingRead(tuple(verdict.reason for verdict in verdicts))
    ordered = sorted((*verdicts, *material.others), key=lambda verdict: verdict.name)
    return _Reading(settled(documents), tuple(identities), tuple(ordered))


def _document(source: Source, former: _Former, staging: Staging) -> Document:
    """A document as a former generation or an interrupted build has it, else read and kept for the next build."""
    held = former.documents.get(source.identity) or _as_good(source, former)
    if held is not None:
        return held
    piece = f"{source.identity}.{codec.schema()}"
    staged = staging.get(piece)
    if staged is not None:
        return codec.decode(staged)
    document = source.read()
    staging.put(piece, codec.encode(document))
    return document


def _as_good(source: Source, former: _Former) -> Document | None:
    """A document that was read when something else read pictures, or nothing did, and would come out no better now."""
    stem = _stem(source.identity)
    held = former.stems.get(stem)
    return held if held is not None and (source.identity == stem or not unread(held.pages)) else None


def _stem(identity: str) -> str:
    """An identity without what reads pictures."""
    return identity.partition(PICTURES)[0]


def _draft(material: Material, encoder: Encoder, reading: _Reading) -> _Draft:
    rows: list[Row] = []
    keys: list[str] = []
    dense_texts: dict[str, str] = {}
    lexical_texts: list[str] = []
    first = 0
    for document in reading.documents:
        numbers = {unit.id: first + number for number, unit in enumerate(document.units)}
        for row in material.rows_of(document):
            key = _key(encoder, row)
            rows.append(Row(numbers[row.unit_id], row.start, row.end))
            keys.append(key)
            lexical_texts.append(row.lexical_text)
            if key:
                dense_texts[key] = row.dense_text
        first += len(document.units)
    return _Draft(reading, tuple(rows), tuple(keys), dense_texts, tuple(lexical_texts))


def _key(encoder: Encoder, row: IndexRow) -> str:
    """Names a vector by what decides it; "" for a row without one."""
    if not row.dense_text:
        return ""
    return hashlib.sha256(f"{encoder.identity}\n{row.dense_text}".encode("utf-8", "surrogatepass")).hexdigest()


def _vectors(
    draft: _Draft, encoder: Encoder, former: _Former, staging: Staging, progress: Progress
) -> tuple[DenseIndex, int]:
    known = {**former.vectors, **_staged_vectors(staging, encoder)}
    unseen = [key for key in draft.dense_texts if key not in known]
    for first in range(0, len(unseen), _BLOCK):
        keys = unseen[first : first + _BLOCK]
        texts = [draft.dense_texts[key] for key in keys]
        made = encoder.encode_passages(texts, _counting(progress, first, len(unseen)))
        known.update(zip(keys, made, strict=True))
        if len(unseen) > _BLOCK:
            staging.put(f"{_VECTORS}{keys[0]}", _packed(keys, made))
    rows = [row for row, key in enumerate(draft.keys) if key]
    vectors = np.zeros((len(rows), encoder.dimension), dtype=np.float32)
    for position, row in enumerate(rows):
        vectors[position] = known[draft.keys[row]]
    return DenseIndex.build(vectors, rows), len(unseen)


def _counting(progress: Progress, first: int, total: int) -> Progress:
    """The progress of one block as that of all."""
    return lambda description, done, _: progress(description, first + done, total)


def _packed(keys: Sequence[str], vectors: Vectors) -> bytes:
    return "".join(keys).encode("ascii") + np.asarray(vectors, dtype="<f4").tobytes()


def _staged_vectors(staging: Staging, encoder: Encoder) -> dict[str, Vectors]:
    """Vectors that an interrupted build had made; each key is a hash of 64 characters."""
    found: dict[str, Vectors] = {}
    for name in staging.names:
        data = staging.get(name) if name.startswith(_VECTORS) else None
        if not data:
            continue
        count, rest = divmod(len(data), 64 + 4 * encoder.dimension)
        if rest:
            continue  # made by a model of another dimension
        keys = [data[64 * i : 64 * (i + 1)].decode("ascii") for i in range(count)]
        vectors = np.frombuffer(data, dtype="<f4", offset=64 * count).reshape(count, encoder.dimension)
        found.update(zip(keys, vectors.astype(np.float32), strict=True))
    return found


def _contents(material: Material, encoder: Encoder, draft: _Draft) -> Contents:
    digest = hashlib.sha256()
    for part in (format_name(), encoder.identity, material.recipe, material.corpus):
        digest.update(f"{part}\n".encode())
    for document in draft.documents:
        digest.update(hashlib.sha256(codec.encode(document)).digest())
    digest.update(_rows_json(draft))
    digest.update(json.dumps(draft.lexical_texts).encode())
    records = tuple(
        DocumentRecord(document.file, identity, f"documents/{number:06}.json")
        for number, (document, identity) in enumerate(zip(draft.documents, draft.reading.identities, strict=True))
    )
    units = sum(len(document.units) for document in draft.documents)
    return Contents(
        encoder=encoder.identity,
        recipe=material.recipe,
        corpus=material.corpus,
        fingerprint=digest.hexdigest(),
        documents=records,
        units=units,
        rows=len(draft.rows),
        verdicts=draft.reading.verdicts,
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
        verdicts=made.verdicts,
    )
    dense = DenseIndex.load(generation.path / _DENSE)
    return OpenIndex(index, dense, LexicalIndex.load(generation.path / _LEXICAL))


def _report(before: Generation | None, after: Generation, embedded: int) -> BuildReport:
    earlier = {record.name: record.identity for record in before.manifest.contents.documents} if before else {}
    contents = after.manifest.contents
    now = {record.name: record.identity for record in contents.documents}
    return BuildReport(
        added=tuple(name for name in now if name not in earlier),
        changed=tuple(name for name, identity in now.items() if earlier.get(name, identity) != identity),
        removed=tuple(name for name in earlier if name not in now),
        kept=tuple(name for name, identity in now.items() if earlier.get(name) == identity),
        embedded=embedded,
        rows=contents.rows,
        generation=after.name,
        fingerprint=contents.fingerprint,
        built=before is None or before.name != after.name,
        verdicts=contents.verdicts,
    )
