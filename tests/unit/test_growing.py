"""Documents put into a corpus and taken out: real files and a real index; the encoder computes from the words."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from taqa import build
from taqa.domain import Document
from taqa.errors import CorpusError, IndexBusy, InputError, NotInCorpus
from taqa.ingest import files, scan
from taqa.library import shelf
from taqa.library.generations import changing
from taqa.library.growing import Growth
from taqa.library.shelf import Fate, Origin, Shelf
from taqa.references import resolve
from taqa.retrieval.indexing import build_index, open_index
from taqa.retrieval.rows import RECIPE
from taqa.settings import Settings

from ..fakes import HashingEncoder, files_below

WHEN = datetime(2026, 11, 21, 8, 40, 12, tzinfo=UTC)
OLD = "1. The fee is ten crowns.\n\n2. It is paid in May.\n"
NEW = "1. The fee is twelve crowns.\n\n2. It is paid in May.\n"
OTHER = "1. Libraries lend thermometers.\n"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(corpus=tmp_path / "corpus", index=tmp_path / "index")


def add(settings: Settings, *given: Path | str) -> Growth:
    return build.add(settings, build.offered(settings, [str(each) for each in given]), model=HashingEncoder())


def written(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def told(growth: Growth) -> list[tuple[str, str, str, str]]:
    return [
        (
            each.verdict.name,
            str(each.verdict.verdict),
            *((str(each.placed.fate), each.placed.other) if each.placed else ("", "")),
        )
        for each in growth.taken
    ]


def held(settings: Settings) -> dict[str, Document]:
    index = open_index(settings.index_dir, HashingEncoder(), RECIPE).index
    return {document.file: document for document in index.documents}


def entries(settings: Settings) -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = json.loads((settings.corpus / "manifest.json").read_text("utf-8"))["documents"]
    return listed


def today() -> str:
    return f"{datetime.now(UTC):%Y-%m-%d}"


def test_a_file_is_copied_byte_for_byte_with_its_provenance(settings: Settings, tmp_path: Path) -> None:
    data = b"\xef\xbb\xbf1. One.\r\n\r\n2. Two.\r\n"
    (tmp_path / "My paper.txt").write_bytes(data)
    growth = add(settings, tmp_path / "My paper.txt")
    assert told(growth) == [("My paper.txt", "indexed", "added", "")]
    assert (settings.corpus / "My paper.txt").read_bytes() == data
    [entry] = entries(settings)
    assert entry.pop("added").startswith(today())
    assert entry == {"file": "My paper.txt", "sha256": held(settings)["My paper.txt"].sha256, "from": "My paper.txt"}
    assert sorted(path.name for path in settings.corpus.iterdir()) == ["My paper.txt", "manifest.json"]
    assert told(add(settings, tmp_path / "My paper.txt")) == [("My paper.txt", "indexed", "held already", "")]


def test_a_bad_file_costs_no_other_and_is_not_let_in(settings: Settings, tmp_path: Path) -> None:
    folder = tmp_path / "inbox"
    written(folder / "a.txt", OLD)
    written(folder / "b.txt", "")
    written(folder / "c.docx", "no archive")
    written(folder / "d.png", "picture")
    written(folder / "e.txt", OTHER)
    written(folder / ".hidden.txt", OTHER)
    written(folder / "within" / "f.txt", OTHER)
    growth = add(settings, folder)
    assert told(growth) == [
        ("a.txt", "indexed", "added", ""),
        ("b.txt", "no text", "", ""),
        ("c.docx", "damaged", "", ""),
        ("d.png", "unsupported", "", ""),
        ("e.txt", "indexed", "added", ""),
    ]
    assert all(each.verdict.reason.startswith(each.verdict.name) for each in growth.taken if not each.placed)
    assert sorted(held(settings)) == ["a.txt", "e.txt"]
    before = files_below(settings.index_dir)
    assert add(settings, folder / "b.txt").report is None
    assert files_below(settings.index_dir) == before


def test_only_the_changed_document_is_embedded(settings: Settings, tmp_path: Path) -> None:
    first = add(settings, written(tmp_path / "a.txt", OLD), written(tmp_path / "b.txt", OTHER)).report
    assert first is not None
    assert first.embedded == first.rows == 3
    changed = add(settings, written(tmp_path / "a.txt", NEW)).report
    assert changed is not None
    assert (changed.embedded, changed.rows) == (1, 5), "the second paragraph has been seen"
    named = add(settings, written(tmp_path / "c.txt", OTHER)).report
    assert named is not None
    assert (named.embedded, named.rows) == (0, 5)
    _, removed = build.remove(settings, "b.txt", model=HashingEncoder())
    assert (removed.embedded, removed.rows, removed.removed) == (0, 4, ("b.txt",))


def test_an_index_is_the_same_however_its_documents_came(settings: Settings, tmp_path: Path) -> None:
    papers = [written(tmp_path / name, text) for name, text in (("a.txt", OLD), ("b.txt", OTHER))]
    for path in papers[::-1]:
        report = add(settings, path).report
    put = settings.model_copy(update={"corpus": tmp_path / "put", "index": tmp_path / "other index"})
    put.corpus.mkdir()
    for path in papers:
        shutil.copy(path, put.corpus)
    assert report is not None
    made = build_index(build.material(scan(put.corpus)), HashingEncoder(), put.index_dir)
    assert made.fingerprint == report.fingerprint


def test_one_content_under_two_names(settings: Settings, tmp_path: Path) -> None:
    add(settings, written(tmp_path / "a.txt", OLD))
    growth = add(settings, written(tmp_path / "b.txt", OLD))
    assert told(growth) == [("b.txt", "indexed", "another name", "a.txt")]
    assert not (settings.corpus / "b.txt").exists()
    [document] = held(settings).values()
    assert (document.file, document.meta.other_names) == ("a.txt", ("b.txt",))
    assert resolve("b.txt, para. 2", [document]).unit == document.unit("a:2")
    assert told(add(settings, tmp_path / "b.txt")) == [("b.txt", "indexed", "held already", "a.txt")]
    assert told(add(settings, written(tmp_path / "b.txt", NEW))) == [("b.txt", "indexed", "added", "")]
    assert {file: document.meta.other_names for file, document in held(settings).items()} == {"a.txt": (), "b.txt": ()}


def test_changed_content_supersedes_and_the_former_is_kept_apart(settings: Settings, tmp_path: Path) -> None:
    add(settings, written(tmp_path / "a.txt", OLD))
    kept = f"a~{today()}.txt"
    assert told(add(settings, written(tmp_path / "a.txt", NEW))) == [("a.txt", "indexed", "new version", kept)]
    found = held(settings)
    assert {file: document.successor for file, document in found.items()} == {"a.txt": "", kept: "a"}
    assert (settings.corpus / kept).read_text("utf-8") == OLD
    assert found[kept].units[0].text == "1. The fee is ten crowns."
    assert resolve(f"{kept}, para. 1", list(found.values())).unit == found[kept].units[0]
    assert [sorted(entry) for entry in entries(settings)] == [
        ["added", "file", "from", "replaced", "sha256", "superseded_by"],
        ["added", "file", "from", "sha256"],
    ]
    third = OLD.replace("ten", "nine")
    again = f"a~{today()}-2.txt"
    assert told(add(settings, written(tmp_path / "a.txt", third))) == [("a.txt", "indexed", "new version", again)]
    assert {file: d.successor for file, d in held(settings).items()} == {"a.txt": "", kept: "a", again: "a"}


def test_a_former_version_that_is_current_again(settings: Settings, tmp_path: Path) -> None:
    add(settings, written(tmp_path / "a.txt", OLD))
    add(settings, written(tmp_path / "a.txt", NEW))
    growth = add(settings, written(tmp_path / "a.txt", OLD))
    kept = f"a~{today()}-2.txt"
    assert told(growth) == [("a.txt", "indexed", "new version", kept)]
    assert {file: document.successor for file, document in held(settings).items()} == {"a.txt": "", kept: "a"}
    assert (settings.corpus / kept).read_text("utf-8") == NEW


def test_a_new_version_that_cannot_be_read_replaces_nothing(settings: Settings, tmp_path: Path) -> None:
    add(settings, written(tmp_path / "a.txt", OLD))
    before = files_below(settings.corpus)
    assert told(add(settings, written(tmp_path / "a.txt", "\0\0\0"))) == [("a.txt", "unsupported", "", "")]
    assert files_below(settings.corpus) == before


def test_what_people_wrote_into_the_manifest_stays(settings: Settings, tmp_path: Path) -> None:
    written(settings.corpus / "a.txt", OLD)
    stated = {"version": 1, "provenance": "by hand", "documents": [{"file": "a.txt", "title": "Fée", "known": {}}]}
    written(settings.corpus / "manifest.json", json.dumps(stated))
    add(settings, written(tmp_path / "b.txt", OTHER))
    manifest = json.loads((settings.corpus / "manifest.json").read_text("utf-8"))
    assert manifest["provenance"] == "by hand"
    assert manifest["documents"][0] == {"file": "a.txt", "title": "Fée", "known": {}}
    add(settings, written(tmp_path / "a.txt", NEW))
    found = held(settings)
    assert [found[file].meta.title for file in ("a.txt", f"a~{today()}.txt")] == ["", "Fée"]


@pytest.mark.parametrize("step", range(1, 4))
def test_an_interruption_at_any_step_leaves_a_whole_folder(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    """Each write is failed in turn; what is then found reads as before or as after, and a second try succeeds."""
    Shelf.opened(settings.corpus, 100).place("a.txt", OLD.encode(), Origin("a.txt", WHEN))
    done = 0

    def failing(put: Callable[..., None]) -> Callable[..., None]:
        def fail(*words: Any, **others: Any) -> None:
            nonlocal done
            done += 1
            if done == step:
                raise OSError(28, "No space left on device")
            put(*words, **others)

        return fail

    from taqa.ingest import entries as ledger

    with monkeypatch.context() as patch:
        patch.setattr(shelf, "put", failing(files.put))
        patch.setattr(ledger, "put", failing(files.put))
        with pytest.raises(CorpusError, match="No space left on device"):
            Shelf.opened(settings.corpus, 100).place("a.txt", NEW.encode(), Origin("a.txt", WHEN))
    found = {file.name: file for file in scan(settings.corpus).files}
    assert all(file.problem is None for file in found.values())
    assert (settings.corpus / "a.txt").read_text("utf-8") == (OLD if step < 3 else NEW)
    opened = Shelf.opened(settings.corpus, 100)
    if step < 3:
        placed = opened.place("a.txt", NEW.encode(), Origin("a.txt", WHEN))
        assert (placed.fate, placed.other) == (Fate.VERSION, "a~2026-11-21.txt")
    else:
        assert opened.place("a.txt", NEW.encode(), Origin("a.txt", WHEN)).fate is Fate.HELD
    files_now = {file.name: file for file in scan(settings.corpus).files}
    assert list(files_now) == ["a.txt", "a~2026-11-21.txt"]
    former = files_now["a~2026-11-21.txt"].entry
    assert former is not None
    assert former.meta.superseded_by == "a.txt"


def test_what_an_interrupted_copy_left_is_cleared_away(settings: Settings) -> None:
    left = written(settings.corpus / ".taqa-0123", "half")
    Shelf.opened(settings.corpus, 100)
    assert not left.exists()


@pytest.mark.parametrize(
    "name",
    [
        "../up.txt",
        "a/b.txt",
        "",
        "..",
        ".hidden.txt",
        "~$a.txt",
        "manifest.json",
        "x\u202ey.txt",
        "a\n.txt",
        "é" * 101 + ".txt",
    ],
)
def test_no_name_leads_out_of_the_folder(settings: Settings, name: str) -> None:
    growth = build.add(settings, [build.sent(name, OTHER.encode())], model=HashingEncoder())
    assert growth.report is None
    assert [str(each.verdict.verdict) for each in growth.taken] == ["unsupported"]
    assert sorted(settings.corpus.iterdir()) == []


def test_the_same_name_twice_and_what_is_not_there_are_refused_first(settings: Settings, tmp_path: Path) -> None:
    one, other = written(tmp_path / "x" / "a.txt", OLD), written(tmp_path / "y" / "a.txt", NEW)
    with pytest.raises(InputError, match=r"2 of the documents are called a\.txt; rename them"):
        add(settings, one, other)
    with pytest.raises(InputError, match=r"none\.txt cannot be read \(No such file or directory\)"):
        add(settings, one, tmp_path / "none.txt")
    with pytest.raises(InputError, match="There is no document in"):
        add(settings, written(tmp_path / "z" / ".a.txt", OLD).parent)
    with pytest.raises(InputError, match="unless TAQA_FETCH=on is set"):
        add(settings, "https://example.org/a.pdf")
    assert not settings.corpus.exists()


def test_a_link_that_is_named_is_followed_and_one_in_a_folder_is_not(settings: Settings, tmp_path: Path) -> None:
    written(tmp_path / "secret.txt", OLD)
    (tmp_path / "link.txt").symlink_to("secret.txt")
    folder = tmp_path / "inbox"
    folder.mkdir()
    (folder / "in.txt").symlink_to(tmp_path / "secret.txt")
    os.mkfifo(folder / "pipe.txt")
    assert told(add(settings, tmp_path / "link.txt")) == [("link.txt", "indexed", "added", "")]
    assert told(add(settings, folder)) == [("in.txt", "unsupported", "", ""), ("pipe.txt", "unsupported", "", "")]


def test_removing_takes_the_file_its_other_names_and_its_entry(settings: Settings, tmp_path: Path) -> None:
    add(settings, written(tmp_path / "a.txt", OLD), written(tmp_path / "b.txt", OTHER))
    written(settings.corpus / "c.txt", OLD)
    outside = files_below(tmp_path / "elsewhere")
    assert build.named_file(settings, "c.txt") == "a.txt"
    assert build.named_file(settings, "a") == "a.txt"
    names, report = build.remove(settings, "a.txt", model=HashingEncoder())
    assert (names, report.removed) == (("a.txt", "c.txt"), ("a.txt",))
    assert sorted(path.name for path in settings.corpus.iterdir()) == ["b.txt", "manifest.json"]
    assert [entry["file"] for entry in entries(settings)] == ["b.txt"]
    assert list(held(settings)) == ["b.txt"]
    assert files_below(tmp_path / "elsewhere") == outside
    with pytest.raises(InputError, match="is the only document of the corpus"):
        build.remove(settings, "b.txt", model=HashingEncoder())
    with pytest.raises(NotInCorpus, match=r"holds no file “a\.txt”"):
        build.remove(settings, "a.txt", model=HashingEncoder())


def test_without_its_successor_a_former_version_is_current_again(settings: Settings, tmp_path: Path) -> None:
    add(settings, written(tmp_path / "a.txt", OLD))
    add(settings, written(tmp_path / "a.txt", NEW))
    build.remove(settings, "a.txt", model=HashingEncoder())
    assert {file: document.successor for file, document in held(settings).items()} == {f"a~{today()}.txt": ""}


def test_a_file_that_cannot_be_read_is_removed_by_its_name(settings: Settings, tmp_path: Path) -> None:
    add(settings, written(tmp_path / "a.txt", OLD))
    written(settings.corpus / "bad\n.docx", "no archive")
    assert build.named_file(settings, "bad\\x0a.docx") == "bad\\x0a.docx"
    assert build.remove(settings, "bad\\x0a.docx", model=HashingEncoder())[0] == ("bad\\x0a.docx",)
    assert [file.name for file in scan(settings.corpus).files] == ["a.txt"]


def test_one_change_at_a_time(settings: Settings, tmp_path: Path) -> None:
    with changing(settings.index_dir), pytest.raises(IndexBusy, match="Another process is changing the corpus; wait"):
        add(settings, written(tmp_path / "a.txt", OLD))
    assert not settings.corpus.exists()
