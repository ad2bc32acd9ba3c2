"""Footnotes as units: each under the unit that calls it, told from those with the same mark by its scope.

A footnote that nothing calls stands under the decision, annex or article that it is printed in. Where marks begin anew
on each page or in each table, the address says on which page, else in which series, a footnote stands.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence

from taqa.domain import Kind, Page, Series
from taqa.ingest.drafts import Draft
from taqa.ingest.footnotes import Note

MARK_REACH = 12
"""Characters after a line in which a mark still belongs to it: markup may stand between."""


def note_drafts(drafts: Sequence[Draft], notes: Sequence[Note], pages: Sequence[Page] = ()) -> list[Draft]:
    """Footnotes as drafts, in order of the text; no two have the same address."""
    holder, starts = _holders(drafts), [draft.lines[0].start for draft in drafts]
    made: list[Draft] = []
    for note in notes:
        caller = holder(note.called_at.start) if note.called_at else None
        before = bisect_right(starts, note.lines[0].start) - 1
        above = caller or (drafts[before] if before >= 0 else None)
        part = above.part if above else ()
        scope = caller.address if caller else part
        headings = caller.headings if caller else above.headings[: len(part)] if above else ()
        address = (*scope, f"footnote {note.mark.replace('∗', '*')}")
        counted = bool(caller and caller.counted)
        made.append(Draft(Kind.FOOTNOTE, address, caller, headings, note.mark, list(note.lines), counted, part=part))
    _tell_apart_by_page(made, pages)
    _tell_apart_by_series(made)
    return made


def _holders(drafts: Sequence[Draft]) -> Callable[[int], Draft | None]:
    """A look-up: place in the source -> the draft whose line it stands in, or just after ("Protocol.</b>2")."""
    places = sorted(((line.start, line.end, n) for n, draft in enumerate(drafts) for line in draft.lines))
    starts = [start for start, _, _ in places]

    def holder(at: int) -> Draft | None:
        found = bisect_right(starts, at) - 1
        if found < 0 or at >= places[found][1] + MARK_REACH:
            return None
        return drafts[places[found][2]]

    return holder


def _repeated(made: Sequence[Draft]) -> list[list[Draft]]:
    """Footnotes of one address each, where there is more than one."""
    groups: dict[tuple[str, ...], list[Draft]] = {}
    for draft in made:
        groups.setdefault(draft.address, []).append(draft)
    return [group for group in groups.values() if len(group) > 1]


def _tell_apart_by_page(made: Sequence[Draft], pages: Sequence[Page]) -> None:
    starts = [page.start for page in pages]
    for group in _repeated(made) if pages else ():
        found = [pages[bisect_right(starts, draft.lines[0].start) - 1].n for draft in group]
        if len(set(found)) > 1:
            for draft, page in zip(group, found, strict=True):
                _put_in(draft, f"page {page}")


def _tell_apart_by_series(made: Sequence[Draft]) -> None:
    for group in _repeated(made):
        for n, draft in enumerate(group[1:], start=2):
            _put_in(draft, f"series {n}")


def _put_in(draft: Draft, scope: str) -> None:
    """Put one more step before the mark: pages of the file and series are TAQA's own counting."""
    *outer, mark = draft.address
    draft.address, draft.counted = (*outer, scope, mark), True


def note_series(made: Sequence[Draft]) -> list[Series]:
    """The numbers of footnotes as they run: where they begin anew, in another decision or on another page, apart."""
    found: list[tuple[str, list[int]]] = []
    for draft in made:
        if not draft.label.isdigit():
            continue
        number = int(draft.label)
        if not found or number <= found[-1][1][-1]:
            found.append((", ".join((*draft.part, "footnotes")), []))
        found[-1][1].append(number)
    names = [name for name, _ in found]
    return [
        Series(
            name if name not in names[:n] else f"{name}, series {names[:n].count(name) + 1}",
            tuple(map(str, numbers)),
            tuple(str(missing) for missing in range(numbers[0], numbers[-1]) if missing not in numbers),
        )
        for n, (name, numbers) in enumerate(found)
    ]
