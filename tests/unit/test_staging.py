"""What an unfinished build keeps: whole pieces only."""

from __future__ import annotations

from pathlib import Path

from taqa.library.staging import Staging


def test_pieces_are_there_for_the_next_build(tmp_path: Path) -> None:
    Staging(tmp_path).put("one-3.abc", b"first")
    again = Staging(tmp_path)
    assert (again.names, again.get("one-3.abc"), again.get("two")) == (("one-3.abc",), b"first", None)
    again.put("one-3.abc", b"second")
    assert Staging(tmp_path).get("one-3.abc") == b"second"
    again.clear()
    assert Staging(tmp_path).names == ()


def test_half_a_piece_and_a_changed_one_are_none(tmp_path: Path) -> None:
    staging = Staging(tmp_path)
    staging.put("whole", b"as it was")
    staging.put("torn", b"as it was too")
    torn = next((tmp_path / "staging").glob("torn.*"))
    torn.write_bytes(b"as it")
    (tmp_path / "staging" / "part").write_bytes(b"being written")
    (tmp_path / "staging" / "odd.name").write_bytes(b"")
    again = Staging(tmp_path)
    assert set(again.names) == {"whole", "torn"}
    assert (again.get("whole"), again.get("torn")) == (b"as it was", None)
    torn.unlink()
    assert again.get("torn") is None
