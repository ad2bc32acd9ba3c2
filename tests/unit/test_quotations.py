"""Which treaty a quoted provision is of: what the document says, and nothing else."""

from __future__ import annotations

import pytest

from taqa.domain import Kind, Provision
from taqa.references.instruments import names, names_several

from ..documents import corpus, made, real, unit

BASEL = "Basel Convention on the Control of Transboundary Movements of Hazardous Wastes and their Disposal"
STOCKHOLM = "Stockholm Convention on Persistent Organic Pollutants"


def quoting(text: str) -> list[str]:
    """Labels of the quoted provisions of a made-up document, without the paragraph."""
    labels = [unit.label for unit in made(text).units if unit.kind is Kind.QUOTED]
    return [label.partition("(")[2].removesuffix(")") for label in labels]


def announcing(paragraph: str) -> str:
    """What the one quotation announced by a paragraph is labelled."""
    (label,) = quoting(f"1. {paragraph}\n\nHives are spared.\n\n2. So they are.\n")
    return label


@pytest.mark.parametrize(
    ("number", "tail", "provision"),
    [
        ("002", "4.quotedprovision", Provision("14", "1", "Basel Convention", BASEL)),
        ("002", "28.quoted2", Provision("12", "2", "Stockholm Convention", STOCKHOLM)),
        ("002", "28.quoted3", Provision("12", "3", "Stockholm Convention", STOCKHOLM)),
        ("002", "28.quoted4", Provision("12", "4", "Stockholm Convention", STOCKHOLM)),
        ("003", "7.quotedprovision", Provision("14", "1", "Basel Convention", BASEL)),
        ("003", "22.quotedprovision", Provision("12", "4", "Stockholm Convention", STOCKHOLM)),
    ],
)
def test_real_provisions_know_their_treaty(number: str, tail: str, provision: Provision) -> None:
    assert unit(real(number), tail).provision == provision


def test_only_quoted_provisions_are_provisions() -> None:
    units = [unit for document in corpus() for unit in document.units]
    assert [u.kind for u in units if u.provision] == [Kind.QUOTED] * 6


@pytest.mark.parametrize(
    ("paragraph", "label"),
    [
        ("Article 4 of the Bee Treaty reads:", "quoting Bee Treaty, art. 4"),
        ("Paragraph 2 of article 4 of the Bee Treaty reads:", "quoting Bee Treaty, art. 4, para. 2"),
        ("Article 4, paragraph 2, of the Bee Treaty reads:", "quoting Bee Treaty, art. 4, para. 2"),
        ("The Bee Treaty, in its article 4, provides:", "quoting Bee Treaty, art. 4"),
        ("The Bee Treaty’s article 4 provides:", "quoting Bee Treaty, art. 4"),
        ("In the Bee Treaty, article 4 provides:", "quoting Bee Treaty, art. 4"),
        ("Unlike the Bee Treaty, article 4 of the Wasp Treaty reads:", "quoting Wasp Treaty, art. 4"),
        ("Article 4 of the Law of the Hive Convention reads:", "quoting Law of the Hive Convention, art. 4"),
        ("Article 4 of the Bee convention reads:", "quoting Bee convention, art. 4"),
        ("Article 4 of the Convention on Wild Bees reads:", "quoting Convention on Wild Bees, art. 4"),
        ("The Bee Treaty is old. Article 4 of the Treaty reads:", "quoting Bee Treaty, art. 4"),
        ("The Bee Treaty is old. Its article 4 reads:", "quoting Bee Treaty, art. 4"),
    ],
)
def test_made_treaties_named_beside_the_article_or_in_its_paragraph(paragraph: str, label: str) -> None:
    assert announcing(paragraph) == label


