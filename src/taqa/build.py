"""Where the parts are put together: settings -> index, engines, assistant."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

from taqa.assistant import Assistant
from taqa.domain import Document
from taqa.errors import (
    CorpusError,
    IndexBusy,
    IndexMissing,
    IndexStale,
    IndexWriteError,
    InputError,
    NotInCorpus,
    TaqaError,
    Unreadable,
)
from taqa.ingest import PARSER, Corpus, CorpusFile, read_document, scan
from taqa.ingest.files import content, shown_name
from taqa.ingest.formats import may_hold_pictures
from taqa.ingest.formats.ocr import ocr_here
from taqa.ingest.manifest import entry_of
from taqa.ingest.sandbox import Limits, Sandbox
from taqa.ingest.verdicts import FileVerdict, judged, verdict_of
from taqa.ingest.versions import settled
from taqa.library import codec
from taqa.library.fetching import Fetching
from taqa.library.generations import changing
from taqa.library.growing import Growth, Judge, Offer, take_in
from taqa.library.index import PICTURES, BuildReport, Material, Source
from taqa.library.offers import offers
from taqa.library.progress import Progress, silent
from taqa.library.shelf import Origin, Shelf
from taqa.references import resolve
from taqa.retrieval.encoder import Encoder, load_encoder, words_of_language
from taqa.retrieval.indexing import build_index, open_index
from taqa.retrieval.reader import Reader, load_reader
from taqa.retrieval.rows import RECIPE, rows_of
from taqa.retrieval.search import WEIGHTS, Searcher
from taqa.settings import Settings, passed_on

Parse = Callable[[CorpusFile], Document]
"""The document in a file; raises Unreadable."""


def material(corpus: Corpus, read: Parse | None = None, pictures: str = "") -> Material:
    """What the index of a corpus is made from. Without `read`, files are parsed in this process: trusted ones only.

    `pictures` says what reads those of pages, and for how long, empty where nothing does.
    """
    sources = tuple(_source(file, read or _read_here, pictures) for file in corpus.files)
    return Material(corpus.fingerprint, sources, rows_of, RECIPE, corpus.others)


def _source(file: CorpusFile, read: Parse, pictures: str) -> Source:
    hangs_on = f"{PICTURES}{pictures}" if pictures and may_hold_pictures(file.path) else ""
    return Source(file.name, f"{file.identity}-{PARSER}{hangs_on}", lambda: read(file))


def _read_here(file: CorpusFile) -> Document:
    return read_document(file.path, file.entry)


def corpus(settings: Settings) -> Corpus:
    """The files of the corpus folder."""
    return scan(settings.corpus, settings.max_file_mb)


def sandbox(settings: Settings) -> Sandbox:
    """What reads files in a process of its own, within the limits that the settings name."""
    limits = Limits(settings.parse_memory_mb, settings.parse_seconds, settings.max_file_mb)
    return Sandbox(codec.decode, limits, passed_on(), settings.password.get_secret_value())


@dataclass(frozen=True, slots=True)
class Models:
    """What embeds, and what reads; None: nothing reads."""

    encoder: Encoder
    reader: Reader | None


def encoder(settings: Settings) -> Encoder:
    """The embedding model that the settings name."""
    return load_encoder(settings)


def _ignore(message: str) -> None:
    """Tells nobody."""


def ingest(settings: Settings, progress: Progress = silent) -> BuildReport:
    """Bring the index up to the corpus. What is unchanged is not read or embedded again."""
    with sandbox(settings) as reader:
        return _indexed(settings, reader.read, encoder(settings), progress)


def _indexed(settings: Settings, read: Parse, model: Encoder, progress: Progress) -> BuildReport:
    found = corpus(settings)
    return build_index(material(found, read, pictures_by(settings, found)), model, settings.index_dir, progress)


def pictures_by(settings: Settings, found: Corpus) -> str:
    """What reads the pictures of a corpus, and for how long."""
    here = ocr_here() if any(may_hold_pictures(file.path) for file in found.files) else ""
    return f"{here}.{settings.parse_seconds}" if here else ""


def offered(settings: Settings, given: Sequence[str]) -> tuple[Offer, ...]:
    """What is at files, folders and, where the settings allow it, addresses on the web. Raises InputError."""
    fetching = Fetching(settings.max_file_mb) if settings.fetch else None
    return offers(given, settings.max_file_mb, fetching, datetime.now(UTC))


def sent(name: str, data: bytes) -> Offer:
    """A content that came with its name."""
    return Offer(name, lambda: (name, data), Origin(name, datetime.now(UTC)))


def add(
    settings: Settings, offers: Sequence[Offer], progress: Progress = silent, model: Encoder | None = None
) -> Growth:
    """Put documents into the corpus folder and bring the index up to it; each is judged, and held, on its own.

    Raises an IndexProblem where the index cannot be brought up: then the documents are in the folder all the same.
    """
    with changing(settings.index_dir), sandbox(settings) as parser:
        reader = Judge(parser)
        taken = take_in(Shelf.opened(settings.corpus, settings.max_file_mb), reader, offers)
        held = any(each.placed for each in taken)
        report = _indexed(settings, reader.read, model or encoder(settings), progress) if held else None
    return Growth(taken, report)


def remove(
    settings: Settings, file: str, progress: Progress = silent, model: Encoder | None = None
) -> tuple[tuple[str, ...], BuildReport]:
    """Remove a file of the corpus folder, with all files of its content; their names, and what became of the index."""
    with changing(settings.index_dir):
        names = files_of(settings, file)
        Shelf.opened(settings.corpus, settings.max_file_mb).take(names)
        with sandbox(settings) as reader:
            return names, _indexed(settings, reader.read, model or encoder(settings), progress)


def files_of(settings: Settings, file: str) -> tuple[str, ...]:
    """All files that go when one goes. Raises NotInCorpus for none, InputError where nothing would be left."""
    found = corpus(settings)
    held = next((each for each in found.files if each.name == file), None)
    if held is None:
        raise NotInCorpus(f"The corpus folder holds no file “{file}”; `taqa list` names them.")
    if len(found.files) == 1:
        raise InputError(f"{file} is the only document of the corpus; add another before you remove it.")
    return file, *(twin.name for twin in found.twins if twin.sha256 == held.sha256)


def named_file(settings: Settings, wanted: str) -> str:
    """The file that a name, id, symbol or title means; one that cannot be read by its name only. Raises NotInCorpus."""
    found = corpus(settings)
    for each in (*found.files, *found.twins):
        if each.name == wanted:
            alike = (file.name for file in found.files if each.sha256 and file.sha256 == each.sha256)
            return next(alike, each.name)
    resolution = resolve(wanted, documents(settings))
    if resolution.document is None or resolution.found:
        raise NotInCorpus(resolution.reason or f"“{wanted}” is a paragraph; name a whole document.")
    return resolution.document.file


def assistant(settings: Settings, *, fresh: bool = True, models: Models | None = None) -> Assistant:
    """The assistant over the current index. With `fresh`, an index older than the corpus raises IndexStale.

    `models` are some that are loaded already.
    """
    models = models or Models(encoder(settings), load_reader(settings))
    opened = open_index(settings.index_dir, models.encoder, RECIPE)
    if fresh and opened.index.corpus != corpus(settings).fingerprint:
        raise IndexStale(f"The corpus {settings.corpus} has changed since it was indexed; run `taqa ingest`.")
    weights = settings.fusion or WEIGHTS
    language = words_of_language()
    searcher = Searcher(opened.index, models.encoder, opened.dense, opened.lexical, models.reader, language, weights)
    return Assistant(searcher, settings.max_question_chars)


def models_of(held: Assistant) -> Models:
    """The models that an assistant of `assistant` works with: loaded once, whatever changes."""
    return Models(cast("Encoder", held.searcher.encoder), held.searcher.reader)


def ready_assistant(
    settings: Settings, progress: Progress = silent, warn: Callable[[str], None] = _ignore
) -> Assistant:
    """The assistant, after making the index where it is missing or stale.

    When a stale index cannot be renewed, the former one answers and `warn` is told why. It is also told of each file
    that could not be read.
    """
    try:
        return assistant(settings)
    except IndexMissing:
        _renewed(settings, progress, warn)
        return assistant(settings)
    except (IndexStale, CorpusError) as stale:
        try:
            _renewed(settings, progress, warn)
        except (CorpusError, IndexBusy, IndexWriteError) as error:
            former = _former(settings, stale)
            warn(f"{error} Answering from the former index.")
            return former
        return assistant(settings)


def _renewed(settings: Settings, progress: Progress, warn: Callable[[str], None]) -> None:
    """Bring the index up to the corpus; `warn` is told of the files that cannot be read."""
    for verdict in ingest(settings, progress).failed:
        former = " Its former version still answers." if verdict.former else ""
        warn(f"{verdict.reason}{former}")


def _former(settings: Settings, cause: TaqaError) -> Assistant:
    """The assistant over an index that may be stale; without an index, the cause is the error."""
    try:
        return assistant(settings, fresh=False)
    except IndexMissing:
        raise cause from None


def documents(settings: Settings) -> list[Document]:
    """The documents of the corpus, read afresh: nothing that needs an index. Files that give none are left out."""
    return list(documents_and_verdicts(settings)[0])


def documents_and_verdicts(settings: Settings) -> tuple[tuple[Document, ...], tuple[FileVerdict, ...]]:
    """The documents of the corpus, read afresh, and a verdict on every file of it."""
    found = corpus(settings)
    held: list[Document] = []
    verdicts = list(found.others)
    with sandbox(settings) as reader:
        for file in found.files:
            try:
                held.append(reader.read(file))
                verdicts.append(judged(held[-1], file.name))
            except Unreadable as error:
                verdicts.append(FileVerdict(file.name, verdict_of(error), str(error)))
    return settled(held), tuple(sorted(verdicts, key=lambda verdict: verdict.name))


def inspected(settings: Settings, path: Path) -> Document:
    """The document in one file, of the corpus or not. Raises Unreadable."""
    place = path if path.exists() or not (settings.corpus / path).exists() else settings.corpus / path
    if place.is_dir():
        raise CorpusError(f"{path} cannot be read (it is a folder); name a file.")
    with sandbox(settings) as reader:
        data = content(place.resolve(), settings.max_file_mb)
        return reader.parse(
            shown_name(place.name), data, entry_of(settings.corpus, place, hashlib.sha256(data).hexdigest())
        )


def document_id(held: Assistant, name: str) -> str:
    """Id of the document that a name means. Raises NotInCorpus for none, InputError for several."""
    resolution = held.resolve(name)
    if resolution.document is None:
        raise NotInCorpus(resolution.reason)
    return resolution.document.id
