"""PDF files: reading order, margins, notes, tables, page states, passwords; on made-up pages."""

from __future__ import annotations

import shutil
from io import BytesIO
from pathlib import Path

import pytest

from taqa.domain import Document, Kind
from taqa.errors import CorpusError, Encrypted, NoText
from taqa.ingest.document import parse
from taqa.ingest.formats import Source, read_source
from taqa.ingest.formats.ocr import Ocr, find_ocr
from taqa.ingest.formats.pdf import read_pdf
from taqa.ingest.formats.pdfium import opened, picture
from taqa.ingest.proofs import conservation

from .test_formats import pdf, refusal

Word = tuple[float, float, float, str]
"""Left edge, baseline, type size, text."""


def drawn(*pages: list[Word], rules: tuple[tuple[float, float, float], ...] = (), bold: str = "") -> bytes:
    """A PDF with words at their places; those equal to `bold` in bold type, `rules` (x0, x1, y) on every page."""
    streams = []
    for words in pages:
        text = "".join(
            f"BT /{'F2' if word == bold else 'F1'} {size} Tf {x} {y} Td ({word}) Tj ET\n" for x, y, size, word in words
        )
        streams.append(text + "".join(f"{x0} {y} {x1 - x0} 0.5 re f\n" for x0, x1, y in rules))
    kids = " ".join(f"{5 + 2 * i} 0 R" for i in range(len(pages)))
    fonts = [
        f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>"
        for name in ("Times-Roman", "Times-Bold")
    ]
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>", *fonts]
    for i, stream in enumerate(streams):
        objects += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {6 + 2 * i} 0 R "
            "/Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> >>",
            f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
        ]
    content = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(content))
        content += f"{number} 0 obj\n{body}\nendobj\n".encode("cp1252")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    trailer = f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(content)}\n%%EOF\n"
    return content + f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}{trailer}".encode("cp1252")


def column(x: float, top: float, *lines: str, size: float = 10, leading: float = 12) -> list[Word]:
    return [(x, top - leading * i, size, line) for i, line in enumerate(lines)]


def source(*pages: list[Word], **options: object) -> Source:
    return read_pdf(Path("made.pdf"), drawn(*pages, **options))  # type: ignore[arg-type]


def document(*pages: list[Word], **options: object) -> Document:
    made = parse("made.pdf", "0", source(*pages, **options))
    assert conservation(made).share == 1.0
    return made


def styled(made: Source, kind: str) -> list[str]:
    return [made.text[style.start : style.end] for style in made.styles if style.kind == kind]


LONG = (
    "The bees of the northern valley have been counted by the bureau in",
    "every year since the first of them came.",
)


def test_a_masthead_is_read_side_by_side_and_not_line_by_line() -> None:
    made = source(
        [
            (72, 740, 14, "United Bees"),
            (450, 740, 10, "XYZ/BEE/2019/4"),
            (72, 705, 20, "Assembly of Bees"),
            (397, 705, 10, "Distr.: General"),
            (397, 693, 10, "3 June 2019"),
            (397, 669, 10, "Original: French"),
            *column(72, 600, *LONG),
        ]
    )
    lines = [line for line in made.text.split("\n") if line.strip()]
    assert lines == [
        *("United Bees", "Assembly of Bees", "XYZ/BEE/2019/4"),
        *("Distr.: General", "3 June 2019", "Original: French"),
        *LONG,
    ]


def test_columns_are_read_one_after_the_other() -> None:
    left = [f"left column line {i} goes on to its edge" for i in range(8)]
    right = [f"right column line {i} goes on to its edge" for i in range(8)]
    made = source(column(72, 700, *left) + column(320, 700, *right))
    assert [line for line in made.text.split("\n") if line.strip()] == [*left, *right]


def test_margins_and_page_numbers_are_furniture() -> None:
    def page(n: int) -> list[Word]:
        words = column(72, 700, f"{n}. Paragraph {n} of the paper stands on a page of its own, and is done.")
        return [(72, 760, 9, "XYZ/BEE/2019/4"), *words, (72, 30, 9, str(n)), (480, 30, 9, "19-12345")]

    made = document(*(page(n) for n in range(1, 5)))
    kinds = {made.text[f.span.start : f.span.end]: f.kind for f in made.furniture}
    assert kinds["XYZ/BEE/2019/4"] == "running header"
    assert "running footer" in kinds.values() or "job number" in kinds.values()
    assert [unit.label for unit in made.units] == ["para. 1", "para. 2", "para. 3", "para. 4"]


