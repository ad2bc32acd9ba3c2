"""Codec, generations and the index as it is held; no engine takes part."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import given
from hypothesis import strategies as st

from taqa import domain
from taqa.domain import Document, DocumentMeta, Furniture, Kind, Page, Run, Series, Span, Unit
from taqa.errors import (
    IndexBusy,
    IndexDamaged,
    IndexIncompatible,
    IndexMissing,
    IndexProblem,
    IndexStale,
    IndexWriteError,
)
from taqa.library import codec, generations
from taqa.library.generations import Contents, Expected, open_current, publish, writing
from taqa.library.index import Index, Row, hold

from ..fakes import files_below, make_document

TEXT = st.text(st.characters(codec="utf-8"), max_size=40)
SPANS = st.tuples(st.integers(0, 9999), st.integers(0, 999)).map(lambda pair: Span(pair[0], pair[0] + pair[1]))
UNITS = st.builds(
    Unit,
    id=TEXT,
    kind=st.sampled_from(Kind),
    address=st.lists(TEXT, max_size=3).map(tuple),
    label=TEXT,
    parent=st.none() | TEXT,
    heading_path=st.lists(TEXT, max_size=2).map(tuple),
    spans=st.lists(SPANS, max_size=3).map(tuple),
    text=TEXT,
    runs=st.lists(st.builds(Run, st.integers(0, 99), st.integers(0, 99), st.integers(0, 99)), max_size=3).map(tuple),
    page=st.none() | st.integers(1, 99),
    counted=st.booleans(),
    notes=st.lists(TEXT, max_size=2).map(tuple),
)
DOCUMENTS = st.builds(
    Document,
    id=TEXT,
    file=TEXT,
    sha256=TEXT,
    text=TEXT,
    meta=st.builds(DocumentMeta, title=TEXT, symbol=TEXT, known=st.dictionaries(TEXT, TEXT, max_size=3)),
    units=st.lists(UNITS, max_size=3).map(tuple),
    furniture=st.lists(st.builds(Furniture, TEXT, SPANS), max_size=2).map(tuple),
    series=st.lists(st.builds(Series, TEXT, st.lists(TEXT, max_size=3).map(tuple)), max_size=2).map(tuple),
    pages=st.lists(st.builds(Page, st.integers(1, 9), st.just("ocr"), st.just(0), st.just(4)), max_size=2).map(tuple),
)


@given(DOCUMENTS)
def test_document_round_trip(document: Document) -> None:
    data = codec.encode(document)
    again = codec.decode(data)
    assert again == document
    assert codec.encode(again) == data
    assert all(type(unit.kind) is Kind for unit in again.units)


@pytest.mark.parametrize("data", [b"", b"{}", b"[]", b"\xff", b'{"id": 1}', b"null"])
def test_what_is_not_a_document_is_a_value_error(data: bytes) -> None:
    with pytest.raises(ValueError, match="not a document"):
        codec.decode(data)


def test_a_document_with_a_wrong_type_or_span_is_refused() -> None:
    good = json.loads(codec.encode(make_document("a.txt", "one\ntwo")))
    for damage in ({"text": 5}, {"units": [{**good["units"][0], "spans": [{"start": 5, "end": 2}]}]}):
        with pytest.raises(ValueError, match="not a document"):
            codec.decode(json.dumps({**good, **damage}).encode())


def test_schema_covers_every_part_of_a_document() -> None:
    """A type that a document is made of and that the schema does not name would change unseen."""
    named = {part.__name__ for part in codec._PARTS}
    used = " ".join(str(field.type) for part in codec._PARTS for field in fields(part))
    kinds = {"Kind"}  # its values are checked when a document is read
    others = {name for name in vars(domain) if name[0].isupper() and name in used} - kinds
    assert {
        name
        for name in others
        if isinstance(getattr(domain, name), type) and hasattr(getattr(domain, name), "__dataclass_fields__")
    } <= named


# ---- generations ----


def contents(corpus: str = "c", encoder: str = "e") -> Contents:
    fingerprint = hashlib.sha256(f"{corpus} {encoder}".encode()).hexdigest()
    return Contents(encoder, "r", corpus, fingerprint, (), 0, 0)


def fill(text: str) -> Callable[[Path], None]:
    def write(folder: Path) -> None:
        (folder / "sub").mkdir()
        (folder / "a.txt").write_text(text, encoding="utf-8")
        (folder / "sub" / "b.bin").write_bytes(b"\x00" * 100)

    return write


def make(index_dir: Path, corpus: str = "c") -> str:
    with writing(index_dir):
        return publish(index_dir, contents(corpus), fill(corpus)).name


def names(index_dir: Path) -> set[str]:
    return {path.name for path in (index_dir / "generations").iterdir()}


def test_published_is_current_and_reads_back(tmp_path: Path) -> None:
    name = make(tmp_path / "deep" / "index")
    generation = open_current(tmp_path / "deep" / "index", Expected("e", "r", "c"))
    assert generation.name == name == contents().fingerprint[:16]
    assert generation.read("a.txt") == b"c"
    assert set(generation.manifest.files) == {"a.txt", "sub/b.bin"}


def test_keeps_the_one_before_and_no_more(tmp_path: Path) -> None:
    made = [make(tmp_path, corpus) for corpus in "abcd"]
    assert names(tmp_path) == set(made[-2:])
    assert open_current(tmp_path).name == made[-1]


def test_left_overs_go_with_the_next_writer(tmp_path: Path) -> None:
    name = make(tmp_path)
    left = tmp_path / "generations" / "0123456789abcdef.part"
    left.mkdir()
    (left / "x").write_text("half", encoding="utf-8")
    whole = tmp_path / "generations" / "fedcba9876543210"
    whole.mkdir()
    (tmp_path / "current.part").write_text("x", encoding="utf-8")
    assert open_current(tmp_path).name == name
    assert left.exists()
    with writing(tmp_path):
        assert names(tmp_path) == {name}
    assert not (tmp_path / "current.part").exists()


def test_nothing_is_removed_while_current_cannot_be_read(tmp_path: Path) -> None:
    name = make(tmp_path)
    (tmp_path / "current").write_text("?", encoding="ascii")
    with writing(tmp_path):
        assert names(tmp_path) == {name}
    assert make(tmp_path) == f"{name}-2"


DAMAGE: dict[str, tuple[Callable[[Path], object], type[IndexProblem]]] = {
    "nothing there": (lambda d: shutil.rmtree(d), IndexMissing),
    "no current": (lambda d: (d / "current").unlink(), IndexMissing),
    "current is empty": (lambda d: (d / "current").write_bytes(b""), IndexDamaged),
    "current is binary": (lambda d: (d / "current").write_bytes(b"\xff\x00"), IndexDamaged),
    "current leads outside": (lambda d: (d / "current").write_text(f"../../x {'0' * 64}\n"), IndexDamaged),
    "current is a folder": (lambda d: ((d / "current").unlink(), (d / "current").mkdir()), IndexDamaged),
    "generation is gone": (lambda d: shutil.rmtree(generation(d)), IndexDamaged),
    "manifest is gone": (lambda d: (generation(d) / "manifest.json").unlink(), IndexDamaged),
    "manifest has changed": (lambda d: append(generation(d) / "manifest.json"), IndexDamaged),
    "file is gone": (lambda d: (generation(d) / "a.txt").unlink(), IndexDamaged),
    "file is longer": (lambda d: append(generation(d) / "a.txt"), IndexDamaged),
    "file is shorter": (lambda d: (generation(d) / "sub/b.bin").write_bytes(b"\x00" * 99), IndexDamaged),
    "one bit": (lambda d: (generation(d) / "sub/b.bin").write_bytes(b"\x00" * 99 + b"\x01"), IndexDamaged),
    "file is a folder": (
        lambda d: ((generation(d) / "a.txt").unlink(), (generation(d) / "a.txt").mkdir()),
        IndexDamaged,
    ),
}


def generation(index_dir: Path) -> Path:
    return index_dir / "generations" / contents().fingerprint[:16]


def append(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b" ")


@pytest.mark.parametrize("damage", list(DAMAGE))
def test_damage_is_refused_in_one_sentence_and_mended_by_writing_again(tmp_path: Path, damage: str) -> None:
    index_dir = tmp_path / "index"
    make(index_dir)
    act, expected = DAMAGE[damage]
    act(index_dir)
    before = files_below(tmp_path)
    with pytest.raises(IndexProblem) as caught:
        open_current(index_dir, Expected("e", "r", "c"))
    assert type(caught.value) is expected
    message = str(caught.value)
    assert "`taqa ingest`" in message
    assert message.endswith(".")
    assert "\n" not in message
    assert files_below(tmp_path) == before
    if damage == "current is a folder":
        return  # nothing that TAQA does makes one, and it removes no folder that it does not know
    make(index_dir)
    assert open_current(index_dir, Expected("e", "r", "c")).read("a.txt") == b"c"


@pytest.mark.parametrize(
    ("expected", "problem", "words"),
    [
        (Expected(encoder="other"), IndexIncompatible, "made with the model e, not with other"),
        (Expected(recipe="other"), IndexIncompatible, "made by the rules r, not by other"),
        (Expected(corpus="other"), IndexStale, "The corpus has changed"),
    ],
)
def test_made_from_something_else(tmp_path: Path, expected: Expected, problem: type[IndexProblem], words: str) -> None:
    make(tmp_path)
    with pytest.raises(problem, match=words) as caught:
        open_current(tmp_path, expected)
    assert "`taqa ingest`" in str(caught.value)


def test_made_by_another_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(generations, "__version__", "99.0")
        with pytest.raises(IndexIncompatible, match=r"made by TAQA .* and this is 99\.0.*`taqa ingest`"):
            open_current(tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(generations, "FORMAT", 99)
        with pytest.raises(IndexIncompatible, match=r"format .* this TAQA reads 99\..*`taqa ingest`"):
            open_current(tmp_path)
    open_current(tmp_path)


def test_one_writer_at_a_time_in_a_process_and_between(tmp_path: Path) -> None:
    with writing(tmp_path), pytest.raises(IndexBusy, match="Another process is writing"), writing(tmp_path):
        pass
    with writing(tmp_path):
        pass
    other = FileLock(tmp_path / "writer.lock")
    with other, pytest.raises(IndexBusy), writing(tmp_path):
        pass


@pytest.mark.parametrize("number", [28, 13, 30, 5])
def test_fault_while_writing_leaves_the_former(tmp_path: Path, number: int) -> None:
    name = make(tmp_path, "a")
    before = files_below(tmp_path)

    def fails(folder: Path) -> None:
        (folder / "x").write_text("half", encoding="utf-8")
        raise OSError(number, "as the system says")

    with pytest.raises(IndexWriteError) as caught, writing(tmp_path):
        publish(tmp_path, contents("b"), fails)
    assert str(caught.value).startswith(f"The index in {tmp_path} could not be written: ")
    assert files_below(tmp_path) == before
    assert open_current(tmp_path).name == name


def test_interrupt_while_writing_leaves_the_former(tmp_path: Path) -> None:
    make(tmp_path, "a")
    before = files_below(tmp_path)

    def interrupted(folder: Path) -> None:
        (folder / "x").write_text("half", encoding="utf-8")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), writing(tmp_path):
        publish(tmp_path, contents("b"), interrupted)
    assert files_below(tmp_path) == before
    make(tmp_path, "b")


def test_index_folder_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "index").write_text("x", encoding="utf-8")
    with pytest.raises(IndexMissing):
        open_current(tmp_path / "index")
    with pytest.raises(IndexWriteError, match="a file stands where a folder is needed"):
        make(tmp_path / "index")
    assert (tmp_path / "index").read_text(encoding="utf-8") == "x"


def test_power_cut_at_every_step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A copy of the index at every sync to disk opens as the former or the new one, and can be written again."""
    index = tmp_path / "index"
    former = make(index, "a")
    copies: list[Path] = []
    sync = generations._sync

    def copying(path: Path) -> None:
        for moment in ("before", "after"):
            copy = tmp_path / f"{len(copies)}-{moment}"
            shutil.copytree(index, copy)
            copies.append(copy)
            if moment == "before":
                sync(path)

    with monkeypatch.context() as patch:
        patch.setattr(generations, "_sync", copying)
        new = make(index, "b")
    found = [open_current(copy).name for copy in copies]
    assert set(found) == {former, new}
    assert found == sorted(found, key=[former, new].index)
    for copy in copies:
        make(copy, "d")
        assert open_current(copy).read("a.txt") == b"d"
        assert len(names(copy)) == 2


