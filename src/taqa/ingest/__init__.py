"""Files to addressed documents."""

from taqa.ingest.document import PARSER, read_document
from taqa.ingest.manifest import Corpus, CorpusFile, ManifestEntry, scan

__all__ = ["PARSER", "Corpus", "CorpusFile", "ManifestEntry", "read_document", "scan"]
