"""Why a reference leads nowhere, in one sentence, with what it may have meant."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches

from taqa.domain import Document, Unit
from taqa.references.catalogue import Catalogue
from taqa.references.folding import level, symbol_key
from taqa.references.mentions import Mention, find
from taqa.references.naming import nearest
from taqa.references.places import Labels, elsewhere, labelled
from taqa.references.words import KINDS, Words, bare, printed, tokens, words

EMPTY = "The reference is empty; type a symbol and a paragraph."
TOO_LONG = "The reference is longer than 1,000 characters; type a symbol and a paragraph."
_SHOWN = 4
_KNOWN = (
    *("para", "paras", "paragraph", "paragraphs", "section", "sections", "sect", "chapter", "article", "articles"),
    *("footnote", "footnotes", "annex", "unnumbered", "item", "bullet", "subparagraph", "quoting", "provision"),
)


def several_documents(wanted: str, documents: Sequence[Document]) -> str:
    return f"“{wanted}” fits {len(documents)} documents; put one before it: {_names(documents)}."


def several_names(wanted: str, documents: Sequence[Document]) -> str:
    return f"“{wanted}” fits {len(documents)} documents; name one: {_names(documents)}."


def whole_documents(wanted: str) -> str:
    return f"“{wanted}” names several documents as a whole; name one, or a paragraph of each."


def several_places(document: Document, asked: str, units: Sequence[Unit]) -> str:
    shown = "; ".join(unit.label for unit in units[:_SHOWN]) + ("; …" if len(units) > _SHOWN else "")
    return f"“{asked}” fits {len(units)} places of {document.name}; name one: {shown}."


def backwards(asked: str) -> str:
    return f"“{asked}” runs backwards; put the first paragraph first."


def no_place(held: Labels, asked: str, missing: Words = ()) -> str:
    """That a document does not have an address, with what it has instead."""
    name = held.document.name
    said = f"{name} has no “{printed(missing) if missing else asked}”"
    typed = missing or words(asked)
    if (unit := _mended(held, asked)) is not None:
        return f"{said}; the nearest is {unit.label}."
    if len(units := elsewhere(held, typed)) == 1:
        return f"{said}; the nearest is {units[0].label}."
    beside, wanted = _beside(held, typed)
    if not beside:
        return f"{said}."
    if around := _around(beside, wanted):
        return f"{said}; after {around[0].label} comes {around[1].label}."
    ends = beside[0].label if len(beside) == 1 else f"{beside[0].label} to {beside[-1].label}"
    return f"{said}; it has {ends}."


def is_address(held: Labels, text: str) -> bool:
    """Whether the words of a text may be part of an address of the document."""
    known = KINDS | {*_KNOWN} | held.vocabulary
    return all(word in known or not word.isalpha() or len(word) < 3 for word in words(text))


def paged(document: Document) -> str:
    return f"Pages are not cited; name a paragraph of {document.name}."


def not_quoted(asked: str, document: Document | None) -> str:
    where = document.name if document else "The corpus"
    return f"{where} does not quote “{asked}”; ask what is said of it instead."


def not_held(mention: Mention, held: Catalogue, wanted: str) -> str:
    """That a symbol or decision is no document of the corpus, and where it is mentioned."""
    places = mentions_of(mention, held.documents)
    called = f"decision {level(mention.text)}" if mention.kind == "decision" else level(mention.text)
    if not places:
        return f"The corpus neither holds nor mentions {called}{_suggested(wanted, held)}."
    count = "1 place" if places == 1 else f"{places} places"
    return (
        f"The corpus does not hold {called} itself but mentions it in {count}; "
        f"ask “Where is {called} mentioned?” to see {'it' if places == 1 else 'them'}."
    )


def mentions_of(mention: Mention, documents: Sequence[Document]) -> int:
    """How many places mention a symbol or decision; one typed without its organ counts the full ones."""
    end = mention.key.rpartition("/")[2]
    return sum(
        other.kind in ("symbol", "decision") and (other.key == mention.key or other.key.endswith(f"/{mention.key}"))
        for document in documents
        for unit in document.units
        if end in symbol_key(level(unit.text))
        for other in find(unit.text)
    )


def unknown(wanted: str, held: Catalogue) -> str:
    """That nothing of the corpus is called so."""
    suggested = _suggested(wanted, held) or "; give its symbol, title or file"
    return f"No document of the corpus is called “{wanted}”{suggested}."


def _suggested(wanted: str, held: Catalogue) -> str:
    near = nearest(wanted, held)
    if near is None:
        return ""
    document, rest = near
    typed = words(rest)
    found = labelled(held.labels(document), typed) if typed else []
    place = f", {found[0].label}" if len(found) == 1 else ""
    return f"; the nearest that it holds is {document.name}{place}"


def _mended(held: Labels, asked: str) -> Unit | None:
    """The unit that an address means once its misspelt words are put right, if it is only one."""
    known = {*_KNOWN, *(word for word in held.vocabulary if len(word) > 2)}
    typed = [_right(word, known) for word in tokens(asked)]
    mended = words(" ".join(typed))
    if mended == words(asked):
        return None
    found = labelled(held, mended)
    return found[0] if len(found) == 1 else None


def _right(word: str, known: set[str]) -> str:
    if len(word) < 4 or not word.isalpha() or word in known:
        return word
    return next(iter(get_close_matches(word, sorted(known), 1, 0.7)), word)


def _beside(held: Labels, typed: Words) -> tuple[list[Unit], str]:
    """The units that differ from an address in its last number only, and that number; else those of the place above."""
    plain = bare(typed if len(typed) > 1 else ("para", *typed))
    while len(plain) > 1:
        found = [
            unit
            for unit, own in held.rows
            if len(own) == len(plain) and bare(own)[:-1] == plain[:-1] and own[-1] not in KINDS and _alike(own, plain)
        ]
        if found:
            return found, plain[-1]
        plain = plain[:-1]
    return [], ""


def _around(beside: Sequence[Unit], wanted: str) -> tuple[Unit, Unit] | None:
    """The last unit before a number that is missing in a series and the first one after it."""
    numbers = [(int(last), unit) for unit in beside if (last := words(unit.label)[-1]).isdigit()]
    before = [each for each in numbers if wanted.isdigit() and each[0] < int(wanted)]
    after = [each for each in numbers if wanted.isdigit() and each[0] > int(wanted)]
    if not before or not after:
        return None
    return max(before, key=lambda each: each[0])[1], min(after, key=lambda each: each[0])[1]


def _alike(own: Words, plain: Words) -> bool:
    return own[0] == "sect" or own[-1].isdigit() == plain[-1].isdigit()


def _names(documents: Sequence[Document]) -> str:
    return "; ".join(document.name for document in documents)
