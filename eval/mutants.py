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
from pathlib import Path

MOST_FLIPS = 64
LARGEST_BLOCK = 4096


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
        kind = source.choice(sorted(KINDS))
        made = KINDS[kind](source, sample.data, partner.data)
        yield Sample(f"{number:05}-{kind}{sample.suffix}", made)


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
