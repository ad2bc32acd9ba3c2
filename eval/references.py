"""References found in running text, and where they lead, against those that were read by eye.

    python eval/references.py DATA [--show N]

`references/gold.jsonl` has a line for each paragraph: its file (in DATA, or in `corpus/`), its first words, and the key
of every mention in it, in order. A mention counts as right when its kind of place, number and document or treaty are
those of the gold: the whole key. All files are read as one corpus; files of DATA that are absent are named and left
out. Paragraphs of the set "tuned" were read while the rules were made; "fresh1" and then "fresh2" afterwards, each
before the rules were mended after it.

`references/leads.jsonl` has a line for each of some mentions: where it is printed (`at` ends with it; `member` tells
which one of a range), and the file and the unit that it leads to (how the unit begins), the file alone where that is
the document as a whole, or `why` it leads nowhere. Leading to anything else is wrong, leading nowhere is missed. The
sets "leads1", "leads2", … were drawn at random, read, and then used for mending, one after the other.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from taqa.domain import Document, Unit
from taqa.ingest import read_document, scan
from taqa.references import Incoming, incoming

HERE = Path(__file__).parent
CORPUS = HERE.parent / "corpus"
GOLD = HERE / "references" / "gold.jsonl"
LEADS = HERE / "references" / "leads.jsonl"
_BEGINNING = 70
"""Characters by which a unit is told; a shorter beginning is the whole of it."""


@dataclass(frozen=True, slots=True)
class Read:
    """A paragraph that was read: where it is, how it begins, the keys of its mentions."""

    part: str
    file: str
    words: str
    mentions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Led:
    """A mention whose target was read: its place, and the file and unit that it leads to; no file where it is nothing.

    Without `begins` it leads to the document as a whole.
    """

    part: str
    file: str
    words: str
    at: str
    member: str
    to: str
    label: str
    begins: str


@dataclass(frozen=True, slots=True)
class Compared:
    """How many mentions of a paragraph are right, and which keys are wrong or missed."""

    right: int
    wrong: tuple[str, ...]
    missed: tuple[str, ...]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--show", type=int, default=20, help="print this many faults")
    options = parser.parse_args()
    if not options.data.is_dir():
        print(f"Skipped: {options.data} is no folder; name the one that holds treaties/ and pdf/.")
        return 0
    gold, leads = read_gold(GOLD), read_leads(LEADS)
    files = {row.file for row in (*gold, *leads)} | {row.to for row in leads if row.to}
    documents = read_documents(sorted(files), options.data)
    for file in sorted(files - set(documents)):
        print(f"left out, not there: {file}")
    if not documents:
        print("Skipped: none of the files is there.")
        return 0
    found = incoming(tuple(documents.values()))
    report(gold, documents, found, options.show)
    report_leads(leads, documents, found, options.show)
    return 0


def report(gold: Sequence[Read], documents: Mapping[str, Document], found: Sequence[Incoming], show: int) -> None:
    """Print what came of each file and of each set, then the first faults."""
    by_file: dict[str, Counter[str]] = {}
    by_set: dict[str, Counter[str]] = {}
    faults: list[str] = []
    for row in gold:
        if row.file not in documents:
            continue
        compared = compare(row, documents[row.file], found)
        counts = Counter(
            read=len(row.mentions), right=compared.right, wrong=len(compared.wrong), missed=len(compared.missed)
        )
        for table, key in ((by_file, row.file), (by_set, row.part), (by_set, "all")):
            table.setdefault(key, Counter()).update(counts)
        faults += [f"wrong   {row.file}: “{row.words}”: {key}" for key in compared.wrong]
        faults += [f"missed  {row.file}: “{row.words}”: {key}" for key in compared.missed]
    print(f"{'file':58} {'read':>5} {'right':>6} {'wrong':>6} {'missed':>7}")
    for file, own in by_file.items():
        print(f"{file:58} {own['read']:5} {own['right']:6} {own['wrong']:6} {own['missed']:7}")
    for fault in faults[:show]:
        print(fault)
    for part, own in by_set.items():
        precision = own["right"] / max(1, own["right"] + own["wrong"])
        recall = own["right"] / max(1, own["read"])
        print(f"{part:6} {own['read']:4} mentions read by eye; precision {precision:.4f}, recall {recall:.4f}")


def report_leads(leads: Sequence[Led], documents: Mapping[str, Document], found: Sequence[Incoming], show: int) -> None:
    """Print where mentions lead in each set, then the first faults."""
    by_set: dict[str, Counter[str]] = {}
    faults: list[str] = []
    for row in leads:
        if row.file not in documents or (row.to and row.to not in documents):
            continue
        item = mention(row, documents[row.file], found)
        led = item is not None and item.target is not None and not item.reason
        right = item is not None and led and bool(row.to) and is_there(row, documents[row.to], item)
        came = "right" if right else "wrong" if led else "missed" if row.to else "none"
        for part in (row.part, "all"):
            by_set.setdefault(part, Counter()).update({came: 1, "read": 1, "held": bool(row.to)})
        if came in ("wrong", "missed"):
            got = (
                "not found"
                if item is None
                else item.reason or f"{item.target and item.target.name} {item.unit_to}"[:90]
            )
            faults.append(f"{came:7} {row.file}: “{row.at}”: {row.to or 'nowhere'} {row.label}; is: {got}")
    for fault in faults[:show]:
        print(fault)
    for part, own in by_set.items():
        precision = own["right"] / max(1, own["right"] + own["wrong"])
        recall = own["right"] / max(1, own["held"])
        print(
            f"{part:6} {own['read']:4} mentions, {own['held']} with a target that is held; "
            f"targets: precision {precision:.4f}, recall {recall:.4f}"
        )


def mention(row: Led, document: Document, found: Sequence[Incoming]) -> Incoming | None:
    """The mention that was read; of the members of a range the one that it names."""
    unit = beginning(document, row.words)
    place = unit.text.find(row.at) if unit else -1
    if unit is None or place < 0:
        return None
    here = [i for i in found if i.document is document and i.unit is unit and i.end == place + len(row.at)]
    named = [item for item in here if item.path[-1] == row.member]
    return (named or here or [None])[0]


def is_there(row: Led, document: Document, item: Incoming) -> bool:
    """Whether a mention leads where the gold says."""
    if item.target is not document or item.unit_to is None or not row.begins:
        return item.target is document and item.unit_to is None and not row.begins
    text = item.unit_to.text
    return text.startswith(row.begins) if len(row.begins) == _BEGINNING else text == row.begins


def read_leads(path: Path) -> list[Led]:
    rows = (json.loads(line) for line in path.read_text("utf-8").splitlines() if line)
    names = ("to", "label", "begins")
    return [
        Led(row["set"], row["file"], row["words"], row["at"], row["member"], *(row.get(name, "") for name in names))
        for row in rows
    ]


def read_gold(path: Path) -> list[Read]:
    rows = (json.loads(line) for line in path.read_text("utf-8").splitlines() if line)
    return [Read(row["set"], row["file"], row["words"], tuple(row["mentions"])) for row in rows]


def read_documents(files: Sequence[str], data: Path) -> dict[str, Document]:
    """The documents of those files that are there; those of the corpus with what its manifest says."""
    documents: dict[str, Document] = {}
    held = {file.name: file for file in scan(CORPUS).files}
    for file in files:
        name = file.removeprefix("corpus/")
        if file.startswith("corpus/") and name in held:
            documents[file] = read_document(held[name].path, held[name].entry)
        elif (data / file).is_file():
            documents[file] = read_document(data / file)
    return documents


def compare(row: Read, document: Document, found: Sequence[Incoming]) -> Compared:
    """The mentions of a paragraph against those that were read; all are missed where it does not begin a unit."""
    unit = beginning(document, row.words)
    keys = Counter(item.key for item in found if item.document is document and item.unit is unit)
    wanted = Counter(row.mentions)
    right = sum((keys & wanted).values())
    return Compared(right, tuple((keys - wanted).elements()), tuple((wanted - keys).elements()))


def beginning(document: Document, words: str) -> Unit | None:
    return next((unit for unit in document.units if unit.text.startswith(words)), None)


if __name__ == "__main__":
    sys.exit(main())
