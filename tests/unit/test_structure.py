"""Annexes, articles, gaps and lists: forms of numbering that the five documents do not have."""

from __future__ import annotations

from taqa.domain import Kind
from taqa.references import resolve

from ..documents import made, series, tails, text, unit

TREATY = """
### Article 1

####Aims

The aim of this Treaty is the care of bees.

### Article  2

####Duties

1. Each State shall:

a) Plant flowers; and

b) Spare hives:

(i) In winter;

(ii) In summer.

2. Each State shall report.

### Article 2 bis

1. No State is bound by paragraph
1. of the annex.

### Article 3

1. This Treaty is open.

Annex I

1. Clover.

2. Lime.
"""


def test_articles_number_their_own_paragraphs() -> None:
    treaty = made(TREATY)
    assert tails(treaty) == [
        *("art1", "art1.unnumberedpara1", "art2", "art2.1", "art2.1.a", "art2.1.b", "art2.1.b.i", "art2.1.b.ii"),
        *("art2.2", "art2bis", "art2bis.1", "art3", "art3.1", "annexi", "annexi.1", "annexi.2"),
    ]
    assert unit(treaty, "art2.1.b.ii").label == "art. 2, para. 1 (b) (ii)"
    assert unit(treaty, "annexi.2").label == "annex I, para. 2"
    assert text(treaty, "art2") == "Article 2 Duties"
    assert unit(treaty, "art2.1").heading_path == ("Article 2 Duties",)
    assert text(treaty, "art2bis.1") == "1. No State is bound by paragraph 1. of the annex."
    assert series(treaty)["art. 2, paragraphs"] == ("1", "2")


def test_articles_are_resolved() -> None:
    treaty = made(TREATY)
    for reference in ("art. 2, para. 2", "Article 2, paragraph 2", "paragraph 2 of article 2", "art. 2 (2)", "art 2 2"):
        found = resolve(f"made.txt, {reference}", [treaty]).unit
        assert found is not None, reference
        assert found.id == "made:art2.2"
    assert resolve("made.txt, para. 2", [treaty]).unit is None


def test_articles_in_plain_type() -> None:
    treaty = made("\t\tArticle 1\n\n1. One.\n\n2. Two.\n\n\t\tArticle 2\n\n1. Three.\n\n2. Four.\n")
    assert tails(treaty) == ["art1", "art1.1", "art1.2", "art2", "art2.1", "art2.2"]


def test_an_annex_restarts_paragraphs_and_headings() -> None:
    paper = made(
        """
        ## I. Aims

        1. One.

        2. Two.

        ## Annex II

        ## I. Ways

        1. Three.

        2. Four.
        """
    )
    assert tails(paper) == ["secti", "1", "2", "annexii", "annexii.secti", "annexii.1", "annexii.2"]
    assert unit(paper, "annexii.1").heading_path == ("Annex II", "I. Ways")
    assert series(paper)["annex II, paragraphs"] == ("1", "2")


def test_a_series_is_named_by_the_part_that_its_paragraphs_stand_in() -> None:
    paper = made("### Article 1\n\nBees fly.\n\n### Annex\n\n1. One of many bees.\n\n2. Two of many bees.\n")
    assert tails(paper) == ["art1", "art1.unnumberedpara1", "annex", "1", "2"]
    assert series(paper) == {"paragraphs": ("1", "2"), "articles": ("1",)}


def test_what_stands_where_headings_of_articles_are_missing_is_not_of_the_article_before() -> None:
    paper = made(
        """
        Treaty on Bees

        The Parties to this Treaty, mindful of bees, have agreed as follows:

        Bees are insects.

        For this Treaty:

        a) “Hive” means a house;

        ### Article 3

        1. Bees fly.

        2. They land.

        1. Hives are warm.

        2. They are dry.

        ### Article 5

        The Parties meet.

        The Parties shall:

        a) eat honey;

        ### Article 8

        Hives are clean.

        They are white.

        ### Article 9

        1. Bees sleep.
        """
    )
    assert [(u.label, u.counted) for u in paper.units if u.kind is not Kind.HEADING] == [
        ("unnumbered para. 1", True),
        ("unnumbered para. 2", True),
        ("unnumbered para. 3", True),
        ("unnumbered para. 3 (a)", True),
        ("art. 3, para. 1", False),
        ("art. 3, para. 2", False),
        ("art. 3 ff., para. 1", True),
        ("art. 3 ff., para. 2", True),
        ("art. 5, unnumbered para. 1", True),
        ("art. 5 ff., unnumbered para. 1", True),
        ("art. 5 ff., unnumbered para. 1 (a)", True),
        ("art. 8, unnumbered para. 1", True),
        ("art. 8, unnumbered para. 2", True),
        ("art. 9, para. 1", False),
    ]
    articles = next(each for each in paper.series if each.path == "articles")
    assert (articles.numbers, articles.gaps) == (("3", "5", "8", "9"), ("1", "2", "4", "6", "7"))
    assert unit(paper, "art3ff.1").heading_path == ("art. 3 ff.",)
    for asked, label in (("art. 3, para. 1", "art. 3, para. 1"), ("art. 3 ff., para. 2", "art. 3 ff., para. 2")):
        assert [found.unit.label for found in resolve(f"Treaty on Bees, {asked}", [paper]).found] == [label]
    reason = resolve("Treaty on Bees, art. 4", [paper]).reason
    assert reason.endswith("has no “art. 4”; after art. 3 comes art. 5.")


