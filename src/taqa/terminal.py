"""How things look in a terminal. Document text is never read as markup."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from taqa.answering.caveats import Caution, caveats, newest, not_stated, read_in_part
from taqa.domain import Answer, Citation, Document, Hit, Kind, Quotation, Unit
from taqa.ingest.formats.gaps import on_pages
from taqa.ingest.invisible import written_out
from taqa.ingest.proofs import conservation
from taqa.ingest.verdicts import FileVerdict, Verdict
from taqa.library.growing import Growth
from taqa.library.index import BuildReport
from taqa.library.shelf import Fate
from taqa.references import Found, Incoming, under
from taqa.retrieval.definitions import Definition
from taqa.retrieval.exact import sentence_around

SNIPPET = 240
MOST_NAMED = 20
"""Names that are listed of what was passed over."""
_FATES = {
    Fate.ADDED: "added",
    Fate.VERSION: "a new version; the former one is kept as {other}",
    Fate.NAME: "another name of {other}, which has the same content",
    Fate.HELD: "held already",
}


def answer(console: Console, found: Answer) -> None:
    """The statements with their marks, then the references; or the refusal with what is nearest."""
    if found.interpreted_question != found.question.text:
        console.print(Text(f"Read as: {found.interpreted_question}", style="dim"))
    if found.status == "clarify":
        _choices(console, found)
        return
    if found.status != "answered":
        console.print(Text(found.text, style="bold"))  # which says what was read in part
        if found.related:
            console.print(Text("\nRelated, not an answer:", style="dim"))
            _references(console, found.related, quoted=True)
        return
    for statement in found.statements:
        marks = "".join(f"[{n}]" for n in statement.citations)
        console.print(Text.assemble(f"“{statement.text}” ", (marks, "cyan")))
    if found.not_stated:
        console.print(Text(not_stated(found.not_stated), style="yellow"))
    console.print()
    _references(console, found.citations, quoted=False)
    if found.searched.partial:
        console.print(Text(read_in_part(found.searched.partial), style="yellow"))


def _choices(console: Console, found: Answer) -> None:
    """Why a question is asked back, then the questions to choose from, each as it is to be typed."""
    console.print(Text(found.text.partition("\n")[0], style="bold"))
    for number, choice in enumerate(found.choices, start=1):
        console.print(Text.assemble((f"{number}. ", "cyan"), choice.question))
        console.print(Text(f"   {choice.label}: {choice.about}", style="dim"))


def _references(console: Console, citations: Sequence[Citation], *, quoted: bool) -> None:
    for citation in citations:
        line = Text.assemble((f"[{citation.n}] ", "cyan"), (citation.label, "bold"))
        if citation.quotation.unit.counted:
            line.append(" (counted by TAQA, not printed)", "dim")
        console.print(_mark(line, citation))
        if quoted:
            console.print(Text(f"    “{citation.quotation.text}”"))


def _as_cited(document: Document, unit: Unit, newer: Document | None = None) -> Citation:
    """A unit as a citation of the whole of it."""
    return Citation(1, Quotation(document, unit, 0, len(unit.text)), newer)


def _mark(line: Text, citation: Citation, only: Caution | None = None) -> Text:
    """The line, with what a reader must know of the citation, or one kind of it only."""
    for caveat in caveats(citation):
        if only in (None, caveat.about):
            line.append(f" [{caveat.text}]", "yellow")
    return line


def hits(console: Console, found: Sequence[Hit], held: Sequence[Document]) -> None:
    """One line of reference and the beginning of the text for each; `held` are all documents."""
    for number, hit in enumerate(found, start=1):
        cited = _as_cited(hit.document, hit.unit, newest(hit.document, held))
        line = Text.assemble((f"{number:>2}. ", "cyan"), (cited.label, "bold"), (f"  {hit.score:.3f}", "dim"))
        console.print(_mark(line, cited))
        console.print(Text(f"    {_cut(hit.unit.text)}"))
    if not found:
        console.print("Nothing found.")


def definitions(console: Console, found: Sequence[Definition]) -> None:
    """A line for each term, what it stands for, and where that is said."""
    for item in found:
        console.print(Text.assemble((item.term, "bold"), f": {_cut(item.text)} ", (f"({item.label})", "dim")))
    if not found:
        console.print("The documents define no term.")


def mentions(console: Console, reference: str, found: Sequence[Incoming]) -> None:
    """How many places mention a reference; each with its label, the sentence, and where its words stand in the file."""
    if not found:
        console.print(Text(f"No place mentions “{reference}”."))
        return
    console.print(
        Text(f"{len(found)} {'place mentions' if len(found) == 1 else 'places mention'} “{reference}”.", "dim")
    )
    for number, item in enumerate(found, start=1):
        start, end = sentence_around(item.unit, item.start, item.end)
        spans = ", ".join(f"{span.start}-{span.end}" for span in item.spans)
        console.print(Text.assemble((f"{number:>2}. ", "cyan"), (item.label, "bold"), (f"  characters {spans}", "dim")))
        console.print(Text(f"    “{item.unit.text[start:end]}”"))


def units(console: Console, found: Sequence[Found], held: Sequence[Document]) -> None:
    """Units in order, each whole; `held` are all documents."""
    for number, place in enumerate(found):
        if number:
            console.print()
        unit(console, place.document, place.unit, newest(place.document, held))


def unit(console: Console, document: Document, shown: Unit, newer: Document | None) -> None:
    """A unit, whole, with where it stands; `newer` is what has superseded its document."""
    cited = _as_cited(document, shown, newer)
    console.print(_mark(Text(cited.label, style="bold"), cited))
    if shown.heading_path:
        console.print(Text(" › ".join(shown.heading_path), style="dim"))
    parent = document.unit(shown.parent) if shown.parent else None
    if parent is not None:
        console.print(Text(parent.text, style="dim"))
    console.print(Text(shown.text))
    depth = len(shown.address)
    for item in under(document, shown):
        line = Text(f"{'  ' * (len(item.address) - depth)}{item.text}")
        console.print(_mark(line, _as_cited(document, item), Caution.NOT_AGREED))
    spans = ", ".join(f"{span.start}-{span.end}" for span in shown.spans)
    console.print(Text(f"{document.file}, characters {spans}, sha256 {document.sha256}", style="dim"))


def document(console: Console, shown: Document) -> None:
    """What is known of a document, and its headings."""
    console.print(Text(shown.name, style="bold"))
    meta = shown.meta
    for field in fields(meta):
        value = getattr(meta, field.name)
        if value and field.name != "known":
            how = meta.known.get(field.name, "")
            said = value if isinstance(value, str) else "; ".join(value)
            name = field.name.replace("_", " ")
            console.print(Text.assemble(f"{name}: {said}", (f"  ({how})" if how else "", "dim")))
    for item in shown.units:
        if item.kind is Kind.HEADING:
            console.print(Text(f"{'  ' * len(item.heading_path)}{item.text}"))


def documents(console: Console, held: Sequence[Document], verdicts: Sequence[FileVerdict]) -> None:
    """One row a document, then a line for each file that is not wholly there."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in ("id", "cited as", "date", "units", "file"):
        table.add_column(column, overflow="fold")
    names = {item.id: item.name for item in held}
    for item in held:
        file = Text(item.file)
        if item.meta.other_names:
            file.append(f", also {', '.join(item.meta.other_names)}")
        if item.successor:
            file.append(f", superseded by {item.successor} ({names[item.successor]})", "yellow")
        table.add_row(Text(item.id), Text(item.name), Text(item.meta.date), str(len(item.units)), file)
    console.print(table)
    for verdict in verdicts:
        if verdict.reason:
            console.print(_verdict(verdict))


