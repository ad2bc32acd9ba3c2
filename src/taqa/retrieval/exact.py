"""Exact look-up of references: which units mention a symbol, a decision or an article."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from taqa import sentences
from taqa.domain import Document, Kind, Provision, Unit
from taqa.library.index import HeldUnit
from taqa.references import Catalogue, Mention, address_tokens, catalogue, find, find_unit, fold, symbol_key
from taqa.retrieval.terms import STOP, content_words, terms

_NAMED_RANGE = re.compile(r"\bpara(?:graph)?s?\.? ?(\d+) ?(-|to|and) ?(\d+)\b")
MAX_RANGE = 20
"""Paragraphs that one reference may span."""
_NOUN = "(?:convention|protocol|agreement|treaty|covenant|charter)"
_INSTRUMENT = re.compile(rf"(\w+) {_NOUN}\b")
NEAR = 90
"""Characters after an article in which its instrument is named."""
_NUMBERS = r"\d{1,3}(?:(?: ?- ?| to |,? and |,? or |, )\d{1,3}\b(?!\.\d))*"
_ARTICLES = re.compile(rf"\bart(?:icles|s\.?) ?(?P<numbers>{_NUMBERS})")
_ARTICLE = re.compile(r"\bart(?:icles?|s?\.|s?)?\s*(\d{1,3})(?:\.(\d{1,2})\b| ?\((\d{1,2})\))?")
_HINT = re.compile(r"\bart", re.IGNORECASE)
_PARAGRAPHS = rf"para(?:graph)?s?\.? ?({_NUMBERS})(?: ?\([a-z]+\))*"
_BEFORE = re.compile(rf"\b{_PARAGRAPHS} of (?:the )?$")
_AFTER = re.compile(rf"[,;]? ?{_PARAGRAPHS}")
_LOOSE = re.compile(rf"\b{_PARAGRAPHS}")

_SOUGHT = frozenset(
    terms(
        "decision resolution document paper symbol paragraph place mention mentioned refer referred reference cite "
        "cited citation quote quoted appear occur find found come"
    )
)
"""Stems of words that ask where something is mentioned."""
_NAMED_PLACE = re.compile(
    r"(?:\bpara(?:graph)?s?\.? ?\d+|\bsect(?:ion|\.)? ?[ivxl]+(?:\.[a-z0-9]+)*)(?: ?\([a-z0-9]{1,5}\))*"
    r"(?:,? footnote \d+)?|\bfootnote \d+"
)


@dataclass(frozen=True, slots=True)
class Place:
    """A mention in a unit: displayed characters `start`..`end` of unit number `unit`."""

    unit: int
    start: int
    end: int


@dataclass(frozen=True)
class Mentions:
    """Every place of every reference in displayed text: folded reference -> places, in corpus order."""

    places: Mapping[str, tuple[Place, ...]]

    @cached_property
    def by_end(self) -> Mapping[str, tuple[str, ...]]:
        """References by what stands behind each of their slashes: a symbol typed without its organ."""
        found: dict[str, list[str]] = {}
        for key in self.places:
            for slash in (at for at, letter in enumerate(key) if letter == "/"):
                found.setdefault(key[slash + 1 :], []).append(key)
        return {end: tuple(keys) for end, keys in found.items()}


def mention_index(units: Sequence[HeldUnit]) -> Mentions:
    """The references that units mention."""
    found: dict[str, list[Place]] = {}
    for number, held in enumerate(units):
        for mention in find(held.unit.text):
            found.setdefault(mention.key, []).append(Place(number, mention.start, mention.end))
    return Mentions({key: tuple(places) for key, places in found.items()})


def places_of(mention: Mention, index: Mentions) -> tuple[Place, ...]:
    """Every place of a reference. A symbol typed without its organ ("INC.1/9") finds the full one, never INC.1/91."""
    exact = index.places.get(mention.key, ())
    if exact or mention.kind not in ("symbol", "decision"):
        return exact
    ends = [index.places[key] for key in index.by_end.get(mention.key, ())]
    return tuple(sorted((p for places in ends for p in places), key=lambda p: (p.unit, p.start)))


def mentioning(text: str, index: Mentions) -> list[int]:
    """Units that mention the symbols or decisions that a text names and asks nothing of but where they stand."""
    named = [mention for mention in find(text) if mention.kind in ("symbol", "decision")]
    rest = "".join(
        text[a:b] for a, b in zip([0, *(m.end for m in named)], [*(m.start for m in named), None], strict=True)
    )
    if not named or not frozenset(terms(rest)) <= _SOUGHT:
        return []
    return list(dict.fromkeys(place.unit for mention in named for place in places_of(mention, index)))


def sentence_around(unit: Unit, start: int, end: int) -> tuple[int, int]:
    """The displayed characters of the sentences, mostly one, that a mention stands in; it may hold a full stop."""
    around = [(low, high) for low, high in sentences.split(unit.text) if low < end and start < high]
    return (around[0][0], around[-1][1]) if around else (start, end)


def named_documents(text: str, documents: Catalogue | Sequence[Document]) -> list[Document]:
    """Documents that a text names, by symbol, alias, short title or title; INC.1/1 does not name INC.1/10."""
    held = catalogue(documents)
    spaceless, plain = symbol_key(text), fold(text)
    found = [
        entry.document
        for entry in held.entries
        if any(key in spaceless and re.search(rf"{re.escape(key)}(?![\d/])", spaceless) for key in entry.symbols)
        or any(name in plain for name in entry.short_names)
    ]
    return found or _by_beginning(plain, held)


def _by_beginning(plain: str, held: Catalogue) -> list[Document]:
    """The document whose short title begins as the text has it ("the information paper"), where only one does."""
    longest: dict[int, list[Document]] = {}
    for entry in held.entries:
        words = entry.short_names[0].split() if entry.document.meta.cited_as else []
        if " ".join(words[:2]) not in plain:
            continue
        for count in range(len(words), 1, -1):
            if re.search(rf"\b{re.escape(' '.join(words[:count]))}\b", plain):
                longest.setdefault(count, []).append(entry.document)
                break
    best = longest[max(longest)] if longest else []
    return best if len(best) == 1 else []


def paragraphs_named(text: str, document: Document) -> list[Unit]:
    """Units of a document that a text names by paragraph, section or footnote: "para. 29 (c)"."""
    found: list[Unit] = []
    for place in _places_named(text):
        unit = find_unit(document, address_tokens(place))
        if unit is not None and unit not in found:
            found.append(unit)
    return found


def _places_named(text: str) -> list[str]:
    """Printed places in a text; of "paras. 28-30" and "paragraphs 28 and 30" each paragraph."""
    plain = fold(text)
    places: list[str] = []
    for match in _NAMED_RANGE.finditer(plain):
        low, high = int(match.group(1)), int(match.group(3))
        numbers = range(low, high + 1) if match.group(2) != "and" and low < high <= low + MAX_RANGE else (low, high)
        places += [f"para. {number}" for number in numbers]
    return places or [match.group() for match in _NAMED_PLACE.finditer(plain)]


def names_place(text: str) -> bool:
    """Whether a text names a paragraph, section or footnote by its number."""
    return _NAMED_PLACE.search(fold(text)) is not None


@dataclass(frozen=True, slots=True)
class Article:
    """An article that a question asks for, with the paragraph where it names one: "art. 12 (3)", "article 12.4"."""

    number: str
    paragraph: str


@dataclass(frozen=True, slots=True)
class _Occurrence:
    """Articles named together at `start`..`end` of a folded text: "articles 10 and 12", "paragraph 2 of article 4"."""

    articles: tuple[Article, ...]
    start: int
    end: int


def _occurrences(plain: str) -> list[_Occurrence]:
    """Places of a folded text that name articles, in order."""
    places = list(_ARTICLE.finditer(plain))
    found: list[_Occurrence] = []
    for match in places:
        several = _ARTICLES.match(plain, match.start())
        numbers = _each(several.group("numbers")) if several else [match.group(1)]
        end = several.end() if several and len(numbers) > 1 else match.end()
        after = _AFTER.match(plain, end)
        if len(numbers) > 1:
            found.append(_Occurrence(tuple(Article(number, "") for number in numbers), match.start(), end))
            continue
        before = _BEFORE.search(plain, 0, match.start())
        loose = _LOOSE.search(plain) if len(places) == 1 else None
        own = match.group(2) or match.group(3)
        named = [own] if own else next((_each(m.group(1)) for m in (before, after, loose) if m), [""])
        start = before.start() if before and not own else match.start()
        stop = after.end() if after and not own and not before else end
        found.append(_Occurrence(tuple(Article(match.group(1), paragraph) for paragraph in named), start, stop))
    return found


def _each(numbers: str) -> list[str]:
    """Numbers of "2, 4 and 6" or "2-4", a range in full."""
    found: list[str] = []
    for match in re.finditer(r"(\d+)(?: ?(?:-|to) ?(\d+))?", numbers):
        low, high = int(match.group(1)), int(match.group(2) or match.group(1))
        inside = range(low, high + 1) if low < high <= low + MAX_RANGE else dict.fromkeys((low, high))
        found += [str(number) for number in inside]
    return found


def articles_named(text: str) -> tuple[Article, ...]:
    """Articles that a text names, in order, each paragraph and each article of a range or list on its own.

    "Paragraph 2 of article 12" and "article 12, para. 2" are the same.
    """
    return tuple(dict.fromkeys(article for each in _occurrences(fold(text)) for article in each.articles))


@dataclass(frozen=True)
class Articles:
    """Units, with those that quote an article and those whose words name one, by its number."""

    units: Sequence[HeldUnit]

    @cached_property
    def quoting(self) -> Mapping[str, tuple[int, ...]]:
        found: dict[str, list[int]] = {}
        for number, held in enumerate(self.units):
            if held.unit.provision is not None:
                found.setdefault(held.unit.provision.article, []).append(number)
        return {article: tuple(numbers) for article, numbers in found.items()}

    @cached_property
    def naming(self) -> Mapping[str, tuple[int, ...]]:
        found: dict[str, list[int]] = {}
        for number, held in enumerate(self.units):
            if _HINT.search(held.unit.text) or not held.unit.text.isascii():
                for article in dict.fromkeys(each.number for each in articles_named(held.unit.text)):
                    if article in held.unit.text:
                        found.setdefault(article, []).append(number)
        return {article: tuple(numbers) for article, numbers in found.items()}


def quoted_provisions(text: str, held_by: Articles) -> list[int]:
    """Units that quote the article that a question names, of the instrument that it names.

    A provision whose treaty is known counts when it is the one that the question names with the article. One whose
    treaty is not known counts when no such is found, and the words that announce it name the instrument.
    """
    plain = fold(text)
    places = _occurrences(plain)
    known: list[int] = []
    unknown: list[int] = []
    for n, place in enumerate(places):
        asked = _asked_of(plain, place, places[n + 1].start if n + 1 < len(places) else len(plain))
        for article in place.articles:
            for number in held_by.quoting.get(article.number, ()):
                held = held_by.units[number]
                provision = held.unit.provision
                if provision is None or not _is_asked(article, provision):
                    continue
                chapeau = held.document.unit(held.unit.parent or "")
                if provision.instrument:
                    known += [number] if same_instrument(asked, provision.full) else []
                elif chapeau is not None and same_instrument(asked, chapeau.text):
                    unknown.append(number)
    return list(dict.fromkeys(known or unknown))


def _is_asked(article: Article, provision: Provision) -> bool:
    anyhow = not article.paragraph or not provision.paragraph
    return article.number == provision.article and (anyhow or article.paragraph == provision.paragraph)


def _asked_of(plain: str, place: _Occurrence, stop: int) -> str:
    """The words that name the instrument of an article: the first named before the next article; else the text."""
    named = [match for match in _INSTRUMENT.finditer(plain, place.end, stop) if match.group(1) not in STOP]
    if not named:
        return plain
    return plain[place.end : named[1].start() if len(named) > 1 else stop]


def mentioned_articles(text: str, held_by: Articles) -> list[int]:
    """Units whose words mention the article that a question names, of the instrument that it names; those that name
    the paragraph too go first."""
    exact: list[int] = []
    loose: list[int] = []
    for article in articles_named(text):
        for number in held_by.naming.get(article.number, ()):
            unit = held_by.units[number].unit
            if unit.kind is Kind.HEADING:
                continue
            own = [a for a in articles_named(unit.text) if a.number == article.number]
            around = " ".join((*unit.heading_path, unit.text))
            if own and same_instrument(text, around) and not _of_another(text, unit.text, article.number):
                (exact if any(a.paragraph == article.paragraph for a in own) else loose).append(number)
    first = dict.fromkeys(exact)
    return [*first, *(number for number in dict.fromkeys(loose) if number not in first)]


def _of_another(question: str, text: str, article: str) -> bool:
    """Whether a text prints the article right before the name of an instrument that the question does not name."""
    asked = {name for name in _INSTRUMENT.findall(fold(question)) if name not in STOP}
    plain = fold(text)
    for place in _occurrences(plain):
        if article not in {each.number for each in place.articles}:
            continue
        named = _INSTRUMENT.search(plain, place.end, place.end + NEAR)
        if not asked or named is None or named.group(1) in STOP | asked:
            return False
    return bool(asked & set(_INSTRUMENT.findall(plain))) or not asked & initials(text)


def names_instrument(text: str) -> bool:
    """Whether a text names a convention, protocol, agreement or treaty."""
    return any(name not in STOP for name in _INSTRUMENT.findall(fold(text)))


def prints_article(article: Article, held_by: Articles) -> bool:
    """Whether any unit names the article, of whatever instrument."""
    return article.number in held_by.naming


def same_instrument(question: str, text: str) -> bool:
    """Whether a text names the instrument that a question names, by name, by initials, or the question names none."""
    asked = {w for w in re.findall(rf"(\w+) {_NOUN}", fold(question)) if w not in STOP}
    words = set(content_words(question))
    names = set(re.findall(rf"(\w+) {_NOUN}", fold(text)))
    for subject in re.findall(rf"{_NOUN} on ((?:\w+ ?){{1,6}})", fold(text)):
        names.update(word for word in subject.split() if word not in STOP)
    if names & (asked or words):
        return True
    return bool(asked & initials(text)) if asked else not words & {n for n in names if n not in STOP} or not names


def initials(text: str) -> set[str]:
    """First letters of every run of capitalised words, folded, with and without a plural s: {"pop", "pops"}."""
    runs = re.findall(r"(?:[A-Z][\w-]+ ?(?:of the |of |and the |and |on |for )?){2,}", text)
    found: set[str] = set()
    for run in runs:
        letters = [word[0].casefold() for word in re.findall(r"[A-Z][\w-]+", run)]
        for start in range(len(letters)):
            for stop in range(start + 2, min(len(letters), start + 7) + 1):
                found.add("".join(letters[start:stop]))
    return found | {f"{name}s" for name in found}
