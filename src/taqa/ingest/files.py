"""Files opened with care: regular ones only, never through a link, never more than is allowed, never half changed."""

from __future__ import annotations

import errno
import hashlib
import os
import secrets
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from taqa.errors import Damaged, OverLimit, Unsupported

MEBIBYTE = 1 << 20
_BLOCK = 1 << 20
_LONGEST_NAME = 200
"""Bytes; file systems hold 255, and a former version gets a date behind its name."""
_SHOWN = 80
PART = ".taqa-"
"""What the names of half-written files begin with: hidden, so never read."""


def shown_name(name: str) -> str:
    """A file name as it can be printed: what is invisible, or no character at all, is written out.

    Different names stay different: a backslash is doubled.
    """
    return "".join(_shown(char) for char in name)


def _shown(char: str) -> str:
    if char == "\\":
        return "\\\\"
    if "\udc80" <= char <= "\udcff":
        return f"\\x{ord(char) - 0xDC00:02x}"  # a byte that is not UTF-8
    if not char.isprintable():
        return f"\\x{ord(char):02x}" if ord(char) < 0x100 else f"\\u{ord(char):04x}"
    return char


def kept_name(name: str) -> str:
    """A name under which a file can be put into a folder: one part, all of it printable. Raises Unsupported."""
    shown = shown_name(name)
    if not name or len(name.encode("utf-8", "surrogateescape")) > _LONGEST_NAME or name in (".", ".."):
        raise Unsupported(
            f"“{shown[:_SHOWN]}” is no name for a file; give it another of at most {_LONGEST_NAME} bytes."
        )
    if shown != name or "/" in name:
        raise Unsupported(f"“{shown}” cannot be the name of a document; give it one of letters, digits and “.-_ ”.")
    return name


def put(folder: Path, name: str, data: bytes, *, over: bool = False) -> None:
    """Write a file whole or not at all: beside its place, to the disk, then under its name.

    Raises FileExistsError where there is one, unless that is to be written over; and OSError.
    """
    part = folder / f"{PART}{secrets.token_hex(8)}"
    try:
        with part.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if over:
            part.replace(folder / name)
        else:
            beside(part, folder / name)
    finally:
        part.unlink(missing_ok=True)
    sync(folder)


def beside(place: Path, other: Path) -> None:
    """A second name for a file, or a copy where the file system has no links. Never over another file."""
    try:
        os.link(place, other, follow_symlinks=False)
    except FileExistsError:
        raise
    except OSError:
        with place.open("rb") as source, other.open("xb") as copy:
            shutil.copyfileobj(source, copy)
            copy.flush()
            os.fsync(copy.fileno())


def sync(folder: Path) -> None:
    """Have what was done in a folder on the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def fingerprint(path: Path, limit_mb: int) -> str:
    """SHA-256 of a file. Raises Unreadable for what is no regular file or larger than the limit."""
    with _opened(path, limit_mb) as file:
        digest = hashlib.sha256()
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def content(path: Path, limit_mb: int) -> bytes:
    """All bytes of a file. Raises Unreadable, too when it changes while it is read."""
    with _opened(path, limit_mb) as file:
        return file.read(limit_mb * MEBIBYTE + 1)


@contextmanager
def _opened(path: Path, limit_mb: int) -> Iterator[BinaryIO]:
    name = shown_name(path.name)
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        if error.errno in (errno.ELOOP, errno.ENXIO, errno.EOPNOTSUPP):
            raise Unsupported(f"{name} is no regular file; put the document itself there.") from error
        raise Damaged(f"{name} cannot be read ({error.strerror}); check its name and permissions.") from error
    before = os.fstat(descriptor)
    if not stat.S_ISREG(before.st_mode):
        os.close(descriptor)
        raise Unsupported(f"{name} is no regular file; put the document itself there.")
    with os.fdopen(descriptor, "rb") as file:
        if before.st_size > limit_mb * MEBIBYTE:
            raise OverLimit(f"{name} is larger than {limit_mb} MiB; split it, or raise TAQA_MAX_FILE_MB.")
        try:
            yield file
        except OSError as error:
            raise Damaged(f"{name} cannot be read ({error.strerror}); check the disk it is on.") from error
        after = os.fstat(descriptor)
        if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns) or file.tell() != after.st_size:
            raise Damaged(f"{name} changed while it was read; try again when it is complete.")