def _verdict(shown: FileVerdict) -> Text:
    former = " Its former version still answers." if shown.former else ""
    style = "" if shown.verdict is Verdict.INDEXED else "yellow" if shown.good else "red"
    return Text(f"{shown.verdict}: {shown.reason or shown.name}{former}", style=style)


def _page_states(shown: Document) -> list[str]:
    """One line for each state that pages are in: "text: pages 1-2, 8-40", "empty (no tesseract): page 3"."""
    states: dict[str, list[int]] = {}
    for page in shown.pages:
        states.setdefault(f"{page.state} ({page.gap})" if page.gap else page.state, []).append(page.n)
    return [f"{state}: {on_pages(pages)}" for state, pages in states.items()]


def _changes(item: Unit) -> list[tuple[str, str]]:
    """What tracked changes put into a unit and take out of it, in its order."""
    inserted = [(piece.start, "inserted", item.text[piece.start : piece.end]) for piece in item.inserted]
    deleted = [(each.at, "deleted", each.text) for each in item.deleted]
    return [(sign, written_out(text)) for _, sign, text in sorted((*inserted, *deleted), key=lambda each: each[0])]


def inspection(console: Console, shown: Document) -> None:
    """The units of a document in order, its furniture, and the two proofs."""
    console.print(Text(shown.name, style="bold"))
    for sentence in _page_states(shown):
        console.print(Text(sentence, style="dim"))
    for item in shown.units:
        mark = "counted, " if item.counted else ""
        verb = f", {item.verb}" if item.verb else ""
        console.print(
            Text.assemble((f"{item.label} ", "cyan"), (f"[{mark}{item.kind}{verb}] ", "dim"), _cut(item.text))
        )
        for piece in item.bracketed:
            console.print(Text.assemble(("    not agreed: ", "dim"), _cut(item.text[piece.start : piece.end])))
        for sign, text in _changes(item):
            console.print(Text.assemble((f"    {sign}: ", "dim"), _cut(text)))
    for mark_up in shown.furniture:
        if mark_up.kind not in ("markup", "list mark"):
            text = written_out(shown.text[mark_up.span.start : mark_up.span.end])
            console.print(Text.assemble((f"{mark_up.kind}: ", "dim"), _cut(text)))
    console.print(Text("\ncounted: a part of the address is TAQA's own counting and not printed", style="dim"))
    console.print(Text("not agreed: in square brackets, which is what they mean in a draft", style="dim"))
    console.print(Text("inserted, deleted: by tracked changes; what is deleted is no part of the text", style="dim"))
    console.print(Text("Numbering", style="bold"))
    for series in shown.series:
        faults = [f"missing {', '.join(series.gaps)}"] if series.gaps else []
        faults += [f"repeated or misprinted {', '.join(series.repeats)}"] if series.repeats else []
        state = "; ".join(faults) if faults else "whole"
        span = f"{series.numbers[0]}..{series.numbers[-1]}"
        console.print(Text(f"  {series.path}: {span}, {len(series.numbers)} numbers, {state}"))
    proof = conservation(shown)
    console.print(Text("Conservation", style="bold"))
    console.print(
        Text(
            f"  {proof.owned} of {proof.total} non-blank characters belong to exactly one unit or piece of furniture "
            f"({proof.share:.4%}); {len(proof.lost)} lost stretches, {len(proof.doubled)} owned twice"
        )
    )


