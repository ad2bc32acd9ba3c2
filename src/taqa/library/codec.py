"""Documents as JSON bytes and back, exactly."""

from __future__ import annotations

import hashlib
from dataclasses import fields
from functools import cache

from pydantic import TypeAdapter, ValidationError

from taqa.domain import Deletion, Document, DocumentMeta, Furniture, Page, Provision, Run, Series, Span, Unit

_PARTS = (Deletion, Document, DocumentMeta, Furniture, Page, Provision, Run, Series, Span, Unit)


@cache
def schema() -> str:
    """Short hash of the fields of a document: documents written under another schema are not read."""
    names = [f"{part.__name__}.{field.name}: {field.type}" for part in _PARTS for field in fields(part)]
    return hashlib.sha256("\n".join(names).encode()).hexdigest()[:8]


@cache
def _documents() -> TypeAdapter[Document]:
    return TypeAdapter(Document)


def encode(document: Document) -> bytes:
    """The same bytes for equal documents."""
    return _documents().dump_json(document)


def decode(data: bytes) -> Document:
    """The document that `encode` was given. Raises ValueError for anything else."""
    try:
        return _documents().validate_json(data, strict=True)
    except ValidationError as error:
        raise ValueError(f"not a document: {error.error_count()} faults") from error
