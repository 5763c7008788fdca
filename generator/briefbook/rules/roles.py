"""Whether people are given the posts that they held at the time (code H302), by reference and in texts.

Only where it is certain: the post is one of the person's own roles, the dates are exact, and nothing in the sentence
speaks of another time. What a language calls a post is told by `posts`.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from briefbook.diagnostics import Severity
from briefbook.model.base import Value
from briefbook.model.briefing import ABOUT, Briefing, Path, records, texts
from briefbook.model.claims import FALLEN, Evidence, Statement, Status
from briefbook.model.dates import When
from briefbook.model.facts import About, Actor, ActorKind, Event, FigureValue, Part, Role, Source, Step, Trend
from briefbook.model.text import LocalText
from briefbook.rules.certainty import TIME_ZONES, before, earliest, latest
from briefbook.rules.finding import Finding
from briefbook.rules.inquiry import Inquiry
from briefbook.rules.posts import Names, Tie, Titles, known_languages, titles_of

# So near to the day on which a post changes hands, a text about the change may call people either.
_AROUND_A_CHANGE = timedelta(days=31)
_SENTENCE_ENDS = re.compile(r"[.!?](?=\s)|[。！？\n]")
_YEAR = re.compile(r"(?<!\d)(?:1[89]|20)\d\d(?!\d)")


@dataclass(frozen=True, slots=True)
class _Post:
    """A role as rules need it: at whom, which offices, when at the latest it is proven to have begun."""

    role: Role
    offices: frozenset[str]
    begun: date | None

    def excludes(self, when: When) -> bool:
        """Whether it was certainly not held at any time of `when`."""
        return before(self.role.until, when, TIME_ZONES) or before(when, self.role.from_, TIME_ZONES)

    def spans(self, when: When, as_of: When | None) -> bool:
        """Whether it was certainly held all the time of `when`."""
        first, last = earliest(when), latest(when)
        if first is None or last is None or self.begun is None or self.role.status is not Status.CONFIRMED:
            return False
        ended = before(when, self.role.until, TIME_ZONES) if self.role.until else not before(as_of, when)
        return first - self.begun > TIME_ZONES and ended

    def changed_near(self, when: When) -> bool:
        """Whether it began or ended about then."""
        ends = [d for end in (self.role.from_, self.role.until) if end for d in (earliest(end), latest(end)) if d]
        first, last = when.sort_key()[0], when.sort_key()[1]
        return any(first - _AROUND_A_CHANGE <= end <= _later(last, _AROUND_A_CHANGE) for end in ends)


@dataclass(frozen=True, slots=True)
class _Spoken:
    """A text in its place: what it says, in which language's terms, of what time; `dated` where that is its own."""

    fact_id: str
    path: Path
    text: str
    titles: Titles
    times: tuple[When, ...]
    dated: bool


def misdated_roles(briefing: Briefing) -> Inquiry:
    """H302: a person called by a post that was not held at the time, or called a former holder while holding it."""
    posts, names = _posts(briefing), _names(briefing)
    people = [(id_, [(repr(post.role), sorted(post.offices), post.begun) for post in held]) for id_, held in posts.items()]
    circumstances = (names.persons, names.orgs, sorted(names.person_ids), sorted(names.org_ids), people)
    return Inquiry("posts", partial(_misdated, briefing, names, posts), circumstances)


def _misdated(
    briefing: Briefing, names: Names, posts: Mapping[str, tuple[_Post, ...]], among: Container[str]
) -> Iterator[Finding]:
    for spoken in _spoken(briefing, among) if posts else ():
        if spoken.titles.mentions_any(spoken.text):
            for tie in spoken.titles.ties(spoken.text, names):
                yield from _judged(briefing, spoken, tie, posts.get(tie.person, ()))
    yield from _by_reference(briefing, names, posts, among)


