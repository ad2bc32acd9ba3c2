"""The assistant that answers now: another takes its place when the index has a new generation, whoever made that.

Whatever is begun with one assistant, such as an answer that streams, ends with it: each request takes it once.
"""

from __future__ import annotations

import logging
import threading

from taqa import build
from taqa.assistant import Assistant
from taqa.errors import TaqaError
from taqa.library.generations import current_name
from taqa.settings import Settings

_LOG = logging.getLogger(__name__)


class Held:
    """Holds the assistant over the current generation of an index, and the models, which are loaded once."""

    def __init__(self, assistant: Assistant, settings: Settings) -> None:
        self._current = assistant
        self._settings = settings
        self._renewing = threading.Lock()
        self._refused: str | None = None

    @property
    def current(self) -> Assistant:
        return self._current

    def now(self) -> Assistant:
        """The assistant for one request: over the newest generation, unless that is just being opened or cannot be.

        Costs the reading of one small file where nothing has changed. Who finds a new generation opens it; who comes
        meanwhile is answered from the former one.
        """
        name = current_name(self._settings.index_dir)
        if name not in (None, self._current.index.generation, self._refused) and self._renewing.acquire(blocking=False):
            try:
                self._open()
            except TaqaError as error:
                self._refused = name
                _LOG.error("%s The former generation goes on answering.", error)
            finally:
                self._renewing.release()
        return self._current

    def renew(self) -> None:
        """Answer from the current generation from now on. Raises an IndexProblem, and keeps the former one."""
        with self._renewing:
            if current_name(self._settings.index_dir) != self._current.index.generation:
                self._open()

    def _open(self) -> None:
        renewed = build.assistant(self._settings, fresh=False, models=build.models_of(self._current))
        renewed.warm()
        self._current = renewed
