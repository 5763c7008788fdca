"""From two briefings to everything that changed between them: the one function that others call."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from briefbook.comparison.change import Change, ChangeKind, Spot
from briefbook.comparison.disputes import dispute_differences
from briefbook.comparison.figures import figure_differences
from briefbook.comparison.naming import Names
from briefbook.comparison.records import Scene, differences
from briefbook.comparison.renaming import new_ids, under_new_ids, with_new_ids
from briefbook.comparison.sameness import same
from briefbook.model.briefing import ABOUT, Briefing, kind_of
from briefbook.model.claims import Status
from briefbook.model.facts import KINDS, AnyFact, Dispute, Figure, Source

_K = ChangeKind
_CAME = (Status.SCHEDULED, Status.CONFIRMED)


def compare(before: Briefing, after: Briefing, unread: Collection[str] = ()) -> tuple[Change, ...]:
    """What changed, in the order of the kinds of fact, then by id, then by weight.

    Facts in `unread` could not be read on one side, so that nothing can be said of them. Where things stand in a file or
    in a list, how they are laid out and what no reader sees is no change.
    """
    return tuple(_Comparison(before, after, frozenset(unread)).changes())


@dataclass
class _Comparison:
    before: Briefing
    after: Briefing
    unread: frozenset[str]

    def __post_init__(self) -> None:
        self.ids = new_ids(self.before, self.after)
        self.earlier = under_new_ids(self.before, self.ids)
        names = Names((self.before, self.after))
        sources = [{id_: fact for id_, fact in side.items() if isinstance(fact, Source)} for side in (self.earlier, self.after.facts)]
        self.scene = Scene(self.after.languages, names, *sources)

    def changes(self) -> Iterator[Change]:
        about = with_new_ids(self.before.about, self.ids)
        yield from _in_order(differences(self.scene, Spot(ABOUT, ABOUT), about, self.after.about))
        for kind in KINDS:
            for id_ in sorted({*self._of(kind, self.earlier), *self._of(kind, self.after.facts)}):
                yield from _in_order(self._fact(Spot(id_, kind), id_, kind))

    def _of(self, kind: str, facts: object) -> set[str]:
        assert hasattr(facts, "items")
        return {id_ for id_, fact in facts.items() if kind_of(fact) == kind and not self.unread & {id_, *fact.formerly}}

    def _fact(self, spot: Spot, id_: str, kind: str) -> Iterator[Change]:
        old, new = (facts.get(id_) for facts in (self.earlier, self.after.facts))
        old, new = (fact if fact is not None and kind_of(fact) == kind else None for fact in (old, new))
        yield from self._renamed(spot)
        if new is None:
            yield from [spot.change(_K.REMOVED, old, None)]
        elif old is None:
            yield spot.change(_K.ADDED, None, new, minor=isinstance(new, Source))
        elif not same(old, new):
            yield from self._withdrawal(spot, old, new)
            yield from _folded(list(self._same(spot, old, new)))

    def _renamed(self, spot: Spot) -> Iterator[Change]:
        for former, id_ in self.ids.items():
            if id_ == spot.fact and kind_of(self.before.facts[former]) == spot.section:
                if id_ in self.before.facts:
                    yield spot.change(_K.MERGED, self.before.facts[former], self.after.facts[id_])
                else:
                    yield spot.change(_K.RENAMED, former, id_, minor=True)

    def _withdrawal(self, spot: Spot, old: AnyFact, new: AnyFact) -> Iterator[Change]:
        if old.withdrawn is None and new.withdrawn is not None:
            yield spot.change(_K.WITHDRAWN, None, new.withdrawn)
        elif old.withdrawn is not None and new.withdrawn is None:
            yield spot.change(_K.REINSTATED, old.withdrawn, None)
        elif old.withdrawn is not None and new.withdrawn is not None:
            yield from differences(self.scene, spot.at("withdrawn"), old.withdrawn, new.withdrawn)

    def _same(self, spot: Spot, old: AnyFact, new: AnyFact) -> Iterator[Change]:
        if isinstance(old, Figure) and isinstance(new, Figure):
            yield from figure_differences(self.scene, spot, old, new)
        elif isinstance(old, Dispute) and isinstance(new, Dispute):
            yield from dispute_differences(self.scene, spot, old, new)
        else:
            yield from differences(self.scene, spot, old, new)


def _folded(changes: list[Change]) -> list[Change]:
    """Without what goes without saying: that a date that has come is set no more."""
    happened = any(change.kind is _K.HAPPENED for change in changes)
    return [c for c in changes if not (happened and c.kind is _K.CLAIM_STATUS and (c.before, c.after) == _CAME)]


def _in_order(changes: Iterator[Change]) -> list[Change]:
    return sorted(changes, key=Change.sort_key)
