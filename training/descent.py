"""The steps of a training: AdamW, a rate that rises and then falls, gradients cut, losses printed; and the mean of the
weights before and after it, which keeps more of what the model knew."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence

import torch
from groups import Group

PRINTED = 25
"""Steps between two printed losses."""
JUDGED = 200
"""Steps between two judgements."""


def descend(
    model: torch.nn.Module,
    steps: Sequence[list[Group]],
    loss_of: Callable[[list[Group]], torch.Tensor],
    judge: Callable[[], None],
    rate: float,
    warm: float,
    minutes: float,
) -> int:
    """Train a model on the batches in their order; returns how many were taken.

    The rate rises to `rate` over the first `warm` of the steps and falls to 0 at the last, or when the minutes are
    spent. `judge` is called now and then.
    """
    weights = [each for each in model.parameters() if each.requires_grad]
    optimiser = torch.optim.AdamW(weights, lr=rate, weight_decay=0.01)
    started, mean, total = time.monotonic(), 0.0, len(steps)
    for step, batch in enumerate(steps, 1):
        spent = (time.monotonic() - started) / 60 / minutes
        if spent >= 1:
            return step - 1
        progress = max(step / total, spent)
        for part in optimiser.param_groups:
            part["lr"] = rate * min(step / (warm * total), max(0.0, 1 - progress) / (1 - warm), 1.0)
        loss = loss_of(batch)
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(weights, 1.0)
        optimiser.step()
        mean = float(loss.detach()) if step == 1 else 0.98 * mean + 0.02 * float(loss.detach())
        if step % PRINTED == 0:
            print(f"step {step}/{total} loss {mean:.4f} {time.monotonic() - started:.0f} s", flush=True)
        if step % JUDGED == 0:
            judge()
    return total


def weights_of(model: torch.nn.Module) -> dict[str, torch.Tensor]:
    """A copy of all weights, by name."""
    return {name: weights.clone() for name, weights in model.state_dict().items()}


def take_mean(model: torch.nn.Module, before: Mapping[str, torch.Tensor], share: float) -> None:
    """Give a model the mean of its weights and of those before, `share` of its own."""
    after = model.state_dict()
    model.load_state_dict({name: (1 - share) * before[name] + share * after[name] for name in after})
