"""A little general material mixed into training, so that a model does not forget how to talk.

`general.jsonl` holds short questions and answers that have nothing to do with any corpus, some
with passages, some to be declined. One JSON object a line: `question`, `answer`, optional
`passages` (list of {"title", "text"}), optional `id`.
"""

import json
from importlib import resources

from assistant.answering.prompts import REFUSAL
from assistant.finetuning.text import short_hash
from assistant.schema import Chunk, Pair

REPLAY = "replay"


def replay_pairs() -> list[Pair]:
    """The packaged rows; none when the package was built without them."""
    file = resources.files(__name__) / "general.jsonl"
    if not file.is_file():
        return []
    return [
        _pair(json.loads(line)) for line in file.read_text("utf-8").splitlines() if line.strip()
    ]


def by_heart(pair: Pair) -> bool:
    """Whether a row asks for general knowledge: nothing to read, nothing to decline."""
    return not pair.passages and pair.answer != REFUSAL


def _pair(row: dict[str, object]) -> Pair:
    question, answer = str(row["question"]), str(row["answer"])
    shown = row.get("passages") or ()
    assert isinstance(shown, list | tuple)
    passages = tuple(
        Chunk(
            f"replay-{short_hash([str(p['text'])])}",
            "replay",
            str(p.get("title", "")),
            (),
            str(p["text"]),
            0,
            len(str(p["text"])),
        )
        for p in shown
    )
    return Pair(short_hash([REPLAY, question]), question, answer, variant=REPLAY, passages=passages)
