"""The learning curve as terminal lines, a report table and an inline SVG."""

from html import escape
from itertools import pairwise

from assistant.decision.curve_words import CURVE, curve_advice, gain_words, point_label
from assistant.decision.said import joined, opening
from assistant.decision.tables import Rows, Table
from assistant.decision.words import answers_not_stored
from assistant.evaluation.curve_answers import ASKED, HELD_OUT
from assistant.evaluation.learning_curve import FACTS, WORDINGS, Curve, CurvePoint

_WIDTH, _HEIGHT, _LEFT, _BOTTOM = 340, 230, 46, 186
_BAR, _NAME = 24, 30
_TITLES = {FACTS: "facts trained", WORDINGS: "wordings per fact"}


def curve_lines(curve: Curve) -> list[str]:
    """For a terminal: the points with bars, the last doublings, the advice."""
    n = curve.questions
    rows = [
        f"{n} questions asked closed book ({curve.question_source}); 100 % of the facts is what "
        f"the largest point had time for: {curve.facts_in_reach:,} of {curve.facts_total:,}",
    ]
    if curve.base is not None:
        rows.append(f"  {'untrained':<{_NAME}}{_told(curve.base, n)}")
    for sweep in (FACTS, WORDINGS):
        points = curve.sweep(sweep)
        rows += ["", f"{_TITLES[sweep]}:"] if points else []
        rows += [f"  {point_label(p):<{_NAME}}{_told(p, n)}" for p in points]
        gain = curve.gain(sweep)
        rows += [f"  {gain_words(gain)}"] if gain else []
    return [*rows, "", *curve_advice(curve)]


def curve_table(curve: Curve, command: str = "") -> Table:
    """The same points as a table of the report.

    Args:
        curve: what was measured.
        command: measures it again, where its answers were not kept; empty: they were.
    """
    kept = not command
    advice = curve_advice(curve, kept=kept)
    points = [*([curve.base] if curve.base else []), *curve.sweep(FACTS), *curve.sweep(WORDINGS)]
    return Table(
        f"Would more data pay? ({curve.minutes:g} minutes, model {curve.base_model})",
        ("training", "correct", "facts trained", "questions on them", "wordings", "exposures",
         "held-out wordings recalled"),
        tuple(_row(curve, p, kept) for p in points),
        joined("; ", advice if kept else (*advice, answers_not_stored(command))),
    )  # fmt: skip


def _row(curve: Curve, p: CurvePoint, kept: bool) -> tuple[str, ...]:
    def count(part: int, whole: int, of: str, mark: str) -> str:
        text = f"{part} of {whole}"
        rows = Rows(point_label(p), (f"part:{of}",), (mark,), "answers", CURVE)
        return opening(text, rows) if kept and whole else text

    return (
        point_label(p) + (" (time ran out)" if p.starved else ""),
        count(p.correct, curve.questions, ASKED, "correct"),
        f"{p.facts:,} of {curve.facts_total:,}",
        count(p.covered, curve.questions, ASKED, "trained"),
        f"{p.wordings:.1f}",
        f"{p.exposures} of {p.planned_exposures}",
        count(p.recalled, len(p.held_out), HELD_OUT, "correct"),
    )


def curve_chart(curve: Curve) -> str:
    """Both sweeps side by side: correct on questions (circles), held-out wordings (squares)."""
    drawn = [_panel(curve, sweep) for sweep in (FACTS, WORDINGS) if curve.sweep(sweep)]
    return f'<div class="two">{"".join(drawn)}</div>' if drawn else ""


def _panel(curve: Curve, sweep: str) -> str:
    points = ([curve.base] if curve.base and sweep == FACTS else []) + list(curve.sweep(sweep))
    most = points[-1].setting or 1.0

    def x(p: CurvePoint) -> float:
        return _LEFT + p.setting / most * (_WIDTH - _LEFT - 24)

    def y(share: float) -> float:
        return _BOTTOM - share * (_BOTTOM - 20)

    title = escape(_TITLES[sweep], quote=True)
    told = "; ".join(f"{point_label(p)}: {p.correct} of {curve.questions}" for p in points)
    parts = [
        f'<svg viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" '
        f'aria-label="share correct over {title}: {escape(told, quote=True)}">',
    ]
    for share in (0.0, 0.5, 1.0):
        parts.append(
            f'<line class="grid" x1="{_LEFT}" x2="{_WIDTH - 24}" y1="{y(share):.1f}" '
            f'y2="{y(share):.1f}"/><text class="tick" x="{_LEFT - 6}" y="{y(share) + 4:.1f}" '
            f'text-anchor="end">{share * 100:.0f} %</text>'
        )
    for a, b in pairwise(points):
        for kind, first, last in (
            ("c0", _share(a), _share(b)), ("c1", _recalled(a), _recalled(b)),
        ):  # fmt: skip
            parts.append(
                f'<line class="cost {kind}" x1="{x(a):.1f}" y1="{y(first):.1f}" '
                f'x2="{x(b):.1f}" y2="{y(last):.1f}"/>'
            )
    for p in points:
        at = y(_recalled(p))
        parts += [
            f'<circle class="point" cx="{x(p):.1f}" cy="{y(_share(p)):.1f}" r="5"/>',
            f'<rect class="point" x="{x(p) - 4:.1f}" y="{at - 4:.1f}" width="8" height="8"/>',
            f'<text class="tick" x="{x(p):.1f}" y="{_BOTTOM + 18}" text-anchor="middle">'
            f"{p.facts if sweep == FACTS else f'{p.setting:g}'}</text>",
        ]
    parts.append(
        f'<text class="name" x="{_WIDTH / 2:.0f}" y="{_HEIGHT - 8}" text-anchor="middle">{title}: '
        "○ questions, □ held out</text></svg>"
    )
    return "".join(parts)


def _told(p: CurvePoint, questions: int) -> str:
    bar = "█" * round(_BAR * _share(p))
    told = f"{bar:·<{_BAR}} {p.correct} of {questions} correct; {p.covered} ask trained facts"
    if p.facts:
        told += f", {p.wordings:.1f} wordings, {p.exposures} exposures"
    if p.held_out:
        told += f"; held-out wordings {p.recalled} of {len(p.held_out)}"
    return told + ("; TIME RAN OUT" if p.starved else "")


def _share(p: CurvePoint) -> float:
    return p.correct / len(p.right) if p.right else 0.0


def _recalled(p: CurvePoint) -> float:
    return p.recalled / len(p.held_out) if p.held_out else 0.0
