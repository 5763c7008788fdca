"""A day, looked at from a later one: what was over by then, what had begun, and what then lay ahead.

Dates are known to the day, the month or the year. What may be later is later, unless something proves that it is not.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from briefbook.model.dates import PartialDate, When


@dataclass(frozen=True, slots=True)
class Moment:
    """The `day` that is asked for, and the last day that the facts know of (`known`): what lies after that is a plan."""

    day: date
    known: date

    @property
    def present(self) -> bool:
        """Whether nothing in the facts is later, so that they are as they were."""
        return self.day >= self.known

    def over(self, when: When) -> bool:
        """Whether the day, or the last of the days, is certainly none after the day asked for."""
        end = when.end or when.start
        return end is not None and self._latest(end) <= self.day

    def begun(self, when: When, published: Iterable[date] = ()) -> bool:
        """Whether it certainly was so by then.

        A month or a year that the day lies within had come to it if a source that tells of it was `published` within it by then.
        What has no beginning had begun.
        """
        start = when.start
        if start is None or self._latest(start) <= self.day:
            return True
        return start.first() <= self.day and any(start.first() <= one <= self.day for one in published)

    def planned(self, when: When) -> bool:
        """Whether it lies ahead even for the facts as they are now."""
        start = when.start or when.end
        return start is not None and start.first() > self.known

    def _latest(self, one: PartialDate) -> date:
        """The last day it can be: of what the facts know to have come, none that they do not know of."""
        return min(one.last(), self.known) if one.first() <= self.known else one.last()
