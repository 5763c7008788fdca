"""Whether every text is there in every language and safe to publish (codes L… and T…)."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping

from briefbook.diagnostics import Severity
from briefbook.model.base import Value
from briefbook.model.briefing import EVERYONE, Briefing, texts
from briefbook.model.facts import Actor, Dispute, Event, Figure, Source, Term
from briefbook.model.prose import LINK_SCHEMES, Mention, OutsideLink, every_span, parse
from briefbook.rules.finding import Finding


def missing_translations(briefing: Briefing, among: Container[str] = EVERYONE) -> Iterator[Finding]:
    """L001 (warning): a text that is not written in a language of the site."""
    for id_, fact in briefing.written(among):
        for path, text in texts(fact):
            for language in text.missing(briefing.languages):
                message = f"“{_field(path)}” is not written in “{language}”"
                hint = "until it is, readers see it in another language, marked as such"
                yield Finding("L001", id_, path, message, hint, Severity.WARNING, on_key=True)


def unknown_languages(briefing: Briefing, among: Container[str] = EVERYONE) -> Iterator[Finding]:
    """L002: a text in a language that the site does not have."""
    for id_, fact in briefing.written(among):
        for path, text in texts(fact):
            for language in text.by_language:
                if language not in briefing.languages:
                    message = f"“{language}” is not a language of this site"
                    hint = f"its languages: {', '.join(briefing.languages)}"
                    yield Finding("L002", id_, (*path, language), message, hint, on_key=True)


def unsafe_links(briefing: Briefing, among: Container[str] = EVERYONE) -> Iterator[Finding]:
    """T001: a link in a text that does not lead to the web; it is shown as plain words."""
    for id_, fact in briefing.written(among):
        for path, text in texts(fact):
            for language, written in text.written():
                for span in every_span(parse(written)):
                    if isinstance(span, OutsideLink) and not span.safe:
                        where = path if language is None else (*path, language)
                        message = f"this link leads to “{span.url}”"
                        hint = f"links start with {', '.join(s + ':' for s in LINK_SCHEMES)}; link to a fact as [[id]]"
                        yield Finding("T001", id_, where, message, hint, word=span.url)


# Words that links to a fact are made of: its title or name, whoever published it, and a value in place of its amount.
_LINKED: Mapping[str, tuple[type[Value], ...]] = {
    "title": (Event, Figure, Dispute), "name": (Actor, Term), "publisher": (Source,), "words": (Figure,),
}


def links_in_links(briefing: Briefing, among: Container[str] = EVERYONE) -> Iterator[Finding]:
    """T002 (warning): a link in words that are made a link themselves."""
    for id_, fact in briefing.written(among):
        for path, text in texts(fact):
            if not isinstance(fact, _LINKED.get(_field(path), ())) or (len(path) > 1 and path[0] != "values"):
                continue
            for language, written in text.written():
                if link := first_link(written):
                    where = path if language is None else (*path, language)
                    message = f"“{_field(path)}” is shown as a link, and “{link}” would be a link in it"
                    yield Finding("T002", id_, where, message, NO_LINK, Severity.WARNING, word=link)


# What to do about it.
NO_LINK = "write the words alone; link to it from another text"


def first_link(written: str) -> str | None:
    """How the first link in a text begins, `[[id` or its address; None where there is no link."""
    for span in every_span(parse(written)) if "[" in written else ():
        if isinstance(span, Mention):
            return f"[[{span.id}"
        if isinstance(span, OutsideLink) and span.safe:
            return span.url
    return None


def _field(path: tuple[str | int, ...]) -> str:
    return next((step for step in reversed(path) if isinstance(step, str)), "")