@pytest.mark.parametrize("job", ["GE.10-60570", "GE.10-", "GE. 10-60570 (E)", "*1234567*"])
def test_a_job_number_of_one_page_is_furniture(job: str) -> None:
    pages = [column(72, 700, f"{n}. Paragraph {n} of the paper stands on a page of its own.") for n in range(1, 4)]
    made = document(pages[0], [*pages[1], (72, 30, 9, job)], pages[2])
    assert [(f.kind, made.text[f.span.start : f.span.end]) for f in made.furniture] == [("job number", job)]
    assert [unit.label for unit in made.units] == ["para. 1", "para. 2", "para. 3"]


def test_headings_that_differ_in_a_number_are_no_headers() -> None:
    pages = [[(72, 740, 10, f"Decision {n}/BEE.{n * n}"), *column(72, 700, *LONG)] for n in range(1, 6)]
    made = source(*pages)
    assert styled(made, "header") == []


def test_line_numbers_stand_apart() -> None:
    words = [(40.0, 700.0 - 12 * i, 8.0, str(i + 1)) for i in range(10)]
    lines = [f"line number {i} of the draft that is counted" for i in range(10)]
    made = source(words + column(90, 700, *lines))
    assert styled(made, "paragraph") == lines
    assert styled(made, "header") == ["\t".join(str(i + 1) for i in range(10))]


def test_a_footnote_is_joined_to_its_call_and_not_to_the_text() -> None:
    made = document(
        [
            *column(
                72, 700, "1. Hives are kept warm by the bureau of the valley", "for the winter, as was said before."
            ),
            (275, 704, 6, "1"),
            *column(72, 660, "2. Bees sleep in them until it is spring."),
            *column(80, 100, "See the report of the bureau on hives.", size=8, leading=9),
            (72, 103, 5, "1"),
        ],
        rules=((72, 200, 115),),
    )
    notes = [unit for unit in made.units if unit.kind is Kind.FOOTNOTE]
    assert [(note.label, note.text) for note in notes] == [
        ("para. 1, footnote 1", "1 See the report of the bureau on hives.")
    ]
    assert [unit.text for unit in made.units if unit.kind is Kind.PARAGRAPH] == [
        "1. Hives are kept warm by the bureau of the valley for the winter, as was said before.",
        "2. Bees sleep in them until it is spring.",
    ]


def test_a_table_is_read_row_by_row() -> None:
    made = source(
        [
            *column(72, 740, *LONG),
            *[(72, 600, 10, "Hive"), (250, 600, 10, "Bees"), (400, 600, 10, "Honey")],
            *[(72, 576, 10, "Northern"), (250, 576, 10, "many of them,"), (400, 576, 10, "12 kg")],
            (250, 564, 10, "and old"),
            *[(72, 540, 10, "Southern"), (250, 540, 10, "few"), (400, 540, 10, "3 kg")],
        ]
    )
    assert styled(made, "table row") == [
        "Hive\tBees\tHoney",
        "Northern\tmany of them, and old\t12 kg",
        "Southern\tfew\t3 kg",
    ]
    rows = [style.row for style in made.styles if style.row]
    assert [(row.table, row.row, row.header) for row in rows] == [(1, 1, True), (1, 2, False), (1, 3, False)]
    cells = [made.text[cell.start : cell.end] for cell in rows[1].cells]
    assert cells == ["Northern", "many of them, and old", "12 kg"]


def test_a_paragraph_begins_with_an_indent_or_a_gap_and_only_there() -> None:
    made = source(
        [
            (96, 700, 10, "The first paragraph opens with an indent and then it goes on to"),
            (72, 688, 10, "the left edge of the page until it is done with all that it says"),
            (72, 676, 10, "in three lines."),
            (96, 664, 10, "The second one opens likewise, and what it has to say is much the"),
            (72, 652, 10, "same."),
            (72, 628, 10, "The third one stands apart."),
        ]
    )
    paragraphs = [" ".join(block.split()) for block in made.text.replace("\f", "").split("\n\n") if block.strip()]
    assert [block[:10] for block in paragraphs] == ["The first ", "The second", "The third "]


