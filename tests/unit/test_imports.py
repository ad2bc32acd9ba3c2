"""The house stands as drawn: imports go one way, each engine has one door, and the README's tree is the real one.

Imports are read from the syntax tree, so that lazy ones inside functions and those for type checkers count too.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "taqa"

ORDER = (
    "cli",
    "terminal",
    "evaluation",
    "service",
    "wire",
    "build",
    "assistant",
    "answering",
    "retrieval",
    "library",
    "ingest",
    "sentences",
    "references",
    "settings",
    "domain",
    "errors",
)
"""Outermost first: a module may import what stands after it, or its own package."""

DOORS = {
    "faiss": "retrieval.dense",
    "tantivy": "retrieval.lexical",
    "sentence_transformers": "retrieval.encoder retrieval.reader",
    "torch": "retrieval.carried retrieval.encoder retrieval.reader",
    "transformers": "retrieval.encoder retrieval.reader",
    "safetensors": "retrieval.carried retrieval.reader",
    "snowballstemmer": "retrieval.terms",
    "charset_normalizer": "ingest.formats.plain",
    "pypdf": "ingest.formats.pdf",
    "pypdfium2": "ingest.formats.pdfium",
    "lxml": "ingest.formats.trees",
    "filelock": "library.generations",
    "ir_measures": "evaluation.retrieval",
    "pydantic_settings": "settings",
    "uvicorn": "service.server",
    "fastapi": "service.*",
    "starlette": "service.*",
}
"""The module, or package with `.*`, that may import each engine: one, two for the models that embed and read."""

MODULES = sorted(SOURCE.rglob("*.py"))


def dotted(path: Path, base: Path = SOURCE) -> str:
    """Name of a module below `taqa`: "retrieval.dense", "cli"; a package's own file is "retrieval"."""
    parts = path.relative_to(base).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported(tree: ast.AST) -> Iterator[str]:
    """Full names of everything imported; `from taqa import wire` gives "taqa.wire"."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"a relative import in line {node.lineno}: write the whole name"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def imports_of(path: Path) -> list[str]:
    return list(imported(ast.parse(path.read_text(encoding="utf-8"))))


def part(module: str) -> str:
    return module.partition(".")[0]


def wrong_way(module: str, names: list[str]) -> list[str]:
    """What `module` imports of the house against the order."""
    own = part(module)
    below = ORDER[ORDER.index(own) :] if own else ()
    inside = [name.removeprefix("taqa.") for name in names if name.startswith("taqa.")]
    return [name for name in inside if part(name) not in below and name != "__version__"]


@pytest.mark.parametrize("path", MODULES, ids=dotted)
def test_imports_go_one_way(path: Path) -> None:
    assert wrong_way(dotted(path), imports_of(path)) == []


def test_every_part_of_the_house_has_its_place_in_the_order() -> None:
    assert {part(dotted(path)) for path in MODULES} - {""} == set(ORDER)


@pytest.mark.parametrize("engine", DOORS)
def test_each_engine_has_one_door(engine: str) -> None:
    doors = {dotted(path) for path in MODULES if engine in {part(name) for name in imports_of(path)}}
    allowed = DOORS[engine]
    if allowed.endswith(".*"):
        assert {part(door) for door in doors} == {allowed.removesuffix(".*")}
    else:
        assert doors == set(allowed.split())


def test_the_rule_sees_lazy_imports_and_both_spellings() -> None:
    lazy = ast.parse(
        "def f():\n    from taqa import cli\n    import taqa.build\n    from taqa.service.app import create_app"
    )
    assert wrong_way("retrieval.dense", list(imported(lazy))) == ["cli", "build", "service.app.create_app"]
    assert wrong_way("cli", list(imported(lazy))) == []


# -- the README's tree ----------------------------------------------------------------------------------

LEAVES = {"corpus", "weights", "docs", "static", "golden", "requirements", "questions"}
"""Folders that the tree names without listing what is in them."""
UNSEEN = {"__pycache__", "taqa.egg-info"}


def drawn(readme: str) -> list[str]:
    """Paths in the README's tree: the fenced block whose first line is `taqa/`, two spaces a level."""
    block = re.search(r"^```text\ntaqa/\n(.*?)^```", readme, re.MULTILINE | re.DOTALL)
    assert block, "README.md has no fenced tree that begins with taqa/"
    paths: list[str] = []
    folders: list[str] = []
    for line in block[1].splitlines():
        level = (len(line) - len(line.lstrip())) // 2 - 1
        names = line.split("  ")[level + 1].strip()
        folders = folders[:level]
        for name in names.split(", "):
            paths.append("/".join([*folders, name.rstrip("/")]))
        if names.endswith("/"):
            folders.append(names.rstrip("/"))
    return paths


def test_every_module_and_folder_of_the_source_is_in_the_readme() -> None:
    tree = drawn((ROOT / "README.md").read_text(encoding="utf-8"))
    files = {str(path.relative_to(ROOT)) for path in MODULES if path.name != "__init__.py"}
    folders = {
        str(path.relative_to(ROOT))
        for top in ("src/taqa", "tests", "eval")
        for path in (ROOT / top).rglob("*")
        if path.is_dir()
        and not UNSEEN & set(path.parts)
        and any(path.glob("*.*"))
        and not any(parent.name in LEAVES for parent in path.relative_to(ROOT).parents)
    } - {"eval/results"}
    assert (files | folders) - set(tree) == set()


def test_everything_in_the_readme_is_there() -> None:
    tree = drawn((ROOT / "README.md").read_text(encoding="utf-8"))
    assert len(tree) == len(set(tree))
    assert [path for path in tree if not (ROOT / path).exists()] == []
