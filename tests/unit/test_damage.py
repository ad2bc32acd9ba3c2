"""The ten kinds of damage in real papers: each on the real document, with its exact words, and on a made-up one.

The made-up documents share no word, number or name with the real ones: what is handled is the form, not the file.
"""

from __future__ import annotations

import pytest

from taqa.domain import Kind
from taqa.ingest.proofs import conservation
from taqa.references import find, resolve

from ..documents import corpus, furniture, made, real, series, tails, text, unit


def numbers(first: int, last: int) -> tuple[str, ...]:
    return tuple(str(number) for number in range(first, last + 1))


# -- 1. Treaty numbers that look like paragraph numbers -----------------------------------------------------


def test_real_quoted_provisions_are_not_paragraphs() -> None:
    note = real("002")
    assert series(note)["paragraphs"] == numbers(1, 54)
    quoted = [unit(note, f"28.quoted{number}") for number in (2, 3, 4)]
    assert [u.kind for u in quoted] == [Kind.QUOTED] * 3
    assert [u.label for u in quoted] == [
        f"para. 28 (quoting Stockholm Convention, art. 12, para. {number})" for number in (2, 3, 4)
    ]
    assert quoted[0].text.startswith("2. The Parties shall cooperate to provide timely and appropriate technical")
    assert quoted[2].text.endswith(
        "Further guidance in this regard shall be provided by the Conference of the Parties."
    )
    assert text(note, "2").startswith("2. The current note responds to that request")
    assert text(note, "4") == "4. Paragraph 1 of article 14 of the Basel Convention states:"
    assert unit(note, "4.quotedprovision").label == "para. 4 (quoting Basel Convention, art. 14, para. 1)"
    assert unit(note, "28").kind is Kind.CHAPEAU


def test_made_quoted_range_that_begins_with_the_very_number_due_next() -> None:
    paper = made(
        """
        1. The Chair prepared this letter.

        2. It follows an earlier one.

        3. Paragraphs 4–6 of article 7 of the Lead Treaty provide:
        4.
        Each State shall report on lead.

        5.
        Reports shall be public.

        6.
        A clerk shall collect them.

        4. The assembly took note of the reports.

        5. No State objected.
        """
    )
    assert tails(paper) == ["1", "2", "3", "3.quoted4", "3.quoted5", "3.quoted6", "4", "5"]
    assert unit(paper, "3.quoted5").label == "para. 3 (quoting Lead Treaty, art. 7, para. 5)"
    assert text(paper, "3.quoted6") == "6. A clerk shall collect them."
    assert text(paper, "4") == "4. The assembly took note of the reports."
    assert series(paper)["paragraphs"] == numbers(1, 5)


def test_made_number_that_begins_a_wrapped_line_is_no_anchor() -> None:
    paper = made(
        """
        1. The fund supports schools as foreseen in article
        2. of the treaty and in paragraph
        3. of its annex, which it lists.

        2. It has done so for ten years.
        """
    )
    assert tails(paper) == ["1", "2"]
    assert text(paper, "2") == "2. It has done so for ten years."


# -- 2. Labels cut off from their text ----------------------------------------------------------------------


def test_real_labels_alone_on_a_line() -> None:
    note = real("002")
    heading = "Delivery of technical assistance and capacity‑building under relevant multilateral environmental"
    assert text(note, "secti") == f"I. {heading} agreements and organizations"
    assert text(note, "sectia") == "A. Basel Convention"
    assert text(note, "29.b").startswith("(b) Review of available infrastructure, capacity and institutions")
    assert (
        text(note, "43.c")
        == "(c) Good relations with the Government and the main national players in cleaner production;"
    )
    assert text(note, "43.d").startswith("(d) Adequate organizational structure")
    assert series(note)["43"] == ("a", "b", "c", "d", "e", "f", "g")


