"""What `GET /api/resolve` answers: its names, and what they hold for one unit, several and a whole document."""

from __future__ import annotations

from fastapi.routing import APIRoute

from taqa.references import resolve
from taqa.service import examples, views
from taqa.service.routes import router
from taqa.settings import Settings

from ..documents import corpus
from ..web.double import Double

NAMES = {"ref", "document", "unit", "units"}
VIEW = {"document", "label", "unit", "above", "below", "footnotes"}


def answered(ref: str) -> views.ResolutionOut:
    """What the route gives for a reference over the five documents."""
    double = Double(corpus())
    routes = router(lambda: double, Settings()).routes  # type: ignore[arg-type,return-value]
    [route] = [route for route in routes if isinstance(route, APIRoute) and route.path == "/api/resolve"]
    return route.endpoint(ref, assistant=double)


def test_the_names_of_the_contract() -> None:
    assert set(views.ResolutionOut.model_fields) >= NAMES
    assert set(views.UnitView.model_fields) >= VIEW
    example = examples.responses()["resolve"]
    assert example["units"] == [example["unit"]]


def test_one_unit_several_and_a_document() -> None:
    one = answered("INC.1/9, para. 6 (c)")
    assert [view.label for view in one.units] == ["UNEP(DTIE)/Hg/INC.1/9, para. 6 (c)"]
    assert (one.unit, one.document.symbol) == (one.units[0], "UNEP(DTIE)/Hg/INC.1/9")
    several = answered("article 14 of the Basel Convention")
    assert [view.document.symbol for view in several.units] == ["UNEP(DTIE)/Hg/INC.1/9", "UNEP(DTIE)/Hg/INC.1/10"]
    assert several.unit == several.units[0]
    whole = answered("INC.1/10")
    assert (whole.document.symbol, whole.unit, whole.units) == ("UNEP(DTIE)/Hg/INC.1/10", None, ())


def test_the_route_gives_what_resolving_finds() -> None:
    ref = "technical assistance plan, paras 9 to 11"
    assert [view.unit.id for view in answered(ref).units] == [place.unit.id for place in resolve(ref, corpus()).found]
