"""A process that writes the index in FOLDER over and over, each time of another corpus, until it is killed.

    python writer.py FOLDER SEED

Says "ready" when all is imported and the first build is about to begin, and "built" after each build.
"""

from __future__ import annotations

import itertools
import random
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from taqa.errors import IndexBusy
from taqa.retrieval.indexing import build_index
from tests.fakes import HashingEncoder, make_material

WORDS = "mercury lead waste training customs officers technical assistance mechanism parties releases fund".split()
CONSTANT = {"constant.txt": "the paper that every corpus holds\n"}


def corpus(source: random.Random) -> dict[str, str]:
    """One constant paper and some of random words."""
    texts = {
        f"paper{number}.txt": "\n".join(" ".join(source.choices(WORDS, k=12)) for _ in range(source.randint(1, 30)))
        for number in range(source.randint(1, 6))
    }
    return CONSTANT | texts


def main(folder: Path, seed: int) -> None:
    source = random.Random(seed)
    encoder = HashingEncoder()
    print("ready", flush=True)
    for _ in itertools.count():
        try:
            build_index(make_material(corpus(source)), encoder, folder)
        except IndexBusy:
            continue
        print("built", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
