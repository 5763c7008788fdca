"""What a date certainly means. A doubtful or open date proves nothing, so rules about time never rest on one.

Compare only through here: dates in a file are as exact as their authors knew, and the world has time zones.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TypeGuard

from briefbook.model.briefing import Briefing
from briefbook.model.dates import PartialDate, When
from briefbook.rules.circumstances import Circumstances

# The same moment has two dates in two places.
TIME_ZONES = timedelta(days=1)


def earliest(when: When | None) -> date | None:
    """The first day it can mean; nothing where that is open, or the date is marked as uncertain or about."""
    return when.start.first() if when is not None and _exact(when.start) else None


def latest(when: When | None) -> date | None:
    """The last day it can mean; nothing where that is open, or the date is marked as uncertain or about."""
    return when.end.last() if when is not None and _exact(when.end) else None


def before(one: When | date | None, other: When | date | None, leeway: timedelta = timedelta()) -> bool:
    """Whether `one` is over before `other` begins, in every reading of both, and by more than `leeway`."""
    end = latest(one) if isinstance(one, When) else one
    start = earliest(other) if isinstance(other, When) else other
    return end is not None and start is not None and start - end > leeway


def day_of_check(briefing: Briefing, circumstances: Circumstances) -> date | None:
    """The day of the check, where one may rely on it: it is known, and no earlier than the briefing's own date."""
    day, as_of = circumstances.day, earliest(briefing.about.as_of)
    if day == date.min or (as_of is not None and day < as_of):
        return None
    return day


def _exact(end: PartialDate | None) -> TypeGuard[PartialDate]:
    return end is not None and not end.uncertain and not end.approximate
