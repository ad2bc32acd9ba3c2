"""The manifest changed: entries added, given another file, dropped. What it holds besides is kept as it is."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from taqa.ingest.files import put
from taqa.ingest.manifest import MANIFEST, read_raw

Entry = dict[str, Any]


class Entries:
    """The entries of a corpus folder's manifest; `save` writes them, in one step."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._raw = read_raw(directory / MANIFEST)
        self._entries: list[Entry] = [dict(item) for item in self._raw["documents"]]
        self._changed = False

    def of(self, file: str, sha256: str = "") -> Entry | None:
        """The entry for a file: that for its content, else one that is for any content."""
        fitting = [item for item in self._entries if item.get("file") == file]
        exact = [item for item in fitting if sha256 and item.get("sha256") == sha256]
        return next(iter(exact or [item for item in fitting if not item.get("sha256")]), None)

    def add(self, entry: Mapping[str, Any]) -> None:
        """One more entry, whatever there is for its file."""
        self._entries.append(dict(entry))
        self._changed = True

    def amend(self, entry: Entry, **fields: object) -> None:
        """Other values for some fields of an entry that `of` gave."""
        entry.update(fields)
        self._changed = True

    def drop(self, file: str, keep: str = "") -> None:
        """Forget a file, but for the entry for the content `keep`."""
        left = [item for item in self._entries if item.get("file") != file or (keep and item.get("sha256") == keep)]
        self._changed |= len(left) != len(self._entries)
        self._entries = left

    def forget_name(self, name: str) -> None:
        """Let a further name be none: another content has it now."""
        for item in self._entries:
            if name in (names := item.get("names") or ()):
                self.amend(item, names=[other for other in names if other != name])

    def save(self) -> None:
        """Write the manifest, if anything has changed. Raises OSError and then leaves it as it was."""
        if not self._changed:
            return
        text = json.dumps({**self._raw, "documents": self._entries}, ensure_ascii=False, indent=1)
        put(self._directory, MANIFEST, f"{text}\n".encode("utf-8", "surrogatepass"), over=True)
        self._changed = False
