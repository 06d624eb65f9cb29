"""A full score in planned batches against a one-by-one loop, in the same run.

    python -m tests.benchmarks.bench_score [--corpus tessholm] [--questions 300] [--alone 30]

Needs an idle machine. Also measures one question by four approaches in one batch against the four
one after another, as `assistant ask` does it: retrieval, prompts and real answers included. Indexes the corpus in a home of its own (--home keeps it for the next time),
then scores four approaches and oracle as `assistant score` does. After every few batches one of
their questions is asked again, one approach at a time: same engine, dtype and stop rule, the same
minutes. Prints one JSON object. Without --adapter (a PEFT folder for the base model) a random one
is used, too weak to change what is said much: only its arithmetic matters here.
"""

import argparse
import json
import os
import platform
import resource
import statistics
import tempfile
import time
from pathlib import Path

from tests.benchmarks.bench_batch import random_adapter


class Interleaved:
    """The pipeline, that also asks every n-th question it is given one approach at a time."""

    def __init__(self, pipeline, every):
        self.pipeline, self.every = pipeline, every
        self.together = []
        """(seconds, questions) of each batch."""
        self.alone = []
        """(seconds alone, seconds as a share of its batch) of each question asked again."""
        self.answers = self.equal = self._seen = 0

    def answer(self, questions, approaches, **options):
        start = time.perf_counter()
        found = self.pipeline.answer(questions, approaches, **options)
        seconds = time.perf_counter() - start
        self.together.append((seconds, len(questions)))
        for number, question in enumerate(questions):
            self._seen += 1
            if self._seen % self.every == 0:
                self._ask_alone(question, approaches, found[number], seconds / len(questions))
        return found

    def _ask_alone(self, question, approaches, batched, share):
        start = time.perf_counter()
        single = [self.pipeline.answer([question], [a])[0][0] for a in approaches]
        self.alone.append((time.perf_counter() - start, share))
        self.answers += len(single)
        self.equal += sum(a.text == b.text for a, b in zip(single, batched, strict=True))


def four_at_once(pipeline, questions, approaches):
    """Quartiles of (one question, all approaches in one batch) over (one approach at a time)."""
    ratios, seconds = [], []
    for question in questions:
        start = time.perf_counter()
        pipeline.answer([question], approaches)
        middle = time.perf_counter()
        for approach in approaches:
            pipeline.answer([question], [approach])
        seconds.append(middle - start)
        ratios.append((middle - start) / (time.perf_counter() - middle))
    return {
        "repeats": len(ratios),
        "seconds_median": round(statistics.median(seconds), 3),
        "ratio_quartiles": [round(q, 3) for q in statistics.quantiles(ratios, n=4)],
    }


def measure(home, corpus, size, alone, adapter_folder):
    import torch

    from assistant.answering.approaches import standard_approaches
    from assistant.evaluation.codec import questions_hash
    from assistant.evaluation.header import RunHeader
    from assistant.evaluation.runner import run
    from assistant.evaluation.runs import RunFolder
    from assistant.evaluation.sampling import stratified_sample
    from assistant.journeys.scoring import USUAL
    from assistant.models.engine import Engine
    from assistant.models.local import load_local
    from assistant.workspace import Workspace

    workspace = Workspace.open(home, corpus)
    workspace.reindex()
    parts = workspace.parts
    questions = stratified_sample(parts.questions(), size, seed=0)
    available = standard_approaches("measured")
    approaches = tuple(available[name] for name in USUAL)
    base = parts.settings.model.base
    engine = Engine(lambda: load_local(base, adapter_path=lambda _: Path(adapter_folder)))
    pipeline = replace_generator(parts.pipeline(), engine)
    pipeline.answer(questions[:1], approaches)  # warm
    step = max(1, len(questions) // 20)
    four = four_at_once(pipeline, questions[::step][:20], approaches[:4])
    interleaved = Interleaved(pipeline, max(1, len(questions) // alone))
    header = RunHeader(
        id="bench", created="", approaches=approaches, questions_sha256=questions_hash(questions)
    )
    with tempfile.TemporaryDirectory() as folder:
        started = time.perf_counter()
        finished = run(RunFolder.create(Path(folder) / "run", header, questions), interleaved)
        elapsed = time.perf_counter() - started
        answers = list(finished.answers())
    engine.close()
    one_by_one = sum(seconds for seconds, _ in interleaved.alone)
    ratios = [seconds / share for seconds, share in interleaved.alone]
    quarters = statistics.quantiles(ratios, n=4) if len(ratios) > 1 else [ratios[0]] * 3
    score_seconds = elapsed - one_by_one
    asked = len(interleaved.alone)
    return {
        "questions": len(questions),
        "approaches": list(USUAL),
        "passages": parts.passages,
        "four_approaches_in_one_batch": four,
        "full_score_seconds": round(score_seconds, 1),
        "answers_per_second": round(len(answers) / score_seconds, 2),
        "one_by_one_questions": asked,
        "one_by_one_answers_per_second": round(asked * len(USUAL) / one_by_one, 2),
        "throughput_ratio": round(one_by_one / asked / (score_seconds / len(questions)), 2),
        "ratio_of_a_question_quartiles": [round(q, 2) for q in quarters],
        "equal_answers": f"{interleaved.equal} of {interleaved.answers}",
        "mean_answer_tokens": round(statistics.mean(a.completion_tokens for a in answers), 1),
        "errors": sum(bool(a.error) for a in answers),
        "peak_gigabytes": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20, 2),
        "threads": torch.get_num_threads(),
        "load_average": os.getloadavg()[0],
        "machine": f"{platform.machine()} {os.cpu_count()} cores",
    }


def replace_generator(pipeline, engine):
    pipeline.generator = engine
    return pipeline


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--corpus", default="tessholm")
    parser.add_argument("--home", default="")
    parser.add_argument("--questions", type=int, default=300)
    parser.add_argument("--alone", type=int, default=30)
    parser.add_argument("--adapter", default="")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        adapter = given.adapter or f"{folder}/adapter"
        if not given.adapter:
            random_adapter("embedded", adapter, 32, spread=0.001)
        home = given.home or f"{folder}/home"
        Path(home).mkdir(parents=True, exist_ok=True)
        found = measure(home, given.corpus, given.questions, given.alone, adapter)
    print(json.dumps(found, indent=1))


if __name__ == "__main__":
    main()
