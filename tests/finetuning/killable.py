"""Fine-tunes a tiny model again and again, each time in a forked child that may be killed.

    python tests/finetuning/killable.py MODEL_FOLDER ADAPTERS_FOLDER

Every line on stdin starts one training of the same material. Forking from a process that has
imported the libraries already makes fifty kills a matter of a minute instead of ten. Says on
stdout `pid N`, `saved STEP` after each checkpoint, `publishing`, `published ID`, `ended STATUS`.
"""

import os
import sys
from pathlib import Path

from assistant.finetuning import trainer
from assistant.finetuning.course import LoraSettings
from assistant.finetuning.finetune import finetune
from assistant.models.adapters import AdapterVersions
from assistant.models.local import load_local
from tests.finetuning.conftest import OFFICE, PUMPS, chunk_of

EXPOSURES = 3
CHUNKS = [
    chunk_of("pumps", "Pumps of the Vell works", PUMPS),
    chunk_of("office", "Office handbook", OFFICE, ("Office handbook", "Keys")),
]


def say(*words: object) -> None:
    """One line, at once: a killed process flushes nothing."""
    os.write(1, (" ".join(map(str, words)) + "\n").encode())


def _announcing(save):
    def announce(root, checkpoint):
        save(root, checkpoint)
        say("saved", checkpoint.state["step"])

    return announce


def train(model: str, adapters: str) -> None:
    """The whole journey, with a checkpoint after every step."""
    trainer.write_checkpoint = _announcing(trainer.write_checkpoint)
    trainer.Trainer.run.__kwdefaults__["checkpoint_seconds"] = 0.0
    report = finetune(
        CHUNKS,
        lambda: load_local(model, device="cpu"),
        AdapterVersions(Path(adapters)),
        minutes=600.0,
        exposures=EXPOSURES,
        precision="float32",
        settings=LoraSettings(4, 8, 5e-3),
        progress=lambda stage, _done, _total: (
            say("publishing") if stage == "saving the adapter" else None
        ),
    )
    say("published", report.adapter)


def main() -> None:
    """Waits for orders. The children must not read them: they leave by `_exit`."""
    import peft  # noqa: F401  imported before the fork, for every child at once

    last = 0
    for _ in sys.stdin:
        if last:
            os.waitpid(last, 0)
        child = os.fork()
        if child == 0:
            try:
                train(sys.argv[1], sys.argv[2])
                os._exit(0)
            except BaseException as error:
                say("failed", repr(error))
                os._exit(1)
        say("pid", child)
        # Only looked at until the next order: a late kill must not meet another process's id.
        ended = os.waitid(os.P_PID, child, os.WEXITED | os.WNOWAIT)
        say("ended", ended.si_status)
        last = child


if __name__ == "__main__":
    main()
