"""The command line: parse, call, print. Exit codes: 0 answered or done, 1 not found, 2 usage or input error."""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn, TextIO

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from taqa import __version__, terminal
from taqa.errors import InputError, NothingRead, NotInCorpus, TaqaError, UnknownDocument
from taqa.settings import Settings, load

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

    from taqa.assistant import Assistant
    from taqa.domain import Document, Question

app = typer.Typer(
    name="taqa",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
    help=(
        "Answers from the papers of multilateral environmental agreements, in their own words, with paragraph "
        "references.\n\nPut documents into a folder (`corpus/`), run `taqa ingest` once, then ask: "
        "`taqa ask 'Which centres did decision SC-4/23 endorse?'`. Everything runs on this machine, without a network."
    ),
    epilog="Exit codes: 0 answered or done, 1 not found, 2 usage or input error.",
)

PIPED_WIDTH = 4000
"""Piped output is not wrapped: one line is one thing."""

CorpusOption = Annotated[
    Path | None, typer.Option("--corpus", help="Folder of source documents.", show_default="corpus")
]
IndexOption = Annotated[
    Path | None,
    typer.Option("--index", help="Folder of the index.", show_default="indexes/<name of the corpus folder>"),
]
PasswordOption = Annotated[
    str | None, typer.Option("--password", help="Opens encrypted PDF files; never kept. Better: TAQA_PASSWORD.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print the published JSON format.")]
OnlyOption = Annotated[
    list[str] | None, typer.Option("--in", help="Search this document only (id or unique beginning of its name).")
]


@app.command()
def ingest(corpus: CorpusOption = None, index: IndexOption = None, password: PasswordOption = None) -> None:
    """Read the corpus and bring the index up to it. Unchanged documents are not embedded again.

    Every file gets a verdict: indexed, partial, no text, encrypted, damaged, over limit, or unsupported.
    """
    from taqa import build

    settings = _settings(corpus, index, password=password)
    try:
        with _progress() as progress:
            report = build.ingest(settings, progress)
    except NothingRead as error:
        for reason in error.reasons[1:]:
            _warn(reason)
        raise
    terminal.build_report(console(), report, settings.index_dir)


@app.command()
def add(
    given: Annotated[list[str], typer.Argument(metavar="FILE|DIR|URL", help="Documents, folders of them, addresses.")],
    corpus: CorpusOption = None,
    index: IndexOption = None,
    password: PasswordOption = None,
) -> None:
    """Copy documents into the corpus and index them; every file gets a verdict, what is passed over is named.

    A new content under a known name is a new version: the former one is kept, under that name with the date behind it.
    Addresses on the web are fetched only with TAQA_FETCH=on.
    """
    from taqa import build
    from taqa.library.offers import passed_over

    settings = _settings(corpus, index, password=password)
    with _progress() as progress:
        growth = build.add(settings, build.offered(settings, given), progress)
    terminal.growth(console(), growth, settings.index_dir)
    terminal.passed_over(console(), passed_over(given))
    if growth.report is None:
        raise typer.Exit(2)


@app.command()
def remove(
    document: Annotated[str, typer.Argument(help="Its id, file, symbol or title.")],
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
    corpus: CorpusOption = None,
    index: IndexOption = None,
) -> None:
    """Delete a document from the corpus, with all files of its content, and from the index."""
    from taqa import build

    settings = _settings(corpus, index)
    file = build.named_file(settings, document)
    names = build.files_of(settings, file)
    if not yes:
        if not sys.stdin.isatty():
            raise InputError(f"Nothing is deleted without being asked; give --yes to delete {', '.join(names)}.")
        typer.confirm(f"Delete {', '.join(names)} from {settings.corpus}?", abort=True)
    with _progress() as progress:
        removed, report = build.remove(settings, file, progress)
    terminal.removed(console(), removed, report, settings.index_dir)


@app.command()
def inspect(
    file: Annotated[Path, typer.Argument(help="A document, in the corpus or anywhere.")],
    as_json: JsonOption = False,
    text: Annotated[bool, typer.Option("--text", help="Print the extracted text that all offsets refer to.")] = False,
    corpus: CorpusOption = None,
    password: PasswordOption = None,
) -> None:
    """Show how a document is taken apart, with two proofs: nothing lost, and every numbering series whole."""
    from taqa import build, wire
    from taqa.ingest.invisible import written_out

    document = build.inspected(_settings(corpus, None, password=password), file)
    if text:
        sys.stdout.write(written_out(document.text) if sys.stdout.isatty() else document.text)
    elif as_json:
        _write(wire.from_document(document).model_dump_json())
    else:
        terminal.inspection(console(), document)


