"""Two versions of one record, field by field: what was set, corrected, dropped, and what became of its lists and texts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import cast

from briefbook.comparison.change import Change, ChangeKind, Spot
from briefbook.comparison.matching import paired
from briefbook.comparison.naming import Names
from briefbook.comparison.sameness import form, same
from briefbook.comparison.wordings import text_change
from briefbook.model import text as written
from briefbook.model.base import Value
from briefbook.model.claims import FALLEN, Citation, Status
from briefbook.model.evidence import grade
from briefbook.model.facts import Account, ChangeNote, Part, Position, Relation, Role, Source
from briefbook.model.text import LocalText

_K = ChangeKind
# Ids, keys and remarks for the authors: no reader sees them. `withdrawn` is told of the fact as a whole.
_UNSEEN = frozenset({"id", "formerly", "ignore", "key", "replaces", "leading", "withdrawn"})
# What hardly anyone would miss.
_MINOR = frozenset({
    "aliases", "reading", "ids", "accessed", "author", "paywall", "read", "read_through", "language", "url", "archived_url", "published",
    "publisher", "avoid", "related", "disputes",
})
# What a new item of a list is called, by the list.
_ADDED: Mapping[str, ChangeKind] = MappingProxyType({
    "positions": _K.POSITION_ADDED, "record": _K.RECORD_ADDED, "stakes": _K.STAKE_ADDED, "accounts": _K.ACCOUNT_ADDED,
    "answers": _K.ANSWER_ADDED, "deadlines": _K.DEADLINE_ADDED, "open_questions": _K.QUESTION_ADDED,
    "roles": _K.ROLE_ADDED, "relations": _K.RELATION_ADDED, "values": _K.VALUE_ADDED, "history": _K.STEP_ADDED,
})
_REMOVED: Mapping[str, ChangeKind] = MappingProxyType({"open_questions": _K.QUESTION_CLOSED, "values": _K.VALUE_REMOVED})
_ENDED: Mapping[type[Value], ChangeKind] = MappingProxyType(
    {Role: _K.ROLE_ENDED, Relation: _K.RELATION_ENDED, Position: _K.POSITION_ENDED}
)


@dataclass(frozen=True)
class Scene:
    """What both versions of a record are seen against: languages, the original first; known names; sources then and now."""

    languages: tuple[str, ...]
    names: Names
    sources_before: Mapping[str, Source]
    sources_after: Mapping[str, Source]


@dataclass(frozen=True, slots=True)
class _Field:
    """One field of a record in both versions, and the record around it."""

    scene: Scene
    spot: Spot
    name: str
    record: Value
    old: object
    new: object


def differences(
    scene: Scene, spot: Spot, before: Value, after: Value, skip: frozenset[str] = frozenset()
) -> Iterator[Change]:
    """Every change from one version of a record to the other, but in the fields to `skip`."""
    for name, info in type(after).model_fields.items():
        old, new = getattr(before, name), getattr(after, name)
        if name not in _UNSEEN and name not in skip and not same(old, new):
            yield from _field(_Field(scene, spot.at(info.alias or name), name, after, old, new))


def _field(field: _Field) -> Iterator[Change]:
    own = _OWN_WAY.get(field.name)
    found = own(field) if own else None
    yield from found if found is not None else _by_type(field)


def _by_type(field: _Field) -> Iterator[Change]:
    old, new = field.old, field.new
    if isinstance(old, LocalText) and isinstance(new, LocalText):
        change = text_change(field.spot, old, new, field.scene.languages, field.scene.names)
        yield from [_minor_if_so(field, change)] if change else []
    elif isinstance(old, written.Names) and isinstance(new, written.Names):
        yield from _links(field.spot, _written_names(old), _written_names(new), minor=True)
    elif isinstance(old, tuple) and isinstance(new, tuple):
        yield from _list(field, old, new)
    elif isinstance(old, Value) and isinstance(new, Value):
        yield from differences(field.scene, field.spot, old, new)
    else:
        yield _scalar(field)


def _minor_if_so(field: _Field, change: Change) -> Change:
    if not _hardly_missed(field) or change.minor:
        return change
    return field.spot.change(change.kind, change.before, change.after, minor=True, languages=change.languages)


def _scalar(field: _Field) -> Change:
    old, new = field.old, field.new
    lacking = (None, False) if isinstance(old, bool) or isinstance(new, bool) else (None, {})
    kind = _K.CORRECTED
    if old in lacking:
        kind = _K.OUTCOME_ADDED if field.name == "outcome" else _K.SET
    elif new in lacking:
        kind = _K.UNSET
    return field.spot.change(kind, old, new, minor=_hardly_missed(field))


def _hardly_missed(field: _Field) -> bool:
    """Whether it is one of the minor fields; what the authors read out of competing accounts is not how a name is read."""
    return field.name in _MINOR and not isinstance(field.record, Account)


def _list(field: _Field, old: tuple[object, ...], new: tuple[object, ...]) -> Iterator[Change]:
    sample = (*old, *new)[0]
    if isinstance(sample, Part):
        yield from _parts(field, cast("tuple[Part, ...]", old), cast("tuple[Part, ...]", new))
    elif isinstance(sample, Value):
        yield from items(field.scene, field.spot, field.name, cast("tuple[Value, ...]", old), cast("tuple[Value, ...]", new))
    else:
        yield from _links(field.spot, old, new, minor=_hardly_missed(field))


def items(scene: Scene, spot: Spot, name: str, old: Sequence[Value], new: Sequence[Value]) -> Iterator[Change]:
    """What became of the items of the list `name`."""
    pairing = paired(old, new)
    for j in pairing.new:
        yield spot.at(j, item=new[j]).change(_ADDED[name], None, new[j])
    for i, j in pairing.both:
        yield from differences(scene, spot.at(j, item=new[j]), old[i], new[j])
    for i in pairing.gone:
        yield spot.at(i, item=old[i]).change(_REMOVED.get(name, _K.ITEM_REMOVED), old[i], None)


def _parts(field: _Field, old: Sequence[Part], new: Sequence[Part]) -> Iterator[Change]:
    yield from _links(field.spot, tuple(part.id for part in old), tuple(part.id for part in new))
    known = {part.id: part for part in old}
    for j, part in enumerate(new):
        if part.id in known:
            yield from differences(field.scene, field.spot.at(j, item=part), known[part.id], part)


def _links(spot: Spot, old: Sequence[object], new: Sequence[object], *, minor: bool = False) -> Iterator[Change]:
    if added := tuple(item for item in new if item not in old):
        yield spot.change(_K.LINKED, None, added, minor=minor)
    if gone := tuple(item for item in old if item not in new):
        yield spot.change(_K.UNLINKED, gone, None, minor=minor)


def _written_names(names: written.Names) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names.all()))


def _status(field: _Field) -> Iterator[Change] | None:
    if not isinstance(field.old, Status) or not isinstance(field.new, Status):
        return None
    fell = field.new in FALLEN and field.old not in FALLEN
    return iter([field.spot.change(_K.CLAIM_FELL if fell else _K.CLAIM_STATUS, field.old, field.new)])


def _said_by(field: _Field) -> Iterator[Change] | None:
    """Words that stand for a speaker are a text like any other; anything else says that it is somebody else's word."""
    one, other = getattr(field.old, "words", None), getattr(field.new, "words", None)
    if isinstance(one, LocalText) and isinstance(other, LocalText):
        change = text_change(field.spot, one, other, field.scene.languages, field.scene.names)
        return iter([change] if change else [])
    return iter([field.spot.change(_K.ATTRIBUTED, field.old, field.new)])


