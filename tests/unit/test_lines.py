"""Source text to logical lines."""

from __future__ import annotations

import pytest

from taqa.ingest.lines import split_lines


def texts(source: str) -> list[str]:
    return [line.text for line in split_lines(source).lines]


def marks(source: str) -> list[tuple[str, str]]:
    return [(item.kind, source[item.span.start : item.span.end]) for item in split_lines(source).furniture]


@pytest.mark.parametrize(
    ("source", "shown", "level"),
    [
        ("# Aims", "Aims", 1),
        ("###### Aims", "Aims", 6),
        ("####Aims", "Aims", 4),
        ("  ## Aims", "Aims", 2),
        ("#1 in the list", "#1 in the list", 0),
        ("####### seven", "####### seven", 0),
    ],
)
def test_headings(source: str, shown: str, level: int) -> None:
    line = split_lines(source).lines[0]
    assert (line.text, line.heading) == (shown, level)


@pytest.mark.parametrize(
    ("source", "shown", "bold"),
    [
        ("**Outputs**", "Outputs", True),
        ("**Outputs** and more", "Outputs and more", False),
        ("**Outputs", "**Outputs", False),
        (r"\*\*Outputs\*\*", "**Outputs**", False),
        ("**Two\nlines**", "Two", True),
    ],
)
def test_bold(source: str, shown: str, bold: bool) -> None:
    line = split_lines(source).lines[0]
    assert (line.text, line.bold) == (shown, bold)


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("[Articles 15](../a/b.md) and [16](../a/c.md) of it", "Articles 15 and 16 of it"),
        ('See [the *site*](https://a.org/x_(y)#z "A title").', "See the site."),
        ("![Seal](seal.png) Bees, [here](<a b.htm>)", "Seal Bees, here"),
        ("[[Articles](/x)]", "[Articles]"),
        ("[Articles](/x", "[Articles](/x"),
        (r"\[Articles](/x)", "[Articles](/x)"),
        ("shall [may](a) [must](1)", "shall [may](a) [must](1)"),
        ("[adopted](FCCC/CP/1)", "[adopted](FCCC/CP/1)"),
    ],
)
def test_links_keep_their_words(source: str, shown: str) -> None:
    assert texts(source) == [shown]


def test_what_a_link_leads_to_is_furniture_of_its_own_kind() -> None:
    assert marks("see [Article 2](../x.md), *inter alia*") == [
        ("link", "["),
        ("link", "](../x.md)"),
        ("markup", "*"),
        ("markup", "*"),
    ]


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("*Being* Parties, _Noting_ it", "Being Parties, Noting it"),
        ("shall, *mutatis mutandis*, apply (*sic*)", "shall, mutatis mutandis, apply (sic)"),
        ("the agenda* and the list* of it", "the agenda* and the list* of it"),
        ("* UNEP/1.*", "* UNEP/1.*"),
        ("*1234567*", "*1234567*"),
        ("*Lead *Zinc", "*Lead *Zinc"),
        ("2 * 3 * 4; a_b_c; ____", "2 * 3 * 4; a_b_c; ____"),
        (r"\*Being\* Parties", "*Being* Parties"),
    ],
)
def test_emphasis(source: str, shown: str) -> None:
    assert texts(source) == [shown]


def test_bold_headings_glued_together_are_two_lines() -> None:
    source = "**C. Wax****1. Outcome: Less****(a) Outputs**"
    lines = split_lines(source).lines
    assert [line.text for line in lines] == ["C. Wax", "1. Outcome: Less", "(a) Outputs"]
    assert [line.bold for line in lines] == [True] * 3
    assert [line.blank_before for line in lines] == [False, True, True]
    assert [source[line.start : line.end] for line in lines] == ["C. Wax", "1. Outcome: Less", "(a) Outputs"]
    assert [mark for _, mark in marks(source)] == ["**"] * 6


def test_offsets_frame_the_visible_characters() -> None:
    source = "\n  - **(i)** Guidance \r\n\n   next\t\n"
    lines = split_lines(source).lines
    assert [(line.start, line.end, line.text) for line in lines] == [(7, 21, "(i) Guidance"), (28, 32, "next")]
    assert (lines[0].bullet, lines[1].bullet) == (True, False)
    assert (lines[0].blank_before, lines[1].blank_before) == (True, True)
    assert marks(source) == [("markup", "**"), ("markup", "**"), ("list mark", "-")]


@pytest.mark.parametrize("mark", ["-", "•", "·", "▪", "–"])
def test_list_marks(mark: str) -> None:
    line = split_lines(f"{mark} Wax").lines[0]
    assert (line.text, line.bullet) == ("Wax", True)


@pytest.mark.parametrize("source", ["-5 degrees", "–", "-"])
def test_no_list_marks(source: str) -> None:
    assert [(line.text, line.bullet) for line in split_lines(source).lines] == [(source, False)]


@pytest.mark.parametrize("rule", ["---", "______________", "* * *", "=====", "*****"])
def test_rules_are_furniture(rule: str) -> None:
    source = f"one\n{rule}\ntwo"
    lines = split_lines(source).lines
    assert [line.text for line in lines] == ["one", "two"]
    assert lines[1].blank_before
    assert "".join(mark for _, mark in marks(source)) == rule


def test_superscript_marks_and_invisible_characters() -> None:
    source = "\ufeff2018-2019<sup>4</sup> and\u200b on\n<sup>4</sup> A note"
    lines = split_lines(source).lines
    assert [line.text for line in lines] == ["2018-20194 and on", "4 A note"]
    assert [line.sup for line in lines] == [False, True]
    kinds = [kind for kind, _ in marks(source)]
    assert sorted(kinds) == ["invisible character"] * 2 + ["markup"] * 4


@pytest.mark.parametrize("break_", ["\n", "\r\n", "\r"])
def test_line_breaks_of_every_system(break_: str) -> None:
    assert texts(break_.join(["one", "", "two", "three"])) == ["one", "two", "three"]
    assert [x.blank_before for x in split_lines(break_.join(["one", "", "two"])).lines] == [False, True]


def test_a_line_of_spaces_is_the_rule_above_footnotes() -> None:
    lines = split_lines("text\n" + " " * 40 + "\n1 Note").lines
    assert [line.separator_before for line in lines] == [False, True]
    assert not split_lines("text\n   \n1 Note").lines[1].separator_before


def test_a_leading_space_begins_a_page_only_where_few_lines_have_one() -> None:
    plain = "line\n" * 20
    assert split_lines(plain + " years on\n" + plain).lines[20].page_start
    assert not any(line.page_start for line in split_lines(" line\n" * 20).lines)


def test_an_empty_text_has_no_lines() -> None:
    assert split_lines("").lines == ()
    assert split_lines(" \n\t\n\u00a0").lines == ()
