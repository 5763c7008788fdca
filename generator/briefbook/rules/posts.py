"""Titles of office in texts, and whose they are: what languages know of it lies in `data/posts.<language>.yml`.

A text becomes a row of signs, one for each name, title and qualifier found; patterns of the language run over that row.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from importlib.resources import files
from typing import NamedTuple, cast

import yaml

# One private character for each sort of thing found, so that a pattern needs no knowledge of how long it was.
_SIGNS = {"person": "\ue000", "org": "\ue001", "posts": "\ue002", "former": "\ue003", "interim": "\ue004"}
_NO_OFFICE = "none"
# A letter of a script that is written with spaces.
_LETTER = "[^\\W\\d_\u3040-\u9fff]"
# So far from a title its holder may stand, links and all; farther off nothing is looked at.
_REACH = 120
_GAP = "\ue00f"
# Marks around a name that are no part of what is read: the head and end of a mention, emphasis.
_MARKUP = re.compile(r"\[\[\s*([a-z0-9-]+)\s*(?:#[^\[\]|\s]*)?\s*(\|)?|\]\]|\*+")


@dataclass(frozen=True, slots=True)
class Tie:
    """That a text gives a person a title: the offices it names, at whom if it says so, and where it stands."""

    person: str
    org: str | None
    offices: frozenset[str]
    former: bool
    interim: bool
    start: int
    end: int


@dataclass(frozen=True)
class Names:
    """The names a text may use, each with the id of its actor; and the ids by which it may link to them."""

    persons: Mapping[str, str]
    orgs: Mapping[str, str]
    person_ids: frozenset[str]
    org_ids: frozenset[str]

    def at(self, text: str, position: int) -> str | None:
        """The longest name that stands there as a whole."""
        for length in self._lengths.get(text[position : position + 2], self._lengths.get(text[position], ())):
            name = text[position : position + length]
            known = len(name) == length and (name in self.persons or name in self.orgs)
            if known and _stands_alone(text, position, position + length):
                return name
        return None

    def starts_in(self, text: str, start: int, end: int) -> list[int]:
        """Where between the two a name may begin."""
        return [n for n in range(start, end) if text[n : n + 2] in self._lengths or text[n] in self._lengths]

    def any_in(self, text: str) -> bool:
        """Whether there is a name in it at all."""
        return any(self.at(text, position) for position in self.starts_in(text, 0, len(text)))

    @cached_property
    def _lengths(self) -> dict[str, tuple[int, ...]]:
        """By the first two characters, or the only one: how long the names are that start so, the longest first."""
        found: dict[str, set[int]] = {}
        for name in (*self.persons, *self.orgs):
            found.setdefault(name[:2], set()).add(len(name))
        alone = {start for start in found if len(start) == 1}
        return {
            start: tuple(sorted(own | ({1} if start[0] in alone else set()), reverse=True)) for start, own in found.items()
        }

    def sort_of(self, id_: str | None) -> str | None:
        """What kind of sign stands for the actor of that id."""
        return "person" if id_ in self.person_ids else "org" if id_ in self.org_ids else None


class _Found(NamedTuple):
    """What one sign of a row stands for."""

    start: int
    end: int
    what: str = ""
    offices: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Row:
    """A text with a sign for each thing found, and for each character of it what it stands for."""

    signs: str
    places: Sequence[_Found]

    def tie(self, at: Mapping[str, int], span: tuple[int, int]) -> Tie:
        """What a pattern that matched over `span` says, with its named groups `at` their places."""
        def of(sort: str) -> _Found | None:
            return next((self.places[position] for name, position in at.items() if name.startswith(sort)), None)

        person, org, posts = of("person"), of("org"), of("posts")
        return Tie(
            person.what if person else "", org.what if org else None, posts.offices if posts else frozenset(),
            of("former") is not None, of("interim") is not None, self.places[span[0]].start, self.places[span[1] - 1].end,
        )


@dataclass(frozen=True)
class Titles:
    """What one language knows of titles."""

    offices: Mapping[str, Sequence[str]]
    former: Sequence[str]
    interim: Sequence[str]
    joiners: Sequence[str]
    courtesy: Sequence[str]
    patterns: Sequence[str]
    part: str
    another_time: re.Pattern[str]
    within: int
    change: re.Pattern[str]

    def named_in(self, text: str) -> frozenset[str]:
        """The offices that a title such as “chairman and chief executive” names."""
        named = (self._office[match[0]] for match in self._title.finditer(_lowered(text)))
        return frozenset(office for office in named if office != _NO_OFFICE)

    def mentions_any(self, text: str) -> bool:
        """Whether there is a title in it at all."""
        return self._title.search(_lowered(text)) is not None

    def speaks_of_change(self, text: str) -> bool:
        """Whether a post may change hands in it."""
        return self.change.search(_lowered(text)) is not None

    def speaks_of_another_time(self, text: str) -> bool:
        """Whether it may be about a time that is not the fact’s."""
        return self.another_time.search(_lowered(text)) is not None

    def ties(self, text: str, names: Names) -> Iterator[Tie]:
        """Every person of `names` to whom the text certainly gives a title."""
        row = self._row(text, names)
        used: set[int] = set()
        for pattern in self._patterns:
            for match in pattern.finditer(row.signs):
                at = {name: match.start(name) for name, group in match.groupdict().items() if group}
                post = next(position for name, position in at.items() if name.startswith("posts"))
                if post not in used:
                    used.add(post)
                    yield row.tie(at, match.span())

    def part_of(self, text: str, person: str, names: Names) -> Tie | None:
        """The title that `text` is, when it is nothing else, as that of `person`."""
        row = self._row(text, names)
        match = self._part.fullmatch(row.signs)
        if match is None:
            return None
        at = {name: match.start(name) for name, group in match.groupdict().items() if group}
        return replace(row.tie(at, match.span()), person=person)

    def _row(self, text: str, names: Names) -> _Row:
        """The text around its titles, with a sign for each thing found. No pattern reaches over what is left out."""
        signs: list[str] = []
        places: list[_Found] = []
        low = _lowered(text)
        titles = list(self._title.finditer(low))
        for start, end in _around(titles, len(text)):
            position = start
            for sign, thing in self._things(text, low, start, end, titles, names):
                if thing.start >= position:
                    signs += text[position : thing.start]
                    places += [_Found(n, n + 1) for n in range(position, thing.start)]
                    signs += [sign] if sign else []
                    places += [thing] if sign else []
                    position = thing.end
            signs += [*text[position:end], _GAP]
            places += [_Found(n, n + 1) for n in range(position, end + 1)]
        return self._joined("".join(signs[:-1]), places[:-1])

    def _things(
        self, text: str, low: str, start: int, end: int, titles: Iterable[re.Match[str]], names: Names
    ) -> Iterator[tuple[str, _Found]]:
        """What is found in a stretch of text, from left to right; of two that begin at one place the one that counts first."""
        found: dict[int, tuple[str, _Found]] = {}
        for match in self._before_name.finditer(text, start, end):
            found[match.start()] = "", _Found(*match.span())
        for match in self._qualifier.finditer(low, start, end):
            found[match.start()] = _SIGNS[cast("str", match.lastgroup)], _Found(*match.span())
        for match in titles:
            office = self._office[match[0]]
            # What looks like a title and is none stands in the row as a sign of nothing.
            found[match.start()] = (_GAP, _Found(*match.span())) if office == _NO_OFFICE else (
                _SIGNS["posts"], _Found(*match.span(), offices=frozenset({office}))
            )
        for position in names.starts_in(text, start, end):
            if name := names.at(text, position):
                sort, named = ("person", names.persons) if name in names.persons else ("org", names.orgs)
                last = self._after_courtesy(text, position + len(name), sort)
                found[position] = _SIGNS[sort], _Found(position, last, named[name])
        for match in _MARKUP.finditer(text, start, end):
            found[match.start()] = self._mention(text, match, names)
        yield from (found[position] for position in sorted(found) if position < end)

    def _mention(self, text: str, markup: re.Match[str], names: Names) -> tuple[str, _Found]:
        """`[[id]]` stands for whom it names; of `[[id|words]]` the words are read, or all of it where they name nobody."""
        id_, words = markup[1], markup[2]
        sort = names.sort_of(id_)
        end = text.find("]]", markup.end())
        if id_ is None or end < 0 or sort is None:
            return "", _Found(*markup.span())
        inside = text[markup.end() : end] if words else ""
        if inside and (names.any_in(inside) or self.mentions_any(inside)):
            return "", _Found(*markup.span())
        return _SIGNS[sort], _Found(markup.start(), self._after_courtesy(text, end + 2, sort), id_)

    def _after_courtesy(self, text: str, end: int, sort: str) -> int:
        match = self._after_name.match(text, end) if sort == "person" else None
        return match.end() if match else end

    def _joined(self, signs: str, places: list[_Found]) -> _Row:
        """Two titles of one person as one; the short form in brackets behind a title as part of it."""
        for match in reversed(list(self._several.finditer(signs))):
            start, end = match.span()
            offices = frozenset[str]().union(*(thing.offices for thing in places[start:end]))
            places[start:end] = [_Found(places[start].start, places[end - 1].end, offices=offices)]
            signs = signs[:start] + _SIGNS["posts"] + signs[end:]
        return _Row(signs, places)

    @cached_property
    def _office(self) -> dict[str, str]:
        return {title.lower(): office for office, titles in self.offices.items() for title in titles}

    @cached_property
    def _title(self) -> re.Pattern[str]:
        return _any_of(title for titles in self.offices.values() for title in titles)

    @cached_property
    def _qualifier(self) -> re.Pattern[str]:
        former, interim = (_any_of(words).pattern for words in (self.former, self.interim))
        return re.compile(f"(?P<former>{former})|(?P<interim>{interim})")

    @cached_property
    def _before_name(self) -> re.Pattern[str]:
        return re.compile("|".join(rf"\b{re.escape(word)}" for word in self.courtesy if word.endswith(" ")) or r"(?!)")

    @cached_property
    def _after_name(self) -> re.Pattern[str]:
        return re.compile(r"(?:\]\])?(?:" + ("|".join(re.escape(word) for word in self.courtesy if not word.endswith(" ")) or r"(?!)") + ")")

    @cached_property
    def _several(self) -> re.Pattern[str]:
        post, joiner = _SIGNS["posts"], "|".join(map(re.escape, self.joiners))
        gloss = rf"(?: ?[（(]{post}[）)])"
        return re.compile(rf"{post}{gloss}?(?:(?:{joiner}){post}{gloss}?)+|{post}{gloss}")

    @cached_property
    def _patterns(self) -> tuple[re.Pattern[str], ...]:
        return tuple(_pattern(written) for written in self.patterns)

    @cached_property
    def _part(self) -> re.Pattern[str]:
        return _pattern(self.part)


def titles_of(language: str) -> Titles | None:
    """What is known of titles in a language; nothing where there is no file for it."""
    return _read(language) or _read(language.split("-", maxsplit=1)[0])


def known_languages() -> tuple[str, ...]:
    """The languages there is a file for."""
    names = (item.name for item in (files("briefbook") / "rules" / "data").iterdir())
    return tuple(sorted(name.split(".")[1] for name in names if name.startswith("posts.")))


@lru_cache
def _read(language: str) -> Titles | None:
    file = files("briefbook") / "rules" / "data" / f"posts.{language}.yml"
    if not file.is_file():
        return None
    # Builds nothing but text.
    data = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506
    time = data.pop("another-time")
    return Titles(
        **{**data, "change": _starting_with(data["change"])}, another_time=_any_of(time["words"]), within=int(time["within"]),
    )


def _pattern(written: str) -> re.Pattern[str]:
    """A pattern of the data, with signs for its placeholders; the same one may stand in it several times."""
    for sort, sign in _SIGNS.items():
        written = written.replace(f"<{sort}>", sign)
        pieces = written.split(f"{{{sort}}}")
        written = pieces[0] + "".join(f"(?P<{sort}{n}>{sign}){piece}" for n, piece in enumerate(pieces[1:]))
    return re.compile(written)


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    """Any of these in a text of small letters, the longest first; where one ends, no letter of its kind goes on."""
    ordered = sorted({word.lower() for word in words}, key=lambda word: (-len(word), word))
    whole = [re.escape(word) for word in ordered if _spaced_script(word[0]) and _spaced_script(word[-1])]
    others = [_bounded(word) for word in ordered if not (_spaced_script(word[0]) and _spaced_script(word[-1]))]
    # One look around for all of them lets the search pass quickly over what cannot begin any.
    together = [f"(?<!{_LETTER})(?:{'|'.join(whole)})(?!{_LETTER})"] if whole else []
    return re.compile("|".join([*others, *together]) or r"(?!)")


def _starting_with(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(_bounded(word.lower(), ends=False) for word in words))


def _bounded(word: str, *, ends: bool = True) -> str:
    first, last = (_spaced_script(c) for c in (word[0], word[-1]))
    return (f"(?<!{_LETTER})" if first else "") + re.escape(word) + (f"(?!{_LETTER})" if last and ends else "")


def _lowered(text: str) -> str:
    """In small letters, each at the place of the one it stands for."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def _around(titles: Iterable[re.Match[str]], length: int) -> Iterator[tuple[int, int]]:
    """The stretches of a text in which somebody may be given one of its titles."""
    stretch: tuple[int, int] | None = None
    for title in titles:
        start, end = max(0, title.start() - _REACH), min(length, title.end() + _REACH)
        if stretch is not None and start > stretch[1]:
            yield stretch
            stretch = None
        stretch = (stretch[0] if stretch else start, end)
    if stretch is not None:
        yield stretch


def _spaced_script(character: str) -> bool:
    return character.isalpha() and not "\u3040" <= character <= "\u9fff"


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether a name is not part of a longer word: kanji go with kanji, katakana with katakana, letters with letters."""
    ahead, behind = text[start - 1 : start], text[end : end + 1]
    if behind == "・":
        behind = text[end + 1 : end + 2] if _script(text[end + 1 : end + 2]) == "katakana" else ""
    first, last = _script(text[start]), _script(text[end - 1])
    joined = bool(ahead) and (_script(ahead) == first or (first == "katakana" and ahead == "・"))
    # Kanji go on with a title behind a name, without a space.
    return not joined and not (last != "kanji" and behind and _script(behind) == last)


def _script(character: str) -> str | None:
    if "\u30a1" <= character <= "\u30fc" and character != "・":
        return "katakana"
    if "\u3400" <= character <= "\u9fff" or character == "々":
        return "kanji"
    return "letters" if character.isalnum() and not "\u3040" <= character <= "\u309f" else None
