"""Ways to embed: their speed and vectors beside the plain model's, and what they do to the search.

    python benchmarks/embedding_backends.py [--questions eval/questions/dev.jsonl] [--rounds 3] [--sample 96]
                                            [--threads 0] [--json FILE]

Needs an index (`taqa ingest`), and for the rows beyond torch `onnx`, `onnxruntime`, `openvino` and `nncf`, which TAQA
itself does not need; a row whose packages are missing is named and left out. All are made here from the weights that
TAQA carries:

    plain            sentence-transformers' own `encode`, torch, single precision, batches of 32
    torch            the same arithmetic; every thread has a batch of its own (so in all rows below)
    TAQA             torch, linear layers packed for oneDNN (`retrieval/encoder.py`)
    torch bf16/fp16  autocast to bfloat16; the whole model in half precision
    torch int8       linear layers quantised dynamically
    ONNX, ONNX int8  ONNX Runtime; quantised dynamically
    OpenVINO, int8   single precision; quantised by nncf, calibrated on some of the texts that are embedded
    OpenVINO bf16    as the processor has it

Speed is taken on `--sample` texts, evenly chosen by length from what an ingest of the corpus embeds, each back end in
turn in every round: medians of texts a second over plain's in the same round, by the clock and by processor time, and
of the time of a query over plain's. Vectors of all texts and all questions give the cosines to plain's, and, put into
the same search in place of plain's, retrieval on the questions as `taqa eval` measures it, with the reader and without.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from taqa import build
from taqa.assistant import Assistant
from taqa.errors import TaqaError
from taqa.evaluation import retrieval
from taqa.evaluation.questions import Case
from taqa.evaluation.questions import load as load_cases
from taqa.evaluation.run import by_file
from taqa.retrieval.dense import DenseIndex
from taqa.retrieval.encoder import BATCH, SentenceEncoder, shipped_model
from taqa.retrieval.ranking import Scores, Vectors
from taqa.retrieval.reader import Reader
from taqa.retrieval.rows import rows_of
from taqa.settings import load

MEASURES = ("success@1", "success@5", "recall@5", "mrr")
CALIBRATION = 128
"""Texts on which nncf looks for ranges."""
LONGEST = 256
"""Tokens of a text that the model reads."""
QUERIES = 12
"""Questions that are timed in each round."""
Batch = Callable[[list[str]], Vectors]
"""Some texts to unit vectors, on one thread; several threads may call it at once."""


@dataclass(frozen=True, slots=True)
class Backend:
    """One way to compute the vectors."""

    name: str
    many: Callable[[Sequence[str]], Vectors]
    one: Batch


@dataclass(frozen=True, slots=True)
class Workshop:
    """What back ends are made from: the texts, the threads, and a folder for graphs."""

    texts: Sequence[str]
    threads: int
    folder: Path


# ---- back ends


def side_by_side(batch: Batch, threads: int) -> Callable[[Sequence[str]], Vectors]:
    """Many texts, in batches of similar length, each thread on its own."""

    def many(texts: Sequence[str]) -> Vectors:
        order = sorted(range(len(texts)), key=lambda number: (len(texts[number]), number), reverse=True)
        batches = [order[start : start + BATCH] for start in range(0, len(order), BATCH)]
        with ThreadPoolExecutor(threads) as pool:
            made = list(pool.map(lambda numbers: batch([texts[number] for number in numbers]), batches))
        vectors = np.empty((len(texts), made[0].shape[1]), dtype=np.float32)
        for numbers, found in zip(batches, made, strict=True):
            vectors[numbers] = found
        return vectors

    return many


def unit(vectors: Vectors) -> Vectors:
    """Each of length 1, single precision."""
    vectors = np.asarray(vectors, dtype=np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def loaded() -> Any:  # noqa: ANN401 - a SentenceTransformer
    """The model as sentence-transformers loads it."""
    from sentence_transformers import SentenceTransformer

    return SentenceTransformer(str(shipped_model()), device="cpu", local_files_only=True).eval()


def plain(shop: Workshop) -> Backend:
    """sentence-transformers as it comes."""
    import torch

    model = loaded()

    def many(texts: Sequence[str]) -> Vectors:
        torch.set_num_threads(shop.threads)
        return unit(model.encode(list(texts), batch_size=32, normalize_embeddings=True, show_progress_bar=False))

    def one(texts: list[str]) -> Vectors:
        torch.set_num_threads(1)
        return unit(model.encode(texts, normalize_embeddings=True, show_progress_bar=False))

    return Backend("plain", many, one)


def taqa(shop: Workshop) -> Backend:
    """What TAQA does."""
    encoder = SentenceEncoder(threads=shop.threads)
    return Backend("TAQA", encoder.encode_passages, encoder.encode_queries)


def with_torch(name: str, model: Any, shop: Workshop, dtype: Any = None) -> Backend:  # noqa: ANN401
    """A torch model; `dtype`: what is cast to on the way."""
    import torch

    def batch(texts: list[str]) -> Vectors:
        torch.set_num_threads(1)
        with torch.inference_mode(), torch.autocast("cpu", dtype or torch.bfloat16, enabled=dtype is not None):
            return unit(model.forward(model.preprocess(texts))["sentence_embedding"].float().numpy())

    return Backend(name, side_by_side(batch, shop.threads), batch)


def torch_plain(shop: Workshop) -> Backend:
    return with_torch("torch", loaded(), shop)


def torch_bf16(shop: Workshop) -> Backend:
    import torch

    return with_torch("torch bf16", loaded(), shop, torch.bfloat16)


def torch_fp16(shop: Workshop) -> Backend:
    return with_torch("torch fp16", loaded().half(), shop)


def torch_int8(shop: Workshop) -> Backend:
    import torch

    quantised = torch.ao.quantization.quantize_dynamic(loaded(), {torch.nn.Linear}, dtype=torch.qint8)
    return with_torch("torch int8", quantised, shop)


def graph(shop: Workshop) -> Path:
    """The model as one ONNX graph, from tokens to unit vectors; written once."""
    import torch
    from transformers import AutoModel

    path = shop.folder / "model.onnx"
    if path.exists():
        return path

    class Embedder(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.model = AutoModel.from_pretrained(shipped_model(), local_files_only=True, attn_implementation="eager")

        def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
            states = self.model(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
            mask = attention_mask.unsqueeze(-1).float()
            return torch.nn.functional.normalize((states * mask).sum(1) / mask.sum(1).clamp(min=1e-9), dim=1)

    sample = tokens(tokenizer(), shop.texts[:2])
    names = ["input_ids", "attention_mask"]
    axes = {name: {0: "batch", 1: "tokens"} for name in names} | {"vectors": {0: "batch"}}
    with torch.inference_mode():
        torch.onnx.export(
            Embedder().eval(),
            tuple(torch.from_numpy(sample[name]) for name in names),
            str(path),
            input_names=names,
            output_names=["vectors"],
            dynamic_axes=axes,
            opset_version=17,
            dynamo=False,
        )
    return path


def tokenizer() -> Any:  # noqa: ANN401 - a tokenizers.Tokenizer
    """The model's own, set as sentence-transformers sets it."""
    from tokenizers import Tokenizer

    made = Tokenizer.from_file(str(shipped_model() / "tokenizer.json"))
    made.enable_truncation(LONGEST)
    made.enable_padding()
    return made


