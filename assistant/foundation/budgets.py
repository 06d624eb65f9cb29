"""What the recipe may spend: a processor core for an hour or two, or minutes on a graphics card.

``more`` goes on from exported weights: no short inputs any more, a smaller learning rate.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Budget:
    """Settings of a training run.

    Attributes:
        device: Torch device.
        minutes: Default time to train.
        tokens: Padded input tokens per batch, by stage.
        pool: Examples drawn and sorted by length at a time.
        decoder_rate: Peak learning rate of decoder and embeddings.
        encoder_rate: Peak learning rate of the encoder, lower because it starts trained.
        stages: Share of the budget at which stage 1 and stage 2 begin.
        threads: Torch threads on a CPU.
        report_minutes: Minutes between looks at the abilities.
    """

    device: str
    minutes: float
    tokens: tuple[int, int, int]
    pool: int
    decoder_rate: float
    encoder_rate: float
    stages: tuple[float, float] = (0.17, 0.76)
    threads: int = 1
    report_minutes: float = 8.0

    def stage(self, progress: float) -> int:
        """The curriculum stage at a share of the budget."""
        return sum(progress >= border for border in self.stages)

    def rate(self, progress: float, step: int, warm_up: int = 150) -> float:
        """Factor on the peak learning rates.

        It rises over ``warm_up`` steps, stays until a third of the budget is spent, then falls
        linearly to 0.
        """
        return min(1.0, (step + 1) / warm_up) * max(0.0, min(1.0, 1.5 * (1.0 - progress)))


BUDGETS = {
    "cpu": Budget("cpu", 95, (1400, 2400, 3600), 1536, 6e-4, 2e-4),
    "more": Budget(
        "cpu", 110, (1400, 2400, 3600), 1536, 2e-4, 1e-4, stages=(0.0, 0.85), report_minutes=14
    ),
    "gpu": Budget("cuda", 12, (32768, 49152, 65536), 16384, 1.2e-3, 5e-4, report_minutes=2.0),
}
