"""Symbols, decisions, articles and paragraph references: recognise, fold, print, resolve.

Facts of form come from the UN Editorial Manual: a symbol is organ / subsidiary body / nature / number / modification,
joint documents chain several with hyphens, decisions are written BC-15/27 or II/8, paragraphs `para. 29 (c) (viii)`.
"""

from taqa.references.addresses import address_tokens, find_unit
from taqa.references.asked import asked
from taqa.references.catalogue import Catalogue, catalogue
from taqa.references.chains import Reference, references
from taqa.references.folding import fold, symbol_key
from taqa.references.incoming import Incoming, incoming
from taqa.references.mentions import Mention, MentionKind, find, is_symbol
from taqa.references.printing import compact, label, slug
from taqa.references.resolving import Found, Resolution, find_address, resolve, under

__all__ = [
    "Catalogue",
    "Found",
    "Incoming",
    "Mention",
    "MentionKind",
    "Reference",
    "Resolution",
    "address_tokens",
    "asked",
    "catalogue",
    "compact",
    "find",
    "find_address",
    "find_unit",
    "fold",
    "incoming",
    "is_symbol",
    "label",
    "references",
    "resolve",
    "slug",
    "symbol_key",
    "under",
]
