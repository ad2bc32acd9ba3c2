"""Malformed, odd and mutilated files through the reader: `python eval/hostile.py DATA [--mutants N] [--only WORD]`.

DATA holds folders of files (`hostile/pdf`, `pdf`, `docx`, `treaties` where they are). Every file is read as `taqa
ingest` reads it: in a process of its own, within the limits of the settings, and so are the texts among them as HTML,
OpenDocument and Akoma Ntoso. Then mutants are made of those that were good, by a seed. It prints the verdicts, what
went wrong in a way that nobody wrote down (exceptions that escaped, faults inside the reader, characters lost or owned
twice), the time and memory that reading took, and whether an index is the same after an ingest over the failed ones.
Exit code 1 where something escaped, hung or changed the index.
"""

from __future__ import annotations

import argparse
import random
import resource
import sys
import tempfile
import time
import traceback
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from mutants import Sample, dressed, mutants

from taqa import build
from taqa.errors import Unreadable
from taqa.ingest.formats import PLAIN_SUFFIXES, SUFFIXES
from taqa.ingest.proofs import conservation
from taqa.ingest.sandbox import Sandbox
from taqa.ingest.verdicts import Verdict, judged, verdict_of
from taqa.library.generations import open_current
from taqa.settings import Settings, load

FOLDERS = ("hostile/pdf", "pdf", "docx", "treaties")
SLACK = 5.0
"""Seconds above the limit that starting and ending a process may take."""
SMALL = 1 << 19
"""Bytes: mutants are made of files no larger."""
KEPT = 200
"""Failed files of each kind that the index is tried with."""


@dataclass
class Tally:
    """What came of the files of one source."""

    verdicts: Counter[str] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    slowest: str = ""
    escaped: list[str] = field(default_factory=list)
    hung: list[str] = field(default_factory=list)
    unsound: list[str] = field(default_factory=list)
    good: list[Sample] = field(default_factory=list)
    failed: list[Sample] = field(default_factory=list)


def files(data: Path, only: str) -> Iterator[tuple[str, Sample]]:
    """Every file below the folders whose suffix is read, with the folder it belongs to."""
    for folder in FOLDERS:
        for path in sorted((data / folder).rglob("*")):
            if path.is_file() and path.suffix.lower() in SUFFIXES and only in str(path):
                group = "/".join(path.relative_to(data).parent.parts[:3])
                sample = Sample(path.name, path.read_bytes())
                yield group, sample
                if sample.suffix in PLAIN_SUFFIXES:
                    yield from ((f"{group} as {made.suffix}", made) for made in dressed(sample))


def read(sandbox: Sandbox, sample: Sample, tally: Tally, limit: float) -> None:
    started = time.monotonic()
    document = None
    try:
        document = sandbox.parse(sample.name, sample.data)
        verdict = judged(document, sample.name).verdict
    except Unreadable as error:
        verdict = verdict_of(error)
    except Exception:  # noqa: BLE001 - what escapes is what this script looks for
        tally.escaped.append(f"{sample.name}: {traceback.format_exc(limit=-1)}")
        return
    seconds = time.monotonic() - started
    if not tally.seconds or seconds > max(tally.seconds):
        tally.slowest = sample.name
    tally.seconds.append(seconds)
    tally.verdicts[verdict] += 1
    if seconds > 2 * limit + SLACK:  # a used worker may be given up and the file tried again
        tally.hung.append(f"{sample.name}: {seconds:.1f} s")
    proof = conservation(document) if document else None
    if proof and (proof.lost or proof.doubled):
        tally.unsound.append(f"{sample.name}: {len(proof.lost)} stretches lost, {len(proof.doubled)} owned twice")
    keep = tally.good if verdict in (Verdict.INDEXED, Verdict.PARTIAL) else tally.failed
    keep.append(sample)


def through(settings: Settings, samples: Iterable[tuple[str, Sample]]) -> tuple[dict[str, Tally], Sandbox]:
    tallies: dict[str, Tally] = defaultdict(Tally)
    with build.sandbox(settings) as sandbox:
        for number, (group, sample) in enumerate(samples):
            read(sandbox, sample, tallies[group], settings.parse_seconds)
            if number % 100 == 99:
                print(f"  ... {number + 1} files", file=sys.stderr, flush=True)
    return tallies, sandbox


