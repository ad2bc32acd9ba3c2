"""How much of a whole ingest is the encoder's own work.

    python benchmarks/ingest_speed.py [PATH ...] [--files 60] [--kb 400] [--rounds 5] [--threads 0]
                                      [--own-only] [--json FILE]

PATHs are documents or folders of them (default: `corpus`); of a folder, `--files` are taken evenly by name out of those
of at most `--kb` KiB. They are copied into a corpus of their own. Then, in turn and in one run,

    whole   what `taqa ingest` does with that corpus and a new index folder: files opened and hashed, parsed in
            a process of their own, embedded, indexed by words, written and synced
    plain   `SentenceTransformer.encode` of the texts that this ingest embeds, each of them once: the model as
            sentence-transformers loads it, in batches as it sorts them, of the size that is fastest here
    own     the same texts through TAQA's encoder alone

Models are loaded before. Printed are the medians of seconds and of the ratios within each round: the part of the whole
that encoding alone would take. `plain / whole` may be above 1 where TAQA's encoder is faster than the plain one. The
processor's time is beside them, children's included: it says the same where other work disturbs the clock. `--own-only`
leaves the plain encoder out, which takes longest by far; the ratio to TAQA's own is the harder one.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import resource
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from taqa import build
from taqa.domain import Document
from taqa.errors import TaqaError
from taqa.library.index import BuildReport
from taqa.retrieval.encoder import SentenceEncoder, shipped_model
from taqa.retrieval.indexing import build_index, open_index
from taqa.retrieval.rows import RECIPE, rows_of
from taqa.settings import Settings, load

BATCHES = (16, 32, 64)
"""Sizes that the plain encoder may choose from."""
TRIAL = 96
"""Texts, taken evenly, on which it chooses."""
READABLE = (".txt", ".md", ".pdf", ".docx", ".html", ".odt", ".xml")


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds of one piece of work: by the clock, and of all processors."""

    wall: float
    cpu: float


def timed(work: Callable[[], object]) -> Spent:
    """What some work takes."""
    wall, cpu = time.perf_counter(), processor()
    work()
    return Spent(time.perf_counter() - wall, processor() - cpu)


def processor() -> float:
    """Processor time of this process and of the children that have ended."""
    usages = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def chosen(paths: Sequence[Path], files: int, kb: int) -> list[Path]:
    """The documents that are named, and of each folder some, evenly by name."""
    found: list[Path] = []
    for path in paths:
        if path.is_file():
            found.append(path)
            continue
        inside = sorted(each for each in path.rglob("*") if each.is_file() and each.suffix.lower() in READABLE)
        small = [each for each in inside if each.stat().st_size <= kb * 1024]
        step = max(1.0, len(small) / max(1, files))
        found += [small[int(number * step)] for number in range(min(files, len(small)))]
    if not found:
        raise SystemExit("There is no document in what was named; name files or folders of documents.")
    return found


def copied(documents: Sequence[Path], folder: Path) -> None:
    """The documents in one folder, under names that differ."""
    folder.mkdir()
    for number, path in enumerate(documents):
        shutil.copyfile(path, folder / f"{number:03}_{path.name}")


def embedded_texts(documents: Sequence[Document]) -> list[str]:
    """The texts that an ingest of these documents embeds, each once."""
    return list(dict.fromkeys(row.dense_text for each in documents for row in rows_of(each) if row.dense_text))


