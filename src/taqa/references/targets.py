"""What a reference in running text leads to: a document, a unit of it, or the one reason why not."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from taqa.domain import Document, Kind, Unit
from taqa.references.catalogue import Catalogue
from taqa.references.chains import Path, Reference
from taqa.references.context import UNTELLING, Context
from taqa.references.folding import fold, level, symbol_key
from taqa.references.mentions import CHAIN, find
from taqa.references.places import Labels, below, headed, labels, lettered, same_place
from taqa.references.printing import label
from taqa.references.steps import decided
from taqa.references.words import Words, bare, words

_DECISION = re.compile(r"(decision|resolution)\s+([\w./-]+/[\w.]*\d)", re.IGNORECASE)
_PARTIES = re.compile(r"\b(?:Part(?:y|ies)|countr(?:y|ies)) (?:not )?included in $")
"""What stands before an annex that sorts the parties to a convention."""
_STEPS = ("art.", "para.", "annex", "sect.", "appendix", "footnote", "(")


@dataclass(frozen=True, slots=True)
class Leads:
    """What a reference leads to. Without a unit it is the document as a whole; without either, `reason` says why."""

    document: Document | None
    unit: Unit | None
    reason: str = ""


@dataclass(frozen=True)
class Held:
    """Documents made ready for what running text refers to: by symbol and by the decisions that they print."""

    catalogue: Catalogue
    contexts: Mapping[str, Context]
    symbols: Mapping[str, Document]
    decisions: Mapping[str, tuple[Document, Unit]]
    inner: dict[str, Labels] = field(default_factory=dict)
    """Labels below the headings of decisions, made when they are first asked for."""


def hold(held: Catalogue) -> Held:
    """Documents made ready for what running text refers to."""
    documents = held.documents
    symbols: dict[str, Document] = {}
    decisions: dict[str, tuple[Document, Unit]] = {}
    for document in documents:
        named = [*CHAIN.split(level(document.meta.symbol)), document.meta.symbol, *document.meta.aliases]
        symbols.update({symbol_key(name): document for name in named if name})
        for unit in document.units:
            if unit.kind is Kind.HEADING and (key := _decided(unit)):
                decisions.setdefault(key, (document, unit))
    known = tuple({name.text: name for document in documents for name in Context(document).printed}.values())
    return Held(held, {document.id: Context(document, known) for document in documents}, symbols, decisions)


def _decided(heading: Unit) -> str:
    """The decision that a heading opens: "Decision 1/CP.8"."""
    match = _DECISION.fullmatch(level(heading.text).strip()) or _DECISION.fullmatch(level(heading.label))
    return decided(match[1], match[2]) if match else ""


def find_target(held: Held, document: Document, unit: Unit, reference: Reference) -> Leads:
    """What a reference that stands in a unit leads to."""
    path = reference.path
    if reference.bearing == "other":
        if outer := held.contexts[document.id].in_words(unit.text[reference.end :]):
            return _in_named(held, document, unit, (*outer, *path))
        return Leads(None, None, "It is of something that the corpus does not hold or that is told in words only.")
    if reference.bearing == "treaty":
        return Leads(None, None, f"Nothing says which {reference.noun} is meant.")
    if path[0].startswith(_STEPS):
        if reference.bearing == "same":
            return Leads(None, None, "It leans on a place named before it, which is not looked up.")
        return _in_own(held, document, unit, reference)
    return _in_named(held, document, unit, path)


def _in_named(held: Held, own: Document, unit: Unit, path: Path) -> Leads:
    """A place of a document, decision or treaty that is named."""
    name, rest = path[0], ", ".join(path[1:])
    document = held.symbols.get(name) or held.symbols.get(name.replace("resolution ", "a/res/"))
    if document is not None:
        return _placed(held.catalogue.labels(document), rest, document)
    if name in held.decisions:
        document, heading = held.decisions[name]
        if not rest:
            return Leads(document, heading)
        addressed = _matching(held.catalogue.labels(document), words(f"{heading.label}, {rest}"))
        if addressed and same_place(addressed):
            return Leads(document, addressed[0])
        inside = held.inner.setdefault(heading.id, _decision(held.catalogue.labels(document), heading))
        return _placed(inside, rest, document)
    if "/" in name or name.startswith(("resolution ", "decision ")):
        return Leads(None, None, f"The corpus does not hold {_printed(unit, name)}.")
    for context in held.contexts.values():
        if context.is_called(name):
            return _placed(held.catalogue.labels(context.document), rest, context.document)
    return _quoted(held, own, name, path[1:])


def _printed(unit: Unit, name: str) -> str:
    """A symbol or decision as the unit prints it."""
    return next((level(mention.text) for mention in find(unit.text) if mention.key == name), name)


def _decision(table: Labels, heading: Unit) -> Labels:
    """The labels of what stands between the heading of a decision and the next one."""
    at = next(number for number, (unit, _) in enumerate(table.rows) if unit is heading)
    later = range(at + 1, len(table.rows))
    stop = next(
        (n for n in later if table.rows[n][0].kind is Kind.HEADING and _decided(table.rows[n][0])), len(table.rows)
    )
    return labels(Document("", "", "", "", table.document.meta, tuple(unit for unit, _ in table.rows[at + 1 : stop])))


def _names(name: str) -> frozenset[str]:
    return frozenset(re.findall(r"[^\W_]+", name)) - UNTELLING


def _quoted(held: Held, own: Document, name: str, path: Path) -> Leads:
    """A provision of a treaty that the corpus does not hold but quotes, in the own document first."""
    article = re.match(r"art\. (.+)", path[0]) if path else None
    paragraph = re.fullmatch(r"para\. (\w+)", path[1]) if len(path) > 1 else None
    quoting = held.catalogue.provisions(article[1]) if article else []
    for document, unit in sorted(quoting, key=lambda place: place[0] is not own):
        quoted = unit.provision
        if quoted is None or not _names(name) <= set(
            re.findall(r"[^\W_]+", fold(f"{quoted.instrument} {quoted.full}"))
        ):
            continue
        if len(path) == 1 or (paragraph is not None and paragraph[1] == quoted.paragraph):
            return Leads(document, unit)
    return Leads(None, None, f"The corpus neither holds nor quotes it: {name}, {', '.join(path)}.")


def _placed(table: Labels, rest: str, document: Document) -> Leads:
    if not rest:
        return Leads(document, None)
    found = _matching(table, words(rest))
    if found and same_place(found):
        return Leads(document, found[0])
    if found:
        return Leads(document, None, f"{document.name} has “{rest}” in {len(found)} places.")
    return Leads(document, None, f"{document.name} has no “{rest}”.")


def _matching(table: Labels, typed: Words) -> list[Unit]:
    """Units with this address, whatever their brackets; a paragraph of a document with one annex also inside that."""
    return (
        table.tables[0].get(typed)
        or table.tables[1].get(bare(typed))
        or lettered(table, typed)
        or headed(table, typed)
        or []
    )


def _in_own(held: Held, document: Document, unit: Unit, reference: Reference) -> Leads:
    """A place of the document itself: within what the unit stands in, from the inside out."""
    table, rest = held.catalogue.labels(document), ", ".join(reference.path)
    inside_out = range(len(unit.address) - 1, -1, -1)
    of_treaty = reference.noun.casefold() == held.contexts[document.id].own_noun.casefold() != ""
    for depth in (0, *inside_out) if of_treaty else inside_out:
        outer = label(unit.address[:depth]) if depth else ""
        found = _matching(table, words(f"{outer}, {rest}" if outer else rest))
        if found:
            return Leads(document, _nearest(table, found, unit, reference.bearing))
    headed = [
        n
        for n, (other, _) in enumerate(table.rows)
        if other.kind is Kind.HEADING and other.address[0].startswith("annex")
    ]
    if headed and reference.path[0].startswith(("para.", "sect.", "art.")):
        at = next(n for n, (other, _) in enumerate(table.rows) if other is unit)
        above = [n for n in headed if n <= at]
        inside = _matching(below(table, table.rows[above[-1]][0]), words(rest)) if above else []
        if inside:
            return Leads(document, _nearest(table, inside, unit, reference.bearing))
    if reference.kind == "footnote" and (notes := _notes(table, unit, rest)):
        return Leads(document, _nearest(table, notes, unit, reference.bearing))
    sorting = len(reference.path) == 1 and held.contexts[document.id].sorts_parties(reference.path[0])
    if reference.path[0].startswith("annex ") and (sorting or _PARTIES.search(unit.text[: reference.start])):
        leads = _annex_of_convention(held, document, unit, reference)
        if leads.unit is not None:
            return leads
    return Leads(document, None, f"{document.name} has no “{rest}”.")


def _notes(table: Labels, unit: Unit, rest: str) -> list[Unit]:
    """The footnotes that have a number, in the same decision or annex where there is one."""
    found = [other for other, _ in table.rows if other.kind is Kind.FOOTNOTE and other.address[-1] == rest]
    return [other for other in found if other.address[0] == unit.address[0]] or found


def _annex_of_convention(held: Held, document: Document, unit: Unit, reference: Reference) -> Leads:
    """The annex that sorts the parties: of the Convention, where the paper itself has none called so."""
    name = held.contexts[document.id].treaty("Convention", unit, unit.text[: reference.start])
    return _in_named(held, document, unit, (name, *reference.path)) if name else Leads(None, None)


def _nearest(table: Labels, found: Sequence[Unit], unit: Unit, bearing: str) -> Unit:
    """Of several units with one address, the one that shares most headings; above or below it where that is said."""
    if len(found) == 1:
        return found[0]
    order = {id(other): number for number, (other, _) in enumerate(table.rows)}
    own = order[id(unit)]
    sided = [other for other in found if (order[id(other)] > own) == (bearing == "below")] or list(found)

    def shared(other: Unit) -> int:
        pairs = zip(other.heading_path, unit.heading_path, strict=False)
        return sum(1 for a, b in pairs if a == b)

    return max(sided, key=lambda other: (shared(other), -abs(order[id(other)] - own)))
