"""Pictures of pages to text, through tesseract where it is installed. No shell, nothing on disk."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from taqa.domain import PageGap

TESSERACT = "tesseract"
LANGUAGES = ("eng", "fra", "spa")
DPI = 200
SHARE = 0.8
"""Of the seconds that reading a file may take, what pictures get: the rest is for what follows."""
LEAST_SECONDS = 5.0
"""What a page may take while there is so much time; a page of print takes one to four."""
MOST_SECONDS = 60.0
"""What a page may take however much time there is. Between the two it is half of what is left."""
_ASK_SECONDS = 15


@dataclass(slots=True)
class Ocr:
    """The tesseract of this machine and the languages it has. `until` is when, by `clock`, its time is over."""

    program: str
    languages: tuple[str, ...]
    until: float
    clock: Callable[[], float] = field(default=time.monotonic)

    def read(self, picture: bytes) -> tuple[str, PageGap]:
        """Text on a picture (PGM), or why there is none."""
        left = self.until - self.clock()
        if left <= 0:
            return "", "no time"
        options = ["-l", "+".join(self.languages), "--dpi", str(DPI), "--psm", "3"]
        try:
            done = subprocess.run(  # noqa: S603 - no shell, a program found once, no word of the file among the arguments
                [self.program, "stdin", "stdout", *options],
                input=picture,
                capture_output=True,
                timeout=min(left, MOST_SECONDS, max(LEAST_SECONDS, left / 2)),
                check=False,
            )
        except subprocess.TimeoutExpired:
            return "", "no time"
        except OSError:
            return "", "failed"
        if done.returncode != 0:
            return "", "failed"
        text = done.stdout.decode("utf-8", errors="replace").replace("\f", "").strip()
        return text, "" if text else "nothing found"


def find_ocr(until: float) -> Ocr | PageGap:
    """Tesseract with those of its languages that TAQA reads, for use until then; or why it cannot be used."""
    program = shutil.which(TESSERACT)
    if program is None:
        return "no tesseract"
    languages = _languages(program)
    return Ocr(program, languages, until) if languages else "no language"


def ocr_here() -> str:
    """What there is on this machine that reads pictures, in a word; empty where there is nothing.

    Pages that were left unread are worth another look once it changes.
    """
    program = shutil.which(TESSERACT)
    return "+".join(_languages(program)) if program else ""


def _languages(program: str) -> tuple[str, ...]:
    try:
        listed = subprocess.run(  # noqa: S603 - as above
            [program, "--list-langs"], capture_output=True, timeout=_ASK_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return ()
    installed = set(listed.stdout.decode("utf-8", errors="replace").split())
    return tuple(language for language in LANGUAGES if language in installed)
