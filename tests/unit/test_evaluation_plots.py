"""Pictures of risk and calibration: what is drawn where, against values worked out by hand."""

from __future__ import annotations

import math
from pathlib import Path
from xml.etree import ElementTree

import pytest

from taqa.errors import InputError
from taqa.evaluation.measures import Row
from taqa.evaluation.plots import BLUE, ORANGE, calibration_picture, risk_picture, wilson, write_plots
from taqa.evaluation.result import Made, Result, make
from taqa.evaluation.score import Score
from taqa.evaluation.selective import Bin

MADE = Made("abc", False, "dev", "corpus-1", "questions-1", "index-1", {})
SVG = "{http://www.w3.org/2000/svg}"


def row(name: str, confidence: float, *, right: bool, status: str = "answered", answerable: bool = True) -> Row:
    """One question; the fields that no picture shows are nought."""
    scored = Score(
        name, "factoid", (), answerable, status, 1, 0, 1, 0, 0, (), 0, (), 0, 0.0, "", confidence, first_right=right
    )
    return Row(scored, {})


@pytest.fixture
def result() -> Result:
    return make(
        MADE,
        [
            row("a", 0.9, right=True),
            row("b", 0.8, right=False),
            row("u", 0.6, right=False, answerable=False),
            row("r", 0.2, right=True, status="not_found"),
        ],
    )


def unit_square(text: str) -> list[tuple[float, float]]:
    """Points of a polyline, back in 0..1: the square lies between 64 and 500 across, 344 and 44 down."""
    pairs = [tuple(map(float, point.split(","))) for point in text.split()]
    return [((x - 64) / 436, (344 - y) / 300) for x, y in pairs]


def drawn(picture: str, colour: str) -> list[list[tuple[float, float]]]:
    lines = ElementTree.fromstring(picture).iter(f"{SVG}polyline")
    return [unit_square(line.attrib["points"]) for line in lines if line.attrib["stroke"] == colour]


def dots(picture: str) -> list[tuple[float, float]]:
    found = ElementTree.fromstring(picture).iter(f"{SVG}circle")
    return [unit_square(f"{dot.attrib['cx']},{dot.attrib['cy']}")[0] for dot in found]


def near(points: list[tuple[float, float]]) -> list[tuple[object, object]]:
    return [(pytest.approx(x, abs=0.002), pytest.approx(y, abs=0.002)) for x, y in points]


def test_risk_at_every_coverage(result: Result) -> None:
    picture = risk_picture(result)
    assert drawn(picture, BLUE) == [near([(0.25, 0), (0.5, 0.5), (0.75, 2 / 3), (1, 0.5)])]
    assert drawn(picture, ORANGE) == [near([(1 / 3, 0), (2 / 3, 0.5), (1, 1 / 3)])]
    assert dots(picture) == near([(0.75, 2 / 3)])
    assert "as shipped, 0.75 answered, 0.67 of them wrongly" in picture


def test_calibration_by_parts(result: Result) -> None:
    picture = calibration_picture(result)
    assert dots(picture) == near([(0.2, 1), (0.6, 0), (0.8, 0), (0.9, 1)])
    assert len(drawn(picture, BLUE)) == 4
    assert "expected calibration error 0.575" in picture
    assert "4 dev questions" in picture


def test_the_interval_of_a_share() -> None:
    low, high = wilson(Bin(0.5, 0.6, 10, 0.55, 0.5))
    assert (low, high) == (pytest.approx(0.2366, abs=1e-4), pytest.approx(0.7634, abs=1e-4))
    assert wilson(Bin(0.9, 1.0, 3, 0.95, 1.0))[1] == pytest.approx(1)
    assert not math.isnan(wilson(Bin(0, 0.1, 1, 0.05, 0.0))[0])


def test_a_folder_that_cannot_be(result: Result, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="cannot be written"):
        write_plots(result, tmp_path / "file" / "inside")
