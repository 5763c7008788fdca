"""Evidence: how well a claim is sourced, told from nothing but the sources it cites."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from briefbook.model.facts import Read, Source, SourceKind


class Grade(StrEnum):
    """How near and how many the sources of a claim are; the best that holds.

    It says nothing of truth, nor of independence: two outlets may have one informant.
    """

    PRIMARY = "primary"
    SEVERAL = "several"
    SINGLE = "single"
    SECOND_HAND = "second-hand"
    NONE = "none"


def grade(sources: Iterable[Source]) -> Grade:
    """The grade of a claim that cites `sources`. One that was not read at all, being known as a link, does not count."""
    read = [source for source in sources if source.read is not Read.LINK]
    if any(source.kind is SourceKind.PRIMARY for source in read):
        return Grade.PRIMARY
    press = {source.publisher for source in read if source.kind in (SourceKind.NEWSROOM, SourceKind.TRADE)}
    if press:
        return Grade.SEVERAL if len(press) > 1 else Grade.SINGLE
    return Grade.SECOND_HAND if read else Grade.NONE
