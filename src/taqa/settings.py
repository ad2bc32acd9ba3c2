"""All settings, from `TAQA_*` environment variables and from the command line: the only reader of the environment."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from taqa.errors import InputError

PREFIX = "TAQA_"
Weight = Annotated[float, Field(ge=0, le=1)]


class Settings(BaseSettings):
    """What can be set; each field is also the environment variable `TAQA_<FIELD>`."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="forbid", frozen=True, env_ignore_empty=True)

    corpus: Path = Field(default=Path("corpus"), description="folder of source documents")
    index: Path | None = Field(default=None, description="folder of the index; default indexes/<corpus folder name>")
    model: str = Field(default="", max_length=500, description="embedding model; empty: the one that TAQA carries")
    reader: str = Field(
        default="", max_length=500, description="reading model; empty: the one that TAQA carries; none: without"
    )
    fusion: tuple[Weight, Weight, Weight, Weight] | None = Field(
        default=None,
        description="weights of dense, lexical, coverage and best sentence, a JSON list; empty: as shipped",
    )
    host: str = Field(default="127.0.0.1", min_length=1, max_length=255, description="address to serve on")
    port: int = Field(default=8000, ge=0, le=65535, description="port to serve on; 0: any free one")
    threads: int = Field(default=0, ge=0, le=256, description="threads that embed passages; 0: one for each core")
    max_file_mb: int = Field(default=100, ge=1, le=4096, description="largest file read, in MiB")
    parse_memory_mb: int = Field(
        default=512, ge=128, le=65536, description="memory that reading one file may take, in MiB"
    )
    parse_seconds: int = Field(default=30, ge=1, le=3600, description="seconds that reading one file may take")
    password: SecretStr = Field(default=SecretStr(""), description="opens encrypted PDF files; never kept or printed")
    uploads: bool = Field(default=False, description="whether the service takes and removes documents")
    fetch: bool = Field(default=False, description="whether `taqa add` may fetch documents from the web")
    max_question_chars: int = Field(default=2000, ge=1, le=100_000, description="longest question taken")

    @field_validator("fusion")
    @classmethod
    def _some_weight(cls, weights: tuple[float, ...] | None) -> tuple[float, ...] | None:
        if weights is not None and not any(weights):
            raise ValueError("one weight must be above 0")
        return weights

    @property
    def index_dir(self) -> Path:
        """Folder of the index: as set, or named after the corpus folder."""
        if self.index is not None:
            return self.index
        return Path("indexes") / (self.corpus.resolve().name or "root")


_PASSED_ON = ("PATH", "LANG", "LC_ALL", "TMPDIR", "TESSDATA_PREFIX")
"""Variables that the process which parses files may see: where programs, their data and their temporary files are."""
_ALWAYS = {"OMP_THREAD_LIMIT": "1"}
"""One thread for tesseract: what reads one file shall not take the whole machine."""


def passed_on() -> dict[str, str]:
    """The environment of the process that parses files: nothing that could be a secret."""
    return {name: os.environ[name] for name in _PASSED_ON if name in os.environ} | _ALWAYS


def load(**overrides: object) -> Settings:
    """Settings of the environment, with `overrides` (None: not given) above them. Raises InputError in one sentence."""
    given = {name: value for name, value in overrides.items() if value is not None}
    known = set(Settings.model_fields)
    _refuse_unknown([name for name in given if name not in known], "setting")
    variables = [name for name in os.environ if name.upper().startswith(PREFIX)]
    _refuse_unknown([name for name in variables if name[len(PREFIX) :].lower() not in known], "environment variable")
    try:
        return Settings(**given)  # type: ignore[arg-type]
    except ValidationError as error:
        raise InputError(_sentence(error, given)) from error


def _refuse_unknown(names: list[str], what: str) -> None:
    if names:
        known = ", ".join(f"{PREFIX}{name.upper()}" for name in Settings.model_fields)
        plural = "s" if len(names) > 1 else ""
        raise InputError(f"Unknown {what}{plural} {', '.join(sorted(names))}: TAQA knows {known}.")


def _sentence(error: ValidationError, given: dict[str, object]) -> str:
    first = error.errors()[0]
    field = str(first["loc"][0]) if first["loc"] else "settings"
    origin = field if field in given else f"{PREFIX}{field.upper()}"
    return f"The setting {origin} cannot be {first['input']!r}: {first['msg'][:1].lower()}{first['msg'][1:]}."
