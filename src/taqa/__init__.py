"""TAQA: answers on technical assistance, in the documents' own words, with paragraph references."""

__version__ = "0.1.0"