def test_made_labels_alone_and_inline_in_one_list() -> None:
    paper = made(
        """
        I.
        Delivery of aid

        A.
        Lead Treaty

        1. The schools provide:

        (a)
        Advice;

        (b) Training; and

        (c)
        Tools.

        B.
        Zinc Treaty

        2. Nothing is provided.
        """
    )
    assert tails(paper) == ["secti", "sectia", "1", "1.a", "1.b", "1.c", "sectib", "2"]
    assert text(paper, "secti") == "I. Delivery of aid"
    assert [text(paper, f"1.{item}") for item in "abc"] == ["(a) Advice;", "(b) Training; and", "(c) Tools."]
    assert unit(paper, "1.c").heading_path == ("I. Delivery of aid", "A. Lead Treaty")


# -- 3. Letters that compete with roman numerals, lists that restart ----------------------------------------


def test_real_letter_i_and_roman_i() -> None:
    note = real("002")
    assert series(note)["29"] == tuple("abcdefghijklm")
    assert series(note)["29 (c)"] == ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii")
    assert series(note)["29 (d)"] == ("i", "ii")
    assert unit(note, "29.c.viii").label == "para. 29 (c) (viii)"
    assert text(note, "29.c.viii") == "(viii) Development of pollutant release and transfer registers;"
    assert text(note, "29.i").startswith("(i) Identification and remediation of sites contaminated")
    assert text(note, "29.d.i").startswith("(i) Development and introduction of alternatives")
    assert text(note, "6.i").startswith("(i) Carrying out fund‑raising")
    assert unit(note, "29.c.viii").parent == f"{note.id}:29.c"


def test_real_lists_restart_under_subheadings() -> None:
    paper = real("001")
    assert [tail for tail in tails(paper) if tail.startswith("8.") and "footnote" not in tail] == [
        *("8.regionalactivities", "8.regionalactivities.a", "8.regionalactivities.b"),
        *("8.subregionalactivities", "8.subregionalactivities.a", "8.subregionalactivities.b"),
        *("8.nationalactivities", *(f"8.nationalactivities.{item}" for item in "abcdef")),
    ]
    assert unit(paper, "8.nationalactivities.e").label == "para. 8, National activities (e)"


def test_made_letter_i_and_roman_i() -> None:
    paper = made(
        """
        1. Care is due to:

        (a) Air;
        (b) Birds;
        (c) Skills in:
        (i) Sampling;
        (ii) Weighing;
        (d) Dust;
        (e) Earth;
        (f) Fire;
        (g) Gas;
        (h) Heat, including:
        (i) Steam;
        (ii) Vapour;
        (i) Ice;
        (j) Jute.
        """
    )
    assert series(paper) == {
        "paragraphs": ("1",),
        "1": tuple("abcdefghij"),
        "1 (c)": ("i", "ii"),
        "1 (h)": ("i", "ii"),
    }
    assert text(paper, "1.h.i") == "(i) Steam;"
    assert text(paper, "1.i") == "(i) Ice;"


def test_made_lists_restart_under_subheadings() -> None:
    paper = made(
        """
        1. The scheme includes these efforts:

        Efforts in towns

        (a) Fairs;

        (b) Walks.

        Efforts in villages

        (a) Visits;

        (b) Letters.

        2. It costs little.
        """
    )
    assert tails(paper)[1:] == [
        *("1.effortsintowns", "1.effortsintowns.a", "1.effortsintowns.b"),
        *("1.effortsinvillages", "1.effortsinvillages.a", "1.effortsinvillages.b", "2"),
    ]
    assert unit(paper, "1.effortsinvillages.a").label == "para. 1, Efforts in villages (a)"
    assert unit(paper, "1.effortsinvillages.a").parent == "made:1.effortsinvillages"


# -- 4. A paper without paragraph numbers -------------------------------------------------------------------


