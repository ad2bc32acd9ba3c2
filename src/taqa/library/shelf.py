"""Documents put into the corpus folder and taken out of it. Whatever interrupts a change, the folder stays whole.

A new version goes under the name of the former one, which is kept under that name with a date behind it. The steps are
in such an order that after each of them every file is what its manifest entry describes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from itertools import count
from pathlib import Path

from taqa.errors import CorpusError
from taqa.ingest.entries import Entries, Entry
from taqa.ingest.files import PART, beside, put, shown_name, sync
from taqa.ingest.manifest import look


class Fate(StrEnum):
    """What became of a content that was to be put into the corpus."""

    ADDED = "added"
    VERSION = "new version"
    NAME = "another name"
    HELD = "held already"


@dataclass(frozen=True, slots=True)
class Placed:
    """What became of a content, and under which name it, or the version before it, is held."""

    fate: Fate
    other: str = ""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a content comes from: the name or address that it was given under, and when."""

    name: str
    when: datetime


@dataclass(slots=True)
class Shelf:
    """The files of a corpus folder: their hashes by name ("" for one that cannot be read). Hold `changing`."""

    folder: Path
    _entries: Entries
    _hashes: dict[str, str] = field(default_factory=dict)

    @classmethod
    def opened(cls, folder: Path, max_file_mb: int) -> Shelf:
        """The shelf of a folder, made where there is none, without what an interrupted change left."""
        with _faults(folder):
            folder.mkdir(parents=True, exist_ok=True)
            for path in folder.glob(f"{PART}*"):
                path.unlink(missing_ok=True)
        found = look(folder, max_file_mb)
        hashes = {file.name: file.sha256 for file in (*found.files, *found.twins)}
        return cls(folder, Entries(folder), hashes)

    def place(self, name: str, data: bytes, origin: Origin) -> Placed:
        """Hold a content under a name. Raises CorpusError where the folder cannot be written."""
        sha256 = hashlib.sha256(data).hexdigest()
        alike = [file for file, held in self._hashes.items() if held == sha256]
        if name in alike:
            return Placed(Fate.HELD)
        with _faults(self.folder):
            if name in self._hashes:
                return Placed(Fate.VERSION, self._replace(name, data, sha256, origin))
            if alike:
                known = [file for file in alike if self._entries.of(file, sha256)]
                return self._name(name, (known or alike)[0], sha256)
            self._add(name, data, sha256, origin)
            return Placed(Fate.ADDED)

    def take(self, names: Sequence[str]) -> None:
        """Remove files, by their printable names, with all that the manifest says of them."""
        with _faults(self.folder):
            paths = {shown_name(path.name): path for path in self.folder.iterdir()}
            for name in names:
                paths[name].unlink()
                self._hashes.pop(name, None)
                self._entries.drop(name)
            sync(self.folder)
            self._entries.save()

    def _add(self, name: str, data: bytes, sha256: str, origin: Origin) -> None:
        self._entries.forget_name(name)
        self._entries.drop(name)  # of a file that is no longer there
        self._entries.add(_entry(name, sha256, origin))
        self._entries.save()
        put(self.folder, name, data)
        self._hashes[name] = sha256

    def _name(self, name: str, file: str, sha256: str) -> Placed:
        entry = self._entries.of(file, sha256)
        names = list(entry.get("names") or ()) if entry else []
        if name in names:
            return Placed(Fate.HELD, file)
        self._entries.forget_name(name)
        if entry:
            self._entries.amend(entry, names=[*names, name])
        else:
            self._entries.add({"file": file, "sha256": sha256, "names": [name]})
        self._entries.save()
        return Placed(Fate.NAME, file)

    def _replace(self, name: str, data: bytes, sha256: str, origin: Origin) -> str:
        """Put a content in the place of another, which is kept; the name under which it is."""
        former = self._hashes[name]
        kept = self._kept(name, former, origin.when)
        if kept not in self._hashes:
            beside(self.folder / name, self.folder / kept)
        told = dict(self._entries.of(name, former) or {})
        self._entries.drop(name)
        if former:
            self._entries.add({**told, "file": name, "sha256": former})  # until the new version is there
        pinned = {"sha256": former} if former else {}
        self._entries.drop(kept)
        self._entries.add({**told, "file": kept, **pinned, "superseded_by": name, "replaced": _stamp(origin.when)})
        self._entries.add(_entry(name, sha256, origin))
        self._entries.save()
        put(self.folder, name, data, over=True)
        self._hashes |= {name: sha256, kept: former}
        self._entries.drop(name, keep=sha256)
        self._entries.save()
        self.take(tuple(self._restored(name, sha256)))
        return kept

    def _kept(self, name: str, sha256: str, when: datetime) -> str:
        """A free name for a former version, or the one that an interrupted change has given it."""
        stem, suffix = Path(name).stem, Path(name).suffix
        for number in count(1):
            again = f"-{number}" if number > 1 else ""
            kept = f"{stem}~{when:%Y-%m-%d}{again}{suffix}"
            if kept not in self._hashes and not (self.folder / kept).exists():
                return kept
            if sha256 and self._hashes.get(kept) == sha256:
                return kept
        raise AssertionError("numbers do not end")

    def _restored(self, name: str, sha256: str) -> Iterator[str]:
        """Former versions of a name whose content is current again."""
        for file, held in list(self._hashes.items()):
            entry = self._entries.of(file, sha256)
            if file != name and held == sha256 and entry and entry.get("superseded_by") == name:
                yield file


def _entry(name: str, sha256: str, origin: Origin) -> Entry:
    return {"file": name, "sha256": sha256, "added": _stamp(origin.when), "from": shown_name(origin.name)}


def _stamp(when: datetime) -> str:
    return f"{when:%Y-%m-%dT%H:%M:%SZ}"


@contextmanager
def _faults(folder: Path) -> Iterator[None]:
    """Faults of the disk in one sentence."""
    try:
        yield
    except OSError as error:
        raise CorpusError(
            f"The corpus folder {folder} cannot be changed ({error.strerror or error}); mend that and try again."
        ) from error
