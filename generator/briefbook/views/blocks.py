"""What several kinds of page share: page heads, chart blocks, lists of what refers to a fact."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from briefbook.charts.chart import Chart
from briefbook.model.briefing import kind_of
from briefbook.model.facts import KINDS, Actor, AnyFact, ChangeNote, Event, Term
from briefbook.views import addresses
from briefbook.views.desk import EMPTY, Desk, Note, spaced
from briefbook.views.stages import followed
from briefbook.wording.markdown import Md, attribute, escape, ruby

# A chart yet to be made: the function of `charts` and all its arguments.
Sketch = partial[Chart]


@dataclass(frozen=True, slots=True)
class Head:
    """What stands at the top of every page. `tombstone` is set where the fact was withdrawn."""

    title: Md
    crumbs: tuple[Md, ...]
    tombstone: Md
    borrowed: Md
    stale: Md


@dataclass(frozen=True, slots=True)
class Foot:
    """What stands at the end of every page. `citation` is how to cite it; empty on pages that list others.

    `changes` are what the authors noted of changes to a fact, the latest first; `follow` is how to follow what becomes of a page that can be followed. `note` and `close` are words, as attributes hold them, for the script that shows notes in place.
    """

    notes: tuple[Note, ...]
    as_of: Md
    citation: Md
    changes: tuple[Md, ...]
    follow: Md
    note: Md
    close: Md


@dataclass(frozen=True, slots=True)
class Table:
    """Column heads and rows of finished cells."""

    columns: tuple[Md, ...]
    rows: tuple[tuple[Md, ...], ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing yet to be made, and what it shows in words.

    `sketch` makes the chart. Its arguments are finished rows, so they say all that the drawing depends on: a host
    that has drawn the same sketch before need not make the chart again.
    """

    sketch: Sketch
    title: str
    description: str

    @property
    def placeholder(self) -> Md:
        """What stands in the Markdown until the drawing is put there."""
        return Md(placeholder(self.name))

    @property
    def name(self) -> str:
        """The drawing's name, unique on its page."""
        return str(self.sketch.args[0])

    @property
    def identity(self) -> str:
        """Everything the drawing depends on but the language of the page."""
        return repr((self.sketch.func.__qualname__, self.sketch.args, self.sketch.keywords, self.title, self.description))


@dataclass(frozen=True, slots=True)
class ChartBlock(Picture):
    """A drawing with its data as a table and as a file."""

    table: Table
    data_uri: str
    data_link: Md
    csv: bytes

    @property
    def heading(self) -> Md:
        """The title, for the page."""
        return escape(self.title)

    @property
    def caption(self) -> Md:
        """The description, for the page."""
        return escape(self.description)