def test_real_unnumbered_paper() -> None:
    paper = real("000")
    assert "paragraphs" not in series(paper)
    assert series(paper) == {"headings": numbers(1, 3), "sect. 1": numbers(1, 3)}
    assert unit(paper, "sect1.item2").label == "sect. 1, item 2"
    assert not unit(paper, "sect1.item2").counted
    assert text(paper, "sect1.item2").startswith("2. The second document, Pollutant Release and Transfer Registers")
    fourth = unit(paper, "sect1.unnumberedpara4")
    assert (fourth.label, fourth.counted) == ("sect. 1, unnumbered para. 4", True)
    assert fourth.text.startswith("An external mechanism could also be established")
    assert unit(paper, "sect3.unnumberedpara1.bullet2").text.startswith(
        "The establishment of a body not formally under"
    )
    assert text(paper, "sect1.unnumberedpara2").endswith("needs of the Signatories and Parties to the Protocol.")


def test_made_unnumbered_paper() -> None:
    paper = made(
        """
        A LETTER ON LEAD

        The Chair was asked to look into lead.

        1) What lead does

        There are three papers, which were written by three people in three towns:

        - The first paper, and
        - The second paper.

        1. The first paper says that lead is heavy.

        2. The second paper says that lead is soft.

        Neither paper says that lead is good, which the Chair regrets for more than one reason.

        2) Conclusions

        Lead is heavy and soft.
        """
    )
    assert tails(paper) == [
        *("title", "unnumberedpara1", "sect1", "sect1.unnumberedpara1"),
        *("sect1.unnumberedpara1.bullet1", "sect1.unnumberedpara1.bullet2"),
        *("sect1.item1", "sect1.item2", "sect1.unnumberedpara2", "sect2", "sect2.unnumberedpara1"),
    ]
    assert [u.counted for u in paper.units if u.kind is Kind.UNNUMBERED] == [True, True, True]
    assert not unit(paper, "sect1.item1").counted


# -- 5. Footnotes in the middle of paragraphs and lists -----------------------------------------------------


def test_real_footnotes_in_mid_sentence() -> None:
    paper, plan = real("001"), real("004")
    third = unit(paper, "3")
    assert "in support of implementation of the Protocol, in light of future experience" in third.text
    assert len(third.spans) == 2
    assert series(paper)["footnotes"] == numbers(1, 11)
    assert "listed in Annex A, B or C" in text(paper, "22")
    assert "developing mechanisms, such as pollutant release and transfer registers" in text(paper, "22")
    assert unit(paper, "18.c.footnote11").text.endswith("UNECE became a full partner in 2005.")
    links = furniture(paper, "link list")
    assert len(links) == 17
    assert links[-5:] == [
        *("http://rbec.undp.org/", "http://www.unep.ch/roe/", "http://www.osce.org/"),
        *("http://www.nato.int/science/", "http://www.unece.org/"),
    ]
    assert "scientific understanding in developing countries to enhance informed" in text(plan, "19.d")
    assert len(unit(plan, "19.d").spans) == 2
    assert unit(plan, "1.footnote2").text == (
        "2 UNEP/CHW.13/INF/35, UNEP/FAO/RC/COP.8/INF/25 and UNEP/POPS/COP.8/INF/23."
    )
    order = tails(plan)
    assert order[order.index("6") : order.index("7") + 1] == ["6", "1.footnote1", "1.footnote2", "4.footnote3", "7"]


