"""The training loop: time or step budget, resumable, reproducible.

With a step budget everything is a function of the seed. With a time budget the schedule follows
the clock, so two runs differ, but stopping and resuming still continues the same stream.
"""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.foundation.attention import register
from assistant.foundation.batches import Encoded, Position, collate, encode, stream
from assistant.foundation.budgets import Budget
from assistant.foundation.formats import REFUSAL
from assistant.foundation.kept import KEEP, QUESTIONS, Kept
from assistant.foundation.mixture import Mixture
from assistant.foundation.spans import (
    HEAD_RATE,
    LOOK,
    POINT,
    Watched,
    find,
    looking_loss,
    pointing_loss,
)

if TYPE_CHECKING:
    import torch
    from tokenizers import Tokenizer
    from transformers import BartForConditionalGeneration


@dataclass(frozen=True)
class Limit:
    """When to stop: after ``minutes`` of training, or after exactly ``steps`` if given."""

    minutes: float = 0.0
    steps: int | None = None


@dataclass
class Progress:
    """What a checkpoint remembers besides weights."""

    step: int = 0
    examples: int = 0
    tokens: int = 0
    seconds: float = 0.0
    position: Position = field(default_factory=Position)

    def share(self, limit: Limit) -> float:
        """Share of the budget that is spent."""
        if limit.steps is not None:
            return self.step / limit.steps
        return self.seconds / (60 * limit.minutes)


