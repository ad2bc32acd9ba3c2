"""Words and their BM25 scores: the only module that imports tantivy.

Texts come folded (`taqa.references.fold`); here they are cut into runs of letters and digits and stemmed as English.
A query is built from such tokens, so nothing that a user types is ever parsed as a query language.
"""

from __future__ import annotations

import errno
import shutil
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from taqa.retrieval.ranking import Ranking, Scores, best

if TYPE_CHECKING:
    import tantivy

_ANALYZER = "taqa_en"
_LONGEST_TOKEN = 200
_WRITER_MEMORY = 64_000_000


class LexicalIndex:
    """Rows with a text each, on disk, searched by BM25 (k1 1.2, b 0.75; any query word may match)."""

    def __init__(self, index: tantivy.Index) -> None:
        index.register_tokenizer(_ANALYZER, _analyzer())
        self._schema = index.schema
        self._analyzer = _analyzer()
        self._searcher = index.searcher()

    @classmethod
    def build(cls, texts: Sequence[str], path: Path) -> LexicalIndex:
        """Writes the index of folded texts, row by row, into the new folder `path`; a full disk is an OSError.

        A row with an empty text is left out.
        """
        import tantivy  # only who searches or indexes pays for it

        path.mkdir()
        index = tantivy.Index(_schema(), path=str(path), reuse=False, sort_by_field="row")
        index.register_tokenizer(_ANALYZER, _analyzer())
        try:
            _write(index, texts)
        except ValueError as error:
            full = shutil.disk_usage(path).free < _WRITER_MEMORY
            reason = "no space left for the lexical index" if full else f"the lexical index stopped: {error}"
            raise OSError(errno.ENOSPC if full else errno.EIO, reason) from error
        for lock in path.glob(".*.lock"):
            lock.unlink()
        return cls(index)

    @classmethod
    def load(cls, path: Path) -> LexicalIndex:
        """Opens what `build` wrote, also where the folder is read-only. Raises ValueError when it cannot."""
        import tantivy

        try:
            return cls(tantivy.Index.open(str(path)))
        except (ValueError, OSError):
            # tantivy takes a lock file in the folder; where it may not, it opens links to the same files
            with tempfile.TemporaryDirectory(prefix="taqa-lexical-") as linked:
                for file in path.iterdir():
                    if file.suffix != ".lock":
                        (Path(linked) / file.name).symlink_to(file.resolve())
                return cls(tantivy.Index.open(linked))

    def __len__(self) -> int:
        return int(self._searcher.num_docs)

    def tokens(self, text: str) -> list[str]:
        """The different tokens of a text, in order."""
        return list(dict.fromkeys(self._analyzer.analyze(text)))

    def search(self, query: str, limit: int, rows: Sequence[int] | None = None) -> Ranking:
        """Rows that hold a word of the folded query, by BM25. Each word of the query counts once."""
        tokens = self.tokens(query)
        wanted = min(limit, len(self) if rows is None else len(rows))
        if not tokens or wanted <= 0:
            return Ranking(np.empty(0, np.int64), np.empty(0, np.float32))
        hits = self._searcher.search(self._query(tokens, rows), limit=wanted, count=False).hits
        found = self._searcher.fast_field_values("row", [address for _, address in hits])
        scores = np.array([score for score, _ in hits], dtype=np.float32)
        return best(np.array(found, dtype=np.int64), scores, wanted)

    def scores(self, query: str, rows: Sequence[int]) -> Scores:
        """The score of each of these rows, in their order; 0 where no word matches."""
        found = self.search(query, len(rows), rows)
        known = dict(zip(found.rows.tolist(), found.scores.tolist(), strict=True))
        return np.array([known.get(row, 0.0) for row in rows], dtype=np.float32)

    def _query(self, tokens: Iterable[str], rows: Sequence[int] | None) -> tantivy.Query:
        from tantivy import Occur, Query

        words = [(Occur.Should, Query.term_query(self._schema, "text", token, index_option="freq")) for token in tokens]
        query = Query.boolean_query(words)
        if rows is None:
            return query
        chosen = Query.term_set_query(self._schema, "row", [int(row) for row in rows])
        unscored = Query.boost_query(Query.const_score_query(chosen, 1.0), 0.0)
        return Query.boolean_query([(Occur.Must, query), (Occur.Must, unscored)])


def _schema() -> tantivy.Schema:
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("row", fast=True, indexed=True)  # an unsigned field kills the writer thread
    builder.add_text_field("text", tokenizer_name=_ANALYZER, index_option="freq")
    return builder.build()


def _analyzer() -> tantivy.TextAnalyzer:
    from tantivy import Filter, TextAnalyzerBuilder, Tokenizer

    builder = TextAnalyzerBuilder(Tokenizer.simple())
    for step in (
        Filter.remove_long(_LONGEST_TOKEN),
        Filter.lowercase(),
        Filter.ascii_fold(),
        Filter.stemmer("english"),
    ):
        builder = builder.filter(step)
    return builder.build()


def _write(index: tantivy.Index, texts: Sequence[str]) -> None:
    import tantivy

    writer = index.writer(_WRITER_MEMORY, 1)
    for row, text in enumerate(texts):
        if not text:  # an empty document would still count in the mean length and the document frequencies
            continue
        document = tantivy.Document()
        document.add_integer("row", row)
        document.add_text("text", text)
        writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