def test_made_footnotes_in_mid_sentence() -> None:
    paper = made(
        """
        1.  The Treaty on Bees1 offers help to every State that wants it.2 The States agreed that the
        scheme may serve all of them, and it ends by inviting
        ␠␠␠␠␠␠␠␠␠␠␠␠␠␠␠␠␠␠␠␠␠␠␠␠␠␠␠␠␠␠␠␠␠␠␠␠␠␠␠␠␠␠␠␠␠␠␠␠␠
        1 The Treaty was made in a town
        and amended in a city.
        2 “Help” is understood as honey.
         comments from every State.

        2.  The duties are:

        (a) Study of hives; and

        (b) Care of plans,3 each of which

        ␠
        3 The plans include two from the north.

        http://hive.example/
        http://comb.example/
         describes the needs of a State.
        """
    )
    assert text(paper, "1") == (
        "1. The Treaty on Bees offers help to every State that wants it. The States agreed that the scheme may serve "
        "all of them, and it ends by inviting comments from every State."
    )
    assert text(paper, "2.b") == "(b) Care of plans, each of which describes the needs of a State."
    assert unit(paper, "1").notes == ("made:1.footnote1", "made:1.footnote2")
    assert unit(paper, "2.b.footnote3").label == "para. 2 (b), footnote 3"
    assert text(paper, "1.footnote1") == "1 The Treaty was made in a town and amended in a city."
    assert furniture(paper, "link list") == ["http://hive.example/", "http://comb.example/"]
    assert conservation(paper).share == 1.0


# -- 6. Footnote marks run into words, asterisks without an anchor ------------------------------------------


def test_real_marks_run_into_words() -> None:
    paper = real("001")
    assert "to the Aarhus Convention requires the Parties" in text(paper, "1")
    assert text(paper, "1").endswith("to facilitate the implementation of the Protocol.")
    assert "tracking implementation of SAICM for the International Conference" in text(paper, "10")
    assert unit(paper, "10").notes == (f"{paper.id}:10.footnote6",)
    assert "(UNITAR, REC and CAREC); and" in text(paper, "8.nationalactivities.e")
    assert furniture(paper, "footnote mark") == list(numbers(1, 11))
    assert "4.5m USD" in text(paper, "21")
    lost = unit(paper, "footnote*")
    assert (lost.kind, lost.parent, lost.label) == (Kind.FOOTNOTE, None, "footnote *")
    assert text(real("003"), "footnote*") == "* UNEP(DTIE)/Hg/INC.1/1."
    starred = [unit(real("004"), f"masthead.block{block}.footnote{'*' * n}") for n, block in ((1, 6), (2, 7), (3, 8))]
    assert [note.text for note in starred] == [
        *("* UNEP/CHW.13/1.", "** UNEP/FAO/RC/COP.8/1.", "*** UNEP/POPS/COP.8/1."),
    ]


def test_made_marks_run_into_words() -> None:
    paper = made(
        """
        1. Bees serve the HIVE1 of 2012 and the Wax Treaty.2 It costs 3 crowns.*

        * At the rate of spring.

        1 House of Insects.

        2 Made in a garden.

        2. In 2012 it had 17 members; H2O is not a mark.
        """
    )
    assert text(paper, "1") == "1. Bees serve the HIVE of 2012 and the Wax Treaty. It costs 3 crowns."
    assert text(paper, "2") == "2. In 2012 it had 17 members; H2O is not a mark."
    assert unit(paper, "1").notes == ("made:1.footnote*", "made:1.footnote1", "made:1.footnote2")
    assert text(paper, "1.footnote*") == "* At the rate of spring."


# -- 7. Page furniture inside sentences, line-end hyphens ---------------------------------------------------


def test_real_furniture_inside_sentences() -> None:
    note, paper = real("003"), real("001")
    assert furniture(note, "running header") == ["UNEP(DTIE)/Hg/INC.1/10"] * 2
    assert furniture(note, "page number") == ["2", "6"]
    assert "over the past years a number of technical activities" in text(note, "10")
    assert "activities in 147 developing countries." in text(note, "16")
    assert "updated semi-annually by the secretariat beginning in 2004" in text(paper, "10")
    assert "Security and Co-operation in Europe" in text(paper, "5")
    assert "operates on an interim basis as a self-standing independent body" in text(paper, "15")
    assert "two-year long projects" in text(paper, "21")


