"""Decisions and resolutions, preambles, operative verbs, numbers that begin anew, and text in square brackets."""

from __future__ import annotations

import pytest

from taqa.domain import Kind

from ..documents import made, series, tails, unit

DECISIONS = """
REPORT OF THE CONFERENCE

Decision 1/CP.9

Care of bees

The Conference of the Parties,

Recalling decision 4/CP.8,
Also recalling Article 4 of the Convention,

Deeply concerned about hives,

1. Decides to spare hives:

(a) In winter;

(b) In summer;

2. Also invites Parties to plant flowers;

I. Funds

3. Takes note of the report in the annex.

9th plenary meeting
12 December 2003

Annex

Terms of care

1. Beekeepers report once a year on the number of their hives, on the flowers near them and on the losses of winter.

2. The secretariat puts the reports together and makes them known to all Parties before each of their meetings.

3. The Conference of the Parties considers them at its ordinary meetings and decides what else is to be done.

Appendix

1. Clover, lime and heather are flowers for the purposes of these terms, and so is everything that bees fly to.

Decision 2/CP.9

Honey

The Conference of the Parties,

Recalling decision 1/CP.9,

1. Welcomes the honey;

2. Requests the secretariat to share it.
"""


def test_decisions_of_one_file_number_their_own_paragraphs() -> None:
    report = made(DECISIONS)
    first, second = "decision1cp9", "decision2cp9"
    assert [tail for tail in tails(report) if tail.startswith("decision")] == [
        *(first, f"{first}.unnumberedpara1", f"{first}.preambularpara1", f"{first}.preambularpara2"),
        *(f"{first}.preambularpara3", f"{first}.1", f"{first}.1.a", f"{first}.1.b", f"{first}.2", f"{first}.secti"),
        *(f"{first}.3", f"{first}.unnumberedpara2", f"{first}.annex", f"{first}.annex.termsofcare"),
        *(f"{first}.annex.1", f"{first}.annex.2", f"{first}.annex.3"),
        *(f"{first}.annex.appendix", f"{first}.annex.appendix.1"),
        *(second, f"{second}.unnumberedpara1", f"{second}.preambularpara1", f"{second}.1", f"{second}.2"),
    ]
    assert unit(report, f"{first}.1.b").label == "decision 1/CP.9, para. 1 (b)"
    assert unit(report, f"{first}.annex.appendix.1").label == "decision 1/CP.9, annex, appendix, para. 1"
    assert unit(report, second).text == "Decision 2/CP.9 Honey"
    assert unit(report, f"{second}.2").heading_path == ("Decision 2/CP.9 Honey",)
    assert series(report)["decision 1/CP.9, annex, paragraphs"] == ("1", "2", "3")


def test_the_meeting_that_adopted_a_decision_is_no_part_of_its_last_paragraph() -> None:
    adopted = unit(made(DECISIONS), "decision1cp9.unnumberedpara2")
    assert adopted.text == "9th plenary meeting 12 December 2003"
    assert (adopted.label, adopted.kind) == ("decision 1/CP.9, unnumbered para. 2", Kind.UNNUMBERED)
    assert (adopted.parent, adopted.heading_path, adopted.counted) == (None, ("Decision 1/CP.9 Care of bees",), True)


CLOSINGS = [
    *("9th plenary meeting\n12 December 2003", "9 th plenary meeting\n\n30 November–1 December 2003"),
    *("Adopted at the 9th plenary meeting, 12 December 2003", "Done at the 9th plenary meeting."),
    *("9th meeting\n12 December 2003\n[Adopted without a vote.]", "9e séance plénière\n1er décembre 2003"),
    *("9ª sesión plenaria\n12 de diciembre de 2003", "9.ª sesión plenaria, 12 de diciembre de 2003"),
]


@pytest.mark.parametrize("closing", CLOSINGS)
def test_forms_of_the_meeting_that_adopted_a_decision(closing: str) -> None:
    report = made(
        f"Decision 1/CP.9\n\n1. Decides to act.\n\n2. Requests more:\n\n(a) Hives;\n\n{closing}\n\nAnnex\n\nBees.\n"
    )
    assert [u.label for u in report.units if u.kind is Kind.UNNUMBERED] == [
        *("decision 1/CP.9, unnumbered para. 1", "decision 1/CP.9, annex, unnumbered para. 1"),
    ]
    assert unit(report, "decision1cp9.unnumberedpara1").text == " ".join(closing.split())


def test_the_meeting_below_an_annex_is_that_of_the_decision() -> None:
    report = made("Decision 1/CP.9\n\n1. Adopts terms.\n\nAnnex\n\n1. Bees.\n\n9th plenary meeting\n12 December 2003\n")
    assert report.units[-1].label == "decision 1/CP.9, unnumbered para. 1"


