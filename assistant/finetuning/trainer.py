"""LoRA (see `layers.py`), loss on the answers, inside a time budget, resumable.

Plan, seed and step fix the order of rows, also after a kill. Only this and `models/` know PEFT.
"""

import math
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from assistant.errors import ModelError
from assistant.finetuning.checkpoint import Checkpoint, load_checkpoint, pack, unpack
from assistant.finetuning.checkpoint import save_checkpoint as write_checkpoint
from assistant.finetuning.collate import add_gradients
from assistant.finetuning.course import (
    LoraSettings,
    TrainingRecord,
    TrainingResult,
    default_rate,
)
from assistant.finetuning.development import Development, DevScore
from assistant.finetuning.encoding import Example
from assistant.finetuning.layers import adapted_layers
from assistant.finetuning.plan import Pool, TrainingPlan, batches_of_pass, make_plan, padded_tokens
from assistant.finetuning.precision import pick_arithmetic, prepare_cpu, use_attention
from assistant.finetuning.session import Clock, Run, Stream, padded_speed
from assistant.finetuning.start import load_start, portable
from assistant.finetuning.states import EncoderStates
from assistant.models.local import LocalModel

CALIBRATION_SECONDS = 10.0
CHECKPOINT_SECONDS = 20.0
SCORE_EVERY = (30.0, 0.15)
"""Seconds between development scores: at least this many, and this share of the budget."""
PROBE_ROWS = 12
"""Of a batch, for finding out which arithmetic is fastest; a whole one would cost seconds."""
WARMUP_STEPS = 20
COOLDOWN_SHARE = 0.08
"""When the development score is reached early, the learning rate falls to zero over this share."""


