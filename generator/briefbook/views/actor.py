"""An actor's page, and the list of all actors with the network between them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial

from briefbook.charts.network import Edge, Node, network
from briefbook.model.claims import Claim
from briefbook.model.facts import Actor, ActorKind, Position, Relation, RelationKind, Role
from briefbook.views.blocks import (
    ChartBlock,
    Group,
    Record,
    chart_block,
    crumbs_home,
    crumbs_to,
    foot_of,
    head_of,
    in_reading_order,
    key_words,
    note_of,
    read_title,
    referrers_of,
)
from briefbook.views.desk import Desk, Said, spaced
from briefbook.views.spans import PostSpan, posts_block
from briefbook.wording.markdown import Md, escape, link

_GROUPS = {
    ActorKind.PERSON: "person", ActorKind.ORGANIZATION: "organization", ActorKind.COURT: "authority",
    ActorKind.REGULATOR: "authority", ActorKind.GOVERNMENT: "authority",
}
_MUTUAL = frozenset({RelationKind.PARTNER_OF, RelationKind.COMPETES_WITH})
_OUTSIDE = {"wikidata": "https://www.wikidata.org/wiki/{}", "lei": "https://search.gleif.org/#/record/{}", "site": "{}"}


@dataclass(frozen=True, slots=True)
class HeldPosition:
    """What the actor holds in a dispute, and since when."""

    dispute: Md
    since: Md
    position: Said


@dataclass(frozen=True, slots=True)
class Change:
    """What the actor held in a dispute, and what came in its place, oldest first."""

    dispute: Md
    steps: tuple[Md, ...]


@dataclass(frozen=True, slots=True)
class ActorPage(Record):
    """One actor: who it is, its posts and relations, what it holds, what it did."""

    kind: Md
    reading: Md
    full_name: Md
    aliases: tuple[Md, ...]
    outside: tuple[Md, ...]
    summary: Md
    note: Md
    roles: tuple[Md, ...]
    posts: ChartBlock | None
    people: tuple[Md, ...]
    relations: tuple[Md, ...]
    changes: tuple[Change, ...]
    positions: tuple[HeldPosition, ...]
    disputes: tuple[Md, ...]
    events: tuple[Md, ...]
    figures: tuple[Md, ...]


@dataclass(frozen=True, slots=True)
class ActorsPage(Record):
    """All actors by kind, and how they stand to each other."""

    network: ChartBlock | None
    kinds: tuple[Group, ...]


def actor_page(desk: Desk, actor: Actor) -> ActorPage:
    """The page of one actor."""
    summary = Md(f"{desk.text(actor.summary)}{desk.marks(actor.cites)}")
    roles = tuple(_role(desk, role, desk.link(role.at)) for role in actor.roles)
    people = tuple(
        _role(desk, role, desk.link(other.id))
        for other in desk.briefing.actors for role in other.roles if role.at == actor.id
    )
    relations = tuple(_relations(desk, actor))
    positions = tuple(
        HeldPosition(desk.link(d.id), _period(desk, p), desk.said(p, desk.text(p.text)))
        for d in desk.briefing.disputes for p in d.positions if p.by == actor.id
    )
    events, figures = desk.briefing.events_of(actor.id), desk.briefing.figures_of(actor.id)
    disputes = [d for d in desk.briefing.disputes if actor.id in d.parties]
    shown = {f.id for f in (*events, *figures, *disputes)} | {r.to for r in actor.relations}
    fields = {
        "kind": desk.label(f"actor-kind.{actor.kind.value}"),
        "reading": escape(actor.reading.get(desk.code, "")),
        "full_name": desk.text(actor.full_name),
        "aliases": tuple(escape(name) for name in actor.aliases.in_(desk.code)),
        "outside": tuple(_outside(desk, name, id_) for name, id_ in sorted(actor.ids.items())),
        "summary": summary,
        "note": note_of(desk, actor),
        "roles": roles,
        "posts": posts_block(desk, _posts(desk, actor)),
        "people": people,
        "relations": relations,
        "changes": tuple(_changes(desk, actor)),
        "positions": positions,
        "disputes": tuple(desk.link(d.id) for d in disputes),
        "events": tuple(desk.event_line(e) for e in events),
        "figures": tuple(figure_line(desk, f.id) for f in in_reading_order(desk, figures)),
        "referrers": referrers_of(desk, actor, shown),
    }
    head = head_of(desk, read_title(desk, actor), crumbs_to(desk, "actors"), actor)
    return ActorPage(head=head, foot=foot_of(desk, actor), **fields)  # type: ignore[arg-type]


def _posts(desk: Desk, actor: Actor) -> list[PostSpan]:
    """The actor's own posts; for an organisation, those that others hold in it."""
    own = [(role, role.at) for role in actor.roles]
    held = [(role, other.id) for other in desk.briefing.actors for role in other.roles if role.at == actor.id]
    return [
        PostSpan(desk.plain(role.post), str(other), role.from_, role.until) for role, other in own or held
        if role.from_ is not None
    ]