@pytest.mark.parametrize(
    "text",
    [
        "the matter was taken up at the\n9th plenary meeting\nof the Conference.",
        "the Parties met.\n\n9th meeting rooms are warm, and so are those on the floor below it.",
    ],
)
def test_a_meeting_in_a_sentence_closes_nothing(text: str) -> None:
    report = made(f"Decision 1/CP.9\n\n1. Decides that {text}\n\n2. Requests more.\n")
    assert "decision1cp9.unnumberedpara1" not in tails(report)


def test_the_words_with_which_a_treaty_is_signed_are_no_part_of_its_last_article() -> None:
    treaty = made(
        """
        ### Article 1

        1. Bees are spared.

        2. Hives too.

        IN WITNESS WHEREOF the undersigned, being duly authorized to that effect, have signed this Treaty.

        DONE at Hive on this first day of May, two thousand and one.

        ### Annex

        1. Clover.
        """
    )
    assert [(u.label, u.parent) for u in treaty.units if u.kind is Kind.UNNUMBERED] == [
        *(("unnumbered para. 1", None), ("unnumbered para. 2", None)),
    ]
    assert treaty.units[-1].label == "annex, item 1"


def test_operative_verbs_are_data() -> None:
    report = made(DECISIONS)
    assert [(u.label.rpartition(", ")[2], u.verb) for u in report.units if u.verb] == [
        *(("para. 1", "Decides"), ("para. 2", "Also invites"), ("para. 3", "Takes note")),
        *(("para. 1", "Welcomes"), ("para. 2", "Requests")),
    ]


@pytest.mark.parametrize(
    "second",
    [
        "Strongly condemning the theft of hives",
        "Gravely distressed by the theft",
        "Re-emphasizing its",
        "Appreciative of",
    ],
)
def test_every_paragraph_of_a_preamble_is_counted(second: str) -> None:
    paper = made(
        f"""
        The Bee Council,

        Recalling its earlier resolutions,

        {second} work of keepers,

        Stressing the need for honey,

        1. Strongly supports the keepers;

        2. Decides to remain seized of the matter.
        """
    )
    preamble = [item.text for item in paper.units if "preambular" in item.label]
    assert [words.split()[0] for words in preamble] == ["Recalling", second.split()[0], "Stressing"]
    assert unit(paper, "1").verb == "Strongly supports"


def test_a_resolution_without_a_heading_of_its_own() -> None:
    paper = made(
        """
        The Security Council,

        Reaffirming its resolutions on hives, and noting with great concern how many of them are lost each winter,

        Bearing in mind the letter of the beekeepers, and guided by the purposes and principles of all bees,

        1. Demands that hives be spared;

        2. Urges once again all bears to stay away;

        3. Decides to remain seized of the matter.
        """
    )
    assert [(u.label, u.verb) for u in paper.units[-5:]] == [
        *(("preambular para. 1", ""), ("preambular para. 2", "")),
        *(("para. 1", "Demands"), ("para. 2", "Urges"), ("para. 3", "Decides")),
    ]


def test_paragraphs_of_a_report_have_no_operative_verb() -> None:
    assert not any(u.verb for u in made("1. Notes were taken.\n\n2. Requests came in.\n\n3. Calls rang.\n").units)


def test_a_decision_that_is_mentioned_is_no_part() -> None:
    report = made("1. Bees fly.\n\n2. Wasps fly.\n\nDecision 1/CP.9\n\n3. Ants walk.\n\n4. Moths fly.\n")
    assert [u.label for u in report.units if u.kind is Kind.PARAGRAPH] == ["para. 1", "para. 2", "para. 3", "para. 4"]


def test_numbers_that_begin_anew_under_a_heading_or_without_one() -> None:
    paper = made(
        """
        ### Article 4

        1. One.

        2. Two.

        3. Three.

        1. One again.

        2. Two again.

        ####Closing words

        1. One at last.

        2. Two at last.
        """
    )
    assert [(u.label, u.counted) for u in paper.units if u.kind is Kind.PARAGRAPH] == [
        *(("art. 4, para. 1", False), ("art. 4, para. 2", False), ("art. 4, para. 3", False)),
        *(("art. 4, series 2, para. 1", True), ("art. 4, series 2, para. 2", True)),
        *(("art. 4, “Closing words”, para. 1", False), ("art. 4, “Closing words”, para. 2", False)),
    ]


def test_a_list_of_numbers_inside_a_paragraph_begins_nothing_anew() -> None:
    paper = made("1. Bees.\n\n2. Wasps are:\n\n1. Small;\n\n2. Yellow.\n\n3. Ants.\n\n4. Moths.\n")
    assert [u.label for u in paper.units if u.kind in (Kind.PARAGRAPH, Kind.CHAPEAU)] == [
        *("para. 1", "para. 2", "para. 3", "para. 4"),
    ]


