"""Exact look-up of references: which units mention a symbol, a decision or an article."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from taqa.domain import Document, Kind, Unit
from taqa.library.index import HeldUnit
from taqa.references import Mention, address_tokens, find, find_unit, fold, symbol_key
from taqa.retrieval.terms import STOP, content_words

_NAMED_RANGE = re.compile(r"\bpara(?:graph)?s?\.? ?(\d+) ?(-|to|and) ?(\d+)\b")
MAX_RANGE = 20
"""Paragraphs that one reference may span."""
_INSTRUMENT = re.compile(r"(\w+) (?:convention|protocol|agreement|treaty)\b")
NEAR = 90
"""Characters after an article in which its instrument is named."""
_ARTICLE = re.compile(r"\bart(?:icles?|s?\.|s?)?\s*(\d{1,3})(?:\.(\d{1,2})\b| ?\((\d{1,2})\))?")
_QUOTING = re.compile(r"\(quoting art\. (\d+)(?:, para\. (\d+))?\)")

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


def mention_index(units: Sequence[HeldUnit]) -> Mapping[str, tuple[Place, ...]]:
    """Folded reference -> every place of it in displayed text, in corpus order."""
    found: dict[str, list[Place]] = {}
    for number, held in enumerate(units):
        for mention in find(held.unit.text):
            found.setdefault(mention.key, []).append(Place(number, mention.start, mention.end))
    return {key: tuple(places) for key, places in found.items()}


def places_of(mention: Mention, index: Mapping[str, tuple[Place, ...]]) -> tuple[Place, ...]:
    """Every place of a reference. A symbol typed without its organ ("INC.1/9") finds the full one, never INC.1/91."""
    exact = index.get(mention.key, ())
    if exact or mention.kind not in ("symbol", "decision"):
        return exact
    ends = [places for key, places in index.items() if key.endswith(f"/{mention.key}")]
    return tuple(sorted((p for places in ends for p in places), key=lambda p: (p.unit, p.start)))


def named_documents(text: str, documents: Sequence[Document]) -> list[Document]:
    """Documents that a text names, by symbol, alias, short title or title; INC.1/1 does not name INC.1/10."""
    spaceless, plain = symbol_key(text), fold(text)
    found: list[Document] = []
    for document in documents:
        meta = document.meta
        symbols = [symbol_key(symbol) for symbol in (meta.symbol, *meta.aliases) if symbol]
        names = [fold(name) for name in (meta.cited_as, meta.title) if name]
        by_symbol = any(re.search(rf"{re.escape(key)}(?![\d/])", spaceless) for key in symbols)
        if by_symbol or any(name in plain for name in names):
            found.append(document)
    return found or _by_beginning(plain, documents)


def _by_beginning(plain: str, documents: Sequence[Document]) -> list[Document]:
    """The document whose short title begins as the text has it ("the information paper"), where only one does."""
    longest: dict[int, list[Document]] = {}
    for document in documents:
        words = fold(document.meta.cited_as).split()
        for count in range(len(words), 1, -1):
            if re.search(rf"\b{re.escape(' '.join(words[:count]))}\b", plain):
                longest.setdefault(count, []).append(document)
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


def articles_named(text: str) -> tuple[Article, ...]:
    """Articles that a text names, in order. "Paragraph 2 of article 12" and "article 12, para. 2" are the same."""
    plain = fold(text)
    found: list[Article] = []
    for match in _ARTICLE.finditer(plain):
        before = re.search(r"\bpara(?:graph)?s?\.?\s+(\d+)(?: ?\([a-z]\))*\s+of\s+(?:the )?$", plain[: match.start()])
        after = re.match(r"[,;]?\s*para(?:graph)?s?\.?\s*(\d+)", plain[match.end() :])
        loose = re.search(r"\bpara(?:graph)?s?\.?\s+(\d+)", plain)
        named = match.group(2) or match.group(3) or next((m.group(1) for m in (before, after, loose) if m), "")
        found.append(Article(match.group(1), named))
    return tuple(dict.fromkeys(found))


def quoted_provisions(text: str, units: Sequence[HeldUnit]) -> list[int]:
    """Units that quote the article that a question names, of the instrument that it names.

    A provision counts when its label says which article is quoted and the words before it name the instrument.
    """
    found: list[int] = []
    for article in articles_named(text):
        for number, held in enumerate(units):
            quoted = _QUOTING.search(held.unit.label)
            if quoted is None or quoted.group(1) != article.number:
                continue
            if article.paragraph and quoted.group(2) and article.paragraph != quoted.group(2):
                continue
            chapeau = held.document.unit(held.unit.parent or "")
            if chapeau is not None and same_instrument(text, chapeau.text) and number not in found:
                found.append(number)
    return found


def mentioned_articles(text: str, units: Sequence[HeldUnit]) -> list[int]:
    """Units whose words mention the article that a question names, of the instrument that it names; those that name
    the paragraph too go first."""
    exact: list[int] = []
    loose: list[int] = []
    for article in articles_named(text):
        for number, held in enumerate(units):
            if held.unit.kind is Kind.HEADING or article.number not in held.unit.text:
                continue
            own = [a for a in articles_named(held.unit.text) if a.number == article.number]
            around = " ".join((*held.unit.heading_path, held.unit.text))
            if own and same_instrument(text, around) and not _of_another(text, held.unit.text, article.number):
                (exact if any(a.paragraph == article.paragraph for a in own) else loose).append(number)
    return [*dict.fromkeys(exact), *(number for number in dict.fromkeys(loose) if number not in exact)]


def _of_another(question: str, text: str, article: str) -> bool:
    """Whether a text prints the article right before the name of an instrument that the question does not name."""
    asked = {name for name in _INSTRUMENT.findall(fold(question)) if name not in STOP}
    plain = fold(text)
    for match in re.finditer(rf"\barticles? {article}\b", plain):
        named = _INSTRUMENT.search(plain, match.end(), match.end() + NEAR)
        if not asked or named is None or named.group(1) in STOP | asked:
            return False
    return bool(asked & set(_INSTRUMENT.findall(plain))) or not asked & initials(text)


def names_instrument(text: str) -> bool:
    """Whether a text names a convention, protocol, agreement or treaty."""
    return any(name not in STOP for name in _INSTRUMENT.findall(fold(text)))


def prints_article(article: Article, units: Sequence[HeldUnit]) -> bool:
    """Whether any unit names the article, of whatever instrument."""
    holding = (held.unit.text for held in units if article.number in held.unit.text)
    return any(named.number == article.number for text in holding for named in articles_named(text))


def same_instrument(question: str, text: str) -> bool:
    """Whether a text names the instrument that a question names, by name, by initials, or the question names none."""
    asked = {w for w in re.findall(r"(\w+) (?:convention|protocol|agreement|treaty)", fold(question)) if w not in STOP}
    words = set(content_words(question))
    names = set(re.findall(r"(\w+) (?:convention|protocol|agreement)", fold(text)))
    for subject in re.findall(r"(?:convention|protocol|agreement) on ((?:\w+ ?){1,6})", fold(text)):
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