@app.command()
def ask(
    question: Annotated[str | None, typer.Argument(help="The question, in quotation marks.")] = None,
    as_json: JsonOption = False,
    batch: Annotated[Path | None, typer.Option("--batch", help="File of questions, one JSON object a line.")] = None,
    out: Annotated[Path | None, typer.Option("--out", help="Where --batch writes its answers, one a line.")] = None,
    only: OnlyOption = None,
    corpus: CorpusOption = None,
    index: IndexOption = None,
) -> None:
    """Answer one question, or a file of them with --batch QUESTIONS.jsonl --out ANSWERS.jsonl."""
    from taqa import build, wire
    from taqa.domain import Question

    if (question is None) == (batch is None) or (batch is None) != (out is None):
        raise InputError("Give either one question, or --batch QUESTIONS.jsonl together with --out ANSWERS.jsonl.")
    asked = list(_questions(batch)) if batch else []
    if batch and not asked:
        raise InputError(f"{batch} holds no question; write one JSON object a line.")
    assistant = _assistant(_settings(corpus, index))
    if batch and out:
        _check(assistant, batch, asked)
        answers = (wire.from_answer(assistant.ask(item)).model_dump_json() for _, item in asked)
        _write_lines(out, answers)
        return
    documents = tuple(build.document_id(assistant, name) for name in only or ())
    answer = assistant.ask(Question(question or "", documents=documents))
    if as_json:
        _write(wire.from_answer(answer).model_dump_json())
    else:
        terminal.answer(console(), answer)
    if answer.status != "answered":
        raise typer.Exit(1)


@app.command()
def search(
    query: Annotated[str, typer.Argument(help="Words to look for.")],
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, max=100, help="How many units.")] = 10,
    as_json: JsonOption = False,
    only: OnlyOption = None,
    corpus: CorpusOption = None,
    index: IndexOption = None,
) -> None:
    """List the paragraphs nearest to some words, best first."""
    from taqa import build, wire

    assistant = _assistant(_settings(corpus, index))
    documents = tuple(build.document_id(assistant, name) for name in only or ())
    hits = assistant.search(query, limit, documents)
    if as_json:
        _write(wire.from_hits(query, hits, assistant.documents).model_dump_json())
    else:
        terminal.hits(console(), hits, assistant.documents)
    if not hits:
        raise typer.Exit(1)


@app.command()
def show(
    reference: Annotated[str, typer.Argument(help="For example 'UNEP(DTIE)/Hg/INC.1/9, para. 29 (c)'.")],
    as_json: JsonOption = False,
    corpus: CorpusOption = None,
) -> None:
    """Show what a reference means: a paragraph, a range or list of them, a section, a document. Needs no index.

    As it is printed or typed: `INC.1/9 paras 20-21`, `§29 (c) of INC.1/9`, `article 14 of the Basel Convention`.
    """
    from taqa import build, wire
    from taqa.references import resolve

    if not reference.strip():
        raise InputError("The reference is empty; type a symbol and a paragraph.")
    documents = build.documents(_settings(corpus, None))
    resolution = resolve(reference, documents)
    if resolution.document is None or resolution.reason:
        raise NotInCorpus(resolution.reason)
    if as_json:
        for place in resolution.found:
            _write(wire.from_unit(place.unit).model_dump_json())
        if not resolution.found:
            _write(wire.from_document(resolution.document).model_dump_json())
    elif resolution.found:
        terminal.units(console(), resolution.found, documents)
    else:
        terminal.document(console(), resolution.document)


@app.command()
def mentions(
    reference: Annotated[str, typer.Argument(help="For example SC-1/15, or 'article 12 of the Stockholm Convention'.")],
    as_json: JsonOption = False,
    corpus: CorpusOption = None,
) -> None:
    """List every place that mentions a symbol, decision, article, paragraph or annex. Needs no index."""
    from taqa import build
    from taqa.references import asked, catalogue, incoming
    from taqa.service.mention_views import from_mentions

    if not any(character.isalnum() for character in reference):
        raise InputError("The reference is empty; type a symbol, decision, article or paragraph.")
    documents = catalogue(build.documents(_settings(corpus, None)))
    found = asked(reference, incoming(documents), documents)
    if as_json:
        _write(from_mentions(reference, found).model_dump_json())
    else:
        terminal.mentions(console(), reference, found)
    if not found:
        raise typer.Exit(1)


@app.command(name="list")
def list_documents(
    as_json: JsonOption = False,
    terms: Annotated[bool, typer.Option("--definitions", help="List the acronyms and terms that they define.")] = False,
    corpus: CorpusOption = None,
) -> None:
    """List the documents of the corpus and what is known of each, and the verdict on every file. Needs no index."""
    from taqa import build, wire

    documents, verdicts = build.documents_and_verdicts(_settings(corpus, None))
    if terms:
        _list_definitions(documents, as_json)
        return
    if as_json:
        listed = wire.from_listed(documents, verdicts)
        _write(json.dumps([item.model_dump() for item in listed], ensure_ascii=False))
        for verdict in verdicts:
            if not verdict.good:
                _warn(verdict.reason)
    else:
        terminal.documents(console(), documents, verdicts)


@app.command()
def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on.", show_default="127.0.0.1")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on.", show_default="8000")] = None,
    corpus: CorpusOption = None,
    index: IndexOption = None,
) -> None:
    """Serve the chat page and the API, indexing first where the index is missing or stale."""
    from taqa import build
    from taqa.service.server import listen, run

    settings = _settings(corpus, index, host=host, port=port)
    with listen(settings.host, settings.port) as socket:
        with _progress() as progress:
            assistant = build.ready_assistant(settings, progress, _warn)
        assistant.warm()
        run(assistant, settings, socket, lambda url: console().print(f"TAQA is ready on {url} (Ctrl-C stops it)"))


