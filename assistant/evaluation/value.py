"""What answers are worth when a wrong one costs something.

Per question +1 when right, 0 when declined, -c when wrong. The mean is the *effective reliability*
of Whitehead et al. 2022, "Reliable Visual Question Answering: Abstain Rather Than Answer
Incorrectly" (arXiv:2204.13631); here, declining what cannot be answered is right. With c = 0 it is
the share correct.
"""

from assistant.evaluation.contrasts import Outcomes
from assistant.scoring.clusters import Clusters
from assistant.scoring.statistics import Interval, value_interval


def values_of(correct: Outcomes, wrong: Outcomes, wrong_costs: float) -> Outcomes:
    """Approach -> question -> value.

    Args:
        correct: 1.0 where right, else 0.0.
        wrong: 1.0 where confidently wrong, else 0.0.
        wrong_costs: what a wrong answer takes away, in right ones.
    """
    return {
        name: {q: right - wrong_costs * wrong[name][q] for q, right in answers.items()}
        for name, answers in correct.items()
    }


def value_of(values: Outcomes, approach: str, clusters: Clusters, wrong_costs: float) -> Interval:
    """Mean value of an approach's answers, with its cluster interval."""
    return value_interval(clusters.averaged(values[approach]), -wrong_costs)