class Trainer:
    """Owns model, optimizer and progress.

    Args:
        model: Trained in place.
        tokenizer: The model's.
        mixture: What is trained on.
        budget: What may be spent.
        folder: For checkpoints and the log.
        kept: The encoder whose states bare questions are to keep.
    """

    def __init__(
        self,
        model: BartForConditionalGeneration,
        tokenizer: Tokenizer,
        mixture: Mixture,
        budget: Budget,
        folder: Path,
        kept: Kept | None = None,
    ) -> None:
        import torch

        torch.set_flush_denormal(True)
        self.model = model.to(budget.device)
        self.model.set_attn_implementation(register() if budget.device == "cpu" else "sdpa")
        self.tokenizer, self.mixture, self.budget, self.folder = tokenizer, mixture, budget, folder
        self.head = torch.nn.Linear(model.config.d_model, 2, device=budget.device)
        torch.nn.init.zeros_(self.head.weight)
        torch.nn.init.zeros_(self.head.bias)
        self.kept = kept
        self.watched = Watched(self.model)
        self.refusal = encode(tokenizer, "", REFUSAL)[1]
        self.progress = Progress()
        self.stopping = False
        """Set from outside (a signal) to end after the step under way."""
        fast = [p for n, p in model.named_parameters() if "encoder.layers" not in n]
        slow = [p for n, p in model.named_parameters() if "encoder.layers" in n]
        self.optimizer = torch.optim.AdamW(
            [
                {"params": fast, "peak": budget.decoder_rate},
                {"params": slow, "peak": budget.encoder_rate},
                {"params": list(self.head.parameters()), "peak": HEAD_RATE},
            ],
            lr=1e-4,
            betas=(0.9, 0.98),
            weight_decay=0.01,
            fused=True,
        )

    def run(
        self,
        limit: Limit,
        report: Callable[[Trainer, float], None] | None = None,
        stop_after: int | None = None,
    ) -> float:
        """Train until the limit; calls ``report`` from time to time with the recent loss.

        Args:
            limit: Time or step budget of the whole training.
            report: Called every ``budget.report_minutes`` (its time is not counted).
            stop_after: Stop at this step although the budget is not spent (for tests).

        Returns:
            The mean loss of the last steps.
        """
        import torch

        state = self.progress
        stage_now = [self.budget.stage(state.share(limit))]
        if state.step == 0:
            state.position = Position(0, stage_now[0], 0)
        batches = stream(
            self.mixture,
            self.tokenizer,
            state.position,
            self.budget.pool,
            self.budget.tokens,
            stage_now,
        )
        recent, stage, next_report = (
            torch.zeros(4),
            state.position.stage,
            state.seconds + 60 * self.budget.report_minutes,
        )
        mark, first = time.monotonic(), state.step
        self.model.train()
        while state.share(limit) < 1 and state.step != stop_after and not self.stopping:
            rows, position = next(batches)
            losses = self._step(rows, state.share(limit)).cpu()
            recent += (losses - recent) / min(50, state.step - first + 1)  # a plain mean at first
            state.step, state.position = state.step + 1, position
            state.examples += len(rows)
            state.tokens += sum(len(a) for a, _ in rows)
            now = time.monotonic()
            state.seconds, mark = state.seconds + now - mark, now
            stage_now[0] = self.budget.stage(state.share(limit))
            stage = position.stage
            if state.step % 50 == 0:
                self.log(
                    f"step {state.step} stage {stage} examples {state.examples}"
                    f" tokens {state.tokens} seconds {state.seconds:.0f}"
                    f" pointing {recent[1]:.3f} looking {recent[2]:.3f} keeping {recent[3]:.3f}"
                    f" loss {recent[0]:.3f}"
                )
            if report is not None and state.seconds > next_report:
                next_report = state.seconds + 60 * self.budget.report_minutes
                report(self, float(recent[0]))
                self.model.train()
                mark = time.monotonic()
        if self.budget.device != "cpu":
            torch.cuda.synchronize()
        return float(recent[0])

    def _step(self, rows: Sequence[Encoded], share: float) -> torch.Tensor:
        """One step of the optimizer; the losses of writing, pointing, looking and keeping."""
        import torch

        factor = self.budget.rate(share, self.progress.step)
        for group in self.optimizer.param_groups:
            group["lr"] = group["peak"] * factor
        device = self.budget.device
        inputs, mask, labels = (t.to(device, non_blocking=True) for t in collate(rows))
        with torch.autocast(device, dtype=torch.bfloat16):
            loss, states = self.loss(inputs, mask, labels)
            scores = self.watched.scores()
        places = [find(source, target, self.refusal) for source, target in rows]
        pointing = pointing_loss(self.head(states.float()), mask, places)
        looking = looking_loss(scores, mask, places)
        keeping = self.keeping()
        (loss + POINT * pointing + LOOK * looking + KEEP * keeping).backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)
        return torch.stack([loss, pointing, looking, keeping]).detach()

    def keeping(self) -> torch.Tensor:
        """How far bare questions are from where they were; other ones at every step."""
        import torch

        if self.kept is None:
            return torch.zeros((), device=self.budget.device)
        first = self.progress.step * QUESTIONS
        texts = [self.mixture.bare(first + n) for n in range(QUESTIONS)]
        rows = [encode(self.tokenizer, text, "") for text in texts]
        inputs, mask, _ = (t.to(self.budget.device) for t in collate(rows))
        with torch.autocast(self.budget.device, dtype=torch.bfloat16):
            return self.kept.loss(self.model.get_encoder(), inputs, mask)

    def loss(
        self, inputs: torch.Tensor, mask: torch.Tensor, labels: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Mean cross-entropy over target tokens, and the encoder's states.

        Padded positions never reach the output layer.
        """
        import torch

        config = self.model.config
        kept = labels != -100
        shifted = torch.full_like(labels, config.pad_token_id)
        shifted[:, 0] = config.decoder_start_token_id
        shifted[:, 1:] = labels[:, :-1].masked_fill(~kept[:, :-1], config.pad_token_id)
        made = self.model.model(input_ids=inputs, attention_mask=mask, decoder_input_ids=shifted)
        logits = self.model.lm_head(made.last_hidden_state[kept])
        loss = torch.nn.functional.cross_entropy(logits.float(), labels[kept])
        return loss, made.encoder_last_hidden_state

    def parameters(self) -> Iterator[tuple[str, torch.nn.Parameter]]:
        """Everything that is trained, by name."""
        yield from self.model.named_parameters()
        yield from ((f"span_head.{name}", p) for name, p in self.head.named_parameters())

    def log(self, line: str) -> None:
        """Append a line to ``train.log`` and print it."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "train.log").open("a", encoding="utf-8") as out:
            out.write(line + "\n")
        print(line, flush=True)

    def save(self, name: str = "checkpoint") -> Path:
        """Write weights, optimizer moments and progress (safetensors and JSON) and swap it in."""
        from safetensors.torch import save_file

        target, fresh = self.folder / name, self.folder / f".{name}.new"
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(parents=True)
        names = {id(p): n for n, p in self.parameters()}
        tensors = {n: p.detach().contiguous() for n, p in self.parameters()}
        for parameter, moments in self.optimizer.state.items():
            for key, value in moments.items():
                tensors[f"{key}:{names[id(parameter)]}"] = value.detach().contiguous()
        save_file(tensors, fresh / "state.safetensors")
        (fresh / "progress.json").write_text(
            json.dumps(asdict(self.progress), indent=1), encoding="utf-8"
        )
        shutil.rmtree(target, ignore_errors=True)
        fresh.rename(target)
        return target

    def resume(self, name: str = "checkpoint") -> None:
        """Continue from :meth:`save`.

        Raises:
            FileNotFoundError: If there is no checkpoint.
        """
        import torch
        from safetensors.torch import load_file

        source = self.folder / name
        tensors = load_file(source / "state.safetensors", device=self.budget.device)
        with torch.no_grad():
            for key, parameter in self.parameters():
                parameter.copy_(tensors[key])
                moments = {
                    k: tensors[f"{k}:{key}"]
                    for k in ("step", "exp_avg", "exp_avg_sq")
                    if f"{k}:{key}" in tensors
                }
                if moments:
                    self.optimizer.state[parameter] = moments
        raw = json.loads((source / "progress.json").read_text(encoding="utf-8"))
        self.progress = Progress(**{**raw, "position": Position(**raw["position"])})