def tokens(made: Any, texts: Sequence[str]) -> dict[str, Any]:  # noqa: ANN401
    """What the graph takes."""
    found = made.encode_batch(list(texts))
    return {
        "input_ids": np.array([each.ids for each in found], dtype=np.int64),
        "attention_mask": np.array([each.attention_mask for each in found], dtype=np.int64),
    }


def with_onnx(name: str, path: Path, shop: Workshop) -> Backend:
    """A graph in ONNX Runtime."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    made = tokenizer()

    def batch(texts: list[str]) -> Vectors:
        return unit(session.run(None, tokens(made, texts))[0])

    return Backend(name, side_by_side(batch, shop.threads), batch)


def onnx_plain(shop: Workshop) -> Backend:
    return with_onnx("ONNX", graph(shop), shop)


def onnx_int8(shop: Workshop) -> Backend:
    from onnxruntime.quantization import QuantType, quantize_dynamic

    path = shop.folder / "model.int8.onnx"
    quantize_dynamic(graph(shop), path, weight_type=QuantType.QInt8)
    return with_onnx("ONNX int8", path, shop)


def with_openvino(name: str, model: Any, shop: Workshop, precision: str) -> Backend:  # noqa: ANN401
    """A graph in OpenVINO, as many streams as threads."""
    import openvino

    hints = {
        "INFERENCE_PRECISION_HINT": precision,
        "INFERENCE_NUM_THREADS": shop.threads,
        "NUM_STREAMS": shop.threads,
    }
    compiled = openvino.Core().compile_model(model, "CPU", hints)
    made = tokenizer()

    def batch(texts: list[str]) -> Vectors:
        return unit(compiled.create_infer_request().infer(tokens(made, texts))[0])

    return Backend(name, side_by_side(batch, shop.threads), batch)


def openvino_plain(shop: Workshop) -> Backend:
    import openvino

    return with_openvino("OpenVINO", openvino.Core().read_model(graph(shop)), shop, "f32")


def openvino_bf16(shop: Workshop) -> Backend:
    import openvino

    return with_openvino("OpenVINO bf16", openvino.Core().read_model(graph(shop)), shop, "bf16")


def openvino_int8(shop: Workshop) -> Backend:
    import nncf
    import openvino

    model, made = openvino.Core().read_model(graph(shop)), tokenizer()
    shown = [tokens(made, [text]) for text in evenly(shop.texts, CALIBRATION)]
    quantised = nncf.quantize(model, nncf.Dataset(shown), model_type=nncf.ModelType.TRANSFORMER, subset_size=len(shown))
    return with_openvino("OpenVINO int8", quantised, shop, "f32")


MAKERS: dict[str, Callable[[Workshop], Backend]] = {
    "plain": plain,
    "torch": torch_plain,
    "TAQA": taqa,
    "torch bf16": torch_bf16,
    "torch fp16": torch_fp16,
    "torch int8": torch_int8,
    "ONNX": onnx_plain,
    "ONNX int8": onnx_int8,
    "OpenVINO": openvino_plain,
    "OpenVINO bf16": openvino_bf16,
    "OpenVINO int8": openvino_int8,
}


def backends(shop: Workshop) -> list[Backend]:
    """All that can be made here."""
    made: list[Backend] = []
    for name, make in MAKERS.items():
        try:
            made.append(make(shop))
        except ImportError as error:
            print(f"{name} is left out: {error}.")
    return made


# ---- speed


def evenly(texts: Sequence[str], count: int) -> list[str]:
    """Some of the texts, evenly by length."""
    ordered = sorted(texts, key=len)
    return ordered[:: max(1, len(ordered) // count)][:count]


def speeds(made: Sequence[Backend], texts: Sequence[str], queries: Sequence[str], rounds: int) -> dict[str, Any]:
    """Name -> ratios to plain: by the clock, of processor time, of a query's time; each the median of the rounds."""
    walls: dict[str, list[float]] = {each.name: [] for each in made}
    cpus: dict[str, list[float]] = {each.name: [] for each in made}
    asked: dict[str, list[float]] = {each.name: [] for each in made}
    for _ in range(rounds):
        for each in made:
            wall, cpu = time.perf_counter(), time.process_time()
            each.many(texts)
            walls[each.name].append(time.perf_counter() - wall)
            cpus[each.name].append(time.process_time() - cpu)
        for each in made:
            each.one([queries[0]])
            asked[each.name].append(statistics.median(query_times(each, queries)))
    return {
        name: {
            "throughput": over(walls["plain"], walls[name]),
            "per processor second": over(cpus["plain"], cpus[name]),
            "query": over(asked[name], asked["plain"]),
            "texts a second": round(len(texts) / statistics.median(walls[name]), 1),
            "query ms": round(1000 * statistics.median(asked[name]), 2),
        }
        for name in walls
    }


