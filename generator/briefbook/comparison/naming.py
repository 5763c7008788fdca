"""What a text names: people, companies and publishers, found fast among very many; and facts, by the titles it shows."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from briefbook.model.briefing import Briefing
from briefbook.model.facts import Actor, AnyFact, Figure, Source
from briefbook.model.text import LocalText
from briefbook.rules.quantities import visible

_MENTION = re.compile(r"\[\[\s*(?P<id>[a-z0-9-]+)\s*(?:#\s*(?P<key>[^\[\]|\s]+)\s*)?(?:\|(?P<words>[^\[\]]+))?\]\]")
_LATIN = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")
# Shorter ones are in too many words.
_SHORTEST = 2


class Names:
    """Knows every name that actors and publishers have in some briefings, and whose it is. Of two titles the last counts."""

    def __init__(self, briefings: Iterable[Briefing]) -> None:
        self._titles: dict[str, LocalText] = {}
        self._starting: dict[str, dict[str, str]] = defaultdict(dict)
        for briefing in briefings:
            self._titles |= {fact.id: title for fact in briefing.facts.values() if (title := _shown_as(fact))}
            for name, owner in _names_of(briefing):
                if len(name) >= _SHORTEST:
                    self._starting[name[:_SHORTEST]].setdefault(name, owner)

    def printed(self, language: str, text: str) -> str:
        """A text with titles in place of `[[id]]`, and without the links under other words; values stay to be looked up."""
        return _MENTION.sub(lambda found: self._shown(language, found), text) if "[[" in text else text

    def _shown(self, language: str, found: re.Match[str]) -> str:
        id_, key, words = found["id"], found["key"], found["words"]
        if words:
            return words.strip()
        title = self._titles.get(id_)
        return found[0] if title is None or key else title.choose(language, ())[0]

    def within(self, text: str) -> frozenset[str]:
        """Whom a text names; a name within a longer one does not count."""
        seen, found, done = visible(text).text, set(), 0
        for place in [at for at in range(len(seen) - 1) if seen[at : at + _SHORTEST] in self._starting]:
            name = self._longest_at(seen, place) if place >= done else ""
            if name:
                found.add(self._starting[name[:_SHORTEST]][name])
                done = place + len(name)
        return frozenset(found)

    def _longest_at(self, text: str, place: int) -> str:
        known = self._starting[text[place : place + _SHORTEST]]
        fitting = (name for name in known if text.startswith(name, place) and _stands_alone(text, place, place + len(name)))
        return max(fitting, key=len, default="")


def _shown_as(fact: AnyFact) -> LocalText | None:
    """What stands for the fact in a text; a figure is shown as its value, a source as more than its title."""
    return None if isinstance(fact, Figure | Source) else fact.title


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether no Latin word goes on at either end."""
    before, after = text[start - 1 : start].lower(), text[end : end + 1].lower()
    inside = text[start].lower() in _LATIN, text[end - 1].lower() in _LATIN
    return not ((inside[0] and before in _LATIN and before) or (inside[1] and after in _LATIN and after))


def _names_of(briefing: Briefing) -> Iterator[tuple[str, str]]:
    for fact in briefing.facts.values():
        if isinstance(fact, Actor):
            yield from ((words, fact.id) for text in (fact.name, fact.full_name) for words in _written(text))
            yield from ((alias, fact.id) for alias in fact.aliases.all())
        elif isinstance(fact, Source):
            yield from ((words, words) for words in _written(fact.publisher))


def _written(text: LocalText | None) -> list[str]:
    return [words for _, words in text.written()] if text else []
