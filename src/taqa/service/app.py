"""The web application: API, chat page and the rules that stand around both."""

from __future__ import annotations

from pathlib import Path

from fastapi import FastAPI
from starlette.responses import FileResponse
from starlette.staticfiles import StaticFiles

from taqa import __version__
from taqa.assistant import Assistant
from taqa.ingest.files import MEBIBYTE
from taqa.service import changes, problems, routes
from taqa.service.guard import Guard
from taqa.service.held import Held
from taqa.settings import Settings

_STATIC = Path(__file__).parent / "static"
_DESCRIPTION = (
    "Answers questions from a corpus of documents in their own words: every statement is a quotation with its "
    "paragraph. When the documents do not say, it says so. Errors are problem+json (RFC 9457) with one sentence."
)


def create_app(assistant: Assistant, settings: Settings) -> FastAPI:
    """The application over one assistant, which a new generation of the index replaces; it holds no other state."""
    held = Held(assistant, settings)
    upload_bytes = settings.max_file_mb * MEBIBYTE if settings.uploads else 0
    app = FastAPI(
        title="TAQA",
        version=__version__,
        summary="Cited answers in the documents' own words.",
        description=_DESCRIPTION,
        docs_url=None,  # the ready-made pages load their scripts from elsewhere; ours is /docs
        redoc_url=None,
    )
    problems.install(app)
    app.add_middleware(Guard, host=settings.host, uploads=changes.PREFIX, upload_bytes=upload_bytes)
    app.include_router(routes.router(held.now, settings))
    app.include_router(changes.router(held, settings))
    app.mount("/assets", StaticFiles(directory=_STATIC), name="assets")

    @app.api_route("/", methods=["GET", "HEAD"], include_in_schema=False)
    async def page() -> FileResponse:
        return FileResponse(_STATIC / "index.html")

    @app.api_route("/docs", methods=["GET", "HEAD"], include_in_schema=False)
    async def reference() -> FileResponse:
        return FileResponse(_STATIC / "reference.html")

    return app
