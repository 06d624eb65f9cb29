"""What a learning curve says and advises, each number opening the answers it counts."""

from assistant.decision.said import Said, opening, say
from assistant.decision.tables import Measure, Rows
from assistant.evaluation.curve_answers import ASKED, HELD_OUT
from assistant.evaluation.learning_curve import FACTS, WORDINGS, Curve, CurvePoint, Gain
from assistant.scoring.statistics import Interval

CURVE: Measure = "curve"
"""The measurement its rows belong to."""


def point_label(p: CurvePoint) -> str:
    """A point by its setting; who answered, in the rows of its numbers."""
    if p.sweep == FACTS:
        return f"{p.setting * 100:.0f} % of the facts ({p.facts:,})"
    if p.sweep == WORDINGS:
        s = "" if p.setting == 1 else "s"
        return f"up to {p.setting:g} wording{s} ({p.facts:,} facts)"
    return "untrained"


def gain_words(gain: Gain) -> Said:
    """`the last doubling gained +4.0 ± 6.1 points on the questions`."""
    told = [
        "the last doubling gained ", _points(gain, gain.questions, ASKED), " on the questions"
    ]  # fmt: skip
    if gain.held_out.n:
        told += [" and ", _points(gain, gain.held_out, HELD_OUT), " on held-out wordings"]
    if gain.starved:
        told.append("; time ran out in it, so this is not the effect of data")
    return say(*told)


def _points(gain: Gain, found: Interval, part: str) -> str:
    if found.clusters < 2:
        return "an unknown amount (under two clusters)"
    half = (found.high - found.low) / 2
    differing = f"differs:{point_label(gain.start)}"
    rows = Rows(point_label(gain.end), (f"part:{part}",), (differing,), "questions", CURVE)
    return opening(f"{found.estimate * 100:+.1f} ± {half * 100:.1f} points", rows)


def curve_advice(curve: Curve, *, kept: bool = False) -> tuple[str, ...]:
    """Would more data pay, would more training time pay, or is neither measurable?

    Args:
        curve: what was measured.
        kept: whether its answers are there to be opened.
    """
    facts, wordings = curve.gain(FACTS), curve.gain(WORDINGS)
    told = [_on_facts(curve, facts)] if facts else []
    told += [_on_wordings(wordings)] if wordings else []
    if not any(gain.shown for gain in (facts, wordings) if gain):
        asked = Rows("", (f"part:{ASKED}",), (), "questions", CURVE)
        told.append(say(
            "neither is measurable with these questions and this budget; ",
            opening(str(curve.questions), asked), " questions were asked",
        ))  # fmt: skip
    return tuple(told) if kept else tuple(map(str, told))


def _on_facts(curve: Curve, gain: Gain) -> Said:
    left = curve.facts_total - curve.facts_in_reach
    if gain.starved:
        return say("more training time first: the largest point ran out of it")
    if not gain.shown:
        return say("more facts: no gain shown (", gain_words(gain), ")")
    if left > 0:
        return say(
            "more training time would pay: ", gain_words(gain),
            f", and {left:,} of {curve.facts_total:,} facts of the documents were out of this "
            "budget's reach",
        )  # fmt: skip
    return say(
        "more data would pay: ", gain_words(gain),
        ", and every fact of the documents was trained",
    )  # fmt: skip


def _on_wordings(gain: Gain) -> Said:
    if gain.end.wordings - gain.start.wordings < 0.5:
        return say(
            f"more wordings per fact: not measured, the documents gave only "
            f"{gain.end.wordings:.1f} a fact"
        )
    word = "would pay" if gain.shown else "no gain shown"
    return say(f"more wordings per fact: {word} (", gain_words(gain), ")")