def _by_reference(
    briefing: Briefing, names: Names, posts: Mapping[str, tuple[_Post, ...]], among: Container[str]
) -> Iterator[Finding]:
    """The part that an event says a person had in it, where that is a title and nothing else."""
    for event in (event for event in briefing.events if event.id in among):
        orgs = {str(part.id) for part in event.actors if str(part.id) in names.org_ids}
        if event.withdrawn or event.planned:
            continue
        for position, part in enumerate(event.actors):
            for path, written, titles in _parts(part, ("actors", position, "part")) if str(part.id) in posts else ():
                tie = titles.part_of(written, str(part.id), names)
                if tie is None:
                    continue
                org = tie.org or (next(iter(orgs)) if len(orgs) == 1 else None)
                tie = Tie(tie.person, org, tie.offices, tie.former, tie.interim, tie.start, tie.end)
                spoken = _Spoken(event.id, path, written, titles, (event.date,), dated=True)
                yield from _judged(briefing, spoken, tie, posts[tie.person])


def _parts(part: Part, path: Path) -> Iterator[tuple[Path, str, Titles]]:
    yield from _written(part.part, path, known_languages()) if part.part else ()


def _judged(briefing: Briefing, spoken: _Spoken, tie: Tie, posts: tuple[_Post, ...]) -> Iterator[Finding]:
    same = [post for post in posts if post.offices & tie.offices]
    here = [post for post in same if tie.org in (None, str(post.role.at))]
    if not here or _of_another_time(spoken, tie, here):
        return
    if tie.former:
        post = _still_held(briefing, spoken, tie, same, here)
        if post is not None:
            certain = spoken.dated and tie.org is not None
            message = f"“{tie.person}” is called a former holder of a post that was still held: {_told(briefing, post)}"
            hint = "call it by its name alone, or set the dates of the role right"
            yield _finding(spoken, tie, message, hint, Severity.ERROR if certain else Severity.WARNING)
    elif tie.org is not None and spoken.dated and all(post.excludes(when) for post in here for when in spoken.times):
        message = f"“{tie.person}” is given a post that was not held on {spoken.times[0]}: {_told(briefing, here[-1])}"
        hint = "set the title, the date or the role right"
        yield _finding(spoken, tie, message, hint, Severity.WARNING)


def _still_held(briefing: Briefing, spoken: _Spoken, tie: Tie, same: list[_Post], here: list[_Post]) -> _Post | None:
    """The post that was certainly held at all the times a text may speak of."""
    as_of = briefing.about.as_of
    held = next((post for post in here if all(post.spans(when, as_of) for when in spoken.times)), None)
    if held is None or not spoken.times:
        return None
    # Without a name of where, it may be the same post elsewhere that was left.
    elsewhere = any(post.role.at != held.role.at and post.role.until is not None for post in same)
    return None if tie.org is None and elsewhere else held


def _of_another_time(spoken: _Spoken, tie: Tie, posts: list[_Post]) -> bool:
    """Whether the words around a title may speak of a time other than the fact's."""
    start, end = _sentence(spoken.text, tie.start, tie.end)
    titles = spoken.titles
    years = {str(side.year) for when in spoken.times for side in (when.start, when.end) if side}
    if set(_YEAR.findall(spoken.text[start:end])) - years:
        return True
    if any(post.changed_near(when) for post in posts for when in spoken.times):
        return titles.speaks_of_change(spoken.text[start:end])
    near = max(start, tie.start - titles.within), min(end, tie.end + titles.within)
    return not tie.former and titles.speaks_of_another_time(spoken.text[slice(*near)])


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    stops = [match.end() for match in _SENTENCE_ENDS.finditer(text)]
    return max((stop for stop in stops if stop <= start), default=0), min((stop for stop in stops if stop >= end), default=len(text))


def _finding(spoken: _Spoken, tie: Tie, message: str, hint: str, severity: Severity) -> Finding:
    return Finding("H302", spoken.fact_id, spoken.path, message, hint, severity, word=spoken.text[tie.start : tie.end])


def _told(briefing: Briefing, post: _Post) -> str:
    words, _ = post.role.post.choose(briefing.languages[0], briefing.languages)
    dates = [f"{word} {when}" for word, when in (("from", post.role.from_), ("until", post.role.until)) if when]
    return ", ".join([words, f"at “{post.role.at}”", *dates])