def test_made_furniture_inside_sentences() -> None:
    paper = made(
        """
        Note by the bureau

        1. The fund has helped more than 9,000 schools in
         152 countries over the past
         decades, and it goes



        XYZ/BEE/ASM.2/7
        ␠

         2

        on to this day.

        2. Work is done twice-
        yearly and mid-
        and long-term, and the technol-
        ogy spreads; technology is good.



        XYZ/BEE/ASM.2/7
        ␠

         4

        3. The rest follows.
        """
    )
    assert text(paper, "1") == (
        "1. The fund has helped more than 9,000 schools in 152 countries over the past decades, and it goes on to "
        "this day."
    )
    assert text(paper, "2") == (
        "2. Work is done twice-yearly and mid- and long-term, and the technology spreads; technology is good."
    )
    assert furniture(paper, "running header") == ["XYZ/BEE/ASM.2/7"] * 2
    assert furniture(paper, "page number") == ["2", "4"]
    assert paper.meta.symbol == "XYZ/BEE/ASM.2/7"


# -- 8. Symbols with odd hyphens and spaces, chains ---------------------------------------------------------


def test_real_symbols_in_every_spelling() -> None:
    note, plan = real("002"), real("004")
    assert "capacity‑building" in text(note, "3")
    mention = next(m for m in find(text(plan, "1.footnote1")) if m.kind == "symbol")
    assert mention.text == "UNEP/CHW.13/INF/34"
    chain = [m.text for m in find(text(plan, "1.footnote1")) if m.kind == "symbol"]
    assert chain == ["UNEP/CHW.13/INF/34", "UNEP/FAO/RC/COP.8/INF/24", "UNEP/POPS/COP.8/INF/22"]
    mentions = [m.key for u in note.units for m in find(u.text) if m.kind in ("symbol", "decision")]
    assert {"sc-1/15", "sc-2/9", "sc-3/12", "sc-4/23"} <= set(mentions)
    odd = [
        m for u in note.units for m in find(u.text) if m.kind == "symbol" and ("\u2011" in m.text or "\xa0" in m.text)
    ]
    assert all("\u2011" not in m.key and "\xa0" not in m.key for m in odd)


@pytest.mark.parametrize("hyphen", ["-", "\u2010", "\u2011", "\u2013", "\u2212"])
def test_made_symbols_with_odd_hyphens(hyphen: str) -> None:
    paper = made(f"1. See decision BEE{hyphen}15/27 and XYZ/BEE.13/17{hyphen}XYZ/WAX/ASM.8/17, para.\u00a04.\n")
    mentions = find(text(paper, "1"))
    assert [m.key for m in mentions] == ["bee-15/27", "xyz/bee.13/17", "xyz/wax/asm.8/17", "para 4"]


# -- 9. Headings of every kind, lists under outcomes, a paragraph broken in mid-sentence --------------------


def test_real_headings_of_every_kind() -> None:
    plan = real("004")
    headings = next(item for item in plan.series if item.path == "headings")
    assert headings.numbers == ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "VIX")
    assert headings.repeats == ("VIX (for IX)",)
    assert text(plan, "sectvix") == "VIX. Adjustment of the technical assistance plan"
    assert series(plan)["headings under sect. V"] == ("A", "B", "C", "D")
    assert series(plan)["headings under sect. V.C"] == ("1", "2")
    assert text(plan, "sectvc") == "C. Stockholm Convention"
    assert text(plan, "sectvc1").startswith("1. Outcome: Legal and institutional frameworks")
    assert text(plan, "sectvc1.a") == "(a) Outputs"
    third = unit(plan, "sectva1.b.iii")
    assert third.label == "sect. V.A.1 (b) (iii)"
    assert third.text.startswith("(iii) Number of pilot projects implemented on the coordination")
    assert third.heading_path[0] == "V. Outcomes, outputs and indicators"
    assert third.heading_path[-1] == "(b) Indicators"
    assert series(plan)["paragraphs"] == numbers(1, 26)
    assert not any("*" in u.text or "#" in u.text for u in plan.units if u.kind is not Kind.FOOTNOTE)


