"""The desk at which one page is written: its language, its links, its numbered notes.

A view asks the desk for every word it puts on a page, so that escaping, borrowed translations, links and
attribution are settled in one place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from briefbook.history import History
from briefbook.model.briefing import Briefing
from briefbook.model.claims import Citation, Claim, Confidence, Status
from briefbook.model.evidence import grade
from briefbook.model.facts import Actor, ActorKind, AnyFact, Event, Figure, FigureValue, Source, Step
from briefbook.model.prose import Mention, parse, plain_text
from briefbook.model.text import LocalText, Speaker
from briefbook.views import addresses
from briefbook.wording.labels import Labels
from briefbook.wording.language import Language
from briefbook.wording.markdown import Md, attribute, escape, link, tagged, written

EMPTY = Md("")
# An arrow that is not to be drawn as a picture.
_BACK = "\N{LEFTWARDS ARROW WITH HOOK}\N{VARIATION SELECTOR-15}"


@dataclass(frozen=True, slots=True)
class Said:
    """A claim in finished words. Whose word it is, how it stands and its sources are part of `line` and of
    `proof`; there is no way to print the words with neither.
    """

    _text: Md
    _attribution: Md
    _badge: Md
    _grade: Md
    _marks: Md
    _note: Md

    @property
    def line(self) -> Md:
        """All of it, in one paragraph."""
        return spaced(Md(f"{self._text}{self._marks}"), self._badge, self._grade, self._attribution, self._note)

    @property
    def standing(self) -> Md:
        """How it stands, and according to whom."""
        return spaced(self._badge, self._attribution)

    @property
    def proof(self) -> Md:
        """Everything but the words: how it stands, according to whom, on what sources, with what reservation."""
        return spaced(self._badge, self._grade, Md(f"{self._attribution}{self._marks}"), self._note)

    @property
    def quiet(self) -> Md:
        """All of it but the badge, for lists of what is confirmed as a rule."""
        return spaced(Md(f"{self._text}{self._marks}"), self._attribution, self._note)

    @property
    def brief(self) -> Md:
        """The words with their attribution and sources, without badge and reservation."""
        return spaced(Md(f"{self._text}{self._marks}"), self._attribution)


@dataclass(frozen=True, slots=True)
class Note:
    """One numbered note: a source, and the passage in it; `back` leads to each place that refers to it."""

    number: int
    text: Md
    back: tuple[Md, ...] = ()


@dataclass
class Desk:
    """Writes one page of `briefing` in one language. `uri` is the page's place from the top of the site; `here` are the
    facts that stand on the page itself, so that links to them stay on it. `returning` says whether a note leads back to
    where it is referred to; not on pages that say things twice, in two columns. `leads_to` is the language whose pages
    are linked, where that is not the one written in: a host may know the pages of one language only. `history` is what
    the briefing said before, None where nothing is to be told of that.
    """

    briefing: Briefing
    languages: Mapping[str, Language]
    code: str
    uri: str
    here: frozenset[str] = frozenset()
    returning: bool = True
    leads_to: str = ""
    history: History | None = None
    borrowed: set[str] = field(default_factory=set)
    _notes: dict[Citation, int] = field(default_factory=dict)
    # The places that refer to each note, by the note's number: the first mark of the page is place 1.
    _places: dict[int, list[int]] = field(default_factory=dict)
    _cited: int = 0

    @property
    def address(self) -> str:
        """Where the page is found: its whole address where the site's is known, else its place on the site."""
        return f"{self.briefing.address.rstrip('/')}/{addresses.web_path(self.uri).removeprefix('./')}"

    @property
    def language(self) -> Language:
        """The language of the page."""
        return self.languages[self.code]

    @property
    def labels(self) -> Labels:
        """Its interface words."""
        return self.language.labels

    def label(self, name: str, /, **values: object) -> Md:
        """An interface word; values that are `Md` are put in as they are, others escaped."""
        safe = {key: value if isinstance(value, Md) else escape(str(value)) for key, value in values.items()}
        return Md(escape(self.labels[name]).replace("&#123;", "{").replace("&#125;", "}").format(**safe) if safe
                  else escape(self.labels[name]))

    def text(self, text: LocalText | None) -> Md:
        """An author's text with its links; marked where it had to be borrowed from another language."""
        if text is None:
            return EMPTY
        chosen, really = text.choose(self.code, self.briefing.others(self.code))
        words = written(parse(chosen), self.mention)
        if really == self.code:
            return words
        self.borrowed.add(really)
        return self._marked(words, really)

    def plain(self, text: LocalText | None) -> str:
        """An author's text as characters alone, for charts, descriptions and titles of pages."""
        if text is None:
            return ""
        chosen, _ = text.choose(self.code, self.briefing.others(self.code))
        spans = parse(chosen)
        return "".join(self._mention_plain(s) if isinstance(s, Mention) else plain_text([s]) for s in spans)

    def _mention_plain(self, mention: Mention) -> str:
        fact = self.briefing.facts.get(mention.id)
        if mention.words or fact is None:
            return mention.words or mention.id
        value = fact.value(mention.key) if isinstance(fact, Figure) else None
        return self.value_plain(value) if value else self.name(fact)

    def name(self, fact: AnyFact) -> str:
        """What a fact is called, as characters alone."""
        if isinstance(fact, Source):
            return self.source_name(fact)
        return self.plain(fact.title)

    def source_name(self, source: Source) -> str:
        """A source as people name it: publisher, what it is about or its title, date."""
        what = self.plain(source.subject) if source.subject else self.plain(source.title)
        return self.language.colon(self.plain(source.publisher), what) if what else self.plain(source.publisher)

    def title(self, fact: AnyFact) -> Md:
        """What a fact is called, marked where the words are borrowed."""
        if isinstance(fact, Source):
            return escape(self.source_name(fact))
        return self.text(fact.title)

    def link(self, id_: str, words: Md | None = None) -> Md:
        """A link to a fact under its own name or `words`; no link from a page to itself."""
        fact = self.briefing.facts.get(id_)
        if fact is None:
            return words or escape(id_)
        shown = words or self.title(fact)
        if id_ in self.here:
            return link(shown, f"#{self.anchor(id_)}")
        target = addresses.page_of(self.leads_to or self.code, fact)
        return shown if target == self.uri else link(shown, addresses.relative(target, self.uri))

    def anchor(self, id_: str) -> str:
        """Where a fact stands on a page that holds many."""
        return f"fact-{id_}"

    def to(self, target: str, words: Md) -> Md:
        """A link to any page of the site."""
        return words if target == self.uri else link(words, addresses.relative(target, self.uri))

    def href(self, fact: AnyFact) -> str:
        """Where a mark in a chart leads: the address a browser needs, not a Markdown link."""
        if fact.id in self.here:
            return f"#{self.anchor(fact.id)}"
        return addresses.web_relative(addresses.page_of(self.code, fact), self.uri)

    def links(self, ids: Iterable[str]) -> Md:
        """Links to several facts, as one phrase."""
        return Md(self.language.list(self.link(id_) for id_ in ids))

    def value_words(self, value: FigureValue) -> Md:
        """What a value says: the source's own words where they are inexact, else the amount or date."""
        if value.words is not None:
            return self.text(value.words)
        if value.amount is not None:
            return escape(self.language.amount(value.amount))
        assert value.date is not None
        return escape(self.language.date(value.date))

    def value_plain(self, value: FigureValue) -> str:
        """The same as characters alone."""
        if value.words is not None:
            return self.plain(value.words)
        if value.amount is not None:
            return self.language.amount(value.amount)
        assert value.date is not None
        return self.language.date(value.date)

    def said(self, claim: Claim | Step, text: Md) -> Said:
        """A claim, worded: nobody's word is left out, and nothing without its sources."""
        note = spaced(self.doubt(claim.confidence), self.text(claim.note))
        shown_note = Md(f'<span class="bb-note">{note}</span>') if note else EMPTY
        attribution = self.attribution(claim)
        return Said(
            text, attribution, self.badge(claim.standing), self.grade(claim.cites), self.marks(claim.cites), shown_note
        )

    def standing(self, claim: Claim | Step) -> Md:
        """How a claim stands and according to whom, for lists that lead to the page where its sources are."""
        return spaced(self.badge(claim.standing), self.attribution(claim))

    def attribution(self, claim: Claim | Step) -> Md:
        """Whose word it is; empty where it is ours."""
        if claim.said_by is None:
            return EMPTY
        who = self.speaker(claim.said_by)
        if claim.said_on is not None:
            words = self.label("claim.said-by-on", who=who, date=self.language.date(claim.said_on))
        else:
            words = self.label("claim.said-by", who=who)
        return Md(f'<span class="bb-said-by">{words}</span>')

    def speaker(self, speaker: Speaker) -> Md:
        """Whoever says it, linked where it is a fact of the briefing."""
        if speaker.ref is None:
            return self.text(speaker.words)
        fact = self.briefing.facts.get(str(speaker.ref))
        if isinstance(fact, Source):
            return self.link(str(speaker.ref), self.text(fact.publisher))
        return self.mentioned(str(speaker.ref))

    def mentioned(self, id_: str) -> Md:
        """A link to an actor as running text names it: in some languages persons are not named bare."""
        fact = self.briefing.facts.get(id_)
        person = isinstance(fact, Actor) and fact.kind is ActorKind.PERSON
        return self.label("person", name=self.link(id_)) if person else self.link(id_)

    def speaker_plain(self, claim: Claim) -> str:
        """The same as characters alone; empty where it is our own voice."""
        if claim.said_by is None:
            return ""
        if claim.said_by.ref is None:
            return self.plain(claim.said_by.words)
        fact = self.briefing.facts[str(claim.said_by.ref)]
        if isinstance(fact, Source):
            return self.plain(fact.publisher)
        person = isinstance(fact, Actor) and fact.kind is ActorKind.PERSON
        return self.labels.fill("person", name=self.name(fact)) if person else self.name(fact)

    def badge(self, status: Status) -> Md:
        """How a claim stands, in a word and a shape."""
        return chip("status", status.value, self.label(f"status.{status.value}"))

    def grade(self, cites: Iterable[Citation]) -> Md:
        """How well a claim is sourced, in words and a shape."""
        found = (self.briefing.facts.get(str(citation.source)) for citation in cites)
        value = grade(source for source in found if isinstance(source, Source)).value
        return chip("grade", value, self.label(f"grade.{value}"))

    def marks(self, cites: Iterable[Citation]) -> Md:
        """The numbers of the notes that prove something."""
        numbers = dict.fromkeys(self._notes.setdefault(citation, len(self._notes) + 1) for citation in cites)
        if not numbers:
            return EMPTY
        shown = ", ".join(f"[{n}](#note-{n})" for n in numbers)
        if not self.returning:
            return Md(f'<sup class="bb-cite">{shown}</sup>')
        self._cited += 1
        for number in numbers:
            self._places.setdefault(number, []).append(self._cited)
        return Md(f'<sup class="bb-cite" id="cite-{self._cited}">{shown}</sup>')

    @property
    def notes(self) -> tuple[Note, ...]:
        """The page's notes so far, in the order of their numbers."""
        return tuple(
            Note(number, self._note(citation), tuple(self._ways_back(number)))
            for citation, number in list(self._notes.items())
        )

    def _ways_back(self, number: int) -> Iterator[Md]:
        """A link to each place that refers to a note, for readers who came from there."""
        places = self._places.get(number, [])
        for at, place in enumerate(places, start=1):
            n = self.language.number(at)
            alone = len(places) == 1
            words = attribute(self.labels["note.back"] if alone else self.labels.fill("note.back-to", n=n))
            yield Md(f'[{_BACK if alone else n}](#cite-{place}){{ title="{words}" aria-label="{words}" }}')

    def reference(self, source: Source) -> Md:
        """A source as a list shows it: linked, with publisher, date, kind, and how it was read."""
        title = self.text(source.subject) if source.subject else self._source_title(source)
        date = escape(self.language.date(source.published)) if source.published else EMPTY
        publisher = self.link(source.id, self.text(source.publisher))
        parts = [part for part in (publisher, title, date) if part]
        return spaced(Md(self.labels["comma"].join(parts)), self.source_kind(source))

    def source_kind(self, source: Source) -> Md:
        """How near the source is, and, where it was not read itself, how it was read."""
        kind = chip("source", source.kind.value, self.label(f"source-kind.{source.kind.value}"))
        if source.read.value in ("copy", "link"):
            return spaced(kind, chip("read", source.read.value, self.label(f"read.{source.read.value}")))
        return kind

    def event_line(self, event: Event) -> Md:
        """An event in a list: date, linked title, and, unless it is our own word, whose and how it stands."""
        date = escape(self.language.date(event.date))
        standing = EMPTY if event.standing is Status.CONFIRMED else self.standing(event)
        return spaced(Md(f'<span class="bb-date">{date}</span>'), self.link(event.id), standing)

    def at_language(self, text: LocalText, code: str) -> Md:
        """A text in another language of the site, marked as such."""
        return tagged(escape(plain_text(parse(text.by_language[code]))), code, self.direction(code))

    def at(self, uri: str) -> Desk:
        """A fresh desk for another page in the same language."""
        return Desk(self.briefing, self.languages, self.code, uri, history=self.history)

    def _source_title(self, source: Source) -> Md:
        if source.title is None:
            return EMPTY
        other = self.languages.get(source.language)
        words = escape(self.plain(source.title))
        return words if source.language == self.code else tagged(words, source.language, other.direction if other else "auto")

    def _note(self, citation: Citation) -> Md:
        source = self.briefing.facts.get(str(citation.source))
        if not isinstance(source, Source):
            return escape(str(citation.source))
        parts = [self.reference(source)]
        if citation.at is not None:
            parts.append(self.text(citation.at))
        if citation.quote is not None:
            quoted = tagged(escape(citation.quote), source.language, self.direction(source.language))
            foreign = source.language != self.code
            parts.append(self.label("quote.foreign" if foreign else "quote.own", text=quoted))
        if citation.note is not None:
            parts.append(self.text(citation.note))
        return spaced(*parts)

    def doubt(self, confidence: Confidence | None) -> Md:
        """How sure the authors are, where they are not."""
        return EMPTY if confidence in (None, Confidence.HIGH) else self.label(f"confidence.{confidence.value}")

    def mention(self, mention: Mention) -> Md:
        """What `[[id]]` becomes: a link to the fact, or to a figure under its value."""
        words = escape(mention.words) if mention.words else None
        fact = self.briefing.facts.get(mention.id)
        if isinstance(fact, Figure) and words is None:
            value = fact.value(mention.key)
            words = self.value_words(value) if value else None
        return self.link(mention.id, words)

    def _marked(self, words: Md, really: str) -> Md:
        language = self.language.name_of(really)
        note = attribute(self.labels.fill("borrowed.short", language=language))
        shown = tagged(words, really, self.direction(really), "bb-borrowed")
        return Md(f'{shown}<span class="bb-borrowed__note" title="{note}">{escape(language)}</span>')

    def direction(self, code: str) -> str:
        """How a language is written, as far as it is known."""
        other = self.languages.get(code)
        return other.direction if other else "auto"


def chip(family: str, value: str, words: Md) -> Md:
    """A word in a small frame; CSS gives each `value` of a `family` its own shape and colour."""
    return Md(f'<span class="bb-{family} bb-{family}--{value}">{words}</span>')


def spaced(*parts: Md) -> Md:
    """Those of `parts` that hold anything, with a blank between them."""
    return Md(" ".join(part for part in parts if part))


