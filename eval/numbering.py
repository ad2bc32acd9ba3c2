"""Numbers that TAQA reads off Word regulations against those their publisher prints, and off papers listed by eye.

    python eval/numbering.py DATA [--show N] [--only gold|published|conservation]

DATA holds `docx/adgm_regulations/*.docx` and `qa/obliqa/corpus.jsonl.gz`: one published passage a line, with its
document (`doc`), its number (`title`, as "4.2.1.(3)") and its text. Passages are found in the Word file by their words
alone, in order; then numbers are compared. Two things are counted: the number printed on the paragraph itself
("(3)"), and the whole address ("4.2.1 (3)") where the passage's number states one.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from numbering_gold import report_conservation, report_gold

from taqa.domain import Document, Kind, Unit
from taqa.ingest import read_document

KEY = 40
"""Letters by which a passage is found."""
LEAST = 12
"""A shorter beginning finds nothing: "Application" stands everywhere."""
COMMON = 0.5
"""Share of a file's passages that must be in a document for the two to be the same."""
NUMBER = re.compile(r"\(?[0-9]+[A-Z]?\)?|\([a-z]{1,5}\)|(?<![A-Za-z])(?:[A-Z]\d*|[a-z])(?![A-Za-z])")
WORDS = re.compile(r"\b(?:app|part|chapter|section|schedule)\.?[ \u00a0]*(?:\d+|[IVXLC]+)?\.?(?=\D|$)", re.IGNORECASE)
"""Divisions around a number, which an address need not state."""
COUNTED = re.compile(r"“[^”]*”|(?:unnumbered para\.|bullet|heading) \d+")
SIDE = re.compile(r"guidance|note", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Passage:
    number: str
    text: str


@dataclass(slots=True)
class Count:
    """What came of the passages of one document."""

    published: int = 0
    absent: int = 0
    unnumbered: int = 0
    right: int = 0
    wrong: int = 0
    missed: int = 0
    placed: int = 0
    misplaced: int = 0
    faults: list[str] = field(default_factory=list)

    def add(self, other: Count) -> None:
        for name in ("published", "absent", "unnumbered", "right", "wrong", "missed", "placed", "misplaced"):
            setattr(self, name, getattr(self, name) + getattr(other, name))

    @property
    def precision(self) -> float:
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        return self.right / max(1, self.right + self.wrong + self.missed)

    @property
    def addressed(self) -> float:
        return self.placed / max(1, self.placed + self.misplaced)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--show", type=int, default=0, help="print this many faults of each document")
    parser.add_argument("--only", choices=("gold", "published", "conservation"), help="one part instead of all three")
    options = parser.parse_args()
    if options.only in (None, "published"):
        report_published(options.data, options.show)
    if options.only in (None, "gold"):
        report_gold(options.data, options.show)
    if options.only in (None, "conservation"):
        report_conservation(options.data)
    return 0


def report_published(data: Path, show: int) -> None:
    """Print how the numbers of each regulation compare."""
    files = sorted((data / "docx" / "adgm_regulations").glob("*.docx"))
    corpus = data / "qa" / "obliqa" / "corpus.jsonl.gz"
    if not files or not corpus.exists():
        print(f"Skipped: {data} holds no Word regulations with published numbers.")
        return
    published = read_corpus(corpus)
    total = Count()
    print(f"{'file':44} {'passages':>8} {'found':>6} {'prec.':>7} {'recall':>7} {'address':>8}")
    for path in files:
        document = read_document(path)
        passages = matching(document, published)
        if not passages:
            print(f"{path.name[:44]:44} has no published numbers")
            continue
        count = compare(document, passages)
        total.add(count)
        print(line(path.name, count))
        for fault in count.faults[:show]:
            print(f"    {fault}")
    print(line("all", total))
    print(
        f"{total.published} passages, {total.absent} not in the files, {total.unnumbered} without a number;"
        f" {total.right} numbers right, {total.wrong} wrong, {total.missed} missed"
    )


def line(name: str, count: Count) -> str:
    found = count.right + count.wrong + count.missed
    rates = f"{count.precision:7.4f} {count.recall:7.4f} {count.addressed:8.4f}"
    return f"{name[:44]:44} {count.published:8} {found:6} {rates}"


def read_corpus(path: Path) -> Mapping[str, Sequence[Passage]]:
    """Passages by document, in the order in which they are published."""
    found: dict[str, list[Passage]] = defaultdict(list)
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        for row in map(json.loads, stream):
            found[row["doc"]].append(Passage(row["title"].strip(), row["text"]))
    return found


def letters(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.casefold())


def bodies(document: Document) -> list[tuple[Unit, str]]:
    """Units with a text of their own, without their labels."""
    return [
        (unit, letters(unit.text[unit.body :]))
        for unit in document.units
        if unit.kind is not Kind.FOOTNOTE and not any(part.startswith("table ") for part in unit.address)
    ]


def matching(document: Document, published: Mapping[str, Sequence[Passage]]) -> Sequence[Passage]:
    """The passages of the document that a file is, () where it is none of them."""
    known = {body[:KEY] for _, body in bodies(document) if len(body) >= LEAST}

    def share(passages: Sequence[Passage]) -> float:
        return sum(any(key in known for key in keys(p.text)) for p in passages) / (len(passages) + 5)

    def keys(text: str) -> list[str]:
        return [letters(piece)[:KEY] for piece in (text, *re.split(r"\n|\.\s|\t", text)[1:4])]

    best = max(published.values(), key=share)
    return best if share(best) >= COMMON else ()


def candidates(text: str, places: Mapping[str, Sequence[int]], headings: frozenset[str]) -> list[int]:
    """Units that a passage may be: those that begin as it does, after the headings that are published with it."""
    whole = letters(text)
    begins, waiting = {whole}, [whole]
    while waiting and whole not in headings:
        longer = waiting.pop()
        shorter = {longer[n:] for n in range(4, min(len(longer), 160)) if longer[:n] in headings} - begins
        begins |= shorter
        waiting += shorter
    found: set[int] = set()
    for begin in begins:
        if len(begin) >= LEAST or begin == whole:
            sizes = range(min(KEY, len(begin)), LEAST - 1, -1) if len(begin) >= LEAST else [len(begin)]
            found.update(next((hits for n in sizes if (hits := places.get(begin[:n]))), ()))
    if not found:  # something stands before the text that is no heading in the file
        pieces = (letters(text[match.end() :]) for match in re.finditer(r"\n|\.\s|\t", text))
        found = set(next((hits for p in pieces if len(p) >= LEAST and (hits := places.get(p[:KEY]))), ()))
    return sorted(found)


def aligned(options: Sequence[Sequence[int]]) -> dict[int, int]:
    """Passage -> unit: the longest choice in which both run in the same order."""
    tails: list[tuple[int, int, int]] = []  # last unit of a chain, its place in `links`, its passage
    links: list[tuple[int, int, int]] = []  # passage, unit, the link before
    for passage, units in enumerate(options):
        for unit in sorted(units, reverse=True):
            at = bisect_left(tails, (unit, -1, -1))
            if at and tails[at - 1][2] == passage:
                continue
            links.append((passage, unit, tails[at - 1][1] if at else -1))
            tails[at : at + 1] = [(unit, len(links) - 1, passage)]
    found: dict[int, int] = {}
    link = tails[-1][1] if tails else -1
    while link >= 0:
        passage, unit, link = links[link]
        found[passage] = unit
    return found


def compare(document: Document, passages: Sequence[Passage]) -> Count:
    """Find each passage by its words, then compare its number with the unit's."""
    units = bodies(document)
    places: dict[str, list[int]] = defaultdict(list)
    for i, (_, body) in enumerate(units):
        if body:
            places[body[:KEY]].append(i)
    headings = frozenset(body for unit, body in units if unit.kind is Kind.HEADING and len(body) > 3)
    options: list[Sequence[int]] = []
    for passage in passages:
        found = candidates(passage.text, places, headings)
        texts = [i for i in found if units[i][0].kind is not Kind.HEADING]
        options.append(texts if letters(passage.text) not in headings and texts else found)
    count, chosen = Count(published=len(passages)), aligned(options)
    for n, passage in enumerate(passages):
        if n in chosen:
            judge(count, passage, units[chosen[n]][0])
        else:
            count.absent += 1
            count.faults.append(f"absent: {passage.number} {passage.text[:60]!r}")
    return count


def judge(count: Count, passage: Passage, unit: Unit) -> None:
    """Compare the number printed on a paragraph; where it has none, that of what it stands under."""
    published = parts(passage.number)
    if not published or SIDE.search(passage.number.split(".")[-1]):
        count.unnumbered += 1
        return
    if unit.kind is Kind.HEADING and not unit.body:
        count.unnumbered += 1  # the number is that of the rule below the heading
        return
    address = parts(" ".join(COUNTED.sub(" ", part) for part in unit.address))
    own = parts(unit.text[: unit.body])
    if not own and SIDE.search(passage.number):
        count.unnumbered += 1  # the file does not number its guidance here, the data set does
        return
    read = own or address
    shown = f"{passage.number} read as {unit.label!r} ({unit.text[:50]!r})"
    if not read:
        count.missed += 1
        count.faults.append(f"missed: {shown}")
    elif published[-len(read) :] == read or read[-len(published) :] == published:
        count.right += 1
        placed = address[-len(published) :] == published
        count.placed += placed
        count.misplaced += not placed
        if not placed:
            count.faults.append(f"misplaced: {shown}")
    else:
        count.wrong += 1
        count.faults.append(f"wrong: {shown}")


def parts(number: str) -> list[str]:
    """The numbers and letters of an address, from the outside in: "APP2.A2.1.(a)" -> A2, 1, a."""
    return [match.group().strip("()") for match in NUMBER.finditer(WORDS.sub(" ", number))]


if __name__ == "__main__":
    sys.exit(main())
