"""Which of the references that documents print are those that somebody asks for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from taqa.domain import Document
from taqa.errors import InputError
from taqa.references.catalogue import Catalogue
from taqa.references.chains import Path, references
from taqa.references.folding import fold, symbol_key
from taqa.references.incoming import Incoming
from taqa.references.instruments import Name, names
from taqa.references.mentions import CHAIN
from taqa.references.resolving import Resolution, resolve, respelled
from taqa.references.spelling import spellings

_STEPS = ("art.", "para.", "annex", "sect.", "appendix", "footnote", "(")
_JOINS = re.compile(r"^(?:\s|[,.;]|(?:of|to|in|the)\b)+|(?:\s|[,.;]|\b(?:of|to|in|the))+$", re.IGNORECASE)
_LEADING = frozenset("the and see also above below document quoting provision paragraph article".split())
_UNTOLD = frozenset("convention protocol agreement treaty covenant charter the of on and for to in".split())


def asked(reference: str, found: Sequence[Incoming], documents: Catalogue | Sequence[Document]) -> tuple[Incoming, ...]:
    """Those that mean what a typed reference means: by its words, or by what both lead to.

    A symbol typed without its organ ("INC.1/9") is the full one where no other is called so, and never "INC.1/91".
    """
    path = path_of(reference)
    if not path and (treaty := _whole_treaty(reference)):
        raise InputError(
            f"Mentions of a treaty as a whole are not listed; name a place in it (“article 1 of the {treaty}”)."
        )
    resolution = resolve(reference, documents)
    if not path or (path[0].startswith(_STEPS) and resolution.document is None and _says_more(reference)):
        keyed = tuple(item for item in found if item.key == fold(reference))
        return keyed or (_leading_to(resolution, path, found) if not path else ())
    if path[0].startswith(_STEPS) and resolution.document is None:
        return tuple(item for item in found if item.path[-len(path) :] == path)
    if not path[0].startswith(_STEPS) and not _is_held(resolution):
        exact = tuple(item for item in found if item.path[1:] == path[1:] and _same_name(item.path[0], path[0]))
        return exact or tuple(item for item in found if _ends(item.path, path))
    return _leading_to(resolution, path, found)


def path_of(reference: str) -> Path:
    """The path of a typed reference; empty where it is none in words, as a title or a file name is not.

    Of its spellings the one counts that names a document, decision or treaty.
    """
    typed = (text for each in spellings(reference) for text in respelled(each))
    spelled = (text for each in typed for text in (each, *_treaty_first(each)))
    named = [item.path for text in spelled for item in references(text)]
    return max(named, key=lambda path: (not path[0].startswith(_STEPS), len(path), len(", ".join(path))), default=())


def _treaty_first(text: str) -> tuple[str, ...]:
    """ "Basel Convention art 4" and "art. 4, Basel Convention", as people type, as "Basel Convention, article 4"."""
    named = names(text)
    if len(named) != 1:
        return ()
    rest = _JOINS.sub("", text[: named[0].start]), _JOINS.sub("", text[named[0].end :])
    place = re.sub(r"\bart\b\.?(?=\s?\d)", "article", rest[0] or rest[1], flags=re.IGNORECASE)
    return (f"{named[0].text}, {place}",) if bool(rest[0]) != bool(rest[1]) else ()


def _whole_treaty(reference: str) -> str:
    """The treaty of which nothing but the name is typed; empty for any other reference."""
    named = [name for text in respelled(reference) for name in names(text) if not _says(text, name)]
    return named[0].text if named else ""


def _says(text: str, name: Name) -> bool:
    """Whether a text has words beside the name of a treaty."""
    return any(_JOINS.sub("", part) for part in (text[: name.start], text[name.end :]))


def _says_more(reference: str) -> bool:
    """Whether a reference has words that are no part of an address."""
    text = list(reference)
    for item in references(reference):
        text[item.start : item.end] = " " * (item.end - item.start)
    return any(fold(word) not in _LEADING for word in re.findall(r"[^\W\d_]{3,}", "".join(text)))


def _is_held(resolution: Resolution) -> bool:
    """Whether a document of the corpus is named, and not a provision that it quotes."""
    return resolution.document is not None and not any(place.unit.provision for place in resolution.found)


def _leading_to(resolution: Resolution, path: Path, found: Sequence[Incoming]) -> tuple[Incoming, ...]:
    """Those that lead to the units or the document that are meant, or would if the document had the place."""
    document = resolution.document
    if document is None:
        return ()
    units = {place.unit.id for place in resolution.found}
    if units:
        return tuple(item for item in found if item.unit_to is not None and item.unit_to.id in units)
    names = {symbol_key(name) for name in (*CHAIN.split(document.meta.symbol), *document.meta.aliases) if name}
    named = bool(path) and not path[0].startswith(_STEPS)
    names |= {path[0]} if named else set()
    rest = path[1:] if named else path
    return tuple(item for item in found if item.path[0] in names and item.path[1:] == rest)


def _same_name(own: str, wanted: str) -> bool:
    """Whether two folded names mean one symbol, decision or treaty; a treaty with or without its subject."""
    if own == wanted:
        return True
    if "/" in own or "/" in wanted or own.startswith(_STEPS):
        return False
    a, b = (frozenset(re.findall(r"[^\W_]+", name)) for name in (own, wanted))
    telling = (a - _UNTOLD, b - _UNTOLD)
    return all(telling) and (telling[0] <= telling[1] or telling[1] <= telling[0])


def _ends(path: Path, wanted: Path) -> bool:
    return path[1:] == wanted[1:] and "/" in wanted[0] and path[0].endswith(f"/{wanted[0]}")
