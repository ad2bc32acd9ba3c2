"""A full disk, a read-only one, and folders without permission: really mounted, which needs root."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from taqa.errors import IndexWriteError
from taqa.retrieval.indexing import build_index, open_index

from ..fakes import HashingEncoder, files_below, make_material

SMALL = {"a.txt": "training of customs officers\nreleases of mercury\n"}
LARGE = {f"p{n}.txt": "\n".join(f"paragraph {n} {i} word{i * 7919 % 9973}" for i in range(600)) for n in range(4)}
Mount = Callable[[str], Path]


@pytest.fixture
def mount(tmp_path: Path) -> Iterator[Mount]:
    """Mounts a small file system in memory and takes it away afterwards."""
    if os.geteuid() != 0 or not shutil.which("mount"):
        pytest.skip("mounting a small tmpfs needs root")
    point = tmp_path / "disk"
    point.mkdir()

    def mounted(size: str) -> Path:
        made = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(point)],
            capture_output=True,
            text=True,
            check=False,
        )
        if made.returncode:
            pytest.skip(f"a tmpfs cannot be mounted here: {made.stderr.strip()}")
        return point

    yield mounted
    subprocess.run(["umount", "-l", str(point)], capture_output=True, check=False)


def found(folder: Path) -> list[str]:
    held = open_index(folder, HashingEncoder(), "lines-1")
    return [held.index.held(int(row)).unit.text for row in held.lexical.search("mercury", 3).rows]


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.95, 0.98])
def test_full_disk(mount: Mount, share: float) -> None:
    """Wherever the room ends (documents, vectors, words), one sentence is raised and the former index answers."""
    disk = mount("64m")
    folder = disk / "index"
    build_index(make_material(LARGE), HashingEncoder(), folder)
    needed = shutil.disk_usage(disk).used
    shutil.rmtree(folder)
    build_index(make_material(SMALL), HashingEncoder(), folder)
    before = files_below(folder)
    room = shutil.disk_usage(disk).used + int(share * needed)
    subprocess.run(["mount", "-o", f"remount,size={room}", str(disk)], check=True)
    with pytest.raises(IndexWriteError) as caught:
        build_index(make_material(LARGE), HashingEncoder(), folder)
    assert str(caught.value) == (
        f"The index in {folder} could not be written: there is no room left; free some and run `taqa ingest` again."
    )
    assert files_below(folder) == before
    assert found(folder) == ["releases of mercury"]
    subprocess.run(["mount", "-o", "remount,size=64m", str(disk)], check=True)
    assert build_index(make_material(LARGE), HashingEncoder(), folder).built


def test_no_room_for_a_first_index(mount: Mount) -> None:
    folder = mount("100k") / "index"
    with pytest.raises(IndexWriteError, match="there is no room left"):
        build_index(make_material(LARGE), HashingEncoder(), folder)
    assert not list((folder / "generations").iterdir())


def test_read_only_file_system(mount: Mount) -> None:
    disk = mount("8m")
    folder = disk / "index"
    build_index(make_material(SMALL), HashingEncoder(), folder)
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    assert found(folder) == ["releases of mercury"]
    with pytest.raises(IndexWriteError, match="read-only; choose another folder with `--index`"):
        build_index(make_material(LARGE), HashingEncoder(), folder)
    with pytest.raises(IndexWriteError, match="read-only"):
        build_index(make_material(LARGE), HashingEncoder(), disk / "other")
    assert found(folder) == ["releases of mercury"]


def test_folder_without_permission(tmp_path: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may write everywhere")
    folder = tmp_path / "index"
    build_index(make_material(SMALL), HashingEncoder(), folder)
    (folder / "generations").chmod(0o500)
    try:
        with pytest.raises(IndexWriteError, match="permission is denied"):
            build_index(make_material(LARGE), HashingEncoder(), folder)
        assert found(folder) == ["releases of mercury"]
    finally:
        (folder / "generations").chmod(0o700)