def query_times(backend: Backend, queries: Sequence[str]) -> list[float]:
    """Seconds of each query."""
    spent: list[float] = []
    for query in queries:
        started = time.perf_counter()
        backend.one([query])
        spent.append(time.perf_counter() - started)
    return spent


def over(above: Sequence[float], below: Sequence[float]) -> float:
    """The median of the ratios, round by round."""
    return round(statistics.median(one / other for one, other in zip(above, below, strict=True)), 2)


# ---- quality


class Remembering:
    """A reader that reads the same passage for the same question once: only the vectors differ between back ends."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._known: dict[tuple[str, str], float] = {}

    @property
    def identity(self) -> str:
        return self._reader.identity

    def read(self, question: str, passages: Sequence[str]) -> Scores:
        unread = [each for each in dict.fromkeys(passages) if (question, each) not in self._known]
        if unread:
            found = self._reader.read(question, unread).tolist()
            self._known.update({(question, each): score for each, score in zip(unread, found, strict=True)})
        return np.array([self._known[question, each] for each in passages], dtype=np.float32)


@dataclass(frozen=True, slots=True)
class Queries:
    """An encoder of questions, by one of the back ends."""

    backend: Backend

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        return self.backend.one(list(texts))


def swapped(held: Assistant, backend: Backend, vectors: Mapping[str, Vectors], reader: Reader | None) -> Assistant:
    """The assistant with the vectors of a back end in place of its own: rows, words and the rest stay."""
    searcher = held.searcher
    texts = [row.dense_text for document in searcher.index.documents for row in rows_of(document)]
    rows = [number for number, text in enumerate(texts) if text]
    dense = DenseIndex.build(np.stack([vectors[texts[number]] for number in rows]), rows)
    return replace(held, searcher=replace(searcher, encoder=Queries(backend), dense=dense, reader=reader))


def quality(held: Assistant, cases: Sequence[Case]) -> dict[str, float]:
    """Means of the measures of retrieval over the questions that have an answer."""
    corpus = by_file(held.documents)
    judged = {case.id: retrieval.judge(case, corpus) for case in cases if case.answerable}
    ranked: dict[str, tuple[str, ...]] = {}
    for case in cases:
        if case.id in judged:
            text = held.ask(case.asked()).interpreted_question if case.history else case.question
            ranked[case.id] = retrieval.ranking(held.search(text, retrieval.DEPTH, ()))
    found = retrieval.measure(ranked, judged)
    return {name: round(statistics.fmean(row[name] for row in found.values()), 4) for name in MEASURES}


def compare(questions: Path, rounds: int, sample: int, threads: int, folder: Path) -> dict[str, Any]:
    """Everything about every back end."""
    settings = load()
    held, cases = build.assistant(settings), load_cases(questions, "all")
    rows = [row.dense_text for document in held.documents for row in rows_of(document)]
    texts = list(dict.fromkeys(text for text in rows if text))
    shop = Workshop(texts, threads, folder)
    made = backends(shop)
    asked = [case.question for case in cases]
    spent = speeds(made, evenly(texts, sample), evenly(asked, QUERIES), rounds)
    reader = Remembering(held.searcher.reader) if held.searcher.reader else None
    table: dict[str, Any] = {}
    reference: Vectors | None = None
    for each in made:
        vectors = each.many(texts)
        queries = np.concatenate([each.one([text]) for text in asked])
        both = np.concatenate([vectors, queries])
        reference = both if reference is None else reference
        cosines = (both * reference).sum(axis=1)
        known = dict(zip(texts, vectors, strict=True))
        row: dict[str, Any] = {**spent[each.name], "cosine mean": round(float(cosines.mean()), 6)}
        row["cosine min"] = round(float(cosines.min()), 6)
        for name, reads in (("read", reader), ("not read", None)):
            if name == "not read" or reads is not None:
                row[name] = quality(swapped(held, each, known, reads), cases)
        table[each.name] = row
    return {"texts": len(texts), "questions": len(cases), "threads": threads, "rounds": rounds, "back ends": table}


def show(result: Mapping[str, Any]) -> None:
    """The result as the table of a Markdown page; measures beside plain's."""
    kinds = [kind for kind in ("not read", "read") if kind in result["back ends"]["plain"]]
    heads = [f"{name} ({'with' if kind == 'read' else 'no'} reader)" for kind in kinds for name in MEASURES]
    columns = ("back end", "throughput", "per processor second", "query time", "cosine mean", "cosine min", *heads)
    print(" | ".join(f"{key} {result[key]}" for key in ("texts", "questions", "threads", "rounds")), "\n")
    print("| " + " | ".join(columns) + " |")
    print("|---" * len(columns) + "|")
    first = result["back ends"]["plain"]
    for name, row in result["back ends"].items():
        cells = [f"{row[key]:.2f}" for key in ("throughput", "per processor second", "query")]
        cells += [f"{row[key]:.5f}" for key in ("cosine mean", "cosine min")]
        for kind in kinds:
            for measure in MEASURES:
                change = row[kind][measure] - first[kind][measure]
                cells.append(f"{row[kind][measure]:.3f}" if name == "plain" else f"{change:+.3f}")
        print(f"| {name} | " + " | ".join(cells) + " |")
    print()
    for name, row in result["back ends"].items():
        print(f"{name:16} {row['texts a second']:8} texts a second {row['query ms']:8} ms a query")


def main() -> None:
    parser = argparse.ArgumentParser(description="Ways to embed: speed, vectors, and what the search makes of them.")
    parser.add_argument("--questions", type=Path, default=Path("eval/questions/dev.jsonl"))
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--sample", type=int, default=96, help="texts that are timed")
    parser.add_argument("--threads", type=int, default=0, help="0: one for each core")
    parser.add_argument("--json", type=Path, help="also write the result to this file")
    options = parser.parse_args()
    threads = options.threads or os.cpu_count() or 1
    with tempfile.TemporaryDirectory(prefix="taqa-backends-") as name:
        try:
            result = compare(options.questions, max(1, options.rounds), options.sample, threads, Path(name))
        except TaqaError as error:
            raise SystemExit(str(error)) from error
    show(result)
    if options.json:
        options.json.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
