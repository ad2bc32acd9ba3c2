"""What is offered to a corpus: files, the files of folders, addresses on the web."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from taqa.errors import InputError
from taqa.ingest.files import content, shown_name
from taqa.ingest.manifest import ignored
from taqa.library.fetching import Fetching, fetch, is_url, without_secrets
from taqa.library.growing import Offer
from taqa.library.shelf import Origin


def offers(given: Sequence[str], max_file_mb: int, fetching: Fetching | None, when: datetime) -> tuple[Offer, ...]:
    """An offer for each file and address, in order; nothing is read yet. Raises InputError for what is not there."""
    found = [offer for each in given for offer in _offers(each, max_file_mb, fetching, when)]
    if not found:
        raise InputError(
            f"There is no document in {', '.join(map(shown_name, given))}; name files, or folders of them."
        )
    [(name, number)] = Counter(offer.name for offer in found).most_common(1)
    if number > 1:
        raise InputError(f"{number} of the documents are called {name}; rename them, or add them one after the other.")
    return tuple(found)


def _offers(given: str, max_file_mb: int, fetching: Fetching | None, when: datetime) -> Iterator[Offer]:
    if is_url(given):
        if fetching is None:
            raise InputError("Nothing is fetched from the web unless TAQA_FETCH=on is set; set it, or give a file.")
        shown = without_secrets(given)
        yield Offer(shown, lambda: fetch(given, fetching), Origin(shown, when))
        return
    path = Path(given)
    try:
        place = path.resolve(strict=True)
        paths = sorted(_within(place), key=lambda file: file.name) if place.is_dir() else [place]
    except (OSError, RuntimeError, ValueError) as error:
        reason = getattr(error, "strerror", "") or "no such file"
        raise InputError(f"{shown_name(given)} cannot be read ({reason}); check the name and permissions.") from error
    for file in paths:
        name = path.name if file is place and path.name not in ("", "..") else file.name
        yield _of_file(file, name, max_file_mb, when)


def _within(folder: Path) -> Iterator[Path]:
    """The files of a folder, as the corpus folder is read: nothing hidden, no manifest, not the folders in it."""
    return (path for path in folder.iterdir() if not ignored(path.name) and not path.is_dir())


def passed_over(given: Sequence[str]) -> tuple[str, ...]:
    """What stands in the folders given and is not offered: folders, ending in "/", and files that are never read."""
    folders = [Path(each) for each in given if not is_url(each) and Path(each).is_dir()]
    found = [path for folder in folders for path in folder.iterdir() if path.is_dir() or ignored(path.name)]
    return tuple(sorted(shown_name(path.name) + "/" * path.is_dir() for path in found))


def _of_file(file: Path, name: str, max_file_mb: int, when: datetime) -> Offer:
    return Offer(name, lambda: (name, content(file, max_file_mb)), Origin(name, when))
