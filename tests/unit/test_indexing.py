"""Building and opening an index, with the real FAISS and tantivy and an encoder of hashed words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from taqa.domain import Document
from taqa.errors import Damaged, IndexDamaged, IndexIncompatible, IndexStale, NoText, NothingRead, OverLimit
from taqa.ingest.verdicts import FileVerdict, Verdict
from taqa.library.index import IndexRow, Material, Source
from taqa.library.progress import Progress, silent
from taqa.retrieval import indexing
from taqa.retrieval.indexing import OpenIndex, build_index, open_index
from taqa.retrieval.ranking import Vectors

from ..fakes import HashingEncoder, files_below, make_material, make_source, rows_of

TEXTS = {
    "a.txt": "training of customs officers\nreleases of mercury\n",
    "b.txt": "technical assistance for parties\n\nfinancial mechanism\n",
    "c.txt": "capacity building\nreleases of mercury\n",
}
RECIPE = "lines-1"


def opened(index_dir: Path, encoder: HashingEncoder | None = None) -> OpenIndex:
    return open_index(index_dir, encoder or HashingEncoder(), RECIPE)


def dense_answer(held: OpenIndex, text: str) -> str:
    row = held.dense.search(HashingEncoder().encode_queries([text]), 1).rows[0]
    return held.index.held(int(row)).unit.text


def lexical_answer(held: OpenIndex, text: str) -> str:
    return held.index.held(int(held.lexical.search(text, 1).rows[0])).unit.text


def test_what_is_built_is_found(tmp_path: Path) -> None:
    report = build_index(make_material(TEXTS), HashingEncoder(), tmp_path)
    assert (report.added, report.changed, report.removed, report.kept) == (tuple(TEXTS), (), (), ())
    assert (report.rows, report.embedded, report.built) == (6, 5, True)
    held = opened(tmp_path)
    assert (held.index.generation, held.index.fingerprint) == (report.generation, report.fingerprint)
    assert [document.file for document in held.index.documents] == list(TEXTS)
    for text in ("financial mechanism", "training of customs officers"):
        assert dense_answer(held, text) == lexical_answer(held, text) == text


def test_same_corpus_same_fingerprint_elsewhere(tmp_path: Path) -> None:
    reports = [build_index(make_material(TEXTS), HashingEncoder(), tmp_path / name) for name in "xy"]
    assert reports[0].fingerprint == reports[1].fingerprint
    held = [opened(tmp_path / name) for name in "xy"]
    assert held[0].index.documents == held[1].index.documents
    assert held[0].dense.vectors().tobytes() == held[1].dense.vectors().tobytes()


def test_second_build_does_nothing(tmp_path: Path) -> None:
    first = build_index(make_material(TEXTS), HashingEncoder(), tmp_path)
    before = files_below(tmp_path)
    encoder = HashingEncoder()
    second = build_index(make_material(TEXTS), encoder, tmp_path)
    assert (second.kept, second.embedded, second.built) == (tuple(TEXTS), 0, False)
    assert (second.generation, second.fingerprint) == (first.generation, first.fingerprint)
    assert encoder.encoded == []
    assert files_below(tmp_path) == before


def test_only_what_changed_is_read_and_embedded(tmp_path: Path) -> None:
    build_index(make_material(TEXTS), HashingEncoder(), tmp_path)
    texts = {"b.txt": TEXTS["b.txt"] + "a new paragraph\n", "c.txt": TEXTS["c.txt"], "d.txt": "another paper\n"}
    read: list[str] = []
    material = make_material(texts)
    sources = tuple(
        Source(s.name, s.identity, lambda s=s: (read.append(s.name), s.read())[1]) for s in material.sources
    )
    encoder = HashingEncoder()
    report = build_index(replace(material, sources=sources), encoder, tmp_path)
    assert read == ["b.txt", "d.txt"]
    assert sorted(encoder.encoded) == ["a new paragraph", "another paper"]
    assert (report.added, report.changed, report.removed, report.kept) == (
        ("d.txt",),
        ("b.txt",),
        ("a.txt",),
        ("c.txt",),
    )
    build_index(make_material(texts), HashingEncoder(), tmp_path / "afresh")
    grown, afresh = opened(tmp_path), opened(tmp_path / "afresh")
    assert grown.index.fingerprint == afresh.index.fingerprint
    assert grown.dense.vectors().tobytes() == afresh.dense.vectors().tobytes()
    assert (
        grown.lexical.search("releases paragraph", 9).rows.tolist()
        == afresh.lexical.search("releases paragraph", 9).rows.tolist()
    )


def test_removed_file_is_gone_from_the_next_generation(tmp_path: Path) -> None:
    build_index(make_material(TEXTS), HashingEncoder(), tmp_path)
    report = build_index(make_material({"a.txt": TEXTS["a.txt"]}), HashingEncoder(), tmp_path)
    assert (report.removed, report.embedded) == (("b.txt", "c.txt"), 0)
    held = opened(tmp_path)
    assert [document.file for document in held.index.documents] == ["a.txt"]
    assert held.lexical.search("financial capacity", 5).rows.tolist() == []
    assert len(held.dense) == 2


def test_another_recipe_reads_nothing_again_and_embeds_what_is_new(tmp_path: Path) -> None:
    build_index(make_material(TEXTS), HashingEncoder(), tmp_path)

    def shouting(document: Document) -> list[IndexRow]:
        return [replace(row, dense_text=row.dense_text.replace("capacity", "CAPACITY")) for row in rows_of(document)]

    def unread() -> Document:
        raise AssertionError("read again")

    material = make_material(TEXTS, "lines-2")
    sources = tuple(Source(source.name, source.identity, unread) for source in material.sources)
    encoder = HashingEncoder()
    report = build_index(replace(material, sources=sources, rows_of=shouting), encoder, tmp_path)
    assert (report.kept, report.built, encoder.encoded) == (tuple(TEXTS), True, ["CAPACITY building"])
    with pytest.raises(IndexIncompatible, match="rules lines-2, not by lines-1"):
        opened(tmp_path)


def test_another_model_embeds_everything(tmp_path: Path) -> None:
    build_index(make_material(TEXTS), HashingEncoder(), tmp_path)
    other = HashingEncoder("hashing-2", dimension=32)
    with pytest.raises(IndexIncompatible, match=r"made with the model hashing-1, not with hashing-2.*`taqa ingest`"):
        opened(tmp_path, other)
    assert dense_answer(opened(tmp_path), "financial mechanism") == "financial mechanism"
    assert build_index(make_material(TEXTS), other, tmp_path).embedded == 5
    assert opened(tmp_path, other).dense.dimension == 32


def test_stale_only_where_the_corpus_is_named(tmp_path: Path) -> None:
    material = make_material(TEXTS)
    build_index(material, HashingEncoder(), tmp_path)
    open_index(tmp_path, HashingEncoder(), RECIPE, material.corpus)
    with pytest.raises(IndexStale, match="`taqa ingest`"):
        open_index(tmp_path, HashingEncoder(), RECIPE, "another")


@pytest.mark.parametrize("pattern", ["dense.faiss", "rows.json", "documents/*", "lexical/*.term", "lexical/meta.json"])
def test_damaged_file_is_refused_before_an_engine_sees_it_and_mended(tmp_path: Path, pattern: str) -> None:
    first = build_index(make_material(TEXTS), HashingEncoder(), tmp_path)
    victim = next((tmp_path / "generations" / first.generation).glob(pattern))
    data = bytearray(victim.read_bytes())
    data[len(data) // 2] ^= 0x10
    victim.write_bytes(data)
    before = files_below(tmp_path)
    with pytest.raises(IndexDamaged, match=f"{victim.name} is not as it was written.*`taqa ingest`"):
        opened(tmp_path)
    assert files_below(tmp_path) == before
    encoder = HashingEncoder()
    second = build_index(make_material(TEXTS), encoder, tmp_path)
    assert len(encoder.encoded) == 5, "a damaged generation gives nothing to the next"
    assert (second.fingerprint, second.built) == (first.fingerprint, True)
    assert second.generation != first.generation
    assert dense_answer(opened(tmp_path), "financial mechanism") == "financial mechanism"


def test_open_index_outlives_later_generations(tmp_path: Path) -> None:
    """What a running server holds goes on answering while the folder moves on."""
    build_index(make_material(TEXTS), HashingEncoder(), tmp_path)
    held = opened(tmp_path)
    for number in range(3):
        build_index(make_material({"z.txt": f"paper {number}"}), HashingEncoder(), tmp_path)
    assert not (tmp_path / "generations" / held.index.generation).exists()
    assert (
        dense_answer(held, "financial mechanism")
        == lexical_answer(held, "financial mechanism")
        == "financial mechanism"
    )


def test_rows_without_one_of_the_texts(tmp_path: Path) -> None:
    def halves(document: Document) -> list[IndexRow]:
        rows = rows_of(document)
        return [replace(row, lexical_text="") if i % 2 else replace(row, dense_text="") for i, row in enumerate(rows)]

    build_index(replace(make_material(TEXTS), rows_of=halves), HashingEncoder(), tmp_path)
    held = opened(tmp_path)
    assert held.dense.rows().tolist() == [1, 3, 5]
    assert held.lexical.search("training releases technical financial capacity", 9).rows.tolist() != []
    assert not {1, 3, 5} & set(held.lexical.search("training releases financial capacity", 9).rows.tolist())
    assert dense_answer(held, "financial mechanism") == "financial mechanism"


def test_two_files_of_one_document_id(tmp_path: Path) -> None:
    """Both are held; the one whose name comes first has the short id, whatever was indexed before."""
    build_index(make_material({"a.txt": "one"}), HashingEncoder(), tmp_path)
    assert [document.id for document in opened(tmp_path).index.documents] == ["a"]
    build_index(make_material({"a.txt": "one", "a.md": "two"}), HashingEncoder(), tmp_path)
    assert [(d.id, d.file) for d in opened(tmp_path).index.documents] == [("a", "a.md"), ("a.txt", "a.txt")]
    build_index(make_material({"a.txt": "one"}), HashingEncoder(), tmp_path)
    assert [document.id for document in opened(tmp_path).index.documents] == ["a"]


def failing(name: str, text: str, error: Exception) -> Source:
    def fail() -> Document:
        raise error

    return replace(make_source(name, text), read=fail)


def with_failing(texts: dict[str, str], *broken: Source) -> Material:
    material = make_material(texts)
    return replace(material, sources=tuple(sorted((*material.sources, *broken), key=lambda source: source.name)))


def test_one_bad_file_costs_no_other(tmp_path: Path) -> None:
    torn = Damaged("b.txt is torn; mend it.")
    material = with_failing({"a.txt": "one", "c.txt": "three"}, failing("b.txt", "two", torn))
    report = build_index(material, HashingEncoder(), tmp_path)
    assert (report.added, report.built) == (("a.txt", "c.txt"), True)
    verdicts = (
        FileVerdict("a.txt", Verdict.INDEXED),
        FileVerdict("b.txt", Verdict.DAMAGED, "b.txt is torn; mend it."),
        FileVerdict("c.txt", Verdict.INDEXED),
    )
    assert report.verdicts == opened(tmp_path).index.verdicts == verdicts
    assert report.failed == verdicts[1:2]
    before = files_below(tmp_path)
    again = build_index(material, HashingEncoder(), tmp_path)
    assert (again.built, again.verdicts, again.kept) == (False, verdicts, ("a.txt", "c.txt"))
    assert files_below(tmp_path) == before
    mended = build_index(make_material({"a.txt": "one", "b.txt": "two", "c.txt": "three"}), HashingEncoder(), tmp_path)
    assert (mended.added, mended.failed) == (("b.txt",), ())


def test_a_file_that_becomes_unreadable_keeps_its_former_document(tmp_path: Path) -> None:
    texts = {"a.txt": "one", "b.txt": "the former words"}
    build_index(make_material(texts), HashingEncoder(), tmp_path)
    former = opened(tmp_path).index.documents
    material = with_failing({"a.txt": "one"}, failing("b.txt", "other", OverLimit("b.txt is too much; split it.")))
    report = build_index(material, HashingEncoder(), tmp_path)
    assert report.failed == (FileVerdict("b.txt", Verdict.OVER_LIMIT, "b.txt is too much; split it.", former=True),)
    assert (report.kept, report.embedded) == (("a.txt", "b.txt"), 0)
    assert opened(tmp_path).index.documents == former
    assert dense_answer(opened(tmp_path), "the former words") == "the former words"
    assert not build_index(material, HashingEncoder(), tmp_path).built
    gone = build_index(make_material({"a.txt": "one"}), HashingEncoder(), tmp_path)
    assert (gone.removed, gone.failed) == (("b.txt",), ())


def test_nothing_readable_leaves_the_former_index(tmp_path: Path) -> None:
    build_index(make_material(TEXTS), HashingEncoder(), tmp_path)
    before = files_below(tmp_path)
    broken = (failing("x.txt", "x", NoText("x.txt holds no text; supply it.")), failing("y.txt", "y", Damaged("y.")))
    with pytest.raises(NothingRead) as caught:
        build_index(with_failing({}, *broken), HashingEncoder(), tmp_path)
    assert str(caught.value) == "None of the 2 files of the corpus gives a document: x.txt holds no text; supply it."
    assert caught.value.reasons == ("x.txt holds no text; supply it.", "y.")
    assert files_below(tmp_path) == before


def test_a_file_whose_format_is_not_read_is_named_until_it_is_gone(tmp_path: Path) -> None:
    material = make_material(TEXTS)
    other = FileVerdict("photo.png", Verdict.UNSUPPORTED, "photo.png has a format that is not read; save it as text.")
    build_index(material, HashingEncoder(), tmp_path)
    named = build_index(replace(material, others=(other,)), HashingEncoder(), tmp_path)
    assert (named.built, named.embedded, named.failed) == (True, 0, (other,))
    assert not build_index(replace(material, others=(other,)), HashingEncoder(), tmp_path).built
    assert build_index(material, HashingEncoder(), tmp_path).failed == ()


class Interrupted(HashingEncoder):
    """Stops after some texts, as when the power goes."""

    def __init__(self, texts: int) -> None:
        super().__init__()
        self.left = texts

    def encode_passages(self, texts: Sequence[str], progress: Progress = silent) -> Vectors:
        if len(texts) > self.left:
            raise KeyboardInterrupt
        self.left -= len(texts)
        return super().encode_passages(texts, progress)


def test_an_interrupted_build_goes_on_where_it_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexing, "_BLOCK", 10)
    texts = {f"p{n}.txt": "\n".join(f"paper {n} line {i}" for i in range(9)) for n in range(4)}
    with pytest.raises(KeyboardInterrupt):
        build_index(make_material(texts), Interrupted(25), tmp_path)
    unread = tuple(failing(source.name, "", AssertionError("read again")) for source in make_material(texts).sources)
    material = make_material(texts)
    sources = tuple(replace(s, read=u.read) for s, u in zip(material.sources, unread, strict=True))
    for piece in (tmp_path / "staging").glob("vectors-*"):
        data = piece.read_bytes()
        piece.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
        break
    encoder = HashingEncoder()
    report = build_index(replace(material, sources=sources), encoder, tmp_path)
    assert len(encoder.encoded) == report.embedded == 26, "36 less one whole block; the other was damaged"
    assert not (tmp_path / "staging").exists()
    afresh = build_index(make_material(texts), HashingEncoder(), tmp_path / "afresh")
    assert report.fingerprint == afresh.fingerprint
    assert opened(tmp_path).dense.vectors().tobytes() == opened(tmp_path / "afresh").dense.vectors().tobytes()


def test_corpus_without_units(tmp_path: Path) -> None:
    report = build_index(make_material({"a.txt": "\n"}), HashingEncoder(), tmp_path)
    assert report.rows == 0
    held = opened(tmp_path)
    assert held.dense.search(HashingEncoder().encode_queries(["x"]), 5).rows.tolist() == []


def test_progress_is_told_from_none_to_all(tmp_path: Path) -> None:
    told: dict[str, list[tuple[int, int]]] = {}
    build_index(
        make_material(TEXTS),
        HashingEncoder(),
        tmp_path,
        lambda description, done, total: told.setdefault(description, []).append((done, total)),
    )
    assert list(told) == ["Reading", "Embedding", "Writing"]
    for steps in told.values():
        total = steps[0][1]
        assert steps == [(done, total) for done in range(total + 1)]


def test_vectors_belong_to_their_rows(tmp_path: Path) -> None:
    build_index(make_material(TEXTS), HashingEncoder(), tmp_path)
    held = opened(tmp_path)
    texts = [held.index.held(row).unit.text for row in held.dense.rows()]
    assert np.array_equal(held.dense.vectors(), HashingEncoder().encode_queries(texts))
