"""Four approaches in one batch against the same four one after another.

    python -m tests.benchmarks.bench_batch [--model embedded] [--passage-tokens 300] [--answer 16]

Needs an idle machine. Prints one JSON object: medians in seconds over the repeats, the ratio with
its quartiles, the same in processor seconds (less disturbed by other programs), and what it was
measured on. 300 tokens are a question with one passage, the embedded model's default; five passages
are about 900. The adapter is random: only its arithmetic matters here. Every row
decodes exactly `--answer` tokens, so that both ways do the same work.
"""

import argparse
import json
import os
import platform
import statistics
import tempfile
import time
from pathlib import Path


def random_adapter(model, folder, rank, spread=0.02):
    import torch
    from peft import LoraConfig, get_peft_model

    from assistant.finetuning.layers import adapted_layers
    from assistant.models.local import load_local

    torch.manual_seed(0)
    local = load_local(model)
    wrapped = get_peft_model(local.model, LoraConfig(r=rank, target_modules=adapted_layers(local)))
    with torch.no_grad():
        for name, parameter in wrapped.named_parameters():
            if "lora_B" in name:
                parameter.normal_(0, spread)
    wrapped.save_pretrained(folder)


def rows(engine, passage_tokens):
    from assistant.schema import Message, Row

    question = "Question: Within how many days may goods be sent back to the depot in Halifax?"
    sentence = "Goods may be sent back within twenty days of delivery if the seal is unbroken. "
    text, n = question, 0
    while engine.count_tokens((Message("user", text),)) < passage_tokens:
        if n % 10 == 0:
            text += f"\n\n[{n // 10 + 1}] Returns > Halifax\n"
        text, n = text + sentence, n + 1
    closed, opened = (Message("user", question),), (Message("user", text),)
    return [Row(closed), Row(opened), Row(closed, "random"), Row(opened, "random")]


def quarters(values):
    return [round(q, 3) for q in statistics.quantiles(values, n=4)]


def measure(model, passage_tokens, answer, repeats, rank):
    import torch

    from assistant.models.engine import Engine
    from assistant.models.local import load_local

    def loader():
        local = load_local(model, adapter_path=lambda _: Path(folder))
        local.model.generation_config.eos_token_id = None
        local.eos_ids = frozenset()
        return local

    with tempfile.TemporaryDirectory() as folder:
        random_adapter(model, folder, rank)
        engine = Engine(loader)
        four = rows(engine, passage_tokens)
        together, apart, processor = [], [], []
        for repeat in range(repeats + 2):
            start, used = time.perf_counter(), time.process_time()
            results = engine.generate(four, max_new_tokens=answer)
            middle, used_then = time.perf_counter(), time.process_time()
            alone = [engine.generate([row], max_new_tokens=answer)[0] for row in four]
            end = time.perf_counter()
            assert {g.completion_tokens for g in [*results, *alone]} == {answer}
            if repeat >= 2:  # warm
                together.append(middle - start)
                apart.append(end - middle)
                processor.append((used_then - used) / (time.process_time() - used_then))
        engine.close()
    one, other = statistics.median(together), statistics.median(apart)
    return {
        "model": model,
        "prompt_tokens": [g.prompt_tokens for g in results],
        "answer_tokens": answer,
        "repeats": repeats,
        "together_seconds": round(one, 4),
        "one_after_another_seconds": round(other, 4),
        "ratio": round(one / other, 3),
        "ratio_quartiles": quarters(a / b for a, b in zip(together, apart, strict=True)),
        "processor_ratio_quartiles": quarters(processor),
        "equal_texts": sum(a.text == b.text for a, b in zip(results, alone, strict=True)),
        "threads": torch.get_num_threads(),
        "load_average": os.getloadavg()[0],
        "machine": f"{platform.machine()} {os.cpu_count()} cores",
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--model", default="embedded")
    parser.add_argument("--passage-tokens", type=int, default=300)
    parser.add_argument("--answer", type=int, default=16)
    parser.add_argument("--repeats", type=int, default=20)
    parser.add_argument("--rank", type=int, default=32)
    given = parser.parse_args()
    result = measure(given.model, given.passage_tokens, given.answer, given.repeats, given.rank)
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
