"""The corpus folder: its files, their hashes, and what the manifest says about them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from taqa.domain import DocumentMeta
from taqa.errors import CorpusError
from taqa.ingest.formats import SUFFIXES

MANIFEST = "manifest.json"
_IGNORED = frozenset({MANIFEST, "README.md", "LICENSE"})
_TEXT_FIELDS = ("title", "cited_as", "symbol", "type", "date", "body", "language")


@dataclass(frozen=True, slots=True)
class ManifestEntry:
    """What the manifest states of one file. `sha256` empty: not stated."""

    sha256: str
    meta: DocumentMeta


@dataclass(frozen=True, slots=True)
class CorpusFile:
    """One source file: where it is, its name in the corpus, its hash, its manifest entry."""

    path: Path
    name: str
    sha256: str
    entry: ManifestEntry | None = None

    @property
    def identity(self) -> str:
        """Changes when the file or what the manifest says of it changes."""
        meta = repr(self.entry.meta) if self.entry else ""
        return hashlib.sha256(f"{self.name}\n{self.sha256}\n{meta}".encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Corpus:
    """All source files of a folder, by name."""

    directory: Path
    files: tuple[CorpusFile, ...]

    @property
    def fingerprint(self) -> str:
        """One hash over names, contents and manifest entries; the order of the folder does not matter."""
        return hashlib.sha256("\n".join(file.identity for file in self.files).encode()).hexdigest()


def scan(directory: Path) -> Corpus:
    """Files of a corpus folder. Raises CorpusError when it does not exist, is empty, or has a broken manifest."""
    if not directory.is_dir():
        raise CorpusError(f"There is no corpus folder {directory}; make it and put documents in it, or name another.")
    entries = _read_manifest(directory / MANIFEST)
    files: list[CorpusFile] = []
    for path in sorted(directory.iterdir(), key=lambda p: p.name):
        if path.name in _IGNORED or path.name.startswith(".") or not path.is_file():
            continue
        if path.suffix.lower() not in SUFFIXES:
            continue
        try:
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
        except OSError as error:
            raise CorpusError(f"{path.name} cannot be read ({error.strerror}); mend its permissions.") from error
        entry = entries.get(path.name)
        if entry and entry.sha256 and entry.sha256 != digest:
            raise CorpusError(f"{path.name} is not the file its manifest entry describes; correct {MANIFEST}.")
        files.append(CorpusFile(path, path.name, digest, entry))
    if not files:
        kinds = ", ".join(sorted(SUFFIXES))
        raise CorpusError(f"The corpus folder {directory} holds no document ({kinds}); put some in it.")
    return Corpus(directory, tuple(files))


def entry_of(directory: Path, path: Path) -> ManifestEntry | None:
    """What the manifest of a corpus folder says of one file, when the file lies in that folder."""
    if path.resolve().parent != directory.resolve():
        return None
    return _read_manifest(directory / MANIFEST).get(path.name)


def skipped(directory: Path) -> tuple[str, ...]:
    """Names of the files of a folder whose format is not read."""
    names = (p for p in sorted(directory.iterdir()) if p.is_file() and not p.name.startswith("."))
    return tuple(p.name for p in names if p.name not in _IGNORED and p.suffix.lower() not in SUFFIXES)


def _read_manifest(path: Path) -> Mapping[str, ManifestEntry]:
    if not path.exists():
        return {}
    try:
        raw = json.loads(path.read_text("utf-8"))
        return {item["file"]: _entry(item) for item in raw["documents"]}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise CorpusError(f"{path} is not a valid manifest ({error}); correct it or move it away.") from error


def _entry(item: Mapping[str, Any]) -> ManifestEntry:
    meta = DocumentMeta(
        **{name: str(item.get(name) or "") for name in _TEXT_FIELDS},
        aliases=tuple(item.get("aliases", ())),
        conventions=tuple(item.get("conventions", ())),
        known=dict(item.get("known", {})),
    )
    return ManifestEntry(str(item.get("sha256", "")), meta)
