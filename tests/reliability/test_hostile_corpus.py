"""A folder of hostile files: links, pipes, names that are no names, files that change. None costs another its place."""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path

import pytest

from taqa import build
from taqa.ingest import scan
from taqa.ingest.files import content, shown_name
from taqa.ingest.invisible import INVISIBLE
from taqa.ingest.manifest import Corpus
from taqa.ingest.verdicts import FileVerdict, Verdict
from taqa.library.index import BuildReport
from taqa.retrieval.indexing import build_index, open_index
from taqa.retrieval.rows import RECIPE
from taqa.settings import Settings

from ..fakes import HashingEncoder, files_below

GOOD = "1. One is here.\n\n2. Two is there.\n"
REGULAR = "is no regular file; put the document itself there."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "corpus"
    made.mkdir()
    (made / "good.txt").write_text(GOOD, "utf-8")
    return made


def ingested(folder: Path, **others: object) -> BuildReport:
    settings = Settings(corpus=folder, index=folder.parent / "index", **others)
    corpus = build.corpus(settings)
    with build.sandbox(settings) as reader:
        return build_index(build.material(corpus, reader.read), HashingEncoder(), settings.index_dir)


def verdicts(report: BuildReport) -> dict[str, tuple[str, str]]:
    return {each.name: (str(each.verdict), each.reason) for each in report.verdicts}