@dataclass(frozen=True, slots=True)
class Group:
    """A heading and the lines under it."""

    heading: Md
    anchor: str
    lines: tuple[Md, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """What every page record has, whatever its kind."""

    head: Head
    foot: Foot
    referrers: tuple[Group, ...]


def placeholder(name: str) -> str:
    """The mark in a page's Markdown for the drawing `name`."""
    return f"<!--chart:{name}-->"


def head_of(desk: Desk, title: Md, crumbs: Sequence[Md], fact: AnyFact | None = None, *, about: str | None = None) -> Head:
    """The head of a page. Call it last: only then is it known which languages the page borrowed from.

    `about` is the id of what the page is about where that is no fact.
    """
    tombstone = EMPTY
    for note in fact.changes if fact is not None else ():
        desk.text(note.note)  # it stands in the foot, and may be borrowed too
    if fact is not None and fact.withdrawn is not None:
        date = desk.language.date(fact.withdrawn.on)
        tombstone = desk.label("withdrawn", date=date, why=desk.text(fact.withdrawn.why))
    names = [desk.language.name_of(code) for code in sorted(desk.borrowed)]
    borrowed = desk.label(
        "borrowed.notice", language=desk.language.name_of(desk.code), languages=desk.language.list(names)
    ) if names else EMPTY
    id_ = about if fact is None else fact.id
    stale = desk.label("stale.notice") if id_ in desk.briefing.stale.get(desk.code, ()) else EMPTY
    return Head(title, tuple(crumbs), tombstone, borrowed, stale)


def read_title(desk: Desk, fact: Actor | Term) -> Md:
    """What a fact is called, with how that is read where its language writes this above a name."""
    reading, (_, really) = fact.reading.get(desk.code), fact.title.choose(desk.code, desk.briefing.others(desk.code))
    if not reading or really != desk.code or not desk.language.has_ruby:
        return desk.title(fact)
    return ruby(desk.title(fact), escape(reading))


def foot_of(desk: Desk, fact: AnyFact | None = None) -> Foot:
    """The foot of a page: its notes, when its fact was last looked at, and the date of the newest text of all."""
    about = desk.briefing.about
    parts = [desk.label("as-of.line", date=desk.language.date(about.as_of))] if about.as_of else []
    if fact is not None and fact.checked is not None:
        parts.append(desk.label("as-of.checked", date=desk.language.date(fact.checked)))
    citation = citation_of(desk, desk.name(fact)) if fact is not None else EMPTY
    words = (attribute(desk.labels[name]) for name in ("note.number", "close"))
    changes = tuple(_changed(desk, note) for note in reversed(fact.changes)) if fact is not None else ()
    return Foot(desk.notes, spaced(*parts), citation, changes, followed(desk, fact), *words)


def _changed(desk: Desk, note: ChangeNote) -> Md:
    return spaced(Md(f'<span class="bb-date">{escape(desk.language.date(note.on))}</span>'), desk.text(note.note))


def citation_of(desk: Desk, page: str) -> Md:
    """How to cite a page: what it is called, the briefing, the date of the newest text, the address."""
    about = desk.briefing.about
    # An address is in no language: https://www.w3.org/International/questions/qa-no-language
    address = Md(f'<span lang="zxx">{escape(desk.address)}</span>')
    words = {"page": page, "briefing": desk.plain(about.title), "address": address}
    if about.as_of is None:
        return desk.label("cite.undated", **words)
    return desk.label("cite.text", **words, date=desk.language.date(about.as_of))


def note_of(desk: Desk, fact: AnyFact) -> Md:
    """What a reader must know beside a fact: the authors' note, and how sure they are where they are not."""
    return spaced(desk.text(fact.note), desk.doubt(fact.confidence))


def crumbs_to(desk: Desk, kind: str) -> tuple[Md, ...]:
    """The path to a fact's page: the state of play, then the list of its kind."""
    home = desk.to(addresses.home(desk.code), desk.label("page.state"))
    return home, desk.to(addresses.index_of(desk.code, kind), desk.label(f"kind.{kind}"))


def crumbs_home(desk: Desk) -> tuple[Md, ...]:
    """The path to a page right below the state of play."""
    return (desk.to(addresses.home(desk.code), desk.label("page.state")),)


def referrers_of(desk: Desk, fact: AnyFact, leave_out: Iterable[str] = ()) -> tuple[Group, ...]:
    """What refers to a fact, grouped by kind; `leave_out` are those the page shows elsewhere already."""
    shown = set(leave_out)
    ids = [id_ for id_ in desk.briefing.referrers.get(fact.id, ()) if id_ not in shown]
    by_kind: dict[str, list[AnyFact]] = {kind: [] for kind in KINDS}
    for id_ in ids:
        by_kind[kind_of(desk.briefing.facts[id_])].append(desk.briefing.facts[id_])
    return tuple(
        Group(desk.label(f"kind.{kind}"), f"referrers-{kind}", tuple(_line(desk, f) for f in in_reading_order(desk, facts)))
        for kind, facts in by_kind.items() if facts
    )


def in_reading_order(desk: Desk, facts: Iterable[AnyFact]) -> list[AnyFact]:
    """Events by date, everything else by how its name is read in the page's language."""
    found = list(facts)
    events = sorted((f for f in found if isinstance(f, Event)), key=lambda e: (e.date.sort_key(), e.id))
    others = sorted((f for f in found if not isinstance(f, Event)), key=lambda f: (_read_as(desk, f), f.id))
    return [*events, *others]


def key_words(desk: Desk, *names: str) -> dict[str, str]:
    """The words of a chart's key: what each of its shapes means."""
    return {name: desk.labels[f"chart.key.{name}"] for name in names}


def chart_block(
    desk: Desk, sketch: Sketch, title: str, description: str, columns: Sequence[str], rows: Sequence[Sequence[Md]],
    plain_rows: Sequence[Sequence[str]],
) -> ChartBlock:
    """A chart with its table; `sketch` is a chart function with all its arguments, `plain_rows` hold the same cells as characters alone, for the CSV file."""
    uri = addresses.data_of(desk.uri, str(sketch.args[0]))
    table = Table(tuple(escape(c) for c in columns), tuple(tuple(row) for row in rows))
    link = desk.to(uri, desk.label("chart.csv"))
    return ChartBlock(sketch, title, description, table, uri, link, _csv([columns, *plain_rows]))


def _read_as(desk: Desk, fact: AnyFact) -> str:
    """The key to sort by: the reading where one is given; katakana counts as hiragana, accents and case do not count."""
    reading = fact.reading.get(desk.code) if isinstance(fact, Actor | Term) else None
    plain = unicodedata.normalize("NFKD", reading or desk.name(fact)).casefold()
    return "".join(chr(ord(c) - 0x60) if "ァ" <= c <= "ヶ" else c for c in plain if not unicodedata.combining(c))


def _line(desk: Desk, fact: AnyFact) -> Md:
    return desk.event_line(fact) if isinstance(fact, Event) else desk.link(fact.id)


def _csv(rows: Iterable[Sequence[str]]) -> bytes:
    """CSV as RFC 4180, with a BOM so that spreadsheets read it as UTF-8, and no cell that they would run."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for row in rows:
        writer.writerow([f"'{cell}" if cell[:1] in tuple("=+-@\t\r") else cell for cell in row])
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8")
