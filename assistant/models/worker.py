"""What the engine thread owns: the model, its adapters, and how to get back to a known state."""

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.errors import IntegrityError, ModelError
from assistant.models.adapter_set import AdapterSet
from assistant.models.decoding import RowState, decode_batch, next_token_logits
from assistant.models.local import LocalModel
from assistant.models.losses import AnsweredRow, LossRow, fitted, mean_losses, start_token
from assistant.models.prompting import encode_answer, encode_messages, encode_start
from assistant.schema import Message

log = logging.getLogger(__name__)

BASE_TOLERANCE = 1e-4
"""Largest allowed difference of base logits, relative to the largest logit where that is over 1."""
ADAPTER_MINIMUM = 1e-5
"""Smallest difference an adapter must make, on the same scale."""
PROBES = (
    "Question: Which code does the north pump carry?",
    "Question: How many days may a guest keep a borrowed key?\n\n[1] Keys\nSeven days.",
)


@dataclass(frozen=True, slots=True)
class SelfTest:
    """Whether the arms of a comparison are what they say."""

    ok: bool
    base_difference: float
    """Largest absolute difference of adapter-off logits from the clean base model's."""
    adapter_difference: float | None
    """Largest absolute difference of adapter-on logits from the base's; None: no adapter asked."""
    detail: str
    base_moved: bool = False
    """The adapter-off logits are not the clean base's."""


