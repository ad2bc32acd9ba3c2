"""The numbering state machine: lines to units.

Every open series (headings, paragraphs, each level of list) expects its next number. A number that nobody expects
is a quoted provision when the paragraph before announces one, a gap when it stands where a number may stand, and
plain text otherwise; a number on a line that continues a sentence is never an anchor.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from taqa.domain import Address, Kind, Series
from taqa.ingest.acts import OPENING_WORDS, act_part, ends_preamble, is_preambular, opens_act, operative_verb
from taqa.ingest.automatic import dotted_parent, given, label_of, main_series, set_off
from taqa.ingest.drafts import Draft, is_terminal, refers
from taqa.ingest.formats.source import Row
from taqa.ingest.headings import (
    HEADING_LINES,
    RUN_IN_WORDS,
    annex_part,
    article_part,
    block,
    division_part,
    is_title,
    opens_list,
    part_of,
    stands_alone,
    titled_below,
)
from taqa.ingest.labels import Label, Reading, Style, find_label
from taqa.ingest.lines import Line
from taqa.ingest.lists import Lists, Place, follows, list_readings
from taqa.ingest.masthead import masthead_drafts
from taqa.ingest.numbering import Paragraphs, is_numbered, number_places, numbers_sentences
from taqa.ingest.quotations import Announced, announced
from taqa.ingest.sections import Sections, short_title

SERIES = "series "
"""How an address tells numbers that begin anew where nothing printed does."""
LOOK_AHEAD = 60
"""Lines in which the next label of a list is looked for."""
_GOES_ON = re.compile(r"(?:[,;]|\b(?:and|et|y))$")
MANY = 5
"""Numbers in several parts ("2.1.3") that make a document numbered by them."""


@dataclass(frozen=True, slots=True)
class Structure:
    """The drafts in order of the text, and all numbering series."""

    drafts: tuple[Draft, ...]
    series: tuple[Series, ...]


def read_structure(lines: Sequence[Line], masthead: int = 0, title: tuple[int, int] = (0, 0)) -> Structure:
    """Units of a document's lines. The first `masthead` lines are masthead, lines `title` of them the title."""
    labels = [label_of(line) for line in lines]
    dotted = sum(1 for label in labels if label and label.value("dotted")) >= MANY
    main = None if dotted else main_series(lines)
    numbered = main is not None or (not dotted and is_numbered(lines[masthead:], labels[masthead:]))
    reader = _Reader(lines, labels, numbered, main)
    reader.drafts += masthead_drafts(lines[:masthead], title)
    reader.titles = int(title[1] > title[0])
    for i in range(masthead, len(lines)):
        reader.read(i)
    return Structure(tuple(reader.drafts), tuple(reader.all_series()))


