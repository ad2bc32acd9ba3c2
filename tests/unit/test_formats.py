"""Files to text: every format, and one clear sentence for every file that cannot be read."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

import pytest

from taqa.errors import CorpusError
from taqa.ingest import read_document
from taqa.ingest.formats import read_source
from taqa.ingest.proofs import conservation
from tests.office import docx, p, zipped

FRENCH = "1. Les déchets dangereux sont définis à l’annexe I de la Convention de Bâle.\n\n2. Ils naissent où.\n"


def pdf(*pages: str) -> bytes:
    """A small PDF, a page for each text, a line of the page for each line of the text."""
    kids = " ".join(f"{4 + 2 * i} 0 R" for i in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for i, text in enumerate(pages):
        shown = " T* ".join(f"({line}) Tj" for line in text.split("\n"))
        stream = f"BT /F1 12 Tf 14 TL 72 720 Td {shown} ET"
        objects += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {5 + 2 * i} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>",
            f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
        ]
    content, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(content))
        content += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    trailer = f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(content)}\n%%EOF\n"
    return content + f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}{trailer}".encode("latin-1")


def refusal(path: Path) -> str:
    """The message of the refusal: one sentence, ending in a full stop."""
    with pytest.raises(CorpusError) as caught:
        read_document(path)
    message = str(caught.value)
    assert message.endswith(".")
    assert "\n" not in message
    assert "Traceback" not in message
    return message


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le-bom", "utf-16-be-bom", "latin-1", "cp1252"]
)
def test_encodings(tmp_path: Path, encoding: str) -> None:
    text = FRENCH.replace("’", "'") if encoding == "latin-1" else FRENCH
    path = tmp_path / "note.txt"
    boms = {"utf-16-le-bom": (b"\xff\xfe", "utf-16-le"), "utf-16-be-bom": (b"\xfe\xff", "utf-16-be")}
    bom, codec = boms.get(encoding, (b"", encoding))
    path.write_bytes(bom + text.encode(codec))
    document = read_document(path)
    assert document.text.lstrip("\ufeff") == text
    assert [unit.label for unit in document.units] == ["para. 1", "para. 2"]
    assert document.units[0].text == text.partition("\n")[0]
    assert conservation(document).share == 1.0


@pytest.mark.parametrize("suffix", [".txt", ".md", ".text", ".markdown"])
def test_plain_formats(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"note{suffix}"
    path.write_text("1. One.\n", "utf-8")
    assert [unit.text for unit in read_document(path).units] == ["1. One."]


@pytest.mark.parametrize("content", [b"", b"  \n\n\t", b"\xef\xbb\xbf", b"\xff\xfe"])
def test_an_empty_file(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "empty.txt"
    path.write_bytes(content)
    assert refusal(path) == "empty.txt holds no text; supply a text version."


@pytest.mark.parametrize(
    "content", [b"\x7fELF\x02\x01\x01\x00", b"PK\x03\x04\x14\x00", b"\x89PNG\r\n\x1a\n\x00", b"a\x00b"]
)
def test_a_binary_file(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "binary.txt"
    path.write_bytes(content)
    assert refusal(path) == "binary.txt is not a text file; save it as UTF-8 text, Markdown or PDF and try again."


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert "cannot be read (No such file or directory)" in refusal(tmp_path / "none.txt")


def test_a_folder_in_place_of_a_file(tmp_path: Path) -> None:
    assert "cannot be read (Is a directory)" in refusal(tmp_path)


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read every file")
def test_a_file_without_permission(tmp_path: Path) -> None:
    path = tmp_path / "secret.txt"
    path.write_text("1. One.", "utf-8")
    path.chmod(0)
    assert "cannot be read (Permission denied)" in refusal(path)


def test_a_pdf_has_pages(tmp_path: Path) -> None:
    path = tmp_path / "note.pdf"
    path.write_bytes(pdf("1. Hives are cold.", "", "2. They are warmed\nin winter."))
    document = read_document(path)
    assert [(page.n, page.state) for page in document.pages] == [(1, "text"), (2, "empty"), (3, "text")]
    assert document.pages[-1].end == len(document.text)
    assert [(unit.label, unit.page) for unit in document.units] == [("para. 1", 1), ("para. 2", 3)]
    assert document.units[1].text == "2. They are warmed in winter."
    assert conservation(document).share == 1.0


def test_a_pdf_under_another_name_is_read_as_pdf() -> None:
    assert read_source(Path("note.txt"), pdf("1. One.")).pages


@pytest.mark.parametrize("content", [b"%PDF-1.4\ngarbage", b"%PDF-1.4", b"not a PDF at all", pdf("1. One.")[:200], b""])
def test_a_damaged_pdf(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "bad.pdf"
    path.write_bytes(content)
    assert refusal(path).startswith("bad.pdf is a damaged PDF (")


@pytest.mark.parametrize("cut", range(300, 900, 60))
def test_a_pdf_cut_short_never_raises_anything_else(cut: int) -> None:
    content = pdf("1. One.", "2. Two.")
    with suppress(CorpusError):
        read_source(Path("cut.pdf"), content[:cut])


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"<!doctype html><p>Not found</p>", "a.pdf is no PDF but a web page, perhaps of an error; get the document "),
        (zipped({"a.txt": "x"}), "a.pdf is no PDF but an archive; get the document itself, or name it as what it is."),
        (b"{\\rtf1 x}", "a.pdf is an RTF file; save it as .docx and try again."),
    ],
)
def test_what_only_calls_itself_a_pdf_is_named_for_what_it_is(tmp_path: Path, content: bytes, reason: str) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(content)
    assert refusal(path).startswith(reason)


def test_a_word_file_that_calls_itself_a_pdf_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(docx(p("Hives are warm.")))
    assert [unit.text for unit in read_document(path).units] == ["Hives are warm."]