def test_links_are_followed_within_the_folder_only(folder: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("1. A secret.\n", "utf-8")
    (tmp_path / "elsewhere").mkdir()
    (folder / "out.txt").symlink_to(secret)
    (folder / "up.txt").symlink_to("../secret.txt")
    (folder / "in.txt").symlink_to("good.txt")
    (folder / "nowhere.txt").symlink_to("missing.txt")
    (folder / "circle.txt").symlink_to("circle.txt")
    (folder / "folder.txt").symlink_to(tmp_path / "elsewhere")
    found = verdicts(ingested(folder))
    out = "is a link that leads out of the corpus folder; put the document itself there."
    nowhere = "is a link that leads nowhere; put the document itself there."
    assert found == {
        "circle.txt": ("unsupported", f"circle.txt {nowhere}"),
        "good.txt": ("indexed", ""),
        "in.txt": ("indexed", "in.txt has the content of good.txt: one document of two names."),
        "nowhere.txt": ("unsupported", f"nowhere.txt {nowhere}"),
        "out.txt": ("unsupported", f"out.txt {out}"),
        "up.txt": ("unsupported", f"up.txt {out}"),
    }
    index = b"".join(files_below(tmp_path / "index").values())
    assert b"A secret" not in index
    [document] = held(folder)
    assert (document.file, document.meta.other_names) == ("good.txt", ("in.txt",))


def held(folder: Path) -> list:
    return list(open_index(folder.parent / "index", HashingEncoder(), RECIPE).index.documents)


def test_a_corpus_folder_may_itself_be_a_link(folder: Path, tmp_path: Path) -> None:
    (folder / "in.txt").symlink_to(folder / "good.txt")
    (tmp_path / "linked").symlink_to(folder)
    found = scan(tmp_path / "linked")
    assert [(file.name, file.problem) for file in (*found.files, *found.twins)] == [
        ("good.txt", None),
        ("in.txt", None),
    ]


def test_pipes_sockets_and_devices_are_never_read(folder: Path) -> None:
    os.mkfifo(folder / "pipe.txt")
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(os.path.relpath(folder / "socket.txt"))
    wanted = {"pipe.txt", "socket.txt"}
    try:
        os.mknod(folder / "zero.txt", 0o20600, os.makedev(1, 5))
        wanted.add("zero.txt")
    except PermissionError:
        pass  # devices are made by the superuser only
    found = verdicts(ingested(folder))
    assert {name: found[name] for name in wanted} == {name: ("unsupported", f"{name} {REGULAR}") for name in wanted}
    assert found["good.txt"] == ("indexed", "")


NAMES = [
    b"a\nb.txt",
    b"\x1b[31mred.txt",
    b"\xff\xfe.txt",
    b"caf\xe9.txt",
    "caf\u00e9.txt".encode(),
    "\u202etxt.exe.md".encode(),
    "\u200b.txt".encode(),
    "\u2603.txt".encode(),
    "\u2604.txt".encode(),
    b"..%2f..%2fetc%2fpasswd.txt",
    b"\\..\\..\\x.txt",
    b"a\\x0ab.txt",
    b"$(touch x).txt",
    b"`id`.txt",
    b"-rf.txt",
    b"'; DROP TABLE documents;--.txt",
    b"<script>alert(1)</script>.txt".replace(b"/", b""),
    b"[bold red]x.txt",
    b"%00.txt",
    b"con.txt",
    b"a:b.txt",
    b"..txt.txt",
    b" .txt",
    b"x" * 251 + b".txt",
]


@pytest.mark.skipif(sys.platform != "linux", reason="this system refuses names that are not UTF-8")
def test_any_name_is_held_told_apart_and_printable(folder: Path) -> None:
    odd = [name for name in NAMES if not name.startswith(b".")]
    for number, name in enumerate(odd):
        (folder / os.fsdecode(name)).write_text(f"1. Text {number}.\n", "utf-8")
    report = ingested(folder)
    assert {each.verdict for each in report.verdicts} == {Verdict.INDEXED}
    documents = held(folder)
    assert len(documents) == len(odd) + 1
    assert len({document.id for document in documents}) == len(documents)
    assert {each.name for each in report.verdicts} == {document.file for document in documents}
    for document in documents:
        assert document.file.isprintable()
        assert document.file.encode("utf-8")
        assert "/" not in document.id
        assert all(unit.id.startswith(f"{document.id}:") for unit in document.units)
    assert not ingested(folder).built


def test_names_stay_different_when_they_are_written_out() -> None:
    names = [os.fsdecode(name) for name in NAMES]
    assert len({shown_name(name) for name in names}) == len(names)
    assert shown_name("report (1).txt") == "report (1).txt"
    assert shown_name("a\nb\u202e\udcff\\.txt") == "a\\x0ab\\u202e\\xff\\\\.txt"


def test_a_file_that_changes_between_hashing_and_reading_is_not_mixed_up(folder: Path) -> None:
    (folder / "other.txt").write_text("1. Before.\n", "utf-8")
    settings = Settings(corpus=folder, index=folder.parent / "index")
    corpus: Corpus = build.corpus(settings)
    (folder / "other.txt").write_text("1. After.\n", "utf-8")
    with build.sandbox(settings) as reader:
        report = build_index(build.material(corpus, reader.read), HashingEncoder(), settings.index_dir)
    assert report.failed == (
        FileVerdict(
            "other.txt", Verdict.DAMAGED, "other.txt changed while it was read; try again when it is complete."
        ),
    )
    assert verdicts(ingested(folder))["other.txt"] == ("indexed", "")


def test_a_file_swapped_for_a_link_is_not_followed(folder: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("1. A secret.\n", "utf-8")
    corpus = scan(folder)
    (folder / "good.txt").unlink()
    (folder / "good.txt").symlink_to(secret)
    with pytest.raises(Exception, match=REGULAR):
        content(corpus.files[0].path, 1)


def test_a_file_over_the_size_limit(folder: Path) -> None:
    with (folder / "sparse.txt").open("wb") as file:
        file.truncate(3 << 40)
    found = verdicts(ingested(folder, max_file_mb=1))
    assert found["sparse.txt"] == (
        "over limit",
        "sparse.txt is larger than 1 MiB; split it, or raise TAQA_MAX_FILE_MB.",
    )


def test_texts_are_held_without_what_is_invisible(folder: Path) -> None:
    for number, code in enumerate([0x202E, 0x2066, 0x200B, 0xAD, 0xE0041, 0x1B, 0x7F, 0xFE0F, 0x3164, 0x61C]):
        char = chr(code)
        (folder / f"t{number}.txt").write_text(f"{char}1. Par{char}ties{char} shall {char}act{char}.\n", "utf-8")
    ingested(folder)
    for document in held(folder):
        for unit in document.units:
            assert not INVISIBLE.search(unit.text)
            assert "".join(document.text[span.start : span.end] for span in unit.source_spans()) == unit.text
        if document.file != "good.txt":
            assert [unit.text for unit in document.units] == ["1. Parties shall act."]