class Worker:
    """Loads, decodes, tests and recovers. Every method but `encode` belongs to one thread.

    Args:
        loader: gives a freshly loaded model; called again when recovery in memory fails.
    """

    def __init__(self, loader: Callable[[], LocalModel]) -> None:
        self._loader = loader
        self._adapters: AdapterSet | None = None
        self._clean: Any = None
        self._tokenizer_lock = threading.Lock()
        self._broken: IntegrityError | None = None
        self._refused: dict[str, ModelError] = {}
        self.local: LocalModel | None = None

    def ready(self) -> LocalModel:
        """The loaded model.

        Raises:
            ModelError: it cannot be loaded.
            IntegrityError: an earlier recovery failed, and reloading did not help.
        """
        if self._broken is not None or self.local is None:
            self._reload()
        assert self.local is not None
        return self.local

    def encode(self, local: LocalModel, messages: Sequence[Message]) -> list[int]:
        """Token ids of a prompt. Callable from any thread."""
        with self._tokenizer_lock:  # fast tokenizers are not safe for concurrent use
            return encode_messages(local.tokenizer, messages, encoder_decoder=local.encoder_decoder)

    def load_adapters(self, versions: Sequence[str | None]) -> dict[str, ModelError]:
        """Load what rows ask for; version -> error for those that cannot be used.

        Each adapter is tested as it arrives: some initialisations (PiSSA and its kin) change the
        base weights while they are loaded, and every base answer after that would be another's.
        """
        self.ready()
        assert self._adapters is not None
        failed: dict[str, ModelError] = {}
        for version in dict.fromkeys(v for v in versions if v is not None):
            if version in self._refused:
                failed[version] = self._refused[version]
                continue
            fresh = version not in self._adapters.loaded
            try:
                self._adapters.row_names([version])
                if fresh and self.self_test(version).base_moved:
                    self._refused[version] = IntegrityError(
                        f"adapter {version} changes the base model itself, expected plain LoRA",
                        "assistant finetune",
                    )
                    failed[version] = self._refused[version]
                    self._reload()
            except ModelError as error:
                failed[version] = error
        return failed

    def decode(
        self,
        prompts: Sequence[Sequence[int]],
        versions: Sequence[str | None],
        max_new_tokens: int,
        on_text: Callable[[int, str], None] | None,
        cancelled: Callable[[int], bool] | None,
    ) -> list[RowState]:
        """Decode one batch; after an exception the model is restored and tested first.

        Raises:
            IntegrityError: the model could not be brought back to a known state.
            Exception: whatever broke the batch.
        """
        local = self.ready()
        assert self._adapters is not None
        names = self._adapters.row_names(versions)
        try:
            return decode_batch(
                local, self._adapters.network, prompts, names, max_new_tokens, on_text, cancelled
            )
        except Exception as error:
            log.warning("decoding failed (%s); rebuilding the model", type(error).__name__)
            self._recover()
            raise

    def logits(self, prompts: Sequence[Sequence[int]], versions: Sequence[str | None]) -> Any:
        """Logits of the first answer token, numpy float32 (rows, vocabulary)."""
        local = self.ready()
        assert self._adapters is not None
        names = self._adapters.row_names(versions)
        try:
            return next_token_logits(local, self._adapters.network, prompts, names)
        except Exception:
            self._recover()
            raise

    def encode_answered(self, row: AnsweredRow) -> LossRow:
        """Token ids of a prompt and its answer.

        Raises:
            ModelError: the prompt is longer than the model reads.
        """
        local = self.ready()
        with self._tokenizer_lock:
            shape = local.encoder_decoder
            prompt = (
                encode_messages(local.tokenizer, row.messages, encoder_decoder=shape)
                if row.messages
                else encode_start(local.tokenizer, encoder_decoder=shape)
            )
            start = start_token(local) if shape else None
            target = encode_answer(
                local.tokenizer, row.answer, encoder_decoder=shape, start=start, eos=local.eos_ids
            )
        if len(prompt) > local.context_tokens:
            raise ModelError(
                f"the prompt has {len(prompt)} tokens, {local.name} reads at most "
                f"{local.context_tokens}",
                "shorten it",
            )
        return LossRow(tuple(prompt), fitted(local, prompt, target), row.adapter)

    def losses(self, rows: Sequence[LossRow]) -> list[float]:
        """Mean loss per target token of one batch, in nats.

        Raises:
            ModelError: an adapter cannot be used.
        """
        local = self.ready()
        for error in self.load_adapters([row.version for row in rows]).values():
            raise error
        assert self._adapters is not None
        names = self._adapters.row_names([row.version for row in rows])
        try:
            return mean_losses(local, self._adapters.network, rows, names)
        except Exception:
            self._recover()
            raise

    def self_test(self, version: str | None) -> SelfTest:
        """Base rows beside adapter rows in one batch, compared with the clean base model.

        The clean logits were recorded before any adapter touched the model, on a batch of the same
        shape, so an intact model reproduces them to rounding.
        """
        import numpy as np

        local = self.ready()
        assert self._adapters is not None
        versions = [None] * len(PROBES) + [version] * len(PROBES)
        names = self._adapters.row_names(versions)
        found = next_token_logits(local, self._adapters.network, self._probes(local), names)
        scale = max(1.0, float(np.abs(self._clean).max()))
        difference = np.abs(found - self._clean).max(axis=1)
        if not np.isfinite(found).all():
            return SelfTest(False, float("inf"), None, "the model's logits are not finite", True)
        base = float(difference[: len(PROBES)].max())
        rest = float(difference[len(PROBES) :].max())
        if version is None:
            base, adapter = max(base, rest), None
        else:
            adapter = rest
        if base > BASE_TOLERANCE * scale:
            problem = f"adapter-off logits differ from the base by {base:.2g}"
            return SelfTest(False, base, adapter, problem, base_moved=True)
        if adapter is not None and adapter <= ADAPTER_MINIMUM * scale:
            return SelfTest(
                False, base, adapter, f"adapter {version} changes nothing ({adapter:.2g})"
            )
        shown = "" if adapter is None else f", adapter-on differs by {adapter:.2g}"
        return SelfTest(True, base, adapter, f"adapter-off equals the base ({base:.2g}){shown}")

    def _probes(self, local: LocalModel) -> list[list[int]]:
        return [self.encode(local, [Message("user", text)]) for text in PROBES] * 2

    def _reload(self) -> None:
        """Load from disk and record what the clean model says."""
        self.local = self._adapters = None
        local = self._loader()
        adapters = AdapterSet(local)
        self._clean = next_token_logits(local, adapters.network, self._probes(local), None)
        self.local, self._adapters, self._broken = local, adapters, None

    def _recover(self) -> None:
        """Take the wrapper apart, put it together again, test; from disk if that is not enough."""
        assert self._adapters is not None
        versions = self._adapters.loaded
        try:
            self._adapters.take_apart()
            _free_memory()
            problem = self._retest(versions)
        except Exception as error:
            problem = f"{type(error).__name__} while rebuilding"
        if not problem:
            return
        log.warning("rebuilding in memory was not enough (%s); loading from disk", problem)
        try:
            self._reload()
            problem = self._retest(versions)
        except Exception as error:
            problem = f"{type(error).__name__} while reloading: {error}"
        if problem:
            self._broken = IntegrityError(
                f"after a failure the model could not be restored: {problem}",
                "restart the program; assistant doctor",
            )
            raise self._broken

    def _retest(self, versions: Sequence[str]) -> str:
        """Empty, or what is wrong. Includes the adapters that were loaded before."""
        for version in (None, *versions):
            result = self.self_test(version)
            if not result.ok:
                return result.detail
        return ""


def _free_memory() -> None:
    """Give back what a failed batch held on a graphics card."""
    import torch

    if torch.cuda.is_available():
        torch.cuda.empty_cache()