def _posts(briefing: Briefing) -> dict[str, tuple[_Post, ...]]:
    """The posts of each person, as far as they are known by title in some language."""
    published = {str(source.id): latest(source.published) for source in briefing.sources}
    found: dict[str, tuple[_Post, ...]] = {}
    for person in briefing.actors:
        held = [_post(role, published) for role in person.roles if role.status not in FALLEN]
        if person.kind is ActorKind.PERSON and not person.withdrawn and (known := tuple(p for p in held if p.offices)):
            found[person.id] = known
    return found


def _post(role: Role, published: Mapping[str, date | None]) -> _Post:
    offices = frozenset[str]().union(
        *(titles.named_in(written) for _, written, titles in _written(role.post, (), known_languages()))
    )
    # Where the beginning is not told, or doubtful, the first source that knows of the post proves it.
    attested = [day for cite in role.cites if (day := published.get(str(cite.source)))]
    begun = latest(role.from_) or min(attested, default=None)
    return _Post(role, offices, begun)


def _names(briefing: Briefing) -> Names:
    """Every name by which a text may call an actor; those that two actors share name nobody."""
    owners: dict[str, set[str]] = {}
    people = frozenset(a.id for a in briefing.actors if a.kind is ActorKind.PERSON)
    for actor in briefing.actors:
        written = [words for text in (actor.name, actor.full_name) if text for _, words in text.written()]
        for name in (*written, *actor.aliases.all()):
            owners.setdefault(name, set()).add(actor.id)
    sole = {name: next(iter(ids)) for name, ids in owners.items() if len(ids) == 1}
    persons = {name: id_ for name, id_ in sole.items() if id_ in people}
    orgs = {name: id_ for name, id_ in sole.items() if id_ not in people}
    return Names(persons, orgs, people, frozenset(a.id for a in briefing.actors) - people)


def _spoken(briefing: Briefing, among: Container[str]) -> Iterator[_Spoken]:
    """Every text in a language that is known, with the times it may speak of: its record's, or else the briefing's."""
    as_of = briefing.about.as_of
    for id_, fact in ((ABOUT, briefing.about), *briefing.facts.items()):
        if id_ not in among or getattr(fact, "withdrawn", None) or (isinstance(fact, Event) and fact.planned):
            continue
        dates = {path: when for path, record in records(fact) if (when := _date_of(record))}
        for path, text in texts(fact):
            if path[0] in _LEFT_OUT.get(type(fact), ()):
                continue
            own = next((dates[path[:n]] for n in range(len(path), -1, -1) if path[:n] in dates), None)
            # Notes are ours and of today, whatever they are about.
            dated = own is not None and "note" not in path and not isinstance(fact, About)
            times = tuple(when for when in ((own,) if dated else (own, as_of)) if when is not None)
            for where, written, titles in _written(text, path, briefing.languages):
                yield _Spoken(id_, where, written, titles, times, dated)


# What somebody else wrote is quoted as it stands; the words of parts are judged by reference.
_LEFT_OUT: Mapping[type, tuple[str, ...]] = {Source: ("title", "publisher", "author"), Event: ("actors",), Actor: ("roles", "name")}


def _written(text: LocalText, path: Path, languages: tuple[str, ...]) -> Iterator[tuple[Path, str, Titles]]:
    """A text as written in each language of which titles are known; what serves all is read in the first of them."""
    for language, written in text.written():
        titles = titles_of(language or languages[0])
        if titles is not None:
            yield (path if language is None else (*path, language)), written, titles


def _date_of(record: Value) -> When | None:
    """The time that the words of a record are about."""
    when: When | None = None
    match record:
        case Event():
            when = record.date
        case FigureValue() | Trend() | About():
            when = record.as_of
        case Step():
            when = record.from_
        case Statement():
            when = record.date or record.said_on
        case Source():
            when = record.published
        case Evidence():
            when = record.said_on
    return when


def _later(day: date, by: timedelta) -> date:
    return day + by if day <= date.max - by else date.max
