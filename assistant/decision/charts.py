"""Inline SVG charts: no library, no request, readable without colour."""

from collections.abc import Sequence
from html import escape

from assistant.decision.costs import CostLine
from assistant.evaluation.records import ApproachSummary

_WIDTH, _ROW, _LEFT, _RIGHT = 720, 34, 170, 24


def share_chart(approaches: Sequence[ApproachSummary], target: float) -> str:
    """Share correct with its 95 % interval for each approach, and the target as a line.

    Args:
        approaches: those that were scored.
        target: 0..1.
    """
    rows = [a for a in approaches if a.n]
    height = _ROW * len(rows) + 56

    def x(share: float) -> float:
        return _LEFT + share * (_WIDTH - _LEFT - _RIGHT)

    parts = [
        f'<svg viewBox="0 0 {_WIDTH} {height}" role="img" aria-label="{_told(rows)}">',
        *(
            f'<line class="grid" x1="{x(t):.1f}" x2="{x(t):.1f}" y1="10" y2="{height - 40}"/>'
            f'<text class="tick" x="{x(t):.1f}" y="{height - 24}" text-anchor="middle">'
            f"{t * 100:.0f} %</text>"
            for t in (0, 0.25, 0.5, 0.75, 1.0)
        ),
    ]
    for i, a in enumerate(rows):
        y = 26 + i * _ROW
        parts += [
            f'<text class="name" x="{_LEFT - 12}" y="{y + 4}" text-anchor="end">'
            f"{escape(_short(a.name, 22))}</text>",
            f'<line class="interval" x1="{x(a.share.low):.1f}" x2="{x(a.share.high):.1f}" '
            f'y1="{y}" y2="{y}"/>',
            f'<circle class="point" cx="{x(a.share.estimate):.1f}" cy="{y}" r="6"/>',
        ]
    parts += [
        f'<line class="target" x1="{x(target):.1f}" x2="{x(target):.1f}" y1="6" '
        f'y2="{height - 40}"/>',
        f'<text class="tick" x="{x(target):.1f}" y="{height - 8}" text-anchor="middle">'
        f"target {target * 100:.0f} %</text>",
        "</svg>",
    ]
    return "".join(parts)


def _short(name: str, most: int) -> str:
    return name if len(name) <= most else f"{name[: most - 1]}…"


def _told(rows: Sequence[ApproachSummary]) -> str:
    told = "; ".join(
        f"{a.label} {a.share.estimate * 100:.0f} percent correct, "
        f"{a.share.low * 100:.0f} to {a.share.high * 100:.0f}"
        for a in rows
    )
    return escape(told, quote=True)


def cost_chart(lines: Sequence[CostLine], currency: str) -> str:
    """Monthly cost over volume, one line a candidate, up to four times the stated volume."""
    if not lines:
        return ""
    most = max(4 * lines[0].volume, 1.0)
    top = max(line.fixed + line.per_answer * most for line in lines) or 1.0
    height, bottom = 300, 250

    def x(volume: float) -> float:
        return 80 + volume / most * (_WIDTH - 80 - 150)

    def y(cost: float) -> float:
        return bottom - cost / top * (bottom - 20)

    told = "; ".join(f"{n.name} {n.monthly:,.0f} {currency} a month" for n in lines)
    parts = [
        f'<svg id="cost-chart" viewBox="0 0 {_WIDTH} {height}" role="img" '
        f'aria-label="{escape(told, quote=True)}">',
        f'<line class="grid" x1="80" x2="{x(most):.1f}" y1="{bottom}" y2="{bottom}"/>',
        f'<line class="target" x1="{x(lines[0].volume):.1f}" x2="{x(lines[0].volume):.1f}" '
        f'y1="20" y2="{bottom}"/>',
        f'<text class="tick" x="{x(lines[0].volume):.1f}" y="{bottom + 36}" '
        f'text-anchor="middle" data-chosen="">'
        f"volume {lines[0].volume:,.0f}</text>",
    ]
    for share in (0.0, 0.5, 1.0):
        parts += [
            f'<text class="tick" x="72" y="{y(top * share) + 4:.1f}" text-anchor="end" '
            f'data-cost="{share:g}">'
            f"{top * share:,.0f}</text>",
            f'<text class="tick" x="{x(most * share):.1f}" y="{bottom + 18}" '
            f'text-anchor="middle" data-volume="{share:g}">{most * share:,.0f}</text>',
        ]
    # Labels at the line ends are pushed apart where lines run together.
    placed: list[float] = []
    ordered = sorted(enumerate(lines), key=lambda p: p[1].fixed + p[1].per_answer * most)
    for i, line in ordered:
        end = y(line.fixed + line.per_answer * most)
        label = min([end + 4, *(p - 16 for p in placed)])
        placed.append(label)
        parts += [
            f'<line class="cost c{i % 5}" data-line="{i}" x1="{x(0):.1f}" y1="{y(line.fixed):.1f}" '
            f'x2="{x(most):.1f}" y2="{end:.1f}"/>',
            f'<text class="name" x="{x(most) + 8:.1f}" y="{label:.1f}" data-name="{i}">'
            f"{escape(_short(line.name, 18))}"
            "</text>",
        ]
    parts.append("</svg>")
    return "".join(parts)
