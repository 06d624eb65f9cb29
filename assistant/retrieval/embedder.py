"""Texts to unit vectors with a sentence-transformers model; token counts without loading it."""

import contextlib
import io
import json
import os
from collections.abc import Sequence
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING, Any, Protocol

from assistant.errors import ModelError
from assistant.retrieval.embedder_files import (
    EMBEDDED,
    EMBEDDED_HASHES,
    check_hashes,
    find_embedder,
    fingerprint,
)

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

BATCH = 32
_WEIGHTS = "model.safetensors"


class TextEmbedder(Protocol):
    """What the index needs of an embedder; tests bring small ones."""

    @property
    def name(self) -> str:
        """As the user wrote it."""

    @property
    def fingerprint(self) -> str:
        """Changes when any vector would."""

    @property
    def max_tokens(self) -> int:
        """Longest text read, special tokens included."""

    def count_tokens(self, text: str) -> int:
        """Length of the text, special tokens included."""

    def embed_documents(self, texts: Sequence[str]) -> "Vectors":
        """(n, d) float32 rows of length 1."""

    def embed_query(self, text: str) -> "Vectors":
        """(d,) float32 of length 1."""


class Embedder:
    """A sentence-transformers model in float32.

    Args:
        model: "embedded" (all-MiniLM-L6-v2, packaged), a folder, or a hub id. Safetensors only,
            and no code from the model's repository is run.
        device: "cpu", "cuda" and so on; None lets the library choose.

    Raises:
        ModelMissing: when it is not on this machine.
        ModelError: when it is not to be used (pickled weights, no tokenizer.json).
        IntegrityError: when the embedded model's files are not the expected ones.
    """

    def __init__(self, model: str = EMBEDDED, *, device: str | None = None) -> None:
        self.name = model
        self.folder = find_embedder(model)
        self._device = device
        self._lock = Lock()
        self._model: Any = None

    @cached_property
    def fingerprint(self) -> str:
        """Changes with weights, tokenizer or configuration."""
        return fingerprint(self.name, self.folder)

    @cached_property
    def max_tokens(self) -> int:
        """Longest text the model reads, special tokens included."""
        sizes = [
            json.loads(path.read_text(encoding="utf-8")).get(key)
            for name, key in (
                ("sentence_bert_config.json", "max_seq_length"),
                ("tokenizer_config.json", "model_max_length"),
            )
            if (path := self.folder / name).is_file()
        ]
        known = [int(size) for size in sizes if isinstance(size, int) and 0 < size < 1_000_000]
        return min(known, default=512)

    @cached_property
    def dimension(self) -> int:
        """Length of a vector."""
        return len(self.embed_query("dimension"))

    def count_tokens(self, text: str) -> int:
        """Word pieces of the text with special tokens, nothing cut off. Never loads the model."""
        return len(self._tokenizer.encode(text).ids)

    @cached_property
    def _tokenizer(self) -> Any:
        from tokenizers import Tokenizer

        path = self.folder / "tokenizer.json"
        if not path.is_file():
            raise ModelError(
                f"{self.folder} has no tokenizer.json", "choose an embedder with a fast tokenizer"
            )
        if self.name == EMBEDDED:
            check_hashes(self.folder, EMBEDDED_HASHES, set(EMBEDDED_HASHES) - {_WEIGHTS})
        tokenizer = Tokenizer.from_file(str(path))
        tokenizer.no_truncation()
        tokenizer.no_padding()
        return tokenizer

    def embed_documents(self, texts: Sequence[str]) -> "Vectors":
        """Vectors of passages, in order; longer texts are batched together.

        Args:
            texts: what `Chunk.indexed_text` gives, each at most `max_tokens` long.

        Returns:
            (n, d) float32, every row of length 1.
        """
        return self._encode(list(texts), query=False)

    def embed_query(self, text: str) -> "Vectors":
        """Vector of a question, (d,) float32 of length 1."""
        vector: Vectors = self._encode([text], query=True)[0]
        return vector

    def _encode(self, texts: list[str], *, query: bool) -> "Vectors":
        import numpy as np

        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        with self._lock:
            model = self._load()
            # The library sorts by length itself, so a batch carries little padding.
            encode = model.encode_query if query else model.encode_document
            vectors = encode(
                texts,
                batch_size=BATCH,
                normalize_embeddings=True,
                convert_to_numpy=True,
                show_progress_bar=False,
            )
        return np.ascontiguousarray(vectors, dtype=np.float32)

    def _load(self) -> Any:
        if self._model is None:
            if self.name == EMBEDDED:
                check_hashes(self.folder, EMBEDDED_HASHES, EMBEDDED_HASHES)
            os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
            from sentence_transformers import SentenceTransformer

            # Only the doors print; the library draws a bar for every load. Errors still raise.
            with contextlib.redirect_stderr(io.StringIO()):
                self._model = SentenceTransformer(
                    str(self.folder),
                    device=self._device,
                    trust_remote_code=False,
                    local_files_only=True,
                    model_kwargs={"dtype": "float32", "use_safetensors": True},
                )
            self._model.eval()
        return self._model
