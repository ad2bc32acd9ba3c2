"""Train the reader: question and passage read together, one score for whether the passage answers.

    python training/train_reader.py --data DIR --out DIR [--threads N] [--minutes M]

Starts from the embedding weights that TAQA carries and learns from `groups.py`, in the last two of four passes also
from our own questions (`own.py`). The loss is the softmax over the scores of a right passage, the wrong ones of its
group and a score of 0 that stands for "none of these": so scores rank passages, and their sign says whether the
question is answered at all. Everything is seeded; the run prints its losses, and writes
`reader.safetensors`, which goes to `src/taqa/retrieval/weights/` with its hash in `src/taqa/retrieval/reader.py`.
"""

from __future__ import annotations

import argparse
import hashlib
import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import torch
from descent import descend, take_mean, weights_of
from groups import Group, read_groups
from own import HELD_DOCUMENTS, QUESTIONS, WORDINGS, own_groups
from safetensors.torch import load as deserialize
from safetensors.torch import save as serialize
from transformers import AutoModel, AutoTokenizer, PreTrainedTokenizerBase

from taqa.retrieval.encoder import shipped_model

AMOUNTS = {
    "squad": 18000,
    "conditionalqa": 2300,
    "qed_nq": 1300,
    "cuad": 1000,
    "covidqa": 1000,
    "policyqa": 1000,
    "contractnli": 900,
    "condaqa": 600,
    "wice": 600,
}
FURTHER = {
    "squad": 14000,
    "squad2": 5000,
    "conditionalqa": 2300,
    "policyqa": 2000,
    "covidqa": 1380,
    "qed_nq": 1300,
    "contractnli": 900,
    "cuad": 800,
    "condaqa": 600,
    "wice": 600,
}
AGAIN = {"squad": 1800, "squad2": 900, "conditionalqa": 500, "qed_nq": 400, "contractnli": 200, "wice": 200}
"""Of the public sets beside our own questions, so that it forgets none of them."""
HARDEST = 7
"""Wrong passages of our own questions: those that the weights before the pass score highest."""
TOKENS = 160
BATCH = 64
"""Passages a step."""
RATE, FURTHER_RATE = 1e-4, 5e-5
WARM = 0.06
SEED = 20261121
HELD = 400
"""Groups that are judged on, not trained on."""


class Reader(torch.nn.Module):
    """The encoder and a linear score over its first token."""

    def __init__(self) -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(
            shipped_model(),
            local_files_only=True,
            add_pooling_layer=False,
            attention_probs_dropout_prob=0.0,
            hidden_dropout_prob=0.0,
        )
        self.score = torch.nn.Linear(self.encoder.config.hidden_size, 1)
        torch.nn.init.normal_(self.score.weight, std=0.02)
        torch.nn.init.zeros_(self.score.bias)
        self.encoder.embeddings.word_embeddings.weight.requires_grad_(False)

    def take(self, weights: Path) -> None:
        """Go on from weights that `save` wrote."""
        state = {name: value.float() for name, value in deserialize(weights.read_bytes()).items()}
        named = {name if name.startswith("score.") else f"encoder.{name}": value for name, value in state.items()}
        missing, unknown = self.load_state_dict(named, strict=False)
        if unknown or missing != ["encoder.embeddings.word_embeddings.weight"]:
            raise SystemExit(f"{weights} has not the weights of a reader.")

    def forward(self, features: dict[str, torch.Tensor]) -> torch.Tensor:
        hidden = self.encoder(**features).last_hidden_state
        return self.score(hidden[:, 0]).squeeze(-1)


def batches(groups: Sequence[Group], rng: random.Random) -> Iterator[list[Group]]:
    """Groups of similar length together, in random order."""
    order = sorted(range(len(groups)), key=lambda n: sum(map(len, groups[n].passages)) + rng.random() * 200)
    cut: list[list[Group]] = [[]]
    for number in order:
        if sum(len(group.passages) for group in cut[-1]) + len(groups[number].passages) > BATCH:
            cut.append([])
        cut[-1].append(groups[number])
    rng.shuffle(cut)
    yield from filter(None, cut)


def scores_of(model: Reader, tokenizer: PreTrainedTokenizerBase, batch: Sequence[Group]) -> list[torch.Tensor]:
    """Scores of each group's passages."""
    pairs = [(group.question, passage) for group in batch for passage in group.passages]
    order = sorted(range(len(pairs)), key=lambda n: len(pairs[n][0]) + len(pairs[n][1]))
    scores = torch.zeros(len(pairs))
    half = (len(order) + 1) // 2
    for part in filter(None, (order[:half], order[half:])):
        features = tokenizer(
            [pairs[n][0] for n in part],
            [pairs[n][1] for n in part],
            truncation="longest_first",
            max_length=TOKENS,
            padding=True,
            return_tensors="pt",
        )
        scores = scores.index_put((torch.tensor(part),), model(dict(features)))
    return list(scores.split([len(group.passages) for group in batch]))


