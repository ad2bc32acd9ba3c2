"""Symbols and numbers of decisions read as they are printed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from taqa.references import find
from taqa.retrieval.symbols import Parts, as_printed, by_parts

from ..documents import corpus

PRINTED = (
    "See UNEP(DTIE)/Hg/INC.1/9, UNEP(DTIE)/Hg/INC.1/21 and UNEP(DTIE)/Hg/INC.1/9/Add.1.",
    "Decision SC-1/15 and decision II/8 were adopted; A/RES/73/7 was not.",
)


def known(texts: Sequence[str]) -> Mapping[Parts, str]:
    mentions = [mention for text in texts for mention in find(text)]
    return by_parts(mention.text for mention in mentions if mention.kind in ("symbol", "decision"))


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("where is unep(dtie)/hg/inc.1/9 cited", "where is UNEP(DTIE)/Hg/INC.1/9 cited"),
        ("UNEP (DTIE) / Hg / INC.1 / 9?", "UNEP(DTIE)/Hg/INC.1/9?"),
        ("UNEP DTIE/Hg/INC.1/9", "UNEP(DTIE)/Hg/INC.1/9"),
        ("UNEPDTIE/Hg/INC.1/9", "UNEP(DTIE)/Hg/INC.1/9"),
        ("unep dtie hg inc 1 9", "UNEP(DTIE)/Hg/INC.1/9"),
        ("inc.1/9 para 3", "INC.1/9 para 3"),
        ("unep(dtie)/hg/inc.1/9/add.1", "UNEP(DTIE)/Hg/INC.1/9/Add.1"),
        ("decision sc-1/15", "decision SC-1/15"),
        ("decision SC\u20111 / 15 please", "decision SC-1/15 please"),
        ("SC 1/15", "SC-1/15"),
        ("(see sc-1/15)", "(see SC-1/15)"),
        ("a/res/73/7", "A/RES/73/7"),
    ],
)
def test_a_symbol_that_is_printed_somewhere_is_read_in_any_spelling(typed: str, read: str) -> None:
    assert as_printed(typed, known(PRINTED)) == read


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("fccc/cp/2017/3", "FCCC/CP/2017/3"),
        ("FCCC / CP / 2017 / 3", "FCCC/CP/2017/3"),
        ("decision sc-5/21", "decision SC-5/21"),
        ("decision SC 5/21", "decision SC-5/21"),
        ("16/cp.23", "16/CP.23"),
    ],
)
def test_one_that_is_not_printed_is_read_by_its_form(typed: str, read: str) -> None:
    assert as_printed(typed, known(PRINTED)) == read


@pytest.mark.parametrize(
    "typed",
    [
        "UNEP(DTIE)/Hg/INC.1/91",
        "INC.1/2",
        "INC.12/1",
        "SC-11/5",
        "and/or, his / her, 24/7, 2010/11, km/h, training/education",
        "In 1 of 9 cases, 15 Parties and SC.",
        "II 8",
        "article 1, 15 Parties",
        "",
    ],
)
def test_numbers_never_change_and_what_is_no_symbol_stays(typed: str) -> None:
    assert as_printed(typed, known(PRINTED)) == typed


def test_symbols_of_the_real_documents_stay_as_they_are_printed() -> None:
    texts = [unit.text for document in corpus() for unit in document.units]
    held = known(texts)
    assert len(held) > 50
    for printed in held.values():
        assert as_printed(f"Where is {printed} mentioned?", held) == f"Where is {printed} mentioned?"
        typed = printed.lower().replace("/", " / ")
        assert as_printed(f"where is {typed} mentioned?", held) == f"where is {printed} mentioned?"
