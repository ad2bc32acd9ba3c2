"""The stand-ins do what they say."""

from __future__ import annotations

import numpy as np

from ..fakes import HashingEncoder, make_document


def test_hashing_encoder_computes_from_the_words() -> None:
    encoder = HashingEncoder()
    vectors = encoder.encode_passages(["lead waste", "waste lead", "lead", "chlorine", ""])
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1)
    assert np.array_equal(vectors[0], vectors[1])
    assert vectors[0] @ vectors[2] > vectors[0] @ vectors[3]
    assert vectors[4].tolist() == [1.0] + [0.0] * 63
    assert np.array_equal(
        vectors, HashingEncoder().encode_queries(["lead waste", "waste lead", "lead", "chlorine", ""])
    )
    assert not np.array_equal(vectors, HashingEncoder("other").encode_queries(encoder.encoded))


def test_documents_of_lines_lead_back_to_their_source() -> None:
    text = "First line\n\n  second\nlast"
    document = make_document("a.txt", text)
    assert [unit.text for unit in document.units] == ["First line", "  second", "last"]
    for unit in document.units:
        assert "".join(text[span.start : span.end] for span in unit.source_spans()) == unit.text
