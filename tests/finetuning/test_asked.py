"""What a model was asked is kept: killed and gone on with, asked again, changed, damaged."""

import os
import random
import signal
import time

import pytest

from assistant.finetuning import asked as asked_module
from assistant.finetuning.asked import ASKED_FILE, AskedTexts
from assistant.finetuning.collect import collect_pairs
from assistant.finetuning.course import LoraSettings
from assistant.finetuning.finetune import finetune
from assistant.models.adapters import AdapterVersions
from assistant.schema import Message
from tests.fakes import FakeGenerator
from tests.finetuning.asking import material, reply

BATCH_SECONDS = 10.0


class Timed(FakeGenerator):
    """Each batch takes ten seconds of a clock of its own; dies after some batches if told to."""

    def __init__(self, clock, *, dies_after=None, answer=reply, model="fake"):
        super().__init__(answer, model=model)
        self.clock, self.dies_after = clock, dies_after

    def generate(self, rows, **options):
        if len(self.calls) == self.dies_after:
            raise KeyboardInterrupt
        self.clock[0] += BATCH_SECONDS
        return super().generate(rows, **options)

    @property
    def asked(self):
        return [row.messages[-1].content for call in self.calls for row in call]


@pytest.fixture
def clock(monkeypatch):
    now = [0.0]
    monkeypatch.setattr(asked_module.time, "monotonic", lambda: now[0])
    return now


def collect(generator, file, *, seconds=10_000.0, chunks=None):
    return collect_pairs(
        chunks or material(), generator=generator, ask_seconds=seconds, asked_file=file
    )


def shown(found):
    """Everything that training sees, and what is told of it but for what came from disk."""
    funnel = found.funnel
    return found.pairs, found.evidence, funnel.asked, funnel.written, funnel.dropped, funnel.kept


@pytest.mark.parametrize("seconds", [10_000.0, 35.0])
def test_killed_after_any_batch_and_gone_on_gives_the_same_pairs(tmp_path, clock, seconds):
    whole = Timed(clock)
    expected = collect(whole, tmp_path / "whole.jsonl", seconds=seconds)
    assert expected.funnel.written > len(expected.funnel.kept)
    assert len(whole.calls) > 3
    assert (expected.funnel.asked < len(expected.evidence)) == (seconds < 100)
    for number in range(len(whole.calls)):
        file = tmp_path / f"{number}.jsonl"
        with pytest.raises(KeyboardInterrupt):
            collect(Timed(clock, dies_after=number), file, seconds=seconds)
        later = Timed(clock)
        assert shown(collect(later, file, seconds=seconds)) == shown(expected)
        assert later.calls == whole.calls[number:]  # nothing twice, in the very same batches
        assert file.read_bytes() == (tmp_path / "whole.jsonl").read_bytes()


class Slow(FakeGenerator):
    """Takes its time for a batch, so that a kill finds it there."""

    def generate(self, rows, **options):
        time.sleep(0.05)
        return super().generate(rows, **options)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills a forked process")
def test_killed_for_good_in_the_middle_of_asking(tmp_path):
    expected = collect(FakeGenerator(reply), None)
    file, chance, kills = tmp_path / ASKED_FILE, random.Random(1), 0
    while kills < 30:
        kept = file.stat().st_size if file.exists() else 0
        child = os.fork()
        if child == 0:
            collect(Slow(reply), file)
            os._exit(0)
        while (file.stat().st_size if file.exists() else 0) == kept:
            ended, _ = os.waitpid(child, os.WNOHANG)
            if ended:
                break
            time.sleep(0.002)
        else:
            time.sleep(chance.uniform(0.0, 0.06))
            os.kill(child, signal.SIGKILL)
            kills += 1
            os.waitpid(child, 0)
            continue
        break
    assert 1 < kills < 30
    again = FakeGenerator(reply)
    assert shown(collect(again, file)) == shown(expected)
    assert again.calls == []


def test_a_second_training_asks_nothing_and_says_so(tmp_path, clock):
    file = tmp_path / ASKED_FILE
    first = collect(Timed(clock), file)
    again = Timed(clock)
    second = collect(again, file)
    assert again.calls == []
    assert shown(second) == shown(first)
    assert first.funnel.reused == 0
    assert f"({second.funnel.reused:,} of its texts kept from before)" in "\n".join(
        second.funnel.lines()
    )


