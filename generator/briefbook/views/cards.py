"""Cards: what a reader who points at a link to a fact is told of it in a few words, without leaving the page.

Unlike pages, cards are shown by a script, so they are HTML and not Markdown: characters, escaped once and for all,
with marks for language and standing and no links. Nobody's word is left out here either.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape as escape_html
from typing import NewType

from briefbook.model.briefing import Briefing, kind_of
from briefbook.model.claims import Claim, Confidence, Status
from briefbook.model.evidence import grade
from briefbook.model.facts import KINDS, Actor, ActorKind, AnyFact, Dispute, Event, Figure, Role, Source, Step, Term
from briefbook.model.text import LocalText, Speaker
from briefbook.views import addresses
from briefbook.views.desk import Desk
from briefbook.wording.language import Language
from briefbook.wording.markdown import ruby

# Finished HTML: made by the functions at the end of this module only.
Html = NewType("Html", str)

# How much of a text a card shows, in columns: a kana or kanji takes two.
_MOST = 300
_MOST_DEFINITION = 360
# Where a sentence ends. A full stop after a short word with a capital may be that of an abbreviation (Inc., Mr., U.S.), as
# may one before a small letter or digit; scripts without capitals, from Hebrew to Sinhala, have few of these.
_SENTENCE_END = re.compile(
    r"[。！？]+[」』）]*|[!?؟।]+[”»\")]*(?=\s)"
    r"|((?<=\w{4})|(?<=\W[a-zß-ÿ]{2})|(?<=\W[a-zß-ÿ]{3})|(?<=[\d)”»%\u0590-\u0dff]))\.[”»\")]*(?=\s+[^\sa-zß-ÿ\d])"
)

_BLANKS = re.compile(r"[ \t\r\n]+")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a card; `role` says what it holds, for the style sheet."""

    role: str
    words: Html


@dataclass(frozen=True, slots=True)
class Card:
    """One fact: what kind it is, what it is called, how that is read unless the name says so above itself, and a few lines."""

    kind: Html
    name: Html
    reading: Html
    lines: tuple[Line, ...]


def cards_of(briefing: Briefing, languages: Mapping[str, Language], code: str) -> dict[str, dict[str, Card]]:
    """The cards of all facts in one language, by kind and id."""
    desk = Desk(briefing, languages, code, addresses.home(code))
    found: dict[str, dict[str, Card]] = {kind: {} for kind in KINDS}
    for id_, fact in briefing.facts.items():
        found[kind_of(fact)][id_] = card_of(desk, fact)
    return {kind: cards for kind, cards in found.items() if cards}


def card_of(desk: Desk, fact: AnyFact) -> Card:
    """The card of one fact."""
    reading = fact.reading.get(desk.code, "") if isinstance(fact, Actor | Term) else ""
    lines = [("withdrawn", _withdrawn(desk, fact)), *_lines(desk, fact), ("doubt", _doubt(desk, fact.confidence))]
    shown = tuple(Line(role, words) for role, words in lines if words)
    name = _name(desk, fact)
    if reading and desk.language.has_ruby and "<" not in name:
        return Card(_kind(desk, fact), Html(ruby(name, _safe(reading))), _safe(""), shown)
    return Card(_kind(desk, fact), name, _safe(reading), shown)


def _kind(desk: Desk, fact: AnyFact) -> Html:
    match fact:
        case Actor():
            return _label(desk, f"actor-kind.{fact.kind.value}")
        case Source():
            return _label(desk, f"source-kind.{fact.kind.value}")
        case _:
            return _label(desk, f"card.{kind_of(fact).removesuffix('s')}")


def _name(desk: Desk, fact: AnyFact) -> Html:
    return _text(desk, fact.publisher if isinstance(fact, Source) else fact.title)


def _lines(desk: Desk, fact: AnyFact) -> list[tuple[str, Html]]:
    match fact:
        case Actor():
            posts = _joined(desk, (_post(desk, role) for role in fact.roles if role.until is None))
            return [("post", posts), ("text", _text(desk, fact.summary, _MOST))]
        case Source():
            return _source(desk, fact)
        case Term():
            return [("text", _text(desk, fact.definition, _MOST_DEFINITION))]
        case Figure():
            return _figure(desk, fact)
        case Event():
            return _event(desk, fact)
        case Dispute():
            return _dispute(desk, fact)