def _mount_eval() -> None:
    from taqa.evaluation.command import evaluate_command

    app.command(name="eval")(evaluate_command)


def _version(value: bool) -> None:
    if value:
        typer.echo(f"taqa {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    pass


# -- helpers --------------------------------------------------------------------------------------------


def _list_definitions(documents: Sequence[Document], as_json: bool) -> None:
    from taqa.retrieval.definitions import definitions
    from taqa.service.mention_views import from_definition

    found = definitions(documents)
    if as_json:
        _write(json.dumps([from_definition(item).model_dump() for item in found], ensure_ascii=False))
    else:
        terminal.definitions(console(), found)


def _settings(corpus: Path | None, index: Path | None, **others: object) -> Settings:
    given = {"corpus": corpus, "index": index, **others}
    return load(**{name: value for name, value in given.items() if value is not None})


def _assistant(settings: Settings) -> Assistant:
    from taqa import build

    with _progress() as progress:
        return build.ready_assistant(settings, progress, _warn)


def console() -> Console:
    """Standard output: colours and width of the terminal, plain and unwrapped when piped."""
    return (
        Console(highlight=False) if sys.stdout.isatty() else Console(width=PIPED_WIDTH, soft_wrap=True, highlight=False)
    )


@contextmanager
def _progress() -> Iterator[Any]:
    """Progress bars on standard error, none where that is not a terminal."""
    bars = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
        disable=not sys.stderr.isatty(),
    )
    tasks: dict[str, Any] = {}

    def report(description: str, done: int, total: int) -> None:
        if description not in tasks:
            tasks[description] = bars.add_task(description, total=total)
        bars.update(tasks[description], completed=done, total=total)

    with bars:
        yield report


def _check(assistant: Assistant, path: Path, asked: Iterable[tuple[int, Question]]) -> None:
    """Every question of a batch can be put, before the first is answered."""
    for number, question in asked:
        try:
            assistant.check(question)
        except UnknownDocument as error:
            raise InputError(f"{path}, line {number}: {error.told('`taqa list`')}") from error
        except InputError as error:
            raise InputError(f"{path}, line {number}: {error}") from error


def _questions(path: Path) -> Iterator[tuple[int, Question]]:
    """The questions of a file, each with the number of its line."""
    from pydantic import ValidationError

    from taqa import wire

    try:
        lines = path.read_text("utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"The questions {path} cannot be read ({error}); give a UTF-8 file.") from error
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            yield number, wire.QuestionIn.model_validate_json(line).to_domain()
        except ValidationError as error:
            fault = error.errors()[0]
            where = ".".join(str(part) for part in fault["loc"]) or "the line"
            raise InputError(f"{path}, line {number}: {where}: {fault['msg']}.") from error


def _write(text: str) -> None:
    sys.stdout.write(text + "\n")


def _write_lines(path: Path, lines: Iterable[str]) -> None:
    try:
        with path.open("w", encoding="utf-8") as file:
            for line in lines:
                file.write(line + "\n")
    except OSError as error:
        raise InputError(f"{path} cannot be written ({error.strerror}); choose another --out.") from error


def _warn(message: str) -> None:
    Console(stderr=True, highlight=False, soft_wrap=True).print(message, style="yellow", markup=False)


def _fail(message: str, code: int) -> NoReturn:
    Console(stderr=True, highlight=False, soft_wrap=True).print(message, style="red", markup=False)
    sys.exit(code)


class _Outlet(io.FileIO):
    """Standard output whose reader may go away, as `head` does: then the program has done all it was asked for.

    Any other fault of it, such as a full disk, is told in a sentence.
    """

    def write(self, data: ReadableBuffer, /) -> int:
        try:
            return super().write(data)
        except OSError as error:
            os.dup2(os.open(os.devnull, os.O_WRONLY), self.fileno())
            if isinstance(error, BrokenPipeError):
                raise SystemExit(0) from None
            raise InputError(
                f"The output cannot be written ({error.strerror}); choose another place for it."
            ) from error


def _outlet(stream: TextIO | None) -> TextIO:
    """The stream over the same file, ending the program quietly once nobody reads it; none goes nowhere."""
    if stream is None:
        return io.TextIOWrapper(io.FileIO(os.devnull, "w"), "utf-8")
    raw = _Outlet(stream.fileno(), "w", closefd=False)
    buffer = io.BufferedWriter(raw)
    return io.TextIOWrapper(buffer, stream.encoding, stream.errors, line_buffering=stream.isatty())


def main() -> None:
    """Run the command line; every deliberate error is one sentence on standard error."""
    _mount_eval()
    sys.stdout = _outlet(sys.stdout)
    try:
        try:
            app()
        finally:
            sys.stdout.flush()
    except NotInCorpus as error:
        _fail(str(error), 1)
    except TaqaError as error:
        _fail(str(error), 2)
