"""What changed from one briefing to another in the words of all languages at once, names of facts marked in them.

Pages and feeds that are written later put links in; what is kept here holds nothing of where a page lies.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from briefbook.comparison import Change
from briefbook.history import Line, Topic, foreign, marked, unmarked
from briefbook.model.briefing import Briefing
from briefbook.model.facts import Dispute, Event, Figure
from briefbook.views import addresses
from briefbook.views.changes import Told, Voice, disputes_of, tell_all
from briefbook.views.desk import Desk
from briefbook.wording.language import Language


class MarkingVoice(Voice):
    """Words as characters in which every name of a fact is marked."""

    def words(self, text: str) -> str:
        """Characters that are no marks."""
        return unmarked(text)

    def foreign(self, text: str, code: str) -> str:
        """Characters in another language, marked as such."""
        return self.words(text) if code == self.new.code else foreign(code, text)

    def under(self, id_: str) -> Voice:
        """Says “this dispute” of the one whose name stands above."""
        voice = MarkingVoice(self.old, self.new)
        voice.heading = id_
        return voice

    def named(self, id_: str, *, quoted: bool = False) -> str:
        """The marked name of a fact."""
        return marked(id_, super().named(id_, quoted=quoted))


def topics_of(
    changes: Sequence[Change], before: Briefing, after: Briefing, languages: Mapping[str, Language]
) -> tuple[Topic, ...]:
    """All changes from `before` to `after`, told in every language of the site."""
    sides = before, after
    by_language = {code: tell_all(_voice(*sides, languages, code), changes) for code in languages}
    topics = []
    for groups in zip(*by_language.values(), strict=True):
        headings = {code: group.heading for code, group in zip(languages, groups, strict=True)}
        told = zip(*(group.told for group in groups), strict=True)
        topics.append(Topic(groups[0].id, headings, tuple(_line(one, languages, *sides) for one in told)))
    return tuple(topics)


def _voice(before: Briefing, after: Briefing, languages: Mapping[str, Language], code: str) -> Voice:
    return MarkingVoice(*(Desk(side, languages, code, addresses.home(code)) for side in (before, after)))


def _line(told: Sequence[Told], languages: Mapping[str, Language], before: Briefing, after: Briefing) -> Line:
    """One change, told in each language."""
    change = told[0].change
    words = {code: _without_what_the_heading_says(one.words, languages[code]) for code, one in zip(languages, told, strict=True)}
    return Line(
        change.fact, change.section, change.category.value, change.kind.value, change.minor,
        concerned(change, before, after), words,
    )


def _without_what_the_heading_says(words: str, language: Language) -> str:
    """New positions, say, of “this dispute:” are told under its name, and what is of “the briefing itself:” under just that."""
    for name in ("change.fact.this", "change.fact.briefing"):
        start = language.colon(language.labels[name], "")
        if words.startswith(start) and len(words) > len(start):
            return words[len(start)].upper() + words[len(start) + 1 :]
    return words


def concerned(change: Change, before: Briefing, after: Briefing) -> tuple[str, ...]:
    """The facts that a change is about: its own, the disputes it is told under, and the actors that its fact is about."""
    fact = after.facts.get(change.fact) or before.facts.get(change.fact)
    actors: tuple[str, ...] = ()
    match fact:
        case Dispute():
            actors = tuple(map(str, fact.parties))
        case Event():
            actors = tuple(str(part.id) for part in fact.actors)
        case Figure():
            actors = tuple(map(str, fact.actors))
    disputes = (id_ for id_ in disputes_of(change, before, after) if id_ != change.section)
    return tuple(dict.fromkeys([change.fact, *disputes, *actors]))
