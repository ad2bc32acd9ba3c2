"""Pictures of pages to text, through tesseract where it is installed. No shell, nothing on disk."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field

TESSERACT = "tesseract"
LANGUAGES = ("eng", "fra", "spa")
DPI = 200
PAGE_SECONDS = 15
FILE_SECONDS = 20
"""Reading one file has a limit of its own: pages that come later stay without text, and that is said."""


@dataclass(slots=True)
class Ocr:
    """The tesseract of this machine and the languages it has; `seconds` are what it may still take."""

    program: str
    languages: tuple[str, ...]
    seconds: float = FILE_SECONDS
    clock: Callable[[], float] = field(default=time.monotonic)

    def read(self, picture: bytes) -> str:
        """Text on a picture (PGM); empty where there is none or no time is left."""
        if self.seconds <= 0:
            return ""
        begun = self.clock()
        options = ["-l", "+".join(self.languages), "--dpi", str(DPI), "--psm", "3"]
        try:
            done = subprocess.run(  # noqa: S603 - no shell, a program found once, no word of the file among the arguments
                [self.program, "stdin", "stdout", *options],
                input=picture,
                capture_output=True,
                timeout=min(PAGE_SECONDS, self.seconds),
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired):
            return ""
        finally:
            self.seconds -= self.clock() - begun
        return done.stdout.decode("utf-8", errors="replace").replace("\f", "").strip() if done.returncode == 0 else ""


def find_ocr() -> Ocr | None:
    """Tesseract with those of its languages that TAQA reads; None where it is not installed."""
    program = shutil.which(TESSERACT)
    if program is None:
        return None
    try:
        listed = subprocess.run(  # noqa: S603
            [program, "--list-langs"], capture_output=True, timeout=PAGE_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    installed = set(listed.stdout.decode("utf-8", errors="replace").split())
    languages = tuple(language for language in LANGUAGES if language in installed)
    return Ocr(program, languages) if languages else None
