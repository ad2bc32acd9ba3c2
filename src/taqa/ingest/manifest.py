"""The corpus folder: its files, their hashes, and what the manifest says about them.

Files of the same content are one document with several names.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePath
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
    *("distribution", "session", "agenda_item", "superseded_by"),
)


@dataclass(frozen=True, slots=True)
class ManifestEntry:
    """What the manifest states of one file. `sha256` empty: not stated."""

    sha256: str = ""
    meta: DocumentMeta = field(default_factory=DocumentMeta)


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
        """Changes when the file or what the manifest says of it changes; when it was added says nothing of it."""
        meta = repr(self.entry.meta) if self.entry and self.entry.meta != DocumentMeta() else ""
        state = self.sha256 if self.problem is None else f"{self.problem.verdict}: {self.problem.reason}"
        return hashlib.sha256(f"{self.name}\n{state}\n{meta}".encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class Corpus:
    """All source files of a folder, by name; `others` are verdicts on those that need no reading.

    Their format is not read, or they have the content of one of `files`; the latter are `twins`.
    """

    directory: Path
    files: tuple[CorpusFile, ...]
    others: tuple[FileVerdict, ...] = ()
    twins: tuple[CorpusFile, ...] = ()

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
    found = look(directory, max_file_mb)
    if not found.files:
        raise CorpusError(f"The corpus folder {directory} holds no document ({_kinds()}); put some in it.")
    return found


def look(directory: Path, max_file_mb: int = MAX_FILE_MB) -> Corpus:
    """As `scan`, of a folder that may hold no document yet."""
    entries = _read_manifest(directory / MANIFEST)
    files: list[CorpusFile] = []
    others: list[FileVerdict] = []
    for path in _listed(directory):
        name = shown_name(path.name)
        if readable(path):
            files.append(_file(directory, path, name, entries.get(path.name, ()), max_file_mb))
        else:
            others.append(FileVerdict(name, Verdict.UNSUPPORTED, str(unread(name))))
    documents, twins = _paired(files)
    others += [
        FileVerdict(twin.name, Verdict.INDEXED, f"{twin.name} has the content of {first}: one document of two names.")
        for twin, first in twins
    ]
    return Corpus(directory, documents, tuple(others), tuple(twin for twin, _ in twins))


def entry_of(directory: Path, path: Path, sha256: str = "") -> ManifestEntry | None:
    """What the manifest of a corpus folder says of one file of that hash, when the file lies in that folder."""
    if path.resolve().parent != directory.resolve():
        return None
    return _chosen(_read_manifest(directory / MANIFEST).get(path.name, ()), sha256)


def ignored(name: str) -> bool:
    """Whether what is called so is no document whatever it holds."""
    return name in _IGNORED or name.startswith(_UNFINISHED)


def readable(path: PurePath) -> bool:
    """Whether the format that a name tells is read."""
    return path.suffix.lower() in SUFFIXES


def unread(name: str) -> Unsupported:
    """The error for a file whose format is not read."""
    return Unsupported(f"{name} has a format that is not read; save it as one of {_kinds()}.")


def _paired(files: Sequence[CorpusFile]) -> tuple[tuple[CorpusFile, ...], list[tuple[CorpusFile, str]]]:
    """The files with the further names of their content, and those that stand for nothing else, each with the first.

    The first of several is one that the manifest knows, or else the first by name; a link comes after what it leads to.
    """
    alike: dict[str, list[CorpusFile]] = defaultdict(list)
    for file in files:
        alike[file.sha256 or f"problem of {file.name}"].append(file)
    documents: dict[str, CorpusFile] = {}
    twins: list[tuple[CorpusFile, str]] = []
    for group in alike.values():
        first, *rest = sorted(group, key=lambda f: (f.entry is None, shown_name(f.path.name) != f.name, f.name))
        entry = first.entry or ManifestEntry()
        names = dict.fromkeys((*entry.meta.other_names, *(file.name for file in rest)))
        if rest:
            entry = replace(entry, meta=replace(entry.meta, other_names=tuple(names)))
            first = replace(first, entry=entry)
        documents[first.name] = first
        twins += [(file, first.name) for file in rest]
    ordered = tuple(documents[file.name] for file in files if file.name in documents)
    return ordered, sorted(twins, key=lambda twin: twin[0].name)


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
    return [path for path in paths if not ignored(path.name) and not _folder(path)]


def _folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:
        return False  # a link that leads in a circle: named as such when it is opened


def _file(directory: Path, path: Path, name: str, entries: Sequence[ManifestEntry], max_file_mb: int) -> CorpusFile:
    entry = _chosen(entries, "")
    try:
        place = _within(directory, path, name)
        digest = fingerprint(place, max_file_mb)
        entry = _chosen(entries, digest)
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


def _chosen(entries: Sequence[ManifestEntry], sha256: str) -> ManifestEntry | None:
    """The entry for a content, else one for any, else the last: a new version may have been about to be put there."""
    return min(reversed(entries), key=lambda entry: (entry.sha256 != sha256, entry.sha256 != ""), default=None)


def _read_manifest(path: Path) -> Mapping[str, Sequence[ManifestEntry]]:
    entries: dict[str, list[ManifestEntry]] = defaultdict(list)
    for item in read_raw(path)["documents"]:
        try:
            entries[item["file"]].append(_entry(item))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise _broken(path, error) from error
    return entries


def read_raw(path: Path) -> dict[str, Any]:
    """A manifest as it is written, an empty one where there is none. Raises CorpusError for what is no manifest."""
    if not path.exists():
        return {"version": 1, "documents": []}
    try:
        raw = json.loads(path.read_text("utf-8"))
        if not isinstance(raw["documents"], list):
            raise TypeError("documents are no list")
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise _broken(path, error) from error
    return dict(raw)


def _broken(path: Path, error: Exception) -> CorpusError:
    return CorpusError(f"{path} is not a valid manifest ({error}); correct it or move it away.")


def _entry(item: Mapping[str, Any]) -> ManifestEntry:
    meta = DocumentMeta(
        **{name: str(item.get(name) or "") for name in _TEXT_FIELDS},
        aliases=tuple(item.get("aliases", ())),
        conventions=tuple(item.get("conventions", ())),
        relations=tuple(item.get("relations", ())),
        other_names=tuple(item.get("names", ())),
        known=dict(item.get("known", {})),
    )
    return ManifestEntry(str(item.get("sha256", "")), meta)