def _source(desk: Desk, source: Source) -> list[tuple[str, Html]]:
    """What it is, when it was published, and how it was read."""
    read = _label(desk, f"read.{source.read.value}")
    if source.read_through is not None:
        read = _label(desk, "read.through", how=read, whom=_text(desk, source.read_through))
    published = _safe(desk.language.date(source.published)) if source.published else _safe("")
    paywall = _label(desk, "source.paywall-yes") if source.paywall else _safe("")
    return [("text", _subject(desk, source)), ("date", published), ("read", _joined(desk, [read, paywall]))]


def _subject(desk: Desk, source: Source) -> Html:
    """What it says, else its title, which is in its own language."""
    if source.subject is not None or source.title is None:
        return _text(desk, source.subject, _MOST)
    title = _safe(desk.plain(source.title))
    return title if source.language == desk.code else _tagged(desk, title, source.language)


def _figure(desk: Desk, figure: Figure) -> list[tuple[str, Html]]:
    """The value it leads with: of what, as of when, how it stands, on whose word."""
    value = figure.leading
    words = _text(desk, value.words) if value.words is not None else _safe(desk.value_plain(value))
    date = _safe(desk.language.date(value.as_of))
    return [
        ("value", _label(desk, "as-of.value", value=Html(f"<strong>{words}</strong>"), date=date)),
        ("basis", _text(desk, value.basis)),
        ("standing", _sourced(desk, value)), ("doubt", _doubt(desk, value.confidence)),
    ]


def _event(desk: Desk, event: Event) -> list[tuple[str, Html]]:
    """When, what, and on whose word; that it lies ahead where it does. Its confidence is that of the fact."""
    return [
        ("date", _safe(desk.language.date(event.date))), ("text", _text(desk, event.summary, _MOST)),
        ("standing", _sourced(desk, event)), ("planned", _label(desk, "event.planned") if event.planned else _safe("")),
    ]


def _dispute(desk: Desk, dispute: Dispute) -> list[tuple[str, Html]]:
    """The question, where it stands and since when, and why it is heading where it is."""
    step, trend = dispute.current, dispute.trend
    state = _chip("state", step.status.value, _label(desk, f"dispute-status.{step.status.value}"))
    lines = [
        ("text", _text(desk, dispute.question, _MOST)), ("state", Html(f"{state} {_safe(desk.language.date(step.from_))}")),
        ("standing", _unless_settled(desk, step)),
    ]
    if trend is not None:
        direction = _chip("trend", trend.direction.value, _label(desk, f"trend.{trend.direction.value}"))
        lines.append(("trend", Html(f"{direction} {_text(desk, trend.why, _MOST)}")))
    return lines


def _post(desk: Desk, role: Role) -> Html:
    """A post and where; an office that is called by its post is not said twice."""
    at = desk.briefing.facts[role.at]
    if desk.name(at).endswith(desk.plain(role.post)):
        post = _name(desk, at)
    else:
        post = _label(desk, "role.short", post=_text(desk, role.post), at=_name(desk, at))
    return _spaced(post, _unless_settled(desk, role))


def _unless_settled(desk: Desk, claim: Claim | Step) -> Html:
    """How a claim stands, unless it is confirmed and our own word."""
    settled = claim.standing is Status.CONFIRMED and claim.said_by is None
    return _safe("") if settled else _standing(desk, claim)


def _standing(desk: Desk, claim: Claim | Step) -> Html:
    """How a claim stands, and according to whom."""
    status = claim.standing.value
    return _spaced(_chip("status", status, _label(desk, f"status.{status}")), _attribution(desk, claim))