def _changes(desk: Desk, actor: Actor) -> Iterator[Change]:
    """Positions in one dispute of which a later one took the place of an earlier."""
    for dispute in desk.briefing.disputes:
        held = [p for p in dispute.positions if p.by == actor.id and p.since is not None]
        held.sort(key=lambda p: p.since.sort_key() if p.since else (date.min, date.min, ""))
        steps = [p for p in held if any(_follows(p, other) or _follows(other, p) for other in held)]
        if steps:
            yield Change(desk.link(dispute.id), tuple(_held(desk, p) for p in steps))


def _follows(later: Position, earlier: Position) -> bool:
    """Whether a position began when another ended: on the same day, or in the same month or year, as written."""
    return later is not earlier and later.since is not None and later.since == earlier.until


def _held(desk: Desk, position: Position) -> Md:
    return spaced(_when(_period(desk, position)), desk.said(position, desk.text(position.text)).line)


def _when(period: Md) -> Md:
    """The period that a line hangs on; empty where none is known, so that the line still stands under the others."""
    return Md(f'<span class="bb-date">{period}</span>')


def actors_page(desk: Desk) -> ActorsPage:
    """The list of all actors."""
    kinds = []
    for kind in ActorKind:
        some = [a for a in desk.briefing.actors if a.kind is kind and not a.withdrawn]
        if some:
            lines = tuple(_actor_line(desk, a) for a in in_reading_order(desk, some) if isinstance(a, Actor))
            kinds.append(Group(desk.label(f"actor-kinds.{kind.value}"), f"kind-{kind.value}", lines))
    chart = _network(desk)
    head = head_of(desk, desk.label("kind.actors"), crumbs_home(desk))
    return ActorsPage(head, foot_of(desk), (), chart, tuple(kinds))


def figure_line(desk: Desk, id_: str) -> Md:
    """A figure in a list: its name, its leading value, how that stands and as of when."""
    from briefbook.model.facts import Figure

    figure = desk.briefing.facts[id_]
    assert isinstance(figure, Figure)
    value = figure.leading
    words = Md(f"<strong>{desk.value_words(value)}</strong>")
    dated = desk.label("as-of.value", value=words, date=desk.language.date(value.as_of))
    return spaced(Md(desk.language.colon(desk.link(figure.id), dated)), desk.standing(value))


def _actor_line(desk: Desk, actor: Actor) -> Md:
    return spaced(desk.link(actor.id), posts_of(desk, actor))


def who_line(desk: Desk, actor: Actor) -> Md:
    """An actor in a list of all kinds: the name, and the present posts or else the kind."""
    what = posts_of(desk, actor) or desk.label(f"actor-kind.{actor.kind.value}")
    return spaced(desk.link(actor.id), Md(f'<span class="bb-what">{what}</span>'))


def posts_of(desk: Desk, actor: Actor) -> Md:
    """The posts an actor holds at present."""
    return Md(desk.labels["comma"].join(_post(desk, role) for role in actor.roles if role.until is None))