class Plain:
    """The model as anyone would use it."""

    def __init__(self, threads: int) -> None:
        from sentence_transformers import SentenceTransformer

        self._model = SentenceTransformer(str(shipped_model()), device="cpu", local_files_only=True)
        self._threads = threads
        self.batch = 32

    def choose(self, texts: Sequence[str]) -> None:
        """Take the batch size that encodes some of the texts in the shortest time, the better of two."""
        trial = list(texts[:: max(1, len(texts) // TRIAL)])
        spent: dict[int, float] = {}
        for size in BATCHES * 2:
            self.batch = size
            spent[size] = min(timed(lambda: self.encode(trial)).wall, spent.get(size, math.inf))
        self.batch = min(BATCHES, key=lambda size: spent[size])

    def encode(self, texts: Sequence[str]) -> None:
        """Vectors of all texts, thrown away."""
        import torch

        torch.set_num_threads(self._threads)
        self._model.encode(list(texts), batch_size=self.batch, normalize_embeddings=True, show_progress_bar=False)


class Stages:
    """When each stage of an ingest was last heard of, in seconds since it began."""

    def __init__(self) -> None:
        self._begun = time.perf_counter()
        self.ended: dict[str, float] = {}

    def __call__(self, description: str, _done: int, _total: int) -> None:
        self.ended[description] = time.perf_counter() - self._begun


@dataclass(frozen=True, slots=True)
class Round:
    """What the same documents took, each way; `stages` are the whole's."""

    whole: Spent
    plain: Spent | None
    own: Spent
    stages: dict[str, float]


def ingest(settings: Settings, encoder: SentenceEncoder, index: Path, stages: Stages) -> BuildReport:
    """A whole ingest as `build.ingest` makes it, with an encoder that is loaded."""
    with build.sandbox(settings) as parser:
        made = build.material(build.corpus(settings), parser.read)
        return build_index(made, encoder, index, stages)


def measure(settings: Settings, folder: Path, rounds: int, own_only: bool) -> dict[str, object]:
    """All rounds over one corpus."""
    threads = settings.threads or os.cpu_count() or 1
    encoder, plain = SentenceEncoder(threads=threads), None if own_only else Plain(threads)
    encoder.warm()
    report = ingest(settings, encoder, folder / "first", Stages())
    documents = open_index(folder / "first", encoder, RECIPE).index.documents
    texts = embedded_texts(documents)
    if len(texts) != report.embedded:
        raise SystemExit(f"The ingest embedded {report.embedded} texts, not {len(texts)}: this script is out of date.")
    if plain:
        plain.choose(texts)
    spent = [one_round(settings, encoder, plain, texts, folder / f"index{number}") for number in range(rounds)]
    return {
        "documents": len(documents),
        "not read": len(report.failed),
        "units": sum(len(each.units) for each in documents),
        "texts embedded": len(texts),
        "characters embedded": sum(map(len, texts)),
        "threads": threads,
        "batch of the plain encoder": plain.batch if plain else "left out",
        "rounds": rounds,
        **summary(spent),
    }


def one_round(
    settings: Settings, encoder: SentenceEncoder, plain: Plain | None, texts: list[str], index: Path
) -> Round:
    """Each way once."""
    own = timed(lambda: encoder.encode_passages(texts))
    stages = Stages()
    whole = timed(lambda: ingest(settings, encoder, index, stages))
    shutil.rmtree(index)
    bare = timed(lambda: plain.encode(texts)) if plain else None
    return Round(whole, bare, own, stages.ended)


def summary(spent: Sequence[Round]) -> dict[str, object]:
    """Medians of seconds, and of the ratios round by round."""
    found: dict[str, object] = {}
    bare = ("own",) if spent[0].plain is None else ("plain", "own")
    for name in ("whole", *bare):
        kept = [getattr(each, name) for each in spent]
        found[f"{name} seconds"] = round(statistics.median(each.wall for each in kept), 2)
        found[f"{name} processor seconds"] = round(statistics.median(each.cpu for each in kept), 2)
    for stage in spent[0].stages:
        found[f"{stage} ended after"] = round(statistics.median(each.stages[stage] for each in spent), 2)
    for name in bare:
        pairs = [(getattr(each, name), each.whole) for each in spent]
        found[f"{name} / whole"] = round(statistics.median(part.wall / all_.wall for part, all_ in pairs), 3)
        found[f"{name} / whole, processor"] = round(statistics.median(part.cpu / all_.cpu for part, all_ in pairs), 3)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description="How much of a whole ingest is the encoder's own work.")
    parser.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="documents or folders; default: corpus")
    parser.add_argument("--files", type=int, default=60, help="documents taken of each folder")
    parser.add_argument("--kb", type=int, default=400, help="largest document taken of a folder, in KiB")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--threads", type=int, default=0, help="threads of both encoders; 0: one for each core")
    parser.add_argument("--own-only", action="store_true", help="leave the plain encoder out")
    parser.add_argument("--json", type=Path, help="also write the result to this file")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="taqa-ingest-speed-") as name:
        folder = Path(name)
        copied(chosen(options.paths or [Path("corpus")], options.files, options.kb), folder / "corpus")
        try:
            settings = load(corpus=folder / "corpus", threads=options.threads)
            result = measure(settings, folder, max(1, options.rounds), options.own_only)
        except TaqaError as error:
            raise SystemExit(str(error)) from error
    for label, value in result.items():
        print(f"{label:32} {value}")
    if options.json:
        options.json.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
