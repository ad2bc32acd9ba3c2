"""How fast PDF readers are, and how well paragraph numbers survive them.

    python benchmarks/pdf_readers.py DATA [--files 20] [--json FILE]

DATA is a folder of PDF files with a `manifest.tsv` (columns `file`, `numbered_paragraphs`; optional). Files are taken
evenly from the folder and read whole by each reader:

    pypdf           page.extract_text()
    pypdf layout    page.extract_text(extraction_mode="layout")
    pdfminer.six    extract_text, where it is installed (TAQA does not need it)
    PDFium          its own text of the page
    TAQA            PDFium's glyphs put in order by their places (taqa.ingest.formats.pdf)

For each it prints pages a second of processor time, and of the lines that open with a paragraph number ("12. Decides"):

    in order    those that go on from the number before or begin a series again, and their share of the manifest's count
    stray       the others: wrapped cross-references, cells of tables, numbers out of reading order
    agreed      share of the openings (number and three words) that most readers give, which this reader gives, too
    alone       openings that no other reader gives
"""

from __future__ import annotations

import argparse
import csv
import importlib.util
import io
import json
import logging
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from taqa.errors import CorpusError
from taqa.ingest.formats.pdf import read_pdf

OPENING = re.compile(r"^[ \t]*(\d{1,3})\.[ \t]+([^\W\d_].*)$", re.MULTILINE)
WORDS = 3
Reader = Callable[[bytes], str]


@dataclass(frozen=True, slots=True)
class Opening:
    """A line that opens with a paragraph number."""

    number: int
    words: str


@dataclass(slots=True)
class Row:
    """What one reader did."""

    reader: str
    pages_per_second: float
    in_order: int
    share: float | None
    stray: int
    agreed: float
    alone: int
    failed: int


def with_pypdf(content: bytes) -> str:
    """Text in the order in which the file draws it."""
    from pypdf import PdfReader

    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


def with_pypdf_layout(content: bytes) -> str:
    """Text set out with blanks as it stands on the page."""
    from pypdf import PdfReader

    return "\n".join(page.extract_text(extraction_mode="layout") for page in PdfReader(io.BytesIO(content)).pages)


def with_pdfminer(content: bytes) -> str:
    """Text as pdfminer.six lays it out."""
    from pdfminer.high_level import extract_text

    return str(extract_text(io.BytesIO(content)))


def with_pdfium(content: bytes) -> str:
    """PDFium's own text of a page."""
    import pypdfium2

    document = pypdfium2.PdfDocument(content)
    try:
        return "\n".join(page.get_textpage().get_text_range().replace("\r\n", "\n") for page in document)
    finally:
        document.close()


def with_taqa(content: bytes) -> str:
    """What TAQA makes of the places of the glyphs, furniture left out."""
    source = read_pdf(Path("file.pdf"), content)
    margins = [style for style in source.styles if style.kind in ("header", "footer", "table row", "contents")]
    text = list(source.text)
    for style in margins:
        text[style.start : style.end] = " " * (style.end - style.start)
    return "".join(text)


READERS: dict[str, Reader] = {
    "pypdf": with_pypdf,
    "pypdf layout": with_pypdf_layout,
    "pdfminer.six": with_pdfminer,
    "PDFium": with_pdfium,
    "TAQA": with_taqa,
}


def openings(text: str) -> list[Opening]:
    """Lines that open with a paragraph number."""
    return [
        Opening(int(match.group(1)), " ".join(re.findall(r"\w+", match.group(2))[:WORDS]).casefold())
        for match in OPENING.finditer(text)
    ]


def in_order(found: Sequence[Opening]) -> int:
    """How many go on from the number before or begin a series again."""
    last = count = 0
    for opening in found:
        if opening.number in (last + 1, 1):
            last = opening.number
            count += 1
    return count


