"""What an unfinished build has done so far, so that an interrupted one goes on where it stopped.

Each piece is a file whose name ends in the hash of its bytes: half a file, or a changed one, is no piece. Call inside
`generations.writing`.
"""

from __future__ import annotations

import hashlib
import re
import shutil
from pathlib import Path

from taqa.library.generations import write_errors

_FOLDER = "staging"
_PIECE = re.compile(r"(?P<name>[\w.-]+)\.(?P<sha256>[0-9a-f]{64})")


class Staging:
    """The pieces of the build that is going on in an index folder."""

    def __init__(self, index_dir: Path) -> None:
        self._index_dir = index_dir
        self._folder = index_dir / _FOLDER
        with write_errors(index_dir):
            self._folder.mkdir(exist_ok=True)
            found = (_PIECE.fullmatch(path.name) for path in sorted(self._folder.iterdir()))
            self._hashes = {piece["name"]: piece["sha256"] for piece in found if piece}

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the pieces that are there."""
        return tuple(self._hashes)

    def get(self, name: str) -> bytes | None:
        """A piece as it was put, None where there is none."""
        digest = self._hashes.get(name)
        if digest is None:
            return None
        try:
            data = (self._folder / f"{name}.{digest}").read_bytes()
        except OSError:
            return None
        return data if hashlib.sha256(data).hexdigest() == digest else None

    def put(self, name: str, data: bytes) -> None:
        """Keep a piece. Raises IndexWriteError, and then gives up the room that all pieces took."""
        digest = hashlib.sha256(data).hexdigest()
        part = self._folder / "part"
        try:
            with write_errors(self._index_dir):
                part.write_bytes(data)
                part.replace(self._folder / f"{name}.{digest}")
                former = self._hashes.get(name, digest)
                if former != digest:
                    (self._folder / f"{name}.{former}").unlink(missing_ok=True)
        except Exception:
            self.clear()
            raise
        self._hashes[name] = digest

    def clear(self) -> None:
        """Remove all pieces."""
        shutil.rmtree(self._folder, ignore_errors=True)
        self._hashes.clear()