def test_more_time_asks_on_where_less_time_ended(tmp_path, clock):
    file = tmp_path / ASKED_FILE
    short = collect(Timed(clock), file, seconds=25)
    longer = Timed(clock)
    found = collect(longer, file)
    assert found.funnel.asked > short.funnel.asked
    assert shown(found) == shown(collect(Timed(clock), None))


def test_a_changed_chunk_asks_only_about_itself(tmp_path, clock):
    file = tmp_path / ASKED_FILE
    collect(Timed(clock), file)
    changed = material("\nThe west pump PX-9 weighs 56 kg.\n")
    model = Timed(clock)
    found = collect(model, file, chunks=changed)
    assert model.calls
    assert all("Pumps of the Vell works" in text for text in model.asked if "\n" in text)
    assert not any("Note" in text or "Office" in text for text in model.asked)
    assert shown(found) == shown(collect(Timed(clock), None, chunks=changed))


def test_another_model_is_asked_anew(tmp_path, clock):
    file = tmp_path / ASKED_FILE
    collect(Timed(clock), file)
    other = Timed(clock, model="other")
    assert collect(other, file).funnel.reused == 0
    back = Timed(clock)
    collect(back, file)
    assert back.calls == []  # both are kept


@pytest.mark.parametrize(
    "harm",
    [
        lambda line: line[: len(line) // 2],
        lambda line: line.replace(b"What is told", b"What is sold", 1),
        lambda line: b"\x00\xff" * 40,
    ],
    ids=["torn", "a letter changed", "no text"],
)
def test_a_damaged_line_is_asked_anew_and_told(tmp_path, clock, harm):
    file = tmp_path / ASKED_FILE
    expected = collect(Timed(clock), file)
    lines = file.read_bytes().splitlines()
    number = next(n for n, line in enumerate(lines) if b"What is told" in line)
    file.write_bytes(b"\n".join([*lines[:number], harm(lines[number]), *lines[number + 1 :], b""]))
    model = Timed(clock)
    found = collect(model, file)
    assert len(model.calls) == 1
    assert shown(found) == shown(expected)
    assert found.funnel.damaged == 1
    assert any("unreadable and asked anew" in line for line in found.funnel.lines())
    assert collect(Timed(clock), file).funnel.damaged == 0  # mended
    assert list(tmp_path.iterdir()) == [file]


def test_what_failed_is_not_kept(tmp_path):
    prompts = [(Message("user", "fine"),), (Message("user", "bad"),)]
    said = AskedTexts(FakeGenerator(lambda row: "yes", fail_on="bad"), tmp_path / ASKED_FILE)
    assert said.texts(prompts, 4) == ["yes", ""]
    later = FakeGenerator(lambda row: "no")
    assert AskedTexts(later, tmp_path / ASKED_FILE).texts(prompts, 4) == ["yes", "no"]
    assert [row.messages for call in later.calls for row in call] == [prompts[1]]
    assert AskedTexts(later, tmp_path / ASKED_FILE).texts(prompts, 5) == ["no", "no"]


@pytest.mark.slow
def test_a_training_stopped_after_asking_goes_on_with_its_checkpoint(load_tiny, tmp_path):
    versions = AdapterVersions(tmp_path / "adapters")
    options = {
        "minutes": 60.0, "exposures": 2, "precision": "float32",
        "settings": LoraSettings(4, 8, 5e-3),
    }  # fmt: skip
    taken = []

    def some():
        taken.append(1)
        return len(taken) == 5

    first = finetune(
        material(), load_tiny, versions, generator=FakeGenerator(reply), stop=some, **options
    )
    assert (first.stopped, first.steps) == ("interrupted", 5)
    model, counted = FakeGenerator(reply), []
    second = finetune(
        material(), load_tiny, versions, generator=model, stop=lambda: counted.append(1), **options
    )
    assert model.calls == []
    assert second.adapter == versions.current()
    assert len(counted) == second.steps - 5
    assert second.funnel.kept == first.funnel.kept
    assert (versions.root / ASKED_FILE).exists()
