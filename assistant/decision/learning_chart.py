"""The learning curve as terminal lines, a report table and an inline SVG."""

from html import escape
from itertools import pairwise

from assistant.decision.tables import Table
from assistant.evaluation.learning_curve import FACTS, WORDINGS, Curve, CurvePoint

_WIDTH, _HEIGHT, _LEFT, _BOTTOM = 340, 230, 46, 186
_BAR = 24
_TITLES = {FACTS: "facts trained", WORDINGS: "wordings per fact"}


def curve_lines(curve: Curve) -> list[str]:
    """For a terminal: the points with bars, the last doublings, the advice."""
    n = curve.questions
    rows = [
        f"{n} questions asked closed book ({curve.question_source}); 100 % of the facts is what "
        f"the largest point had time for: {curve.facts_in_reach:,} of {curve.facts_total:,}",
    ]
    if curve.base is not None:
        rows.append(f"  {'untrained':<22}{_told(curve.base, n)}")
    for sweep in (FACTS, WORDINGS):
        points = curve.sweep(sweep)
        rows += ["", f"{_TITLES[sweep]}:"] if points else []
        rows += [f"  {_setting(p):<22}{_told(p, n)}" for p in points]
        gain = curve.gain(sweep)
        rows += [f"  {gain}"] if gain else []
    return [*rows, "", *curve.advice()]


def curve_table(curve: Curve) -> Table:
    """The same points as a table of the report."""
    base = [("untrained", curve.base)] if curve.base else []
    points = [*base, *((_setting(p), p) for s in (FACTS, WORDINGS) for p in curve.sweep(s))]
    return Table(
        f"Would more data pay? ({curve.minutes:g} minutes, model {curve.base_model})",
        ("training", "correct", "facts trained", "questions on them", "wordings", "exposures",
         "held-out wordings recalled"),
        tuple(
            (
                name + (" (time ran out)" if p.starved else ""),
                f"{p.correct} of {curve.questions}",
                f"{p.facts:,} of {curve.facts_total:,}",
                f"{p.covered} of {curve.questions}",
                f"{p.wordings:.1f}",
                f"{p.exposures} of {p.planned_exposures}",
                f"{p.recalled} of {len(p.held_out)}",
            )
            for name, p in points
        ),
        "; ".join(curve.advice()),
    )  # fmt: skip


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
    told = "; ".join(f"{_setting(p)}: {p.correct} of {curve.questions}" for p in points)
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


def _setting(p: CurvePoint) -> str:
    if p.sweep == FACTS:
        return f"{p.setting * 100:.0f} % ({p.facts:,} facts)"
    return f"{p.setting:g} ({p.facts:,} facts)" if p.sweep == WORDINGS else "untrained"


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