@pytest.mark.parametrize(
    ("paragraph", "label"),
    [
        ("Article 4 reads:", "quoting art. 4"),
        ("Article 4 of the Treaty reads:", "quoting art. 4"),
        ("Article 4 of Basel reads:", "quoting art. 4"),
        ("The Bee Treaty has annexes. Article 4 of annex II reads:", "quoting art. 4"),
        ("Article 4 of the annex to the Bee Treaty reads:", "quoting art. 4"),
        ("The Bee Treaty is old. Article 4 of the Protocol reads:", "quoting art. 4"),
        ("The Bee Treaty and the Wasp Treaty are old. Article 4 of the Treaty reads:", "quoting art. 4"),
        ("The Bee and Wasp Treaties are old. Article 4 reads:", "quoting art. 4"),
        ("Unlike the Bee Treaty, article 4 reads:", "quoting art. 4"),
        ("Article 4, which recalls article 7 of the Bee Treaty, reads:", "quoted provision"),
    ],
)
def test_made_treaties_that_the_document_does_not_tell_are_not_invented(paragraph: str, label: str) -> None:
    assert announcing(paragraph) == label


def test_made_headings_say_the_treaty_the_innermost_first() -> None:
    paper = """
        # I. Bee Treaty

        1. Article 4 reads:

        Hives are spared.

        ## A. Wasp Treaty

        2. Article 4 of the Treaty reads:

        Nests are spared.

        ## B. Bee and Wasp Treaties

        3. Article 5 reads:

        Both are spared.

        ## C. Honey

        4. Article 6 reads:

        Honey is sweet.
        """
    assert quoting(paper) == [
        "quoting Bee Treaty, art. 4",
        "quoting Wasp Treaty, art. 4",
        "quoting art. 5",
        "quoting Bee Treaty, art. 6",
    ]


def test_a_made_document_says_what_it_calls_the_treaty() -> None:
    paper = """
        1. The Bee Treaty (hereinafter “the Treaty”) followed the Wasp Treaty.

        ## Wasp Treaty

        2. Article 4 of the Treaty reads:

        Hives are spared.

        3. So they are.
        """
    assert quoting(paper) == ["quoting Bee Treaty, art. 4"]


def test_a_made_name_is_shortened_only_where_the_document_prints_it_short() -> None:
    first = "1. Article 4 of the Bee Convention on Wild and Tame Bees reads:\n\nHives are spared.\n\n"
    (long,) = (u for u in made(first + "2. So they are.\n").units if u.kind is Kind.QUOTED)
    assert long.label == "para. 1 (quoting Bee Convention on Wild and Tame Bees, art. 4)"
    (short,) = (u for u in made(first + "2. The Bee Convention spares them.\n").units if u.kind is Kind.QUOTED)
    assert short.label == "para. 1 (quoting Bee Convention, art. 4)"
    assert short.provision == Provision("4", "", "Bee Convention", "Bee Convention on Wild and Tame Bees")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("the Convention and the Protocol to the Convention", []),
        (f"The {BASEL} states:", [BASEL]),
        (f"under the {STOCKHOLM} and the Kyoto Protocol", [STOCKHOLM, "Kyoto Protocol"]),
        ("the Conference of the Parties to the Basel Convention to meet", ["Basel Convention"]),
        (
            "Cartagena Protocol on Biosafety to the Convention on Biological Diversity",
            ["Cartagena Protocol on Biosafety to the Convention on Biological Diversity"],
        ),
        (
            "the Convention on Access to Information, Public Participation in Decision-making and Access to Justice",
            ["Convention on Access to Information, Public Participation in Decision-making and Access to Justice"],
        ),
        ("Article 3 of the Convention on Biological Diversity, Parties agree", ["Convention on Biological Diversity"]),
        ("a convention", []),
        ("", []),
    ],
)
def test_names_of_treaties(text: str, found: list[str]) -> None:
    assert [name.text for name in names(text)] == found
    assert all(text[name.start : name.end] == name.text for name in names(text))


def test_several_treaties_in_the_plural() -> None:
    assert names_several("the Basel, Rotterdam and Stockholm conventions")
    assert not names_several("multilateral environmental agreements")
