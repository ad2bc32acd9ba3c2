"""What holds for every text: nothing is lost, every character leads back, generated numbering is recovered."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from taqa import sentences
from taqa.domain import Document, Kind
from taqa.ingest.labels import find_label, letter, printed, roman, to_roman
from taqa.ingest.proofs import conservation
from taqa.references import find, fold, resolve, slug, symbol_key

from ..documents import corpus, parsed

ANY_TEXT = st.text(max_size=400)
PIECES = st.sampled_from(
    [
        *("1. ", "2. ", "3.\n", "(a) ", "(b)\n", "(i) ", "(ii) ", "(1) ", "1) ", "I. ", "II.\n", "A. ", "a) ", "4.) "),
        *("# ", "## ", "**", "****", "\\*", "*", "- ", "• ", "---", "____", "<sup>1</sup>", "<sup>", "</sup>"),
        *("\n", "\n\n", "\r\n", " ", "  ", "   ", "\t", "\u00a0", "\u2011", "\ufeff", "\f", "\x85", "\u2028"),
        *("Article 12", "Annex II", "Annex", "Distr.: General", "Note by the secretariat", "states:", "1 ", "2 ", "∗ "),
        *("Word", "word", "Convention1", "past.2", "semi-\n", "annually", "https://a.b/c", "UNEP/CHW.13/1", "BC-15/27"),
        *(
            ":",
            ";",
            ".",
            ", and",
            "“",
            "”",
            "paragraphs 2–4 of article 7 state:",
            "MOSTLY CAPITALS",
            "é",
            "中",
            "🙂",
            "İ",
        ),
    ]
)
BROKEN_PAPER = st.lists(PIECES, max_size=60).map("".join)
WORDS = st.lists(
    st.sampled_from(["the", "bees", "carry", "wax", "honey", "over", "long", "hedges", "near", "towns"]),
    min_size=3,
    max_size=12,
).map(" ".join)


def check_document(document: Document) -> None:
    """What must hold for every document, however it is written."""
    text = document.text
    proof = conservation(document)
    assert (proof.lost, proof.doubled) == ((), ())
    assert len({unit.id for unit in document.units}) == len(document.units)
    starts = [unit.start for unit in document.units]
    assert starts == sorted(starts)
    known = {unit.id for unit in document.units}
    for unit in document.units:
        check_runs(unit.text, unit.runs, text)
        owned = {at for span in unit.spans for at in range(span.start, span.end)}
        assert {at for span in unit.source_spans() for at in range(span.start, span.end) if black(text[at])} <= owned
        assert all(a.end <= b.start for a, b in zip(unit.spans, unit.spans[1:], strict=False))
        assert 0 <= unit.body <= len(unit.text)
        assert unit.parent is None or unit.parent in known
        assert set(unit.notes) <= known
        assert unit.address
        assert unit.label
        assert unit.text == unit.text.strip()


def check_runs(shown, runs, text: str) -> None:
    """Runs cover the displayed text without overlap, and each displayed character is its source character."""
    at = 0
    for run in runs:
        assert run.shown == at
        at += run.length
        for offset in range(run.length):
            here, there = shown[run.shown + offset], text[run.source + offset]
            assert here == there or (here == " " and there.isspace())
    assert at == len(shown)


def black(char: str) -> bool:
    return not char.isspace()


@given(ANY_TEXT)
@example("")
@example("\x00")
def test_any_text_is_accounted_for(text: str) -> None:
    check_document(parsed(text))


@given(BROKEN_PAPER)
@example("*****")
@example("\ufeff")
@example("<sup>1</sup>\n<sup>1</sup>(a) ")  # a line that is nothing but the mark of a footnote
@settings(max_examples=400)
def test_any_broken_paper_is_accounted_for(text: str) -> None:
    document = parsed(text)
    check_document(document)
    assert parsed(text) == document


@given(BROKEN_PAPER)
def test_sentences_cover_every_black_character_once(text: str) -> None:
    pieces = sentences.split(text)
    at = 0
    for start, end in pieces:
        assert at <= start < end <= len(text)
        assert not text[at:start].strip()
        assert text[start:end] == text[start:end].strip()
        at = end
    assert not text[at:].strip()


@given(st.integers(1, 3999))
def test_roman_round_trip(number: int) -> None:
    assert roman(to_roman(number)) == number


@given(st.text("ivxlcdm", min_size=1, max_size=8))
def test_a_roman_numeral_has_one_spelling(text: str) -> None:
    number = roman(text)
    assert number is None or to_roman(number) == text


@given(st.integers(1, 52), st.sampled_from(["(letter)", "(roman)", "(arabic)", "arabic paren"]))
def test_label_round_trip(number: int, style) -> None:
    label = find_label(f"{printed(style, number)} Words")
    assert label is not None
    assert label.value(style) == number


@given(st.integers(1, 26))
def test_letter_round_trip(number: int) -> None:
    assert letter(chr(96 + number)) == number
    assert letter(chr(96 + number) * 2) == number + 26


@given(st.text(max_size=60))
@example("ΐ ﬀ İ ´ ″ K ſ")
@example("A¯")
def test_fold_is_idempotent(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert symbol_key(symbol_key(text)) == symbol_key(text)


@given(BROKEN_PAPER)
def test_mentions_are_slices_in_order(text: str) -> None:
    mentions = find(text)
    assert all(text[mention.start : mention.end] == mention.text for mention in mentions)
    assert mentions == sorted(mentions, key=lambda mention: (mention.start, mention.end))


@given(st.text(max_size=60))
def test_resolve_never_raises_and_always_answers(text: str) -> None:
    found = resolve(text, corpus())
    assert found.document is not None or found.reason
    assert found.unit is None or found.unit in found.document.units


# -- generated documents ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Item:
    """A paragraph or list item with its own list."""

    words: str
    items: tuple[Item, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Section:
    """A heading and the paragraphs below it."""

    title: str
    paragraphs: tuple[Item, ...]


def items(depth: int):
    """Lists of one to thirteen items, so that (i) may be the ninth letter; deeper lists in some of them."""
    below = st.just(()) if depth == 0 else st.one_of(st.just(()), st.lists(items_of(depth - 1), min_size=2, max_size=4))
    return st.lists(st.builds(Item, WORDS, below.map(tuple)), min_size=2, max_size=13).map(tuple)


def items_of(depth: int):
    return st.builds(Item, WORDS, st.just(()) if depth == 0 else items(depth - 1))


PARAGRAPHS = st.builds(Item, WORDS, st.one_of(st.just(()), items(1)), st.one_of(st.just(""), WORDS))
SECTIONS = st.lists(
    st.builds(Section, WORDS, st.lists(PARAGRAPHS, min_size=1, max_size=4).map(tuple)), min_size=1, max_size=4
)


@dataclass
class Printed:
    """A document as printed, with the address that each of its texts must get."""

    lines: list[str]
    expected: dict[tuple[str, ...], str]
    paragraphs: int = 0
    notes: int = 0

    def paragraph(self, item: Item, alone: bool) -> None:
        self.paragraphs += 1
        address = (str(self.paragraphs),)
        mark = ""
        if item.note:
            self.notes += 1
            mark = str(self.notes)
        self._put(f"{self.paragraphs}.", item, address, ("(letter)", "(roman)"), alone, mark)
        if mark:
            self.lines += [f"{mark} {item.note.capitalize()}.", ""]
            self.expected[*address, f"footnote {mark}"] = f"{mark} {item.note.capitalize()}."

    def _put(self, label: str, item: Item, address, styles, alone: bool, mark: str = "") -> None:
        stop = ":" if item.items else "."
        words = item.words.capitalize() + stop
        self.lines += [label, words + mark, ""] if alone else [f"{label} {words}{mark}", ""]
        self.expected[address] = f"{label} {words}"
        for value, below in enumerate(item.items, start=1):
            own = printed(styles[0], value)
            self._put(own, below, (*address, own), styles[1:], alone)


@given(SECTIONS, st.booleans())
@settings(max_examples=150, deadline=None)
def test_generated_documents_round_trip(sections: list[Section], alone: bool) -> None:
    made = Printed([], {})
    for value, section in enumerate(sections, start=1):
        mark = printed("ROMAN", value)
        made.lines += [f"{mark}. {section.title.capitalize()}", ""]
        made.expected[f"sect. {mark}",] = f"{mark}. {section.title.capitalize()}"
        for paragraph in section.paragraphs:
            made.paragraph(paragraph, alone)
    document = parsed("\n".join(made.lines))
    check_document(document)
    assert {unit.address: unit.text for unit in document.units} == made.expected
    assert [s.gaps for s in document.series] == [()] * len(document.series)


# -- the five documents -------------------------------------------------------------------------------------


@pytest.mark.parametrize("document", corpus(), ids=lambda document: document.file[:3])
def test_every_label_id_and_slug_leads_to_its_unit(document: Document) -> None:
    check_document(document)
    for unit in document.units:
        tail = unit.id.partition(":")[2]
        for reference in (
            f"{document.name}, {unit.label}",
            f"{document.name} {unit.label.upper()}",
            f"{unit.label} of {document.name}",
            f"{document.file}, {unit.label}",
            unit.id,
            f"{document.id}:{slug(unit.address)}",
            f"{document.name}:{tail}",
            f"{document.id} {tail}",
        ):
            assert resolve(reference, corpus()).unit is unit, reference


@pytest.mark.parametrize("document", corpus(), ids=lambda document: document.file[:3])
def test_notes_and_parents_belong_together(document: Document) -> None:
    units = {unit.id: unit for unit in document.units}
    for unit in document.units:
        assert all(units[note].kind is Kind.FOOTNOTE and units[note].parent == unit.id for note in unit.notes)
        if unit.parent:
            parent = units[unit.parent]
            assert unit.address[: len(parent.address)] == parent.address
            assert unit.address != parent.address
        assert all(sentences.split(unit.text))
