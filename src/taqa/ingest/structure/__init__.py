"""Lines to units: one state machine that expects the next number of every open series."""

from taqa.ingest.structure.reader import Structure, read_structure

__all__ = ["Structure", "read_structure"]
