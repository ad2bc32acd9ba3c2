"""Where the parts are put together: settings -> index, engines, assistant."""

from __future__ import annotations

from collections.abc import Callable

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
)
from taqa.ingest import PARSER, Corpus, CorpusFile, read_document, scan
from taqa.ingest.manifest import skipped
from taqa.library.index import BuildReport, Material, Source
from taqa.library.progress import Progress, silent
from taqa.retrieval.encoder import Encoder, load_encoder
from taqa.retrieval.indexing import build_index, open_index
from taqa.retrieval.rows import RECIPE, rows_of
from taqa.retrieval.search import Searcher
from taqa.settings import Settings


def material(corpus: Corpus) -> Material:
    """What the index of a corpus is made from."""
    return Material(corpus.fingerprint, tuple(_source(file) for file in corpus.files), rows_of, RECIPE)


def _source(file: CorpusFile) -> Source:
    return Source(file.name, f"{file.identity}-{PARSER}", lambda: read_document(file.path, file.entry))


def encoder(settings: Settings) -> Encoder:
    """The embedding model that the settings name."""
    return load_encoder(settings)


def _ignore(message: str) -> None:
    """Tells nobody."""


def ingest(settings: Settings, progress: Progress = silent) -> BuildReport:
    """Bring the index up to the corpus. What is unchanged is not read or embedded again."""
    return build_index(material(scan(settings.corpus)), encoder(settings), settings.index_dir, progress)


def assistant(settings: Settings, *, fresh: bool = True) -> Assistant:
    """The assistant over the current index. With `fresh`, an index older than the corpus raises IndexStale."""
    model = encoder(settings)
    opened = open_index(settings.index_dir, model, RECIPE)
    if fresh and opened.index.corpus != scan(settings.corpus).fingerprint:
        raise IndexStale(f"The corpus {settings.corpus} has changed since it was indexed; run `taqa ingest`.")
    searcher = Searcher(opened.index, model, opened.dense, opened.lexical)
    return Assistant(searcher, settings.max_question_chars)


def ready_assistant(
    settings: Settings, progress: Progress = silent, warn: Callable[[str], None] = _ignore
) -> Assistant:
    """The assistant, after making the index where it is missing or stale.

    When a stale index cannot be renewed, the former one answers and `warn` is told why.
    """
    try:
        return assistant(settings)
    except IndexMissing:
        ingest(settings, progress)
        return assistant(settings)
    except (IndexStale, CorpusError) as stale:
        try:
            ingest(settings, progress)
        except (CorpusError, IndexBusy, IndexWriteError) as error:
            former = _former(settings, stale)
            warn(f"{error} Answering from the former index.")
            return former
        return assistant(settings)


def _former(settings: Settings, cause: TaqaError) -> Assistant:
    """The assistant over an index that may be stale; without an index, the cause is the error."""
    try:
        return assistant(settings, fresh=False)
    except IndexMissing:
        raise cause from None


def documents(settings: Settings) -> list[Document]:
    """The documents of the corpus, read afresh: nothing that needs an index."""
    return [read_document(file.path, file.entry) for file in scan(settings.corpus).files]


def skipped_files(settings: Settings) -> tuple[str, ...]:
    """Files of the corpus folder whose format is not read."""
    return skipped(settings.corpus)


def document_id(held: Assistant, name: str) -> str:
    """Id of the document that a name means. Raises NotInCorpus for none, InputError for several."""
    resolution = held.resolve(name)
    if resolution.document is None:
        raise NotInCorpus(resolution.reason)
    return resolution.document.id
