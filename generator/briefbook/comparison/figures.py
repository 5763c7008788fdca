"""What became of the values of a figure: new, put in place of another, corrected, or no longer the one shown first."""

from __future__ import annotations

from collections.abc import Iterator

from briefbook.comparison.change import Change, ChangeKind, Spot
from briefbook.comparison.matching import Pairing, paired
from briefbook.comparison.records import Scene, differences
from briefbook.comparison.sameness import place_of, same
from briefbook.comparison.wordings import text_change
from briefbook.model.facts import Figure, FigureValue

_K = ChangeKind
_TOLD = frozenset({"amount", "date"})


def figure_differences(scene: Scene, spot: Spot, before: Figure, after: Figure) -> Iterator[Change]:
    """Everything that changed of a figure."""
    yield from differences(scene, spot, before, after, frozenset({"values"}))
    if same(before.values, after.values):
        return
    pairing = paired(before.values, after.values)
    changes = list(_values(scene, spot.at("values"), before, after, pairing))
    yield from changes
    yield from _leading(spot.at("values"), before, after, pairing)


def _values(scene: Scene, spot: Spot, before: Figure, after: Figure, pairing: Pairing) -> Iterator[Change]:
    earlier = {j: before.values[i] for i, j in pairing.both}
    replaced = {j: target for j, value in enumerate(after.values) if (target := _replaced(after, value)) is not None}
    newly = {j: t for j, t in replaced.items() if j in pairing.new or earlier[j].replaces is None}
    for j in pairing.new:
        here = spot.at(j, item=after.values[j])
        if j not in newly:
            yield here.change(_K.VALUE_ADDED, None, after.values[j])
    for j, target in newly.items():
        yield spot.at(j, item=after.values[j]).change(_K.VALUE_REPLACED, earlier.get(target, after.values[target]), after.values[j])
    for i, j in pairing.both:
        # That a value no longer stands is told with the one that took its place.
        skip = frozenset({"status"}) if j in newly.values() and not after.values[j].stands else frozenset()
        yield from _value(scene, spot.at(j, item=after.values[j]), before.values[i], after.values[j], skip)
    for i in pairing.gone:
        yield spot.at(i, item=before.values[i]).change(_K.VALUE_REMOVED, before.values[i], None)


def _value(scene: Scene, spot: Spot, before: FigureValue, after: FigureValue, skip: frozenset[str]) -> Iterator[Change]:
    words = _in_words_alone(before) and _in_words_alone(after) and before.words != after.words
    told = text_change(spot.at("words"), before.words, after.words, scene.languages, scene.names) if words and before.words and after.words else None
    if (before.amount, before.date) != (after.amount, after.date) or (told is not None and not told.minor):
        yield spot.change(_K.VALUE_CORRECTED, before, after)
        skip |= {"words"}
    yield from differences(scene, spot, before, after, skip | _TOLD)


def _in_words_alone(value: FigureValue) -> bool:
    return value.amount is None and value.date is None


def _replaced(figure: Figure, value: FigureValue) -> int | None:
    """The position of the value that this one takes the place of."""
    if value.replaces is None:
        return None
    return next((j for j, other in enumerate(figure.values) if other.key == value.replaces and other is not value), None)


def _leading(spot: Spot, before: Figure, after: Figure, pairing: Pairing) -> Iterator[Change]:
    """Which value a reader is shown first, where that is another one and no new value says so already."""
    was, now = before.leading, after.leading
    kept, at = dict(pairing.both).get(place_of(was, before.values)), place_of(now, after.values)
    tied = was.as_of.sort_key() == now.as_of.sort_key() and was.leading == now.leading
    if kept == at or kept is None or at in pairing.new or tied:
        return
    yield spot.at(at, item=now).change(_K.VALUE_LEADING, was, now)