def test_parts_of_an_annex_and_their_articles() -> None:
    treaty = made(
        """
        ### Article 1

        1. Aims.

        ### Annex II

        ###Part 1

        ####Arbitration

        ### Article 1

        1. One.

        ###Part 2

        ### Article 1

        1. Two.
        """
    )
    assert [u.label for u in treaty.units if u.kind is Kind.PARAGRAPH] == [
        *("art. 1, para. 1", "annex II, part 1, art. 1, para. 1", "annex II, part 2, art. 1, para. 1"),
    ]
    assert unit(treaty, "annexii.part1").text == "Part 1 Arbitration"


def test_numbers_put_in_between() -> None:
    paper = made(
        "1. Each Party shall:\n\n(a) Act;\n\n(a bis) Report;\n\n(a) ter Pay;\n\n(b) Stop.\n\n1 bis. Others may.\n\n"
        "1 ter. None must.\n\n2. End.\n\n4 bis. Text of another paper.\n\n3. Done.\n"
    )
    assert [u.label for u in paper.units if u.body] == [
        *("para. 1", "para. 1 (a)", "para. 1 (a bis)", "para. 1 (a ter)", "para. 1 (b)"),
        *("para. 1 bis", "para. 1 ter", "para. 2", "para. 3"),
    ]


def test_the_first_item_on_the_line_of_its_number() -> None:
    paper = made("1. Bees.\n\n2. (a) One;\n\n(b) (i) Two;\n\n(ii) Three.\n\n3. Ants.\n")
    assert [u.label for u in paper.units] == [
        *("para. 1", "para. 2", "para. 2 (a)", "para. 2 (b)", "para. 2 (b) (i)", "para. 2 (b) (ii)", "para. 3"),
    ]


def bracketed(text: str) -> dict[str, list[str]]:
    return {u.label: [u.text[s.start : s.end] for s in u.bracketed] for u in made(text).units}


def test_text_in_brackets_is_marked_nested_and_over_items() -> None:
    found = bracketed(
        "1. Each Party [shall] report to the [Conference [of the Parties]].\n\n[2. No Party may stop.]\n\n"
        "[3. Each Party shall:\n\n(a) Act;\n\n[(b) Pay.]]\n\n4. End of [it.\n\n5. Done.\n"
    )
    assert found == {
        "para. 1": ["[shall]", "[Conference [of the Parties]]", "[of the Parties]"],
        "para. 2": ["[2. No Party may stop.]"],
        "para. 3": ["[3. Each Party shall:"],
        "para. 3 (a)": ["(a) Act;"],
        "para. 3 (b)": ["[(b) Pay.]", "[(b) Pay.]]"],
        "para. 4": ["[it."],
        "para. 5": [],
    }


def test_brackets_of_editors_are_not_marked() -> None:
    found = bracketed("1. Bees [sic] fly […] far [...] and high.[12] See [their home](http://bees.example/home) too.\n")
    assert found == {"para. 1": []}


def test_a_list_goes_on_after_text_without_a_number() -> None:
    words = "Matters of winter, and of what bees eat while there are no flowers in the fields and gardens"
    paper = made(f"1. Parties shall:\n\n(a) Act;\n\n(b) Report;\n\n{words}\n\n(c) Feed.\n\n2. End.\n")
    assert [u.label for u in paper.units if u.body] == [
        "para. 1",
        "para. 1 (a)",
        "para. 1 (b)",
        "para. 1 (c)",
        "para. 2",
    ]


def test_a_heading_between_two_items_closes_no_paragraph() -> None:
    paper = made("1. Parties shall:\n\n(a) Act;\n\n(b) Report;\n\nIn winter\n\n(c) Feed;\n\n(d) Wait.\n\n2. End.\n")
    assert [u.label for u in paper.units] == [
        *("para. 1", "para. 1 (a)", "para. 1 (b)", "para. 1, In winter", "para. 1, In winter (c)"),
        *("para. 1, In winter (d)", "para. 2"),
    ]


def test_paragraphs_of_a_preamble_in_brackets_stand_apart() -> None:
    words = ("[Noting with concern the gap,]", "[Deeply concerned by the losses of bees,]", "Mindful of the flowers,")
    draft = made(
        "\n\n".join(("Draft decision on bees", "The Committee,", *words, "1. Decides to act;", "2. Requests money."))
    )
    assert [unit.text for unit in draft.units if unit.label.startswith("preambular")] == list(words)
    assert [unit.verb for unit in draft.units if unit.label == "para. 1"] == ["Decides"]
