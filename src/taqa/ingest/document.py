"""One file to one Document: read, set markup, furniture and footnotes aside, number, freeze, account for."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import fields, replace
from pathlib import Path

from taqa.domain import Document, DocumentMeta, Furniture, Kind, Page, Series, Span, Unit
from taqa.errors import CorpusError, NoText
from taqa.ingest.brackets import bracketed
from taqa.ingest.changes import with_changes
from taqa.ingest.drafts import Draft
from taqa.ingest.footnotes import Parted, take_footnotes
from taqa.ingest.formats import SECONDS, Source, read_source
from taqa.ingest.furniture import set_aside
from taqa.ingest.identity import document_id
from taqa.ingest.invisible import seen_of
from taqa.ingest.lines import Line, split_lines
from taqa.ingest.manifest import ManifestEntry
from taqa.ingest.masthead import Header, masthead_region, read_off, with_treaty
from taqa.ingest.notes import note_drafts, note_series
from taqa.ingest.quotations import Treaties
from taqa.ingest.shown import Words, display
from taqa.ingest.structure import Structure, read_structure
from taqa.ingest.structure.acts import operative_verb
from taqa.ingest.structure.divisions import ARTICLE
from taqa.ingest.styled import over_pages, with_headings
from taqa.ingest.written_notes import take_written_notes
from taqa.references import label as print_label
from taqa.references import slug

PARSER = "25"
"""Raised whenever the same file may yield other units: an index remembers it."""
ACTING = (Kind.PARAGRAPH, Kind.CHAPEAU, Kind.UNNUMBERED)


def read_document(path: Path, entry: ManifestEntry | None = None) -> Document:
    """The document in a file. Raises CorpusError when the file cannot be read as text."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise CorpusError(f"{path} cannot be read ({error.strerror}); check the name and its permissions.") from error
    return parse_content(path, hashlib.sha256(content).hexdigest(), content, entry)


def parse_content(
    path: Path,
    sha256: str,
    content: bytes,
    entry: ManifestEntry | None = None,
    password: str = "",
    seconds: float = SECONDS,
) -> Document:
    """The document in the bytes of a file; of `path` only the name is looked at. Raises CorpusError."""
    document = parse(path.name, sha256, read_source(path, content, password, seconds), entry)
    if not document.units:
        raise NoText(f"{path.name} holds no text; supply a text version.")
    return document


def parse(file: str, sha256: str, source: Source, entry: ManifestEntry | None = None) -> Document:
    """Units, furniture and series of a source text."""
    text = source.text
    styles = source.styles
    split = split_lines(text, markup=not styles, paragraphs=() if source.pages else styles)
    hidden = split.hidden
    running, furniture = set_aside(split.lines, styles)
    written = Parted(running, (), ()) if styles else take_written_notes(running, text, hidden)
    parted = take_footnotes(written.lines, text, hidden, styles)
    body = over_pages(with_headings(parted.lines, styles), text)
    notes = sorted((*written.notes, *parted.notes), key=lambda note: note.lines[0].start)
    furniture = (*split.furniture, *seen_of(furniture, hidden), *_merged((*written.marks, *parted.marks)))
    masthead, title = masthead_region(body, typeset=bool(styles))
    structure = read_structure(body, masthead, title)
    running_headers = (f.span for f in furniture if f.kind == "running header")
    headers = [Header(text[span.start : span.end], span.start) for span in running_headers]
    own = with_treaty(read_off(body, headers, masthead, title), _articles(structure.drafts))
    _name_treaties(structure.drafts, own.title)
    called = note_drafts(structure.drafts, notes, source.pages)
    units = _freeze(document_id(file), text, hidden, (*structure.drafts, *called), source.pages)
    units = with_changes(units, text, () if source.pages else styles)
    meta = _merge(own, entry.meta if entry else None)
    ordered = tuple(sorted(furniture, key=lambda f: f.span))
    series = (*_with_repeats(structure, units), *note_series(called))
    return Document(document_id(file), file, sha256, text, meta, units, ordered, series, source.pages)


def _articles(drafts: Sequence[Draft]) -> int:
    """How many articles the document itself has."""
    alone = (draft.address for draft in drafts if draft.kind is Kind.HEADING and len(draft.address) == 1)
    return sum(address[0].startswith(ARTICLE) for address in alone)


def _name_treaties(drafts: Sequence[Draft], title: str) -> None:
    """Let every quoted provision know its treaty, where the document says which it is."""
    quoting = [draft for draft in drafts if draft.quoting and draft.parent]
    treaties = Treaties(title, tuple(draft.text for draft in drafts) if quoting else ())
    for draft in quoting:
        if draft.quoting and draft.parent:
            draft.quoting = treaties.named(draft.quoting, draft.parent.text, draft.parent.headings)


def _merge(read: DocumentMeta, stated: DocumentMeta | None) -> DocumentMeta:
    """What the manifest states goes before what was read off; each keeps how it is known."""
    if stated is None:
        return read
    names = [field.name for field in fields(DocumentMeta) if field.name != "known"]
    values = {name: getattr(stated, name) or getattr(read, name) for name in names}
    return DocumentMeta(**values, known={**read.known, **stated.known})


