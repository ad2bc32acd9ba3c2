"""Train the encoder further: a question near the rows that answer it, far from those that only resemble it.

    python training/train_encoder.py --data DIR --own INDEX --corpus CORPUS --out DIR [--threads N] [--minutes M]

Starts from the installed embedding model and learns from our own questions (`own.py`) and from the answered ones of the
public sets (`groups.py`). The loss is the softmax over the cosines of a question with a passage that answers it, some
wrong ones of its group and all passages of the other questions of the step. Only the layers are trained; the vectors of
the words stay those of the package. What is written is the mean of the weights before and after, `SHARE` of those
after, which keeps more of what the model knew. Everything is seeded; `encoder.safetensors` goes to
`src/taqa/retrieval/weights/` with its hash in `src/taqa/retrieval/encoder.py`.
"""

from __future__ import annotations

import argparse
import hashlib
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import torch
from descent import descend, take_mean, weights_of
from groups import Group, read_groups
from own import HELD_DOCUMENTS, QUESTIONS, own_places
from safetensors.torch import save as serialize
from torch.nn.functional import normalize
from transformers import AutoModel, AutoTokenizer, PreTrainedTokenizerBase

from taqa.retrieval.encoder import shipped_model

AMOUNTS = {"squad": 2500, "conditionalqa": 1200, "qed_nq": 800, "covidqa": 500, "policyqa": 500, "contractnli": 400}
OWN_TIMES = 2
"""How often each of our own questions is read."""
WRONG = 3
"""Wrong passages of a question in a step, drawn anew each time from the first of its group."""
NEAREST = 16
"""Wrong passages that they are drawn from."""
QUESTIONS_A_STEP = 24
SCALE = 20.0
"""Cosines are multiplied by it before the softmax: that of the model's own training."""
SHARE = 0.7
"""Of the weights after the training in those that are written; eval/README.md, "Encoder"."""
TOKENS = 160
RATE = 3e-5
WARM = 0.1
SEED = 20261122
WORDS = "embeddings.word_embeddings.weight"


def vectors(model: torch.nn.Module, tokenizer: PreTrainedTokenizerBase, texts: Sequence[str]) -> torch.Tensor:
    """Vectors (n, dimension) of length 1: the mean over the tokens, as the model's own."""
    order = sorted(range(len(texts)), key=lambda number: len(texts[number]))
    parts, cut = [], max(1, (len(order) + 2) // 3)
    for part in (order[start : start + cut] for start in range(0, len(order), cut)):
        features = tokenizer(
            [texts[n] for n in part], truncation=True, max_length=TOKENS, padding=True, return_tensors="pt"
        )
        with torch.autocast("cpu", dtype=torch.bfloat16):
            hidden = model(**features).last_hidden_state
        mask = features["attention_mask"].unsqueeze(-1)
        parts.append((hidden.float() * mask).sum(1) / mask.sum(1))
    back = torch.empty(len(order), dtype=torch.long)
    back[torch.tensor(order)] = torch.arange(len(order))
    return normalize(torch.cat(parts)[back], dim=1)


def drawn(group: Group, rng: random.Random) -> tuple[str, list[str]]:
    """A right passage of a group and some of its first wrong ones."""
    wrong = [passage for number, passage in enumerate(group.passages) if number not in group.right][:NEAREST]
    return group.passages[rng.choice(group.right)], rng.sample(wrong, min(WRONG, len(wrong)))


def loss_of(
    model: torch.nn.Module, tokenizer: PreTrainedTokenizerBase, batch: Sequence[Group], rng: random.Random
) -> torch.Tensor:
    """Mean of -log p(right passage) among all passages of the step; those that also answer a question count nothing."""
    chosen = [drawn(group, rng) for group in batch]
    passages = list(dict.fromkeys([right for right, _ in chosen] + [each for _, wrong in chosen for each in wrong]))
    asked = vectors(model, tokenizer, [group.question for group in batch])
    cosines = SCALE * asked @ vectors(model, tokenizer, passages).T
    for row, (group, (right, _)) in enumerate(zip(batch, chosen, strict=True)):
        also = {group.passages[number] for number in group.right} - {right}
        cosines[row, [number for number, passage in enumerate(passages) if passage in also]] = -torch.inf
    return torch.nn.functional.cross_entropy(cosines, torch.tensor([passages.index(right) for right, _ in chosen]))


def judge(model: torch.nn.Module, tokenizer: PreTrainedTokenizerBase, groups: Sequence[Group]) -> str:
    """How often the nearest passage of a question's group answers it, and the mean of 1 / its rank."""
    model.eval()
    ranks = []
    with torch.inference_mode():
        for group in groups:
            found = vectors(model, tokenizer, [group.question, *group.passages])
            near = (found[1:] @ found[0]).argsort(descending=True).tolist()
            ranks.append(1 + min(near.index(number) for number in group.right))
    model.train()
    first = sum(rank == 1 for rank in ranks) / max(1, len(ranks))
    return f"first {first:.3f}, MRR {sum(1 / rank for rank in ranks) / max(1, len(ranks)):.3f} of {len(ranks)}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--own", type=Path, metavar="INDEX", required=True, help="the index of our own questions")
    parser.add_argument("--corpus", type=Path, required=True, help="the corpus of that index")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=60.0)
    given = parser.parse_args()
    torch.set_num_threads(given.threads)
    torch.manual_seed(SEED)
    rng = random.Random(SEED)
    public = [group for group in read_groups(given.data, AMOUNTS, SEED) if group.right]
    own = [(document, group) for document, group in own_places(QUESTIONS, given.corpus, given.own)]
    held = [group for document, group in own if document in HELD_DOCUMENTS]
    groups = public + [group for document, group in own if document not in HELD_DOCUMENTS] * OWN_TIMES
    tokenizer = AutoTokenizer.from_pretrained(shipped_model(), local_files_only=True)
    model = AutoModel.from_pretrained(
        shipped_model(),
        local_files_only=True,
        add_pooling_layer=False,
        attention_probs_dropout_prob=0.0,
        hidden_dropout_prob=0.0,
        attn_implementation="eager",
    ).train()
    model.embeddings.word_embeddings.weight.requires_grad_(False)
    before = weights_of(model)
    rng.shuffle(groups)
    steps = list(_steps(groups))
    print(judge(model, tokenizer, held), f"before; {len(groups)} groups, {len(steps)} steps", flush=True)
    descend(
        model,
        steps,
        lambda batch: loss_of(model, tokenizer, batch, rng),
        lambda: print(judge(model, tokenizer, held), flush=True),
        rate=RATE,
        warm=WARM,
        minutes=given.minutes,
    )
    print(judge(model, tokenizer, held), "after", flush=True)
    take_mean(model, before, SHARE)
    print(judge(model, tokenizer, held), "with the mean of both", flush=True)
    save(model, given.out)


def _steps(groups: Sequence[Group]) -> Iterator[list[Group]]:
    for start in range(0, len(groups), QUESTIONS_A_STEP):
        yield list(groups[start : start + QUESTIONS_A_STEP])


def save(model: torch.nn.Module, out: Path) -> None:
    """Write what training changed, in half precision, and print its hash for `WEIGHTS_SHA256`."""
    state = {name: weights.half().contiguous() for name, weights in model.state_dict().items() if name != WORDS}
    data = serialize(state)
    out.mkdir(parents=True, exist_ok=True)
    (out / "encoder.safetensors").write_bytes(data)
    print("sha256", hashlib.sha256(data).hexdigest(), flush=True)


if __name__ == "__main__":
    main()
