"""Invented briefings of any size, always the same ones: facts in two languages, in the proportions of a real briefing.

Companies, people, amounts and dates are made up, but the two languages say the same, no two facts do, and times are in
order, so that whatever a check finds in them is a mistake of the check or one that was put in on purpose (`broken`).
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import yaml
from mistakes import spoil

# How many of ten thousand facts are of which kind, as in the briefing in content/facts.
PROPORTIONS = {"sources": 4500, "events": 1950, "figures": 1550, "terms": 950, "actors": 860, "disputes": 190}
FIRST, LAST = date(2019, 1, 1), date(2026, 5, 31)
# The day of a check: after everything that is told, and soon enough for all of it to be fresh.
DAY = date(2026, 7, 1)
WORDS = Path(__file__).parent / "wordings.yml"

Fact = dict[str, Any]
# Names, texts and the like, in English and Japanese.
Written = dict[str, str]


class Pair(NamedTuple):
    """The same in both languages."""

    en: str
    ja: str

    @property
    def text(self) -> Written:
        """As a text of a fact."""
        return {"en": self.en, "ja": self.ja}

    def linked(self, id_: str) -> Pair:
        """With these words as a link to a fact."""
        return Pair(f"[[{id_}|{self.en}]]", f"[[{id_}|{self.ja}]]")


@dataclass(frozen=True)
class Actor:
    """A company, an authority or somebody with a post at a company."""

    id: str
    kind: str
    name: Pair
    short: Pair
    at: Actor | None = None
    post: Pair = Pair("", "")  # noqa: RUF009  (frozen)
    since: date = FIRST


@dataclass
class Names:
    """New names, none of which could be a slip in another."""

    chance: Random
    syllables: Sequence[tuple[str, str]]
    _taken: set[str] = field(default_factory=set)

    def new(self) -> Pair:
        """A name in both scripts."""
        while True:
            made = [self.chance.choice(self.syllables[:-3]) for _ in range(self.chance.choice((3, 3, 4)))]
            made += self.chance.choices([*self.syllables[-3:], ("", "")], (2, 2, 2, 3))
            latin, kana = ("".join(part) for part in zip(*made, strict=True))
            shorter = {word[:at] + word[at + 1 :] for word in (latin, kana) for at in range(len(word))} | {latin, kana}
            if self._taken.isdisjoint(shorter):
                self._taken |= shorter
                return Pair(latin.title(), kana)


class Inventor:
    """Invents a briefing of so many facts. The same `seed` gives the same one, to the letter."""

    def __init__(self, count: int, seed: int = 1) -> None:
        self._chance = Random(seed)
        self._words = yaml.load(WORDS.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506  # all of it is text, `no` too
        self._number = {kind: max(1, count * share // 10_000) for kind, share in PROPORTIONS.items()}
        self._number["sources"] += count - sum(self._number.values())
        self._names = Names(self._chance, list(self._words["syllables"].items()))
        self._said: set[str] = set()
        self._actors = list(self._invented_actors())
        self._companies = [a for a in self._actors if a.kind == "organization"]
        self._people = [a for a in self._actors if a.at]
        self._authorities = [a for a in self._actors if a.kind in ("regulator", "court")]
        self._places = [self._names.new() for _ in range(20 + count // 100)]
        self._terms = list(self._invented_terms())
        self._topics = {f"sum-{n + 1}": self._topic() for n in range(self._number["figures"])}
        self._disputes = {f"dispute-{n + 1}": self._chance.sample(self._companies, 2) for n in range(self._number["disputes"])}
        self._sources = sorted(self._chance.choices(self._days, k=self._number["sources"]))
        self._sources[-1] = LAST  # so that there is one for whatever happened
        self._papers = [self._paper() for _ in range(max(4, self._number["sources"] * 3 // 10))]

    def files(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """The name of each file and what is in it."""
        yield "briefing.yml", {"briefing": {"title": {"en": "An invented briefing", "ja": "架空のブリーフィング"}, "as_of": str(LAST)}}
        for kind, facts, together in (
            ("actors", self._actor_facts(), 25), ("terms", self._term_facts(), 30), ("disputes", self._dispute_facts(), 1),
            ("figures", self._figure_facts(), 12), ("events", self._event_facts(), 20), ("sources", self._source_facts(), 40),
        ):
            every = list(facts.items())
            for start in range(0, len(every), together):
                yield f"{kind}/{start // together + 1:04}.yml", {kind: dict(every[start : start + together])}

    # What facts are about

    @cached_property
    def _days(self) -> list[date]:
        return [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days)]

    def _invented_actors(self) -> Iterator[Actor]:
        companies: list[Actor] = []
        for number in range(self._number["actors"]):
            sort = number % 20
            if sort < 9 or not companies:
                name, kind = self._names.new(), self._chance.choice(self._words["organizations"])
                companies.append(Actor(_id(name.en, kind[0]), "organization", Pair(f"{name.en} {kind[0]}", f"{name.ja}・{kind[1]}"), name))
                yield companies[-1]
            elif sort < 17:
                yield self._person(companies[number % len(companies)])
            else:
                place, (kind, en, ja) = self._names.new(), self._chance.choice(self._words["authorities"])
                name = Pair(en.format(place.en), ja.format(place.ja))
                yield Actor(_id(name.en.replace("’", "")), kind, name, name)

    def _person(self, company: Actor) -> Actor:
        given, family = self._names.new(), self._names.new()
        name = Pair(f"{given.en} {family.en}", f"{given.ja}・{family.ja}")
        since = self._chance.choice(self._days[:1500])
        return Actor(_id(name.en), "person", name, family, company, Pair(*self._chance.choice(self._words["posts"])), since)

    def _invented_terms(self) -> Iterator[tuple[str, Pair, str]]:
        made: set[Pair] = set()
        while len(made) < self._number["terms"]:
            topic, (en, ja, avoided) = self._topic(), self._chance.choice(self._words["terms"])
            term = Pair(f"{topic.en} {en}", f"{topic.ja}{ja}")
            if term not in made:
                made.add(term)
                yield _id(term.en), term, f"{topic.ja}{avoided}"

    def _paper(self) -> Pair:
        name, (en, ja) = self._names.new(), self._chance.choice(self._words["papers"])
        return Pair(en.format(name.en), ja.format(name.ja))

    def _topic(self) -> Pair:
        thing = self._chance.choice(self._words["things"])
        if self._chance.random() < 0.4:
            place = self._chance.choice(self._places)
            return Pair(f"{place.en} {thing[0]}", f"{place.ja}の{thing[1]}")
        of = self._chance.choice(self._words["of"])
        return Pair(f"{of[0]} {thing[0]}", f"{of[1]}{'' if of[1].endswith('な') else '・'}{thing[1]}")

    # Facts

    def _actor_facts(self) -> dict[str, Fact]:
        return {actor.id: self._person_fact(actor) if actor.at else self._company_fact(actor) for actor in self._actors}

    def _person_fact(self, person: Actor) -> Fact:
        assert person.at
        role = {"post": person.post.text, "at": person.at.id, "from": str(person.since), "cites": self._cites(person.since, 1)}
        words = Words(self, person.at)
        return {
            "kind": "person", "name": person.name.text, "aliases": {"en": [person.short.en], "ja": [person.short.ja]},
            "summary": words.several("person_summaries", 3).text, "cites": self._cites(person.since, 3), "roles": [role],
        }

    def _company_fact(self, actor: Actor) -> Fact:
        words, since = Words(self, actor), self._chance.choice(self._days)
        fact: Fact = {"kind": actor.kind, "name": actor.name.text}
        if actor.kind == "organization":
            fact["aliases"] = {"en": [actor.short.en], "ja": [actor.short.ja]}
        fact |= {"summary": words.several("organization_summaries", 4).text, "cites": self._cites(since, 3)}
        if actor.kind == "organization":
            relation = {"kind": self._chance.choice(("supplies", "invests-in", "partner-of")), "to": words.companies[1].id}
            fact["relations"] = [{**relation, "from": str(since), "cites": self._cites(since, 1), "note": words.said("notes").text}]
        return fact

    def _term_facts(self) -> dict[str, Fact]:
        return {id_: self._term_fact(name, avoided) for id_, name, avoided in self._terms}

    def _term_fact(self, name: Pair, avoided: str) -> Fact:
        fact: Fact = {"name": name.text, "definition": Words(self).several("term_definitions", 2).text}
        if self._chance.random() < 0.6:
            fact["avoid"] = {"ja": [avoided]}
        return fact | {"cites": self._cites(self._chance.choice(self._days), 1)}

    def _event_facts(self) -> dict[str, Fact]:
        days = sorted(self._chance.choices(self._days, k=self._number["events"]))
        return {f"event-{n + 1}": self._event_fact(day) for n, day in enumerate(days)}

    def _event_fact(self, day: date) -> Fact:
        words, sort = Words(self, day=day), self._chance.choice(self._words["events"])
        fact: Fact = {
            "date": str(day), "title": words.filled(sort["titles"], plain=True).text,
            "summary": words.run([*sort["said"], self._chance.choice(self._words["statements"])]).text,
            "actors": [words.companies[0].id, {"id": words.companies[1].id, "part": {"en": "party", "ja": "当事者"}}],
            "disputes": self._chance.sample(sorted(self._disputes), 1), **self._standing(words, day),
        }
        if self._chance.random() < 0.4:
            fact["note"] = words.said("notes").text
        return fact

    def _figure_facts(self) -> dict[str, Fact]:
        return {id_: self._figure_fact(topic) for id_, topic in self._topics.items()}

    def _figure_fact(self, topic: Pair) -> Fact:
        words = Words(self, topic=topic)
        values = []
        for number, day in enumerate(sorted(self._chance.sample(self._days, self._chance.choice((1, 1, 2))))):
            unit, scale = self._chance.choice(("USD", "EUR", "GBP")), self._chance.choice(("million", "billion"))
            values.append({
                "key": f"value-{number + 1}", "amount": f"{self._chance.randint(101, 999) / 10} {scale} {unit}", "as_of": str(day),
                **self._standing(words, day), "basis": words.said("bases").text,
            })
        return {
            "title": words.filled(self._words["figures"], plain=True).text, "definition": words.said("definitions").text,
            "actors": [company.id for company in words.companies[:2]], "disputes": self._chance.sample(sorted(self._disputes), 1),
            "values": values,
        }

    def _source_facts(self) -> dict[str, Fact]:
        return {f"source-{n + 1}": self._source_fact(n, day) for n, day in enumerate(self._sources)}

    def _source_fact(self, number: int, day: date) -> Fact:
        words, paper = Words(self, day=day), self._chance.choice(self._papers)
        address = self._words["sites"][0].format(_id(paper.en), f"{day:%Y/%m}", _id(words.companies[0].short.en), number)
        return {
            "publisher": paper.text, "subject": words.filled(self._words["subjects"], plain=True).text, "url": address,
            "published": str(day), "accessed": str(LAST), "language": "en",
            "kind": self._chance.choice(("newsroom", "trade", "primary")), "read": "full",
        }

    def _dispute_facts(self) -> dict[str, Fact]:
        return {id_: self._dispute_fact(id_, parties) for id_, parties in self._disputes.items()}

    def _dispute_fact(self, id_: str, parties: Sequence[Actor]) -> Fact:
        topic = self._topic()

        def words(day: date | None = None) -> Words:
            return Words(self, *parties, topic=topic if self._chance.random() < 0.4 else None, day=day)

        def claims(many: int, **more: Callable[[date], Any]) -> list[Fact]:
            days = self._chance.sample(self._days, many)
            return [
                {**{name: give(day) for name, give in more.items()}, "text": words(day).said("statements").text, **self._standing(words(day), day)}
                for day in days
            ]

        steps = sorted(self._chance.sample(self._days, 4))
        states = ("open", "negotiating", "escalated", self._chance.choice(("in-court", "resolved")))
        return {
            "title": words().filled(self._words["disputes"], plain=True).text, "question": words().said("questions").text,
            "summary": words().several("statements", 4).text, "parties": [party.id for party in parties],
            "forum": words().filled(self._words["forums"], plain=True).text, "stakes": claims(2),
            "positions": claims(4, by=lambda _: self._chance.choice(parties).id, since=str),
            "record": claims(6, date=str),
            "accounts": [
                {"question": words().said("questions").text, "answers": claims(3), "reading": words().several("statements", 2).text}
                for _ in range(2)
            ],
            "history": [
                {"status": state, "from": str(day), "why": words(day).several("statements", 2).text, "cites": self._cites(day, 2)}
                for state, day in zip(states, steps, strict=True)
            ],
            "trend": {"direction": "unchanged", "why": words().said("statements").text, "as_of": str(LAST)},
            "open_questions": [
                {"question": words().said("questions").text, "settled_by": words().said("notes").text} for _ in range(2)
            ],
            "related": self._chance.sample(sorted(self._disputes.keys() - {id_}), 2) if len(self._disputes) > 2 else [],
        }

    def _standing(self, words: Words, day: date) -> Fact:
        """How a claim of a day stands: confirmed by sources, or as a newspaper or company has it."""
        if self._chance.random() < 0.5:
            return {"status": "confirmed", "cites": self._cites(day, 2)}
        speaker: object = self._chance.choice(self._papers).text if self._chance.random() < 0.5 else words.companies[0].id
        return {"status": "reported", "said_by": speaker, "said_on": str(day), "cites": self._cites(day, self._chance.choice((1, 2)))}

    def _cites(self, day: date, most: int) -> list[str]:
        """Sources that were published on a day or soon after it."""
        at = min(bisect_left(self._sources, day), len(self._sources) - 1)
        ahead = range(at, min(at + 40, len(self._sources)))
        return [f"source-{n + 1}" for n in sorted(self._chance.sample(ahead, min(most, len(ahead))))]


class Words:
    """Fills the slots of sentences about some companies: each is linked where it is first named, and then named plainly."""

    def __init__(self, inventor: Inventor, *actors: Actor, topic: Pair | None = None, day: date | None = None) -> None:
        self._of, self._chance, self._day, self._topic = inventor, inventor._chance, day, topic  # two halves of one
        others = self._chance.sample(inventor._companies, min(3, len(inventor._companies)))
        self.companies = [*actors, *(company for company in others if company not in actors)]
        self._linked: set[str] = set()

    def said(self, name: str) -> Pair:
        """One sentence of a list."""
        return self.filled(self._of._words[name])

    def several(self, name: str, many: int) -> Pair:
        """Some sentences of a list."""
        listed = self._of._words[name]
        return self.run(self._chance.sample(listed, min(many, len(listed))))

    def run(self, sentences: Sequence[Sequence[str]]) -> Pair:
        """Sentences one behind the other."""
        done = [self.filled([sentence]) for sentence in sentences]
        return Pair(" ".join(f"{s.en.rstrip('.')}." for s in done), "".join(f"{s.ja.rstrip('。')}。" for s in done))

    def filled(self, sentences: Sequence[Sequence[str]], *, plain: bool = False) -> Pair:
        """One of the sentences with its slots filled, and said nowhere else; `plain` is without links."""
        while True:
            en, ja = self._chance.choice(sentences)
            slots = {name: fill() for name, fill in self._slots(plain).items() if f"{{{name}}}" in en}
            made = Pair(en.format(**{k: v.en for k, v in slots.items()}), ja.format(**{k: v.ja for k, v in slots.items()}))
            made = Pair(made.en[0].upper() + made.en[1:], made.ja)
            if made.en not in self._of._said or sentences is self._of._words["forums"]:
                self._of._said.add(made.en)
                return made

    def _slots(self, plain: bool) -> dict[str, Callable[[], Pair]]:
        return {
            "a": lambda: self._named(self.companies[0], plain), "b": lambda: self._named(self.companies[1], plain),
            "c": lambda: self._named(self._chance.choice(self._of._authorities or self.companies), plain),
            "p": self._person, "m": self._money, "m2": self._money, "s": self._share, "d": lambda: self._date(730),
            "x": lambda: self._date(-730), "y": self._years, "n": self._staff, "k": lambda: self._topic or self._of._topic(),
            "t": self._term, "f": self._figure,
        }

    def _named(self, actor: Actor, plain: bool) -> Pair:
        if plain or actor.id in self._linked:
            return actor.short if actor.kind == "organization" else actor.name
        self._linked.add(actor.id)
        return actor.name.linked(actor.id)

    def _person(self) -> Pair:
        """Somebody with the post held on the day; without one, only the name."""
        person = self._chance.choice(self._of._people)
        assert person.at
        if self._day is None or self._day < person.since:
            return Pair(person.name.en, f"{person.short.ja}氏").linked(person.id)
        at, title = person.at.short, person.post
        return Pair(f"[[{person.id}|{person.name.en}]], {title.en} of {at.en},", f"{at.ja}の[[{person.id}|{person.short.ja}]]{title.ja}")

    def _term(self) -> Pair:
        id_, name, _ = self._chance.choice(self._of._terms)
        return name.linked(id_)

    def _figure(self) -> Pair:
        id_, topic = self._chance.choice(list(self._of._topics.items()))
        return Pair(f"outlay on {topic.en}", f"{topic.ja}への支出").linked(id_)

    def _money(self) -> Pair:
        sign, name = self._chance.choice(self._of._words["currencies"])
        tenths, scale = self._chance.randint(11, 9999), self._chance.choice((6, 9))
        number = f"{tenths / 10:g} {'billion' if scale == 9 else 'million'}"
        before, after = self._chance.choice((("", ""), ("", ""), ("about ", "約"), ("more than ", "超"), ("nearly ", "近く")))
        ja = f"{_in_myriads(tenths * 10 ** (scale - 1))}{name}"
        return Pair(f"{before}{sign}{number}", f"{after}{ja}" if after == "約" else f"{ja}{after}")

    def _share(self) -> Pair:
        share = f"{self._chance.randint(11, 980) / 10:g}%"
        return Pair(share, share)

    def _date(self, within: int) -> Pair:
        day = (self._day or self._chance.choice(self._of._days)) + timedelta(days=self._chance.randrange(*sorted((0, within))))
        if self._chance.random() < 0.3:
            return Pair(f"{day:%B %Y}", f"{day.year}年{day.month}月")
        return Pair(f"{day.day} {day:%B %Y}", f"{day.year}年{day.month}月{day.day}日")

    def _years(self) -> Pair:
        years = self._chance.randint(2, 19)
        spelled = ("", "", "two", "three", "four", "five", "six", "seven", "eight", "nine")
        return Pair(f"{spelled[years] if years < 10 else years} years", f"{years}年間")

    def _staff(self) -> Pair:
        many = self._chance.randint(13, 9800)
        return Pair(f"{many:,} engineers", f"技術者{many}人")


def write_briefing(folder: Path, count: int, seed: int = 1, *, broken: bool = False) -> list[Path]:
    """A whole site with so many facts in `folder`; `broken` puts a mistake into every one of them. Returns the fact files."""
    (folder / "mkdocs.yml").parent.mkdir(parents=True, exist_ok=True)
    (folder / "mkdocs.yml").write_text(
        "site_name: An invented briefing\ndocs_dir: content/pages\nplugins:\n  - briefbook: {languages: [en, ja]}\n", encoding="utf-8"
    )
    written = []
    for language, heading in (("en", "How this was made"), ("ja", "作成の方法")):
        page = folder / "content" / "pages" / language / "method.md"
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(f"# {heading}\n", encoding="utf-8")
    number = 0
    for name, content in Inventor(count, seed).files():
        path = folder / "content" / "facts" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        for kind, facts in content.items() if broken else ():
            for id_ in facts if kind != "briefing" else ():
                facts[id_] = spoil(kind, facts[id_], number)
                number += 1
        path.write_text("\n".join(_lines(content)) + "\n", encoding="utf-8")
        written.append(path)
    return written


def _lines(value: dict[str, Any], indent: int = 0) -> Iterator[str]:
    """A mapping as people write facts: short texts and lists in one line, long ones as blocks."""
    pad = "  " * indent
    for key, item in value.items():
        if isinstance(item, dict) and not _is_short(item):
            yield f"{pad}{key}:"
            yield from _lines(item, indent + 1)
        elif isinstance(item, list) and any(isinstance(entry, dict) and not _is_short(entry) for entry in item):
            yield f"{pad}{key}:"
            for entry in item:
                first, *rest = _lines(entry, indent + 2) if isinstance(entry, dict) else [_inline(entry)]
                yield from (f"{pad}  - {first.strip()}", *rest)
        elif isinstance(item, str) and len(item) > 100:
            yield from (f"{pad}{key}: >-", f"{pad}  {item}")
        else:
            yield f"{pad}{key}: {_inline(item)}"


def _is_short(value: dict[str, Any]) -> bool:
    return all(isinstance(item, str) for item in value.values()) and sum(map(len, value.values())) < 90 and len(value) < 3


def _inline(value: object) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_inline(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_inline, value)) + "]"
    plain = isinstance(value, str) and value.replace("-", "").replace(".", "").replace(" ", "").isascii() and value[:1].isalnum()
    return str(value) if plain and not set(str(value)) & set(":#,[]{}&*!|>'\"%@`") else json.dumps(value, ensure_ascii=False)


def _in_myriads(number: int) -> str:
    """A number as Japanese writes it: 1兆2500億."""
    parts = []
    for unit, power in (("兆", 12), ("億", 8), ("万", 4), ("", 0)):
        whole, number = divmod(number, 10**power)
        parts += [f"{whole}{unit}"] if whole else []
    return "".join(parts)


def _id(*words: str) -> str:
    return "-".join(words).lower().replace(" ", "-")
