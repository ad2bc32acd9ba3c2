"""The parts of a Word file: which they are, their trees, and how values are written in them.

Strict Open XML differs from the usual kind in its namespaces; they are made the usual ones before parsing.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from taqa.errors import Damaged
from taqa.ingest.formats.archive import Archive
from taqa.ingest.formats.trees import Element, parse_xml

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_USUAL = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", W[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", M[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", R[1:-1].encode()),
)
_STRICT = b"http://purl.oclc.org/ooxml/"
_OFF = frozenset({"0", "false", "off"})


@dataclass(frozen=True)
class WordParts:
    """A Word file's parts by what they are for."""

    archive: Archive

    @cached_property
    def main(self) -> str:
        """Name of the part that holds the text."""
        targets = self._relations("").values()
        found = next((target for kind, target in targets if kind == "officeDocument"), "word/document.xml")
        if found not in self.archive.parts:
            raise Damaged(f"{self.archive.name} is not a Word file, or a damaged one; open and save it anew.")
        return found

    @cached_property
    def relations(self) -> Mapping[str, tuple[str, str]]:
        """Relations of the main part: id -> (kind, part)."""
        return self._relations(self.main)

    def tree(self, part: str) -> Element | None:
        """Root element of a part, None where the file has none of that name."""
        if part not in self.archive.parts:
            return None
        content = self.archive.read(part)
        if _STRICT in content[:65536]:
            for strict, usual in _USUAL:
                content = content.replace(strict, usual)
        return parse_xml(self.archive.name, content)

    def related(self, kind: str) -> Element | None:
        """Root element of the part that stands to the main part as "styles", "numbering", "footnotes", …"""
        part = next((target for found, target in self.relations.values() if found == kind), "")
        return self.tree(part) if part else None

    def _relations(self, part: str) -> dict[str, tuple[str, str]]:
        folder, file = posixpath.split(part)
        root = self.archive.tree(posixpath.join(folder, "_rels", f"{file}.rels"))
        found: dict[str, tuple[str, str]] = {}
        for relation in root if root is not None else ():
            if relation.get("TargetMode") == "External":
                continue
            target = relation.get("Target", "")
            inside = target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            found[relation.get("Id", "")] = (relation.get("Type", "").rpartition("/")[2], inside)
        return found


def value(parent: Element | None, *names: str) -> str | None:
    """The `w:val` of a descendant by its path, None where there is none."""
    for name in names:
        parent = None if parent is None else parent.find(W + name)
    return None if parent is None else parent.get(W + "val")


def number(parent: Element | None, *names: str) -> int | None:
    """The same as a whole number."""
    found = value(parent, *names)
    return int(found) if found is not None and found.lstrip("-").isdecimal() and len(found) < 10 else None


def flag(parent: Element | None, name: str) -> bool | None:
    """Whether a switch such as `w:b` is on, None where it is not set."""
    child = None if parent is None else parent.find(W + name)
    return None if child is None else child.get(W + "val", "1") not in _OFF


def inner(element: Element) -> Iterator[Element]:
    """Children, those of a content control, a smart tag or the preferred alternative in its place."""
    for child in element:
        if child.tag == W + "sdt":
            content = child.find(W + "sdtContent")
            if content is not None:
                yield from inner(content)
        elif child.tag in (W + "smartTag", W + "customXml"):
            yield from inner(child)
        elif child.tag == MC + "AlternateContent":
            choice = child.find(MC + "Choice")
            chosen = choice if choice is not None and len(choice) else child.find(MC + "Fallback")
            if chosen is not None:
                yield from inner(chosen)
        else:
            yield child
