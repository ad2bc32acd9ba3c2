"""Prints a result for people: tables of measures with their intervals, and lists of what changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.console import Console
from rich.table import Table

from taqa.evaluation.bootstrap import Estimate
from taqa.evaluation.compare import Change
from taqa.evaluation.measures import MEASURES, Summary
from taqa.evaluation.outcomes import Kept, changes_since, moved, unfit
from taqa.evaluation.result import Result
from taqa.evaluation.selective import Point, calibration_error
from taqa.evaluation.sets_result import SetResult

COLUMNS = {
    "success@5": "top 5",
    "recall@5": "all gold in top 5",
    "mrr": "MRR",
    "citation_recall": "gold cited",
    "citation_precision_all": "citations right",
    "fact_recall": "facts",
    "fully_right": "fully right",
    "refusal_recall": "refused",
    "words_per_answer": "words",
}
"""Measures of the tables by type and by document, with their headings."""
COUNTS = ("citations_per_answer", "words_per_answer", "ms")


def print_result(result: Result, console: Console) -> None:
    """Prints the measures of `result`, the same by type and by document, refusals by kind, what the confidence is
    worth."""
    made = result.made
    changed = " with uncommitted changes" if made.changed else ""
    console.print(f"{result.count} questions ({made.split}), commit {made.commit}{changed}")
    console.print(f"corpus {made.corpus[:12]}, questions {made.questions[:12]}, index {made.index[:12]}")
    console.print(_measures(result.measures))
    console.print(_groups("By type", "type", result.by_type, _sizes(result, "type")))
    console.print(_groups("By document", "document", result.by_document, _document_sizes(result)))
    if result.by_kind:
        console.print(_kinds(result.by_kind))
    _print_confidence(result, console)
    for row in result.rows:
        for fault in row["faults"]:
            console.print(f"unfaithful quotation: {row['id']}, {fault}", markup=False)


def print_set(result: SetResult, console: Console) -> None:
    """Prints what was measured on a question set of others."""
    changed = " with uncommitted changes" if result.changed else ""
    sample = "" if result.questions == result.of else f", a sample of {result.of}"
    console.print(
        f"{result.set} ({result.split}): {result.questions} questions{sample}, "
        f"{result.unanswerable} of them unanswerable, over {result.passages} passages; commit {result.commit}{changed}",
        markup=False,
    )
    console.print(f"encoder {result.encoder}, reader {result.reader}, {result.seconds:.0f} s", markup=False)
    table = Table("measure", "value", "interval", "n", title="Measures (95 % bootstrap interval)", title_justify="left")
    for name, value in result.measures.items():
        table.add_row(name, f"{value.value:.3f}", f"{value.low:.3f}-{value.high:.3f}", str(value.n))
    console.print(table)
    if result.refusal:
        refusal, kept = result.refusal, result.refusal.at_kept
        console.print(f"AUROC of the confidence {refusal.auroc:.3f}")
        console.print(
            f"unanswerable refused {kept.refused:.3f} with {kept.kept:.3f} of the answerable kept "
            f"(threshold {kept.confidence:.3f})"
        )
        console.print(
            f"as shipped: unanswerable refused {refusal.unanswerable_refused:.3f}, "
            f"answerable kept {refusal.answerable_kept:.3f}"
        )
    _print_risk(result.risk_coverage, console)


def print_since(result: Result, kept: Kept, console: Console) -> None:
    """Prints which questions were gained and lost since the outcomes that are kept, and which measures moved."""
    why = unfit(result, kept)
    if why:
        console.print(why)
        return
    print_changes(changes_since(result, kept), console, f"Since the floors were set, at commit {kept.commit}")
    told = ", ".join(f"{each.name} {each.before:.3f} -> {each.now:.3f}" for each in moved(result, kept))
    console.print(f"measures that moved: {told or 'none'}", markup=False)


def print_changes(changes: Sequence[Change], console: Console, title: str = "Against the baseline") -> None:
    """Prints how many questions each outcome gained and lost, and which."""
    table = Table("outcome", "gained", "lost", title=title, title_justify="left")
    for change in changes:
        table.add_row(change.outcome, _ids(change.gained), _ids(change.lost))
    console.print(table)


def _measures(summary: Summary) -> Table:
    table = Table(title="Measures (95 % bootstrap interval)", title_justify="left")
    table.add_column("measure")
    table.add_column("value", justify="right")
    table.add_column("interval", justify="right")
    table.add_column("n", justify="right")
    table.add_column("what it says")
    for name, value in summary.items():
        digits = 1 if name in COUNTS else 3
        interval = f"{value.low:.{digits}f}-{value.high:.{digits}f}"
        table.add_row(name, f"{value.value:.{digits}f}", interval, str(value.n), MEASURES[name][0])
    return table


def _groups(title: str, first: str, groups: Mapping[str, Summary], sizes: Mapping[str, int]) -> Table:
    table = Table(title=title, title_justify="left")
    table.add_column(first)
    table.add_column("n", justify="right")
    for heading in COLUMNS.values():
        table.add_column(heading, justify="right")
    for name, summary in groups.items():
        table.add_row(name, str(sizes[name]), *(_cell(summary, measure) for measure in COLUMNS))
    return table


def _kinds(kinds: Mapping[str, Estimate]) -> Table:
    table = Table(title="Unanswerable questions by kind", title_justify="left")
    table.add_column("kind")
    for heading in ("n", "refused", "share", "interval"):
        table.add_column(heading, justify="right")
    for kind, value in kinds.items():
        interval = f"{value.low:.2f}-{value.high:.2f}"
        table.add_row(kind, str(value.n), str(round(value.value * value.n)), f"{value.value:.2f}", interval)
    return table


def _print_confidence(result: Result, console: Console) -> None:
    """Prints the shares that were quoted rightly first, of the surest questions and by confidence."""
    _print_risk(result.risk_coverage, console)
    parts = ", ".join(
        f"{each.low:.1f}-{each.high:.1f}: {each.confidence:.2f} / {each.right:.2f} ({each.n})"
        for each in result.calibration
    )
    console.print(f"confidence / right, by confidence: {parts}")
    console.print(f"expected calibration error {calibration_error(result.calibration):.3f}")


def _print_risk(points: Sequence[Point], console: Console) -> None:
    told = ", ".join(f"{point.coverage:.2f}: {point.risk:.3f}" for point in points)
    console.print(f"risk by coverage: {told}")


def _cell(summary: Summary, measure: str) -> str:
    value = summary.get(measure)
    if value is None:
        return "-"
    return f"{value.value:.1f}" if measure in COUNTS else f"{value.value:.2f}"


def _sizes(result: Result, field: str) -> dict[str, int]:
    return {name: sum(row[field] == name for row in result.rows) for name in result.by_type}


def _document_sizes(result: Result) -> dict[str, int]:
    return {doc: sum(doc in row["docs"] for row in result.rows) for doc in result.by_document}


def _ids(ids: Sequence[str]) -> str:
    return f"{len(ids)}: {', '.join(ids)}" if ids else "0"
