"""What a YAML text says, read the quick way, without the place of anything.

Most files have nothing wrong in them, and nobody asks where anything stands. For the others, and wherever there is the
least doubt, `read_tree` takes its time: both read the same, and a test holds them to it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import yaml
from yaml import events as ev

from briefbook.reading.yamltree import DEEPEST, LOADER, LONGEST, Data, hidden, plain

_Open = list[Data] | dict[str, Data]


class Doubtful(Exception):  # noqa: N818  # nothing failed: it takes a closer look
    """A text that must be read with care, as there may be something wrong with it."""


def read_quickly(text: str) -> Data:
    """The data of one YAML document; None where it is empty. Raises `Doubtful` for any that `read_tree` has to judge."""
    try:
        # Only an escape can bring in what no file may have.
        return _built(yaml.parse(text, Loader=LOADER), escapes="\\" in text)
    except yaml.YAMLError as error:
        raise Doubtful from error


def _built(events: Iterator[ev.Event], *, escapes: bool) -> Data:
    root: Data = None
    open_: list[_Open] = []
    keys: list[str | None] = []
    documents = 0
    for event in events:
        type_ = type(event)
        if type_ is ev.ScalarEvent:
            value = _scalar(event, escapes)
            if open_ and keys[-1] is None and type(open_[-1]) is dict:
                keys[-1] = _key(event, open_[-1])
                continue
        elif type_ is ev.MappingStartEvent or type_ is ev.SequenceStartEvent:
            value = _collection(event, len(open_))
        elif type_ is ev.MappingEndEvent or type_ is ev.SequenceEndEvent:
            open_.pop()
            keys.pop()
            continue
        else:
            documents += _documents(type_)
            if documents > 1:
                raise Doubtful
            continue
        if not open_:
            root = value
        else:
            _put(open_[-1], keys, value)
        if isinstance(value, dict | list):
            open_.append(value)
            keys.append(None)
    return root


def _scalar(event: Any, escapes: bool) -> Data:
    value: str = event.value
    if event.anchor or event.tag is not None or len(value) > LONGEST or (escapes and hidden(value)):
        raise Doubtful
    return value if event.style else plain(value)


def _key(event: Any, within: _Open) -> str:
    key: str = event.value
    if key in within:
        raise Doubtful
    return key


def _collection(event: Any, depth: int) -> _Open:
    if event.anchor or event.tag is not None or depth >= DEEPEST:
        raise Doubtful
    return {} if type(event) is ev.MappingStartEvent else []


def _put(within: _Open, keys: list[str | None], value: Data) -> None:
    if isinstance(within, list):
        within.append(value)
        return
    key, keys[-1] = keys[-1], None
    if key is None:
        raise Doubtful  # a list or mapping as a key
    within[key] = value


def _documents(type_: type[ev.Event]) -> int:
    """How many documents such an event begins."""
    if type_ is ev.AliasEvent:
        raise Doubtful
    return int(type_ is ev.DocumentStartEvent)
