"""Files made worse: from good ones, by a seed, always alike.

python eval/mutants.py FILE...  prints what each kind makes of each file, by its hash
"""

from __future__ import annotations

import hashlib
import io
import random
import sys
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

MOST_FLIPS = 64
LARGEST_BLOCK = 4096
SHORT = 60
"""Characters of a line that is made a heading."""
INNER_SHARE = 0.6
"""Of the mutants of an archive, those made inside it: any other change breaks its checksums and is found at once."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A file: its name and its bytes."""

    name: str
    data: bytes

    @property
    def suffix(self) -> str:
        return Path(self.name).suffix.lower()


def mutants(good: Sequence[Sample], count: int, seed: int) -> Iterator[Sample]:
    """So many files, each made from a good one (a splice from two of one format); as many of each format."""
    source = random.Random(seed)
    formats: dict[str, list[Sample]] = {}
    for sample in good:
        formats.setdefault(sample.suffix, []).append(sample)
    for number in range(count):
        alike = formats[source.choice(sorted(formats))]
        sample, partner = source.choice(alike), source.choice(alike)
        packed = sample.data.startswith(b"PK") and source.random() < INNER_SHARE
        kind = "inner" if packed else source.choice(sorted(KINDS))
        made = KINDS[kind](source, sample.data, partner.data)
        yield Sample(f"{number:05}-{kind}{sample.suffix}", made)


def dressed(text: Sample) -> Iterator[Sample]:
    """A text as files of formats that few public sets have: HTML with a table, OpenDocument, Akoma Ntoso."""
    lines = [line.lstrip("# ") for line in text.data.decode("utf-8", "replace").split("\n") if line.strip()]
    lines = [escape(line, quote=False) for line in lines]
    name = Path(text.name).stem
    rows = "".join(f"<tr><td>{n}</td><td>{line[:60]}</td></tr>" for n, line in enumerate(lines[:20]))
    body = "".join(f"<h2>{line}</h2>" if len(line) < SHORT else f"<p>{line}</p>" for line in lines)
    page = f"<!doctype html><html><head><title>{name}</title></head><body>{body}<table>{rows}</table></body></html>"
    yield Sample(f"{name}.html", page.encode())
    yield Sample(f"{name}.odt", _odt(lines))
    item = "<paragraph><num>{0}.</num><content><p>{1}</p></content></paragraph>"
    items = "".join(item.format(n, line) for n, line in enumerate(lines, start=1))
    act = f"<article><num>Article 1</num>{items}</article>"
    space = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
    yield Sample(f"{name}.xml", f'<akomaNtoso xmlns="{space}"><act><body>{act}</body></act></akomaNtoso>'.encode())


def _odt(lines: Sequence[str]) -> bytes:
    names = ("office", "text", "table", "style")
    spaces = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in names)
    levels = '<text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>'
    style = f'<text:list-style style:name="L">{levels}</text:list-style>'
    style = f"<office:automatic-styles>{style}</office:automatic-styles>"
    items = "".join(f"<text:list-item><text:p>{line}</text:p></text:list-item>" for line in lines)
    cells = "".join(f"<table:table-cell><text:p>{line[:40]}</text:p></table:table-cell>" for line in lines[:4])
    table = f"<table:table>{f'<table:table-row>{cells}</table:table-row>' * 3}</table:table>"
    body = f'<text:p>{lines[0]}</text:p><text:list text:style-name="L">{items}</text:list>{table}'
    content = f"<office:document-content {spaces}>{style}<office:body><office:text>{body}</office:text></office:body>"
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("mimetype"), "application/vnd.oasis.opendocument.text")
        archive.writestr(zipfile.ZipInfo("content.xml"), f"{content}</office:document-content>", zipfile.ZIP_DEFLATED)
    return made.getvalue()


def flips(source: random.Random, data: bytes, _: bytes) -> bytes:
    """Some bytes changed, in one bit or wholly."""
    made = bytearray(data)
    for _ in range(source.randint(1, MOST_FLIPS) if made else 0):
        at = source.randrange(len(made))
        made[at] = made[at] ^ (1 << source.randrange(8)) if source.random() < 0.5 else source.randrange(256)
    return bytes(made)


def truncation(source: random.Random, data: bytes, _: bytes) -> bytes:
    """The beginning, or the end."""
    at = source.randint(0, len(data))
    return data[:at] if source.random() < 0.8 else data[at:]


def swap(source: random.Random, data: bytes, _: bytes) -> bytes:
    """Two blocks in each other's place."""
    size = source.randint(1, max(1, min(LARGEST_BLOCK, len(data) // 3)))
    first, second = sorted(source.randint(0, max(0, len(data) - size)) for _ in range(2))
    second = max(second, first + size)
    one, other = data[first : first + size], data[second : second + size]
    return data[:first] + other + data[first + size : second] + one + data[second + size :]


def splice(source: random.Random, data: bytes, partner: bytes) -> bytes:
    """The beginning of one file and the end of another."""
    return data[: source.randint(0, len(data))] + partner[source.randint(0, len(partner)) :]


def repetition(source: random.Random, data: bytes, _: bytes) -> bytes:
    """A block many times over, or zeros in its place."""
    at = source.randint(0, len(data))
    block = data[at : at + source.randint(1, LARGEST_BLOCK)]
    if source.random() < 0.5:
        return data[:at] + bytes(len(block)) + data[at + len(block) :]
    return data[:at] + block * source.randint(2, 50) + data[at + len(block) :]


def numbers(source: random.Random, data: bytes, _: bytes) -> bytes:
    """Digits changed: lengths, offsets, counts and references of a PDF or XML file lie."""
    made = bytearray(data)
    digits = [at for at, byte in enumerate(made) if 48 <= byte <= 57]
    for at in source.sample(digits, min(len(digits), source.randint(1, MOST_FLIPS))):
        made[at] = source.randrange(48, 58)
    return bytes(made)


def inner(source: random.Random, data: bytes, partner: bytes) -> bytes:
    """A part of an archive made worse, the archive itself whole; other files as with `numbers`."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = [(item.filename, archive.read(item)) for item in archive.infolist()]
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError):
        return numbers(source, data, partner)
    if not parts:
        return data
    victim = source.randrange(len(parts))
    change = source.choice([flips, truncation, swap, repetition, numbers])
    parts[victim] = parts[victim][0], change(source, parts[victim][1], b"")
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return made.getvalue()


KINDS: dict[str, Callable[[random.Random, bytes, bytes], bytes]] = {
    "flips": flips,
    "truncation": truncation,
    "swap": swap,
    "splice": splice,
    "repetition": repetition,
    "numbers": numbers,
    "inner": inner,
}


def main(paths: Sequence[str]) -> None:
    good = [Sample(Path(path).name, Path(path).read_bytes()) for path in paths]
    for sample in mutants(good, len(KINDS) * len(good), seed=0):
        print(sample.name, len(sample.data), hashlib.sha256(sample.data).hexdigest()[:16])


if __name__ == "__main__":
    main(sys.argv[1:])
