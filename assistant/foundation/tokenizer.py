"""The embedded model's own tokenizer: cased, byte-level, lossless.

MiniLM's vocabulary is uncased and forgets spaces, which ruins codes, names and addresses. This one
keeps every byte. Digits are single tokens, so that a number the model has never seen is copied
digit by digit instead of being replaced by a similar token.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.foundation.formats import CHAT_TEMPLATE, MAX_POSITIONS

if TYPE_CHECKING:
    from tokenizers import Tokenizer
    from transformers import PreTrainedTokenizerFast

PAD, BOS, EOS, MASK = "<pad>", "<s>", "</s>", "<mask>"
PAD_ID, BOS_ID, EOS_ID, MASK_ID = range(4)
VOCABULARY_SIZE = 20_000
"""20,000 x 384 weights in bf16 are 15.4 MB, so the largest tensor fits a 16 MB file."""

_SYMBOLS = (
    " «Anna» «12» «the red one». (42 €) 10 £ 5 °C 3 % – — … ’s “so” • → ≥ ≤ ± × § µm"
    " | --- | --- |\n| Name | Price |\n- one\n- two\n\n[1]"
    " Guide > Part\n\n[2] Ask about: Reword: Restore: Answer:"
)
"""Signs that plain prose hardly contains but prompts and tables do: they must earn a merge."""


def train_tokenizer(texts: Iterable[str], vocabulary_size: int = VOCABULARY_SIZE) -> Tokenizer:
    """Train the byte-level BPE.

    A space is put before the text and taken off again when decoding, so the first word of an
    answer has the same token as that word inside a passage.

    Args:
        texts: Training texts.
        vocabulary_size: Number of tokens, the four special ones included.
    """
    from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers

    tokenizer = Tokenizer(models.BPE())
    tokenizer.normalizer = normalizers.Prepend(" ")
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Digits(individual_digits=True),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True),
        ]
    )
    tokenizer.decoder = decoders.Sequence(
        [decoders.ByteLevel(), decoders.Strip(content=" ", left=1, right=0)]
    )
    trainer = trainers.BpeTrainer(
        vocab_size=vocabulary_size,
        special_tokens=[PAD, BOS, EOS, MASK],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )

    def stream() -> Iterable[str]:
        for number, text in enumerate(texts):
            yield text
            if number % 20 == 0:
                yield _SYMBOLS

    tokenizer.train_from_iterator(stream(), trainer)
    return tokenizer


def wrap(tokenizer: Tokenizer) -> PreTrainedTokenizerFast:
    """Turn the trained BPE into the stock class that ``AutoTokenizer`` loads.

    ``<s>`` and ``</s>`` are put around every encoded text. Text that happens to contain
    ``</s>`` is untrusted text, not a special token, so special tokens inside text are split.
    """
    from tokenizers import processors
    from transformers import PreTrainedTokenizerFast

    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{BOS} $A {EOS}",
        pair=f"{BOS} $A {EOS} $B {EOS}",
        special_tokens=[(BOS, BOS_ID), (EOS, EOS_ID)],
    )
    return PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        pad_token=PAD,
        bos_token=BOS,
        eos_token=EOS,
        mask_token=MASK,
        model_max_length=MAX_POSITIONS,
        clean_up_tokenization_spaces=False,
        split_special_tokens=True,
        chat_template=CHAT_TEMPLATE,
        padding_side="right",
        truncation_side="right",
    )


def load_raw(folder: Path) -> Tokenizer:
    """Read ``tokenizer.json`` without transformers (faster in the training loop).

    Raises:
        FileNotFoundError: If the folder has no ``tokenizer.json``.
    """
    from tokenizers import Tokenizer

    path = folder / "tokenizer.json"
    if not path.is_file():
        raise FileNotFoundError(f"no tokenizer.json in {folder}")
    return Tokenizer.from_file(str(path))
