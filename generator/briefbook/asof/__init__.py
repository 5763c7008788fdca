"""Facts as they would have stood on a past day, worked out from the dates in them: what was not known by then is taken out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from briefbook.asof.links import linked
from briefbook.asof.moment import Moment
from briefbook.asof.passages import Passage, Why, passages
from briefbook.asof.trimming import last_known, trimmed
from briefbook.canonical import files_of, sections_of
from briefbook.model.briefing import ABOUT
from briefbook.model.facts import KINDS

__all__ = ["AsOf", "Passage", "Why", "as_of"]


@dataclass(frozen=True)
class AsOf:
    """Fact files, canonical, as of a day: what a person must `read` in them, and the ids of the facts that are `gone`."""

    files: Mapping[str, str]
    read: tuple[Passage, ...]
    gone: tuple[str, ...]


def as_of(texts: Mapping[str, str], languages: Sequence[str], day: date, now: date) -> AsOf:
    """The fact files `texts`, which must be without errors, as they would have stood on `day`. They have no errors then.

    Gone is what began, was said or was published later, and what rests on such sources alone, unless it was announced by
    then; what ended later goes on. `now` is the day the facts are of, where they do not say so themselves. On that day
    and after it the facts are as they are; and a day before a day of the past is the same from there as from now.
    """
    before = sections_of(texts)
    moment = Moment(day, last_known(before.get(ABOUT), now))
    after = linked(before, trimmed(before, moment), languages)
    gone = sorted(id_ for kind in KINDS for id_ in before.get(kind, {}) if id_ not in after.get(kind, {}))
    return AsOf(files_of(after, languages), passages(before, after, languages, day), tuple(gone))
