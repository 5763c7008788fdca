"""A rule that is ready to be asked about facts, some of them or all.

Most rules look at one fact at a time, so nobody need ask them about a fact that has not changed, and many facts can be
judged at once, in several processes.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass

from briefbook.model.briefing import EVERYONE
from briefbook.rules.finding import Finding


@dataclass(frozen=True, slots=True)
class Inquiry:
    """What `judge` finds in facts, told of which ids. It looks at one fact and at those that this one refers to.

    Besides these, and the languages and the date of the briefing, `circumstances` say all that it looks at, as a value with a
    `repr`. It is `always` asked about the facts in which it may find something else although nothing of that changed.
    """

    name: str
    judge: Callable[[Container[str]], Iterable[Finding]]
    circumstances: object = ()
    always: frozenset[str] = frozenset()

    def __iter__(self) -> Iterator[Finding]:
        """What it finds in all facts."""
        yield from self.judge(EVERYONE)
