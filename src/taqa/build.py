"""Where the parts are put together: settings -> index, engines, assistant."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from taqa.assistant import Assistant
from taqa.domain import Document
from taqa.errors import (
    CorpusError,
    IndexBusy,
    IndexMissing,
    IndexStale,
    IndexWriteError,
    NotInCorpus,
    TaqaError,
    Unreadable,
)
from taqa.ingest import PARSER, Corpus, CorpusFile, read_document, scan
from taqa.ingest.files import content, shown_name
from taqa.ingest.manifest import entry_of
from taqa.ingest.sandbox import Limits, Sandbox
from taqa.ingest.verdicts import FileVerdict, judged, verdict_of
from taqa.ingest.versions import settled
from taqa.library import codec
from taqa.library.index import BuildReport, Material, Source
from taqa.library.progress import Progress, silent
from taqa.retrieval.encoder import Encoder, load_encoder
from taqa.retrieval.indexing import build_index, open_index
from taqa.retrieval.rows import RECIPE, rows_of
from taqa.retrieval.search import Searcher
from taqa.settings import Settings, passed_on

Reader = Callable[[CorpusFile], Document]
"""The document in a file; raises Unreadable."""


def material(corpus: Corpus, read: Reader | None = None) -> Material:
    """What the index of a corpus is made from. Without `read`, files are parsed in this process: trusted ones only."""
    sources = tuple(_source(file, read or _read_here) for file in corpus.files)
    return Material(corpus.fingerprint, sources, rows_of, RECIPE, corpus.others)


def _source(file: CorpusFile, read: Reader) -> Source:
    return Source(file.name, f"{file.identity}-{PARSER}", lambda: read(file))


def _read_here(file: CorpusFile) -> Document:
    return read_document(file.path, file.entry)


def corpus(settings: Settings) -> Corpus:
    """The files of the corpus folder."""
    return scan(settings.corpus, settings.max_file_mb)


def sandbox(settings: Settings) -> Sandbox:
    """What reads files in a process of its own, within the limits that the settings name."""
    limits = Limits(settings.parse_memory_mb, settings.parse_seconds, settings.max_file_mb)
    return Sandbox(codec.decode, limits, passed_on(), settings.password.get_secret_value())


def encoder(settings: Settings) -> Encoder:
    """The embedding model that the settings name."""
    return load_encoder(settings)


def _ignore(message: str) -> None:
    """Tells nobody."""


def ingest(settings: Settings, progress: Progress = silent) -> BuildReport:
    """Bring the index up to the corpus. What is unchanged is not read or embedded again."""
    found = corpus(settings)
    with sandbox(settings) as reader:
        return build_index(material(found, reader.read), encoder(settings), settings.index_dir, progress)


def assistant(settings: Settings, *, fresh: bool = True) -> Assistant:
    """The assistant over the current index. With `fresh`, an index older than the corpus raises IndexStale."""
    model = encoder(settings)
    opened = open_index(settings.index_dir, model, RECIPE)
    if fresh and opened.index.corpus != corpus(settings).fingerprint:
        raise IndexStale(f"The corpus {settings.corpus} has changed since it was indexed; run `taqa ingest`.")
    searcher = Searcher(opened.index, model, opened.dense, opened.lexical)
    return Assistant(searcher, settings.max_question_chars)


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
        return reader.parse(shown_name(place.name), data, entry_of(settings.corpus, place))


def document_id(held: Assistant, name: str) -> str:
    """Id of the document that a name means. Raises NotInCorpus for none, InputError for several."""
    resolution = held.resolve(name)
    if resolution.document is None:
        raise NotInCorpus(resolution.reason)
    return resolution.document.id
