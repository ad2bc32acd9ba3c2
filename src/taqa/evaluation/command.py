"""`taqa eval`: measures the answers on a question set, prints and keeps the result, and holds it to the floors."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from taqa.errors import InputError
from taqa.settings import Settings
from taqa.settings import load as load_settings

if TYPE_CHECKING:
    from taqa.evaluation.questions import Case
    from taqa.evaluation.result import Made, Result
    from taqa.library.progress import Progress as Report

FLOORS = "floors.json"
OUTCOMES = "outcomes.json"
"""Stands beside the floors, and is written with them."""
GATED_SPLIT = "test"
CACHE = Path("indexes/external")
"""Keeps the indexes of question sets of others, a folder for each."""


def evaluate_command(
    split: Annotated[
        Literal["dev", "test", "all", "train"], typer.Option(help="Which questions to ask; train: of a --set only.")
    ] = "dev",
    questions: Annotated[
        Path, typer.Option(help="Folder with dev.jsonl and test.jsonl, or one file of questions.")
    ] = Path("eval/questions"),
    answers: Annotated[
        Path | None, typer.Option(help="Score this file, made by `taqa ask --batch`, and ask nothing.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the whole result as JSON.")] = False,
    out: Annotated[Path, typer.Option(help="Folder that keeps the results.")] = Path("eval/results"),
    baseline: Annotated[
        Path | None, typer.Option(help="An earlier result: print which questions were gained and lost.")
    ] = None,
    gate: Annotated[bool, typer.Option("--gate", help="Fail when a measure is below its floor.")] = False,
    write_floors: Annotated[
        bool, typer.Option("--write-floors", help="Raise the floors to what was measured; refuses to lower any.")
    ] = False,
    lower_floors: Annotated[
        bool, typer.Option("--lower-floors", help="Set the floors to what was measured, lower ones too.")
    ] = False,
    plots: Annotated[
        Path | None, typer.Option(help="Write pictures of risk and calibration into this folder, as SVG.")
    ] = None,
    floors: Annotated[Path, typer.Option(help="File of the floors; its folder has the outcomes.")] = Path("eval")
    / FLOORS,
    corpus: Annotated[Path | None, typer.Option(help="Folder of source documents.", show_default="corpus")] = None,
    index: Annotated[
        Path | None, typer.Option(help="Folder of the index.", show_default="indexes/<name of the corpus folder>")
    ] = None,
    external: Annotated[
        str | None, typer.Option("--set", metavar="NAME", help="Ask a question set of others, which --data holds.")
    ] = None,
    data: Annotated[Path | None, typer.Option(help="With --set: folder of question sets.")] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="With --set: so many questions, evenly spaced.")] = None,
    run: Annotated[Path | None, typer.Option(help="With --set: write the rankings here, as a TREC run.")] = None,
    cache: Annotated[
        Path | None, typer.Option(help="With --set: folder that keeps its vectors.", show_default=str(CACHE))
    ] = None,
) -> None:
    """Measure retrieval, citations, facts, refusals and quotations on a question set."""
    own = {"--answers": answers, "--baseline": baseline, "--gate": gate, "--write-floors": write_floors}
    own |= {"--lower-floors": lower_floors, "--corpus": corpus, "--index": index, "--plots": plots}
    others = {"--data": data, "--limit": limit, "--run": run, "--cache": cache}
    unfit = [option for option, value in (own if external else others).items() if value]
    if unfit:
        only = "its own questions" if external else "a question set of others, which --set names"
        raise InputError(f"{unfit[0]} is for {only}; leave it out.")
    if external:
        if data is None:
            raise InputError("Name the folder that holds the question sets: --data DIR.")
        _ask_others(data, external, split, limit, cache or CACHE, run, as_json=as_json)
        return
    if split == "train":
        raise InputError("TAQA's own questions have the splits dev and test, and all for both.")
    from taqa.evaluation.compare import compare
    from taqa.evaluation.result import read, to_json, write

    if (gate or write_floors or lower_floors) and answers is not None:
        raise InputError("Floors hold for retrieval too, which a file of answers does not show; leave out --answers.")
    before = read(baseline) if baseline else None
    settings = load_settings(corpus=corpus, index=index)
    result = _measure(settings, questions, split, answers)
    path = write(result, out)
    if plots:
        _draw(result, plots)
    changes = compare(result, before) if before else []
    if as_json:
        sys.stdout.write(to_json(result))
    else:
        _print(result, changes, path)
    if write_floors or lower_floors:
        _set_floors(result, floors, lower=lower_floors)
    if gate:
        _hold(result, floors)


def _ask_others(
    data: Path, name: str, split: str, limit: int | None, cache: Path, run: Path | None, *, as_json: bool
) -> None:
    from taqa import build
    from taqa.evaluation import external, sets, sets_result
    from taqa.evaluation.result import commit_of
    from taqa.retrieval.reader import WITHOUT, load_reader
    from taqa.retrieval.search import WEIGHTS

    settings = load_settings()
    chosen = sets.load(data, name, split, limit)
    models = build.Models(build.encoder(settings), load_reader(settings))
    with _progress() as bar:
        engines = external.searcher(chosen, models, cache, bar, settings.fusion or WEIGHTS)
        started = time.perf_counter()
        outcomes = external.ask(engines, chosen.queries, lambda done: bar("Questions", done, len(chosen.queries)))
        seconds = time.perf_counter() - started
    commit, changed = commit_of(Path(__file__).parent)
    reader = models.reader.identity if models.reader else WITHOUT
    asked = sets_result.Asked(commit, changed, models.encoder.identity, reader, seconds, settings.fusion or WEIGHTS)
    result = sets_result.make(chosen, outcomes, asked)
    if run:
        sets_result.write_run(outcomes, run)
    if as_json:
        sys.stdout.write(sets_result.to_json(result))
    else:
        from rich.console import Console

        from taqa.evaluation.report import print_set

        print_set(result, Console(highlight=False, width=None if sys.stdout.isatty() else 160))


def _measure(settings: Settings, questions: Path, split: str, answers: Path | None) -> Result:
    from taqa import build
    from taqa.evaluation import answers as given_answers
    from taqa.evaluation.fidelity import check_texts
    from taqa.evaluation.questions import load
    from taqa.evaluation.run import index_of, run, score_answers
    from taqa.ingest import scan

    cases = load(questions, split)
    name = questions.stem if questions.is_file() else split
    files = scan(settings.corpus)
    if answers is not None:
        given = given_answers.load(answers, cases)
        documents: Sequence[Any] = build.documents(settings)
        made = _made(settings, cases, name, files.fingerprint, index_of(given), questions)
        check_texts({file.name: file.path for file in files.files}, documents)
        return score_answers(given, documents, cases, made)
    with _progress() as bar:
        assistant = build.ready_assistant(settings, bar)
        made = _made(settings, cases, name, files.fingerprint, assistant.index.fingerprint, questions)
        check_texts({file.name: file.path for file in files.files}, assistant.documents)
        return run(assistant, assistant.documents, cases, made, lambda done: bar("Questions", done, len(cases)))


def _made(settings: Settings, cases: Sequence[Case], split: str, corpus: str, index: str, near: Path) -> Made:
    from taqa.evaluation.questions import fingerprint
    from taqa.evaluation.result import Made, commit_of

    commit, changed = commit_of(near if near.is_dir() else near.parent)
    kept = settings.model_dump(mode="json", exclude={"host", "port"})
    return Made(commit, changed, split, corpus, fingerprint(cases), index, kept)


def _print(result: Result, changes: Sequence[Any], path: Path) -> None:
    from rich.console import Console

    from taqa.evaluation.report import print_changes, print_result

    console = Console(highlight=False, width=None if sys.stdout.isatty() else 160)
    print_result(result, console)
    if changes:
        print_changes(changes, console)
    console.print(f"Kept in {path}", markup=False)


def _set_floors(result: Result, path: Path, *, lower: bool) -> None:
    from taqa.evaluation.gate import new_floors, read_floors, write_floors
    from taqa.evaluation.outcomes import keep, write_outcomes

    if result.made.split != GATED_SPLIT:
        raise InputError(f"Floors are set on the {GATED_SPLIT} split: add --split {GATED_SPLIT}.")
    write_floors(new_floors(result, read_floors(path), lower=lower), path)
    kept = path.with_name(OUTCOMES)
    write_outcomes(keep(result), kept)
    typer.echo(f"Floors written to {path}, what became of each question to {kept}.", err=True)


def _draw(result: Result, folder: Path) -> None:
    from taqa.evaluation.plots import write_plots

    for path in write_plots(result, folder):
        typer.echo(f"Picture written to {path}.", err=True)


def _hold(result: Result, path: Path) -> None:
    from taqa.evaluation.gate import gate, read_floors

    held = read_floors(path)
    if held is None:
        raise InputError(f"There are no floors in {path}; set them with --split {GATED_SPLIT} --write-floors.")
    problems = gate(result, held)
    for problem in problems:
        typer.echo(problem, err=True)
    _tell_changes(result, path.with_name(OUTCOMES))
    if problems:
        raise typer.Exit(1)
    typer.echo(f"All {len(held.floors)} measures hold their floors.", err=True)


def _tell_changes(result: Result, path: Path) -> None:
    from rich.console import Console

    from taqa.evaluation.outcomes import read_outcomes
    from taqa.evaluation.report import print_since

    kept = read_outcomes(path)
    if kept is None:
        typer.echo(f"There is no {path}, so gains and losses are unknown; --write-floors makes it.", err=True)
    else:
        print_since(result, kept, Console(stderr=True, highlight=False, width=None if sys.stderr.isatty() else 160))


@contextmanager
def _progress() -> Iterator[Report]:
    """Progress bars on standard error, none where that is not a terminal."""
    from rich.console import Console
    from rich.progress import Progress, TaskID

    bars = Progress(console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty())
    tasks: dict[str, TaskID] = {}

    def report(description: str, done: int, total: int) -> None:
        if description not in tasks:
            tasks[description] = bars.add_task(description, total=total)
        bars.update(tasks[description], completed=done, total=total)

    with bars:
        yield report
