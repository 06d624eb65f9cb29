"""Share correct with its interval, drawn. The table below it says the same in words."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import streamlit as st

if TYPE_CHECKING:
    from assistant.evaluation.records import RunSummary

ROW_HEIGHT = 34


def draw_intervals(summary: "RunSummary", labels: Mapping[str, str]) -> None:
    """One line an approach: the interval as a bar, the estimate as a dot."""
    rows = [
        {
            "approach": labels.get(a.name, a.label),
            "share": a.share.estimate,
            "low": a.share.low,
            "high": a.share.high,
            "correct": str(a.correct),
        }
        for a in summary.approaches
        if a.correct.whole
    ]
    if rows:
        st.vega_lite_chart(rows, _chart([str(r["approach"]) for r in rows]), width="stretch")


def _chart(order: list[str]) -> dict[str, Any]:
    y = {"field": "approach", "type": "nominal", "sort": order, "title": None}
    scale = {"domain": [0, 1]}
    percent = {"format": ".0%", "tickCount": 5}
    x = {"type": "quantitative", "scale": scale, "axis": percent, "title": "share correct"}
    tooltip = [
        {"field": "approach", "title": "approach"},
        {"field": "correct", "title": "correct"},
        {"field": "low", "format": ".0%", "title": "from"},
        {"field": "high", "format": ".0%", "title": "to"},
    ]
    return {
        "height": {"step": ROW_HEIGHT},
        "encoding": {"y": y, "tooltip": tooltip},
        "layer": [
            {
                "mark": {"type": "bar", "height": 8, "cornerRadius": 4, "opacity": 0.35},
                "encoding": {"x": {"field": "low", **x}, "x2": {"field": "high"}},
            },
            {
                "mark": {"type": "point", "filled": True, "size": 110, "opacity": 1},
                "encoding": {"x": {"field": "share", **x}},
            },
        ],
    }
