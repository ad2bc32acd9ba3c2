"""Numbers that TAQA reads off papers against listings made by eye, and whether anything of any file is lost.

`numbering/gold/*.tsv` list the numbered paragraphs and items of one file each: the address as an editor prints it,
and the first words. The first line names the file below DATA. Headings, notes, rows of tables and quoted provisions are
not listed. A unit is right when its address and first words are those of a row; what TAQA itself counts ("unnumbered
para. 2"), and headings without effect on numbers, are no part of an address here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from taqa.domain import Document, Kind, Unit
from taqa.errors import TaqaError
from taqa.ingest import read_document
from taqa.ingest.proofs import conservation
from taqa.references import label

GOLD = Path(__file__).parent / "numbering" / "gold"
NUMBERED = (Kind.PARAGRAPH, Kind.CHAPEAU, Kind.SUBPARAGRAPH)
COUNTED = re.compile(r"^(?:unnumbered|preambular) para\. \d+$|^bullet \d+$|^“|^sect\. ")
SUFFIXES = (".md", ".txt", ".pdf", ".docx", ".html", ".odt", ".xml")
Row = tuple[str, str]


def letters(text: str) -> str:
    return re.sub(r"[\W_]", "", text.casefold())


def listed(path: Path) -> tuple[str, list[Row]]:
    """The file that a listing is of, and its rows."""
    first, *lines = path.read_text(encoding="utf-8").splitlines()
    rows = [(address, words) for address, _, words in (line.partition("\t") for line in lines)]
    return first.removeprefix("# "), rows


def read(document: Document) -> list[tuple[str, str]]:
    """Address and text of every unit that has a printed number."""
    own = [unit for unit in document.units if unit.kind in NUMBERED and unit.body]
    return [(stated(unit), letters(unit.text[unit.body :])) for unit in own]


def stated(unit: Unit) -> str:
    """The address of a unit without what is counted or titled in it."""
    return label(tuple(part for part in unit.address if not COUNTED.match(part)))


def compare(rows: Sequence[Row], units: Sequence[tuple[str, str]]) -> tuple[int, list[str], list[str]]:
    """How many are right; those read that are not listed, and those listed that are not read."""
    waiting: dict[str, list[str]] = {}
    for address, words in rows:
        waiting.setdefault(address, []).append(letters(words))
    right, wrong = 0, []
    for address, text in units:
        words = next((words for words in waiting.get(address, ()) if text.startswith(words)), None)
        if words is None:
            wrong.append(f"{address} {text[:40]}")
        else:
            waiting[address].remove(words)
            right += 1
    return right, wrong, [f"{address} {words}" for address, left in waiting.items() for words in left]


def report_gold(data: Path, show: int) -> None:
    """Print precision and recall of each listed file and of all."""
    total: Counter[str] = Counter()
    print(f"\n{'listed by eye':32} {'listed':>7} {'read':>6} {'right':>6} {'prec.':>7} {'recall':>7}")
    for path in sorted(GOLD.glob("*.tsv")):
        name, rows = listed(path)
        if not (data / name).exists():
            print(f"{path.stem:32} skipped: {name} is not there")
            continue
        units = read(read_document(data / name))
        right, wrong, missed = compare(rows, units)
        total.update(listed=len(rows), read=len(units), right=right)
        print(_line(path.stem, len(rows), len(units), right))
        for fault in [*(f"wrong: {w}" for w in wrong), *(f"missed: {m}" for m in missed)][:show]:
            print(f"    {fault}")
    print(_line("all", total["listed"], total["read"], total["right"]))


def _line(name: str, listed: int, read: int, right: int) -> str:
    return f"{name:32} {listed:7} {read:6} {right:6} {right / max(1, read):7.4f} {right / max(1, listed):7.4f}"


def report_conservation(data: Path) -> None:
    """Print for how many files every character is in exactly one place, and name the others."""
    whole, files, characters = 0, 0, 0
    folders = [data / name for name in ("treaties", "docx", "pdf")]
    for path in sorted(path for folder in folders for path in folder.rglob("*") if path.suffix in SUFFIXES):
        try:
            proof = conservation(read_document(path))
        except TaqaError as error:
            print(f"    {path.relative_to(data)}: {error}")
            continue
        files, characters = files + 1, characters + proof.total
        if proof.share == 1.0 and not proof.doubled:
            whole += 1
        else:
            print(f"    {path.relative_to(data)}: {proof.share:.6f}, {len(proof.doubled)} owned twice")
    print(f"Conservation: {whole} of {files} files whole, {characters} characters")