def loss_of(scores: Sequence[torch.Tensor], batch: Sequence[Group]) -> torch.Tensor:
    """Mean of -log p(right passage), of each among the wrong ones of its group and "none" at score 0."""
    losses = []
    for found, group in zip(scores, batch, strict=True):
        wrong = found[[n for n in range(len(found)) if n not in group.right]]
        none = torch.zeros(1)
        each = [torch.cat([found[n : n + 1], none, wrong]) for n in group.right] or [torch.cat([none, wrong])]
        losses.append(-torch.stack([scored.log_softmax(0)[0] for scored in each]).mean())
    return torch.stack(losses).mean()


def hardest(model: Reader, tokenizer: PreTrainedTokenizerBase, group: Group) -> Group:
    """The group with its right passages and the wrong ones that the model takes most for right."""
    model.eval()
    with torch.inference_mode():
        found = scores_of(model, tokenizer, [group])[0]
    model.train()
    wrong = sorted((n for n in range(len(found)) if n not in group.right), key=lambda n: -float(found[n]))
    kept = (*group.right, *wrong[:HARDEST])
    return Group(group.question, tuple(group.passages[n] for n in kept), tuple(range(len(group.right))))


def judge(model: Reader, tokenizer: PreTrainedTokenizerBase, groups: Sequence[Group]) -> str:
    """How often a right passage is first, and how well the best score tells answered from not."""
    model.eval()
    first, asked, answered, empty = 0, 0, [], []
    with torch.inference_mode():
        for batch in batches(groups, random.Random(0)):
            for found, group in zip(scores_of(model, tokenizer, batch), batch, strict=True):
                (answered if group.right else empty).append(float(found.max()))
                if group.right:
                    asked += 1
                    first += int(found.argmax()) in group.right
    model.train()
    pairs = [(a > e) + 0.5 * (a == e) for a in answered for e in empty]
    return f"first {first / max(1, asked):.3f} of {asked}, AUROC answered {sum(pairs) / max(1, len(pairs)):.3f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=110.0)
    parser.add_argument("--further", type=Path, metavar="WEIGHTS", help="go on from these, the second pass")
    parser.add_argument("--own", type=Path, metavar="INDEX", help="the passes with our own questions: of this index")
    parser.add_argument("--corpus", type=Path, help="the corpus of that index")
    parser.add_argument("--parts", type=int, help="only so many of the first files of our own questions")
    parser.add_argument("--reworded", action="store_true", help="their second time in other words: the fourth pass")
    parser.add_argument("--share", type=float, default=1.0, help="of the weights after in what is written; else before")
    given = parser.parse_args()
    torch.set_num_threads(given.threads)
    seed, amounts, top = (SEED, AMOUNTS, RATE) if given.further is None else (SEED + 1, FURTHER, FURTHER_RATE)
    if given.own is not None:
        seed, amounts = SEED + 2, AGAIN
    torch.manual_seed(seed)
    rng = random.Random(seed)
    groups = read_groups(given.data, amounts, seed)
    tokenizer = AutoTokenizer.from_pretrained(shipped_model(), local_files_only=True)
    model = Reader().train()
    if given.further is not None:
        model.take(given.further)
    held, groups = groups[:HELD], groups[HELD:]
    if given.own is not None:
        own = list(own_groups(QUESTIONS[: given.parts], given.corpus, given.own, WORDINGS if given.reworded else None))
        held = [each.group for each in own if each.file in HELD_DOCUMENTS]
        for each in own:
            if each.file not in HELD_DOCUMENTS:
                group = hardest(model, tokenizer, each.group)
                groups += [group, replace(group, question=each.again)]
        print(judge(model, tokenizer, held), "before", flush=True)
    before = weights_of(model)
    steps = list(batches(groups, rng))
    print(f"{len(groups)} groups, {len(steps)} steps", flush=True)

    def kept() -> None:
        print(judge(model, tokenizer, held), flush=True)
        save(model, given.out)

    taken = descend(
        model,
        steps,
        lambda batch: loss_of(scores_of(model, tokenizer, batch), batch),
        kept,
        rate=top,
        warm=WARM,
        minutes=given.minutes,
    )
    print(judge(model, tokenizer, held), f"after {taken} steps", flush=True)
    if given.share < 1:
        take_mean(model, before, given.share)
        print(judge(model, tokenizer, held), "with the mean of both", flush=True)
    save(model, given.out)


def save(model: Reader, out: Path) -> None:
    """Write what training changed, in half precision, and print its hash for `WEIGHTS_SHA256`."""
    fixed = "encoder.embeddings.word_embeddings.weight"
    state = {name: weights for name, weights in model.state_dict().items() if name != fixed}
    data = serialize({name.removeprefix("encoder."): weights.half().contiguous() for name, weights in state.items()})
    out.mkdir(parents=True, exist_ok=True)
    (out / "reader.safetensors").write_bytes(data)
    print("sha256", hashlib.sha256(data).hexdigest(), flush=True)


if __name__ == "__main__":
    main()