def show(tallies: dict[str, Tally], sandbox: Sandbox) -> None:
    columns = [str(verdict) for verdict in Verdict]
    print(f"{'':32}" + "".join(f"{column:>12}" for column in columns) + f"{'median s':>10}{'max s':>8}  slowest")
    for group, tally in tallies.items():
        times = sorted(tally.seconds) or [0.0]
        counts = "".join(f"{tally.verdicts[column]:>12}" for column in columns)
        print(f"{group:32}{counts}{times[len(times) // 2]:>10.3f}{times[-1]:>8.2f}  {tally.slowest}")
    ended = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // (1 << 20 if sys.platform == "darwin" else 1 << 10)
    print(f"peak memory of the parser: {max(sandbox.peak_mb, ended)} MiB")
    for name in ("escaped", "hung", "unsound"):
        found = [each for tally in tallies.values() for each in getattr(tally, name)]
        print(f"{name}: {len(found)}")
        print("".join(f"  {each}\n" for each in found), end="")
    print(f"faults inside the reader: {len(sandbox.faults)}")
    for fault, count in Counter(each.partition(": ")[2] for each in sandbox.faults).most_common(40):
        example = next(each for each in sandbox.faults if each.endswith(fault)).partition(": ")[0]
        print(f"  {count:>4} {fault} (for example {example})")


def index_stays(settings: Settings, failed: Sequence[Sample]) -> bool:
    """Whether an ingest over failed files, new ones and one in a good one's place, leaves documents and vectors."""
    with tempfile.TemporaryDirectory() as folder:
        corpus = Path(folder) / "corpus"
        corpus.mkdir()
        texts = {f"good{n}.txt": f"1. Paper {n} is whole.\n\n2. It stays as it was.\n" for n in range(5)}
        for name, text in texts.items():
            (corpus / name).write_text(text, "utf-8")
        chosen = settings.model_copy(update={"corpus": corpus, "index": Path(folder) / "index"})
        build.ingest(chosen)
        before = kept(chosen)
        for number, sample in enumerate(failed):
            (corpus / f"bad{number:04}{sample.suffix}").write_bytes(sample.data)
        (corpus / "good2.txt").write_bytes(b"\x00 torn")
        report = build.ingest(chosen)
        print(f"index over {len(failed)} failed files: {Counter(str(each.verdict) for each in report.verdicts)}")
        return kept(chosen) == before


def kept(settings: Settings) -> dict[str, str]:
    """Hashes of the documents, rows and vectors of an index."""
    held = open_current(settings.index_dir).manifest.files
    return {name: record.sha256 for name, record in held.items() if not name.startswith("lexical/")}


def main() -> int:
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n\n")[0])
    options.add_argument("data", type=Path)
    options.add_argument("--mutants", type=int, default=2000)
    options.add_argument("--seed", type=int, default=3)
    options.add_argument("--only", default="", help="files whose path holds this word")
    options.add_argument("--sample", type=int, default=0, help="so many files, chosen by the seed, instead of all")
    given = options.parse_args()
    settings = load()
    found = list(files(given.data, given.only))
    if not found:
        print(f"No file to read below {given.data}: it needs one of {', '.join(FOLDERS)}.", file=sys.stderr)
        return 2
    if given.sample:
        found = random.Random(given.seed).sample(found, min(given.sample, len(found)))
    tallies, sandbox = through(settings, found)
    print(f"{len(found)} files, at most {settings.parse_seconds} s and {settings.parse_memory_mb} MiB each")
    show(tallies, sandbox)
    everything = list(tallies.values())
    good = [each for tally in everything for each in tally.good if len(each.data) <= SMALL]
    if given.mutants and good:
        made = (("mutants of " + sample.suffix, sample) for sample in mutants(good, given.mutants, given.seed))
        worse, second = through(settings, made)
        print(f"\n{given.mutants} mutants of {len(good)} good files, seed {given.seed}")
        show(worse, second)
        everything += worse.values()
    failed = [each for tally in everything for each in tally.failed]
    chosen = random.Random(given.seed).sample(failed, min(KEPT, len(failed)))
    same = index_stays(settings, chosen)
    print(f"index identical for the failed ones: {'yes' if same else 'NO'}")
    broken = [each for tally in everything for each in (*tally.escaped, *tally.hung)]
    return 1 if broken or not same else 0


if __name__ == "__main__":
    sys.exit(main())