def _cites(field: _Field) -> Iterator[Change]:
    old, new = cast("tuple[Citation, ...]", field.old), cast("tuple[Citation, ...]", field.new)
    if Counter(map(form, old)) == Counter(map(form, new)):
        return
    before, after = ({str(cite.source): None for cite in cites} for cites in (old, new))
    added, gone = tuple(id_ for id_ in after if id_ not in before), tuple(id_ for id_ in before if id_ not in after)
    then = grade(field.scene.sources_before[id_] for id_ in before if id_ in field.scene.sources_before)
    now = grade(field.scene.sources_after[id_] for id_ in after if id_ in field.scene.sources_after)
    regraded = then is not now and bool(added or gone)
    if regraded:
        yield field.spot.change(_K.SOURCED, then, now)
    if added:
        yield field.spot.change(_K.CITES_ADDED, None, added, minor=True)
    if gone:
        yield field.spot.change(_K.CITES_REMOVED, gone, None, minor=bool(after) or regraded)
    kept = tuple(id_ for id_ in after if id_ in before and _passages(old, id_) != _passages(new, id_))
    if kept:
        yield field.spot.change(_K.PASSAGE, None, kept, minor=True)


def _passages(cites: Sequence[Citation], source: str) -> Counter[Hashable]:
    return Counter(form(cite) for cite in cites if cite.source == source)


def _checked(field: _Field) -> Iterator[Change]:
    yield field.spot.change(_K.CHECKED, field.old, field.new, minor=True)


def _planned(field: _Field) -> Iterator[Change] | None:
    return iter([field.spot.change(_K.HAPPENED, field.old, field.new)]) if field.old and not field.new else None


def _until(field: _Field) -> Iterator[Change] | None:
    kind = _ENDED.get(type(field.record))
    if field.old is not None or kind is None:
        return None
    return iter([field.spot.change(kind, None, field.record)])


def _met(field: _Field) -> Iterator[Change] | None:
    if field.new is None:
        return None
    return iter([field.spot.change(_K.DEADLINE_MET if field.new else _K.DEADLINE_MISSED, field.old, field.new)])


def _url(field: _Field) -> Iterator[Change] | None:
    if field.new is not None or not isinstance(field.record, Source):
        return None
    return iter([field.spot.change(_K.SOURCE_DEAD, field.old, field.record.archived_url)])


def _archived(field: _Field) -> Iterator[Change] | None:
    if field.old is not None or not isinstance(field.record, Source):
        return None
    # Where the original has gone, that is what is told.
    return iter([field.spot.change(_K.SOURCE_ARCHIVED, None, field.new, minor=True)] if field.record.url else [])


def _changes(field: _Field) -> Iterator[Change]:
    """What the authors noted since; that they word it better now is not told again."""
    told = Counter(note.on for note in cast("tuple[ChangeNote, ...]", field.old))
    for position, note in enumerate(cast("tuple[ChangeNote, ...]", field.new)):
        if told[note.on]:
            told[note.on] -= 1
        else:
            yield field.spot.at(position).change(_K.NOTED, None, note, minor=True)


_OwnWay = Callable[[_Field], "Iterator[Change] | None"]
_OWN_WAY: Mapping[str, _OwnWay] = MappingProxyType({
    "status": _status, "claim_status": _status, "said_by": _said_by, "cites": _cites, "checked": _checked,
    "planned": _planned, "until": _until, "met": _met, "url": _url, "archived_url": _archived, "changes": _changes,
})
