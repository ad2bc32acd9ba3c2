"""The record of numbering series."""

from __future__ import annotations

from taqa.domain import Series
from taqa.ingest.structure.ledger import Ledger


def test_numbers_gaps_and_faults_by_series() -> None:
    ledger = Ledger()
    ledger.enter("paragraphs", "1")
    ledger.enter("headings", "I")
    ledger.enter("paragraphs", "4", missing=("2", "3"))
    ledger.enter("headings", "IIV", fault="IIV (for II)")
    assert ledger.series() == [
        Series("paragraphs", ("1", "4"), ("2", "3")),
        Series("headings", ("I", "IIV"), (), ("IIV (for II)",)),
    ]
    assert (ledger.last("paragraphs"), ledger.last("items")) == ("4", "")


def test_a_number_that_comes_twice_is_a_fault_where_it_may_not() -> None:
    for unique, repeats in ((True, ("b",)), (False, ())):
        ledger = Ledger(unique)
        for number in "abbc":
            ledger.enter("1", number)
        assert ledger.series() == [Series("1", ("a", "b", "b", "c"), (), repeats)]
