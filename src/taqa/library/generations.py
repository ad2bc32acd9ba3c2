"""Immutable generations of an index on disk, and the one small file that says which is current.

    <index>/current                    name of a generation, hash of its manifest, name of the one before
    <index>/generations/<name>/        manifest.json and the files whose hashes it states
    <index>/generations/<name>.part/   one being built; without a writer, a left-over
    <index>/staging/                   what an unfinished build has done so far (staging.py)

A generation is written aside, synced to disk and renamed; then `current` is replaced in one atomic step. Whatever
happens in between, `current` names a whole generation. Only a writer that holds the lock removes anything.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from filelock import FileLock, Timeout
from pydantic import TypeAdapter, ValidationError

from taqa import __version__
from taqa.errors import IndexBusy, IndexDamaged, IndexIncompatible, IndexMissing, IndexStale, IndexWriteError
from taqa.ingest.verdicts import FileVerdict
from taqa.library import codec

FORMAT = 2
MEND = "run `taqa ingest` to make a new one"

_CURRENT = "current"
_GENERATIONS = "generations"
_MANIFEST = "manifest.json"
_PART = ".part"
_POINTER = re.compile(r"(?P<name>[0-9a-f]{16}(-\d+)?) (?P<manifest>[0-9a-f]{64})( (?P<before>[0-9a-f]{16}(-\d+)?))?\n")


@dataclass(frozen=True, slots=True)
class FileRecord:
    """What the manifest states of one file."""

    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class DocumentRecord:
    """A document of a generation: name of its source, identity of its source, where it lies."""

    name: str
    identity: str
    file: str


@dataclass(frozen=True, slots=True)
class Contents:
    """What a generation was made from and what it holds; `verdicts` are on all files of the corpus."""

    encoder: str
    recipe: str
    corpus: str
    fingerprint: str
    documents: tuple[DocumentRecord, ...]
    units: int
    rows: int
    verdicts: tuple[FileVerdict, ...] = ()


@dataclass(frozen=True, slots=True)
class Manifest:
    """Everything about a generation; `files` are all its files but this one."""

    format: str
    taqa: str
    contents: Contents
    files: dict[str, FileRecord]


@dataclass(frozen=True, slots=True)
class Expected:
    """What an index must have been made from; None: anything."""

    encoder: str | None = None
    recipe: str | None = None
    corpus: str | None = None


@dataclass(frozen=True, slots=True)
class Generation:
    """A generation whose files have the hashes that its manifest states."""

    name: str
    path: Path
    manifest: Manifest

    def read(self, file: str) -> bytes:
        """Bytes of one of its files."""
        return (self.path / file).read_bytes()


@dataclass(frozen=True, slots=True)
class _Pointer:
    name: str
    manifest: str
    before: str | None


@cache
def _manifests() -> TypeAdapter[Manifest]:
    return TypeAdapter(Manifest)


def format_name() -> str:
    """Format of the files written by this version: layout and fields of a document."""
    return f"{FORMAT}.{codec.schema()}"


def open_current(index_dir: Path, expected: Expected | None = None) -> Generation:
    """The current generation, every file verified. Raises the IndexProblem that fits and changes nothing on disk."""
    while True:
        pointer = _pointer(index_dir)
        try:
            return _open(index_dir, pointer, expected or Expected())
        except IndexDamaged:
            if _pointer(index_dir) == pointer:
                raise  # else a writer has replaced it, and removed it, while it was being read


def is_current(index_dir: Path, generation: Generation) -> bool:
    """Whether a generation is still the current one."""
    return current_name(index_dir) == generation.name


def _open(index_dir: Path, pointer: _Pointer, expected: Expected) -> Generation:
    path = index_dir / _GENERATIONS / pointer.name
    try:
        data = (path / _MANIFEST).read_bytes()
    except OSError as error:
        raise _damaged(index_dir, f"{_MANIFEST} of generation {pointer.name} cannot be read") from error
    if hashlib.sha256(data).hexdigest() != pointer.manifest:
        raise _damaged(index_dir, f"{_MANIFEST} of generation {pointer.name} has changed")
    manifest = _manifest(data, index_dir)
    _compare(manifest, expected, index_dir)
    for file, record in manifest.files.items():
        _verify(path / file, record, index_dir)
    return Generation(pointer.name, path, manifest)


@contextmanager
def writing(index_dir: Path) -> Iterator[None]:
    """Holds the only right to write; removes what an interrupted writer left. Raises IndexBusy or IndexWriteError."""
    with _alone(index_dir, "writer.lock", f"is writing the index in {index_dir}"):
        with write_errors(index_dir):
            _tidy(index_dir)
        yield


@contextmanager
def changing(index_dir: Path) -> Iterator[None]:
    """Holds the only right to change the corpus that is indexed there. Raises IndexBusy or IndexWriteError."""
    with _alone(index_dir, "corpus.lock", "is changing the corpus"):
        yield


@contextmanager
def _alone(index_dir: Path, name: str, what: str) -> Iterator[None]:
    lock = FileLock(index_dir / name)
    with write_errors(index_dir):
        (index_dir / _GENERATIONS).mkdir(parents=True, exist_ok=True)
        try:
            lock.acquire(timeout=0)
        except Timeout as error:
            raise IndexBusy(f"Another process {what}; wait until it has finished and try again.") from error
    try:
        yield
    finally:
        lock.release()


def publish(index_dir: Path, contents: Contents, fill: Callable[[Path], None]) -> Generation:
    """Writes a generation with `fill(folder)` and makes it current. Call inside `writing`.

    Keeps the generation that was current and removes older ones. When anything fails the new one is removed, and
    the former stays current; a fault of the disk is raised as IndexWriteError.
    """
    root = index_dir / _GENERATIONS
    name = _free_name(root, contents.fingerprint[:16])
    part, final = root / f"{name}{_PART}", root / name
    with write_errors(index_dir):
        before = current_name(index_dir)
        try:
            part.mkdir()
            fill(part)
            manifest = Manifest(format_name(), __version__, contents, _records(part))
            data = _manifests().dump_json(manifest, indent=1)
            (part / _MANIFEST).write_bytes(data)
            _sync_tree(part)
            part.rename(final)
            _sync(root)
            _point(index_dir, _Pointer(name, hashlib.sha256(data).hexdigest(), before))
        except BaseException:
            shutil.rmtree(part, ignore_errors=True)
            if current_name(index_dir) != name:
                shutil.rmtree(final, ignore_errors=True)
            raise
    _prune(root, {name, before})
    return Generation(name, final, manifest)


def _pointer(index_dir: Path) -> _Pointer:
    try:
        text = (index_dir / _CURRENT).read_text(encoding="ascii")
    except (FileNotFoundError, NotADirectoryError) as error:
        raise IndexMissing(f"There is no index in {index_dir}: {MEND}.") from error
    except (OSError, ValueError) as error:
        raise _damaged(index_dir, f"{_CURRENT} cannot be read") from error
    found = _POINTER.fullmatch(text)
    if not found:
        raise _damaged(index_dir, f"{_CURRENT} names no generation")
    return _Pointer(found["name"], found["manifest"], found["before"])


def current_name(index_dir: Path) -> str | None:
    """Name of the current generation, read from one small file; None where that cannot be read."""
    try:
        return _pointer(index_dir).name
    except (IndexMissing, IndexDamaged):
        return None


def _manifest(data: bytes, index_dir: Path) -> Manifest:
    try:
        made = TypeAdapter(dict[str, object]).validate_json(data)
        if made.get("format") == format_name():
            return _manifests().validate_json(data, strict=True)
    except ValidationError as error:
        raise _damaged(index_dir, f"{_MANIFEST} is not a manifest") from error
    raise IndexIncompatible(
        f"The index in {index_dir} has the format {made.get('format')} and this TAQA reads {format_name()}: {MEND}."
    )


def _compare(manifest: Manifest, expected: Expected, index_dir: Path) -> None:
    made = manifest.contents
    if manifest.taqa != __version__:
        raise IndexIncompatible(
            f"The index in {index_dir} was made by TAQA {manifest.taqa} and this is {__version__}: {MEND}."
        )
    if expected.encoder is not None and made.encoder != expected.encoder:
        raise IndexIncompatible(
            f"The index in {index_dir} was made with the model {made.encoder}, not with {expected.encoder}: {MEND}."
        )
    if expected.recipe is not None and made.recipe != expected.recipe:
        raise IndexIncompatible(
            f"The index in {index_dir} was made by the rules {made.recipe}, not by {expected.recipe}: {MEND}."
        )
    if expected.corpus is not None and made.corpus != expected.corpus:
        raise IndexStale(f"The corpus has changed since the index in {index_dir} was made: {MEND}.")


def _verify(path: Path, record: FileRecord, index_dir: Path) -> None:
    try:
        found = _record(path)
    except OSError as error:
        raise _damaged(index_dir, f"its file {path.name} cannot be read") from error
    if found != record:
        raise _damaged(index_dir, f"its file {path.name} is not as it was written")


def _damaged(index_dir: Path, what: str) -> IndexDamaged:
    return IndexDamaged(f"The index in {index_dir} is damaged ({what}): {MEND}.")


def _record(path: Path) -> FileRecord:
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
        return FileRecord(digest, stream.tell())


def _records(folder: Path) -> dict[str, FileRecord]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): _record(path) for path in files}


def _free_name(root: Path, wanted: str) -> str:
    """`wanted`, or with a number behind it: a damaged generation may already have that name."""
    taken = {path.name for path in root.iterdir()}
    names = (wanted if number == 1 else f"{wanted}-{number}" for number in range(1, len(taken) + 2))
    return next(name for name in names if name not in taken)


def _point(index_dir: Path, pointer: _Pointer) -> None:
    new = index_dir / f"{_CURRENT}{_PART}"
    try:
        new.write_text(
            " ".join(filter(None, (pointer.name, pointer.manifest, pointer.before))) + "\n", encoding="ascii"
        )
        _sync(new)
        new.replace(index_dir / _CURRENT)
    except OSError:
        new.unlink(missing_ok=True)
        raise
    _sync(index_dir)


def _tidy(index_dir: Path) -> None:
    """Removes what is half built; and, when `current` is readable, generations that it does not name."""
    root = index_dir / _GENERATIONS
    (index_dir / f"{_CURRENT}{_PART}").unlink(missing_ok=True)
    for path in root.glob(f"*{_PART}"):
        shutil.rmtree(path)
    try:
        pointer = _pointer(index_dir)
    except (IndexMissing, IndexDamaged):
        return
    _prune(root, {pointer.name, pointer.before})


def _prune(root: Path, keep: set[str | None]) -> None:
    for path in root.iterdir():
        if path.name not in keep:
            shutil.rmtree(path, ignore_errors=True)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _sync_tree(folder: Path) -> None:
    for path in folder.rglob("*"):
        _sync(path)
    _sync(folder)


@contextmanager
def write_errors(index_dir: Path) -> Iterator[None]:
    """Faults of the disk, told as IndexWriteError."""
    try:
        yield
    except OSError as error:
        advice = {
            errno.ENOSPC: "there is no room left; free some and run `taqa ingest` again",
            errno.EDQUOT: "the quota is used up; free some room and run `taqa ingest` again",
            errno.EACCES: "permission is denied; choose a folder that you may write, with `--index`",
            errno.EPERM: "permission is denied; choose a folder that you may write, with `--index`",
            errno.EROFS: "its file system is read-only; choose another folder with `--index`",
            errno.ENOTDIR: "a file stands where a folder is needed; choose another folder with `--index`",
            errno.EEXIST: "a file stands where a folder is needed; choose another folder with `--index`",
        }.get(error.errno or 0, f"{error.strerror or error}; mend that and run `taqa ingest` again")
        raise IndexWriteError(f"The index in {index_dir} could not be written: {advice}.") from error
