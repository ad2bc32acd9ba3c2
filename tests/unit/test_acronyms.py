"""Acronyms are those that the corpus introduces itself."""

from __future__ import annotations

import time

import pytest

from taqa.assistant import Assistant
from taqa.retrieval.acronyms import Acronyms, expand, mine

KNOWN = Acronyms({"GEF": "Global Environment Facility", "UN": "United Nations"})


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("the Global Environment Facility (GEF) pays", {"GEF": "Global Environment Facility"}),
        (
            "the Food and Agriculture Organization of the United Nations (FAO)",
            {"FAO": "Food and Agriculture Organization of the United Nations"},
        ),
        (
            "the Inter-Organization Programme for the Sound Management of Chemicals (IOMC)",
            {"IOMC": "Inter-Organization Programme for the Sound Management of Chemicals"},
        ),
        ("persistent organic pollutants (POPs)", {"POP": "persistent organic pollutants"}),
        ("as decided (see SC-1/15) in Geneva (CHE)", {}),
        ("a thing unrelated (XYZ)", {}),
        ("(GEF)", {}),
        ("the Environment and Security Initiative (ENVSEC) runs", {"ENVSEC": "Environment and Security Initiative"}),
        ("a Border Control Network (BorCon) was set up", {"BorCon": "Border Control Network"}),
        ("of polychlorinated biphenyls (PCBs)", {"PCB": "polychlorinated biphenyls"}),
        ("with The River Forum (TRF)", {"TRF": "The River Forum"}),
        ("the Green Fund (“GF”), the Blue Fund (hereinafter the BF)", {"BF": "Blue Fund", "GF": "Green Fund"}),
        ("the Green Fund (GF, since 2001)", {"GF": "Green Fund"}),
        ("Fonds pour l’environnement mondial (FEM)", {"FEM": "Fonds pour l'environnement mondial"}),
        ("Parties met in one room (Geneva) and (FoRuM)", {}),
        ("the big old red dog (BARK)", {}),
    ],
)
def test_introduced(text: str, found: dict[str, str]) -> None:
    assert mine([text]) == found


def test_the_name_most_often_printed_wins_and_then_the_first_in_the_alphabet() -> None:
    often = ["Green Fund (GF)", "Great Fund (GF)", "Green Fund (GF)"]
    assert mine(often) == mine(reversed(often)) == {"GF": "Green Fund"}
    assert mine(["Green Fund (GF)", "Great Fund (GF)"]) == {"GF": "Great Fund"}


def test_expanded_to_the_form_that_is_not_there() -> None:
    assert expand("Who pays the GEF?", KNOWN) == "Who pays the GEF? Global Environment Facility"
    assert expand("the global environment facility", KNOWN) == "the global environment facility GEF"
    assert expand("Global Environment Facility (GEF)", KNOWN) == "Global Environment Facility (GEF)"
    assert expand("an unknown thing", KNOWN) == "an unknown thing"
    assert expand("what un says", KNOWN) == "what un says"  # too short to be meant without capitals


def test_one_of_many_names_is_found_as_one_of_few_is() -> None:
    many = Acronyms({f"X{n}Y": f"Xenial number {n} of Yards" for n in range(300)} | dict(KNOWN))
    for text in ("Who pays the GEF?", "the global environment facility", "Global Environment Facility (GEF)", "un"):
        assert expand(text, many) == expand(text, KNOWN)
    assert (
        expand("xenial number 7 of yards, GEF", many) == "xenial number 7 of yards, GEF X7Y Global Environment Facility"
    )


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("what does the Global Environment Facility pay?", "what does the GEF pay?"),
        ("what does the global environment facility (GEF) pay?", "what does the GEF pay?"),
        ("what does the GEF pay?", "what does the GEF pay?"),
        ("which NIPs are due", "which national plans are due"),
        ("is a national plan due", "is a national plan due"),
        ("are GEFs due", "are GEF due"),
        ("GEF(DTIE)/C.1, GEF/C.1 and NIP-2, UNIP", "GEF(DTIE)/C.1, GEF/C.1 and NIP-2, UNIP"),
    ],
)
def test_put_in_the_form_that_is_preferred(text: str, form: str) -> None:
    known = Acronyms({"GEF": "Global Environment Facility", "NIP": "national plans"})
    assert known.in_one_form(text, lambda acronym: acronym == "GEF") == form


def test_of_the_corpus(real_assistant: Assistant) -> None:
    known = real_assistant.searcher.acronyms
    assert known["SAICM"] == "Strategic Approach to International Chemicals Management"
    assert known["GEF"] == "Global Environment Facility"
    assert known["IOMC"] == "Inter-Organization Programme for the Sound Management of Chemicals"
    assert known["UNITAR"] == "United Nations Institute for Training and Research"
    assert known["ENVSEC"] == "Environment and Security Initiative"
    assert known["PCB"] == "polychlorinated biphenyls"
    assert known["TAI"] == "The Access Initiative"
    assert len(known) == 23


def test_hostile_text_costs_no_more_than_its_length() -> None:
    started = time.perf_counter()
    mine(
        [
            "a a a a a a a a a a a a a a a a (AAAAAAAAAAAAAAAAAAAAAAAAAAAA) " * 200,
            "(" * 20_000,
            "(A" * 20_000,
            "of-" * 9_000 + "a (OAB)",
        ]
    )
    assert time.perf_counter() - started < 5