def test_real_item_broken_in_mid_sentence() -> None:
    plan = real("004")
    assert "Partnerships have a substantial resource mobilization effect for technical assistance." in text(
        plan, "21.c"
    )
    assert tails(plan)[tails(plan).index("21.c") + 1] == "sectvii"


def test_made_headings_of_every_kind() -> None:
    paper = made(
        """
        **Distr.: General**
        3 March 2019

        English only

        **Plan for bees
        2020–2023**

        **Note by the bureau**

        The plan is set out in the annex.

        ## Annex

        # Plan for bees

        ## I. Opening

        1. Bees are of use.

        ### II. Aims

        2. The aims are clear.

        ## **III. Results**

        **A. Bee Treaty****1. Outcome: Less noise****(a) Outputs**

        - (i) Guidance is there;
        - (ii) Training is given.

        **(b) Signs**

        - (i) Number of guides;
        - (ii) Number of trained people.

        ##### **2. Outcome: More care**

        ###### **(a) Outputs**

        - (i) Care is taken.

        ## **IIV. Review**

        3. The plan is reviewed:

        (a) In the light of

        what was learned from it.
        """
    )
    assert tails(paper) == [
        *("masthead.block1", "masthead.block2", "title", "heading2", "unnumberedpara1", "annex", "heading3"),
        *("secti", "1", "sectii", "2", "sectiii", "sectiiia", "sectiiia1", "sectiiia1.a"),
        *("sectiiia1.a.i", "sectiiia1.a.ii", "sectiiia1.b", "sectiiia1.b.i", "sectiiia1.b.ii"),
        *("sectiiia2", "sectiiia2.a", "sectiiia2.a.i", "sectiiv", "3", "3.a"),
    ]
    assert text(paper, "title") == "Plan for bees 2020–2023"
    assert unit(paper, "sectiiia1.b.ii").label == "sect. III.A.1 (b) (ii)"
    assert next(item.repeats for item in paper.series if item.path == "headings") == ("IIV (for IV)",)
    assert text(paper, "3.a") == "(a) In the light of what was learned from it."
    assert (paper.meta.date, paper.meta.language) == ("2019-03-03", "en")


# -- 10. Documents that repeat, overlap and disagree, and slips of the original -----------------------------


def test_real_repeats_stay_apart_and_slips_stay() -> None:
    first, second = unit(real("002"), "4.quotedprovision"), unit(real("003"), "7.quotedprovision")
    assert first.text == second.text
    assert first.id != second.id
    assert "matters relating to the Protocol" in text(real("001"), "1")
    assert "Parties with economics in transition" in text(real("001"), "1")
    assert "county programmes" in text(real("002"), "17")
    assert "in 143 developing countries" in text(real("003"), "17")
    assert "in 147 developing countries" in text(real("003"), "16")
    assert "the the identification" in text(real("004"), "sectvb1.a.i")
    assert len({u.id for document in corpus() for u in document.units}) == 455


def test_made_repeats_stay_apart() -> None:
    paper = made(
        """
        1. The results are:

        (a) Fewer flies;

        (b) Fewer flies;

        (b) Fewer fleas.

        2. The results are:

        (a) Fewer flies.
        """
    )
    assert [u.text for u in paper.units].count("(a) Fewer flies;") == 1
    assert len({u.id for u in paper.units}) == len(paper.units)
    assert conservation(paper).share == 1.0


@pytest.mark.parametrize("document", corpus(), ids=lambda document: document.file[:3])
def test_real_documents_are_whole(document) -> None:
    proof = conservation(document)
    assert (proof.share, proof.lost, proof.doubled) == (1.0, (), ())
    assert [item.gaps for item in document.series] == [()] * len(document.series)
    assert resolve(document.name, corpus()).document is document