class Trainer:
    """One training run. Use once.

    Args:
        local: the base model; it is wrapped in place, load a fresh one for anything else.
        pool: encoded rows.
        order: fact ids, most wanted first (`plan.stratified`).
        development: held-out wordings, scored before, during and after.
        folder: for checkpoints.
        identity: hash of all the run depends on; a checkpoint of another run is not resumed.
        seed: of initial adapter weights and order of rows.
        start: an adapter folder of the same base and shape to go on from, instead of from nothing.
        precision: `auto` measures float32 against bfloat16 autocast on this machine.
    """

    def __init__(
        self,
        local: LocalModel,
        pool: Pool,
        order: Sequence[str],
        development: Development,
        folder: Path,
        *,
        identity: str = "",
        settings: LoraSettings | None = None,
        seed: int = 0,
        precision: str = "auto",
        target_score: float = 0.97,
        start: Path | None = None,
    ) -> None:
        self.local, self.pool, self.order, self.development = local, pool, order, development
        self.folder, self.identity, self.seed = folder, identity, seed
        self.settings = settings or LoraSettings()
        self.precision, self.target_score = precision, target_score
        self.attention = ""
        self.losses: list[tuple[int, float]] = []
        self._optimizer: Any = None
        self._inputs = EncoderStates(local).inputs if local.encoder_decoder else None
        self.network = self._wrap()
        load_start(self.network, start)
        frozen = sum(p.numel() for p in local.model.parameters() if not p.requires_grad)
        self.rate = self.settings.learning_rate or default_rate(frozen)

    def run(
        self,
        *,
        seconds: float,
        exposures: int | None = None,
        resume: bool = True,
        progress: Callable[[TrainingRecord], None] | None = None,
        stop: Callable[[], bool] | None = None,
        checkpoint_seconds: float = CHECKPOINT_SECONDS,
    ) -> TrainingResult:
        """Trains until the plan is done, the score is reached, time is up or `stop` says so.

        Args:
            seconds: wall clock for everything in here, calibration and scoring included.
            exposures: passes over the facts; default is derived from the time.
            resume: continue from a checkpoint of the same identity, if there is one.
            progress: called every few seconds.
            stop: asked after every step; true saves a checkpoint and returns `interrupted`.
            checkpoint_seconds: how much work a kill may lose.

        Raises:
            ModelError: the loss is not a number (diverged), or there is nothing to train on.
        """
        prepare_cpu()
        clock = Clock(seconds)
        saved = load_checkpoint(self.folder) if resume else None
        if saved is not None and saved.state.get("identity") != self.identity:
            saved = None
        run = self._fresh(clock, exposures) if saved is None else self._continue(saved, clock)
        return self._loop(run, clock, progress, stop, checkpoint_seconds)

    def estimate(self, *, seconds: float, exposures: int | None = None) -> TrainingPlan:
        """The plan a run of this length would follow; measures the speed, trains nothing."""
        prepare_cpu()
        return self._plan(Clock(seconds), exposures)

    def save_adapter(self, folder: Path) -> None:
        """Writes a plain PEFT folder (adapter_config.json, adapter_model.safetensors)."""
        self.network.save_pretrained(str(folder), safe_serialization=True)
        (folder / "README.md").unlink(missing_ok=True)  # a template of PEFT's, not about this one
        portable(folder / "adapter_config.json")

    def _wrap(self) -> Any:
        import torch
        from peft import LoraConfig, TaskType, get_peft_model

        torch.manual_seed(self.seed)
        task = TaskType.SEQ_2_SEQ_LM if self.local.encoder_decoder else TaskType.CAUSAL_LM
        config = LoraConfig(
            r=self.settings.rank,
            lora_alpha=self.settings.alpha,
            target_modules=adapted_layers(self.local),
            lora_dropout=0.0,
            bias="none",
            task_type=task,
        )
        network = get_peft_model(self.local.model, config)
        return network.train()

    def _trainable(self) -> dict[str, Any]:
        return {n: p for n, p in self.network.named_parameters() if p.requires_grad}

    def _new_optimizer(self) -> Any:
        import torch

        return torch.optim.AdamW(
            list(self._trainable().values()), lr=self.rate, betas=(0.9, 0.98), weight_decay=0.0
        )

    def _fresh(self, clock: Clock, exposures: int | None) -> Run:
        plan = self._plan(clock, exposures)
        self.development.only(frozenset(plan.fact_ids))
        before = self.development.score(self.network, self.local)
        self._optimizer = self._new_optimizer()
        return Run(plan, before, 0, plan.steps, flexible=exposures is None)

    def _plan(self, clock: Clock, exposures: int | None) -> TrainingPlan:
        speed = self._calibrate(min(CALIBRATION_SECONDS, 0.1 * clock.budget))
        # Kept back: scoring before, on the way and after, checkpoints, other programs here, and
        # what calibration flatters (four minutes of training took 1.2 to 1.4 times what it
        # foretold). Time left over goes into more meetings; with too few, facts are half learnt.
        reserve = 0.25 * clock.budget
        return make_plan(
            self.pool,
            self.order,
            seconds=max(1.0, clock.left() - reserve),
            tokens_per_second=speed,
            seed=self.seed,
            exposures=exposures,
        )

    def _calibrate(self, seconds: float) -> float:
        """Padded tokens a second, measured on the rows to come; weights stay as they were."""
        sample = make_plan(
            self.pool, self.order, seconds=1.0, tokens_per_second=1e6, seed=self.seed, exposures=8
        )
        batches = [b for n in range(2) for b in batches_of_pass(sample, self.pool, n)]
        if not batches:
            return 1.0
        self._optimizer = self._new_optimizer()
        if self.precision == "auto":
            probe = sorted(batches, key=padded_tokens)[len(batches) // 2][:PROBE_ROWS]
            trial = partial(self._step, probe, 0.0)
            way = pick_arithmetic(self.local.device, trial, self.local.model)
            self.precision, self.attention = way.precision, way.attention
        else:
            self._step(batches[0], 0.0, self.precision)
        step = partial(self._step, rate=0.0, precision=self.precision)
        return padded_speed(step, batches, seconds)

    def _step(self, batch: Sequence[Example], rate: float, precision: str) -> float:
        import torch

        loss = add_gradients(self.network, batch, self.local, precision, self._inputs)
        torch.nn.utils.clip_grad_norm_(list(self._trainable().values()), 1.0)
        for group in self._optimizer.param_groups:
            group["lr"] = rate
        self._optimizer.step()
        self._optimizer.zero_grad(set_to_none=True)
        return loss

    def _loop(
        self,
        run: Run,
        clock: Clock,
        progress: Callable[[TrainingRecord], None] | None,
        stop: Callable[[], bool] | None,
        checkpoint_seconds: float,
    ) -> TrainingResult:
        stream = Stream(run.plan, self.pool, run.step)
        run.begin()
        while run.step < run.end:
            loss = self._step(stream.next(), self._rate_at(run), self.precision)
            if not math.isfinite(loss):
                raise ModelError(
                    f"training diverged at step {run.step + 1} (the loss is {loss})",
                    "assistant finetune --learning-rate 5e-4",
                )
            run.learned(loss)
            run.keep_time(clock)
            if stop is not None and stop():
                run.stopped = "interrupted"
                break
            score = self._score_on_the_way(run, clock)
            if run.due_record(score is not None):
                record = run.record(clock, score)
                self.losses.append((record.step, record.loss))
                if progress is not None:
                    progress(record)
            if time.monotonic() - run.saved_at > checkpoint_seconds:
                self._save(run, clock)
        if run.stopped == "interrupted":
            self._save(run, clock)
            after = None
        else:
            after = self.development.score(self.network, self.local)
        return TrainingResult(
            plan=run.plan,
            steps=run.step,
            seconds=clock.spent(),
            losses=tuple(self.losses),
            before=run.before,
            after=after,
            stopped=run.stopped,
            precision=self.precision,
            learning_rate=self.rate,
        )

    def _rate_at(self, run: Run) -> float:
        """Linear warm-up, then linear decay to a fiftieth at the last step."""
        warm = min(1.0, (run.step + 1) / WARMUP_STEPS)
        return self.rate * warm * max(0.02, 1 - run.step / run.end)

    def _score_on_the_way(self, run: Run, clock: Clock) -> DevScore | None:
        """Scores now and then; when the target is reached, training is led to an early end."""
        pause = max(SCORE_EVERY[0], SCORE_EVERY[1] * clock.budget)
        if time.monotonic() - run.scored_at < pause or run.end - run.step <= 20:
            return None
        score = self.development.score(self.network, self.local)
        run.scored_at = time.monotonic()
        if score is not None and score.exact >= self.target_score:
            run.finish_by(run.step + max(WARMUP_STEPS, int(COOLDOWN_SHARE * run.plan.steps)))
        return score

    def _save(self, run: Run, clock: Clock) -> None:
        state = {
            "identity": self.identity,
            "step": run.step,
            "end": run.target,
            "flexible": run.flexible,
            "plan": run.plan.to_json(),
            "before": run.before.to_json() if run.before else None,
            "losses": self.losses,
            "seconds": clock.spent(),
            "budget": clock.budget,
            "precision": self.precision,
            "attention": self.attention,
        }
        write_checkpoint(self.folder, pack(state, self._trainable(), self._optimizer))
        run.saved_at = time.monotonic()

    def _continue(self, saved: Checkpoint, clock: Clock) -> Run:
        self._optimizer, state = self._new_optimizer(), saved.state
        unpack(saved, self._trainable(), self._optimizer)
        self.losses = [(int(step), float(loss)) for step, loss in state["losses"]]
        self.precision, self.attention = state["precision"], state.get("attention", "")
        use_attention(self.local.model, self.attention)
        clock.add(float(state["seconds"]), float(state.get("budget", clock.budget)))
        before = DevScore.from_json(state["before"]) if state["before"] else None
        self.development.only(frozenset(state["plan"]["fact_ids"]))
        plan = TrainingPlan.from_json(state["plan"])
        flexible = bool(state.get("flexible"))
        return Run(plan, before, int(state["step"]), int(state["end"]), flexible=flexible)