def _freeze(
    name: str, text: str, hidden: bytearray, written: Sequence[Draft], pages: Sequence[Page]
) -> tuple[Unit, ...]:
    drafts = _chapeaux(sorted(written, key=lambda draft: draft.lines[0].start))
    seen: Counter[str] = Counter()
    ids: dict[int, str] = {}
    for draft in drafts:
        key = slug(draft.address)
        seen[key] += 1
        ids[id(draft)] = f"{name}:{key}" + (f"~{seen[key]}" if seen[key] > 1 else "")
    called: dict[int, list[str]] = {}
    for draft in drafts:
        if draft.kind is Kind.FOOTNOTE and draft.parent is not None:
            called.setdefault(id(draft.parent), []).append(ids[id(draft)])
    starts = [page.start for page in pages]
    words = Words(text)
    units: list[Unit] = []
    for draft in drafts:
        spans = _spans(draft.lines, text, hidden)
        shown, runs = display(text, spans, hidden, words)
        opening = len(shown) - len(shown.lstrip("[ "))
        lead = opening + len(draft.label) if draft.label and shown.startswith(draft.label, opening) else 0
        units.append(
            Unit(
                id=ids[id(draft)],
                kind=draft.kind,
                address=draft.address,
                label=_label(draft),
                parent=ids[id(draft.parent)] if draft.parent else None,
                heading_path=draft.headings,
                spans=spans,
                text=shown,
                runs=runs,
                page=pages[bisect_right(starts, spans[0].start) - 1].n if pages else None,
                counted=draft.counted,
                notes=tuple(called.get(id(draft), ())),
                body=len(shown) - len(shown[lead:].lstrip()),
                provision=draft.quoting,
                verb=operative_verb(shown[lead:].lstrip()) if draft.acting and draft.kind in ACTING else "",
            )
        )
    return _with_brackets(units)


def _with_brackets(units: Sequence[Unit]) -> tuple[Unit, ...]:
    """Units with what of their text stands in square brackets; those of a masthead are its style."""
    said = [unit for unit in units if unit.kind is not Kind.FOOTNOTE and not unit.address[0].startswith("masthead")]
    notes = [unit for unit in units if unit.kind is Kind.FOOTNOTE]
    pieces = bracketed([(unit.text, unit.body) for unit in said])
    pieces += [bracketed([(unit.text, unit.body)])[0] for unit in notes]
    found = {unit.id: spans for unit, spans in zip((*said, *notes), pieces, strict=True) if spans}
    return tuple(replace(unit, bracketed=found[unit.id]) if unit.id in found else unit for unit in units)


def _label(draft: Draft) -> str:
    if draft.kind is not Kind.QUOTED or draft.parent is None:
        return print_label(draft.address)
    outer = print_label(draft.parent.address)
    return f"{outer} (quoting {draft.quoting.label})" if draft.quoting else f"{outer} (quoted provision)"


def _chapeaux(drafts: Sequence[Draft]) -> list[Draft]:
    """Paragraphs and items that items or provisions hang on become chapeaux."""
    parents = {id(d.parent) for d in drafts if d.parent and d.kind in (Kind.SUBPARAGRAPH, Kind.QUOTED, Kind.HEADING)}
    for draft in drafts:
        if id(draft) in parents and draft.kind in (Kind.PARAGRAPH, Kind.SUBPARAGRAPH, Kind.UNNUMBERED):
            draft.kind = Kind.CHAPEAU
    return list(drafts)


def _spans(lines: Sequence[Line], text: str, hidden: bytearray) -> tuple[Span, ...]:
    """Pieces of source that the lines own: hidden characters cut out, pieces joined over white space."""
    pieces: list[list[int]] = []
    for line in lines:
        at = line.start
        while at < line.end:
            if hidden[at]:
                at += 1
                continue
            stop = at
            while stop < line.end and not hidden[stop]:
                stop += 1
            if text[at:stop].strip():
                low = at + len(text[at:stop]) - len(text[at:stop].lstrip())
                high = at + len(text[at:stop].rstrip())
                if pieces and not text[pieces[-1][1] : low].strip():
                    pieces[-1][1] = high
                else:
                    pieces.append([low, high])
            at = stop
    return tuple(Span(low, high) for low, high in pieces)


def _with_repeats(structure: Structure, units: Sequence[Unit]) -> list[Series]:
    repeated = [unit.label for unit in units if "~" in unit.id.rpartition(":")[2]]
    series = list(structure.series)
    return [*series, Series("repeated addresses", tuple(repeated), (), tuple(repeated))] if repeated else series


def _merged(marks: Sequence[Furniture]) -> tuple[Furniture, ...]:
    """Neighbouring characters of one mark as one piece."""
    pieces: list[Furniture] = []
    for mark in sorted(marks, key=lambda m: m.span):
        if pieces and pieces[-1].span.end == mark.span.start:
            pieces[-1] = replace(pieces[-1], span=Span(pieces[-1].span.start, mark.span.end))
        else:
            pieces.append(mark)
    return tuple(pieces)