def test_a_paragraph_goes_on_over_a_page_and_a_wrapped_number_opens_nothing() -> None:
    made = document(
        column(72, 700, "1. Hives are warm.", "2. Bees sleep in them, as is said in the provisions of article"),
        column(72, 700, "3. That article is old.", "3. Bees wake in spring."),
    )
    paragraphs = [unit.text for unit in made.units if unit.kind is Kind.PARAGRAPH]
    assert paragraphs == [
        "1. Hives are warm.",
        "2. Bees sleep in them, as is said in the provisions of article 3. That article is old.",
        "3. Bees wake in spring.",
    ]


def test_a_page_turned_on_its_side_is_read() -> None:
    content = drawn(column(72, 700, *LONG)).replace(b"/MediaBox", b"/Rotate 90 /MediaBox")
    assert LONG[0] in read_pdf(Path("made.pdf"), content).text


def test_a_pdf_of_blank_pages_says_so(tmp_path: Path) -> None:
    path = tmp_path / "blank.pdf"
    path.write_bytes(pdf("", ""))
    assert refusal(path) == "blank.pdf: no text on pages 1-2: nothing is printed there; supply a text."


def test_notes_at_the_end_of_a_chapter_are_joined_in_their_order() -> None:
    calls = [(72.0, 700.0 - 30 * n, 10.0, f"{n}. Hives.") for n in range(1, 6)]
    marks = [(103.0, 704.0 - 30 * n, 6.0, str(n)) for n in range(1, 6)]
    ends = [(82.0, 700.0 - 30 * n, 8.0, f"See the report on hive number {n} of the bureau.") for n in range(1, 6)]
    opens = [(72.0, 703.0 - 30 * n, 5.0, str(n)) for n in range(1, 6)]
    filler = [column(72, 700, *LONG) for _ in range(4)]
    made = document(calls + marks, *filler, ends + opens)
    notes = [unit.label for unit in made.units if unit.kind is Kind.FOOTNOTE]
    assert notes == [f"para. {n}, footnote {n}" for n in range(1, 6)]


def locked(password: str) -> bytes:
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf("1. One."))))
    writer.encrypt(password, algorithm="RC4-128")
    file = BytesIO()
    writer.write(file)
    return file.getvalue()


def test_an_encrypted_pdf_opens_with_its_password_only(tmp_path: Path) -> None:
    path = tmp_path / "locked.pdf"
    path.write_bytes(locked("secret"))
    sentence = "locked.pdf is encrypted; give its password (--password, TAQA_PASSWORD) or save it without one."
    assert refusal(path) == sentence
    assert read_pdf(path, path.read_bytes(), "secret").text.startswith("1. One.")
    with pytest.raises(Encrypted) as caught:
        read_pdf(path, path.read_bytes(), "guess")
    sentence = "locked.pdf is encrypted, and not with the given password; give its own or save it without."
    assert str(caught.value) == sentence


def test_an_empty_password_is_tried_first(tmp_path: Path) -> None:
    assert read_pdf(Path("open.pdf"), locked("")).text.startswith("1. One.")


def test_what_pdfium_cannot_open_is_read_by_pypdf_or_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    from taqa.ingest.formats import pdfium

    def fail(*_: object) -> None:
        raise pdfium.NotOpened("broken")

    monkeypatch.setattr("taqa.ingest.formats.pdf.read_sheet", fail)
    assert read_source(Path("odd.pdf"), pdf("1. One.")).text == "1. One.\n\n\f\n"
    monkeypatch.setattr("pypdf.PageObject.extract_text", lambda self: "1. One\ud800\x00.\r\nTwo.\rThree.")
    assert read_source(Path("odd.pdf"), pdf("1. One.")).text == "1. One\ufffd\ufffd.\nTwo.\nThree.\n\n\f\n"

    def fail_too(self: object) -> str:
        raise AssertionError

    monkeypatch.setattr("pypdf.PageObject.extract_text", fail_too)
    with pytest.raises(CorpusError):
        read_source(Path("odd.pdf"), pdf("1. One."))


def scan(ink: bool = True) -> bytes:
    """A page that is a picture of a line of text, or of paper only."""
    import pypdfium2

    shown = pypdfium2.PdfDocument(drawn(column(72, 700, "1. Hives are warm in winter.", size=24)))
    bitmap = shown[0].render(scale=2, grayscale=True)
    pixels = b"".join(
        bytes(bitmap.buffer)[row * bitmap.stride : row * bitmap.stride + bitmap.width] for row in range(bitmap.height)
    )
    pixels = pixels if ink else b"\xf0" * len(pixels)
    head = (
        f"<< /Type /XObject /Subtype /Image /Width {bitmap.width} /Height {bitmap.height} /ColorSpace /DeviceGray "
        f"/BitsPerComponent 8 /Length {len(pixels)} >>"
    )
    stream = "612 0 0 792 0 0 cm /Im0 Do"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 5 0 R "
        b"/Resources << /XObject << /Im0 4 0 R >> >> >>",
        head.encode() + b"\nstream\n" + pixels + b"\nendstream",
        f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream".encode(),
    ]
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % (n, part) for n, part in enumerate(objects, start=1))
    return b"%PDF-1.4\n" + body + b"trailer\n<< /Size 6 /Root 1 0 R >>\n%%EOF\n"


