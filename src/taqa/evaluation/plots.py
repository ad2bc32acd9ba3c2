"""Pictures of what the confidence is worth, as SVG: risk by coverage, calibration. So few lines need no library."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

from taqa.errors import InputError
from taqa.evaluation.result import Result
from taqa.evaluation.selective import Bin, calibration_error, risk_coverage

WIDTH, HEIGHT = 520, 400
LEFT, RIGHT, TOP, BOTTOM = 64, 20, 44, 56
TICKS = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
NORMAL = 1.959964
"""97.5 % quantile of the normal distribution: 95 % intervals."""
BLUE, ORANGE, GREY = "#1f5fa8", "#c2570c", "#777"

Point = tuple[float, float]


def write_plots(result: Result, folder: Path) -> tuple[Path, ...]:
    """Writes both pictures of `result` into `folder`, named by its split. Raises InputError."""
    pictures = {"risk-coverage": risk_picture(result), "calibration": calibration_picture(result)}
    written = []
    for name, picture in pictures.items():
        path = folder / f"{name}-{result.made.split}.svg"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            path.write_text(picture, encoding="utf-8")
        except OSError as error:
            raise InputError(f"The picture cannot be written to {path}: {error.strerror}.") from error
        written.append(path)
    return tuple(written)


def risk_picture(result: Result) -> str:
    """Risk at every coverage, of all questions and of the answerable ones, and where the product stands."""
    answerable = [row for row in result.rows if row["answerable"]]
    given = [row for row in result.rows if row["status"] == "answered"]
    lines = [
        _path(_curve(result.rows), BLUE),
        _path(_curve(answerable), ORANGE),
        _words(0.04, 0.95, f"all {len(result.rows)} questions", BLUE),
        _words(0.04, 0.89, f"the {len(answerable)} answerable ones", ORANGE),
    ]
    if given:
        coverage = len(given) / len(result.rows)
        risk = sum(not row["first_right"] for row in given) / len(given)
        lines += [
            _dot(coverage, risk, 5, BLUE),
            _words(0.04, 0.83, f"dot: as shipped, {coverage:.2f} answered, {risk:.2f} of them wrongly", BLUE),
        ]
    title = f"Risk by coverage, {result.made.split} questions"
    return _chart(title, "share answered, the surest first", "share of these whose first citation is wrong", lines)


def calibration_picture(result: Result) -> str:
    """The share of right answers by confidence, each with its 95 % interval and number of questions."""
    lines = [_path([(0, 0), (1, 1)], GREY, dashed=True)]
    for each in result.calibration:
        low, high = wilson(each)
        lines += [
            _path([(each.confidence, low), (each.confidence, high)], BLUE),
            _dot(each.confidence, each.right, 4, BLUE),
            _words(each.confidence, 0.02, str(each.n), GREY, anchor="middle"),
        ]
    error = calibration_error(result.calibration)
    lines.append(_words(0.04, 0.95, f"expected calibration error {error:.3f}; below: questions", "#222"))
    title = f"Calibration, {result.count} {result.made.split} questions"
    return _chart(title, "confidence", "share whose first citation is right", lines)


def wilson(part: Bin) -> tuple[float, float]:
    """The 95 % Wilson interval of a share."""
    shrunk = 1 + NORMAL**2 / part.n
    middle = (part.right + NORMAL**2 / (2 * part.n)) / shrunk
    spread = NORMAL / shrunk * math.sqrt(part.right * (1 - part.right) / part.n + (NORMAL / (2 * part.n)) ** 2)
    return max(0.0, middle - spread), min(1.0, middle + spread)


def _curve(rows: Sequence[Mapping[str, Any]]) -> list[Point]:
    told = [(float(row["confidence"]), bool(row["first_right"])) for row in rows]
    return [(point.coverage, point.risk) for point in risk_coverage(told, max(1, len(told)))]


def _chart(title: str, across: str, up: str, inside: Iterable[str]) -> str:
    """A square of 0..1 both ways, with its axes."""
    middle_x, middle_y = (LEFT + WIDTH - RIGHT) / 2, (TOP + HEIGHT - BOTTOM) / 2
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}"'
        ' font-family="sans-serif" font-size="12">',
        f"<title>{escape(title)}</title>",
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
        f'<text x="{LEFT}" y="24" font-size="15" fill="#222">{escape(title)}</text>',
    ]
    for tick in TICKS:
        x, y = _at(tick, tick)
        parts += [
            _path([(0, tick), (1, tick)], "#e4e4e4"),
            _path([(tick, 0), (tick, 1)], "#e4e4e4"),
            f'<text x="{x:.1f}" y="{HEIGHT - BOTTOM + 18}" text-anchor="middle" fill="#444">{tick:.1f}</text>',
            f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end" fill="#444">{tick:.1f}</text>',
        ]
    parts += [
        f'<text x="{middle_x:.0f}" y="{HEIGHT - 14}" text-anchor="middle" fill="#222">{escape(across)}</text>',
        f'<text transform="translate(20 {middle_y:.0f}) rotate(-90)" text-anchor="middle" fill="#222">'
        f"{escape(up)}</text>",
        *inside,
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _at(x: float, y: float) -> Point:
    """Where a point of the unit square lies in the picture."""
    return LEFT + x * (WIDTH - LEFT - RIGHT), HEIGHT - BOTTOM - y * (HEIGHT - TOP - BOTTOM)


def _path(points: Sequence[Point], colour: str, *, dashed: bool = False) -> str:
    placed = " ".join(f"{x:.1f},{y:.1f}" for x, y in (_at(*point) for point in points))
    dashes = ' stroke-dasharray="5 4"' if dashed else ""
    return f'<polyline points="{placed}" fill="none" stroke="{colour}" stroke-width="1.6"{dashes}/>'


def _dot(x: float, y: float, radius: int, colour: str) -> str:
    across, down = _at(x, y)
    return f'<circle cx="{across:.1f}" cy="{down:.1f}" r="{radius}" fill="{colour}"/>'


def _words(x: float, y: float, text: str, colour: str, anchor: str = "start") -> str:
    across, down = _at(x, y)
    return f'<text x="{across:.1f}" y="{down:.1f}" text-anchor="{anchor}" fill="{colour}">{escape(text)}</text>'
