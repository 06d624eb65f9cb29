"""Exact match and F1 as the official SQuAD scripts compute them (v1.1 and v2.0).

Reported beside our own rule and never used to decide: the official normalisation deletes
punctuation, so "v2.1" equals "v21" here, and "14 days" scores 0.5 against "30 days".

Source of the formula: Rajpurkar et al. 2016 (arXiv:1606.05250) and 2018 (arXiv:1806.03822).
"""

import re
import string
from collections import Counter
from collections.abc import Sequence

_ARTICLE = re.compile(r"\b(?:a|an|the)\b")
_DELETE_PUNCTUATION = str.maketrans("", "", string.punctuation)


def normalize(text: str) -> str:
    """Lowercase, delete ASCII punctuation, drop English articles, collapse white space."""
    bare = text.lower().translate(_DELETE_PUNCTUATION)
    return " ".join(_drop_articles(bare).split())


def _drop_articles(text: str) -> str:
    # The official script replaces an article by a blank wherever *word boundaries* enclose it,
    # which is not the same as dropping white-space tokens: "a–b" loses its "a".
    return _ARTICLE.sub(" ", text)


def _tokens(text: str) -> list[str]:
    return normalize(text).split() if text else []


def exact_match(prediction: str, references: Sequence[str]) -> float:
    """1.0 when the normalised prediction equals a normalised reference, else 0.0.

    Args:
        prediction: the answer; the empty string means "no answer".
        references: gold answers; none at all means unanswerable (gold is the empty string).
    """
    golds = _official_golds(references)
    return max(float(normalize(prediction) == normalize(gold)) for gold in golds)


def f1(prediction: str, references: Sequence[str]) -> float:
    """Best token F1 over the references, 0..1; see `exact_match` for the arguments."""
    return max(_f1_one(prediction, gold) for gold in _official_golds(references))


def _official_golds(references: Sequence[str]) -> list[str]:
    # As the v2.0 script: references that normalise to nothing are left out, and none left
    # means the right answer is the empty string.
    return [gold for gold in references if normalize(gold)] or [""]


def _f1_one(prediction: str, gold: str) -> float:
    gold_tokens, predicted = _tokens(gold), _tokens(prediction)
    if not gold_tokens or not predicted:
        return float(gold_tokens == predicted)
    shared = sum((Counter(gold_tokens) & Counter(predicted)).values())
    if shared == 0:
        return 0.0
    precision, recall = shared / len(predicted), shared / len(gold_tokens)
    return 2 * precision * recall / (precision + recall)
