"""The charts' colours and type: a small palette with a name for every colour, for light and for dark.

A chart is drawn in the light colours; whoever writes it out replaces each by its name, so that a site can set both.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

WIDTH = 720
# Nothing is written smaller: a chart is scaled down on a phone.
SMALL = 12
NORMAL = 13
LEADING = 1.3
FONT = (
    "system-ui, -apple-system, 'Segoe UI', Roboto, 'Hiragino Sans', 'Yu Gothic UI', 'Noto Sans CJK JP', "
    "'Noto Sans JP', 'Noto Sans', sans-serif"
)

# No two are the same colour: a name must be found again from it. Text has a contrast of at least 4.5 with the paper,
# marks of 3; `grid` is decoration, and `on-tone` is what is written on a band.
PALETTE: Mapping[str, str] = MappingProxyType({
    "paper": "#ffffff",
    "ink": "#1b1f24",
    "muted": "#555d66",
    "grid": "#d8dde3",
    "line": "#7a828c",
    "mark": "#0b5fae",
    "planned": "#8a5a00",
    "fallen": "#868d96",
    "on-tone": "#fffffe",
    "tone-open": "#0f6fb5",
    "tone-negotiating": "#8a6d00",
    "tone-escalated": "#8f1d14",
    "tone-in-court": "#5b2a86",
    "tone-closed": "#5c6570",
    "group-person": "#0a6a8c",
    "group-organization": "#9a4f00",
    "group-authority": "#5e2d88",
    "group-other": "#59626d",
})
DARK: Mapping[str, str] = MappingProxyType({
    "paper": "#1e2129",
    "ink": "#e9ecf1",
    "muted": "#b3bac5",
    "grid": "#3b414d",
    "line": "#858d9b",
    "mark": "#6cb6ff",
    "planned": "#f0b84a",
    "fallen": "#808897",
    "on-tone": "#12141a",
    "tone-open": "#4f9fe6",
    "tone-negotiating": "#f0d264",
    "tone-escalated": "#f2775f",
    "tone-in-court": "#e6d1ff",
    "tone-closed": "#9aa3b0",
    "group-person": "#45a3d6",
    "group-organization": "#f2a65a",
    "group-authority": "#e2c9fb",
    "group-other": "#a2abb8",
})
