"""The palette can be told from the paper, in light and in dark, and its tones from each other by everyone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib.resources import files
from itertools import combinations

import pytest

from briefbook.charts.theme import DARK, PALETTE

THEMES = pytest.mark.parametrize("colours", [PALETTE, DARK], ids=["light", "dark"])
TEXT = {"ink", "muted"}
DECORATION = {"paper", "grid", "on-tone"}
# What is left of red, green and blue (linear) without red, green or blue cones: Machado, Oliveira and Fernandes 2009.
BLINDNESS = {
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritan": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}


def linear(colour: str) -> list[float]:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def light(colour: str) -> float:
    return sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), linear(colour), strict=True))


def contrast(one: str, other: str) -> float:
    dark, bright = sorted((light(one), light(other)))
    return (bright + 0.05) / (dark + 0.05)


def lab(rgb: list[float]) -> list[float]:
    matrix = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
    x, y, z = (sum(a * b for a, b in zip(row, rgb, strict=True)) / white for row, white in zip(matrix, (0.9505, 1, 1.089), strict=True))
    fx, fy, fz = (max(part, 0) ** (1 / 3) if part > 0.008856 else 7.787 * part + 16 / 116 for part in (x, y, z))
    return [116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)]


def seen(colour: str, kind: str) -> list[float]:
    rgb = linear(colour)
    return lab([sum(a * b for a, b in zip(row, rgb, strict=True)) for row in BLINDNESS[kind]])


def test_both_themes_have_the_same_names() -> None:
    assert list(PALETTE) == list(DARK)


def test_a_colour_tells_its_name() -> None:
    assert len(set(PALETTE.values())) == len(PALETTE)


@THEMES
def test_contrast(colours: Mapping[str, str]) -> None:
    low = {
        name for name, colour in colours.items()
        if name not in DECORATION and contrast(colour, colours["paper"]) < (4.5 if name in TEXT else 3)
    }
    assert not low


@THEMES
def test_words_can_be_read_on_every_tone(colours: Mapping[str, str]) -> None:
    tones = [colour for name, colour in colours.items() if name.startswith("tone-")]
    assert min(contrast(colours["on-tone"], tone) for tone in tones) >= 4.5


@THEMES
@pytest.mark.parametrize("kind", BLINDNESS)
@pytest.mark.parametrize("family", ["tone-", "group-"])
def test_a_family_differs_for_the_colour_blind(colours: Mapping[str, str], family: str, kind: str) -> None:
    tones = {name: seen(colour, kind) for name, colour in colours.items() if name.startswith(family)}
    close = {
        (a, b): round(distance) for (a, one), (b, other) in combinations(tones.items(), 2)
        if (distance := sum((x - y) ** 2 for x, y in zip(one, other, strict=True)) ** 0.5) < 14
    }
    assert not close


def test_the_style_sheet_has_the_same_colours() -> None:
    """Charts are drawn in the light ones and take the page's: theme/assets/briefbook.css repeats both sets by name."""
    text = (files("briefbook") / "theme" / "assets" / "briefbook.css").read_text(encoding="utf-8")
    light, dark = text.split('[data-md-color-scheme="slate"] {', maxsplit=1)
    found = (dict(re.findall(r"--bb-chart-([\w-]+): (#[0-9a-f]{6});", part)) for part in (light, dark.partition("}")[0]))
    assert [dict(PALETTE), dict(DARK)] == list(found)