def _post(desk: Desk, role: Role) -> Md:
    """A post and where; an office that is called by its post is not said twice."""
    if desk.name(desk.briefing.facts[role.at]).endswith(desk.plain(role.post)):
        return desk.link(role.at)
    return desk.label("role.short", post=desk.text(role.post), at=desk.link(role.at))


def _role(desk: Desk, role: Role, other: Md) -> Md:
    said = desk.said(role, desk.label("role.line", post=desk.text(role.post), other=other))
    period = escape(desk.language.span(role.from_, role.until))
    return spaced(_when(period), _settled(said, role))


def _relations(desk: Desk, actor: Actor) -> list[Md]:
    mine = [_relation(desk, r, str(r.to), "forward") for r in actor.relations]
    theirs = [
        _relation(desk, r, str(other.id), "back")
        for other in desk.briefing.actors for r in other.relations if r.to == actor.id
    ]
    return mine + theirs


def _relation(desk: Desk, relation: Relation, other: str, way: str) -> Md:
    """A relation in words; in the author's own, the other's name stands as in a list and not in a sentence."""
    if relation.words:
        words = desk.label("relation.own-words", words=desk.text(relation.words), other=desk.link(other))
    else:
        words = desk.label(f"relation.{relation.kind.value}.{way}", other=desk.mentioned(other))
    period = escape(desk.language.span(relation.from_, relation.until))
    return spaced(_when(period), _settled(desk.said(relation, words), relation))


def _settled(said: Said, claim: Claim) -> Md:
    """Posts and relations are confirmed as a rule, and say so only where they are not."""
    return said.brief if claim.said_by is None and claim.note is None else said.line


def _period(desk: Desk, position: Position) -> Md:
    return escape(desk.language.span(position.since, position.until))


def _outside(desk: Desk, name: str, id_: str) -> Md:
    pattern = _OUTSIDE.get(name)
    if name == "site" and not id_.startswith(("https://", "http://")):
        pattern = None
    label = desk.labels.get(f"outside.{name}") or name
    return Md(desk.language.colon(escape(label), link(escape(id_), pattern.format(id_)) if pattern else escape(id_)))


def _noun(desk: Desk, relation: Relation) -> str:
    return desk.plain(relation.words) if relation.words else desk.labels[f"relation.{relation.kind.value}.noun"]


def _network(desk: Desk) -> ChartBlock | None:
    known = {str(a.id): a for a in desk.briefing.actors if not a.withdrawn}
    rows = [
        (known[a.id], known[to], words, current, directed)
        for a in known.values() for to, words, current, directed in _ties(desk, a) if to in known
    ]
    if not rows:
        return None
    used = {a.id for row in rows for a in row[:2]}
    nodes = [Node(i, desk.name(known[i]), _GROUPS.get(known[i].kind, "other"), desk.href(known[i])) for i in sorted(used)]  # type: ignore[arg-type]
    edges = [Edge(a.id, b.id, words, current, directed) for a, b, words, current, directed in rows]
    words_of_key = key_words(desk, "person", "organization", "authority", "other", "current", "past")
    sketch = partial(network, "network", nodes, edges, key_words=words_of_key)
    columns = [desk.labels[f"chart.network.{column}"] for column in ("from", "relation", "to")]
    return chart_block(
        desk, sketch, desk.labels["chart.network.title"], desk.labels["chart.network.description"], columns,
        [(desk.link(a.id), escape(words), desk.link(b.id)) for a, b, words, *_ in rows],
        [(desk.name(a), words, desk.name(b)) for a, b, words, *_ in rows],
    )


def _ties(desk: Desk, actor: Actor) -> list[tuple[str, str, bool, bool]]:
    """What ties an actor to others: to whom, in what words, whether still, and whether it reads one way only."""
    roles = [(str(r.at), desk.plain(r.post), r.until is None, True) for r in actor.roles]
    relations = [
        (str(r.to), _noun(desk, r), r.until is None, r.kind not in _MUTUAL) for r in actor.relations
    ]
    return roles + relations