def sample(folder: Path, files: int) -> list[Path]:
    """Files taken evenly from all PDF files below a folder."""
    paths = sorted(folder.rglob("*.pdf"))
    step = max(1, len(paths) // files) if files else 1
    return paths[::step][: files or None]


def counts(folder: Path) -> dict[str, int]:
    """Numbered paragraphs of each file by its name, as the manifest has them."""
    manifest = folder / "manifest.tsv"
    if not manifest.exists():
        return {}
    with manifest.open(encoding="utf-8", newline="") as file:
        return {Path(row["file"]).name: int(row["numbered_paragraphs"]) for row in csv.DictReader(file, delimiter="\t")}


def pages_of(content: bytes) -> int:
    """Number of pages of a PDF."""
    import pypdfium2

    document = pypdfium2.PdfDocument(content)
    try:
        return len(document)
    finally:
        document.close()


def measure(paths: Sequence[Path], readers: dict[str, Reader], known: dict[str, int]) -> Iterator[Row]:
    """One row for each reader."""
    found: dict[str, dict[Path, list[Opening]]] = {name: {} for name in readers}
    seconds: Counter[str] = Counter()
    failed: Counter[str] = Counter()
    pages = 0
    for path in paths:
        content = path.read_bytes()
        pages += pages_of(content)
        for name, reader in readers.items():
            begun = time.process_time()
            try:
                text = reader(content)
            except (CorpusError, ValueError, KeyError, TypeError, AttributeError):
                text = ""
                failed[name] += 1
            seconds[name] += time.process_time() - begun
            found[name][path] = openings(text)
    for name in readers:
        ordered = {path: in_order(found[name][path]) for path in paths}
        counted = sum(known.get(path.name, 0) for path in paths)
        agreed = total = alone = 0
        for path in paths:
            votes = Counter(opening for other in readers for opening in set(found[other][path]))
            own = set(found[name][path])
            common = {opening for opening, count in votes.items() if 2 * count > len(readers)}
            agreed, total = agreed + len(common & own), total + len(common)
            alone += sum(votes[opening] == 1 for opening in own)
        yield Row(
            name,
            pages / seconds[name],
            sum(ordered.values()),
            sum(ordered.values()) / counted if counted else None,
            sum(len(found[name][path]) - ordered[path] for path in paths),
            agreed / total if total else 1.0,
            alone,
            failed[name],
        )


def readable(path: Path) -> bool:
    """Whether PDFium opens the file: the readers are compared on whole files only."""
    import pypdfium2

    try:
        pages_of(path.read_bytes())
    except pypdfium2.PdfiumError:
        return False
    return True


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="PDF readers: speed, and how paragraph numbers survive")
    parser.add_argument("data", type=Path)
    parser.add_argument("--files", type=int, default=20, help="files taken evenly from the folder; 0: all")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    logging.disable(logging.CRITICAL)
    paths = [path for path in sample(options.data, options.files) if readable(path)]
    if not paths:
        raise SystemExit(f"There is no PDF file in {options.data}.")
    readers = dict(READERS)
    if importlib.util.find_spec("pdfminer") is None:
        print("pdfminer.six is not installed and left out (pip install pdfminer.six)")
        del readers["pdfminer.six"]
    rows = list(measure(paths, readers, counts(options.data)))
    print(f"{len(paths)} files, numbers of manifest.tsv: {sum(counts(options.data).get(p.name, 0) for p in paths)}")
    heads = ("pages/s", "in order", "share", "stray", "agreed", "alone", "failed")
    print(f"{'reader':14}" + "".join(f"{head:>9}" for head in heads))
    for row in rows:
        share = f"{row.share:9.3f}" if row.share is not None else f"{'-':>9}"
        print(
            f"{row.reader:14}{row.pages_per_second:9.1f}{row.in_order:9}{share}{row.stray:9}{row.agreed:9.3f}"
            f"{row.alone:9}{row.failed:9}"
        )
    if options.json:
        options.json.write_text(json.dumps([asdict(row) for row in rows], indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