class _Reader:
    """The state: open sections, paragraphs and lists, the draft that takes the next line."""

    def __init__(
        self,
        lines: Sequence[Line],
        labels: Sequence[Label | None],
        numbered: bool,
        main: tuple[str, int] | None,
    ) -> None:
        self.main = main
        """The list and level that numbers the paragraphs, where the format says."""
        self.paragraph: Draft | None = None
        """The last paragraph whose number the format gives, or that is numbered in several parts."""
        self.aside: Address = ()
        """Where text stands that follows a heading without a number inside such a paragraph."""
        self.table: tuple[int, Draft | None] = (0, None)
        """The table that is being read, and the row that heads it."""
        self.lines = lines
        self.labels = labels
        self.numbered = numbered
        self.drafts: list[Draft] = []
        self.current: Draft | None = None
        self.base: Draft | None = None
        """What lists hang on: the open paragraph."""
        self.sections = Sections()
        self.paragraphs = Paragraphs(number_places(labels), len(lines))
        self.lists = Lists()
        self.items: dict[str, list[str]] = {}
        self.counts: Counter[Address] = Counter()
        self.quotation: Announced | None = None
        self.quoter: Draft | None = None
        """The paragraph or item that announces the quotation."""
        self.quoting = False
        """Whether the next line may begin the quotation; `quotation` stays known until the paragraph ends."""
        self.titles = 0
        self.body_begun = False
        self.whole_numbered = numbered
        """Whether the document as a whole is numbered; a decision is or is not by itself."""
        self.refused = False
        """Whether the open paragraph holds numbers that are not paragraphs': a list."""
        self.restarted: Address = ()
        """What tells paragraphs from those of the same part with the same numbers, where numbers began anew."""
        self.used_series: set[Address] = set()
        self.further = 1
        self.preamble = False
        """Whether a preamble has been opened ("The Conference of the Parties,") and not ended."""
        self.acting = False
        """Whether a decision or resolution is being read, outside its annexes."""

    # -- lines ------------------------------------------------------------------------------------------

    def read(self, i: int) -> None:
        line = self.lines[i]
        label = self.labels[i] if self._fresh(i) else None
        if line.style is not None and self._known(line, label):
            return
        if self._heading(i, line, label):
            return
        if label and self._quoted_number(i, line, label):
            return
        if label and (self._paragraph(i, line, label) or self._item(i, line, label)):
            self._first_item(i, line, label)
            return
        if line.bullet and self._fresh(i):
            self._bullet(line)
        elif self._continues(line):
            self._append(line)
        else:
            self._unnumbered(line)

    def _fresh(self, i: int) -> bool:
        """Whether a label may stand on this line: something ended before it."""
        line = self.lines[i]
        if self.current is not None and self.current.kind is not Kind.HEADING and refers(self.current.ending):
            return False
        if line.blank_before or line.bullet or line.heading or line.bold or self.current is None:
            return True
        return self.current.kind is Kind.HEADING or self.current.terminal or self._acts_on(i, line)

    def _acts_on(self, i: int, line: Line) -> bool:
        """Whether a page begins with the number that is due and an operative verb: the page before ended in a comma."""
        label = self.labels[i]
        if not (self.acting and line.page_start and label and label.value("arabic") == self.paragraphs.expected):
            return False
        return bool(operative_verb(line.text[label.length :]))

    def _continues(self, line: Line) -> bool:
        current = self.current
        if current is None:
            return False
        if line.style is not None or current.kind is Kind.HEADING:
            return current.empty
        if current.empty or not (line.text[0].isupper() or line.text[0].isdigit() or line.text[0] in "“\"'(["):
            return True
        if self._speaks_on(line):
            return False
        if line.blank_before or line.page_start:
            return not current.terminal and not line.bullet
        return True

    def _speaks_on(self, line: Line) -> bool:
        """Whether a line begins the next paragraph of a preamble, or the text that follows one, after a comma."""
        current = self.current
        if current is None or current.kind is not Kind.UNNUMBERED or not _GOES_ON.search(current.ending):
            return False
        begins = current.lines[0].text.partition(" ")[0] in OPENING_WORDS
        if not self.preamble and begins and len(current.lines) <= HEADING_LINES:
            self.preamble = self.acting = opens_act(current.text)
        if not self.preamble:
            return False
        apart = line.blank_before and line.text[:1].isupper()
        return apart or is_preambular(line.text) or ends_preamble(line.text)

    # -- what the format knows ---------------------------------------------------------------------------

    def _known(self, line: Line, label: Label | None) -> bool:
        """Read a line whose place its format or its number tells: a row, a number in parts, a number of a list."""
        if line.style is not None and line.style.row is not None:
            self._row(line, line.style.row)
            return True
        number = given(line)
        if label is None or self.sections.in_article:
            return False
        if label.value("dotted") is not None or (number and (line.heading or line.bold) and label.value("arabic")):
            self._dotted(line, label)
            return True
        if number is None or number.style != "arabic" or label.value("(arabic)") is not None:
            return False
        if line.heading or line.bold:
            return False
        if (number.series, number.level) == self.main:
            self._main_paragraph(line, label, number.value)
        else:
            self._counted_item(line, label, number.value)
        return True

    def _dotted(self, line: Line, label: Label) -> None:
        """A heading or a paragraph whose number says all of its place."""
        bare = label.text.strip(".() ")
        self._leave_paragraph()
        self.aside = ()
        if line.heading or line.bold:
            self.sections.open_numbered(label.text, line.text[label.length :], given(line))
            draft = self._new(Kind.HEADING, self.sections.address(), line, label=label.text)
            draft.headings = self.sections.titles()[:-1]
            self.paragraph = None
        else:
            self.sections.close_to(label.text, given(line))
            self.base = self._new(Kind.PARAGRAPH, (*self.sections.part, bare), line, label=label.text)
            self.paragraph = self.base
        self.items.setdefault(f"numbers under {dotted_parent(bare) or 'the document'}", []).append(bare)

    def _main_paragraph(self, line: Line, label: Label, value: int) -> None:
        if value <= self.paragraphs.last:
            self.paragraphs.restart(", ".join(self.sections.part) or "anew")
        self.paragraphs.note(value)
        self._leave_paragraph()
        self.aside = ()
        self.base = self._new(Kind.PARAGRAPH, (*self.sections.part, str(value)), line, label=label.text)
        self.paragraph = self.base

    def _counted_item(self, line: Line, label: Label, value: int) -> None:
        """An item of a list that numbers itself, under the paragraph or the heading it stands below."""
        outer = self._outer(None)
        parent = self.paragraph if self.paragraph and outer == self.paragraph.address else None
        self.lists.close()
        self.items.setdefault(", ".join(outer) or "items", []).append(str(value))
        self.base = self._new(Kind.SUBPARAGRAPH, (*outer, f"item {value}"), line, parent=parent, label=label.text)

    def _row(self, line: Line, row: Row) -> None:
        """A row of a table, under the row that heads it."""
        number, head = self.table
        if number != row.table:
            head = None
        outer = self._outer(self.base if self.base and self.base.kind is not Kind.SUBPARAGRAPH else None)
        self.lists.close()
        address = (*outer, f"table {row.table}", "header" if row.header and row.row == 1 else f"row {row.row}")
        parent = None if row.header else head
        base = self.base
        draft = self._new(Kind.SUBPARAGRAPH if parent else Kind.UNNUMBERED, address, line, parent=parent, counted=True)
        self.base = base
        self.table = (row.table, draft if row.header else head)

    def _outer(self, base: Draft | None) -> Address:
        """Address of what text without a number of its own stands under."""
        if base is not None:
            return base.address
        if self.aside:
            return self.aside
        return self.paragraph.address if self.paragraph else self.sections.address()

    # -- headings ---------------------------------------------------------------------------------------

    def _heading(self, i: int, line: Line, label: Label | None) -> bool:
        if self._continues_heading(i, line, label):
            self._append(line)
            self._retitle()
            return True
        if label is None and self._between_items(i, line):
            return True
        if line.heading or line.bold:
            self._open_heading(i, line, label, self.sections.reading(label, strict=False) if label else None)
            return True
        if self._annex_alone(i, line):
            self._open_part(i, line, part_of(line.text))
            return True
        if not self._fresh(i) or line.bullet or (self.quoting and not label):
            return False
        if label:
            return self._labelled_heading(i, line, label)
        if article_part(line.text) or (act_part(line.text) and self._heads_act(i, line)):
            self._open_part(i, line, part_of(line.text))
            return True
        if self._run_in(i, line):
            return True
        if self._may_head(i, line) and stands_alone(self.lines, self.labels, i):
            self._open_heading(i, line, None, None)
            return True
        return False

    def _run_in(self, i: int, line: Line) -> bool:
        """A heading inside a paragraph: a short line of its own between a chapeau or list and a list that begins."""
        if self.base is None or self.current is None or not self.current.terminal:
            return False
        if not opens_list(self.lines, self.labels, i):
            return False
        self.lists.close()
        self._new(Kind.HEADING, (*self.base.address, line.text), line, parent=self.base)
        return True

    def _between_items(self, i: int, line: Line) -> bool:
        """A heading inside a paragraph, between two items of its list: what follows is the next one."""
        if self.base is None or self.current is None or not self.current.terminal or line.bullet:
            return False
        following = self.labels[i + 1] if i + 1 < len(self.lines) else None
        if not (line.blank_before and self.lines[i + 1 : i + 2] and self.lines[i + 1].blank_before and following):
            return False
        short = len(line.text.split()) <= RUN_IN_WORDS and line.text[:1].isupper() and not is_terminal(line.text)
        if not short or not self.lists.carried_on(following):
            return False
        self.lists.interrupt()
        self._new(Kind.HEADING, (*self.base.address, line.text), line, parent=self.base)
        return True

    def _may_head(self, i: int, line: Line) -> bool:
        """Whether an unnumbered heading can stand here: set apart, and nothing unfinished before it."""
        if i and not line.blank_before and not line.page_start:
            return False
        whole = line.style is not None
        return whole or self.current is None or self.current.kind is Kind.HEADING or self.current.terminal

    def _continues_heading(self, i: int, line: Line, label: Label | None) -> bool:
        current = self.current
        if current is None or current.kind is not Kind.HEADING:
            return False
        if current.empty:
            return True
        if current.address == self.sections.part and len(current.lines) == 1 and titled_below(current.lines[0].text):
            return self._titles_article(i, line, label)
        before = self.lines[i - 1]
        if line.blank_before or label or line.bullet or is_terminal(before.text):
            return False
        short = len(current.lines) < HEADING_LINES
        return short and before.bold == line.bold and not line.heading and not before.heading

    def _titles_article(self, i: int, line: Line, label: Label | None) -> bool:
        """Whether the line after "Article 12" is its title."""
        if label or line.bullet or part_of(line.text):
            return False
        styled = bool(line.heading or line.bold)
        return styled or (is_title(line.text) and stands_alone(self.lines, self.labels, i))

    def _labelled_heading(self, i: int, line: Line, label: Label) -> bool:
        """A heading in plain type: its number is the next of a series, and what follows has the form of a title."""
        found = block(self.lines, self.labels, i)
        if not is_title(found.text[label.length :].lstrip()):
            return False
        reading = self.sections.reading(label, strict=True)
        if reading is None or reading[0] in ("(letter)", "arabic"):
            return False
        apart = found.stop >= len(self.lines) or self.lines[found.stop].blank_before
        if reading[0] == "arabic paren" and not apart:
            return False
        self._open_heading(i, line, label, reading)
        return True

    def _open_heading(self, i: int, line: Line, label: Label | None, reading: tuple[Style, int] | None) -> None:
        title = line.text[label.length :] if label else line.text
        part = part_of(title) if label is None else ""
        if part and act_part(title) and not self._begins_anew(i):
            part = ""
        if label is None and self.sections.in_annex:
            part = part or division_part(title)
        if self.paragraph is not None and reading is None and not (part or part_of(title)):
            self._open_aside(line)
            return
        if part:
            self._open_part(i, line, part)
            return
        if reading:
            self.sections.open(reading[0], reading[1], label.text if label else "", title)
        elif self.body_begun or self.sections.address():
            self.sections.open(None, 0, "", title)
        self._leave_paragraph()
        address = self.sections.address() if reading or self.sections.stack else self._numbered_title()
        draft = self._new(Kind.HEADING, address, line, label=label.text if label else "")
        draft.headings = self.sections.titles()[:-1]
        draft.counted = address[-1].startswith("heading ")

    def _open_aside(self, line: Line) -> None:
        """A heading without a number below a numbered paragraph: what follows stands under that paragraph."""
        assert self.paragraph is not None
        self._leave_paragraph()
        self.aside = (*self.paragraph.address, f"“{short_title(line.text)}”")
        self._new(Kind.HEADING, self.aside, line)

    def _annex_alone(self, i: int, line: Line) -> bool:
        """Whether "Annex II" stands on a line of its own between blank ones, whatever the text before ended in."""
        apart = (line.page_start or line.blank_before) and (i + 1 >= len(self.lines) or self.lines[i + 1].blank_before)
        return apart and line.text[:1].isupper() and bool(annex_part(line.text))

    def _heads_act(self, i: int, line: Line) -> bool:
        """Whether "Decision 1/CP.21" in plain type is the heading of one: it stands apart, and numbers begin anew."""
        apart = i + 1 >= len(self.lines) or self.lines[i + 1].blank_before
        return apart and line.blank_before and self._begins_anew(i)

    def _begins_anew(self, i: int) -> bool:
        """Whether the next number of a paragraph below line `i`, before another part begins, is 1, or there is none."""
        for line, label in zip(self.lines[i + 1 :], self.labels[i + 1 :], strict=True):
            if label and (number := label.value("arabic")):
                return number == 1
            if part_of(line.text):
                return True
        return True

    def _open_part(self, i: int, line: Line, part: str) -> None:
        """A decision, annex or article: where numbers stand before it, they begin anew and addresses say so."""
        self.paragraph, self.aside = None, ()
        act = bool(act_part(line.text))
        restarts = bool(
            act or self.sections.in_act or article_part(line.text) or self.paragraphs.numbers or self.sections.numbers
        )
        self._leave_paragraph()
        self.preamble, self.acting = False, act
        self.sections.enter(part, line.text, restarts)
        self.restarted, self.used_series, self.further = (), set(), 1
        self._count_anew(i)
        if restarts:
            stop = next((n for n in range(i + 1, len(self.lines)) if part_of(self.lines[n].text)), len(self.lines))
            self.paragraphs.restart(", ".join(self.sections.part), stop)
        draft = self._new(Kind.HEADING, self.sections.part or (part,), line)
        draft.headings = self.sections.titles()[:-1]
        self.body_begun = False

    def _count_anew(self, i: int) -> None:
        """Whether the paragraphs of the part that line `i` begins are numbered: a part of a decision is by itself."""
        if self.main is not None or not self.sections.in_act:
            self.numbered = self.whole_numbered
            return
        stop = next((n for n in range(i + 1, len(self.lines)) if part_of(self.lines[n].text)), len(self.lines))
        part = self.lines[i + 1 : stop], self.labels[i + 1 : stop]
        self.numbered = is_numbered(*part) or numbers_sentences(*part)

    def _numbered_title(self) -> Address:
        self.titles += 1
        return (f"heading {self.titles}",) if self.titles > 1 else ("title",)

    def _retitle(self) -> None:
        """The heading has grown by a line: so has its title."""
        if self.current is not None and self.current.address == self.sections.address() != ():
            self.sections.retitle(self.current.text)
            self.current.address = self.sections.address()

    # -- paragraphs -------------------------------------------------------------------------------------

    def _paragraph(self, i: int, line: Line, label: Label) -> bool:
        if label.inserted:
            return self._inserted_paragraph(line, label)
        number = label.value("arabic")
        if number is None:
            return False
        if not self.numbered and not self.sections.in_article:
            return self._listed_number(line, label, number)
        if line.text[label.length :][:1].islower() and not line.blank_before:
            return False  # "see rule\n8. of the manual"
        apart = line.blank_before and (self.current is None or self.current.terminal)
        if not self.paragraphs.takes(i, number, apart):
            if not (number <= min(2, self.paragraphs.last) and self._restarts(i, number)):
                self.refused = True
                return False
            self._begin_series()
        self.paragraphs.note(number)
        self._leave_paragraph()
        address = (*self.sections.part, *self.restarted, str(number))
        counted = bool(self.restarted) and self.restarted[-1].startswith(SERIES)
        self.base = self._new(Kind.PARAGRAPH, address, line, label=label.text, counted=counted)
        return True

    def _inserted_paragraph(self, line: Line, label: Label) -> bool:
        """A paragraph "12 bis": it stands after paragraph 12, and nowhere else."""
        due = Reading("arabic", self.paragraphs.last) in label.readings
        if not (due and self.paragraphs.last and follows(label.inserted, self.paragraphs.inserted)):
            return False
        self._leave_paragraph()
        address = (*self.sections.part, *self.restarted, self.paragraphs.insert(label.inserted))
        counted = bool(self.restarted) and self.restarted[-1].startswith(SERIES)
        self.base = self._new(Kind.PARAGRAPH, address, line, label=label.text, counted=counted)
        return True

    def _restarts(self, i: int, first: int) -> bool:
        """Whether the 1 (or 2) on line `i`, which nothing announces, begins the numbers of the document or part anew.

        It does where the next one follows, unless the series then goes on where it was left: that is a list inside a
        paragraph.
        """
        current = self.current
        if not self.lines[i].blank_before or self.quoting or current is None or current.kind is Kind.QUOTED:
            return False
        if current.kind is not Kind.HEADING and current.announces:
            return False
        if first > 1 and (self.refused or self.paragraphs.last <= first):
            return False
        last = first
        for line, label in zip(self.lines[i + 1 :], self.labels[i + 1 :], strict=True):
            number = label.value("arabic") if label else None
            if number is not None and number == last + 1:
                last = number
            elif part_of(line.text):
                break
            elif number is not None:
                return last > first and number != self.paragraphs.expected
        return last > first

    def _begin_series(self) -> None:
        """Number anew inside the part: the address says under which heading, else which series of the part it is."""
        here = self.sections.address()[len(self.sections.part) :]
        if not here or here in self.used_series:
            self.further += 1
            here = (*here, f"{SERIES}{self.further}")
        self.used_series.add(here)
        self.restarted = here
        self.paragraphs.restart(", ".join((*self.sections.part, *here)))

    def _listed_number(self, line: Line, label: Label, number: int) -> bool:
        """A number in a document without paragraph numbers: an item of a list under the section."""
        outer = self._outer(None)
        path = ", ".join(outer) or "items"
        numbers = self.items.get(path, [])
        if number not in (int(numbers[-1]) + 1 if numbers else 1, 1):
            return False
        self.items[path] = [*numbers, str(number)]
        self.lists.close()
        self.base = self._new(Kind.SUBPARAGRAPH, (*outer, f"item {number}"), line, label=label.text)
        return True

    def _unnumbered(self, line: Line) -> None:
        if self.quoting and self.base is not None and self.quoter is not None and self.quotation is not None:
            self.quoting = False
            draft = self._new(Kind.QUOTED, (*self.quoter.address, "quoted provision"), line, parent=self.quoter)
            draft.quoting = self.quotation.provision()
            return
        speaks = self.preamble and self.current is not None and self.current.kind is Kind.UNNUMBERED
        self.preamble = speaks and not ends_preamble(line.text)
        self.acting = self.acting and not (speaks and ends_preamble(line.text))
        parent = self.base if (self.numbered or self.sections.in_article) and not speaks else None
        if parent is not None:
            self.lists.interrupt()
        else:
            self._leave_paragraph()
        outer = self._outer(parent)
        name = "preambular" if speaks and is_preambular(line.text) and not operative_verb(line.text) else "unnumbered"
        self.counts[(*outer, name)] += 1
        address = (*outer, f"{name} para. {self.counts[(*outer, name)]}")
        draft = self._new(Kind.UNNUMBERED, address, line, parent=parent, counted=True)
        self.base = parent or draft

    def _bullet(self, line: Line) -> None:
        outer = self._outer(self.base)
        self.counts[(*outer, "bullet")] += 1
        address = (*outer, f"bullet {self.counts[(*outer, 'bullet')]}")
        self._new(Kind.SUBPARAGRAPH, address, line, parent=self.base, counted=True)

    # -- quoted provisions ------------------------------------------------------------------------------

    def _announce_quotation(self, line: Line) -> None:
        """After each line: does the open paragraph now end in "article 12 … states:"?"""
        listed = self.current is not None and self.current.kind is Kind.SUBPARAGRAPH and not self.current.counted
        if self.current is None or not (self.current is self.base or listed):
            return
        self.quoter = self.current
        self.quotation = announced(self.current.ending) if line.text.endswith(":") else None
        self.quoting = self.quotation is not None

    def _quoted_number(self, i: int, line: Line, label: Label) -> bool:
        """A bare provision number inside a quotation that the paragraph announces."""
        number = label.value("arabic")
        inside = self.current is not None and self.current.kind is Kind.QUOTED
        if number is None or self.base is None or self.quotation is None or not (self.quoting or inside):
            return False
        assert self.quoter is not None
        if not self.quotation.covers(number):
            return False
        if number == self.paragraphs.expected and not self.paragraphs.comes_later(i, number):
            return False  # a number that is due is a paragraph, unless the paragraph itself comes later
        self.quoting = False
        draft = self._new(
            Kind.QUOTED, (*self.quoter.address, f"quoted {number}"), line, parent=self.quoter, label=label.text
        )
        draft.quoting = self.quotation.provision(number)
        return True

    # -- lists ------------------------------------------------------------------------------------------

    def _item(self, i: int, line: Line, label: Label) -> bool:
        unfinished = self.current is not None and self.current.announces
        number = given(line)
        place = self.lists.by_level(number, label) if number else None
        if label.inserted:
            place = self.lists.inserted(label)
            if place is None:
                return False
        place = place or self.lists.place(label, unfinished, lambda option: self._goes_on(i, option))
        if place is None and set_off(line, label):
            place = self.lists.out_of_turn(label)
        if place is None:
            return False
        parent = self.lists.parent(place, self._list_base())
        outer = self._outer(parent)
        mark = _marked(label)
        draft = self._new(Kind.SUBPARAGRAPH, (*outer, mark), line, parent=parent, label=label.text)
        self.lists.add(place, outer, draft, number, label.inserted)
        return True

    def _first_item(self, i: int, line: Line, label: Label) -> None:
        """The first item of a list on the line of the number that it stands under: "5. (a) Each Party shall"."""
        inner = find_label(line.text[label.length :])
        whole = len(line.text) == line.end - line.start
        if inner is None or not whole or self.current is None or not any(r.value == 1 for r in list_readings(inner)):
            return
        if inner.text.endswith(")") and line is self.current.lines[-1]:
            at = line.start + label.length
            self.current.lines[-1] = replace(line, end=at, text=line.text[: label.length])
            self._item(i, replace(line, start=at, text=line.text[label.length :], blank_before=True), inner)

    def _list_base(self) -> Draft | None:
        """What a list hangs on: a run-in heading or the paragraph; None for a list straight under a section."""
        if self.current and self.current.kind is Kind.HEADING and self.current.parent is self.base:
            return self.current if self.base else None
        return self.lists.levels[0].item.parent if self.lists.levels else self.base

    def _goes_on(self, i: int, place: Place) -> bool:
        """Whether the next label of the text carries this reading on."""
        for label in self.labels[i + 1 : i + LOOK_AHEAD]:
            if readings := list_readings(label):
                return any((r.style, r.value) == (place.style, place.value + 1) for r in readings)
        return False

    # -- drafts -----------------------------------------------------------------------------------------

    def _new(
        self,
        kind: Kind,
        address: Address,
        line: Line,
        parent: Draft | None = None,
        label: str = "",
        counted: bool = False,
    ) -> Draft:
        counted = counted or bool(parent and parent.counted)
        draft = Draft(kind, address, parent, self.sections.titles(), label, [line], counted, acting=self.acting)
        self.drafts.append(draft)
        self.current = draft
        self.body_begun = self.body_begun or kind is not Kind.HEADING
        if kind in (Kind.PARAGRAPH, Kind.UNNUMBERED) and parent is None:
            self.base = draft
        if kind in (Kind.HEADING, Kind.PARAGRAPH):
            self.preamble = False
        self._announce_quotation(line)
        return draft

    def _append(self, line: Line) -> None:
        assert self.current is not None
        self.current.lines.append(line)
        self._announce_quotation(line)

    def _leave_paragraph(self) -> None:
        self.base = None
        self.refused = False
        self.lists.close()
        self.quotation, self.quoting = None, False

    def all_series(self) -> list[Series]:
        items = [Series(path, tuple(numbers)) for path, numbers in self.items.items()]
        return [*self.paragraphs.series(), *self.sections.series(), *items, *self.lists.series()]


def _marked(label: Label) -> str:
    """The label of an item as its address has it: "(a)" for "a)", "(a bis)" for "(a) bis"."""
    bare = label.text.strip("()")
    return (
        f"({bare.split(')')[0].removesuffix(label.inserted).strip()} {label.inserted})"
        if label.inserted
        else f"({bare})"
    )