def test_numbers_that_are_set_as_headings_above_their_text_are_those_of_paragraphs() -> None:
    paper = made(
        """
        1. Bees fly.

        ### Annex B

        ### 1

        Hives are houses:

        a) of wood;

        ### 2

        They are warm.

        ### 9

        #### Honey

        It is sweet.
        """
    )
    assert [(u.label, u.text) for u in paper.units[2:]] == [
        ("annex B, para. 1", "1 Hives are houses:"),
        ("annex B, para. 1 (a)", "a) of wood;"),
        ("annex B, para. 2", "2 They are warm."),
        ("annex B, “9”", "9"),
        ("annex B, “Honey”", "Honey"),
        ("annex B, “Honey”, unnumbered para. 1", "It is sweet."),
    ]


def test_an_item_that_no_space_sets_off_from_its_label_goes_on_with_a_list_and_begins_none() -> None:
    paper = made("1. Bees:\n\n(a) fly;\n\n(b)sleep;\n\n(c) eat.\n\n(a)symmetric bees:\n\n(s)he bees are rare.\n")
    assert [u.label for u in paper.units[:4]] == ["para. 1", "para. 1 (a)", "para. 1 (b)", "para. 1 (c)"]
    assert [u.kind for u in paper.units[4:]] == [Kind.UNNUMBERED] * len(paper.units[4:])
    assert paper.units[2].text == "(b)sleep;"


def test_a_typed_number_in_parts_that_is_due_under_open_sections_is_that_of_a_section() -> None:
    paper = made(
        """
        **1. Opening**

        The chair spoke.

        **2. News**

        **2.1. Hives**

        Hives are warm.

        **2.2. Honey**

        Honey is sweet.

        **3.7 Million bees**

        Bees are many.

        **3. Closing**

        The chair went.
        """
    )
    assert [u.label for u in paper.units if u.kind is Kind.HEADING] == [
        "sect. 1",
        "sect. 2",
        "sect. 2.1",
        "sect. 2.2",
        "sect. 2.2, “3.7 Million bees”",
        "sect. 3",
    ]


def test_a_quotation_without_numbers() -> None:
    paper = made("1. Article 4 of the Bee Treaty reads:\n\nHives are spared.\n\n2. So they are.\n")
    assert [(u.label, u.kind) for u in paper.units] == [
        ("para. 1", Kind.CHAPEAU),
        ("para. 1 (quoting Bee Treaty, art. 4)", Kind.QUOTED),
        ("para. 2", Kind.PARAGRAPH),
    ]


def test_a_second_block_under_a_paragraph_is_its_own() -> None:
    paper = made("1. Bees fly.\n\nThey also walk.\n\n2. Wasps fly.\n")
    assert [(u.label, u.counted) for u in paper.units] == [
        ("para. 1", False),
        ("para. 1, unnumbered para. 1", True),
        ("para. 2", False),
    ]


def test_list_styles_of_other_languages() -> None:
    paper = made("1. Les États :\n\na) Plantent ;\n\nb) Sèment :\n\ni) Le blé ;\n\nii) Le lin.\n\n2. Fin.\n")
    assert [u.label for u in paper.units] == [
        *("para. 1", "para. 1 (a)", "para. 1 (b)", "para. 1 (b) (i)", "para. 1 (b) (ii)", "para. 2"),
    ]


def test_a_long_text_takes_time_in_proportion() -> None:
    from time import perf_counter

    def seconds(paragraphs: int) -> float:
        body = "".join(
            f"{i}. Bees12 fly semi-\nannually over article 4, which states:\n\n(a) A;\n(b) B.\n\n"
            for i in range(1, paragraphs)
        )
        begun = perf_counter()
        made(body)
        return perf_counter() - begun

    small = min(seconds(300) for _ in range(3))
    assert seconds(3000) < 40 * small
