"""From chunks to a LoRA adapter: facts, pairs, filters, training.

`finetune.finetune` is the whole journey; every stage is also usable on its own.
"""
