"""Which documents of a corpus are former versions, and what has taken their place.

A version is superseded by a later Rev. of the same symbol, or by the file that the manifest names. What
is said here depends on the documents that are held together, never on what was said of them before.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from taqa.domain import Document
from taqa.ingest.identity import distinct
from taqa.references.folding import level, symbol_key
from taqa.references.mentions import CHAIN

_REVISION = re.compile(r"(?P<base>.*?/.*?)[/.(-]*rev\.?(?P<number>\d+)\)?")


def settled(documents: Iterable[Document]) -> tuple[Document, ...]:
    """The same documents, no two of one id, each with the newest version of it that is held."""
    told = distinct(documents)
    after = _successors(told)
    newest = {document.id: _end(document.id, after) for document in told}
    return tuple(
        document if document.successor == newest[document.id] else replace(document, successor=newest[document.id])
        for document in told
    )


def _successors(documents: Sequence[Document]) -> Mapping[str, str]:
    """Ids of documents and of what supersedes them at once: what is stated goes before what the symbols say."""
    by_name = {name: document.id for document in documents for name in (*document.meta.other_names, document.file)}
    stated = {document.id: by_name.get(document.meta.superseded_by, "") for document in documents}
    after = {old: new for old, new in stated.items() if new not in ("", old)}
    series: dict[str, list[tuple[int, Document]]] = defaultdict(list)
    for document in documents:
        for base, number in _revisions(document.meta.symbol):
            series[base].append((number, document))
    for versions in series.values():
        current = [(number, document) for number, document in versions if document.id not in after]
        last = max((number for number, _ in current), default=0)
        for number, document in current:
            if number < last:
                newer = [other for its, other in current if its == last]
                alike = [other for other in newer if other.meta.language == document.meta.language]
                after.setdefault(document.id, (alike or newer)[0].id)
    return after


def _revisions(symbol: str) -> Iterator[tuple[str, int]]:
    """Each symbol of a chain without its Rev., and the number of that; 0 for the first version."""
    for part in CHAIN.split(level(symbol)) if symbol else ():
        key = symbol_key(part)
        found = _REVISION.fullmatch(key)
        yield (found["base"], int(found["number"])) if found else (key, 0)


def _end(start: str, after: Mapping[str, str]) -> str:
    """The last of a series of successors, empty for none; a circle, which only a manifest can state, leads nowhere."""
    seen = {start}
    at = start
    while (following := after.get(at)) is not None:
        if following in seen:
            return ""
        seen.add(following)
        at = following
    return at if at != start else ""
