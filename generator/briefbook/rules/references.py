"""Whether what facts name is there, and is of the right kind (codes R…)."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from briefbook.model.briefing import ABOUT, Briefing, Path, Reference, kind_of, references
from briefbook.model.facts import Figure
from briefbook.rules.finding import Finding


def unknown_references(briefing: Briefing, written: frozenset[str]) -> Iterator[Finding]:
    """R001: an id that no fact has. R002: one of the wrong kind. R003: a value that its figure does not have."""
    former = {str(old): str(fact.id) for fact in briefing.facts.values() for old in fact.formerly}
    for id_, fact in briefing.written():
        for path, reference in references(fact):
            if found := _judge(briefing, written, former, id_, path, reference):
                yield found


def _judge(
    briefing: Briefing, written: frozenset[str], former: dict[str, str], fact: str, path: Path, named: Reference
) -> Finding | None:
    target = briefing.facts.get(named.id)
    if target is None:
        if named.id in written and named.id != ABOUT:
            return None  # it is there, but has errors of its own
        hint = f"it is now called “{former[named.id]}”" if named.id in former else _near(briefing, named)
        return Finding("R001", fact, path, f"no fact has the id “{named.id}”", hint, word=named.written)
    kind = kind_of(target)
    if named.kinds and kind not in named.kinds:
        wanted = " or ".join(_a(k) for k in named.kinds)
        message = f"“{named.id}” is {_a(kind)}; {wanted} is expected here"
        return Finding("R002", fact, path, message, _near(briefing, named), word=named.written)
    if named.key is not None and isinstance(target, Figure) and target.value(named.key) is None:
        keys = ", ".join(v.key for v in target.values if v.key) or "none"
        message = f"figure “{named.id}” has no value with the key “{named.key}”"
        return Finding("R003", fact, path, message, f"its keys: {keys}", word=named.written)
    return None


def broken_replacements(briefing: Briefing) -> Iterator[Finding]:
    """R003: `replaces` names a value the figure does not have, or itself. R004: two values share a key."""
    for figure in briefing.figures:
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
            taken = old if old in briefing.facts else owner.get(old)
            if taken is not None:
                message = f"the former id “{old}” is also that of “{taken}”"
                yield Finding("R005", fact.id, ("formerly", position), message, "ids are never used again")
            owner[old] = fact.id


def _near(briefing: Briefing, named: Reference) -> str | None:
    fitting = [id_ for id_, fact in briefing.facts.items() if not named.kinds or kind_of(fact) in named.kinds]
    near = get_close_matches(named.id, fitting, n=1, cutoff=0.6)
    return f"did you mean “{near[0]}”?" if near else None


def _a(kind: str) -> str:
    noun = kind.removesuffix("s")
    return f"{'an' if noun[0] in 'ae' else 'a'} {noun}"