def test_generation_removed_while_it_is_being_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader that is overtaken by two writers opens what they made."""
    make(tmp_path, "a")
    verify = generations._verify

    def overtaken(*arguments: object) -> None:
        monkeypatch.setattr(generations, "_verify", verify)
        make(tmp_path, "b")
        make(tmp_path, "d")
        verify(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(generations, "_verify", overtaken)
    assert open_current(tmp_path).read("a.txt") == b"d"


# ---- held ----


def held(*rows: Row) -> Index:
    documents = (make_document("a.txt", "one\ntwo"), make_document("b.txt", "three"))
    return Index(documents, hold(documents), rows, "e", "r", "c", "f", "g")


def test_rows_lead_to_units_and_documents() -> None:
    index = held(Row(0, 0, 3), Row(1, 0, 3), Row(1, 1, 2), Row(2, 0, 5))
    assert index.held(2).unit.text == "two"
    assert index.held(3).document.id == "b"
    assert index.rows_in(["b", "a"]) == [0, 1, 2, 3]
    assert index.rows_in(["b", "b", "unknown"]) == [3]
    assert index.rows_in([]) == []


@pytest.mark.parametrize("row", [Row(3, 0, 1), Row(-1, 0, 1), Row(0, 2, 1), Row(0, 0, 4), Row(0, -1, 1)])
def test_a_row_that_leads_nowhere_is_refused(row: Row) -> None:
    with pytest.raises(ValueError, match="a row leads"):
        held(row)


def test_two_documents_of_one_id_are_refused() -> None:
    document = make_document("a.txt", "one")
    twin = replace(document, text="one")
    with pytest.raises(ValueError, match="same id"):
        Index((document, twin), hold((document, twin)), (), "e", "r", "c", "f", "g")