def test_a_scan_without_tesseract_is_refused_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert find_ocr(0.0) == "no tesseract"
    with pytest.raises(NoText) as caught:
        read_pdf(Path("scan.pdf"), scan())
    assert str(caught.value) == "scan.pdf: no text on page 1: install tesseract or supply a text."


def tesseract(folder: Path, script: str) -> None:
    """A program of that name: a shell script, which is told the languages it has by the way."""
    program = folder / "tesseract"
    program.write_text(f'#!/bin/sh\nif [ "$1" = --list-langs ]; then echo "List (2):"; echo eng; exit; fi\n{script}\n')
    program.chmod(0o755)


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        ("cat >/dev/null", "tesseract found none there, supply one if there is any"),
        ("cat >/dev/null; exit 1", "tesseract failed there, supply a text"),
        ("exec sleep 20", "tesseract had no time left, raise TAQA_PARSE_SECONDS or supply a text"),
    ],
)
def test_a_page_left_unread_says_the_true_cause(
    script: str, reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tesseract(tmp_path, script)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    with pytest.raises(NoText) as caught:
        read_pdf(Path("scan.pdf"), scan(), seconds=1.0)
    assert str(caught.value) == f"scan.pdf: no text on page 1: {reason}."


def test_a_tesseract_without_our_languages_says_which_are_wanted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tesseract(tmp_path, "exit 1")
    program = tmp_path / "tesseract"
    program.write_text(program.read_text().replace("echo eng", "echo osd"))
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    with pytest.raises(NoText, match=r"page 1: install a language of tesseract that TAQA reads \(eng, fra, spa\) or "):
        read_pdf(Path("scan.pdf"), scan())


def test_what_tesseract_reads_is_the_text_of_the_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tesseract(tmp_path, "cat >/dev/null; echo '1. Hives are warm.'")
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    made = read_pdf(Path("scan.pdf"), scan())
    assert [(page.state, page.gap) for page in made.pages] == [("ocr", "")]
    assert made.text.startswith("1. Hives are warm.\n")


def test_a_picture_without_ink_is_a_blank_page() -> None:
    bare = scan(ink=False)
    with pytest.raises(NoText, match=r"^scan\.pdf: no text on page 1: nothing is printed there; supply a text\.$"):
        read_pdf(Path("scan.pdf"), bare)


def test_a_huge_page_is_drawn_smaller() -> None:
    huge = scan().replace(b"/MediaBox [0 0 612 792]", b"/MediaBox [0 0 14400 14400]")
    with opened(huge) as document:
        head = picture(document, 0, 200)[:20]
    assert head.startswith(b"P5 447")


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="tesseract is not installed")
def test_a_scan_is_read_by_tesseract() -> None:
    made = read_pdf(Path("scan.pdf"), scan())
    assert [page.state for page in made.pages] == ["ocr"]
    assert "Hives are warm in winter" in made.text


def test_ocr_stops_when_its_time_is_over() -> None:
    ticks = iter([0.0, 30.0, 40.0])
    ocr = Ocr("/nowhere/tesseract", ("eng",), until=24.0, clock=lambda: next(ticks))
    assert [ocr.read(b"P5 1 1 255\n0") for _ in range(3)] == [("", "failed"), ("", "no time"), ("", "no time")]


def test_a_password_goes_through_the_process_that_parses_and_nowhere_else(tmp_path: Path) -> None:
    from taqa import build
    from taqa.settings import load

    path = tmp_path / "locked.pdf"
    path.write_bytes(locked("very-secret"))
    settings = load(corpus=tmp_path, password="very-secret")
    made = build.inspected(settings, path)
    assert made.units[0].text == "1. One."
    assert "very-secret" not in repr(settings) + repr(made)
    with pytest.raises(Encrypted, match=r"^locked\.pdf is encrypted; give its password"):
        build.inspected(load(corpus=tmp_path), path)
