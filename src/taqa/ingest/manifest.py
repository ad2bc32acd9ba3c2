"""The corpus folder: its files, their hashes, and what the manifest says about them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from taqa.domain import DocumentMeta
from taqa.errors import CorpusError, Damaged, Unreadable, Unsupported
from taqa.ingest.files import fingerprint, shown_name
from taqa.ingest.formats import SUFFIXES
from taqa.ingest.verdicts import FileVerdict, Verdict, verdict_of

MANIFEST = "manifest.json"
MAX_FILE_MB = 100
_IGNORED = frozenset({MANIFEST, "README.md", "LICENSE"})
_UNFINISHED = (".", "~$")
"""What hidden files, and the lock files of word processors, begin with."""
_TEXT_FIELDS = (
    *("title", "cited_as", "symbol", "type", "date", "body", "language"),
    *("distribution", "session", "agenda_item"),
)


@dataclass(frozen=True, slots=True)
class ManifestEntry:
    """What the manifest states of one file. `sha256` empty: not stated."""

    sha256: str
    meta: DocumentMeta


@dataclass(frozen=True, slots=True)
class CorpusFile:
    """One source file: where it is, its printable name, its hash, its manifest entry.

    `problem` says why it cannot be opened at all; then there is no hash.
    """

    path: Path
    name: str
    sha256: str
    entry: ManifestEntry | None = None
    problem: FileVerdict | None = None

    @property
    def identity(self) -> str:
        """Changes when the file or what the manifest says of it changes."""
        meta = repr(self.entry.meta) if self.entry else ""
        state = self.sha256 if self.problem is None else f"{self.problem.verdict}: {self.problem.reason}"
        return hashlib.sha256(f"{self.name}\n{state}\n{meta}".encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class Corpus:
    """All source files of a folder, by name; `others` are those whose format is not read."""

    directory: Path
    files: tuple[CorpusFile, ...]
    others: tuple[FileVerdict, ...] = ()

    @property
    def fingerprint(self) -> str:
        """One hash over names, contents and manifest entries; the order of the folder does not matter."""
        return hashlib.sha256("\n".join(file.identity for file in self.files).encode()).hexdigest()


def scan(directory: Path, max_file_mb: int = MAX_FILE_MB) -> Corpus:
    """Files of a corpus folder, each with its hash or with what keeps it from being read.

    Raises CorpusError when the folder does not exist, holds no document, or has a broken manifest.
    """
    if not directory.is_dir():
        raise CorpusError(f"There is no corpus folder {directory}; make it and put documents in it, or name another.")
    entries = _read_manifest(directory / MANIFEST)
    files: list[CorpusFile] = []
    others: list[FileVerdict] = []
    for path in _listed(directory):
        name = shown_name(path.name)
        if path.suffix.lower() in SUFFIXES:
            files.append(_file(directory, path, name, entries.get(path.name), max_file_mb))
        else:
            reason = f"{name} has a format that is not read; save it as one of {_kinds()}."
            others.append(FileVerdict(name, Verdict.UNSUPPORTED, reason))
    if not files:
        raise CorpusError(f"The corpus folder {directory} holds no document ({_kinds()}); put some in it.")
    return Corpus(directory, tuple(files), tuple(others))


def entry_of(directory: Path, path: Path) -> ManifestEntry | None:
    """What the manifest of a corpus folder says of one file, when the file lies in that folder."""
    if path.resolve().parent != directory.resolve():
        return None
    return _read_manifest(directory / MANIFEST).get(path.name)


def _kinds() -> str:
    return ", ".join(sorted(SUFFIXES))


def _listed(directory: Path) -> list[Path]:
    """What stands in a folder and is not ignored, by name; folders in it are not looked into."""
    try:
        paths = sorted(directory.iterdir(), key=lambda path: path.name)
    except OSError as error:
        raise CorpusError(
            f"The corpus folder {directory} cannot be read ({error.strerror}); mend its permissions."
        ) from error
    seen = (path for path in paths if path.name not in _IGNORED and not path.name.startswith(_UNFINISHED))
    return [path for path in seen if not _folder(path)]


def _folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:
        return False  # a link that leads in a circle: named as such when it is opened


def _file(directory: Path, path: Path, name: str, entry: ManifestEntry | None, max_file_mb: int) -> CorpusFile:
    try:
        place = _within(directory, path, name)
        digest = fingerprint(place, max_file_mb)
        if entry and entry.sha256 and entry.sha256 != digest:
            raise Damaged(f"{name} is not the file its manifest entry describes; correct {MANIFEST}.")
    except Unreadable as error:
        return CorpusFile(path, name, "", entry, FileVerdict(name, verdict_of(error), str(error)))
    return CorpusFile(place, name, digest, entry)


def _within(directory: Path, path: Path, name: str) -> Path:
    """The file itself; a link is followed within the folder only."""
    if not path.is_symlink():
        return path
    try:
        place = path.resolve(strict=True)
    except (OSError, RuntimeError) as error:
        raise Unsupported(f"{name} is a link that leads nowhere; put the document itself there.") from error
    if place.parent != directory.resolve():
        raise Unsupported(f"{name} is a link that leads out of the corpus folder; put the document itself there.")
    return place


def _read_manifest(path: Path) -> Mapping[str, ManifestEntry]:
    if not path.exists():
        return {}
    try:
        raw = json.loads(path.read_text("utf-8"))
        return {item["file"]: _entry(item) for item in raw["documents"]}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise CorpusError(f"{path} is not a valid manifest ({error}); correct it or move it away.") from error


def _entry(item: Mapping[str, Any]) -> ManifestEntry:
    meta = DocumentMeta(
        **{name: str(item.get(name) or "") for name in _TEXT_FIELDS},
        aliases=tuple(item.get("aliases", ())),
        conventions=tuple(item.get("conventions", ())),
        relations=tuple(item.get("relations", ())),
        known=dict(item.get("known", {})),
    )
    return ManifestEntry(str(item.get("sha256", "")), meta)