def _sourced(desk: Desk, claim: Claim) -> Html:
    """How a claim stands, how well it is sourced, and according to whom."""
    status, found = claim.standing.value, (desk.briefing.facts.get(str(cite.source)) for cite in claim.cites)
    value = grade(source for source in found if isinstance(source, Source)).value
    return _spaced(
        _chip("status", status, _label(desk, f"status.{status}")), _chip("grade", value, _label(desk, f"grade.{value}")),
        _attribution(desk, claim),
    )


def _attribution(desk: Desk, claim: Claim | Step) -> Html:
    if claim.said_by is None:
        return _safe("")
    who = _speaker(desk, claim.said_by)
    if claim.said_on is None:
        words = _label(desk, "claim.said-by", who=who)
    else:
        words = _label(desk, "claim.said-by-on", who=who, date=_safe(desk.language.date(claim.said_on)))
    return Html(f'<span class="bb-said-by">{words}</span>')


def _speaker(desk: Desk, speaker: Speaker) -> Html:
    if speaker.ref is None:
        return _text(desk, speaker.words)
    fact = desk.briefing.facts[str(speaker.ref)]
    person = isinstance(fact, Actor) and fact.kind is ActorKind.PERSON
    return _label(desk, "person", name=_name(desk, fact)) if person else _name(desk, fact)


def _withdrawn(desk: Desk, fact: AnyFact) -> Html:
    if fact.withdrawn is None:
        return _safe("")
    return _label(
        desk, "withdrawn", date=_safe(desk.language.date(fact.withdrawn.on)), why=_text(desk, fact.withdrawn.why, _MOST)
    )


def _doubt(desk: Desk, confidence: Confidence | None) -> Html:
    return _safe("") if confidence in (None, Confidence.HIGH) else _label(desk, f"confidence.{confidence.value}")


# ---- The few ways in which HTML is made here


def _safe(text: str) -> Html:
    """Characters that mean themselves."""
    return Html(escape_html(text, quote=True))


def _text(desk: Desk, text: LocalText | None, most: int | None = None) -> Html:
    """An author's text as characters alone, cut to `most` columns, marked where it is borrowed from another language."""
    if text is None:
        return _safe("")
    _, really = text.choose(desk.code, desk.briefing.others(desk.code))
    plain = desk.plain(text)
    words = _safe(shortened(plain, most) if most else plain)
    return words if really == desk.code else _tagged(desk, words, really)


def _tagged(desk: Desk, words: Html, lang: str) -> Html:
    other = desk.languages.get(lang)
    return Html(f'<span lang="{_safe(lang)}" dir="{other.direction if other else "auto"}">{words}</span>')


def _label(desk: Desk, name: str, /, **values: Html) -> Html:
    """An interface word, with what it has places for."""
    words = _safe(desk.labels[name])
    return Html(words.format(**values)) if values else words


def _chip(family: str, value: str, words: Html) -> Html:
    """A word in a small frame, as on pages."""
    return Html(f'<span class="bb-{family} bb-{family}--{value}">{words}</span>')


def _spaced(*parts: Html) -> Html:
    return Html(" ".join(part for part in parts if part))


def _joined(desk: Desk, parts: Iterable[Html]) -> Html:
    return Html(escape_html(desk.labels["comma"]).join(part for part in parts if part))


# ---- How texts are cut


def shortened(text: str, most: int) -> str:
    """As many whole sentences as fit into `most` columns; where not even one does, words and an ellipsis."""
    text = _BLANKS.sub(" ", text).strip()
    fits = _fitting(text, most)
    if fits == len(text):
        return text
    ends = [match.end() for match in _SENTENCE_END.finditer(text) if match.end() <= fits]
    if ends:
        return text[: ends[-1]]
    head = text[:fits]
    at = max(head.rfind(" "), head.rfind("、") + 1, head.rfind("，") + 1)
    return head[: at if at > fits // 2 else fits].rstrip(" ,;:、，") + "…"


def _fitting(text: str, most: int) -> int:
    """How many characters of `text` fit into `most` columns."""
    columns = 0
    for position, character in enumerate(text):
        columns += 2 if unicodedata.east_asian_width(character) in "WF" else 1
        if columns > most:
            return position
    return len(text)
