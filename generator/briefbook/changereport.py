"""A comparison as people and machines read it: text for a terminal, Markdown for a comment, JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from enum import Enum
from itertools import accumulate
from typing import Any

from briefbook.comparing import Compared, Side
from briefbook.comparison import Change
from briefbook.model.amounts import Amount
from briefbook.model.base import Value
from briefbook.model.briefing import ABOUT
from briefbook.model.dates import When
from briefbook.model.facts import AnyFact
from briefbook.model.fingerprints import address_of
from briefbook.model.text import LocalText, Names, Speaker
from briefbook.views import addresses
from briefbook.views.changes import Group, MarkdownVoice, Told, Voice, counted, disputes_of, tell, tell_all
from briefbook.views.desk import Desk
from briefbook.wording.markdown import Md

FORMAT, VERSION = "briefbook-diff", 1
# GitHub takes no comment of more than 65,536 characters; whoever posts it may add a line.
LONGEST = 65_000


def as_text(compared: Compared, languages: Sequence[str], *, all_: bool = False) -> str:
    """For a terminal, one language after the other; minor changes are only counted unless `all_` is asked for."""
    return "\n".join("\n".join(_text(compared, code, all_=all_)) + "\n" for code in languages)


def as_markdown(compared: Compared, languages: Sequence[str], command: str, *, all_: bool = False) -> str:
    """For a comment on a pull request, cut to what it can hold; `command` shows all."""
    room = LONGEST // len(languages) - 1
    return "\n".join(_markdown(compared, code, command, room, all_=all_) for code in languages)


def as_json(compared: Compared, languages: Sequence[str]) -> str:
    """For machines; `generator/DIFF.md` describes it."""
    voices = {code: _voice(compared, code) for code in languages}
    minor = sum(change.minor for change in compared.changes)
    data = {
        "format": FORMAT, "version": VERSION,
        "from": _side(compared.before), "to": _side(compared.after), "languages": list(languages),
        "counts": {"substance": len(compared.changes) - minor, "minor": minor},
        "unread": list(compared.unread),
        "changes": [_change(compared, change, voices) for change in compared.changes],
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _voice(compared: Compared, code: str) -> Voice:
    return Voice(*_desks(compared, code))


def _desks(compared: Compared, code: str) -> tuple[Desk, Desk]:
    home = addresses.home(code)
    old, new = (Desk(side.briefing, compared.languages, code, home) for side in (compared.before, compared.after))
    return old, new


def _text(compared: Compared, code: str, *, all_: bool) -> Iterator[str]:
    voice = _voice(compared, code)
    yield from _head(compared, voice)
    groups = tell_all(voice, compared.changes)
    for group in groups:
        shown = group.told if all_ else group.substance
        if shown:
            yield from ("", group.heading, *(f"  - {told.words}" for told in shown))
    if not all_ and (counts := _counts(voice, groups)):
        yield from ("", counts)


def _head(compared: Compared, voice: Voice) -> Iterator[str]:
    names = [voice.words(_name(side, voice)) for side in (compared.before, compared.after)]
    yield voice.say("change.between", before=names[0], after=names[1])
    if compared.unread:
        yield voice.say("change.unread", ids=voice.words(", ".join(compared.unread)))
    if not compared.changes:
        yield voice.say("change.none")
        return
    minor = sum(change.minor for change in compared.changes)
    yield voice.say("change.totals", n=_number(voice, len(compared.changes) - minor), m=_number(voice, minor))


def _name(side: Side, voice: Voice) -> str:
    return side.name or voice.new.labels["change.working-tree"]


def _number(voice: Voice, number: int) -> str:
    return voice.words(voice.language.number(number))


def _counts(voice: Voice, groups: Iterable[Group]) -> str:
    """How many minor changes of each sort there are, in a line."""
    minor = [told.change for group in groups for told in group.minor]
    counts = [voice.say("change.counted", what=what, n=_number(voice, n)) for what, n in counted(voice, minor)]
    return voice.say("change.minor", counts=voice.joined(counts)) if counts else ""


def _markdown(compared: Compared, code: str, command: str, room: int, *, all_: bool) -> str:
    voice = MarkdownVoice(*_desks(compared, code), lambda fact: _address(compared, code, fact))
    groups = tell_all(voice, compared.changes)
    head = [f"## {voice.say('change.title')}", "", *_head(compared, voice)]
    blocks = ["\n".join([*head, *_table(voice, compared.changes)])]
    weights = [0]
    for group in groups:
        shown = group.told if all_ else group.substance
        blocks += _block(f"### {group.heading}", shown)
        weights += [0] * bool(shown) + [1] * len(shown)
    if not all_ and (counts := _counts(voice, groups)):
        minor = [told for group in groups for told in group.minor]
        blocks += ["\n" + "\n".join(["<details>", f"<summary>{counts}</summary>", ""]), *(f"- {told.words}" for told in minor), "\n</details>"]
        weights += [0, *[1] * len(minor), 0]
    return _fitted(blocks, weights, room, lambda left: voice.say("change.cut", n=_number(voice, left), command=Md(f"`{command}`")))


def _block(heading: str, told: Sequence[Told]) -> list[str]:
    return [f"\n{heading}\n", *(f"- {one.words}" for one in told)] if told else []


def _table(voice: Voice, changes: Sequence[Change]) -> list[str]:
    substance = [change for change in changes if not change.minor]
    if not substance:
        return []
    rows = ["", f"| {voice.say('change.what')} | {voice.say('change.number')} |", "| --- | ---: |"]
    return [*rows, *(f"| {what} | {_number(voice, n)} |" for what, n in counted(voice, substance))]


def _fitted(blocks: Sequence[str], weights: Sequence[int], room: int, cut: Any) -> str:
    """The blocks that fit, each whole, and how many changes do not."""
    if sum(len(block) + 1 for block in blocks) <= room:
        return "\n".join(blocks) + "\n"
    reserve = len(cut(sum(weights))) + len("\n\n</details>\n\n\n")
    lengths = accumulate(len(block) + 1 for block in blocks)
    kept = sum(1 for length in lengths if length <= room - reserve)
    shown = list(blocks[:kept])
    while shown and (shown[-1].startswith(("\n#", "\n<details>"))):
        shown.pop()
    left = sum(weights[len(shown) :])
    closing = ["\n</details>"] if any(block.startswith("\n<details>") for block in shown) else []
    return "\n".join([*shown, *closing, "", str(cut(left))]) + "\n"


def _address(compared: Compared, code: str, fact: AnyFact) -> str | None:
    """Where the page of a fact is published, if that is known."""
    site = compared.after.briefing.address
    return f"{site.rstrip('/')}/{addresses.web_path(addresses.page_of(code, fact))}" if site else None


def _side(side: Side) -> dict[str, object]:
    about = side.briefing.about.as_of
    return {
        "name": side.name or None, "kind": side.kind, "commit": side.commit or None, "facts": len(side.briefing.facts),
        "errors": side.errors, "as_of": str(about) if about else None,
    }


def _change(compared: Compared, change: Change, voices: dict[str, Voice]) -> dict[str, object]:
    sides = compared.before.briefing, compared.after.briefing
    about = disputes_of(change, *sides)
    facts = [side.about if change.section == ABOUT else side.facts.get(change.fact) for side in reversed(sides)]
    # What is there no more has its place in the older briefing.
    fact = facts[0] if change.after is not None or facts[1] is None else facts[1]
    return {
        "kind": change.kind.value, "category": change.category.value, "importance": change.importance.value,
        "fact": change.fact, "section": change.section,
        "path": address_of(fact, change.fact, change.path) if fact is not None else change.fact,
        "disputes": [id_ for id_ in about if id_ != change.section],
        "languages": list(change.languages),
        "before": _plain(change.before), "after": _plain(change.after),
        "words": {code: tell(voice, change) for code, voice in voices.items()},
    }


def _plain(value: object) -> Any:  # noqa: PLR0911  # one table of types
    """A value of the model as JSON has it, in the form it is written in a file."""
    match value:
        case None | bool() | int():
            return value
        case Value():
            fields = ((info.alias or name, getattr(value, name), info) for name, info in type(value).model_fields.items())
            return {name: _plain(item) for name, item, info in fields if item not in (None, (), {}) and item is not info.default}
        case LocalText():
            return value.shared if value.shared is not None else dict(value.by_language)
        case Names():
            return {language: list(names) for language, names in value.by_language.items()} or list(value.shared)
        case Speaker():
            return str(value.ref) if value.words is None else _plain(value.words)
        case Amount() | When() | Decimal() | date():
            return str(value)
        case Enum():
            return value.value
        case tuple() | list():
            return [_plain(item) for item in value]
        case dict():
            return {str(key): _plain(item) for key, item in value.items()}
    return str(value)
