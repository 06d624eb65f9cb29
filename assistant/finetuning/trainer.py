"""LoRA on all linear layers, loss on the answers, inside a time budget, resumable.

The order of rows is a function of (plan, seed, step), so a run that was killed and resumed sees the
same batches as one that was not. The only file besides `models/` that knows PEFT.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.errors import ModelError
from assistant.finetuning.checkpoint import Checkpoint, load_checkpoint, save_checkpoint
from assistant.finetuning.collate import collate, target_loss
from assistant.finetuning.development import Development, DevScore
from assistant.finetuning.encoding import Example
from assistant.finetuning.plan import Pool, TrainingPlan, batches_of_pass, make_plan, padded_tokens
from assistant.finetuning.precision import autocast, pick_precision, prepare_cpu
from assistant.models.local import LocalModel

CALIBRATION_SECONDS = 10.0
CHECKPOINT_SECONDS = 20.0
WARMUP_STEPS = 20
COOLDOWN_SHARE = 0.08
"""When the development score is reached early, the learning rate falls to zero over this share."""


@dataclass(frozen=True, slots=True)
class LoraSettings:
    """Shape and speed of learning. `learning_rate` None: by model size, see `default_rate`."""

    rank: int = 32
    alpha: int = 64
    learning_rate: float | None = None


@dataclass(frozen=True, slots=True)
class TrainingRecord:
    """One line of progress."""

    step: int
    steps: int
    loss: float
    """Mean of the steps since the last record."""
    seconds: float
    eta_seconds: float
    dev: DevScore | None = None


@dataclass(frozen=True, slots=True)
class TrainingResult:
    """What came out of training."""

    plan: TrainingPlan
    steps: int
    seconds: float
    losses: tuple[tuple[int, float], ...]
    """(step, mean loss) at each record."""
    before: DevScore | None
    after: DevScore | None
    stopped: str
    """`done`, `early` (development score reached), `time` or `interrupted`."""
    precision: str
    learning_rate: float

    @property
    def exposures(self) -> int:
        """Passes over the facts that were really made; fewer than planned when time ran out."""
        return max(1, round(self.plan.exposures * self.steps / max(1, self.plan.steps)))


def default_rate(parameters: int) -> float:
    """2e-3 up to 60 M parameters, falling to 2e-4 at 500 M and staying there.

    Small models take (and need) large steps; 2e-4 is the customary value for LoRA on models of
    some hundred million parameters and more. In between it falls as a power of the size.
    """
    low, high = 6e7, 5e8
    share = min(1.0, max(0.0, (_log(parameters) - _log(low)) / (_log(high) - _log(low))))
    return float(2e-3 * (2e-4 / 2e-3) ** share)


def _log(value: float) -> float:
    import math

    return math.log(max(1.0, value))


class Trainer:
    """One training run. Use once.

    Args:
        local: the base model; it is wrapped in place, load a fresh one for anything else.
        pool: encoded rows.
        order: fact ids, most wanted first (`plan.stratified`).
        development: held-out wordings, scored before, during and after.
        folder: where checkpoints go.
        identity: hash of everything the run depends on; a checkpoint of another run is not resumed.
        seed: of initial adapter weights and order of rows.
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
    ) -> None:
        self.local, self.pool, self.order, self.development = local, pool, order, development
        self.folder, self.identity, self.seed = folder, identity, seed
        self.settings = settings or LoraSettings()
        self.precision, self.target_score = precision, target_score
        self.losses: list[tuple[int, float]] = []
        self._optimizer: Any = None
        self.network = self._wrap()
        parameters = sum(p.numel() for p in local.model.parameters() if not p.requires_grad)
        self.rate = self.settings.learning_rate or default_rate(parameters)

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
        clock = _Clock(seconds)
        saved = load_checkpoint(self.folder) if resume else None
        if saved is not None and saved.state.get("identity") != self.identity:
            saved = None
        if saved is None:
            plan, before, step, end = self._fresh(clock, exposures)
        else:
            plan, before, step, end = self._continue(saved, clock)
        if plan.steps == 0:
            raise ModelError("there is nothing to train on", "assistant finetune --dry-run")
        return self._loop(plan, before, step, end, clock, progress, stop, checkpoint_seconds)

    def estimate(self, *, seconds: float, exposures: int | None = None) -> TrainingPlan:
        """The plan a run of this length would follow; measures the speed, trains nothing."""
        prepare_cpu()
        return self._plan(_Clock(seconds), exposures)

    def save_adapter(self, folder: Path) -> None:
        """Writes a plain PEFT folder (adapter_config.json, adapter_model.safetensors)."""
        self.network.save_pretrained(str(folder), safe_serialization=True)
        (folder / "README.md").unlink(missing_ok=True)  # a template of PEFT's, not about this one

    # ---- set-up ----------------------------------------------------------------------------

    def _wrap(self) -> Any:
        import torch
        from peft import LoraConfig, TaskType, get_peft_model

        torch.manual_seed(self.seed)
        task = TaskType.SEQ_2_SEQ_LM if self.local.encoder_decoder else TaskType.CAUSAL_LM
        config = LoraConfig(
            r=self.settings.rank,
            lora_alpha=self.settings.alpha,
            target_modules="all-linear",
            lora_dropout=0.0,
            bias="none",
            task_type=task,
        )
        network = get_peft_model(self.local.model, config)
        network.train()
        return network

    def _trainable(self) -> dict[str, Any]:
        return {n: p for n, p in self.network.named_parameters() if p.requires_grad}

    def _new_optimizer(self) -> Any:
        import torch

        return torch.optim.AdamW(
            list(self._trainable().values()), lr=self.rate, betas=(0.9, 0.98), weight_decay=0.0
        )

    def _fresh(
        self, clock: "_Clock", exposures: int | None
    ) -> tuple[TrainingPlan, DevScore | None, int, int]:
        plan = self._plan(clock, exposures)
        self.development.only(frozenset(plan.fact_ids))
        before = self.development.score(self.network, self.local)
        self._optimizer = self._new_optimizer()
        return plan, before, 0, plan.steps

    def _plan(self, clock: "_Clock", exposures: int | None) -> TrainingPlan:
        speed = self._calibrate(min(CALIBRATION_SECONDS, 0.1 * clock.budget))
        # Kept back: scoring before, on the way and after, checkpoints, other programs here.
        reserve = 0.1 * clock.budget
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
            typical = sorted(batches, key=padded_tokens)[len(batches) // 2]
            self.precision = pick_precision(
                self.local.device, lambda p: self._step(typical, 0.0, p)
            )
        else:
            self._step(batches[0], 0.0, self.precision)
        start, tokens, number = time.monotonic(), 0, 0
        while number < 2 or (number < len(batches) * 2 and time.monotonic() - start < seconds):
            batch = batches[number % len(batches)]
            self._step(batch, 0.0, self.precision)
            tokens, number = tokens + padded_tokens(batch), number + 1
        return tokens / max(1e-6, time.monotonic() - start)

    # ---- the loop --------------------------------------------------------------------------

    def _step(self, batch: Sequence[Example], rate: float, precision: str) -> float:
        import torch

        inputs = collate(batch, self.local)
        with autocast(self.local.device, precision):
            loss = target_loss(self.network, inputs)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(list(self._trainable().values()), 1.0)
        for group in self._optimizer.param_groups:
            group["lr"] = rate
        self._optimizer.step()
        self._optimizer.zero_grad(set_to_none=True)
        return float(loss.detach())

    def _loop(
        self,
        plan: TrainingPlan,
        before: DevScore | None,
        step: int,
        end: int,
        clock: "_Clock",
        progress: Callable[[TrainingRecord], None] | None,
        stop: Callable[[], bool] | None,
        checkpoint_seconds: float,
    ) -> TrainingResult:
        stream = _Stream(plan, self.pool, step)
        first, recent, stopped = step, [], "done"
        saved_at = recorded_at = scored_at = time.monotonic()
        score: DevScore | None = None
        began = time.monotonic()
        while step < end:
            rate = self.rate * min(1.0, (step + 1) / WARMUP_STEPS) * max(0.02, 1 - step / end)
            loss = self._step(stream.next(), rate, self.precision)
            if loss != loss:
                raise ModelError(
                    f"training diverged at step {step + 1} (the loss is not a number)",
                    "assistant finetune --learning-rate 5e-4",
                )
            step += 1
            recent.append(loss)
            now = time.monotonic()
            pace = (now - began) / (step - first)
            if step - first >= 10 and (end - step) * pace > clock.left():
                end = min(end, max(step, step + int(clock.left() / pace * 0.98)))
                stopped = "time"
            if stop is not None and stop():
                stopped = "interrupted"
                break
            score_due = now - scored_at > max(30.0, 0.15 * clock.budget) and end - step > 20
            if score_due and stopped != "time":
                score, scored_at = (
                    self.development.score(self.network, self.local),
                    time.monotonic(),
                )
                if score is not None and score.exact >= self.target_score:
                    end = min(end, step + max(WARMUP_STEPS, int(COOLDOWN_SHARE * plan.steps)))
                    stopped = "early"
            if step == end or score_due or now - recorded_at > 2.0:
                mean = sum(recent) / len(recent)
                self.losses.append((step, mean))
                recent, recorded_at = [], now
                if progress is not None:
                    record = TrainingRecord(
                        step,
                        end,
                        mean,
                        clock.spent(),
                        (end - step) * pace,
                        score if score_due else None,
                    )
                    progress(record)
            if time.monotonic() - saved_at > checkpoint_seconds:
                self._save(plan, before, step, end, clock)
                saved_at = time.monotonic()
        if stopped == "interrupted":
            self._save(plan, before, step, end, clock)
            after = None
        else:
            after = self.development.score(self.network, self.local)
        return TrainingResult(
            plan=plan,
            steps=step,
            seconds=clock.spent(),
            losses=tuple(self.losses),
            before=before,
            after=after,
            stopped=stopped,
            precision=self.precision,
            learning_rate=self.rate,
        )

    # ---- checkpoints -----------------------------------------------------------------------

    def _save(
        self, plan: TrainingPlan, before: DevScore | None, step: int, end: int, clock: "_Clock"
    ) -> None:
        import torch

        names = {id(p): n for n, p in self._trainable().items()}
        moments = {
            f"{key}/{names[id(parameter)]}": value.detach().cpu()
            for parameter, values in self._optimizer.state.items()
            for key, value in values.items()
        }
        state = {
            "identity": self.identity,
            "step": step,
            "end": end,
            "plan": plan.to_json(),
            "before": before.to_json() if before else None,
            "losses": self.losses,
            "seconds": clock.spent(),
            "precision": self.precision,
        }
        weights = {n: p.detach().cpu() for n, p in self._trainable().items()}
        save_checkpoint(
            self.folder, Checkpoint(state, weights, {**moments, "rng": torch.get_rng_state()})
        )

    def _continue(
        self, saved: Checkpoint, clock: "_Clock"
    ) -> tuple[TrainingPlan, DevScore | None, int, int]:
        import torch

        trainable = self._trainable()
        with torch.no_grad():
            for name, parameter in trainable.items():
                parameter.copy_(saved.weights[name])
        self._optimizer = self._new_optimizer()
        for key, value in saved.optimizer.items():
            moment, _, name = key.partition("/")
            if name:
                parameter = trainable[name]
                kept = value if moment == "step" else value.to(parameter.device)
                self._optimizer.state[parameter][moment] = kept.clone()
        torch.set_rng_state(saved.optimizer["rng"])
        state = saved.state
        self.losses = [(int(step), float(loss)) for step, loss in state["losses"]]
        self.precision = state["precision"]
        clock.add(float(state["seconds"]))
        before = DevScore.from_json(state["before"]) if state["before"] else None
        self.development.only(frozenset(state["plan"]["fact_ids"]))
        return TrainingPlan.from_json(state["plan"]), before, int(state["step"]), int(state["end"])


class _Stream:
    """The batches of all passes, entered at any step."""

    def __init__(self, plan: TrainingPlan, pool: Pool, step: int) -> None:
        self._plan, self._pool, self._pass = plan, pool, 0
        self._batches = batches_of_pass(plan, pool, 0)
        self._next = 0
        while step >= len(self._batches) and self._batches:
            step -= len(self._batches)
            self._turn_page()
        self._next = step

    def next(self) -> list[Example]:
        if self._next >= len(self._batches):
            self._turn_page()
        self._next += 1
        return self._batches[self._next - 1]

    def _turn_page(self) -> None:
        self._pass += 1
        self._batches, self._next = batches_of_pass(self._plan, self._pool, self._pass), 0


class _Clock:
    """Wall clock against a budget; time spent before a kill counts."""

    def __init__(self, budget: float) -> None:
        self.budget, self._start, self._before = budget, time.monotonic(), 0.0

    def add(self, seconds: float) -> None:
        self._before += seconds

    def spent(self) -> float:
        return time.monotonic() - self._start + self._before

    def left(self) -> float:
        return self.budget - self.spent()
