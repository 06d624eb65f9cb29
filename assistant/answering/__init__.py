"""Questions in, answers out: approaches as data, prompts, the one pipeline, citations."""
