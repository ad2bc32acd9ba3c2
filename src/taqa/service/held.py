"""The assistant that answers now: another one can be put in its place while the service runs."""

from __future__ import annotations

from typing import Any, cast

from taqa.assistant import Assistant


class Held:
    """Stands for the assistant that is current. Whatever is begun with one, such as an answer, ends with it."""

    def __init__(self, assistant: Assistant) -> None:
        self._current = assistant

    @property
    def current(self) -> Assistant:
        return self._current

    @property
    def as_assistant(self) -> Assistant:
        """This object, for those who only ask."""
        return cast("Assistant", self)

    def replace(self, assistant: Assistant) -> None:
        """Let another assistant answer what is asked from now on."""
        self._current = assistant

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the assistant has there
        return getattr(self._current, name)