def build_report(console: Console, report: BuildReport, index: Path) -> None:
    """What an ingest did, with the verdict on every file, the good ones first."""
    for verdict in sorted(report.verdicts, key=lambda verdict: (not verdict.good, bool(verdict.reason))):
        console.print(_verdict(verdict))
    index_report(console, report, index)


def growth(console: Console, found: Growth, index: Path) -> None:
    """The verdict on every document that was offered and where it is held, then what became of the index."""
    for taken in found.taken:
        line = _verdict(taken.verdict)
        if taken.placed:
            line.append(f" ({_FATES[taken.placed.fate].format(other=taken.placed.other)})", "dim")
        console.print(line)
    if found.report:
        index_report(console, found.report, index)
    else:
        console.print("Nothing was added.")


def passed_over(console: Console, names: Sequence[str]) -> None:
    """What stands in the folders that were added and was not read, in one line."""
    if names:
        shown = ", ".join(names[:MOST_NAMED]) + (f" and {len(names) - MOST_NAMED} more" * (len(names) > MOST_NAMED))
        never = "hidden files, README.md, LICENSE and manifest.json are never read"
        console.print(Text(f"Not read: {shown}. Name a folder to add its files; {never}."))


def removed(console: Console, names: Sequence[str], report: BuildReport, index: Path) -> None:
    """The files that were deleted, then what became of the index."""
    for name in names:
        console.print(Text(f"deleted: {name}"))
    index_report(console, report, index)


def index_report(console: Console, report: BuildReport, index: Path) -> None:
    """What became of the index, in one line."""
    if not report.built:
        console.print(f"The index in {index} is up to date: {len(report.kept)} documents, {report.rows} rows.")
        return
    parts = [
        f"{len(names)} {fate}"
        for fate, names in (("new", report.added), ("changed", report.changed), ("removed", report.removed))
        if names
    ]
    parts.append(f"{len(report.kept)} unchanged")
    if report.failed:
        parts.append(f"{len(report.failed)} not read")
    console.print(f"Indexed into {index}: {', '.join(parts)}; {report.embedded} of {report.rows} rows embedded.")


def _cut(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= SNIPPET else flat[:SNIPPET].rpartition(" ")[0] + " …"
