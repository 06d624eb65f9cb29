"""Teaching an adapter only what changed: new facts, and a share of old ones against forgetting."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from pathlib import Path
from random import Random

from assistant.errors import AdapterMismatch, ModelError, UsageError
from assistant.finetuning.collect import PairSet
from assistant.finetuning.course import LoraSettings
from assistant.finetuning.records import TrainingSet
from assistant.finetuning.synthesis import CLOZE, QUESTION, REVERSE, STATEMENT
from assistant.models.adapters import AdapterManifest
from assistant.schema import Chunk, Fact, Pair

CLOSED_BOOK = frozenset({QUESTION, REVERSE, STATEMENT, CLOZE})
REHEARSAL = 1.0
"""Old facts rehearsed for each changed one."""
FEWEST_REHEARSED = 8


@dataclass(frozen=True, slots=True)
class DeltaSet:
    """What is taught, what is rehearsed, and what the adapter knows of afterwards."""

    pairs: tuple[Pair, ...]
    """Of changed facts, with their passages and refusals."""
    rehearsal: tuple[Pair, ...]
    """Of facts the parent was trained on and that still stand; without passages."""
    changed: tuple[Fact, ...]
    facts: tuple[Fact, ...]
    """All facts of the documents as they are now."""
    kept: frozenset[str]
    """Ids of facts the parent was trained on and that still stand."""
    old_pairs: tuple[Pair, ...]
    """What the parent was trained on, under the ids of the facts as they are now."""

    @property
    def rehearsed(self) -> tuple[str, ...]:
        """Ids of the rehearsed facts, in order."""
        return tuple(dict.fromkeys(p.fact_id for p in self.rehearsal))


def changed_documents(chunks: Sequence[Chunk], parent: AdapterManifest) -> tuple[Chunk, ...]:
    """Every chunk of the documents that have a chunk the parent has not seen.

    Raises:
        UsageError: the parent has seen all there is, or does not say what it has seen.
    """
    if not parent.chunk_ids:
        raise UsageError(
            f"adapter {parent.id} does not say which chunks it was made from",
            "assistant finetune   (without --delta)",
        )
    seen = frozenset(parent.chunk_ids)
    touched = {c.document_id for c in chunks if c.id not in seen}
    if not touched:
        raise UsageError(
            f"adapter {parent.id} has seen every chunk of the index; nothing to teach",
            "assistant reindex, when documents have changed",
        )
    return tuple(c for c in chunks if c.document_id in touched)


def require_base(parent: AdapterManifest, fingerprint: str) -> None:
    """Refuse to go on from weights made for another base model.

    Raises:
        AdapterMismatch: the fingerprints differ.
    """
    if parent.base_fingerprint != fingerprint:
        raise AdapterMismatch(
            f"adapter {parent.id} belongs to base {parent.base_fingerprint}, the base model now "
            f"is {fingerprint}",
            "assistant finetune   (without --delta)",
        )


def parent_settings(folder: Path, learning_rate: float | None) -> LoraSettings:
    """Rank and alpha of an adapter on disk: weights only fit where they were made for.

    Raises:
        ModelError: its configuration cannot be read.
    """
    try:
        data = json.loads((folder / "adapter_config.json").read_text("utf-8"))
        return LoraSettings(int(data["r"]), int(data["lora_alpha"]), learning_rate)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(
            f"adapter {folder.name} has no readable adapter_config.json ({error})",
            "assistant finetune   (without --delta)",
        ) from error


def delta_set(
    collected: PairSet,
    chunks: Sequence[Chunk],
    parent: AdapterManifest,
    old: TrainingSet,
    *,
    rehearsal: float = REHEARSAL,
    seed: int = 0,
) -> DeltaSet:
    """Tells changed facts from those that only moved, and draws the rehearsal.

    A fact of a new chunk counts as changed unless a vanished chunk of the same document held a
    fact of the same kind, subject, relation and value: such a fact is matched with the old one
    and keeps what was trained about it.

    Args:
        collected: from the changed documents.
        chunks: of the whole index.
        parent: the adapter to go on from.
        old: its training set.
        rehearsal: old facts for each changed one.
        seed: of the draw.

    Raises:
        UsageError: the changed chunks hold no fact that could be asked.
    """
    now = {c.id for c in chunks}
    fresh = now - frozenset(parent.chunk_ids)
    found = [one.fact for one in collected.evidence if one.fact.chunk_id in fresh]
    moved = _moved(found, [f for f in old.facts if f.chunk_id not in now])
    carried = set(moved.values())
    asked = {p.fact_id for p in collected.pairs if p.variant in CLOSED_BOOK}
    changed = tuple(f for f in found if f.id not in carried and f.id in asked)
    if not changed:
        raise UsageError(
            f"no fact changed in {len(fresh)} changed chunks that could be turned into a question",
            "assistant search WORDS   (to see what the documents' text looks like)",
        )
    ids = {f.id for f in changed}
    others = [p for p in collected.pairs if not p.fact_id and p.variant != "user"]
    pairs = [p for p in collected.pairs if p.fact_id in ids or p.variant == "user"]
    pairs += others[: len(ids)]
    standing = [f for f in old.facts if f.chunk_id in now]
    renamed = [replace(p, fact_id=moved.get(p.fact_id, p.fact_id)) for p in old.pairs]
    stands = {f.id for f in standing} | carried
    kept = frozenset(moved.get(i, i) for i in old.trained) & stands
    drawn = _draw(kept, renamed, max(FEWEST_REHEARSED, round(rehearsal * len(ids))), seed)
    every = {f.id: f for f in (*standing, *found)}
    return DeltaSet(
        tuple(pairs), tuple(drawn), changed, tuple(every.values()), kept, tuple(renamed)
    )


def _moved(found: Iterable[Fact], vanished: Iterable[Fact]) -> Mapping[str, str]:
    """Old fact id -> new id of the same statement in a chunk that changed around it."""
    waiting: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for fact in found:
        waiting[_identity(fact)].append(fact.id)
    same: dict[str, str] = {}
    for fact in vanished:
        if waiting[_identity(fact)]:
            same[fact.id] = waiting[_identity(fact)].pop(0)
    return same


def _identity(fact: Fact) -> tuple[str, ...]:
    value = " ".join(fact.value.split())
    return fact.document_id, fact.kind, fact.subject, fact.relation, value


def _draw(kept: frozenset[str], pairs: Iterable[Pair], count: int, seed: int) -> list[Pair]:
    rows: dict[str, list[Pair]] = defaultdict(list)
    for pair in pairs:
        if pair.fact_id in kept and pair.variant in CLOSED_BOOK:
            rows[pair.fact_id].append(pair)
    order = sorted(rows)
    Random(f"rehearsal/{seed}").shuffle(order)
    return [pair for fact in order[:count] for pair in rows[fact]]


def in_turns(changed: Sequence[str], rehearsed: Sequence[str]) -> tuple[str, ...]:
    """Fact ids, a changed one and a rehearsed one by turns: a short budget cuts both alike."""
    turns = zip_longest(changed, rehearsed)
    return tuple(fact for pair in turns for fact in pair if fact is not None)


def merged_manifest(
    fresh: AdapterManifest,
    parent: AdapterManifest,
    made: DeltaSet,
    trained: frozenset[str],
    chunks: Iterable[Chunk],
) -> AdapterManifest:
    """The new version's manifest: what it knows is the parent's facts that still stand, and these.

    Exposures are the mean over all of them; rehearsed facts were met in both trainings.
    """
    known = made.kept | trained
    seen = Counter(dict.fromkeys(made.kept, parent.exposures))
    seen.update(dict.fromkeys(trained, fresh.exposures))
    return replace(
        fresh,
        parent=parent.id,
        delta_facts=len(trained & {f.id for f in made.changed}),
        facts_total=len(made.facts),
        facts_trained=len(known),
        exposures=round(sum(seen.values()) / max(1, len(known)), 1),
        chunk_ids=tuple(sorted(c.id for c in chunks)),
    )
