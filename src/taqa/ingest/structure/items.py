"""Items: of lists inside a paragraph, of lists that number themselves, with bullets, and rows of tables."""

from __future__ import annotations

from dataclasses import replace

from taqa.domain import Kind
from taqa.ingest.drafts import Draft
from taqa.ingest.formats.source import Row
from taqa.ingest.labels import Label, find_label
from taqa.ingest.lines import Line
from taqa.ingest.structure.automatic import given, set_off
from taqa.ingest.structure.lists import Place, list_readings
from taqa.ingest.structure.position import Beginning, Position

LOOK_AHEAD = 60
"""Lines in which the next label of a list is looked for."""


def read_item(at: Position, begun: Beginning) -> bool:
    """Open the item that a label numbers, if it does: one numbered by itself, or one of a list of letters."""
    return _numbered_item(at, begun) or _listed_item(at, begun)


def _numbered_item(at: Position, begun: Beginning) -> bool:
    """Open an item "3." outside the numbers of paragraphs, under the paragraph or the heading that it stands below.

    It is one where a list gives the number, or where a document without paragraph numbers has it due.
    """
    label, outer = begun.label, at.outer(None)
    if label is None or label.inserted:
        return False
    path = ", ".join(outer) or "items"
    if begun.told == "item":
        number = given(begun.line)
        value = number.value if number else None
    else:
        value = label.value("arabic")
        if at.paragraphs.numbered or at.sections.in_article or value not in (int(at.items.last(path) or 0) + 1, 1):
            return False
    if value is None:
        return False
    parent = at.paragraph if at.paragraph and outer == at.paragraph.address else None
    at.items.enter(path, str(value))
    at.lists.close()
    address = (*outer, f"item {value}")
    at.base = at.write(Kind.SUBPARAGRAPH, address, begun.line, parent=parent, label=label.text)
    return True


def _listed_item(at: Position, begun: Beginning) -> bool:
    """Open an item "(c)" where a list expects it, or begins, or where the label is certainly one."""
    label, line = begun.label, begun.line
    place = _place(at, begun)
    if label is None or place is None:
        return False
    parent = at.lists.parent(place, _list_base(at))
    outer = at.outer(parent)
    draft = at.write(Kind.SUBPARAGRAPH, (*outer, _marked(label)), line, parent=parent, label=label.text)
    at.lists.add(place, outer, draft, given(line), label.inserted)
    return True


def _place(at: Position, begun: Beginning) -> Place | None:
    label, number = begun.label, given(begun.line)
    if label is None:
        return None
    if label.inserted:
        return at.lists.inserted(label)
    unfinished = at.current is not None and at.current.announces and not _turns_page(at, begun, label)
    place = at.lists.by_level(number, label) if number else None
    place = place or at.lists.place(label, unfinished, lambda option: _goes_on(at, begun.i, option))
    return place or (at.lists.out_of_turn(label) if set_off(begun.line, label) else None)


def _turns_page(at: Position, begun: Beginning, label: Label) -> bool:
    """Whether the page ends between an item and the next one of its list: it ends in no stop, and announces nothing."""
    current = at.current
    if current is None or not begun.line.page_start or current.ending.endswith(":"):
        return False
    return at.lists.next_of(label, current)


def _goes_on(at: Position, i: int, place: Place) -> bool:
    """Whether the next label of the text carries this reading on."""
    for _, label in at.paper.below(i, i + LOOK_AHEAD):
        if readings := list_readings(label):
            return any((r.style, r.value) == (place.style, place.value + 1) for r in readings)
    return False


def _list_base(at: Position) -> Draft | None:
    """What a list hangs on: a run-in heading or the paragraph; None for a list straight under a section."""
    if at.current and at.current.kind is Kind.HEADING and at.current.parent is at.base:
        return at.current if at.base else None
    return at.lists.levels[0].item.parent if at.lists.levels else at.base


def read_first_item(at: Position, begun: Beginning) -> None:
    """Open the first item of a list on the line of the number that it stands under: "5. (a) Each Party shall"."""
    line, label, current = begun.line, begun.label, at.current
    inner = find_label(begun.after)
    whole = len(line.text) == line.end - line.start
    if inner is None or label is None or not whole or current is None or line is not current.lines[-1]:
        return
    if not inner.text.endswith(")") or not any(reading.value == 1 for reading in list_readings(inner)):
        return
    cut = line.start + label.length
    current.lines[-1] = replace(line, end=cut, text=line.text[: label.length])
    rest = replace(line, start=cut, text=begun.after, blank_before=True)
    _listed_item(at, Beginning(begun.i, rest, True, inner))


def read_bullet(at: Position, line: Line) -> None:
    """Open an item with a bullet."""
    outer = at.outer(at.base)
    address = (*outer, at.count(outer, "bullet"))
    at.write(Kind.SUBPARAGRAPH, address, line, parent=at.base, counted=True)


def read_row(at: Position, line: Line, row: Row) -> None:
    """Open a row of a table, under the rows that head it, which are one unit."""
    header = at.header if at.table == row.table else None
    if row.header and header is not None and at.current is header:
        at.append(line)
        return
    outer = at.outer(at.base if at.base and at.base.kind is not Kind.SUBPARAGRAPH else None)
    at.lists.close()
    address = (*outer, f"table {row.table}", "header" if row.header and row.row == 1 else f"row {row.row}")
    parent = None if row.header else header
    base = at.base
    draft = at.write(Kind.SUBPARAGRAPH if parent else Kind.UNNUMBERED, address, line, parent=parent, counted=True)
    at.base, at.table, at.header = base, row.table, draft if row.header else header


def _marked(label: Label) -> str:
    """The label of an item as its address has it: "(a)" for "a)" and "a.", "(a bis)" for "(a) bis"."""
    bare = label.text.strip("().")
    if not label.inserted:
        return f"({bare})"
    return f"({bare.split(')')[0].removesuffix(label.inserted).strip()} {label.inserted})"
