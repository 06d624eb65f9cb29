"""Pairs as token ids, tokenised exactly as the same question is when it is answered."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from assistant.answering.prompts import find_template, number_passages, passage_block, render
from assistant.models.local import LocalModel
from assistant.models.prompting import encode_answer, encode_messages
from assistant.schema import Chunk, Message, Pair

ANSWER_ROOM = 64
"""Tokens kept free for the answer of a row with passages."""


@dataclass(frozen=True, slots=True)
class Example:
    """One training row in token ids."""

    pair_id: str
    fact_id: str
    variant: str
    source: tuple[int, ...]
    """The prompt, special tokens included."""
    target: tuple[int, ...]
    """The answer, closed by the end-of-answer token; the loss is on these alone."""

    @property
    def tokens(self) -> int:
        """Prompt and answer together."""
        return len(self.source) + len(self.target)


class Encoder:
    """Renders a pair with the template of the `finetuned` and `hybrid` approaches and tokenises it.

    Args:
        local: the base model.
        style: prompt template, the one answers will be made with.
        max_tokens: longer rows are left out by `encode_all`; default is the model's own limit.
    """

    def __init__(
        self, local: LocalModel, *, style: str = "zero-shot", max_tokens: int | None = None
    ) -> None:
        self.local = local
        self.max_tokens = min(max_tokens or local.context_tokens, local.context_tokens)
        self._template = find_template(style, local.prompt_family)
        self._counts: dict[str, int] = {}

    def messages(self, pair: Pair) -> tuple[Message, ...]:
        """The prompt of a pair, with its passages where it has some."""
        return render(self._template, pair.question, number_passages(pair.passages))

    def prompt_ids(self, pair: Pair) -> list[int]:
        """Token ids of the prompt."""
        return encode_messages(
            self.local.tokenizer, self.messages(pair), encoder_decoder=self.local.encoder_decoder
        )

    def fits(self, pair: Pair) -> bool:
        """Whether a row with passages leaves room for its answer.

        Counted passage by passage, each only once: the same chunk is a distractor of many rows,
        and counting a whole prompt for every try would take longer than the training.
        """
        bare = replace(pair, passages=())
        total = len(self.prompt_ids(bare)) + ANSWER_ROOM
        return total + sum(map(self._passage_tokens, pair.passages)) <= self.max_tokens

    def _passage_tokens(self, chunk: Chunk) -> int:
        if chunk.id not in self._counts:
            block = passage_block(self._template, number_passages([chunk])[0])
            ids = self.local.tokenizer(block, add_special_tokens=False)["input_ids"]
            self._counts[chunk.id] = len(ids) + 4  # the separator, and a longer number
        return self._counts[chunk.id]

    def encode(self, pair: Pair) -> Example:
        """Token ids of prompt and answer."""
        source, target = tuple(self.prompt_ids(pair)), tuple(self._answer_ids(pair.answer))
        return Example(pair.id, pair.fact_id, pair.variant, source, target)

    def encode_all(self, pairs: Iterable[Pair]) -> list[Example]:
        """All rows that fit the model; a row that does not fit would be cut where it matters."""
        examples = (self.encode(pair) for pair in pairs)
        return [e for e in examples if e.tokens <= self.max_tokens]

    def _answer_ids(self, answer: str) -> list[int]:
        local = self.local
        return encode_answer(
            local.tokenizer,
            answer,
            encoder_decoder=local.encoder_decoder,
            start=local.model.config.decoder_start_token_id if local.encoder_decoder else None,
            eos=local.eos_ids,
        )
