"""What became of a dispute: where it stands, how it got there, where it is heading."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from briefbook.comparison.change import Change, ChangeKind, Importance, Spot
from briefbook.comparison.matching import paired
from briefbook.comparison.records import Scene, differences
from briefbook.comparison.sameness import place_of, same
from briefbook.model.facts import Dispute, Step

_K = ChangeKind


def dispute_differences(scene: Scene, spot: Spot, before: Dispute, after: Dispute) -> Iterator[Change]:
    """Everything that changed of a dispute."""
    yield from differences(scene, spot, before, after, frozenset({"history", "trend"}))
    if not same(before.history, after.history):
        yield from _history(scene, spot.at("history"), before, after)
    if not same(before.trend, after.trend):
        yield from _trend(scene, spot.at("trend"), before, after)


def _history(scene: Scene, spot: Spot, before: Dispute, after: Dispute) -> Iterator[Change]:
    pairing = paired(before.history, after.history)
    at = place_of(after.current, after.history)
    moved = before.current.status is not after.current.status and not _only_in_another_order(before, after)
    if moved:
        yield spot.at(at, item=after.current).change(_K.STATUS_MOVED, before.current, after.current)
    for j in pairing.new:
        if not (moved and j == at):
            yield spot.at(j, item=after.history[j]).change(_K.STEP_ADDED, None, after.history[j])
    for i, j in pairing.both:
        yield from _step(scene, spot.at(j, item=after.history[j]), before.history[i], after.history[j], told=moved and j == at)
    for i in pairing.gone:
        # A step that gave way to the one that is told of was corrected by it.
        if not (moved and before.history[i] is before.current and not _follows(before, after)):
            yield spot.at(i, item=before.history[i]).change(_K.ITEM_REMOVED, before.history[i], None)


def _step(scene: Scene, spot: Spot, before: Step, after: Step, *, told: bool) -> Iterator[Change]:
    if before.status is not after.status and not told:
        yield spot.at("status").change(_K.CORRECTED, before.status, after.status)
    yield from differences(scene, spot, before, after, frozenset({"status", "why"} if told else {"status"}))


def _follows(before: Dispute, after: Dispute) -> bool:
    return after.current.from_.sort_key() > before.current.from_.sort_key()


def _only_in_another_order(before: Dispute, after: Dispute) -> bool:
    """Of steps that began at one time, any may stand last."""
    there = any(same(before.current, step) for step in after.history) and any(same(after.current, step) for step in before.history)
    return there and before.current.from_ == after.current.from_


def _trend(scene: Scene, spot: Spot, before: Dispute, after: Dispute) -> Iterator[Change]:
    old, new = before.trend, after.trend
    if old is None or new is None:
        yield spot.change(_K.UNSET, old, None) if new is None else spot.change(_K.TREND_SET, None, new)
    elif old.direction is not new.direction:
        yield spot.change(_K.TREND_CHANGED, old, new)
    else:
        # The same judgement at a later date is no news.
        for change in differences(scene, spot, old, new):
            yield replace(change, importance=Importance.MINOR) if change.field == "as_of" else change
