"""`taqa add`, `taqa remove` and what `taqa list` shows of versions and further names."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from ..documents import CORPUS
from .test_cli import TAQA, environment

pytestmark = pytest.mark.skipif(not TAQA.exists(), reason="the command taqa is not installed beside this Python")


def taqa(folder: Path, *words: str, **variables: str) -> tuple[int, str, str]:
    """The command over the corpus of a folder: its exit code, what it printed, what it complained of."""
    done = subprocess.run(
        [sys.executable, "-c", "from taqa.cli import main; main()", *words],
        capture_output=True,
        encoding="utf-8",
        cwd=folder,
        stdin=subprocess.DEVNULL,
        env=environment(folder / "corpus", folder / "index") | variables,
        timeout=240,
        check=False,
    )
    assert "Traceback" not in done.stdout + done.stderr, done.stderr
    return done.returncode, done.stdout, done.stderr


def test_a_corpus_grows_and_shrinks(tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    report = shutil.copy(CORPUS / "002_1e631d3bd8709de2.txt", inbox / "report.txt")
    shutil.copy(report, inbox / "same.txt")
    (inbox / "empty.txt").touch()
    (inbox / "note.txt").write_text("1. The fee is ten crowns.\n", "utf-8")
    code, out, _ = taqa(tmp_path, "add", "inbox")
    assert code == 0
    assert out.splitlines()[:-1] == [
        "no text: empty.txt holds no text; supply a text version.",
        "indexed: note.txt (added)",
        "indexed: report.txt (added)",
        "indexed: same.txt (another name of report.txt, which has the same content)",
    ]
    assert re.fullmatch(r"Indexed into .*: 2 new, 0 unchanged; (\d+) of \d+ rows embedded\.", out.splitlines()[-1])

    (inbox / "note.txt").write_text("1. The fee is twelve crowns.\n", "utf-8")
    code, out, _ = taqa(tmp_path, "add", "inbox/note.txt")
    assert code == 0
    former = next(path.name for path in (tmp_path / "corpus").glob("note~*"))
    assert out.splitlines()[0] == f"indexed: note.txt (a new version; the former one is kept as {former})"
    assert re.search(r": 1 new, 1 changed, 1 unchanged; 1 of \d+ rows embedded\.$", out.strip())
    listed = json.loads(taqa(tmp_path, "list", "--json")[1])
    assert [(item["file"], item["superseded_by"], item["other_names"]) for item in listed] == [
        ("note.txt", "", []),
        (former, "note", []),
        ("report.txt", "", ["same.txt"]),
    ]
    assert "superseded by note" in taqa(tmp_path, "list")[1]
    shown = taqa(tmp_path, "show", f"{former}, para. 1")[1].splitlines()
    assert shown[:2] == [
        f"{former}, para. 1 [a former version, superseded by note.txt]",
        "1. The fee is ten crowns.",
    ]

    code, out, error = taqa(tmp_path, "remove", "same.txt")
    assert (code, out) == (2, "")
    assert error == "Nothing is deleted without being asked; give --yes to delete report.txt.\n"
    code, out, _ = taqa(tmp_path, "remove", "same.txt", "--yes")
    assert code == 0
    assert out.startswith("deleted: report.txt\n")
    assert out.endswith(" rows embedded.\n")
    assert taqa(tmp_path, "show", "same.txt")[0] == 1


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (("add", "none.txt"), 2, "none.txt cannot be read (No such file or directory); check the name"),
        (("add", "https://example.org/a.pdf"), 2, "Nothing is fetched from the web unless TAQA_FETCH=on is set"),
        (("remove", "nothing", "--yes"), 1, ""),
        (("remove", "a.txt", "--yes"), 2, "a.txt is the only document of the corpus"),
        (("remove", "a.txt, para. 1", "--yes"), 1, "“a.txt, para. 1” is a paragraph; name a whole document."),
    ],
)
def test_what_cannot_be_done_is_one_sentence(tmp_path: Path, words: tuple[str, ...], code: int, sentence: str) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "a.txt").write_text("1. One.\n", "utf-8")
    found, out, error = taqa(tmp_path, *words)
    assert (found, out) == (code, "")
    assert error.startswith(sentence)
    assert len(error.splitlines()) == 1
    assert [path.name for path in (tmp_path / "corpus").iterdir()] == ["a.txt"]


def test_what_an_added_folder_holds_besides_its_files_is_named(tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    (inbox / "old").mkdir(parents=True)
    (inbox / "a.txt").write_text("1. Bees rest.\n", "utf-8")
    for name in ("old/b.txt", ".draft.txt", "~$a.docx"):
        (inbox / name).write_text("1. Bees fly.\n", "utf-8")
    code, out, _ = taqa(tmp_path, "add", "inbox")
    assert code == 0
    assert out.splitlines()[0] == "indexed: a.txt (added)"
    assert out.splitlines()[-1] == (
        "Not read: .draft.txt, old/, ~$a.docx. Name a folder to add its files; hidden files, README.md, LICENSE and "
        "manifest.json are never read."
    )
    assert sorted(path.name for path in (tmp_path / "corpus").iterdir()) == ["a.txt", "manifest.json"]


def test_a_local_address_is_refused_and_nothing_is_added(tmp_path: Path) -> None:
    code, out, _ = taqa(tmp_path, "add", "http://127.0.0.1:9/a.txt", TAQA_FETCH="on")
    assert code == 2
    assert out == (
        "unsupported: 127.0.0.1 is not a public machine; put the file into the corpus folder yourself.\n"
        "Nothing was added.\n"
    )


def test_what_is_not_agreed_or_superseded_says_so(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    draft = "1. The fee of a regional library is ten crowns.\n\n2. [Funds shall be new and additional.]\n"
    (corpus / "draft.txt").write_text(draft, "utf-8")
    code, out, _ = taqa(tmp_path, "show", "draft.txt, para. 2")
    assert code == 0
    assert out.splitlines()[0] == "draft.txt, para. 2 [not agreed: stands in square brackets]"
    (tmp_path / "draft.txt").write_text(draft.replace("ten", "twelve"), "utf-8")
    assert taqa(tmp_path, "add", "draft.txt")[0] == 0
    former = next(path.name for path in corpus.glob("draft~*"))
    code, out, _ = taqa(tmp_path, "ask", "What is the fee of a regional library?")
    assert code == 0
    assert "twelve crowns" in out
    assert "ten crowns" not in out
    code, out, _ = taqa(tmp_path, "ask", "--in", former, "What does paragraph 2 say?")
    assert code == 0
    assert out.splitlines()[-1] == (
        f"[1] {former}, para. 2 [not agreed: stands in square brackets] [a former version, superseded by draft.txt]"
    )
    assert taqa(tmp_path, "show", out.splitlines()[-1])[0] == 0
