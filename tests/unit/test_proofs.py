"""Conservation and numbering say what is lost."""

from __future__ import annotations

from dataclasses import replace

from taqa.domain import Furniture, Span
from taqa.ingest.proofs import conservation

from ..documents import made, parsed


def test_a_whole_document() -> None:
    proof = conservation(made("1. One.\n\n- two\n"))
    assert (proof.owned, proof.total, proof.share, proof.lost, proof.doubled) == (10, 10, 1.0, (), ())


def test_what_is_lost_is_named() -> None:
    document = made("1. One.\n\n2. Two.\n")
    proof = conservation(replace(document, units=document.units[:1]))
    assert (proof.owned, proof.total) == (6, 12)
    assert proof.share == 0.5
    assert [document.text[span.start : span.end] for span in proof.lost] == ["2.", "Two."]


def test_what_is_counted_twice_is_named() -> None:
    document = made("1. One.\n")
    proof = conservation(replace(document, furniture=(Furniture("rule", Span(0, 2)),)))
    assert (proof.doubled, proof.lost) == ((Span(0, 2),), ())
    assert proof.share < 1


def test_a_blank_text_is_whole() -> None:
    assert conservation(parsed(" \n")).share == 1.0


def faults(text: str) -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    return {item.path: (item.gaps, item.repeats) for item in made(text).series if item.gaps or item.repeats}


def test_a_missing_paragraph_is_a_gap() -> None:
    assert faults("1. One.\n\n2. Two.\n\n4. Four.\n\n5. Five.\n") == {"paragraphs": (("3",), ())}


def test_a_missing_item_is_a_gap() -> None:
    assert faults("1. One:\n\n(a) A;\n\n(b) B;\n\n(d) D.\n") == {"1": (("(c)",), ())}


def test_a_missing_heading_is_a_gap_and_a_misprint_is_named() -> None:
    assert faults("## I. Aims\n\n1. One.\n\n## IV. Means\n\n2. Two.\n\n## IIV. Ends\n\n3. Three.\n") == {
        "headings": (("II", "III"), ("IIV (for V)",))
    }


def test_a_number_far_off_is_text_and_no_gap() -> None:
    document = made("1. One.\n\n2. Two.\n\n30. Thirty.\n")
    assert [unit.label for unit in document.units] == ["para. 1", "para. 2", "para. 2, unnumbered para. 1"]
    assert document.series[0].gaps == ()


def test_addresses_that_repeat_are_named() -> None:
    document = made("1. One.\n\nAnnex\n\n1. A.\n\nAnnex\n\n1. B.\n")
    assert document.series[-1].path == "repeated addresses"
    assert document.series[-1].repeats == ("annex", "annex, para. 1")
    assert [unit.id for unit in document.units] == [
        *("made:1", "made:annex", "made:annex.1", "made:annex~2", "made:annex.1~2"),
    ]
