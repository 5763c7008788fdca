"""Facts that look like one and the same (code D501), and facts that nothing has to do with (code D502).

Candidates are found by what they must share, so that ten thousand facts are not compared each with each.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import SequenceMatcher
from functools import lru_cache
from importlib.resources import files
from typing import TypeVar, cast
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

import yaml

from briefbook.diagnostics import Severity
from briefbook.model.briefing import Briefing, texts
from briefbook.model.facts import Actor, ActorKind, AnyFact, Dispute, Event, Figure, Source, Term
from briefbook.model.prose import parse, plain_text
from briefbook.model.text import LocalText
from briefbook.rules.certainty import before
from briefbook.rules.finding import Finding

F = TypeVar("F", bound=AnyFact)

# In a crowd of events with one date and actor, each is compared with this many that stand beside it by title.
_NEIGHBOURS = 12
_ALIKE, _IN_ORDER, _SAME_WORD = 0.75, 0.6, 0.8
_DAY = timedelta(days=1)
# A character of a script without spaces, or a word of any other.
_UNIT = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff々]|(?:(?![\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff々])[^\W_])+")
_HINT = "if they are one, keep one and write the other’s id under its formerly; if not, ignore D501 and say why"


def likely_duplicates(briefing: Briefing) -> Iterator[Finding]:
    """D501: two facts that are probably one: events, actors or sources that share what two would not."""
    yield from _events(briefing)
    yield from _actors(briefing)
    yield from _sources(briefing)


def orphans(briefing: Briefing) -> Iterator[Finding]:
    """D502 (information): a fact that nothing in the briefing has to do with."""
    unnamed = _unused_terms(briefing)
    for fact in briefing.facts.values():
        why = None if fact.withdrawn else _orphaned(briefing, fact, unnamed)
        if why is not None:
            hint = "use it, or leave it for later and ignore D502"
            yield Finding("D502", fact.id, (), why, hint, Severity.INFO, on_key=True)


def _orphaned(briefing: Briefing, fact: AnyFact, unnamed: frozenset[str]) -> str | None:
    by = [briefing.facts[id_] for id_ in briefing.referrers.get(fact.id, ())]
    match fact:
        case Source():
            return None if by else "nothing cites this source"
        case Term():
            return "no text uses this term" if fact.id in unnamed else None
        case Actor():
            return None if any(isinstance(f, Event | Dispute | Figure) for f in by) else "no event, dispute or figure names this actor"
        case Dispute():
            return None if briefing.events_of(fact.id) else "no event belongs to this dispute"
        case Event():
            return None if by or fact.disputes or fact.actors else "this event has no actor and no dispute, and nothing refers to it"
        case Figure():
            used = by or fact.disputes or fact.actors or fact.id in briefing.about.key_figures
            return None if used else "this figure has no actor and no dispute, and nothing refers to it"


def _unused_terms(briefing: Briefing) -> frozenset[str]:
    """Terms that no fact links to, and whose name and other wordings no text but their own has."""
    silent = [term for term in briefing.terms if term.id not in briefing.referrers]
    if not silent:
        return frozenset()
    written = (words for _, fact in briefing.written() for _, text in texts(fact) for _, words in text.written())
    corpus = "\n".join(written).casefold()
    return frozenset(term.id for term in silent if not _is_used(term, corpus))


def _is_used(term: Term, corpus: str) -> bool:
    own = "\n".join(words for _, text in texts(term) for _, words in text.written()).casefold()
    names = [*(words for _, words in term.name.written()), *term.aliases.all()]
    return f"[[{term.id}" in corpus or any(corpus.count(n) > own.count(n) for n in map(str.casefold, names))


def _events(briefing: Briefing) -> Iterator[Finding]:
    told: set[tuple[str, str]] = set()
    for events in _crowds(briefing).values():
        for language in briefing.languages:
            ordered = sorted(events, key=lambda e: (_normal(_words(e.title, language)), e.id))
            for position, one in enumerate(ordered):
                for other in ordered[position + 1 : position + 1 + _NEIGHBOURS]:
                    pair = (min(one.id, other.id), max(one.id, other.id))
                    if pair not in told and _one_event(briefing, one, other, language):
                        told.add(pair)
                        yield _alike(pair[1], pair[0], f"; both are of about {one.date}", ("title",))


def _crowds(briefing: Briefing) -> Mapping[tuple[str, date | str], list[Event]]:
    """Events that share an actor (or have none) and a month or two days in a row."""
    found: dict[tuple[str, date | str], list[Event]] = {}
    for event in briefing.events:
        if event.withdrawn is None:
            first = event.date.sort_key()[0]
            near: tuple[date | str, ...] = (f"{first:%Y-%m}", first, first + _DAY if first < date.max else first)
            for actor in {str(part.id) for part in event.actors} or {""}:
                for when in dict.fromkeys(near):
                    found.setdefault((actor, when), []).append(event)
    return {key: events for key, events in found.items() if len(events) > 1}


def _one_event(briefing: Briefing, one: Event, other: Event, language: str) -> bool:
    if one.status is not other.status or one.said_by != other.said_by or one.planned != other.planned:
        return False  # a report of something and the thing itself are two events
    return (
        _close(one, other) and _share_actors(one, other)
        and _similar(_words(one.title, language), _words(other.title, language))
        and not _know_each_other(briefing, one, other) and not _other_way_round(briefing, one, other, language)
    )


def _other_way_round(briefing: Briefing, one: Event, other: Event, language: str) -> bool:
    """Whether both titles name the same actors, but in another order: each may have done it to the other."""
    orders = [_order_of_actors(briefing, event, language) for event in (one, other)]
    shared = set(orders[0]) & set(orders[1])
    first, second = ([actor for actor in order if actor in shared] for order in orders)
    return first != second


def _order_of_actors(briefing: Briefing, event: Event, language: str) -> list[str]:
    title = _normal(_words(event.title, language))
    found = []
    for actor in (a for part in event.actors if isinstance(a := briefing.facts.get(part.id), Actor)):
        names = [*(words for _, words in actor.name.written()), *actor.aliases.all()]
        places = [place for name in names if (place := title.find(_normal(name))) >= 0]
        found += [(min(places), str(actor.id))] if places else []
    return [id_ for _, id_ in sorted(found)]


def _close(one: Event, other: Event) -> bool:
    (a, b, _), (c, d, _) = one.date.sort_key(), other.date.sort_key()
    return (c - b).days <= 1 and (a - d).days <= 1


def _share_actors(one: Event, other: Event) -> bool:
    a, b = {str(part.id) for part in one.actors}, {str(part.id) for part in other.actors}
    return not (a | b) or len(a & b) * 2 >= len(a | b)


def _similar(one: str, other: str) -> bool:
    """Whether two titles say the same, but for order, inflection, typing errors and empty words."""
    first, second = _units(one), _units(other)
    if not first or not second:
        return False
    if first == second:
        return True
    if len(set(first) & set(second)) * 2 < max(len(set(first)), len(set(second))):
        return False
    apart = _unmatched(first, second)
    differing = [*apart[0], *apart[1]]
    if any(unit in _knowledge().telling_apart or any(map(str.isdigit, unit)) for unit in differing):
        return False
    in_order = SequenceMatcher(None, first, second, autojunk=False)
    changes = [op for op in in_order.get_opcodes() if op[0] != "equal"]
    if all(apart) and len(changes) == 1:
        return False  # one thing put in another’s place: two titles made alike on purpose
    same = len(first) - len(apart[0])
    return same / (same + len(differing)) >= _ALIKE and in_order.ratio() >= _IN_ORDER


def _unmatched(first: Sequence[str], second: Sequence[str]) -> tuple[list[str], list[str]]:
    """What either has and the other has not, words that differ by little taken as the same."""
    rest = list(second)
    lone: list[str] = []
    for unit in first:
        found = unit if unit in rest else next((other for other in rest if _same_word(unit, other)), None)
        if found is None:
            lone.append(unit)
        else:
            rest.remove(found)
    return lone, rest


def _same_word(one: str, other: str) -> bool:
    if min(len(one), len(other)) < 4 or abs(len(one) - len(other)) > 3 or one[0] != other[0]:
        return False
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= _SAME_WORD


def _actors(briefing: Briefing) -> Iterator[Finding]:
    told: set[tuple[str, str]] = set()
    for scheme, number, one, other in _same_numbers(briefing):
        told.add((one.id, other.id))
        message = f"“{one.id}” has the same {scheme} number, {number}"
        hint = "one of the two numbers is wrong, or the two are one"
        yield Finding("D501", other.id, ("ids", scheme), message, hint)
    for name, one, other in _same_names(briefing):
        if (one.id, other.id) not in told and one.kind is other.kind and not _know_each_other(briefing, one, other):
            told.add((one.id, other.id))
            yield _alike(other.id, one.id, f": both are called “{name}”", ("name",))


def _same_numbers(briefing: Briefing) -> Iterator[tuple[str, str, Actor, Actor]]:
    having: dict[tuple[str, str], list[Actor]] = {}
    for actor in _there(briefing.actors):
        for scheme, number in actor.ids.items():
            if scheme.casefold() in _knowledge().unique_ids:
                having.setdefault((scheme, number.strip().upper()), []).append(actor)
    for (scheme, number), actors in having.items():
        yield from ((scheme, number, actors[0], other) for other in actors[1:])


def _same_names(briefing: Briefing) -> Iterator[tuple[str, Actor, Actor]]:
    """Two actors with one name. An alias counts where it is the other’s name: family names and initials are shared."""
    named: dict[tuple[str, ...], list[tuple[Actor, bool, str]]] = {}
    for actor in _there(briefing.actors):
        own = [words for text in (actor.name, actor.full_name) if text for _, words in text.written()]
        called = {_name_key(name, actor.kind): (True, name) for name in own}
        called = {_name_key(name, actor.kind): (False, name) for name in actor.aliases.all()} | called
        for key, (is_name, name) in called.items():
            named.setdefault(key, []).append((actor, is_name, name))
    for key, having in named.items():
        having.sort(key=lambda entry: not entry[1])
        for other, _, name in having[1:] if key and having[0][1] else ():
            one = having[0][0]
            yield (name, one, other) if one.id < other.id else (name, other, one)


def _name_key(name: str, kind: ActorKind) -> tuple[str, ...]:
    """What of a name tells actors apart: no case, accents, punctuation or legal form; of a person, no order."""
    units = re.findall(r"[^\W_]+", _normal(name))
    kept = [u for unit in units if (u := _without_form(unit)) and u not in _knowledge().legal_forms] or units
    return tuple(sorted(kept)) if kind is ActorKind.PERSON else ("".join(kept),)


def _without_form(unit: str) -> str:
    for form in _knowledge().legal_forms:
        if not form.isascii() and unit != form:
            unit = unit.removeprefix(form).removesuffix(form)
    return unit


def _sources(briefing: Briefing) -> Iterator[Finding]:
    told: set[tuple[str, str]] = set()
    for one, other in _pairs((_address(s.url), s) for s in _there(briefing.sources) if s.url):
        if (one.id, other.id) in told or not _one_page(one, other):
            continue
        told.add((one.id, other.id))
        severity = Severity.WARNING if _may_be_two(one, other) else Severity.ERROR
        yield Finding("D501", other.id, ("url",), f"“{one.id}” has the same address", _HINT, severity)
    for one, other in _pairs((key, s) for s in _there(briefing.sources) for key in _headings(s)):
        if (one.id, other.id) not in told:
            told.add((one.id, other.id))
            yield _alike(other.id, one.id, ": publisher, title and date are the same", ("title",))


def _one_page(one: Source, other: Source) -> bool:
    """Not where the address is but a publisher’s front door, or two copies kept of it are two."""
    bare = not urlsplit(one.url or "").path.strip("/") and not urlsplit(one.url or "").query
    if bare and (one.title != other.title or one.subject != other.subject):
        return False
    return one.archived_url is None or other.archived_url is None or one.archived_url == other.archived_url


def _may_be_two(one: Source, other: Source) -> bool:
    """A page that was written anew, or parts of one page."""
    anew = before(one.published, other.published) or before(other.published, one.published)
    fragments = {urlsplit(source.url or "").fragment for source in (one, other)} - {""}
    return anew or len(fragments) > 1


@lru_cache(maxsize=50_000)
def _address(url: str | None) -> str:
    """What an address leads to: no scheme, no `www.`, no tracking, no fragment, parameters in order."""
    try:
        parts = urlsplit(url or "")
        host = (parts.hostname or "").removeprefix("www.")
        port = "" if parts.port in (None, 80, 443) else f":{parts.port}"
    except ValueError:
        return url or ""
    kept = [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if not _tracks(name)]
    # Some pages put their address behind the sign.
    routed = f"#{parts.fragment}" if parts.fragment.startswith(("!", "/")) else ""
    return f"{host}{port}{unquote(parts.path).rstrip('/')}?{urlencode(sorted(kept))}{routed}"


def _tracks(name: str) -> bool:
    lowered = name.casefold()
    return any(lowered == t or (t.endswith("*") and lowered.startswith(t[:-1])) for t in _knowledge().tracking)


def _headings(source: Source) -> Iterator[tuple[str, str, str]]:
    if source.title is not None and source.published is not None:
        titles = {_normal(words) for _, words in source.title.written()}
        publishers = {_normal(words) for _, words in source.publisher.written()}
        yield from ((p, t, str(source.published)) for p in sorted(publishers) for t in sorted(titles))


def _pairs(keyed: Iterable[tuple[object, Source]]) -> Iterator[tuple[Source, Source]]:
    """Each source with the first that has the same key."""
    first: dict[object, Source] = {}
    for key, source in keyed:
        one = first.setdefault(key, source)
        if one is not source:
            yield one, source


def _there(facts: Iterable[F]) -> Iterator[F]:
    return (fact for fact in facts if fact.withdrawn is None)


def _know_each_other(briefing: Briefing, one: AnyFact, other: AnyFact) -> bool:
    """Whether one names the other: then the authors know that they are two."""
    referrers = briefing.referrers
    return one.id in referrers.get(other.id, ()) or other.id in referrers.get(one.id, ())


def _alike(fact: str, other: str, why: str, path: tuple[str, ...]) -> Finding:
    return Finding("D501", fact, path, f"this looks like “{other}”{why}", _HINT, Severity.WARNING, on_key=True)


def _words(text: LocalText, language: str) -> str:
    """The text in that language alone; nothing where it is not written in it."""
    written = text.shared if text.shared is not None else text.by_language.get(language, "")
    return plain_text(parse(written)) if written else ""


@lru_cache(maxsize=50_000)
def _units(text: str) -> tuple[str, ...]:
    found = _UNIT.findall(_normal(text))
    return tuple(unit for unit in found if unit not in _knowledge().empty_words) or tuple(found)


@lru_cache(maxsize=50_000)
def _normal(text: str) -> str:
    """Without case, width, and accents on Latin letters."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(unicodedata.normalize("NFD", c)[0] if "\u00c0" <= c <= "\u024f" or "\u1e00" <= c <= "\u1eff" else c for c in folded)


@dataclass(frozen=True, slots=True)
class _Knowledge:
    """The lists of `data/likeness.yml`."""

    legal_forms: frozenset[str]
    empty_words: frozenset[str]
    telling_apart: frozenset[str]
    tracking: frozenset[str]
    unique_ids: frozenset[str]


@lru_cache
def _knowledge() -> _Knowledge:
    text = (files("briefbook") / "rules" / "data" / "likeness.yml").read_text(encoding="utf-8")
    read = cast("Mapping[str, list[object]]", yaml.load(text, Loader=yaml.BaseLoader))  # noqa: S506  # builds nothing but text, also of `no`
    return _Knowledge(**{name.replace("-", "_"): frozenset(map(str, words)) for name, words in read.items()})
