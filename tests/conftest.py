"""Fixtures that cost time to make, once for all tests."""

from __future__ import annotations

import pytest

from taqa.retrieval.encoder import SentenceEncoder


@pytest.fixture(scope="session")
def real_encoder() -> SentenceEncoder:
    """The model that TAQA carries, loaded."""
    encoder = SentenceEncoder()
    encoder.warm()
    return encoder


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden", action="store_true", help="write the listings in tests/golden anew; review them by eye"
    )
