"""Files that are zip archives (Word, ODT): opened with limits on what they may unpack to."""

from __future__ import annotations

import io
import zipfile
import zlib
from dataclasses import dataclass
from functools import cached_property

from taqa.errors import Damaged, Encrypted, OverLimit
from taqa.ingest.formats.trees import MAX_TREE, Element, parse_xml

ZIP = b"PK\x03\x04"
MAX_ENTRIES = 10_000
MAX_RATIO = 200
"""Real documents stay far below: text packs to a twentieth of its size, repetitive tables to a hundredth."""
SMALL = 2**20
"""Parts up to this size may pack as well as they like."""


@dataclass(frozen=True)
class Archive:
    """The parts of a zip archive; none is unpacked before it is asked for, none beyond its limit."""

    name: str
    content: bytes

    @cached_property
    def _zip(self) -> zipfile.ZipFile:
        try:
            archive = zipfile.ZipFile(io.BytesIO(self.content))
        except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError) as error:
            raise Damaged(f"{self.name} is damaged (its archive cannot be opened); save it anew.") from error
        if len(archive.infolist()) > MAX_ENTRIES:
            raise OverLimit(f"{self.name} holds more than {MAX_ENTRIES} parts; save it anew.")
        return archive

    @cached_property
    def parts(self) -> frozenset[str]:
        """Names of all parts."""
        return frozenset(self._zip.namelist())

    def read(self, part: str) -> bytes:
        """One part, unpacked. Raises Unreadable where it is encrypted, damaged or larger than it may be."""
        info = self._zip.getinfo(part)
        if info.flag_bits & 1:
            raise Encrypted(f"{self.name} is encrypted; save it without a password and try again.")
        if info.file_size > MAX_TREE or (info.file_size > SMALL and info.file_size > MAX_RATIO * info.compress_size):
            raise self._bomb()
        try:
            with self._zip.open(info) as file:
                unpacked = file.read(info.file_size + 1)
        except (zipfile.BadZipFile, zlib.error, ValueError, OSError, EOFError, NotImplementedError) as error:
            raise Damaged(f"{self.name} is damaged (a part cannot be unpacked); save it anew.") from error
        if len(unpacked) > info.file_size:
            raise self._bomb()
        return unpacked

    def tree(self, part: str) -> Element | None:
        """Root element of an XML part, None where the archive has none of that name."""
        return parse_xml(self.name, self.read(part)) if part in self.parts else None

    def _bomb(self) -> OverLimit:
        return OverLimit(f"{self.name} unpacks to far more than a document holds; save it anew, without attachments.")
