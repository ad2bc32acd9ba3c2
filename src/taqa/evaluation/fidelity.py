"""Whether a quotation is what stands at its offsets: the words of the file, and none of them left out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from taqa.domain import Document, Span
from taqa.errors import CorpusError
from taqa.evaluation.answers import Cited

PLAIN = (".txt", ".md")
_SPACE = r"[\s\u200b\ufeff]"
_BREAKS = "\u002d\u00ad\u2010\u2011"
"""Hyphens that may be a line's own and not the word's."""


def fault(cited: Cited, documents: Mapping[str, Document]) -> str:
    """What is wrong with a quotation, in a few words; empty when it is faithful. `documents` are by file name.

    Two texts are equal up to white space, hyphens at line ends and removed furniture: text inside `start`..`end`
    but outside the pieces must be furniture or another unit, never words of the cited unit.
    """
    document = documents.get(cited.file)
    if document is None:
        return "no such file in the corpus"
    if cited.sha256 != document.sha256:
        return "made from another version of the file"
    if not cited.quote.strip():
        return "empty quotation"
    if not (cited.unit.start <= cited.span.start and cited.span.end <= cited.unit.end <= len(document.text)):
        return "outside its unit or its file"
    if not _in_order(cited):
        return "pieces out of order or outside start..end"
    if not re.fullmatch(_pattern(document.text, cited.pieces), cited.quote.strip()):
        return "the file has other words at these offsets"
    if any(_left_out(document, cited, gap) for gap in _gaps(cited)):
        return "words of the unit are left out between the pieces"
    return ""


def check_texts(paths: Mapping[str, Path], documents: Iterable[Document]) -> None:
    """Raises CorpusError where a text file (name -> path), decoded as UTF-8, is not the text its document holds.

    Offsets count in the file as published; without this check a reader that alters text would pass unseen.
    """
    for document in documents:
        path = paths.get(document.file)
        if path is None or path.suffix.lower() not in PLAIN:
            continue
        try:
            same = path.read_bytes().decode("utf-8") == document.text
        except UnicodeDecodeError:  # another encoding: offsets refer to the extracted text
            continue
        except OSError as error:
            raise CorpusError(f"{path} cannot be read: {error.strerror}.") from error
        if not same:
            raise CorpusError(f"The text held of {document.file} is not that of the file; index the corpus again.")


def _in_order(cited: Cited) -> bool:
    edges = [edge for piece in cited.pieces for edge in (piece.start, piece.end)]
    return edges == sorted(edges) and edges[0] == cited.span.start and edges[-1] == cited.span.end


def _gaps(cited: Cited) -> list[Span]:
    pairs = zip(cited.pieces, cited.pieces[1:], strict=False)
    return [Span(before.end, after.start) for before, after in pairs if before.end < after.start]


def _left_out(document: Document, cited: Cited, gap: Span) -> bool:
    """Whether `gap` holds visible characters that are neither furniture nor another unit's, nor a line-end hyphen."""
    taken = [furniture.span for furniture in document.furniture]
    for unit in document.units:
        if Span(unit.start, unit.end) != cited.unit:
            taken.extend(unit.spans)
    covered = {at for span in taken for at in range(max(span.start, gap.start), min(span.end, gap.end))}
    rest = "".join(" " if at in covered else document.text[at] for at in range(gap.start, gap.end))
    return re.sub(f"[{_BREAKS}](?={_SPACE}*\\n)|\u00ad", "", rest).strip() != ""


def _pattern(text: str, pieces: Sequence[Span]) -> str:
    """A regular expression for everything that may be shown for `pieces` of `text`."""
    shown = []
    for piece in pieces:
        source = text[piece.start : piece.end].strip()
        tokens = re.split(f"([{_BREAKS}]{_SPACE}*\\n{_SPACE}*|\u00ad|{_SPACE}+)", source)
        shown.append("".join(_shown(token) for token in tokens))
    return f"{_SPACE}*".join(shown)


def _shown(source: str) -> str:
    if source == "\u00ad":
        return "\u00ad?"
    if len(source) > 1 and source[0] in _BREAKS and not source[1:].strip():
        return f"{re.escape(source[0])}?{_SPACE}*"
    if re.fullmatch(f"{_SPACE}+", source):
        return f"{_SPACE}+"
    return re.escape(source)
