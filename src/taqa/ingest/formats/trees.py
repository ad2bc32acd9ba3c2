"""XML and HTML to trees: the one door to lxml, closed to entities, networks and bottomless nesting."""

from __future__ import annotations

from typing import Any, TypeAlias

from taqa.errors import Damaged, OverLimit

Element: TypeAlias = Any
"""An lxml element; lxml has no types of its own."""
MAX_DEPTH = 200
"""Elements inside one another; documents stay below 60."""
MAX_TREE = 64 * 2**20
"""Bytes of XML or HTML that are parsed: a tree takes several times as much memory."""


def parse_xml(name: str, content: bytes) -> Element:
    """Root element of an XML file. Raises Unreadable where it is damaged, too large, too deep or declares entities."""
    from lxml import etree  # only files made of XML pay for it

    _check_size(name, content)
    parser = etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        if "depth" in str(error).casefold():
            raise _too_deep(name) from error
        raise Damaged(f"{name} is damaged (its XML is not well formed); open and save it anew.") from error
    dtd = root.getroottree().docinfo.internalDTD
    if dtd is not None and next(dtd.iterentities(), None) is not None:
        raise Damaged(f"{name} declares XML entities, which TAQA does not expand; save it anew without them.")
    _check_depth(name, root)
    return root


def parse_html(name: str, text: str) -> Element | None:
    """Root element of an HTML text, None where it holds no element. Raises OverLimit where it is nested too deeply."""
    from lxml import etree  # only HTML files pay for it

    _check_size(name, text.encode("utf-8", errors="replace"))
    parser = etree.HTMLParser(
        no_network=True, huge_tree=False, remove_comments=True, remove_pis=True, encoding="utf-8", collect_ids=False
    )
    try:
        root = etree.fromstring(text.encode("utf-8", errors="replace"), parser)
    except etree.XMLSyntaxError as error:
        if "depth" in str(error).casefold():
            raise _too_deep(name) from error
        raise Damaged(f"{name} holds no HTML that can be read; open and save it anew.") from error
    if root is not None:
        _check_depth(name, root)
    return root


def _check_depth(name: str, root: Element) -> None:
    from lxml import etree  # as above

    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > MAX_DEPTH:
            raise _too_deep(name)


def _too_deep(name: str) -> OverLimit:
    return OverLimit(f"{name} is nested too deeply to be a document; open and save it anew.")


def _check_size(name: str, content: bytes) -> None:
    if len(content) > MAX_TREE:
        limit = MAX_TREE // 2**20
        raise OverLimit(f"{name} holds more than {limit} MiB of markup; split the document into parts.")
