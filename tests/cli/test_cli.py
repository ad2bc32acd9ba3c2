"""The installed command, run as a user runs it. `show`, `list` and `inspect` need no model and are quick."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest

from taqa import __version__, wire
from taqa.settings import Settings

from ..documents import CORPUS, real

TAQA = Path(sys.executable).with_name("taqa")
COMMANDS = ("ingest", "inspect", "ask", "search", "show", "mentions", "list", "serve", "eval")
Run = Callable[..., "subprocess.CompletedProcess[str]"]

pytestmark = pytest.mark.skipif(not TAQA.exists(), reason="the command taqa is not installed beside this Python")


def environment(corpus: Path, index: Path) -> dict[str, str]:
    return {**os.environ, "TAQA_CORPUS": str(corpus), "TAQA_INDEX": str(index), "COLUMNS": "100", "NO_COLOR": ""}


@pytest.fixture
def taqa(tmp_path: Path) -> Run:
    """Runs the command in an empty folder, over the five documents and the index given or none."""

    def run(*words: str | Path, index: Path | None = None, corpus: Path = CORPUS) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [TAQA, *map(str, words)],
            capture_output=True,
            encoding="utf-8",
            cwd=tmp_path,
            env=environment(corpus, index or tmp_path / "index"),
            timeout=240,
            check=False,
        )
        assert "Traceback" not in done.stdout + done.stderr, done.stderr
        assert "\x1b" not in done.stdout, "colours in piped output"
        return done

    return run


def one_sentence(done: subprocess.CompletedProcess[str], code: int) -> str:
    assert (done.returncode, done.stdout) == (code, ""), done.stderr
    assert len(done.stderr.splitlines()) == 1, done.stderr
    return done.stderr.strip()


# -- help, version, usage ---------------------------------------------------------------------------------


def test_help_names_every_command(taqa: Run) -> None:
    done = taqa("--help")
    assert done.returncode == 0
    assert all(re.search(rf"^\W+{name}\b", done.stdout, re.MULTILINE) for name in COMMANDS)
    assert "Exit codes: 0 answered or done, 1 not found, 2 usage or input error." in done.stdout


@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_each_command(taqa: Run, command: str) -> None:
    done = taqa(command, "--help")
    assert (done.returncode, done.stderr) == (0, "")
    assert f"taqa {command}" in done.stdout


def test_version(taqa: Run) -> None:
    done = taqa("--version")
    assert (done.returncode, done.stdout) == (0, f"taqa {__version__}\n")


@pytest.mark.parametrize("words", [(), ("bogus",), ("list", "--bogus"), ("search", "x", "--limit", "0"), ("show",)])
def test_wrong_usage(taqa: Run, words: tuple[str, ...]) -> None:
    assert taqa(*words).returncode == 2


@pytest.mark.parametrize("words", [("ask",), ("ask", "Why?", "--batch", "x", "--out", "y"), ("ask", "--batch", "x")])
def test_one_question_or_a_batch(taqa: Run, words: tuple[str, ...]) -> None:
    assert one_sentence(taqa(*words), 2) == (
        "Give either one question, or --batch QUESTIONS.jsonl together with --out ANSWERS.jsonl."
    )


# -- documents, without a model ---------------------------------------------------------------------------


def test_list(taqa: Run) -> None:
    done = taqa("list")
    assert (done.returncode, done.stderr) == (0, "")
    assert len(done.stdout.splitlines()) == 6
    assert all(path.name in done.stdout for path in CORPUS.glob("*.txt"))
    listed = json.loads(taqa("list", "--json").stdout)
    assert [wire.DocumentMetaOut.model_validate(item).id[:3] for item in listed] == ["000", "001", "002", "003", "004"]


def test_inspect_prints_both_proofs(taqa: Run) -> None:
    done = taqa("inspect", CORPUS / "002_1e631d3bd8709de2.txt")
    assert (done.returncode, done.stderr) == (0, "")
    assert "Numbering\n" in done.stdout
    assert re.search(r"^  paragraphs: 1\.\.\d+, \d+ numbers, whole$", done.stdout, re.MULTILINE)
    proof = re.search(
        r"^  (\d+) of (\d+) non-blank characters .* \(100\.0000%\); 0 lost .*, 0 owned", done.stdout, re.M
    )
    black = sum(not character.isspace() for character in real("002").text)
    assert proof is not None
    assert (int(proof[1]), int(proof[2])) == (black, black)


def test_inspect_finds_a_file_of_the_corpus_by_its_name_and_prints_its_text(taqa: Run) -> None:
    for path in CORPUS.glob("*.txt"):
        assert taqa("inspect", path.name, "--text").stdout == path.read_text("utf-8")


def test_inspect_in_the_published_format(taqa: Run) -> None:
    found = wire.InspectionOut.model_validate_json(taqa("inspect", "003_00bfb7dcec35d252.txt", "--json").stdout)
    assert found == wire.from_document(real("003"))
    assert found.conserved == 1.0


def test_show(taqa: Run) -> None:
    done = taqa("show", "UNEP(DTIE)/Hg/INC.1/9, para. 6 (c)")
    lines = done.stdout.splitlines()
    assert done.returncode == 0
    assert lines[0] == "UNEP(DTIE)/Hg/INC.1/9, para. 6 (c)"
    assert any(line.startswith("(c) Identifying, developing and strengthening mechanisms") for line in lines)
    unit = wire.UnitOut.model_validate_json(taqa("show", "002_1e631d3bd8709de2:6.c", "--json").stdout)
    assert unit.label == "para. 6 (c)"


def test_show_a_range_and_a_section(taqa: Run) -> None:
    done = taqa("show", "INC.1/9 paras 20-22")
    shown = [line for line in done.stdout.splitlines() if re.match(r"UNEP.*, para\.|\d+\. ", line)]
    assert (done.returncode, [line[:30] for line in shown]) == (0, [
        *("UNEP(DTIE)/Hg/INC.1/9, para. 2", "20. The experience of the Mont"),
        *("UNEP(DTIE)/Hg/INC.1/9, para. 2", "21. The UNEP regional offices "),
        *("UNEP(DTIE)/Hg/INC.1/9, para. 2", "22. The Montreal Protocol expe"),
    ])  # fmt: skip
    lines = taqa("show", "INC.1/9 paras 20-22", "--json").stdout.splitlines()
    assert [wire.UnitOut.model_validate_json(line).label for line in lines] == ["para. 20", "para. 21", "para. 22"]
    section = taqa("show", "section D of INC.1/10").stdout
    assert re.findall(r"^(?:D|E|\d+)\. ", section, re.MULTILINE) == ["D. ", "20. "]


def test_mentions_of_a_decision(taqa: Run) -> None:
    done = taqa("mentions", "sc 1/15")
    assert done.returncode == 0
    lines = done.stdout.splitlines()
    assert lines[0] == "5 places mention “sc 1/15”."
    assert [line.split("  ")[0] for line in lines[1::2]] == [
        f" {n}. UNEP(DTIE)/Hg/INC.1/{place}"
        for n, place in enumerate(("9, para. 29", "9, para. 31", "9, para. 32", "9, para. 33", "10, para. 23"), 1)
    ]
    listed = json.loads(taqa("mentions", "SC-1/15", "--json").stdout)
    assert (listed["total"], len(listed["mentions"])) == (5, 5)
    for place in listed["mentions"]:
        assert (place["key"], place["text"].replace("\u2011", "-")) == ("sc-1/15", "SC-1/15")
        assert place["text"] in place["quote"]


def test_mentions_of_nothing(taqa: Run) -> None:
    none = taqa("mentions", "INC.1/2")
    assert (none.returncode, none.stdout) == (1, "No place mentions “INC.1/2”.\n")
    assert "empty" in one_sentence(taqa("mentions", " - "), 2)


def test_definitions(taqa: Run) -> None:
    done = taqa("list", "--definitions")
    assert done.returncode == 0
    assert "GEF: Global Environment Facility (UNEP(DTIE)/Hg/INC.1/9, para. 15)" in done.stdout.splitlines()
    [term] = [item for item in json.loads(taqa("list", "--definitions", "--json").stdout) if item["term"] == "GEF"]
    assert (term["kind"], term["unit"].partition(":")[2]) == ("acronym", "15")
    assert real("002").text[term["start"] : term["end"]] == "(GEF)"


@pytest.mark.skipif(os.name != "posix", reason="pipes of a shell")
@pytest.mark.parametrize(
    "words",
    [
        *(("show", "004_66823d6719f8ca54", "--json"), ("show", "INC.1/9 paras 1-54"), ("list",), ("list", "--json")),
        *(("inspect", "004_66823d6719f8ca54.txt", "--text"), ("inspect", "004_66823d6719f8ca54.txt"), ("--help",)),
        *(("--version",), ("show", "--help")),
    ],
    ids=" ".join,
)
def test_a_reader_that_goes_away_is_no_error(tmp_path: Path, words: tuple[str, ...]) -> None:
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(
        [TAQA, *words],
        stdout=write,
        stderr=subprocess.PIPE,
        cwd=tmp_path,
        env=environment(CORPUS, tmp_path / "index"),
        timeout=60,
        check=False,
    )
    os.close(write)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is always full")
@pytest.mark.parametrize("words", [("list",), ("show", "INC.1/9", "--json"), ("--help",)], ids=" ".join)
def test_output_that_cannot_be_written(tmp_path: Path, words: tuple[str, ...]) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [TAQA, *words],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            cwd=tmp_path,
            env=environment(CORPUS, tmp_path / "index"),
            timeout=60,
            check=False,
        )
    said = "The output cannot be written (No space left on device); choose another place for it.\n"
    assert (done.returncode, done.stderr) == (2, said)


@pytest.mark.parametrize(
    ("reference", "code", "reason"),
    [
        ("INC.1/9, para. 999", 1, "has no “para. 999”; it has para. 1 to para. 54."),
        ("UNEP/XYZ.1/7", 1, "The corpus neither holds nor mentions UNEP/XYZ.1/7."),
        ("something", 1, "No document of the corpus is called “something”; give its symbol, title or file."),
        (" ", 2, "The reference is empty; type a symbol and a paragraph."),
    ],
)
def test_a_reference_that_leads_nowhere(taqa: Run, reference: str, code: int, reason: str) -> None:
    if reference.startswith("INC"):
        reference = f"UNEP(DTIE)/Hg/{reference}"
    assert one_sentence(taqa("show", reference), code).endswith(reason)


# -- faults of files, settings and ports ------------------------------------------------------------------


@pytest.mark.parametrize("command", [("list",), ("show", "x"), ("serve", "--port", "0")])
def test_no_corpus_and_an_empty_one(taqa: Run, tmp_path: Path, command: tuple[str, ...]) -> None:
    (tmp_path / "empty").mkdir()
    missing = one_sentence(taqa(*command, corpus=tmp_path / "none"), 2)
    assert missing == f"There is no corpus folder {tmp_path}/none; make it and put documents in it, or name another."
    assert "holds no document" in one_sentence(taqa(*command, corpus=tmp_path / "empty"), 2)


def test_files_that_cannot_be_read(taqa: Run, tmp_path: Path) -> None:
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)) * 8)
    assert one_sentence(taqa("inspect", "absent.txt"), 2).startswith("absent.txt cannot be read")
    assert one_sentence(taqa("inspect", "."), 2).startswith(". cannot be read")
    assert one_sentence(taqa("inspect", "binary.txt"), 2).startswith("binary.txt is not a text file")


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="permissions bind no administrator")
def test_a_file_without_permission(taqa: Run, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("1. Secret.\n")
    (tmp_path / "secret.txt").chmod(0)
    assert one_sentence(taqa("inspect", "secret.txt"), 2).startswith("secret.txt cannot be read")


def test_settings_that_cannot_be(taqa: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert one_sentence(taqa("serve", "--port", "70000"), 2).startswith("The setting port cannot be 70000")
    monkeypatch.setenv("TAQA_COLOUR", "red")
    assert one_sentence(taqa("list"), 2).startswith("Unknown environment variable TAQA_COLOUR")


def test_a_taken_port(taqa: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        said = one_sentence(taqa("serve", "--port", str(port)), 2)
    assert said == f"Port {port} is taken; stop what uses it or choose another with --port."


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("{", "line 2: the line:"),
        ('{"id": "x"}', "line 2: question: Field required."),
        ('{"question": 7}', "line 2: question:"),
        ('{"question": "x", "history": [{"role": "king", "content": ""}]}', "line 2: history.0.role:"),
        ('{"question": "  "}', "line 2: The question is empty"),
        (
            '{"question": "x", "documents": ["nine"]}',
            "line 2: There is no document with the id “nine”; `taqa list` lists them.",
        ),
    ],
)
def test_a_bad_line_of_a_batch_is_named_before_anything_is_written(
    taqa: Run, tmp_path: Path, real_settings: Settings, line: str, fault: str
) -> None:
    (tmp_path / "q.jsonl").write_text('{"question": "Who pays?"}\n' + line + "\n")
    done = taqa("ask", "--batch", "q.jsonl", "--out", "a.jsonl", index=real_settings.index)
    assert fault in one_sentence(done, 2)
    assert not (tmp_path / "a.jsonl").exists()


# -- questions, with the model ----------------------------------------------------------------------------


def test_ask_piped(taqa: Run, real_settings: Settings) -> None:
    done = taqa("ask", "UNEP(DTIE)/Hg/INC.1/9, para. 6 (c)", index=real_settings.index)
    assert (done.returncode, done.stderr) == (0, "")
    first, blank, *references = done.stdout.splitlines()
    assert first.startswith("“The centres carry out these core functions by: … (c) Identifying, developing")
    assert (first[-5:], blank) == ("” [1]", "")
    assert references == ["[1] UNEP(DTIE)/Hg/INC.1/9, para. 6 (c)"]


@pytest.mark.slow
def test_ask_in_the_published_format_and_not_found(taqa: Run, real_settings: Settings) -> None:
    words = ("ask", "Where is decision SC-1/15 mentioned?", "--in", "003", "--json")
    done = taqa(*words, index=real_settings.index)
    answer = wire.AnswerOut.model_validate_json(done.stdout)
    assert done.returncode == 0
    assert [citation.label for citation in answer.citations] == ["UNEP(DTIE)/Hg/INC.1/10, para. 23"]
    assert answer.searched.documents == 1
    done = taqa("ask", "Where is decision SC-9/99 mentioned?", index=real_settings.index)
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.startswith("The documents do not say. Searched: 5 documents (")


@pytest.mark.slow
def test_ask_what_may_mean_several_things(taqa: Run, real_settings: Settings) -> None:
    done = taqa("ask", "What does paragraph 12 say?", "--in", "002", "--in", "003", index=real_settings.index)
    assert (done.returncode, done.stderr) == (1, "")
    said, first, place, second, _ = done.stdout.splitlines()
    assert said == "“paragraph 12” stands in 2 places. Which one is meant?"
    assert first == "1. What does paragraph 12 of UNEP(DTIE)/Hg/INC.1/9 say?"
    assert place.strip().startswith("UNEP(DTIE)/Hg/INC.1/9, para. 12: The Montreal Protocol on Substances")
    assert second == "2. What does paragraph 12 of UNEP(DTIE)/Hg/INC.1/10 say?"


@pytest.mark.slow
def test_search(taqa: Run, real_settings: Settings) -> None:
    done = taqa("search", "core functions", "-n", "3", "--json", index=real_settings.index)
    found = wire.SearchOut.model_validate_json(done.stdout)
    assert (done.returncode, len(found.hits), found.query) == (0, 3, "core functions")


@pytest.mark.slow
def test_a_batch_keeps_order_and_ids(taqa: Run, tmp_path: Path, real_settings: Settings) -> None:
    asked = [
        {"id": "b", "question": "Where is decision SC-9/99 mentioned?", "other": 1},
        {"id": "a", "question": "UNEP(DTIE)/Hg/INC.1/9, para. 6 (c)"},
        {"id": "", "question": "Who pays for it?", "history": [{"role": "user", "content": "What is the GEF?"}]},
    ]
    (tmp_path / "q.jsonl").write_text("\n\n".join(map(json.dumps, asked)))
    done = taqa("ask", "--batch", "q.jsonl", "--out", "a.jsonl", index=real_settings.index)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    answers = [wire.AnswerOut.model_validate_json(line) for line in (tmp_path / "a.jsonl").read_text().splitlines()]
    assert [(answer.id, answer.question) for answer in answers] == [(item["id"], item["question"]) for item in asked]
    assert [answer.status for answer in answers[:2]] == ["not_found", "answered"]


@pytest.mark.slow
def test_a_corpus_that_cannot_be_read_any_more_is_answered_from_the_former_index(
    taqa: Run, tmp_path: Path, real_settings: Settings
) -> None:
    corpus, index = tmp_path / "corpus", tmp_path / "former"
    shutil.copytree(CORPUS, corpus)
    assert real_settings.index is not None
    shutil.copytree(real_settings.index, index)
    assert "up to date: 5 documents" in taqa("ingest", corpus=corpus, index=index).stdout
    (corpus / "manifest.json").write_text("{")
    done = taqa("ask", "UNEP(DTIE)/Hg/INC.1/9, para. 6 (c)", corpus=corpus, index=index)
    assert done.returncode == 0
    assert "is not a valid manifest" in done.stderr
    assert done.stderr.endswith("Answering from the former index.\n")
    assert "[1] UNEP(DTIE)/Hg/INC.1/9, para. 6 (c)" in done.stdout
    assert "is not a valid manifest" in one_sentence(taqa("ingest", corpus=corpus, index=index), 2)


BROKEN = b"\x00\x01\xff\xfe" * 64
WHY = "zzz.txt is not a text file; save it as UTF-8 text, Markdown or PDF and try again."


@pytest.mark.slow
def test_a_file_that_cannot_be_read_is_named_and_costs_no_other(
    taqa: Run, tmp_path: Path, real_settings: Settings
) -> None:
    corpus, index = tmp_path / "corpus", tmp_path / "index"
    shutil.copytree(CORPUS, corpus)
    assert real_settings.index is not None
    shutil.copytree(real_settings.index, index)
    (corpus / "zzz.txt").write_bytes(BROKEN)
    done = taqa("ask", "UNEP(DTIE)/Hg/INC.1/9, para. 6 (c)", corpus=corpus, index=index)
    assert (done.returncode, done.stderr) == (0, f"{WHY}\n")
    assert "[1] UNEP(DTIE)/Hg/INC.1/9, para. 6 (c)" in done.stdout
    done = taqa("ask", "UNEP(DTIE)/Hg/INC.1/9, para. 6 (c)", corpus=corpus, index=index)
    assert (done.returncode, done.stderr) == (0, ""), "told once, when the index was made"
    done = taqa("ingest", corpus=corpus, index=index)
    lines = done.stdout.splitlines()
    assert (done.returncode, done.stderr) == (0, "")
    assert [line[:12] for line in lines[:5]] == [f"indexed: 00{n}" for n in range(5)]
    assert lines[5] == f"unsupported: {WHY}"
    assert "up to date: 5 documents" in lines[6]
    victim = next(corpus.glob("000*.txt"))
    victim.write_bytes(BROKEN + b"\x00")
    (corpus / "manifest.json").unlink()
    done = taqa("ingest", corpus=corpus, index=index)
    assert done.returncode == 0
    assert f"unsupported: {victim.name} is not a text file" in done.stdout
    assert "Its former version still answers." in done.stdout
    assert "2 not read" in done.stdout


def test_list_names_what_cannot_be_read(taqa: Run, tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text("1. One.\n")
    (tmp_path / "zzz.txt").write_bytes(BROKEN)
    (tmp_path / "photo.png").write_bytes(BROKEN)
    done = taqa("list", corpus=tmp_path)
    assert done.returncode == 0
    assert "unsupported: photo.png has a format that is not read" in done.stdout
    assert f"unsupported: {WHY}" in done.stdout
    listed = taqa("list", "--json", corpus=tmp_path)
    assert [(item["file"], item["verdict"], item["reason"]) for item in json.loads(listed.stdout)] == [
        ("good.txt", "indexed", "")
    ]
    assert listed.stderr.splitlines()[1] == WHY


def test_a_corpus_of_which_nothing_can_be_read(taqa: Run, tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    for name, content in (("a.txt", b""), ("b.txt", b"\n")):
        (tmp_path / "corpus" / name).write_bytes(content)
    done = taqa("ingest", corpus=tmp_path / "corpus", index=tmp_path / "index")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines() == [
        "b.txt holds no text; supply a text version.",
        "None of the 2 files of the corpus gives a document: a.txt holds no text; supply a text version.",
    ]


@pytest.mark.slow
def test_serve_from_start_to_interrupt(tmp_path: Path, real_settings: Settings) -> None:
    assert real_settings.index is not None
    before = sorted(path.name for path in real_settings.index.iterdir())
    server = subprocess.Popen(
        [TAQA, "serve", "--port", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=tmp_path,
        env={**environment(CORPUS, real_settings.index), "PYTHONUNBUFFERED": "1"},
    )
    try:
        assert server.stdout is not None
        ready = re.fullmatch(
            r"TAQA is ready on (http://127\.0\.0\.1:\d+) \(Ctrl-C stops it\)\n", server.stdout.readline()
        )
        assert ready is not None
        with urllib.request.urlopen(f"{ready[1]}/api/health", timeout=30) as response:
            assert response.status == 200
            assert json.load(response)
        server.send_signal(signal.SIGINT)
        out, err = server.communicate(timeout=30)
    finally:
        server.kill()
        server.wait()
    assert (out, err) == ("", "")
    assert server.returncode in (0, 130, -signal.SIGINT)
    assert sorted(path.name for path in real_settings.index.iterdir()) == before
