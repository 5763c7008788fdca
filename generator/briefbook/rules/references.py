"""Whether what facts name is there, and is of the right kind (codes R…)."""

from __future__ import annotations

from collections.abc import Container, Iterator

from briefbook.model.briefing import ABOUT, EVERYONE, Briefing, Path, Reference, kind_of, references
from briefbook.model.facts import Figure
from briefbook.model.text import is_reserved
from briefbook.rules.finding import Finding
from briefbook.suggestions import Suggestions


def unknown_references(
    briefing: Briefing, written: frozenset[str], among: Container[str] = EVERYONE
) -> Iterator[Finding]:
    """R001: an id that no fact has. R002: one of the wrong kind. R003: a value that its figure does not have."""
    known = _known(briefing)
    for id_, fact in briefing.written(among):
        for path, reference in references(fact):
            if found := _judge(known, written, id_, path, reference):
                yield found


def unknown_reference(briefing: Briefing, named: Reference) -> Finding | None:
    """The same of one reference that stands in no fact."""
    return _judge(_known(briefing), frozenset(briefing.broken), "", (), named)


class _Known:
    """The ids there are and were, laid out once for however many wrong ones."""

    def __init__(self, briefing: Briefing) -> None:
        self.facts = briefing.facts
        self.former = {str(old): str(fact.id) for fact in briefing.facts.values() for old in fact.formerly}
        self._suggestions: dict[tuple[str, ...], Suggestions] = {}

    def near(self, named: Reference) -> str | None:
        """The hint that names the nearest id of a fact of the right kind."""
        if named.kinds not in self._suggestions:
            fitting = (id_ for id_, fact in self.facts.items() if not named.kinds or kind_of(fact) in named.kinds)
            self._suggestions[named.kinds] = Suggestions(fitting)
        return self._suggestions[named.kinds].hint(named.id)


def _known(briefing: Briefing) -> _Known:
    """Kept with the briefing: pages are judged one mention at a time."""
    kept: dict[str, _Known] = vars(briefing)  # where cached properties are kept too
    if "_known_ids" not in kept:
        kept["_known_ids"] = _Known(briefing)
    return kept["_known_ids"]


def _judge(known: _Known, written: frozenset[str], fact: str, path: Path, named: Reference) -> Finding | None:
    target = known.facts.get(named.id)
    if target is None:
        if named.id in written and named.id != ABOUT:
            return None  # it is there, but has errors of its own
        now = known.former.get(named.id)
        hint = f"it is now called “{now}”" if now else known.near(named)
        return Finding("R001", fact, path, f"no fact has the id “{named.id}”", hint, word=named.written)
    kind = kind_of(target)
    if named.kinds and kind not in named.kinds:
        wanted = " or ".join(_a(k) for k in named.kinds)
        message = f"“{named.id}” is {_a(kind)}; {wanted} is expected here"
        return Finding("R002", fact, path, message, known.near(named), word=named.written)
    if named.key is not None and isinstance(target, Figure) and target.value(named.key) is None:
        keys = ", ".join(v.key for v in target.values if v.key) or "none"
        message = f"figure “{named.id}” has no value with the key “{named.key}”"
        return Finding("R003", fact, path, message, f"its keys: {keys}", word=named.written)
    return None


def broken_replacements(briefing: Briefing, among: Container[str] = EVERYONE) -> Iterator[Finding]:
    """R003: `replaces` names a value the figure does not have, or itself. R004: two values share a key."""
    for figure in (figure for figure in briefing.figures if figure.id in among):
        seen: set[str] = set()
        for position, value in enumerate(figure.values):
            if value.key and value.key in seen:
                yield Finding("R004", figure.id, ("values", position, "key"), f"a second value has the key “{value.key}”")
            seen.add(value.key or "")
            if value.replaces and (value.replaces == value.key or figure.value(value.replaces) is None):
                message = f"no other value of this figure has the key “{value.replaces}”"
                yield Finding("R003", figure.id, ("values", position, "replaces"), message)


def clashing_former_ids(briefing: Briefing) -> Iterator[Finding]:
    """R005: a former id that is in use, or that two facts claim; it could not lead to one page."""
    owner: dict[str, str] = {}
    for fact in briefing.facts.values():
        for position, old in enumerate(fact.formerly):
            if is_reserved(old):
                yield Finding("R005", fact.id, ("formerly", position), f"no page can be called “{old}”", "take it out: no fact had this id")
            taken = old if old in briefing.facts else owner.get(old)
            if taken is not None:
                message = f"the former id “{old}” is also that of “{taken}”"
                yield Finding("R005", fact.id, ("formerly", position), message, "ids are never used again")
            owner[old] = fact.id


def _a(kind: str) -> str:
    noun = kind.removesuffix("s")
    return f"{'an' if noun[0] in 'ae' else 'a'} {noun}"
