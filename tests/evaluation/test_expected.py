import numpy as np
import pytest

from assistant.evaluation.expected import check_forecast, expected_correct
from assistant.scoring.clusters import make_clusters
from tests.evaluation.helpers import facts

QUESTIONS = facts(120, documents=40)
CLUSTERS = make_clusters(QUESTIONS)


def embedded(rng, topics):
    """Questions of one topic lie close together."""
    centres = rng.normal(size=(max(topics.values()) + 1, 16))
    rows = {q: centres[t] + 0.3 * rng.normal(size=16) for q, t in topics.items()}
    return {q: list(v / np.linalg.norm(v)) for q, v in rows.items()}


def test_similar_questions_help_where_topics_differ_in_difficulty():
    rng = np.random.default_rng(0)
    topics = {q.id: i % 3 for i, q in enumerate(QUESTIONS)}
    vectors = embedded(rng, topics)
    outcomes = {q: float(rng.random() < (0.95, 0.5, 0.05)[t]) for q, t in topics.items()}
    forecast = check_forecast(vectors, outcomes, CLUSTERS)
    assert forecast.usable
    assert forecast.scored == 120
    easy = next(q for q, t in topics.items() if t == 0)
    hard = next(q for q, t in topics.items() if t == 2)
    assert expected_correct(forecast, vectors[easy], vectors, outcomes) > 0.6
    assert expected_correct(forecast, vectors[hard], vectors, outcomes) < 0.4


@pytest.mark.parametrize("seed", range(6))
def test_nothing_is_said_where_nothing_can_be_known(seed):
    rng = np.random.default_rng(seed)
    vectors = embedded(rng, {q.id: i % 3 for i, q in enumerate(QUESTIONS)})
    outcomes = {q.id: float(rng.random() < 0.7) for q in QUESTIONS}
    forecast = check_forecast(vectors, outcomes, CLUSTERS)
    assert not forecast.usable
    assert expected_correct(forecast, next(iter(vectors.values())), vectors, outcomes) is None


def test_knowledge_of_one_document_does_not_count():
    """Outcomes that hang together inside documents only: leaving documents out shows no gain."""
    rng = np.random.default_rng(1)
    topics = {q.id: i % 40 for i, q in enumerate(QUESTIONS)}
    luck = rng.random(40) < 0.5
    outcomes = {q: float(luck[t]) for q, t in topics.items()}
    assert not check_forecast(embedded(rng, topics), outcomes, CLUSTERS).usable


def test_too_few():
    assert not check_forecast({}, {}, CLUSTERS).usable
