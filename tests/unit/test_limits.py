"""Files that are not what they say, or unpack to more than they should: one sentence each."""

from __future__ import annotations

from pathlib import Path

import pytest

from taqa.errors import Damaged, Encrypted, OverLimit, Unreadable, Unsupported
from taqa.ingest.formats import read_source
from tests.office import docx, odt, p, zipped

LAUGHS = "".join(
    f'<!ENTITY {b} "&{a};&{a};&{a};&{a};&{a};&{a};&{a};&{a};">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)
BOMB = f'<!DOCTYPE x [<!ENTITY a "ha">{LAUGHS}]>'
DEEP = "<w:smartTag>" * 400 + "</w:smartTag>" * 400


def refused(name: str, content: bytes) -> Unreadable:
    with pytest.raises(Unreadable) as caught:
        read_source(Path(name), content)
    message = str(caught.value)
    assert message.startswith(f"{name} ")
    assert message.endswith(".")
    assert "\n" not in message
    return caught.value


def test_a_part_that_unpacks_to_far_more_than_it_is() -> None:
    huge = zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": b" " * (80 * 2**20)})
    assert isinstance(refused("bomb.docx", huge), OverLimit)
    dense = zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": b" " * (8 * 2**20)})
    assert isinstance(refused("bomb.docx", dense), OverLimit)


def test_a_part_that_is_larger_than_its_archive_says() -> None:
    content = docx(p("Text. " * 1000))
    at = content.index(b"PK\x01\x02")
    lying = content[:at] + content[at:].replace(
        len(docx_part(content)).to_bytes(4, "little"), (10).to_bytes(4, "little")
    )
    assert lying != content
    refused("lying.docx", lying)


def docx_part(content: bytes) -> bytes:
    import io
    import zipfile

    return zipfile.ZipFile(io.BytesIO(content)).read("word/document.xml")


def test_too_many_parts() -> None:
    parts = {f"word/{n}.xml": "x" for n in range(10_001)} | {"[Content_Types].xml": "<Types/>"}
    assert isinstance(refused("many.docx", zipped(parts)), OverLimit)


@pytest.mark.parametrize("name", ["a.docx", "a.odt", "a.xml"])
def test_entities_are_not_expanded(name: str) -> None:
    if name == "a.xml":
        content = f"{BOMB}<akomaNtoso>&i;</akomaNtoso>".encode()
    elif name == "a.odt":
        content = zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": f"{BOMB}<x>&i;</x>"})
    else:
        content = zipped({"[Content_Types].xml": "", "word/document.xml": f"{BOMB}<x>&i;</x>"})
    assert isinstance(refused(name, content), Damaged)


def test_an_entity_of_a_file_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret words", "utf-8")
    doctype = f'<!DOCTYPE x [<!ENTITY a SYSTEM "file://{tmp_path}/secret">]>'
    assert isinstance(refused("a.xml", f"{doctype}<akomaNtoso><p>&a;</p></akomaNtoso>".encode()), Damaged)


def test_bottomless_nesting() -> None:
    assert isinstance(refused("deep.docx", docx(f"<w:p>{DEEP}</w:p>")), OverLimit)
    assert isinstance(refused("deep.html", b"<html>" + b"<div>" * 1000 + b"x"), OverLimit)
    assert isinstance(
        refused("deep.xml", b"<akomaNtoso>" + b"<p>" * 1000 + b"</p>" * 1000 + b"</akomaNtoso>"), OverLimit
    )


@pytest.mark.parametrize("name", ["paper.docx", "paper.odt", "paper.txt", "paper.pdf.docx", "paper"])
def test_the_content_says_what_a_file_is(name: str) -> None:
    assert read_source(Path(name), docx(p("Hives are warm."))).text == "Hives are warm.\n"
    assert read_source(Path(name), odt("<text:p>Hives are warm.</text:p>")).text == "Hives are warm.\n"


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.docx", b"plain text", Damaged),
        ("a.docx", b"", Damaged),
        ("a.docx", b"PK\x03\x04 and no more", Damaged),
        ("a.docx", docx(p("Text."))[:300], Damaged),
        ("a.docx", zipped({"a.txt": "x"}), Damaged),
        ("a.docx", zipped({"[Content_Types].xml": "", "word/document.xml": "<w:document"}), Damaged),
        ("a.docx", zipped({"[Content_Types].xml": "", "word/document.xml": "<html/>"}), Damaged),
        ("a.odt", zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>"}), Damaged),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), Encrypted),
        ("a.txt", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), Unsupported),
        ("a.docx", b"{\\rtf1 Text}", Unsupported),
        ("a.docx", zipped({"[Content_Types].xml": "", "xl/workbook.xml": "<x/>"}), Unsupported),
        ("a.odt", zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}), Unsupported),
        ("a.xml", b"<unclosed>", Damaged),
    ],
)
def test_what_cannot_be_read(name: str, content: bytes, kind: type[Unreadable]) -> None:
    assert isinstance(refused(name, content), kind)
